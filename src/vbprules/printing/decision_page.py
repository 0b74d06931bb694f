"""A decision as a page: what weighs most first, what needs no attention folded to a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from vbprules.decision.model import Attribute, Branch, Outcome
from vbprules.decision.words import SECONDARY
from vbprules.language.policy import NOT_STATED
from vbprules.printing.entries import PREFERRED, Entries, View, settled_value
from vbprules.printing.figures import NOTHING, state
from vbprules.printing.naming import subject_names, titles
from vbprules.printing.open_questions import OpenQuestions
from vbprules.printing.page import DOT, GLUE, Page, Span, Style, dim, joined, strong
from vbprules.printing.sorting import Place, gravity, grouped, head_counts, may_harm, pattern, place
from vbprules.printing.the_rest import TheRest

_NUMERALS: Final = "一二三四五六七八九十"
_MOST_FIGURES: Final = 4
_NO_DATE: Final = "9999"


def decision_page(view: View) -> Page:
    """The whole page."""
    return _DecisionPage(view).page


class _DecisionPage:
    def __init__(self, view: View) -> None:
        self.view, self.decision, self.page = view, view.decision, Page()
        self.entries = Entries(view, self.page)
        self.sorted: dict[Place, list[Outcome]] = {}
        for outcome in self.decision.outcomes:
            self.sorted.setdefault(place(outcome), []).append(outcome)
        self.number, self.explained = 0, False
        self.head()
        for section in (self.harm, self.duties, self.entitlements, self.prices, self.figures, self.readings):
            section()
        OpenQuestions(self.entries, self.of("open")).write(self.heading)
        rest = TheRest(self.entries, self.sorted)
        rest.notes(self.heading)
        rest.folded(self.heading)
        rest.receipt(self.heading)

    def of(self, *places: Place) -> list[Outcome]:
        return [outcome for name in places for outcome in self.sorted.get(name, ())]

    def heading(self, zh: str, en: str, note: str = "") -> None:
        numeral = f"{_NUMERALS[self.number]}、" if self.view.lang == "zh" else f"{self.number + 1}. "
        self.page.heading(numeral + self.view.say(zh, en), note)
        self.number += 1

    # Head

    def head(self) -> None:
        decision, view = self.decision, self.view
        number = f"{decision.number}{GLUE}{GLUE}" if decision.number and decision.number != NOT_STATED else ""
        self.page.heading(number + decision.title.lang(view.lang), level=1)
        name = decision.institution or view.say("（未写机构名称）", "(no name given)")
        self.page.item(strong(name), view.say("　截至 ", "  as of "), strong(decision.as_of))
        self.page.item(self.summary())
        if decision.known_from == "secondary":
            self.page.item(view.say(*SECONDARY), marker="!", style="warn")

    def summary(self) -> tuple[Span, ...]:
        """How many of each, so that a glance tells whether there is anything to do."""
        say = self.view.say
        found = head_counts(self.decision.outcomes, self.view.subjects.concerns)
        labels: tuple[tuple[str, str, Style], ...] = (
            ("breaches", say("违反", "in breach"), "bad"),
            ("sanctions", say("应受、可受或执行中的制裁", "sanctions due, possible or in force"), "warn"),
            ("by_reading", say("视解读可能违反或受制裁", "breach or sanction by reading"), "fork"),
            ("to_perform", say("待履行", "to perform"), ""),
            ("entitlements", say("权益", "entitlements"), "good"),
            ("open", say("待定", "open"), "info"),
        )
        counts = [(len(found[name]), label, style) for name, label, style in labels]
        told = [Span(f"{label}{GLUE}{count}", style if count else "dim") for count, label, style in counts]
        return joined(told, DOT)

    # 1 Breaches and sanctions

    def harm(self) -> None:
        harm = sorted(self.of("harm"), key=gravity)
        own = [o for o in harm if self.view.subjects.concerns(o)]
        self.heading("违反与制裁", "Breaches and sanctions", self._legend(harm))
        if not own:
            zh = "按已记录的事实，未见本机构已确定的违反，也没有已确定应对其作出的制裁。"
            en = "On the facts recorded, no breach by this institution and no sanction against it is established."
            self.page.item(self.view.say(zh, en))
        for outcomes in grouped(own, lambda o: o.provision):
            self.entries.group(outcomes)
        others = [o for o in harm if o not in own]
        if others:
            lead = self.view.say(
                "不是本机构的，或文件未写由谁承担的：", "Not this institution's, or with no bearer named:"
            )
            self.page.item(strong(lead))
        for outcomes in grouped(others, lambda o: o.provision):
            self.entries.group(outcomes)
        self._pointer(
            [o for o in self.of("reading") if may_harm(o)],
            "另有 {} 项是否违反或应受制裁视解读而定，见“视解读而定”：",
            "{} more depend on the reading (see below): ",
        )

    def _pointer(self, outcomes: Sequence[Outcome], zh: str, en: str) -> None:
        if outcomes:
            titles = dict.fromkeys(o.title.lang(self.view.lang) for o in outcomes)
            text = self.view.say(zh, en).format(len(outcomes)) + self.view.comma.join(titles)
            self.page.item(text, marker="◇", style="fork")

    # 2 Obligations

    def duties(self) -> None:
        duties = self.of("duty")
        if not duties:
            return
        self.heading("待履行的义务", "Obligations to perform", self._legend(duties))
        dated = [o for o in duties if "due" in o.attributes and o.attributes["due"].standing != "silent"]
        for outcomes in grouped(sorted(dated, key=_due), lambda o: (o.provision, _due(o)[:10])):
            self._dated(outcomes)
        undated = [o for o in duties if o not in dated]
        concerns = self.view.subjects.concerns
        alike = grouped(undated, lambda o: (concerns(o), o.state.value))
        for told in sorted(alike, key=lambda group: not concerns(group[0])):
            self._undated(told)

    def _dated(self, outcomes: Sequence[Outcome]) -> None:
        first, view = outcomes[0], self.view
        if view.full or (len(outcomes) == 1 and first.reasons and first.state.value != "open"):
            self.entries.group(outcomes)
            return
        due = self.entries.value(first.attributes["due"])
        subjects = self.names(outcomes)
        amounts = {self.entries.value(o.attributes["amount"]) for o in outcomes if "amount" in o.attributes}
        amount = amounts.pop() if len(amounts) == 1 else ""
        unrecorded = "" if first.state.value == "open" else state(first.state.value, view.lang)
        about = (dim(self.entries.parties(first)), dim(self.entries.hedge(first)), dim(unrecorded))
        self.page.item(joined((strong(due), first.title.lang(view.lang), subjects, amount, *about), "  "), marker="○")
        self.page.item(dim(self.entries.clauses(first)), level=1)

    def _undated(self, outcomes: Sequence[Outcome]) -> None:
        """Duties without a day, by who owes them: titles only, since nothing tells them apart but the clause."""
        view, first = self.view, outcomes[0]
        if view.full:
            for same in grouped(outcomes, lambda o: o.provision):
                self.entries.group(same)
            return
        whose = view.say("部门、企业等的义务，", "duties of departments, firms and others; ")
        words = view.say("尚未履行", "not yet performed")
        if first.state.value == "open_unrecorded":
            words = view.say("是否履行未见记录", "performance not on record")
        lead = view.say(f"文件未写期限，{words}：{len(outcomes)} 项", f"no date set; {words}: {len(outcomes)}")
        self.page.item("" if view.subjects.concerns(first) else whose, lead, marker="○")
        by_bearer = grouped(outcomes, lambda o: o.by)
        if not view.subjects.concerns(first):
            told = [f"{self._bearer(same[0])}{GLUE}{len(same)}" for same in by_bearer]
            self.page.item(dim(view.stop.join(told) + view.say("（--all 逐项列出）", " (--all lists each)")), level=1)
            return
        for same in by_bearer:
            bearer = self._bearer(same[0]) + view.say("：", ": ")
            self.page.item(dim(bearer), titles(view, same, clauses=True), level=1)

    def _bearer(self, outcome: Outcome) -> str:
        named = self.view.comma.join(name.lang(self.view.lang) for name in outcome.by_names)
        return named or self.view.say("（未写义务人）", "(no bearer named)")

    def names(self, outcomes: Sequence[Outcome]) -> str:
        return subject_names(self.view, [self.view.subjects.of(o, self.view.lang) for o in outcomes])

    # 3 Entitlements

    def entitlements(self) -> None:
        found = self.of("entitlement")
        elsewhere = [o for o in self.of("reading") if o.modality == "entitlement"]
        if not found and not elsewhere:
            return
        self.heading("权益", "Entitlements", self._legend(found))
        for outcomes in grouped(found, lambda o: o.provision):
            self.entries.group(outcomes)
        self._pointer(
            elsewhere, "另有 {} 项是否享有视解读而定，见“视解读而定”：", "{} more depend on the reading (see below): "
        )

    def _legend(self, outcomes: Iterable[Outcome]) -> str:
        """What the star means, where it is first used."""
        shown = (a for o in outcomes for a in (o.state, *o.attributes.values()))
        if self.explained or not any(branch.preferred for a in shown for branch in a.branches):
            return ""
        self.explained = True
        return self.legend

    @property
    def legend(self) -> str:
        return self.view.say(
            f"{PREFERRED} 为政策编写者倾向的解读，只作参考，不因此定论",
            f"{PREFERRED} marks the reading that the policy's author prefers; it settles nothing",
        )

    # 4 Price splits

    def prices(self) -> None:
        found = self.of("price")
        if not found:
            return
        self.heading("患者分担", "What patients pay", self.view.say("每单位，元", "yuan per unit"))
        head = (
            ("药品", "product"),
            ("单价", "price"),
            ("支付标准", "standard"),
            ("医保计算基数", "base"),
            ("患者自付超出部分", "excess"),
        )
        self.page.table(
            [self.view.say(*words) for words in head],
            [row for outcome in found for row in self._price_rows(outcome)],
            right=(1, 2, 3, 4),
        )
        for same in grouped(found, lambda o: o.provision):
            first, count = same[0], f" ×{len(same)}" if len(same) > 1 else ""
            about = joined((dim(self.entries.hedge(first)), dim(self.entries.clauses(first))), "  ")
            self.page.item(strong(first.title.lang(self.view.lang)), count, "  ", about, marker="·")
        if self.view.reasons and self.view.full:
            for outcome in found:
                self.entries.entry(outcome, level=0)

    def _price_rows(self, outcome: Outcome) -> list[list[str]]:
        """One row; where the split depends on the reading, one more for each option."""
        split = [outcome.attributes.get(name) for name in ("standard", "base", "excess")]
        name = self.view.subjects.of(outcome, self.view.lang) or outcome.subject
        forks = max((a.branches for a in split if a is not None), key=len, default=())
        if not forks:
            return [[name, self._price(split), *self._split(split)]]
        priced = next((price for branch in forks if (price := self._price(split, branch))), "")
        options = [[f"  {self.entries.label(branch.readings)}", "", *self._split(split, branch)] for branch in forks]
        return [[name, priced, "", "", ""], *options]

    def _split(self, split: Sequence[Attribute | None], under: Branch | None = None) -> list[str]:
        texts = ("" if a is None else self.entries.value(a, under) for a in split)
        return [text.replace(f"{GLUE}元", "").replace(f"{GLUE}yuan", "") for text in texts]

    @staticmethod
    def _price(split: Sequence[Attribute | None], under: Branch | None = None) -> str:
        """The price itself, where both parts of it are settled."""
        parts = []
        for attribute in split[1:]:
            found = None if attribute is None else settled_value(attribute, under)
            if found is None:
                return ""
            parts.append(found)
        return _sum(*parts)

    # Stated figures

    def figures(self) -> None:
        found = [o for o in self.of("figure") if self.view.full or _has_value(o)]
        if not found:
            return
        self.heading("文件给出的数值与日期", "Figures and days that the document gives", self._legend(found))
        for same in grouped(found, lambda o: o.provision):
            self._figure(same)

    def _figure(self, outcomes: Sequence[Outcome]) -> None:
        first, view = outcomes[0], self.view
        by_value = grouped(outcomes, lambda o: self._figure_text(o))
        if view.full:
            self.entries.group(outcomes)
            return
        title = strong(first.title.lang(view.lang))
        clause = dim(self.entries.clauses(first))
        if len(by_value) == 1:
            self.page.item(joined((title, self.names(outcomes), self._figure_text(first), clause), "  "), marker="·")
            return
        self.page.item(joined((title, clause), "  "), marker="·")
        for same in by_value[:_MOST_FIGURES]:
            self.page.item(self.names(same), view.say("：", ": "), self._figure_text(same[0]), level=1)
        if len(by_value) > _MOST_FIGURES:
            left = sum(len(same) for same in by_value[_MOST_FIGURES:])
            self.page.item(dim(view.say(f"另有 {left} 项（--all）", f"{left} more (--all)")), level=1)

    def _figure_text(self, outcome: Outcome) -> str:
        attribute = outcome.attributes.get("value")
        if attribute is None:
            return ""
        if attribute.standing == "silent":
            return self.view.say("文件未写", "not stated")
        text = self.entries.value(attribute)
        if attribute.value == NOTHING or (attribute.standing == "open" and not attribute.branches):
            needs = self.entries.needs(attribute.needs)
            return text + (self.view.say(f"（需：{needs}）", f" (needs: {needs})") if needs else "")
        return text

    # 5 By reading

    def readings(self) -> None:
        found = self.of("reading")
        if not found:
            return
        self.heading("视解读而定", "Depends on the reading", self._legend(found))
        order = sorted(grouped(found, _consulted), key=lambda group: (not any(may_harm(o) for o in group), -len(group)))
        for group in order:
            for name in _consulted(group[0]):
                self.entries.question(name, always=True)
            for same in grouped(group, lambda o: o.id if self.view.full else (o.provision, pattern(o.state))):
                self._forked(same)
            self.page.gap()

    def _forked(self, outcomes: Sequence[Outcome]) -> None:
        first, view = outcomes[0], self.view
        about = joined((self.names(outcomes), dim(self.entries.parties(first)), dim(self.entries.clauses(first))), "  ")
        self.page.item(strong(first.title.lang(view.lang)), "  ", about, level=1)
        if len(outcomes) == 1:
            self.entries.branches(first, 2)
            self.page.item(self.entries.steady(first), level=2)
            self.entries.reasons(first, 2)
        else:
            self.entries.branches(first, 2, alone=False)
        for text in dict.fromkeys(o.consequence for o in outcomes if o.consequence is not None):
            self.page.item(text.lang(view.lang), level=2)


def _consulted(outcome: Outcome) -> tuple[str, ...]:
    """The readings on which the state depends."""
    return tuple(sorted({name for branch in outcome.state.branches for name in branch.readings}))


def _has_value(outcome: Outcome) -> bool:
    return "value" in outcome.attributes and outcome.attributes["value"].standing != "silent"


def _due(outcome: Outcome) -> str:
    """The last day in time for sorting: the first under any reading."""
    attribute = outcome.attributes["due"]
    values = [branch.value or "" for branch in attribute.branches] or [attribute.value or ""]
    days = sorted(value.split(" ")[-1] for value in values if value[:1].isdigit() or " " in value)
    return days[0] if days else _NO_DATE


def _sum(a: str, b: str) -> str:
    """The sum of two exact decimals."""
    try:
        return f"{Decimal(a) + Decimal(b):,}"
    except InvalidOperation:
        return ""
