"""A comparison as a page: what was changed, the totals, then every outcome that is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from vbprules.decision.model import Attribute
from vbprules.decision.words import ATTRIBUTES, MODALITIES
from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.printing.entries import Entries, View
from vbprules.printing.figures import figure, state
from vbprules.printing.page import ARROW, DOT, Lang, Page, Rich, Style, dim, joined, rich, strong
from vbprules.printing.sorting import grouped
from vbprules.printing.subjects import Subjects
from vbprules.values.figures import DATE
from vbprules.whatif.model import AttributeChange, Comparison, Corrected, Kind, Money, OutcomeChange, ProvisionStates
from vbprules.whatif.whatif import Side

_HEADS: Final[dict[Kind, tuple[str, str, str, Style]]] = {
    "appeared": ("新出现", "Appeared", "+", "info"),
    "disappeared": ("不再出现", "Disappeared", "-", "dim"),
    "state": ("状态改变", "State changed", "!", "warn"),
    "figure": ("日期或金额改变", "Date or amount changed", "~", "info"),
    "standing": ("把握改变", "Standing changed", "?", "info"),
    "needs": ("只是所缺改变", "Only the needs changed", "?", "dim"),
    "text": ("只是措辞改变", "Only the wording changed", "·", "dim"),
}
_CORRECTED: Final = {
    "added_inside": ("声明完整的范围内新增", "added where the list was said to be complete"),
    "changed": ("改为不同的值", "changed to another value"),
    "removed": ("删去", "removed"),
    "completeness": ("完整的声明收回或缩短", "a statement of completeness withdrawn or shortened"),
    "answer": ("认定不同", "another determination"),
    "records_differ": ("两处记录不一致", "two records of one figure differ"),
}
_COUNTS: Final = (
    ("breaches", "违反", "in breach"),
    ("sanctions", "应受、可受或执行中的制裁", "sanctions due, possible or in force"),
    ("by_reading", "视解读可能违反或受制裁", "breach or sanction by reading"),
    ("to_perform", "待履行", "to perform"),
    ("entitlements", "权益", "entitlements"),
    ("open", "待定", "open"),
)
_SUMS: Final = (
    ("owed_in_breach", "违反所涉金额（元）", "amounts in breach (yuan)"),
    ("sanctioned", "制裁金额（元）", "amounts of sanctions (yuan)"),
    ("entitled", "权益金额（元）", "amounts of entitlements (yuan)"),
)
_QUIET: Final = ("not_triggered", "available", "applies", "observed", "met")
_HASH: Final = 12


class WhatIfPage:
    """A comparison for people."""

    def __init__(self, comparison: Comparison, sides: tuple[Side, Side], lang: Lang, full: bool = False) -> None:
        self.found, self.sides, self.lang, self.full = comparison, sides, lang, full
        self.page = Page()
        self.views = tuple(
            View(side.decision, lang, Subjects(side.program.policy, side.dossier), full, reasons=False)
            for side in sides
        )
        self.entries = tuple(Entries(view, self.page) for view in self.views)

    def whole(self) -> Page:
        """The page, built once."""
        if not self.page.blocks:
            for part in (self._head, self._totals, self._corrections, self._changes, self._beside, self._receipts):
                part()
        return self.page

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    # What was changed

    def _head(self) -> None:
        found, laid = self.found, self.found.overlay
        one, two = (side.decision for side in self.sides)
        self.page.heading(self.say("假设比较", "What if"), "", level=1)
        name = one.institution or self.say("（未写机构名称）", "(no name given)")
        self.page.item(strong(name), "  ", one.title.lang(self.lang), self.say("　截至 ", "  as of "), one.as_of)
        lines: list[tuple[str, str]] = []
        if laid.policy is not None:
            lines.append((self.say("政策", "policy"), f"{found.before.policy}{ARROW}{laid.policy}"))
        if laid.as_of is not None:
            lines.append((self.say("判断日", "as of"), f"{one.as_of}{ARROW}{two.as_of}"))
        if laid.facts is not None:
            lines.append((self.say("事实", "facts"), laid.facts))
        lines += [(self.say("事实", "fact"), f"{path} = {value}") for path, value in laid.places.items()]
        lines += [(self.say("解读", "reading"), f"{name}={option}") for name, option in laid.readings.items()]
        for address, pair in laid.figures.items():
            lines.append(
                (self.say("政策的数", "figure of the policy"), f"{address}  {pair.written}{ARROW}{pair.taken}")
            )
        self.page.item(strong(self.say("假设", "Suppose") + self.say("：", ":")))
        for label, text in lines or [(self.say("没有改动", "nothing is changed"), "")]:
            self.page.item(f"{label}{self.say('：', ': ') if text else ''}", text, level=1, marker="·")
        if found.left_out:
            words = self.say(
                "另一政策没有这些规定或事项，其记录不计：", "the other policy knows nothing of these, left out: "
            )
            self.page.item(words, self.say("、", ", ").join(found.left_out), level=1, marker="!", style="warn")

    def _totals(self) -> None:
        one, two = self.found.totals
        rows = []
        for name, zh, en in _COUNTS:
            first, second = getattr(one, name), getattr(two, name)
            rows.append([self.say(zh, en), str(first), str(second), f"{second - first:+d}" if second != first else "="])
        for name, zh, en in _SUMS:
            rows += self._sum(self.say(zh, en), getattr(one, name), getattr(two, name))
        head = (("", ""), ("原来", "as it is"), ("假设", "supposed"), ("差", "difference"))
        self.page.heading(self.say("合计", "Totals"))
        self.page.table([self.say(*words) for words in head], rows, right=(1, 2, 3))

    def _sum(self, label: str, one: Money, two: Money) -> Iterator[list[str]]:
        if not (one.counted or two.counted or one.uncounted or two.uncounted):
            return
        change = _less(two.total, one.total)
        yield [label, self._money(one), self._money(two), "=" if one == two else change]

    def _money(self, money: Money) -> str:
        more = self.say(f"（另 {money.uncounted} 项未定）", f" (+{money.uncounted} not settled)")
        return figure(money.total, "", self.lang) + (more if money.uncounted else "")

    # Corrections

    def _corrections(self) -> None:
        if not self.found.corrections:
            return
        note = self.say(
            "不是补充，而是更正：已定的结论只会因此改变", "not additions: only these can change what was settled"
        )
        self.page.heading(self.say("更正", "Corrections"), note)
        for item in self.found.corrections:
            self.page.item(strong(item.where), "  ", self._corrected(item), marker="!", style="warn")

    def _corrected(self, item: Corrected) -> str:
        words = self.say(*_CORRECTED[item.kind])
        if item.before is None and item.after is None:
            return words
        nothing = self.say("没有", "none")
        return f"{words}{self.say('：', ': ')}{item.before or nothing}{ARROW}{item.after or nothing}"

    # Changes

    def _changes(self) -> None:
        found = self.found
        if not found.matched:
            return
        by_kind = {kind: [item for item in found.changes if item.kinds[0] == kind] for kind in _HEADS}
        for kind, (zh, en, sign, style) in _HEADS.items():
            items = by_kind[kind]
            if not items:
                continue
            self.page.heading(f"{self.say(zh, en)} {len(items)}")
            for same in grouped(items, lambda item: item.provision):
                self._provision(same, sign, style)
        alike = self.say(f"其余 {found.unchanged} 项相同。", f"{found.unchanged} other outcomes are the same.")
        if not found.changes:
            alike = self.say(
                f"没有差别：{found.unchanged} 项都相同。", f"No difference: all {found.unchanged} are the same."
            )
        self.page.gap()
        self.page.item(alike)

    def _provision(self, same: Sequence[OutcomeChange], sign: str, style: Style) -> None:
        first = same[0]
        clauses = self.say("；", "; ").join(str(cited) for cited in first.clauses)
        count = f" ×{len(same)}" if len(same) > 1 else ""
        self.page.item(strong(first.title.lang(self.lang)), count, "  ", dim(clauses), marker=sign, style=style)
        if first.kinds == ("needs",) and not self.full:
            names = [name for item in same if (name := self._subject(item))]
            self.page.item(self.say("、", ", ").join(names), level=1)
            return
        for item in same:
            self._outcome(item)

    def _subject(self, item: OutcomeChange) -> str:
        view = self.views[0] if item.kinds[0] == "disappeared" else self.views[1]
        return view.subjects.named(item.entity, item.subject, self.lang)

    def _outcome(self, item: OutcomeChange) -> None:
        subject = self._subject(item)
        told: list[str | Rich] = [self._change(part) for part in item.attributes if self._worth(item, part)]
        if item.corrected:
            told.append(self.say("（更正）", "(correction)"))
        if item.texts:
            told.append(self.say("措辞：", "wording: ") + ", ".join(item.texts))
        if item.reason is not None:
            words = self.say("原来不适用：", "did not apply: ")
            if item.kinds[0] == "disappeared":
                words = self.say("不适用：", "does not apply: ")
            told.append(words + item.reason.lang(self.lang))
        self.page.item(strong(subject), "  " if subject else "", joined(told, DOT), level=1)
        for label, needs in (
            (self.say("不再需要：", "no longer needed: "), self._needs(item, gone=True)),
            (self.say("现需要：", "now needed: "), self._needs(item, gone=False)),
        ):
            self.page.item(label if needs else "", needs, level=2)

    @staticmethod
    def _worth(item: OutcomeChange, part: AttributeChange) -> bool:
        """Whether a change is told on its own: the trigger goes without saying where the state tells it."""
        if part.before is not None and part.after is not None and not _says_other(part.before, part.after):
            return False
        known = [a.name for a in item.attributes]
        return part.name != "triggered" or "state" not in known

    def _change(self, part: AttributeChange) -> Rich:
        one, two = (
            "" if side is None else entries.value(side) if side.standing != "silent" else self.say("未写", "not stated")
            for side, entries in zip((part.before, part.after), self.entries, strict=True)
        )
        label = "" if part.name == "state" else self.say(*ATTRIBUTES.get(part.name, ("触发", "triggered"))) + " "
        change = "" if part.difference is None else self.say("（", " (") + self._difference(part) + self.say("）", ")")
        if part.before is None or part.after is None:
            gone = "" if part.after is not None else self.say("不再有 ", "no longer ")
            return rich(gone, label, strong(one or two))
        return rich(label, one, ARROW, strong(two), change)

    def _difference(self, part: AttributeChange) -> str:
        text = part.difference or ""
        if part.unit == DATE:
            days = text[1:].split()[0]
            late = text.startswith("+")
            return self.say(f"{'推迟' if late else '提前'} {days} 天", f"{text[1:]} {'later' if late else 'earlier'}")
        sign, rest = ("+", text[1:]) if text.startswith("+") else ("-", text.removeprefix("-"))
        return sign + figure(rest, part.unit, self.lang)

    def _needs(self, item: OutcomeChange, gone: bool) -> str:
        entries = self.entries[0 if gone else 1]
        found = {need.key: need for part in item.attributes for need in (part.needs_gone if gone else part.needs_came)}
        return entries.needs(list(found.values())) if item.kinds[0] not in ("appeared", "disappeared") else ""

    # Two policies

    def _beside(self) -> None:
        if self.found.matched:
            return
        policies = (self.found.before.policy, self.found.after.policy)
        note = self.say(
            "两份政策的规定按种类和对象并列，并不表示是同一规范",
            "provisions of two policies stand side by side by kind and subject; that does not make them one norm",
        )
        self.page.heading(self.say("两份政策", "Two policies"), note)
        for group in self.found.beside:
            kind = MODALITIES[group.modality][self.lang == "en"]
            row = BY_NAME[group.entity]
            about = "" if group.entity == INSTITUTION else self.say(f"（逐一{row.zh}）", f" (each {row.en})")
            self.page.heading(kind + about, level=3)
            for policy, side in zip(policies, (group.before, group.after), strict=True):
                self._one_side(policy, side)

    def _one_side(self, policy: str, side: Sequence[ProvisionStates]) -> None:
        told = [item for item in side if item.concerns and (self.full or set(item.states) - set(_QUIET))]
        rest = len(side) - len(told)
        more = self.say(f"另 {rest} 项无须注意或不是本机构的", f"{rest} more need no attention or are not its own")
        nothing = self.say("没有", "none")
        lead = strong(policy) if side else rich(strong(policy), self.say("：", ": "), nothing)
        self.page.item(lead, dim(f"  {more}") if rest else "")
        for item in told:
            states = self.say("、", ", ").join(
                (self.say("视解读而定", "by reading") if code == "by_reading" else state(code, self.lang))
                + (f" ×{count}" if count > 1 else "")
                for code, count in item.states.items()
            )
            clauses = self.say("；", "; ").join(dict.fromkeys(cited.clause for cited in item.clauses))
            self.page.item(item.title.lang(self.lang), "  ", strong(states), "  ", dim(clauses), level=1, marker="·")

    def _receipts(self) -> None:
        self.page.heading(self.say("凭据", "Receipts"))
        for label, receipt in (
            (self.say("原来", "as it is"), self.found.before),
            (self.say("假设", "supposed"), self.found.after),
        ):
            policy, facts = receipt.policy_sha256[:_HASH], receipt.facts_sha256[:_HASH]
            told = [
                self.say(f"政策 {receipt.policy} sha256 {policy}…", f"policy {receipt.policy} sha256 {policy}…"),
                self.say(f"事实 sha256 {facts}…", f"facts sha256 {facts}…"),
                self.say(f"截至 {receipt.as_of}", f"as of {receipt.as_of}"),
                self.say(f"复核 {receipt.second_opinion}", f"second opinion: {receipt.second_opinion}"),
            ]
            if receipt.readings:
                fixed = ", ".join(f"{name}={option}" for name, option in receipt.readings.items())
                told.append(self.say("已定的解读 ", "readings fixed: ") + fixed)
            if receipt.figures:
                taken = ", ".join(f"{address}={text}" for address, text in receipt.figures.items())
                told.append(self.say("不是文件原文的数 ", "figures not of the document: ") + taken)
            self.page.item(strong(label), "  ", dim(DOT.join(told)))


def _says_other(one: Attribute, two: Attribute) -> bool:
    """Whether two attributes differ in more than their needs."""
    branches = ([(b.readings, b.value, b.settled) for b in side.branches] for side in (one, two))
    return (one.standing, one.value) != (two.standing, two.value) or next(branches) != next(branches)


def _less(two: str, one: str) -> str:
    """A difference of two sums of money, with its sign."""
    change = Decimal(two) - Decimal(one)
    sign = "+" if change > 0 else "-" if change < 0 else ""
    return sign + figure(f"{abs(change):.2f}", "", "en")
