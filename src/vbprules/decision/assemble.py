"""From judged norms to a Decision: standings, needs in words, reasons, questions and the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from vbprules.decision.model import (
    Attribute,
    Branch,
    Cited,
    Decision,
    NeedItem,
    NotApplicable,
    OpenReading,
    Outcome,
    Question,
    Reason,
    Receipt,
    Standing,
    Text,
)
from vbprules.decision.phrases import need_item, text_of
from vbprules.decision.reasons import Reasons, told_of
from vbprules.decision.told import UNITS, is_settled, shown, standing_of, unit_of
from vbprules.decision.wording import cited, wording_of
from vbprules.decision.words import CONTRADICTION
from vbprules.engine.case import Case
from vbprules.engine.needs import Need
from vbprules.engine.outcomes import Judge, Judged, State
from vbprules.language.vocabulary import BY_NAME
from vbprules.values.figures import TRUTH, show_date
from vbprules.values.forks import Fork, leaves
from vbprules.values.ranges import FALSE, INF, OPEN, TRUE, Range


class Assembler:
    """Turns what was judged on one case into a Decision."""

    def __init__(self, judge: Judge, explain: bool = True) -> None:
        self.judge = judge
        self.case: Case = judge.case
        self.policy = judge.case.program.policy
        self.wording = wording_of(judge.case.program)
        self.reasons = Reasons(judge.interpreter)
        self.explain = explain
        self._items: dict[Need, NeedItem] = {}

    def decision(self, judged: Iterable[Judged], receipt: Receipt) -> Decision:
        outcomes: list[Outcome] = []
        outside: list[NotApplicable] = []
        for item in judged:
            answer = self.answer(item)
            if isinstance(answer, Outcome):
                outcomes.append(answer)
            else:
                outside.append(answer)
        document = self.policy.document
        return Decision(
            policy=self.policy.id,
            title=text_of(document.title),
            number=document.number,
            institution=self.case.dossier.institution.name,
            as_of=show_date(self.case.as_of),
            known_from=document.known_from,
            outcomes=tuple(outcomes),
            not_applicable=tuple(outside),
            questions=self.questions(outcomes),
            readings=self._readings(outcomes),
            notes=tuple(self._notes()),
            receipt=receipt,
        )

    # One outcome

    def answer(self, judged: Judged) -> Outcome | NotApplicable:
        """The outcome of a norm on a row, or why it does not reach that row."""
        return self.outcome(judged) if judged.applies else self._not_applicable(judged)

    def outcome(self, judged: Judged) -> Outcome:
        source, words = judged.norm.source, self.wording.of(judged.norm)
        state = self._state(judged)
        triggered = self._truth(judged, "trigger", judged.trigger)
        attributes: dict[str, Attribute] = {}
        for name, value in judged.attributes.items():
            found = self._attribute(judged, name, value)
            if found is not None:
                attributes[name] = found
        for name in source.silent:
            attributes.setdefault(name, _plain(standing="silent", unit=UNITS.get(name, "text")))
        undecided = _possible(judged.gate, OPEN) or _possible(judged.trigger, OPEN)
        return Outcome(
            id=judged.key,
            provision=source.id,
            subject=judged.subject,
            modality=source.modality,
            mode=words.mode,
            title=words.title,
            clauses=self._clauses(judged),
            by=source.by,
            by_names=words.by,
            toward=source.toward,
            toward_names=words.toward,
            hedge=source.hedge,
            about_institution=judged.norm.about_institution,
            standing=_standing(state, attributes),
            state=state,
            triggered=triggered,
            would_be=undecided,
            attributes=attributes,
            reasons=self._reasons(judged),
            consequence=words.sanctioned if _may_be_breached(state) else None,
            note=words.note,
            once=source.once,
            fields=words.fields,
            choose=source.choose,
            support_names=words.support,
        )

    def _clauses(self, judged: Judged) -> tuple[Cited, ...]:
        """Where the norm stands, then where each exception stands that holds here."""
        found, rows = self.wording.of(judged.norm).clauses, (judged.row,)
        for item, test in judged.norm.exempt:
            if self.judge.interpreter.value(test, rows) == TRUE:
                found += cited(item.cites)
        return found

    def _state(self, judged: Judged) -> Attribute:
        branches = list(leaves(judged.state))
        if len(branches) == 1:
            state: State = branches[0][1]
            if state.settled:
                return _plain(standing="settled", unit="state", value=state.code)
            needs = self.judge.state_needs(judged, state, {})
            return Attribute(standing="open", unit="state", value=state.code, needs=self._told(needs))
        made = []
        for path, state in branches:
            needs = self.judge.state_needs(judged, state, dict(path)) if not state.settled else ()
            made.append(self._branch(path, state.code, state.settled, needs))
        return Attribute(standing="by_reading", unit="state", branches=tuple(made))

    def _truth(self, judged: Judged, name: str, value: Any) -> Attribute:
        if value in (TRUE, FALSE):
            return _plain(standing="settled", unit=TRUTH, value=shown(value, TRUTH))
        return self._valued(judged, name, value, TRUTH)

    def _attribute(self, judged: Judged, name: str, value: Any) -> Attribute | None:
        node = self.judge.node(judged.norm, name)
        unit = unit_of(name, None if node is None else node.unit)
        if name == "done" and all(isinstance(leaf, Range) and leaf.hi == INF for _, leaf in leaves(value)):
            return None  # not performed as far as is known: the state says so
        return self._valued(judged, name, value, unit)

    def _valued(self, judged: Judged, name: str, value: Any, unit: str) -> Attribute:
        branches = [(path, leaf) for path, leaf in leaves(value) if leaf is not None]
        if all(leaf == branches[0][1] for _, leaf in branches):  # the same wherever the norm applies at all
            leaf = branches[0][1]
            if is_settled(leaf):
                return Attribute(standing="settled", unit=unit, value=shown(leaf, unit))
            needs = self.judge.attribute_needs(judged, name, dict(branches[0][0]) if len(branches) == 1 else {})
            silent = bool(needs) and all(need.kind == "silent" for need in needs)
            return Attribute(
                standing="silent" if silent else "open", unit=unit, value=shown(leaf, unit), needs=self._told(needs)
            )
        made = []
        for path, leaf in branches:
            needs = () if is_settled(leaf) else self.judge.attribute_needs(judged, name, dict(path))
            made.append(self._branch(path, shown(leaf, unit), is_settled(leaf), needs))
        return Attribute(standing="by_reading", unit=unit, branches=tuple(made))

    def _branch(self, path: Any, value: str | None, settled: bool, needs: tuple[Need, ...]) -> Branch:
        preferred = all(self.policy.readings[name].preferred == option for name, option in path)
        return Branch(readings=dict(path), preferred=preferred, value=value, settled=settled, needs=self._told(needs))

    def _told(self, needs: tuple[Need, ...]) -> tuple[NeedItem, ...]:
        return tuple(self._item(need) for need in needs)

    def _item(self, need: Need) -> NeedItem:
        if need not in self._items:
            self._items[need] = need_item(need, self.policy)
        return self._items[need]

    def _reasons(self, judged: Judged) -> tuple[Reason, ...]:
        if not self.explain:
            return ()
        told, rows = told_of(judged.norm), (judged.row,)
        conditions = told.always
        if judged.gate == OPEN or type(judged.gate) is Fork:
            conditions = (judged.norm.gate, *conditions)
        if judged.attributes:
            conditions += told.where_it_may_apply
        found = tuple(reason for node in conditions for reason in self.reasons.of(node, rows))
        figures = told.figures if judged.attributes else ()
        return found + tuple(self.reasons.of_value(name, node, rows) for name, node in figures)

    def _not_applicable(self, judged: Judged) -> NotApplicable:
        norm, rows = judged.norm, (judged.row,)
        value = self.judge.interpreter.value
        reason = Text(zh="属于例外", en="an exception applies")
        if value(norm.in_force, rows) == FALSE:
            reason = Text(zh="不在文件有效期内", en="outside the document's time in force")
        elif (norm.by_test is not None and value(norm.by_test, rows) == FALSE) or (
            norm.toward_test is not None and value(norm.toward_test, rows) == FALSE
        ):
            named = (
                norm.source.by
                if norm.by_test is not None and value(norm.by_test, rows) == FALSE
                else norm.source.toward
            )
            names = self.wording.names(tuple(name for name in named if self.policy.parties[name].test is not None))
            reason = Text(
                zh=f"本机构不是{'、'.join(n.zh for n in names)}",
                en=f"the institution is not: {', '.join(n.en for n in names)}",
            )
        return NotApplicable(
            id=judged.key,
            provision=norm.id,
            subject=judged.subject,
            title=self.wording.of(norm).title,
            clauses=self._clauses(judged),
            reason=reason,
        )

    # The whole

    def questions(self, outcomes: list[Outcome]) -> tuple[Question, ...]:
        """Open needs, those on which most outcomes hang first; of the same list only the latest day."""
        hang: dict[tuple[str, str, str], list[str]] = {}
        items: dict[tuple[str, str, str], NeedItem] = {}
        for outcome in outcomes:
            if not outcome.about_institution:
                continue
            needs = [*outcome.state.needs, *(n for branch in outcome.state.branches for n in branch.needs)]
            for attribute in outcome.attributes.values():
                needs += [*attribute.needs, *(n for branch in attribute.branches for n in branch.needs)]
            for need in needs:
                key = (need.kind, need.what, need.subject)
                if key not in items or (items[key].day or "") < (need.day or ""):
                    items[key] = need
                if outcome.id not in hang.setdefault(key, []):
                    hang[key].append(outcome.id)
        order = sorted(items, key=lambda key: (-len(hang[key]), *key))
        return tuple(Question(need=items[key], outcomes=tuple(hang[key])) for key in order)

    def _readings(self, outcomes: list[Outcome]) -> tuple[OpenReading, ...]:
        hang: dict[str, list[str]] = {}
        for outcome in outcomes:
            for attribute in (outcome.state, outcome.triggered, *outcome.attributes.values()):
                for branch in attribute.branches:
                    for name in branch.readings:
                        if outcome.id not in hang.setdefault(name, []):
                            hang[name].append(outcome.id)
        found = []
        for name in self.policy.readings:
            if name in hang:
                reading = self.policy.readings[name]
                found.append(
                    OpenReading(
                        id=name,
                        asks=text_of(reading.asks),
                        clauses=cited(reading.cites),
                        options=dict(reading.options),
                        preferred=reading.preferred,
                        outcomes=tuple(hang[name]),
                    )
                )
        return tuple(found)

    def _notes(self) -> Iterable[Text]:
        document = self.policy.document
        if document.start is None or getattr(document.start, "text", "") == "silent":
            yield Text(zh="文件未写明生效日期。", en="The document sets no date on which it takes effect.")
        if document.abridged:
            yield Text(
                zh="公布的文本有删减：未写明之处所能说明的较少。",
                en="The published text is abridged: its silence proves less.",
            )
        for item in document.precedence:
            yield text_of(item.text)
        for given in self.case.dossier.given:
            if given.lent_by:
                about = f"{given.name} {given.subject}".strip()
                yield Text(
                    zh=f"{about} = {given.value}：不是档案所记，由政策 {given.lent_by} 算出（{given.source}）",
                    en=f"{about} = {given.value}: not recorded, worked out under {given.lent_by} ({given.source})",
                )
        for (code, _), (_, args) in self.judge.interpreter.problems.items():
            if code == "contradiction":
                yield Text(
                    zh=f"{CONTRADICTION[0]}{args['what']}",
                    en=f"{CONTRADICTION[1]}{args['what']}",
                )
        for entity in self.case.dossier.rows:
            name = BY_NAME[entity].list_name
            through = self.case.through(name)
            shown = f"完整至 {show_date(through)}" if isinstance(through, int) else "未声明完整"
            shown_en = (
                f"complete through {show_date(through)}" if isinstance(through, int) else "not stated to be complete"
            )
            yield Text(
                zh=f"{BY_NAME[entity].zh}：按已记录者判断（{shown}）",
                en=f"{BY_NAME[entity].en}: judged as far as recorded ({shown_en})",
            )


def _standing(state: Attribute, attributes: dict[str, Attribute]) -> Standing:
    figures = [attributes[name].standing if name in attributes else None for name in ("standard", "value")]
    return standing_of(state.standing, state.value, *figures)


def _possible(value: Any, wanted: Any) -> bool:
    return any(leaf == wanted for _, leaf in leaves(value))


def _may_be_breached(state: Attribute) -> bool:
    codes = (state.value, *(branch.value for branch in state.branches))
    return any(code is not None and code.startswith("breached") for code in codes)


# Attributes that say nothing of a case but a word: frozen, so that outcomes share them. Nothing of the facts is kept.
_plain: Final = lru_cache(maxsize=256)(Attribute)
