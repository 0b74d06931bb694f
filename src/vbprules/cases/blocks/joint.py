"""What a joint decision says between the documents, held against the rows of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbprules.cases.answers import Answer
from vbprules.cases.blocks.reading import Row
from vbprules.cases.values import AMONG, Mismatch, clause_form, compare_parts, compare_set, text_of, texts_of
from vbprules.decision.model import Outcome
from vbprules.reading import Mapping as MappingNode
from vbprules.together.model import Claim, Conflict, Gap, JointDecision, Overlap, Relation

_MOST = 6


class JointAnswers:
    """The answers of all documents, each named ``policy:provision@subject``."""

    def __init__(self, joint: JointDecision) -> None:
        self._by_name: dict[str, list[Answer]] = {}
        for decision in joint.decisions:
            answers: list[Answer] = [*decision.outcomes, *decision.not_applicable]
            for answer in answers:
                for name in dict.fromkeys((answer.id, answer.provision)):
                    self._by_name.setdefault(f"{decision.policy}:{name}", []).append(answer)

    def named(self, name: str) -> tuple[Answer, ...]:
        return tuple(self._by_name.get(name, ()))

    def present(self, provision: str) -> bool:
        return any(name == provision or name.startswith(provision + ".") for name in self._by_name)


def compare_claim(relation: Relation, row: Row) -> Iterator[Mismatch]:
    """A claim of one document over the other: the one that comes nearest."""
    found = [list(_claim(claim, row)) for claim in relation.claims]
    if not found:
        yield Mismatch("precedence", "claims", _told(row), "none", row.line)
    else:
        yield from min(found, key=len)


def _claim(claim: Claim, row: Row) -> Iterator[Mismatch]:
    about = f"{claim.policy} {claim.relation} {claim.other}"
    for key, actual in (("policy", claim.policy), ("relation", claim.relation), ("applies", claim.reaches)):
        if key in row.values and row.text(key) != actual:
            yield Mismatch(
                "precedence", key, row.text(key), actual, row.line_of(key), about=about, clauses=claim.clauses
            )
    clause, reason = row.get("clause"), row.get("reason")
    if clause is not None:
        known = [cited.clause for cited in claim.clauses]
        yield from compare_set("precedence", "clause", clause, known, row.line_of("clause"), clause_form)
    if reason is not None:
        yield from compare_parts("precedence", "reason", reason, claim.why, row.line_of("reason"))


def compare_overlap(joint: JointDecision, row: Row) -> Iterator[Mismatch]:
    """Two outcomes on one matter, with what is expected of the pair."""
    wanted = texts_of_sides(row)
    pair = " : ".join(wanted)
    found = [item for item in joint.overlaps if {side.outcome for side in item.sides} == set(wanted)]
    if not found:
        near = [item for item in joint.overlaps if {side.outcome for side in item.sides} & set(wanted)]
        told = "; ".join(" : ".join(side.outcome for side in item.sides) for item in near[:_MOST])
        yield Mismatch("overlaps", "sides", pair, told or "none", row.line)
        return
    (one,) = found
    for item in _overlap(joint, one, row):
        yield Mismatch(
            "overlaps",
            item.key,
            item.expected,
            item.actual,
            item.line,
            about=pair,
            clauses=tuple(cited for side in one.sides for cited in side.clauses),
        )


def _overlap(joint: JointDecision, found: Overlap, row: Row) -> Iterator[Mismatch]:
    for key, actual in (("matter", [matter.id for matter in found.matters]), ("unlike", list(found.unlike))):
        node = row.get(key)
        if node is not None:
            yield from compare_set("overlaps", key, node, actual, row.line_of(key))
    compared = row.get("compared")
    verdicts = {item.attribute: item.verdict for item in found.comparisons}
    for name, value in compared.entries if isinstance(compared, MappingNode) else ():
        actual_verdict = verdicts.get(name.text, "none")
        if text_of(value) != actual_verdict:
            yield Mismatch("overlaps", name.text, text_of(value), actual_verdict, value.mark.line)
    silent = row.get("silent")
    for name_of in [] if silent is None else texts_of(silent):
        told = [text for side in found.sides if (text := _sets(joint.outcome(side.outcome), name_of))]
        if told:
            yield Mismatch("overlaps", "silent", name_of, "; ".join(told), row.line_of("silent"))


def _sets(outcome: Outcome, name: str) -> str:
    """What an outcome sets as an attribute; empty where the document is silent on it."""
    found = outcome.attributes.get(name)
    return "" if found is None or found.standing == "silent" else f"{outcome.id} {name} {found.value or found.standing}"


def compare_conflicts(joint: JointDecision, rows: Sequence[Row], line: int) -> Iterator[Mismatch]:
    """Just these conflicts."""
    left = list(joint.conflicts)
    for row in rows:
        same = [item for item in left if {side.outcome for side in item.sides} == set(texts_of_sides(row))]
        found = [(item, list(_conflict(item, row))) for item in same]
        if not found:
            told = "; ".join(_told_conflict(item) for item in left[:_MOST])
            yield Mismatch("conflicts", "sides", " : ".join(texts_of_sides(row)), told or "none", row.line)
            continue
        nearest = min(found, key=lambda pair: len(pair[1]))
        left.remove(nearest[0])
        yield from nearest[1]
    for item in left:
        yield Mismatch("conflicts", "", "none", _told_conflict(item), line)


def _conflict(found: Conflict, row: Row) -> Iterator[Mismatch]:
    about = " : ".join(side.outcome for side in found.sides)
    clauses = tuple(cited for side in found.sides for cited in side.clauses)
    actual = {"kind": found.kind, "attribute": found.attribute or "none", "standing": found.standing}
    for key, told in actual.items():
        if key in row.values and row.text(key) != told:
            yield Mismatch("conflicts", key, row.text(key), told, row.line_of(key), about=about, clauses=clauses)
    values = row.get("values")
    if values is not None:
        order = [side.outcome for side in found.sides]
        came = found.values if texts_of_sides(row) == order else found.values[::-1]
        if tuple(texts_of(values)) != came:
            wanted = " : ".join(texts_of(values))
            yield Mismatch("conflicts", "values", wanted, " : ".join(came), row.line_of("values"), about=about)


def compare_gap(joint: JointDecision, row: Row) -> Iterator[Mismatch]:
    """What one document sets and another does not."""
    if not any(_is_gap(gap, row) for gap in joint.gaps):
        told = AMONG.join(text for gap in joint.gaps[:_MOST] for text in (_told_gap(gap), _told_gap(gap)))
        yield Mismatch("gaps", "reason", _told(row), told or "none", row.line)


def _is_gap(gap: Gap, row: Row) -> bool:
    matter, sets = row.get("matter"), row.get("sets")
    return (
        (matter is None or set(texts_of(matter)) == {item.id for item in gap.matters})
        and ("attribute" not in row.values or row.text("attribute") == gap.attribute)
        and ("attribute" in row.values or gap.kind == "matter")
        and (sets is None or set(texts_of(sets)) == {side.outcome for side in gap.sets})
        and ("silent" not in row.values or row.text("silent") == gap.silent)
    )


def texts_of_sides(row: Row) -> list[str]:
    sides = row.get("sides")
    return [] if sides is None else texts_of(sides)


def _told(row: Row) -> str:
    """A row on one line."""
    return ", ".join(f"{key} {'/'.join(texts_of(value))}" for key, value in row.values.items())


def _told_conflict(found: Conflict) -> str:
    pair = " : ".join(side.outcome for side in found.sides)
    return f"{found.kind} {found.attribute or ''} {pair}".replace("  ", " ")


def _told_gap(found: Gap) -> str:
    what = found.attribute or "/".join(matter.id for matter in found.matters)
    return f"{what} {'/'.join(side.outcome for side in found.sets)}, silent {found.silent}"
