"""What needs no attention: silence, notes, what is met or not triggered, others' duties; and the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from vbprules.decision.model import NotApplicable, Outcome, Text
from vbprules.decision.words import ATTRIBUTES, MODALITIES
from vbprules.printing.entries import Entries, mark
from vbprules.printing.figures import state
from vbprules.printing.naming import titles
from vbprules.printing.page import DOT, Style, dim, joined, strong
from vbprules.printing.sorting import Place, grouped

_TOLD: Final[tuple[Place, ...]] = ("harm", "entitlement", "figure", "reading", "open")
_HASH: Final = 12
_SILENT: Final = {
    "from": ("起始日", "first day"),
    "until": ("终止日", "last day"),
    "due": ("期限", "due date"),
    "by": ("由谁", "by whom"),
    "value": ("数值", "figure"),
}


class TheRest:
    """Writes the last sections."""

    def __init__(self, entries: Entries, outcomes: Mapping[Place, Sequence[Outcome]]) -> None:
        self.entries, self.view, self.page = entries, entries.view, entries.page
        self.outcomes = outcomes

    # Silence and notes

    def notes(self, heading: Callable[..., None]) -> None:
        silent = self._silent()
        notes = self._gathered(self.view.decision.notes)
        if not silent and not notes:
            return
        heading("文件未写的与说明", "What the document does not say, and notes")
        for name, norms in silent.items():
            label = (_SILENT.get(name) or ATTRIBUTES.get(name, (name, name)))[self.view.lang == "en"]
            lead = self.view.say(f"未写“{label}”：", f'no "{label}" is stated for: ')
            self.page.item(strong(lead), self.view.comma.join(norms), marker="·")
        for note in notes:
            self.page.item(note, marker="·")

    def _silent(self) -> dict[str, list[str]]:
        """For each attribute the norms, of those told above, for which the document does not state it."""
        found: dict[str, list[str]] = {}
        for place in _TOLD:
            for outcome in self.outcomes.get(place, ()):
                for name, attribute in outcome.attributes.items():
                    title = outcome.title.lang(self.view.lang)
                    if attribute.standing == "silent" and title not in found.setdefault(name, []):
                        found[name].append(title)
        return {name: norms for name, norms in found.items() if norms}

    def _gathered(self, notes: Sequence[Text]) -> list[str]:
        """Notes that say the same of several things, in one line."""
        stop = self.view.say("：", ": ")
        said: dict[str, list[str]] = {}
        for note in notes:
            head, found, tail = note.lang(self.view.lang).partition(stop)
            said.setdefault(tail if found else "", []).append(head)
        lines = said.pop("", [])
        return [*lines, *(f"{self.view.comma.join(heads)}{stop}{tail}" for tail, heads in said.items())]

    # Folded

    def folded(self, heading: Callable[..., None]) -> None:
        decision = self.view.decision
        if (
            not any(self.outcomes.get(name) for name in ("met", "free", "quiet", "other"))
            and not decision.not_applicable
        ):
            return
        heading("其余", "The rest", "" if self.view.full else self.view.say("加 --all 逐项列出", "--all lists each"))
        self._fold("met", "已履行、未违反", "met or observed", "✓")
        self._fold("free", "可以行使，不是义务", "open to use, no duty", "✓")
        self._fold("quiet", "未触发", "not triggered", "–", listed=False)
        self._outside(decision.not_applicable)
        self._fold(
            "other",
            "部门、经办机构、企业等的义务与措施（不约束本机构）",
            "duties and acts of departments, agencies and firms",
            "–",
            listed=False,
        )

    def _fold(self, place: Place, zh: str, en: str, sign: str, listed: bool = True) -> None:
        found = self.outcomes.get(place, ())
        if not found:
            return
        view = self.view
        if view.full:
            self.page.item(strong(view.say(f"{zh}：{len(found)} 项", f"{en}: {len(found)}")))
            for outcome in found:
                self._listed(outcome)
            return
        by_modality = grouped(found, lambda o: o.modality)
        kinds = view.comma.join(
            f"{MODALITIES[same[0].modality][view.lang == 'en']} {len(same)}" for same in by_modality
        )
        style: Style = "good" if sign == "✓" else "dim"
        count = strong(view.say(f"{zh}：{len(found)} 项", f"{en}: {len(found)}"))
        self.page.item(count, view.say(f"（{kinds}）", f" ({kinds})"), marker=sign, style=style)
        if listed:
            self.page.item(titles(view, found), level=1)

    def _listed(self, outcome: Outcome) -> None:
        view, entries = self.view, self.entries
        sign = mark(outcome)
        told = "" if outcome.state.branches else state(outcome.state.value, view.lang)
        named = (strong(outcome.title.lang(view.lang)), view.subjects.of(outcome, view.lang), told)
        about = (dim(entries.parties(outcome)), dim(entries.clauses(outcome)))
        self.page.item(joined((*named, *entries.facts(outcome), *about), "  "), level=1, marker=sign[0], style=sign[1])
        if outcome.state.branches:
            entries.branches(outcome, 2)
        entries.reasons(outcome, 2)

    def _outside(self, found: Sequence[NotApplicable]) -> None:
        if not found:
            return
        view = self.view
        count = view.say(
            f"不适用于本机构或该对象：{len(found)} 项", f"not applicable to this institution or row: {len(found)}"
        )
        self.page.item(strong(count), marker="–", style="dim")
        if view.full:
            for item in found:
                subject = view.subjects.named("", item.subject, view.lang)
                clauses = view.stop.join(str(cited) for cited in item.clauses)
                self.page.item(
                    joined((item.title.lang(view.lang), subject, item.reason.lang(view.lang), dim(clauses)), "  "),
                    level=1,
                )
            return
        for same in grouped(found, lambda item: item.reason.zh):
            titles = dict.fromkeys(item.title.lang(view.lang) for item in same)
            self.page.item(same[0].reason.lang(view.lang) + view.say("：", ": "), view.comma.join(titles), level=1)

    # Receipt

    def receipt(self, heading: Callable[..., None]) -> None:
        receipt, say = self.view.decision.receipt, self.view.say
        heading("凭据", "Receipt")
        fixed = self.view.comma.join(f"{name}={option}" for name, option in receipt.readings.items())
        lines = [
            say(
                f"政策 {receipt.policy} sha256 {receipt.policy_sha256[:_HASH]}…",
                f"policy {receipt.policy} sha256 {receipt.policy_sha256[:_HASH]}…",
            ),
            say(f"事实 sha256 {receipt.facts_sha256[:_HASH]}…", f"facts sha256 {receipt.facts_sha256[:_HASH]}…"),
            say(f"工作日历 {receipt.calendar}", f"calendar {receipt.calendar}"),
            say(
                f"引擎 {receipt.engine}；复核 {receipt.second_opinion}",
                f"engine {receipt.engine}; second opinion: {receipt.second_opinion}",
            ),
            say(f"已定的解读 {fixed or '无'}", f"readings fixed: {fixed or 'none'}"),
        ]
        if receipt.rulings:
            lines.append(say("裁断 ", "rulings: ") + self.view.stop.join(_short_hash(item) for item in receipt.rulings))
        if receipt.bundle:
            lines.append(say("政策包 ", "bundle ") + _short_hash(receipt.bundle))
        if receipt.assumptions:
            lines.append(say("假定 ", "assumptions: ") + self.view.comma.join(receipt.assumptions))
        if receipt.instruments:
            lent = (f"{name} sha256 {digest[:_HASH]}…" for name, digest in receipt.instruments.items())
            lines.append(say("由这些政策定数 ", "figures set by ") + self.view.comma.join(lent))
        if receipt.figures:
            told = self.view.comma.join(f"{address}={text}" for address, text in receipt.figures.items())
            words = say("假设：下列数字不是文件原文 ", "hypothetical: these figures are not the document's: ")
            self.page.item(words + told, marker="!", style="warn")
        self.page.item(dim(DOT.join(lines)))


def _short_hash(text: str) -> str:
    head, found, tail = text.partition("sha256:")
    return f"{head}sha256 {tail[:_HASH]}…" if found else text
