"""The laws of SEMANTICS 7, on random policies with random records, and on the shipped policies with the cases as seeds.

Write ``v(d, a)`` for a value on dossier d under assignment a, ``d ⊑ d'`` where d' knows more, ``[[d]]`` for the complete
records above d.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from algebra import (
    Contradiction,
    Judgements,
    assignments,
    consulted,
    harms,
    judge_all,
    normal,
    not_narrower,
    parts_of,
    settled,
    still_harm,
    truths,
)
from hypothesis import assume, given
from hypothesis import strategies as st
from order import (
    ACTIONS,
    Dossier,
    answered,
    asked_by,
    blurred,
    case,
    completions,
    entries,
    long_form,
    readable,
    refinements,
    relevant,
    weaker,
    with_list,
)
from profiles import EXAMPLES, examples
from strategies import READINGS, Policy, settings_of

from vbprules import catalog
from vbprules.cases.files import CaseItem, read_cases
from vbprules.engine.needs import Need
from vbprules.engine.outcomes import Judge
from vbprules.language.vocabulary import BY_NAME
from vbprules.program.ir import Program
from vbprules.reading import Mapping, Node, Scalar, Sequence
from vbprules.values.forks import leaves, restrict, under
from vbprules.values.ranges import OPEN

Setting = tuple[Policy, Dossier, str]


def judged(program: Program, record: Dossier, as_of: str, readings: dict[str, str] | None = None) -> Judgements:
    """The judgements; the example is dropped where the record cannot be read or contradicts itself."""
    found = None
    try:
        found = judge_all(case(program, record, as_of, readings))
    except Contradiction:
        assume(False)
    assert found is not None
    return found


def tried(program: Program, record: Dossier, as_of: str) -> Judgements | None:
    """The judgements, or None where the record is no record."""
    made = readable(record, as_of, program)
    try:
        return None if made is None else judge_all(made)
    except Contradiction:
        return None


def told(problems: list[str], policy: object, *records: Dossier) -> str:
    return "\n".join([*problems[:5], repr(policy), *(json.dumps(record, ensure_ascii=False) for record in records)])


def assert_within(
    program: Program, old: Judgements, new: Judgements, policy: object, low: Dossier, high: Dossier
) -> None:
    problems = list(not_narrower(program, old, new))
    assert not problems, told(problems, policy, low, high)


# ── 1, 2: Sound and Monotone ─────────────────────────────────────────────────────────────────────────────────────────


@examples(150)
@given(settings_of(), st.data())
def test_law_1_and_2_sound_and_monotone(setting: Setting, data: st.DataObject) -> None:
    """d ⊑ d' ⟹ v(d', a) ⊆ v(d, a); w ∈ [[d]] ⟹ v(w, a) ∈ v(d, a). A chain down from a complete record w."""
    policy, world, as_of = setting
    program = policy.program()
    seen = relevant(program)
    above, highest = world, judged(program, world, as_of)
    higher = highest
    for _ in range(3):
        record = data.draw(blurred(above, as_of, seen))
        found = tried(program, record, as_of)
        if found is None:
            return
        assert_within(program, found, higher, policy, record, above)
        assert_within(program, found, highest, policy, record, world)
        above, higher = record, found


@examples(60)
@given(settings_of(), st.data())
def test_law_2_monotone_under_refinement(setting: Setting, data: st.DataObject) -> None:
    """d ⊑ d' ⟹ v(d', a) ⊆ v(d, a), for refinements that owe nothing to the record that d was made from."""
    policy, world, as_of = setting
    program = policy.program()
    low = data.draw(blurred(world, as_of, relevant(program)))
    before = tried(program, low, as_of)
    assume(before is not None)
    high = data.draw(refinements(low, as_of, program))
    after = tried(program, high, as_of)
    assume(after is not None)
    assert before is not None and after is not None
    assert_within(program, before, after, policy, low, high)


@examples(60)
@given(settings_of(), st.data())
def test_law_1_sound_for_any_completion(setting: Setting, data: st.DataObject) -> None:
    """w ∈ [[d]] ⟹ v(w, a) ∈ v(d, a), for completions that owe nothing to the record that d was made from."""
    policy, world, as_of = setting
    program = policy.program()
    low = data.draw(blurred(world, as_of, relevant(program)))
    before = tried(program, low, as_of)
    assume(before is not None)
    high = data.draw(completions(low, as_of, program))
    after = tried(program, high, as_of)
    assume(after is not None)
    assert before is not None and after is not None
    assert_within(program, before, after, policy, low, high)


# ── 3: No harm from ignorance ────────────────────────────────────────────────────────────────────────────────────────


def new_harms(program: Program, less: Judgements, more: Judgements) -> list[str]:
    """Harm at the lesser dossier that the greater one does not bear out."""
    found = []
    for (key, chosen), code in harms(program, less).items():
        now = more.get(key)
        if now is None:
            found.append(f"{key}: {code}, yet no outcome where more is known")
            continue
        for path, leaf in leaves(under(now.state, dict(chosen))):
            if not still_harm(code, leaf):
                found.append(f"{key} {dict(chosen)}: {code}, but {leaf.code} {dict(path)} where more is known")
    return found


@examples(80)
@given(settings_of(), st.data())
def test_law_3_no_harm_from_ignorance(setting: Setting, data: st.DataObject) -> None:
    """d ⊑ d' and harm settled at d ⟹ harm settled at d': removing a fact or a statement of completeness brings none."""
    policy, world, as_of = setting
    program = policy.program()
    seen = relevant(program)
    record = data.draw(blurred(world, as_of, seen))
    more = tried(program, record, as_of)
    assume(more is not None)
    assert more is not None
    steps = weaker(record, as_of, seen)
    for name, change in (
        data.draw(st.lists(st.sampled_from(steps), max_size=8, unique_by=lambda step: step[0])) if steps else []
    ):
        less = tried(program, change(record), as_of)
        if less is not None:
            problems = new_harms(program, less, more)
            assert not problems, told([name, *problems], policy, record)


@examples(60)
@given(settings_of())
def test_law_3_an_empty_dossier_harms_nobody(setting: Setting) -> None:
    """Nothing is recorded: nothing is breached and nothing is due, unless the norm asks for no fact at all."""
    policy, world, as_of = setting
    program = policy.program()
    bare = {name: {"entries": [{"id": r["id"], **({"period": r["period"]} if "period" in r else {})} for r in entries(world, name)]}
            for name in ("targets", "receipts", "agreements", "conducts", "products") if name in world}  # fmt: skip
    record = {**bare, "institution": {}}
    for (key, chosen), code in harms(program, judged(program, record, as_of)).items():
        full = judged(program, world, as_of).get(key)
        assert full is not None and all(
            still_harm(code, leaf) for _, leaf in leaves(under(full.state, dict(chosen)))
        ), key


# ── 4: Needs ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def open_truths(
    program: Program, record: Dossier, as_of: str
) -> Iterator[tuple[str, str, dict[str, str], tuple[Need, ...]]]:
    """Every open truth: outcome, name, the assignment under which it is open, and its needs there."""
    judge = Judge(case(program, record, as_of))
    for item in judge.all():
        for name, value in truths(item):
            for path, leaf in leaves(value):
                node = judge.node(item.norm, name)
                if leaf == OPEN and node is not None:
                    yield item.key, name, dict(path), judge.finder.under(node, (item.row,), dict(path))


def truth_at(found: Judgements, key: str, name: str, path: dict[str, str]) -> list[Any] | None:
    """The leaves of a truth under an assignment; None where it is no longer asked."""
    item = found.get(key)
    value = None if item is None else dict(truths(item)).get(name)
    return None if value is None else [leaf for _, leaf in leaves(under(value, path))]


@examples(120)
@given(settings_of(most=2), st.data())
def test_law_4_needs(setting: Setting, data: st.DataObject) -> None:
    """v open ⟹ needs ≠ ∅, and answering everything but the needs leaves v open."""
    policy, world, as_of = setting
    program = policy.program()
    record = data.draw(blurred(world, as_of, relevant(program)))
    assume(tried(program, record, as_of) is not None)
    for key, name, path, needs in open_truths(program, record, as_of):
        assert needs, told([f"{key} {name} {path} is open and needs nothing"], policy, record)
        rest = answered(record, world, asked_by(needs), all_but=True)
        found = tried(program, rest, as_of)
        now = None if found is None else truth_at(found, key, name, path)
        if now is not None:
            problems = [f"{key} {name} {path}: {now}, though none of {[str(n) for n in needs]} was answered"]
            assert all(leaf == OPEN for leaf in now), told(problems, policy, record, rest)


UNANSWERABLE = frozenset({"time", "undefined", "silent", "calendar", "instrument"})


@examples(120)
@given(settings_of(most=2), st.data())
def test_law_4_answers_settle(setting: Setting, data: st.DataObject) -> None:
    """Answering the needs shrinks v, round by round, to settled or to what nobody can fill."""
    policy, world, as_of = setting
    program = policy.program()
    record = data.draw(blurred(world, as_of, relevant(program)))
    assume(tried(program, record, as_of) is not None)
    for key, name, path, _ in list(open_truths(program, record, as_of))[:3]:
        now = record
        for _ in range(12):
            still = [
                needs
                for k, n, p, needs in open_truths(program, now, as_of)
                if (k, n) == (key, name) and p.items() >= path.items()
            ]
            if not still:
                break
            more = answered(now, world, asked_by(need for needs in still for need in needs))
            if more == now:  # the complete record itself does not say
                break
            assume(tried(program, more, as_of) is not None)
            now = more
        else:
            raise AssertionError(told([f"{key} {name} {path} never comes to an end"], policy, record, now))
        at_last, complete = tried(program, now, as_of), judged(program, world, as_of)
        assert at_last is not None
        if name == "gate" or complete[key].applies:
            settled_there = truth_at(complete, key, name, path)
            settled_here = truth_at(at_last, key, name, path)
            if settled_there is not None and settled_here is not None and OPEN not in settled_there:
                assert OPEN not in settled_here, told(
                    [f"{key} {name} {path}: {settled_here}, all answers: {settled_there}"], policy, record, now
                )


@examples(60)
@given(settings_of(most=2), st.data())
def test_law_4_every_open_state_and_attribute_needs_something(setting: Setting, data: st.DataObject) -> None:
    """A state or attribute that is not settled under an assignment has needs there."""
    policy, world, as_of = setting
    program = policy.program()
    record = data.draw(blurred(world, as_of, relevant(program)))
    found = readable(record, as_of, program)
    assume(found is not None)
    assert found is not None
    judge = Judge(found)
    for item in judge.all():
        for path, state in leaves(item.state):
            if not state.settled:
                assert judge.state_needs(item, state, dict(path)), told([f"{item.key} {state}"], policy, record)
        for name, value in item.attributes.items():
            for path, leaf in leaves(value):
                if not settled(leaf):
                    assert judge.attribute_needs(item, name, dict(path)), told(
                        [f"{item.key} {name} {leaf}"], policy, record
                    )


# ── 5: Readings ──────────────────────────────────────────────────────────────────────────────────────────────────────


@examples(80)
@given(settings_of(), st.data())
def test_law_5_fixing_is_restriction(setting: Setting, data: st.DataObject) -> None:
    """v(d) with r = o fixed is v(d) restricted to r = o."""
    policy, world, as_of = setting
    program = policy.program()
    record = data.draw(blurred(world, as_of, relevant(program)))
    free = tried(program, record, as_of)
    assume(free is not None)
    assert free is not None
    for reading, options in READINGS.items():
        for option in options:
            fixed = judged(program, record, as_of, {reading: option})
            assert set(fixed) == set(free)
            for key, item in fixed.items():
                alone, from_map = parts_of(item), parts_of(free[key])
                for name, value in alone.items():
                    if name in from_map and value is not None:
                        assert restrict(from_map[name], reading, option) == value, (key, name, reading, option)
                assert restrict(free[key].gate, reading, option) == item.gate


@examples(60)
@given(settings_of(), st.data())
def test_law_5_unused_readings_and_order(setting: Setting, data: st.DataObject) -> None:
    """An unused reading changes nothing; nor does the order of declarations, options or provisions."""
    policy, world, as_of = setting
    record = data.draw(blurred(world, as_of, relevant(policy.program())))
    before = tried(policy.program(), record, as_of)
    assume(before is not None)
    assert before is not None
    sections = policy.sections
    extra = {"aa": {"asks": "何", "cite": "一“甲”", "options": {"p": "甲", "q": "乙"}}}
    backwards = {
        name: {**made, "options": dict(reversed(made["options"].items()))}
        for name, made in reversed(sections["readings"].items())
    }
    changes: list[dict[str, Any]] = [
        {"readings": {**extra, **sections["readings"]}},
        {"readings": backwards},
        {name: dict(reversed(sections[name].items())) for name in ("quantities", "provisions", "questions", "lists")},
    ]
    for change in changes:
        other = Policy({**sections, **change}, policy.provisions, policy.open_slots)
        assert normal(judged(other.program(), record, as_of)) == normal(before)


# ── 6: Time ──────────────────────────────────────────────────────────────────────────────────────────────────────────

LATER = "2020-05-08"
_OF_THE_DAY = frozenset(
    {"received", "test performed", "test over", "test started", "test ended", "test imposed", "state", "breached_on"}
)


@examples(100)
@given(settings_of(steady=True), st.data())
def test_law_6_judgements_stay(setting: Setting, data: st.DataObject) -> None:
    """Complete facts, D ≤ D': a judgement settled at D is the same at D'; what was breached or met stays so."""
    policy, world, as_of = setting
    program = policy.program()
    early = data.draw(
        st.sampled_from([day for day in ("2020-01-31", "2020-02-15", "2020-03-31", "2020-04-01") if day <= as_of])
    )
    before, after = judged(program, world, early), judged(program, world, as_of)
    for key, item in before.items():
        later = after[key]
        for name, value in parts_of(item).items():
            other = parts_of(later).get(name)
            if name in _OF_THE_DAY or other is None or (name == "test in_time" and "due" not in item.norm.values):
                continue
            entity = BY_NAME[item.norm.entity]
            running = item.row.span is not None and item.row.span[1].hi > date.fromisoformat(early).toordinal()
            if name == "gate" and ((entity.day is None and not entity.period) or running):
                continue  # such rows, and periods still to end, stand under the document on the as-of date or not
            for chosen in assignments(program, consulted(value, other)):
                was, now = under(value, chosen), under(other, chosen)
                assert not settled(was) or was == now or (was is None) or now is None, (key, name, chosen, was, now)
        for chosen in assignments(program, consulted(item.state, later.state)):
            was, now = under(item.state, chosen), under(later.state, chosen)
            if was.code == "met":
                assert now.code == "met", (key, chosen, now)
            if was.code.startswith("breached"):
                assert now.code.startswith("breached"), (key, chosen, now)


# ── 7: No invention ──────────────────────────────────────────────────────────────────────────────────────────────────


def chained_to(policy: Policy, deleted: str) -> set[str]:
    """The provision and everything that reads it, through quantities too."""
    sections = {**policy.sections["quantities"], **policy.sections["provisions"]}
    found = {deleted}
    while True:
        more = {
            name
            for name, made in sections.items()
            if name not in found and any(f'"{word}"' in json.dumps(made) for word in found)
        }
        if not more:
            return found
        found |= more


@examples(80)
@given(settings_of(most=4), st.data())
def test_law_7_deleting_a_provision(setting: Setting, data: st.DataObject) -> None:
    """Deleting a provision removes exactly its outcomes and those chained to it."""
    policy, world, as_of = setting
    before = judged(policy.program(), world, as_of)
    deleted = chained_to(policy, data.draw(st.sampled_from([name for name, _, _ in policy.provisions])))
    assume(len(deleted & set(policy.sections["provisions"])) < len(policy.provisions))
    sections = {
        **policy.sections,
        **{
            name: {k: v for k, v in policy.sections[name].items() if k not in deleted}
            for name in ("provisions", "quantities")
        },
    }
    rest = Policy(sections, [p for p in policy.provisions if p[0] not in deleted])
    record = dict(world)
    for kind, word in (("acts", "of"), ("performances", "of"), ("determinations", "question")):
        if kind in world:
            stated = {name: text for name, text in world[kind].items() if name != "entries"}
            record = with_list(
                record,
                kind,
                [row for row in entries(world, kind) if row[word].partition(".")[0] not in deleted],
                **stated,
            )
    record["given"] = {
        "entries": [row for row in entries(world, "given") if row["name"].partition(".")[0] not in deleted]
    }
    after = judged(rest.program(), record, as_of)
    assert normal(after) == {
        key: value for key, value in normal(before).items() if key.partition("@")[0].partition(".")[0] not in deleted
    }


# ── 8: Discretion ────────────────────────────────────────────────────────────────────────────────────────────────────

DISCRETIONARY = frozenset({"may_be_imposed", "may_be_imposed_unrecorded", "available", "met", "not_triggered", "trigger_unknown", "not_applicable",
                           "window_unknown", "ended", "no_longer_due", "imposed_ground_open"})  # fmt: skip


@examples(80)
@given(settings_of(), st.data())
def test_law_8_discretion(setting: Setting, data: st.DataObject) -> None:
    """With no acts and determinations recorded, no ``may`` outcome is due, in force or breached."""
    policy, world, as_of = setting
    program = policy.program()
    record = data.draw(blurred(world, as_of, relevant(program)))
    record = {
        **record,
        "acts": data.draw(st.sampled_from(["none", []])),
        "performances": "none",
        "determinations": {"entries": []},
    }
    found = tried(program, record, as_of)
    assume(found is not None)
    assert found is not None
    for key, item in found.items():
        if item.norm.discretionary:
            assert {leaf.code for _, leaf in leaves(item.state)} <= DISCRETIONARY, key


# ── Metamorphic ──────────────────────────────────────────────────────────────────────────────────────────────────────


@examples(80)
@given(settings_of(), st.data())
def test_permuting_entries_changes_nothing(setting: Setting, data: st.DataObject) -> None:
    policy, world, as_of = setting
    record = data.draw(blurred(world, as_of, relevant(policy.program())))
    before = tried(policy.program(), record, as_of)
    assume(before is not None)
    assert before is not None
    shuffled = {name: {**node, "entries": data.draw(st.permutations(node["entries"]))} if isinstance(node, dict) and "entries" in node else node
                for name, node in data.draw(st.permutations(sorted(record.items())))}  # fmt: skip
    assert normal(judged(policy.program(), shuffled, as_of)) == normal(before)


@examples(40)
@given(settings_of(), st.data())
def test_renaming_rows_changes_names_only(setting: Setting, data: st.DataObject) -> None:
    policy, world, as_of = setting
    record = data.draw(blurred(world, as_of, relevant(policy.program())))
    before = tried(policy.program(), record, as_of)
    assume(before is not None)
    assert before is not None
    new = {
        row["id"]: f"renamed{n}"
        for n, row in enumerate(
            row for name in record if name not in ACTIONS for row in entries(record, name) if "id" in row
        )
    }

    def renamed(row: dict[str, str]) -> dict[str, str]:
        references = ("id", "subject", "drug", "product", "supplier", "agreement", "receipt")
        return {name: new.get(text, text) if name in references else text for name, text in row.items()}

    other = {name: {**node, "entries": [renamed(row) for row in node["entries"]]} if isinstance(node, dict) and "entries" in node else node
             for name, node in record.items()}  # fmt: skip
    after = normal(judged(policy.program(), other, as_of))
    assert after == {f"{key.partition('@')[0]}@{new.get(key.partition('@')[2], key.partition('@')[2])}" if "@" in key else key: value
                     for key, value in normal(before).items()}  # fmt: skip


OPPOSITES = {"below": "at_least", "at_most": "above", "before": "on_or_after", "on_or_before": "after"}


def negated(node: Any) -> Any:
    """``{q: {below: v}}`` as ``{not: {q: {at_least: v}}}``, all the way down."""
    if isinstance(node, list):
        return [negated(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {}
    for key, value in node.items():
        if isinstance(value, dict) and len(node) == 1 and len(value) == 1 and next(iter(value)) in OPPOSITES:
            word, bound = next(iter(value.items()))
            return {"not": {key: {OPPOSITES[word]: negated(bound)}}}
        made[key] = negated(value)
    return made


@examples(60)
@given(settings_of(), st.data())
def test_below_is_not_at_least(setting: Setting, data: st.DataObject) -> None:
    """Swapping ``below x`` for ``not at_least x`` (and so on) everywhere changes nothing, known or not."""
    policy, world, as_of = setting
    record = data.draw(blurred(world, as_of, relevant(policy.program())))
    before = tried(policy.program(), record, as_of)
    assume(before is not None)
    assert before is not None
    other = Policy(
        {
            **policy.sections,
            "provisions": negated(policy.sections["provisions"]),
            "quantities": negated(policy.sections["quantities"]),
        },
        policy.provisions,
    )
    assert normal(judged(other.program(), record, as_of)) == normal(before)


@examples(40)
@given(settings_of(), st.data())
def test_asking_twice(setting: Setting, data: st.DataObject) -> None:
    """The same question has the same answer, also of the same judge and in the same bytes."""
    from vbprules.evaluation import evaluate

    policy, world, as_of = setting
    program = policy.program()
    record = data.draw(blurred(world, as_of, relevant(program)))
    found = readable(record, as_of, program)
    assume(found is not None and tried(program, record, as_of) is not None)
    assert found is not None
    judge = Judge(found)
    first, second = {i.key: i for i in judge.all()}, {i.key: i for i in judge.all()}
    assert normal(first) == normal(second)
    texts = {evaluate(program, record, as_of, check=False).to_json() for _ in range(2)}
    assert len(texts) == 1


# ── The shipped policies, with their cases as seeds ──────────────────────────────────────────────────────────────────

CASES = Path(__file__).parents[1] / "cases"
POLICIES = sorted(path.stem for path in CASES.glob("*.yaml"))
SHARE = 1 if EXAMPLES else 16  # every sixteenth case in CI


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


@cache
def seeds(policy: str) -> list[tuple[CaseItem, Dossier]]:
    """Some cases of a policy with their facts in long form. What contradicts itself stands for no record."""
    program = catalog.load(policy)
    found = [(item, long_form(plain(item.facts))) for item in read_cases(CASES / f"{policy}.yaml")[::SHARE]]
    return [(item, record) for item, record in found if tried(program, record, item.as_of) is not None]


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_long_form_says_the_same(policy: str) -> None:
    """What the other tests start from is what the case says."""
    program = catalog.load(policy)
    for item, record in seeds(policy):
        assert normal(judge_all(case(program, record, item.as_of))) == normal(
            judge_all(case(program, plain(item.facts), item.as_of))
        ), item.name


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_no_harm_from_ignorance(policy: str) -> None:
    """Laws 2 and 3 on real norms: removing any fact or statement of completeness brings no harm and settles nothing."""
    program = catalog.load(policy)
    seen = relevant(program)
    for number, (item, record) in enumerate(seeds(policy)):
        dice = random.Random(f"{policy} {number}")
        more = judge_all(case(program, record, item.as_of))
        steps = weaker(record, item.as_of, seen)
        for name, change in dice.sample(steps, min(len(steps), 400 if EXAMPLES else 4)):
            low = change(record)
            less = tried(program, low, item.as_of)
            if less is not None:
                problems = [*new_harms(program, less, more), *not_narrower(program, less, more)]
                assert not problems, told([item.name, name, *problems], policy, low)


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_chain_down(policy: str) -> None:
    """Laws 1 to 3 on real norms: forget step after step until nothing is left; every answer only widens."""
    program = catalog.load(policy)
    seen = relevant(program)
    for number, (item, record) in enumerate(seeds(policy)[:: 1 if EXAMPLES else 4]):
        dice = random.Random(f"{policy} chain {number}")
        above, higher = record, judge_all(case(program, record, item.as_of))
        for _ in range(30 if EXAMPLES else 6):
            low = above
            for _ in range(6):
                steps = weaker(low, item.as_of, seen)
                low = dice.choice(steps)[1](low) if steps else low
            less = tried(program, low, item.as_of)
            if less is None:
                continue
            problems = [*new_harms(program, less, higher), *not_narrower(program, less, higher)]
            assert not problems, told([item.name, *problems], policy, low, above)
            above, higher = low, less


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_needs(policy: str) -> None:
    """Law 4 on real norms: an open truth needs something, and so does an open state or attribute."""
    program = catalog.load(policy)
    seen = relevant(program)
    for number, (item, record) in enumerate(seeds(policy)):
        dice = random.Random(f"{policy} needs {number}")
        steps = weaker(record, item.as_of, seen)
        low = dice.choice(steps)[1](record) if steps else record
        if tried(program, low, item.as_of) is None:
            low = record
        for key, name, path, needs in open_truths(program, low, item.as_of):
            assert needs, told([f"{item.name}: {key} {name} {path}"], policy, low)
        judge = Judge(case(program, low, item.as_of))
        for found in judge.all():
            for path, state in leaves(found.state):
                assert state.settled or judge.state_needs(found, state, dict(path)), told(
                    [f"{item.name}: {found.key} {state}"], policy, low
                )
            for name, value in found.attributes.items():
                for path, leaf in leaves(value):
                    assert settled(leaf) or judge.attribute_needs(found, name, dict(path)), told(
                        [f"{item.name}: {found.key} {name} {leaf}"], policy, low
                    )


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_readings(policy: str) -> None:
    """Law 5 on real norms: fixing one reading is restricting the map to it."""
    program = catalog.load(policy)
    for number, (item, record) in enumerate(seeds(policy)[:: 1 if EXAMPLES else 4]):
        dice = random.Random(f"{policy} readings {number}")
        free = judge_all(case(program, record, item.as_of))
        reading = dice.choice(sorted(program.policy.readings))
        for option in program.policy.readings[reading].options:
            for key, fixed in judge_all(case(program, record, item.as_of, {reading: option})).items():
                from_map = parts_of(free[key])
                for name, value in parts_of(fixed).items():
                    if name in from_map and value is not None:
                        assert restrict(from_map[name], reading, option) == value, (
                            item.name,
                            key,
                            name,
                            reading,
                            option,
                        )


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_discretion_and_empty_dossiers(policy: str) -> None:
    """Law 8 on real norms; and an empty dossier breaches nothing and makes nothing due."""
    program = catalog.load(policy)
    for item, record in seeds(policy):
        silent = {name: node for name, node in record.items() if name not in (*ACTIONS, "determinations")}
        for nothing in ("none", []):
            found = tried(program, {**silent, "acts": nothing, "performances": nothing}, item.as_of)
            for key, outcome in (found or {}).items():
                if outcome.norm.discretionary:
                    assert {leaf.code for _, leaf in leaves(outcome.state)} <= DISCRETIONARY, (item.name, key)
        assert harms(program, judge_all(case(program, {}, item.as_of))) == {}, item.as_of


@pytest.mark.parametrize("policy", POLICIES)
def test_shipped_permuting_entries(policy: str) -> None:
    program = catalog.load(policy)
    for number, (item, record) in enumerate(seeds(policy)[:: 1 if EXAMPLES else 2]):
        dice = random.Random(f"{policy} order {number}")
        shuffled = {name: {**node, "entries": dice.sample(node["entries"], len(node["entries"]))} if isinstance(node, dict) and "entries" in node else node
                    for name, node in dice.sample(sorted(record.items()), len(record))}  # fmt: skip
        assert normal(judge_all(case(program, shuffled, item.as_of))) == normal(
            judge_all(case(program, record, item.as_of))
        ), item.name
