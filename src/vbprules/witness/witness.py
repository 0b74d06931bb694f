"""The front of the room: ``witness`` and ``satisfying``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from vbprules.calendar import work_calendar
from vbprules.decision.model import Outcome
from vbprules.diagnostics import InputError, Report
from vbprules.engine.case import Case, subject_of
from vbprules.engine.outcomes import Judge, Judged
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.language import policy as p
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program.ir import Norm, Program
from vbprules.values.figures import parse_date, show_date
from vbprules.witness.bench import Bench
from vbprules.witness.search import EFFORT, drafts, present, shrunk
from vbprules.witness.solve import Goal

_MOST_TRIES: Final = 12  # drafts that are confirmed before the search gives up


@dataclass(frozen=True, slots=True)
class Witness:
    """A dossier, the day as of which to judge it and the readings to fix: what ``evaluate`` takes.

    ``subject`` is the row that was sought, empty for the institution. ``state`` is the state that evaluation found.
    """

    dossier: Mapping[str, Any]
    as_of: str
    readings: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    state: str = ""


def witness(
    program: Program, norm: str, wanted: str = "triggered", readings: Mapping[str, str] | None = None
) -> Witness | None:
    """A small dossier on which a norm is ``triggered``, ``not_triggered`` or has a state such as ``due``.

    Thresholds are met exactly, or missed by one step. ``readings`` are kept; others are fixed as the witness says.
    Confirmed by `evaluate`. None where none was found, which does not prove that there is none.
    Raises KeyError for a norm that the program does not have.
    """
    found = next((item for item in program.norms if item.id == norm), None)
    if found is None:
        raise KeyError(norm)
    goals = goals_for(found, wanted)
    if goals is None:
        return None

    return _confirmed(program, found, goals, readings or {}, wanted)


def satisfying(
    program: Program, entity: str, goals: Sequence[Goal], readings: Mapping[str, str] | None = None
) -> Witness | None:
    """A small dossier on which conditions of the program are true, or false, on one row of an entity.

    ``goals``: nodes of the program with the truth that each shall have. Confirmed by the interpreter; None where none
    was found, which does not prove that there is none.
    """
    for draft, at, chosen in islice(drafts(program, entity, goals, readings or {}), _MOST_TRIES):
        bench = Bench(program, chosen, EFFORT)
        if all(bench.holds(node, (at,), draft) is truth for node, truth in goals):
            subject = "" if at.entity == INSTITUTION else at.id
            return Witness(draft.mapping(), show_date(draft.judged_on), chosen, subject)
    return None


def goals_for(norm: Norm, wanted: str) -> list[Goal] | None:
    """The truths of which a state is made, by the tables of SEMANTICS 6; None for a state that the norm cannot have."""
    if wanted == "not_applicable":
        return [(norm.gate, False)]
    if wanted == "not_triggered":
        return [(norm.when, False), (norm.gate, True)]
    base: list[Goal] = [(norm.when, True), (norm.gate, True)]
    if wanted in ("triggered", "applies") or (wanted == "available" and norm.source.modality == p.PERMISSION):
        return base
    tests = _TESTS.get(wanted)
    if tests is None:
        return None
    known = [(norm.tests[name], truth) for name, truth in tests if name in norm.tests]
    return [*base, *known] if known else None


_TESTS: Final[Mapping[str, tuple[tuple[str, bool], ...]]] = {
    "met": (("in_time", True), ("performed", True)),
    "open": (("over", False), ("performed", False)),
    "available": (("performed", False),),
    "breached_unperformed": (("in_time", False), ("performed", False), ("over", True)),
    "breached_met_late": (("in_time", False), ("performed", True), ("over", True)),
    "breached": (("breached", True),),
    "observed": (("breached", False),),
    "due_later": (("started", False),),
    "due": (("started", True), ("ended", False), ("imposed", False)),
    "may_be_imposed": (("started", True), ("ended", False), ("imposed", False)),
    "in_force": (("started", True), ("ended", False), ("imposed", True)),
    "ended": (("ended", True), ("imposed", True)),
    "no_longer_due": (("ended", True), ("imposed", False)),
}


def outcome_of(
    program: Program, norm: str, dossier: Mapping[str, Any], as_of: str, readings: Mapping[str, str], subject: str
) -> Outcome | None:
    """The outcome of a norm for a row, by evaluation; None where there is none or the facts contradict each other."""
    known = {name: option for name, option in readings.items() if name in program.policy.readings}
    try:
        decision = evaluate(program, present(dossier), as_of, readings=known, check=False, explain=False)
        return decision.outcome(f"{norm}@{subject}" if subject else norm)
    except (InputError, KeyError):
        return None


def _state(outcome: Outcome | None, wanted: str) -> str:
    """The settled state, where it is what is wanted."""
    if outcome is None or outcome.triggered.standing != "settled":
        return ""
    code = outcome.state.value or ""
    if wanted == "triggered":
        applies = outcome.triggered.value == "yes" and code not in ("trigger_unknown", "not_applicable")
        return code if applies else ""
    if wanted == "not_triggered":
        return code if outcome.triggered.value == "no" else ""
    return code if outcome.state.standing == "settled" and code == wanted else ""


def _confirmed(
    program: Program, norm: Norm, goals: Sequence[Goal], readings: Mapping[str, str], wanted: str
) -> Witness | None:
    for draft, at, chosen in islice(drafts(program, norm.entity, goals, readings), _MOST_TRIES):
        as_of, subject = show_date(draft.judged_on), "" if at.entity == INSTITUTION else at.id
        used = {name: option for name, option in chosen.items() if name in readings_of(norm)}
        dossier = draft.mapping()
        state = _state(outcome_of(program, norm.id, dossier, as_of, used, subject), wanted)
        if not state:
            continue
        seen = judged_on(program, norm, dossier, as_of, used, subject)
        small = shrunk(
            dossier,
            lambda less, day=as_of, fixed=used, row=subject, first=seen: (  # type: ignore[misc]
                alike(judged_on(program, norm, less, day, fixed, row), first)
            ),
            set(draft.pins()),
        )
        if _state(outcome_of(program, norm.id, small, as_of, used, subject), wanted) != state:
            small = dossier
        return Witness(present(small), as_of, used, subject, state)
    return None


def judged_on(
    program: Program, norm: Norm, dossier: Mapping[str, Any], as_of: str, readings: Mapping[str, str], subject: str
) -> Judged | None:
    """A norm judged on one row of a dossier; None where the row is not there or the facts cannot be read."""
    report = Report()
    facts = read_dossier(present(dossier), report)
    day = parse_date(as_of)
    if report.has_errors or day is None:
        return None
    case = Case(program, facts, day, work_calendar(as_of=day), readings)
    row = next((row for row in case.rows(norm.entity) if subject_of(row) == subject), None)
    return None if row is None else Judge(case).judge(norm, row)


def alike(one: Judged | None, other: Judged | None) -> bool:
    """The same gate, trigger and state."""
    if one is None or other is None:
        return False
    return (one.gate, one.trigger, one.state) == (other.gate, other.trigger, other.state)


def readings_of(norm: Norm) -> frozenset[str]:
    """Every reading that a norm can consult."""
    nodes = (norm.gate, norm.when, *norm.values.values(), *norm.tests.values())
    return frozenset().union(*(node.readings for node in nodes))


__all__ = ["Witness", "alike", "goals_for", "judged_on", "outcome_of", "readings_of", "satisfying", "witness"]
