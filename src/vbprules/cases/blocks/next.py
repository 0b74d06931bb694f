"""The block ``next``: what can be done about single outcomes by when, and what to ask first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from vbprules.ahead.model import Ahead, Step, Todo
from vbprules.ahead.run import what_next
from vbprules.cases.blocks import reading as r
from vbprules.cases.blocks.keys import KIND, NEXT, STEP_AHEAD, forms
from vbprules.cases.model import CaseItem, facts_of
from vbprules.cases.policy_check import PolicyCheck
from vbprules.cases.trees import Change, each_item, each_value, keyed, worded
from vbprules.cases.values import Came, Mismatch, clause_form, compare_set, compare_value
from vbprules.cases.words import CHINESE
from vbprules.language.shape import Shape
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import DATE

NONE: Final = "none"
_STATES: Final = ("state", "becomes")
_WORDS: Final = {"kind": forms(KIND), "state": CHINESE["state"], "becomes": CHINESE["state"]}
_ROWS: Final = each_item(keyed({key: worded(words) for key, words in _WORDS.items()}))
ENGLISH: Final[Change] = keyed({"steps": each_value(_ROWS)})


@dataclass(frozen=True, slots=True)
class Expected:
    """The steps that one outcome is to have, in order: all of them."""

    outcome: Scalar
    rows: tuple[r.Row, ...]


@dataclass(frozen=True, slots=True)
class ExpectedNext:
    """``to`` is empty where the horizon is left to the product; ``questions`` are the first ones, in order."""

    to: str
    steps: tuple[Expected, ...]
    questions: tuple[Scalar, ...]


def read(node: Node, around: r.Around) -> ExpectedNext:
    """Slips go to the report: days that cannot be, words that are none, rows that say nothing."""
    report = around.report
    s = Shape(node, report, "next", NEXT)
    to = r.day(s.get("to"), report, "next.to")
    steps = tuple(
        Expected(name, tuple(_rows(value, around))) for name, value in r.outcomes(s.get("steps"), report, "next.steps")
    )
    if "steps" not in s and "questions" not in s:
        report.error("empty_row", node, where="next", choices=", ".join(NEXT))
    return ExpectedNext(to, steps, s.scalars("questions"))


def _rows(node: Node, around: r.Around) -> Iterator[r.Row]:
    report = around.report
    for row in r.rows(node, report, "next.steps", STEP_AHEAD):
        r.word(row.get("kind"), report, "kind", KIND)
        for key in ("through", "day"):
            value = row.get(key)
            if not (isinstance(value, Scalar) and value.text == NONE):
                r.day(value, report, key)
        r.texts(row.get("add"), report, "add")
        yield row


def check(case: CaseItem, block: ExpectedNext, policy: PolicyCheck) -> None:
    for item in block.steps:
        norm = policy.provision(item.outcome.text.partition("@")[0], item.outcome)
        for row in item.rows:
            for key, value in row.values.items():
                if key in (*_STATES, "clause"):
                    policy.value(norm, "state" if key in _STATES else key, value)


def run(case: CaseItem, block: ExpectedNext, second_opinion: bool) -> Iterator[Mismatch]:
    """Only the outcomes named are looked at, unless questions are expected, which hang on all of them."""
    names = [item.outcome.text for item in block.steps]
    found = what_next(
        case.policy,
        facts_of(case),
        case.as_of,
        to=block.to or None,
        readings=case.readings,
        calendar=case.calendar,
        only=None if block.questions else names,
    )
    for item in block.steps:
        yield from _compared(found, item)
    for number, wanted in enumerate(block.questions):
        asked = found.questions[number].need.key if number < len(found.questions) else NONE
        if asked != wanted.text and not asked.startswith(wanted.text + " "):
            yield Mismatch(f"{number + 1}", "questions", wanted.text, asked, wanted.mark.line)


def _compared(found: Ahead, expected: Expected) -> Iterator[Mismatch]:
    name, steps = expected.outcome.text, found.of(expected.outcome.text)
    if len(steps) != len(expected.rows):
        actual = "; ".join(f"{step.kind} {' + '.join(added(step))}" for step in steps) or NONE
        yield Mismatch(name, "steps", str(len(expected.rows)), f"{len(steps)}: {actual}", expected.outcome.mark.line)
        return
    for row, step in zip(expected.rows, steps, strict=True):
        about = f"{step.kind} {step.last or ''}".strip()
        for key, node in row.values.items():
            differing = _value(name, key, node, step)
            yield from (replace(one, about=about, clauses=step.clauses) for one in differing)


def _value(name: str, key: str, node: Node, step: Step) -> Iterator[Mismatch]:
    line = node.mark.line
    if key == "add":
        wanted = node if isinstance(node, Sequence) else Sequence((node,), node.mark)
        yield from compare_set(name, key, wanted, added(step), line)
    elif key == "clause":
        yield from compare_set(name, key, node, [cited.clause for cited in step.clauses], line, clause_form)
    elif key in _STATES:
        yield from compare_value(
            name, key, node, Came.told(step.state if key == "state" else step.after, "state"), line
        )
    else:
        told = {"kind": step.kind, "through": step.last or NONE, "day": step.begins}[key]
        yield from compare_value(name, key, node, Came(DATE, told, (({}, told, "settled"),)), line)


def added(step: Step) -> list[str]:
    """What a step adds, each as ``payments R2 12200.00`` or ``performances submit_plan``."""
    return [_added(todo) for todo in step.todo]


def _added(todo: Todo) -> str:
    if todo.of:
        return f"{todo.list} {todo.of}@{todo.subject}" if todo.subject else f"{todo.list} {todo.of}"
    return " ".join((todo.list, *todo.refs.values(), todo.amount))
