"""Several documents side by side as a page: how they rank, what conflicts, what is on one matter, what is unsaid."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vbprules.decision.model import Attribute
from vbprules.decision.reasons import path_text
from vbprules.decision.words import ATTRIBUTES, MODALITIES
from vbprules.printing.entries import Entries, View, citations, mark
from vbprules.printing.figures import shown
from vbprules.printing.page import DOT, GLUE, Lang, Page, dim, joined, strong
from vbprules.printing.sorting import grouped
from vbprules.printing.subjects import Subjects
from vbprules.together.model import Claim, Comparison, Conflict, Document, Gap, JointDecision, Overlap, Ranking, Side
from vbprules.together.words import CONFLICTS, RANKS, RELATIONS, UNLIKE, VERDICTS

_NUMERALS: Final = "一二三四五六"
_MOST_SUBJECTS: Final = 5
_RESTING: Final = frozenset({"open", "open_unrecorded", "applies", "not_triggered"})
_REACHES: Final = {
    "yes": ("及于", "reaches"),
    "no": ("不及于", "does not reach"),
    "open": ("未定是否及于", "not settled whether it reaches"),
}


@dataclass(slots=True)
class JointView:
    """How a joint decision is to be printed. ``subjects`` names rows in words, by policy."""

    joint: JointDecision
    lang: Lang = "zh"
    subjects: Mapping[str, Subjects] = field(default_factory=dict)
    full: bool = False
    reasons: bool = True

    def view(self, policy: str) -> View:
        """How one of the decisions is printed."""
        subjects = self.subjects.get(policy) or Subjects()
        return View(self.joint.decision(policy), self.lang, subjects, self.full, self.reasons)


def joint_page(view: JointView) -> Page:
    """What the documents are to each other; their decisions are pages of their own."""
    return _JointPage(view).page


class _JointPage:
    def __init__(self, view: JointView) -> None:
        self.joint, self.lang, self.full, self.page = view.joint, view.lang, view.full, Page()
        self.number = 0
        self.entries = {id: Entries(view.view(id), Page()) for id in view.joint.policies}
        self.subjects = {id: view.view(id).subjects for id in view.joint.policies}
        name = self.joint.institution or self.say("（未写机构名称）", "(no name given)")
        count = len(self.joint.policies)
        self.page.heading(self.say(f"{count} 份文件一起看", f"{count} documents together"), level=1)
        self.page.item(strong(name), self.say("　截至 ", "  as of "), strong(self.joint.as_of))
        self.documents()
        self.ranking()
        self.conflicts()
        self.overlaps()
        self.gaps()

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def word(self, words: Mapping[str, tuple[str, str]], key: str) -> str:
        return words[key][self.lang == "en"]

    def brackets(self, text: str) -> str:
        return self.say(f"（{text}）", f" ({text})")

    @property
    def stop(self) -> str:
        return self.say("；", "; ")

    def heading(self, zh: str, en: str) -> None:
        numeral = f"{_NUMERALS[self.number]}、" if self.lang == "zh" else f"{self.number + 1}. "
        self.page.heading(numeral + self.say(zh, en))
        self.number += 1

    # Documents and their rank

    def documents(self) -> None:
        self.heading("文件", "Documents")
        for item in self.joint.documents:
            number = "" if item.number == "not_stated" else item.number
            self.page.item(joined((strong(item.policy), number, item.title.lang(self.lang)), "  "), marker="○")
            rank = self.say("未写层级", "rank not stated") if item.rank is None else self.word(RANKS, item.rank)
            issued = item.issued.replace("not_stated", self.say("未写日期", "date not stated"))
            issue = self.say(f"印发 {issued}", f"issued {issued}")
            self.page.item(joined((rank, item.region, issue, self._force(item)), DOT), level=1)

    def _force(self, item: Document) -> str:
        about = self.say(f"{self.joint.as_of} 是否施行中：", f"in force on {self.joint.as_of}: ")
        return about + self._value(item.policy, item.in_force)

    def _value(self, policy: str, attribute: Attribute) -> str:
        return self.entries[policy].value(attribute)

    def ranking(self) -> None:
        self.heading("先后", "Which goes before the other")
        for relation in self.joint.relations:
            first, second = relation.documents
            between = self.say(f"{first} 与 {second}：", f"{first} and {second}: ")
            self.page.item(strong(between), self._ranked(relation.ranking, relation.over))
            for claim in relation.claims:
                self._claim(claim)
            if not relation.claims:
                self.page.item(self.say("两份文件都没有效力关系的条款", "neither has a clause on its rank"), level=1)
        text = "先后只写明，不去掉任何结论；文件以外的法律位阶规则不在此适用。"
        en = "The ranking removes no outcome; rules of law outside the documents are not applied here."
        self.page.item(dim(self.say(text, en)))

    def _ranked(self, ranking: Ranking, over: str | None) -> str:
        if ranking == "ranked":
            return self.say(f"以 {over} 为先", f"{over} goes before the other")
        if ranking == "contradictory":
            return self.say("两份文件的条款互相矛盾", "their clauses contradict each other")
        if ranking == "open":
            return self.say("先后未定", "not settled which goes first")
        return self.say("没有条款排定先后，结论并列", "no clause ranks them; their outcomes stand side by side")

    def _claim(self, claim: Claim) -> None:
        relation = self.word(RELATIONS, claim.relation)
        colon = self.say("：", ": ")
        head = f"{claim.policy} {citations(claim.clauses, self.stop)}  {relation}{colon}{claim.text.lang(self.lang)}"
        self.page.item(head, level=1, marker="·")
        why = self.stop.join(text.lang(self.lang) for text in claim.why)
        reach = f"{self.word(_REACHES, claim.reaches)} {claim.other}"
        self.page.item(dim(f"{reach}{colon}{why}"), level=2)
        for need in claim.needs:
            self.page.item(need.asks.lang(self.lang), dim(f"  {need.key}"), level=2, marker="?", style="info")

    # Conflicts

    def conflicts(self) -> None:
        self.heading("冲突", "Conflicts")
        if not self.joint.conflicts:
            zh = "在标明同一事项、都起作用的规定之间，没有发现冲突。没有标明事项的规定不作比较。"
            en = "No conflict between norms that are marked with one matter and bind here. Others are not compared."
            self.page.item(self.say(zh, en))
        for item in self.joint.conflicts:
            self._conflict(item)

    def _conflict(self, item: Conflict) -> None:
        named = "" if item.attribute is None else self.word(ATTRIBUTES, item.attribute)
        settled = "" if item.standing == "settled" else self.say("（视解读）", " (by reading)")
        self.page.item(strong(self.word(CONFLICTS, item.kind) + settled), "  ", named, marker="✗", style="bad")
        for side, value in zip(item.sides, item.values, strict=True):
            told = shown(value, item.unit, self.lang) if value and " / " not in value else value
            self._side(side, told, level=1)
        self.page.item(dim(self._ranked(item.ranking, item.over)), level=1)

    def _side(self, side: Side, told: str, level: int) -> None:
        """One outcome: its document, title, parties, what is told of it, the options under which it binds, clauses."""
        outcome = self.joint.outcome(side.outcome)
        entries = self.entries[side.policy]
        sign = mark(outcome)
        kind = self.word(MODALITIES, outcome.modality)
        may = self.say("裁量", "discretionary") if outcome.mode == "may" and outcome.modality != "permission" else ""
        about = (dim(DOT.join(part for part in (kind, may) if part)), dim(entries.parties(outcome)))
        head = (strong(side.policy), side.title.lang(self.lang), *about, told)
        self.page.item(joined(head, "  "), level=level, marker=sign[0], style=sign[1])
        self.page.item(joined((dim(citations(side.clauses, self.stop)), dim(self._under(side))), DOT), level=level + 1)

    def _under(self, side: Side) -> str:
        """The options under which alone a norm binds."""
        if not side.under:
            return ""
        entries = self.entries[side.policy]
        plain = [{name.partition(":")[2]: option for name, option in item.items()} for item in side.under]
        words = self.say("，或", ", or ").join(entries.label(item) for item in plain)
        return self.say(f"仅在此解读下：{words}", f"only if {words}")

    # Overlaps

    def overlaps(self) -> None:
        self.heading("同一事项，两份文件都有", "On one matter, by both")
        if not self.joint.overlaps:
            zh = "没有标明同一事项、且对本机构都起作用的规定。"
            self.page.item(self.say(zh, "No norms marked as being on one matter bind here under both."))
            return
        alike = grouped(self.joint.overlaps, lambda item: (item.matters[0].id, item.entity, item.subject))
        quiet = [] if self.full else [overlaps for overlaps in alike if self._quiet(overlaps)]
        for told in grouped([overlaps for overlaps in alike if overlaps not in quiet], self._pattern):
            self._group(told)
        if quiet:
            self._counted(quiet)

    def _quiet(self, overlaps: Sequence[Overlap]) -> bool:
        """Nothing but duties to be done one day and scopes: no figure, no breach, nothing to be imposed."""
        if any(overlap.comparisons for overlap in overlaps):
            return False
        return all(self._rests(side) for side in _sides(overlaps))

    def _rests(self, side: Side) -> bool:
        outcome = self.joint.outcome(side.outcome)
        states = [branch.value for branch in outcome.state.branches] or [outcome.state.value]
        return _RESTING.issuperset(states) and not self.entries[side.policy].facts(outcome)

    def _counted(self, quiet: Sequence[Sequence[Overlap]]) -> None:
        """The quiet groups as one line: how many pairs on which matters."""
        names = {overlaps[0].matters[0].id: overlaps[0].matters[0].name.lang(self.lang) for overlaps in quiet}
        pairs = sum(len(overlaps) for overlaps in quiet)
        told = self.say("、", ", ").join(names.values())
        zh = f"另有 {pairs} 对，两边都只是没有期限和数额的职责或范围：{told}（--all 全部列出）"
        en = f"{pairs} more pairs, duties without day or sum and scopes on both sides: {told} (--all lists them)"
        self.page.item(dim(self.say(zh, en)), marker="◇")

    def _pattern(self, overlaps: Sequence[Overlap]) -> Hashable:
        """What two groups share that read the same but for their subject; with ``full`` each stands alone."""
        first = overlaps[0]
        if self.full:
            return first.matters[0].id, first.entity, first.subject
        sides = tuple((side.policy, side.outcome.partition("@")[0], self._told(side)) for side in _sides(overlaps))
        return first.matters[0].id, sides

    def _group(self, same: Sequence[Sequence[Overlap]]) -> None:
        first = same[0]
        subjects = [name for overlaps in same if (name := self._subject(overlaps[0]))]
        kept = subjects if self.full or len(subjects) <= _MOST_SUBJECTS else subjects[:3]
        names = self.say("、", ", ").join(kept)
        if len(kept) < len(subjects):
            names += self.say(f" 等 {len(subjects)} 项", f" … ({len(subjects)})")
        self.page.item(strong(first[0].matters[0].name.lang(self.lang)), "  ", names, marker="◆")
        for side in _sides(first):
            self._side(side, self._told(side), level=1)
        for overlap in first:
            for item in overlap.comparisons:
                self._comparison(overlap, item)
        unlike = list(dict.fromkeys(word for overlap in first for word in overlap.unlike))
        if unlike and not any(overlap.comparisons for overlap in first):
            words = self.say("、", ", ").join(self.word(UNLIKE, word) for word in unlike)
            self.page.item(dim(self.say(f"只并列，不比较：{words}", f"side by side, not compared: {words}")), level=1)

    def _told(self, side: Side) -> str:
        """State and figures in one line."""
        outcome, entries = self.joint.outcome(side.outcome), self.entries[side.policy]
        state = outcome.state
        words = entries.value(state) if state.branches else entries.words(outcome, state.value)
        return DOT.join((words, *entries.facts(outcome)))

    def _subject(self, overlap: Overlap) -> str:
        if not overlap.subject:
            return ""
        return self.subjects[overlap.sides[0].policy].named(overlap.entity, overlap.subject, self.lang)

    def _comparison(self, overlap: Overlap, item: Comparison) -> None:
        ids = self.say(" 与 ", " and ").join(side.outcome.partition("@")[0] for side in overlap.sides)
        colon = self.say("：", ": ")
        verdict = self.word(VERDICTS, item.verdict)
        self.page.item(
            dim(f"{self.word(ATTRIBUTES, item.attribute)}{colon}{verdict}{self.brackets(ids)}"), level=1, marker="="
        )
        for branch in item.branches:
            options = path_text(branch.readings.items())
            self.page.item(dim(f"{options}{GLUE}→ {self.word(VERDICTS, branch.verdict)}"), level=2)

    # Gaps

    def gaps(self) -> None:
        self.heading("一份写了，另一份没写", "Set by one, not by the other")
        if not self.joint.gaps:
            self.page.item(self.say("没有。", "None."))
        attributes = [item for item in self.joint.gaps if item.kind == "attribute"]
        for same in grouped(attributes, lambda item: (item.attribute, _norm(item.sets[0]), item.silent)):
            self._attribute_gap(same)
        for item in self.joint.gaps:
            if item.kind == "matter":
                self._matter_gap(item)
        zh = "没写的，不以另一份的规定填补，也不因此排除另一份的规定。"
        en = "What is not set is not filled from the other, nor does it exclude what the other sets."
        self.page.item(dim(self.say(zh, en)))

    def _attribute_gap(self, same: Sequence[Gap]) -> None:
        first, side = same[0], same[0].sets[0]
        named = self.word(ATTRIBUTES, first.attribute or "")
        times = f" ×{len(same)}" if len(same) > 1 else ""
        lacks = "" if first.silent_side is None else first.silent_side.title.lang(self.lang)
        clauses = "" if first.silent_side is None else citations(first.silent_side.clauses, self.stop)
        has = f"{side.policy} {side.title.lang(self.lang)}{self.brackets(citations(side.clauses, self.stop))}"
        zh = f"{named}{times}：{has}写了；{first.silent} {lacks}（{clauses}）没有写"
        en = f"{named}{times}: set by {has}; not by {first.silent} {lacks} ({clauses})"
        self.page.item(self.say(zh, en), marker="–")

    def _matter_gap(self, item: Gap) -> None:
        matter = item.matters[0].name.lang(self.lang)
        sides = self.say("、", ", ").join(
            side.title.lang(self.lang) + self.brackets(citations(side.clauses, self.stop)) for side in item.sets
        )
        has = item.sets[0].policy
        zh = f"{matter}：{has} 有 {sides}；{item.silent} 没有标明这一事项的规定"
        en = f"{matter}: {has} has {sides}; no norm of {item.silent} is marked with this matter"
        self.page.item(self.say(zh, en), marker="–")


def _norm(side: Side) -> str:
    return side.outcome.partition("@")[0]


def _sides(overlaps: Sequence[Overlap]) -> list[Side]:
    """Each outcome once, those of one document together."""
    found = {side.outcome: side for overlap in overlaps for side in overlap.sides}
    return sorted(found.values(), key=lambda side: side.policy)
