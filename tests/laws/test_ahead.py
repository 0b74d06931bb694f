"""Looking ahead on random policies and records: every step flips its outcome, and nothing smaller or later does.

Each step is carried out on the record as it is written, and the whole is evaluated anew: the code that found and
confirmed the step has no part in that.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from busy import busy
from hypothesis import assume, event, given
from hypothesis import strategies as st
from inline import program_of
from order import Dossier, entries
from profiles import examples
from strategies import settings_of

from vbprules import InputError, evaluate, what_next
from vbprules.ahead.model import Ahead, Step, Todo
from vbprules.ahead.questions import ordered
from vbprules.decision.model import Outcome
from vbprules.program.ir import Program

FAR = 120  # days
HARM = ("breached", "due", "in_force", "may_be_imposed", "starts_later", "timeliness_unknown")
SMALL = 12  # below that every smaller amount is tried


def ahead_of(program: Program, record: Dossier, as_of: str) -> Ahead:
    """The look ahead; the example is dropped where the record contradicts itself."""
    to = date.fromisoformat(as_of) + timedelta(days=FAR)
    try:
        return what_next(program, copy.deepcopy(record), as_of, to=to)
    except InputError:
        assume(False)
        raise


def still(record: Dossier, until: str) -> Dossier:
    """The record with nothing more happening: every list that is complete stays complete."""
    found = copy.deepcopy(record)
    for node in found.values():
        if "complete_through" in node:
            node["complete_through"] = until
    return found


def made(record: Dossier, todo: Iterable[Todo], amounts: Iterable[str], days: Iterable[str | None]) -> Dossier:
    """The record with additions written into it."""
    found = copy.deepcopy(record)
    for number, (item, amount, day) in enumerate(zip(todo, amounts, days, strict=True), 1):
        entry: dict[str, Any] = {"day": day, **item.refs, **item.fields}
        if item.of:
            entry |= {"of": item.of, **({"subject": item.subject} if item.subject else {})}
        times = 1 if item.field else int(amount)
        if item.field:
            entry[item.field] = amount
        rows = [{"id": f"plus{number}_{copied}", **entry} for copied in range(times)]
        known = found.get(item.list, {"complete": "yes"})
        found[item.list] = {**known, "entries": [*entries(found, item.list), *rows]}
    return found


def told(
    program: Program, record: Dossier, day: str, step: Step, readings: dict[str, str]
) -> tuple[Outcome, set[str | None], bool] | None:
    """The outcome of a step, its states, and whether all are settled; None where the record contradicts itself."""
    try:
        decision = evaluate(program, still(record, day), day, readings=readings, check=False, explain=False)
    except InputError:
        return None
    outcome = next((item for item in decision.outcomes if item.id == step.outcome), None)
    if outcome is None:
        return None
    branches = outcome.state.branches
    if branches:
        return outcome, {branch.value for branch in branches}, all(branch.settled for branch in branches)
    return outcome, {outcome.state.value}, outcome.state.standing == "settled"


def harmful(codes: set[str | None]) -> bool:
    return any(code is not None and code.startswith(HARM) for code in codes)


def reached(step: Step, found: tuple[Outcome, set[str | None], bool] | None) -> bool:
    """What the step is for is so, and settled."""
    if found is None:
        return False
    outcome, codes, settled = found
    if step.kind == "prevent":
        return settled and not harmful(codes)
    if step.kind == "cure":
        open_ = {"breached_unperformed", "breached_unrecorded", "due", "due_unrecorded", "in_force", "may_be_imposed",
                 "may_be_imposed_unrecorded", "trigger_unknown", "due_later", "starts_later"}  # fmt: skip
        return not codes & open_
    if step.kind == "earn":
        return outcome.triggered.value == "yes" and outcome.triggered.standing == "settled"
    if step.modality == "prohibition":
        return codes == {"breached"}
    return outcome.triggered.value == "yes" and outcome.triggered.standing == "settled"


def assignments(step: Step) -> Iterator[dict[str, str]]:
    yield from step.readings or ({},)


def amounts(step: Step) -> list[str]:
    return [item.amount for item in step.todo]


def smaller(item: Todo, by: int) -> str:
    """So many grid units less: fen, or counting units."""
    if item.unit == "money":
        fen = round(float(item.amount) * 100) - by
        return f"{fen // 100}.{fen % 100:02d}"
    return str(int(item.amount) - by)


def grid(item: Todo) -> int:
    return round(float(item.amount) * 100) if item.unit == "money" else int(item.amount)


def last_days(step: Step, ahead: Ahead) -> list[str]:
    """The days on which the additions may be made last; without a last day, those on which they are looked at."""
    return [item.last or (step.day if step.kind == "cure" else ahead.to) for item in step.todo]


@given(settings_of())
@examples(60)
def test_every_step_of_random_policies_flips_and_nothing_less_does(setting):
    policy, record, as_of = setting
    program = policy.program()
    ahead = ahead_of(program, record, as_of)
    _flips(program, record, ahead)
    _nothing_smaller(program, record, ahead)


@given(busy())
@examples(60)
def test_every_step_flips_and_one_unit_less_or_a_day_later_does_not(setting):
    text, record, as_of = setting
    program = program_of(text)
    ahead = ahead_of(program, record, as_of)
    _flips(program, record, ahead)
    assert not [item for item in ahead.unsolved if "unconfirmed" in item.why]


@given(busy())
@examples(20)
def test_no_smaller_single_addition_does_it(setting):
    text, record, as_of = setting
    program = program_of(text)
    _nothing_smaller(program, record, ahead_of(program, record, as_of))


def _flips(program: Program, record: Dossier, ahead: Ahead) -> None:
    for step in ahead.steps:
        event(f"a step: {step.kind}")
        last = last_days(step, ahead)
        for readings in assignments(step):
            done = told(program, made(record, step.todo, amounts(step), last), step.day, step, readings)
            assert reached(step, done), (step, done)
            early = [item.first for item in step.todo]
            assert reached(step, told(program, made(record, step.todo, amounts(step), early), step.day, step, readings))
            for index, item in enumerate(step.todo):
                fewer = amounts(step)
                fewer[index] = smaller(item, 1)
                found = told(program, made(record, step.todo, fewer, last), step.day, step, readings)
                assert not reached(step, found), (step, found)
            if step.later is not None:
                assert step.last is not None
                after = (date.fromisoformat(step.last) + timedelta(days=1)).isoformat()
                late = [after if day == step.last else day for day in last]
                found = told(program, made(record, step.todo, amounts(step), late), step.day, step, readings)
                assert not reached(step, found), (step, found)


def _nothing_smaller(program: Program, record: Dossier, ahead: Ahead) -> None:
    """Every smaller amount of the same list, for every row that it could be for, on the first and on the last day."""
    for step in ahead.steps:
        if len(step.todo) != 1 or not step.todo[0].field:
            continue
        item = step.todo[0]
        ways = [item, *(way[0] for way in step.alternatives if len(way) == 1 and way[0].list == item.list)]
        least = min(grid(way) for way in ways)
        tried = range(1, least) if least <= SMALL else {1, least // 2, least - 1}
        for readings in assignments(step):
            for refs in _others(record, item):
                for amount in tried:
                    text = smaller(item, grid(item) - amount)
                    for day in {item.first, last_days(step, ahead)[0]}:
                        other = replace(item, refs=refs)
                        found = told(program, made(record, [other], [text], [day]), step.day, step, readings)
                        assert not reached(step, found), (step, refs, text, day)


def _others(record: Dossier, item: Todo) -> list[dict[str, str]]:
    lists = {"product": "products", "receipt": "receipts", "agreement": "agreements"}
    found = [{}] if not item.refs else []
    for ref in item.refs:
        found += [{ref: row["id"]} for row in entries(record, lists[ref])]
    return found


@given(settings_of())
@examples(60)
def test_what_is_settled_gives_no_step_and_nothing_is_guessed_of_open_lists(setting):
    policy, record, as_of = setting
    program = policy.program()
    ahead = ahead_of(program, record, as_of)
    today = evaluate(program, record, as_of, check=False, explain=False)
    for step in ahead.steps:
        if step.kind == "prevent":
            now = next((item for item in today.outcomes if item.id == step.outcome), None)
            assert now is None or now.state.value not in ("breached_met_late", "breached_unperformed", "breached")
    opened = {name: {"entries": node["entries"]} if "complete" in node else node for name, node in record.items()
              if isinstance(node, dict)} | {"institution": record.get("institution", {})}  # fmt: skip
    blind = ahead_of(program, opened, as_of)
    for step in blind.steps:
        if step.kind in ("prevent", "cure"):
            assert all(item.list == "performances" for item in step.todo), step


# ── Questions ────────────────────────────────────────────────────────────────────────────────────────────────────────

KEYS = st.sampled_from([("fact", name, "") for name in "abcde"])


@given(st.dictionaries(st.sampled_from("uvwxyz"), st.frozensets(KEYS, min_size=1, max_size=3), max_size=6))
@examples(200)
def test_questions_are_asked_in_the_order_that_settles_most_next(needs):
    keys = sorted({key for found in needs.values() for key in found})
    order = ordered(needs, keys)
    assert sorted(key for key, _ in order) == keys
    answered: set[tuple[str, str, str]] = set()
    settled: set[str] = set()
    for key, done in order:
        before = {outcome for outcome, found in needs.items() if found <= answered}
        gains = {
            other: sum(found <= answered | {other} for found in needs.values()) - len(before)
            for other in keys
            if other not in answered
        }
        assert gains[key] == max(gains.values()) == len(done)
        answered.add(key)
        settled |= set(done)
        assert settled == {outcome for outcome, found in needs.items() if found <= answered}
