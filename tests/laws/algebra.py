"""The order on what comes out: ranges, codes, figures, states, and whole judgements under every assignment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from vbprules.engine.case import Case
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import Judge, Judged, State
from vbprules.facts.rows import Code
from vbprules.program.ir import Program
from vbprules.values.forks import leaves, under
from vbprules.values.ranges import FALSE, Range

Assignment = dict[str, str]
Judgements = dict[str, Judged]


class Contradiction(Exception):
    """The facts contradict each other: the dossier stands for no record."""


def judge_all(case: Case) -> Judgements:
    """Every norm on every row. Raises Contradiction where the evaluation finds that the facts cannot all be true."""
    judge = Judge(case)
    found = {item.key: item for item in judge.all()}
    if judge.interpreter.problems:
        raise Contradiction(judge.interpreter.problems)
    return found


def consulted(*values: Any) -> list[str]:
    """The readings on which any of the values depends."""
    return sorted({reading for value in values for path, _ in leaves(value) for reading, _ in path})


def assignments(program: Program, readings: list[str]) -> Iterator[Assignment]:
    """Every assignment of options to the readings."""
    options = [[(name, option) for option in program.policy.readings[name].options] for name in readings]
    for chosen in product(*options):
        yield dict(chosen)


# What the law says stays; that somebody acted or performed all the same is shown beside it.
_BESIDE = frozenset({("not_triggered", "imposed_ground_open"), ("available", "met")})


def within(new: Any, old: Any) -> bool:
    """``new ⊆ old`` for two leaves."""
    if old is None or new is None:
        return new is None
    if isinstance(old, Range):
        return isinstance(new, Range) and bool(old.lo <= new.lo and new.hi <= old.hi and new.lo <= new.hi)
    if isinstance(old, Code):
        return old.text is None or new == old
    if isinstance(old, Figured):
        return isinstance(new, Figured) and new.bound == old.bound and within(new.value, old.value)
    if isinstance(old, State):
        return not old.settled or (old.code, new.code) in _BESIDE or (new.settled and new.code == old.code)
    raise AssertionError(f"no leaf: {old!r}")


def settled(leaf: Any) -> bool:
    """Whether nothing could still change the leaf."""
    if isinstance(leaf, State):
        return leaf.settled
    if isinstance(leaf, Figured):
        return leaf.legal or leaf.value.exact
    if isinstance(leaf, Code):
        return leaf.text is not None
    return leaf is None or bool(leaf.exact)


def parts_of(item: Judged) -> dict[str, Any]:
    """Every value of a judgement by name: gate, trigger, tests, attributes, state."""
    found = {"gate": item.gate}
    if item.applies:
        found |= {"trigger": item.trigger, **{f"test {name}": value for name, value in item.tests.items()}}
        found |= dict(item.attributes.items())
        found["state"] = item.state
    return found


def not_narrower(program: Program, old: Judgements, new: Judgements) -> Iterator[str]:
    """Where ``new`` leaves what ``old`` had allowed: ``v(new, a) ⊄ v(old, a)``, one line each.

    An attribute is given where the norm may apply, so it may go when the norm surely does not; the day of a breach is
    given where there is a breach, so it may come.
    """
    for key, before in old.items():
        after = new.get(key)
        if after is None:
            yield f"{key}: the outcome is gone"
            continue
        first, second = parts_of(before), parts_of(after)
        for name, value in first.items():
            if name not in second:
                if after.applies and name in ("gate", "trigger", "state"):
                    yield f"{key} {name}: gone"
                continue
            other = second[name]
            for chosen in assignments(program, consulted(value, other)):
                a, b = under(value, chosen), under(other, chosen)
                if a is None and name == "breached_on":
                    continue
                if b is None and name not in ("gate", "trigger", "state"):
                    continue
                if not within(b, a):
                    yield f"{key} {name} {chosen}: {a} → {b}"
        if not before.applies and after.applies:
            yield f"{key}: did not apply, now does"
        if before.applies and before.attributes == {} and after.attributes and _surely_outside(before):
            yield f"{key}: was not triggered, now is"


def _surely_outside(item: Judged) -> bool:
    return item.gate == FALSE or item.trigger == FALSE


HARM_ENDED = frozenset({"ended", "no_longer_due"})
DUE = frozenset(
    {
        "due",
        "due_unrecorded",
        "due_later",
        "starts_later",
        "in_force",
        "may_be_imposed",
        "may_be_imposed_unrecorded",
        "window_unknown",
        *HARM_ENDED,
    }
)


def harms(program: Program, found: Judgements) -> dict[tuple[str, tuple[tuple[str, str], ...]], str]:
    """What is held against somebody, by outcome and assignment: breaches, and sanctions that are surely due or in force."""
    made = {}
    for key, item in found.items():
        for chosen in assignments(program, consulted(item.state)):
            code = under(item.state, chosen).code
            if code.startswith("breached") or code in ("due", "due_unrecorded", "in_force"):
                made[key, tuple(sorted(chosen.items()))] = code
    return made


def still_harm(code: str, now: State) -> bool:
    """Whether what is now known supports the harm: the same breach; or a sanction that is or was due."""
    return now.code.startswith("breached") if code.startswith("breached") else now.code in DUE


def truths(item: Judged) -> Iterator[tuple[str, Any]]:
    """Gate, trigger and tests of a judgement, by the name under which the judge knows their nodes."""
    for name, value in (("gate", item.gate), ("trigger", item.trigger), *item.tests.items()):
        if item.applies or name == "gate":
            yield name, value


def normal(found: Judgements) -> dict[str, Mapping[str, Any]]:
    """Judgements as plain values, to compare two evaluations of the same."""
    return {key: parts_of(item) for key, item in found.items()}
