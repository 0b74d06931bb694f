"""The laws of comparisons, on the five policies and the dossiers of their own cases.

- Nothing laid over: nothing differs.
- A to B and back from B to A: nothing is left of it.
- What was settled changes only by a correction, and the comparison names it.
- A figure taken for another is the policy compiled from a file in which that figure is written.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from order import blurred, readable, refinements, relevant
from profiles import examples, share
from strategies import Policy, settings_of
from test_on_shipped_policies import POLICIES, RUN, SETTLED_ATTRIBUTES, entries_of, plain, seeds, settled, weaken

import vbprules
from vbprules.catalog import check, find, load
from vbprules.decision.model import Decision
from vbprules.diagnostics import InputError, Report
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.language.vocabulary import BY_LIST, BY_NAME
from vbprules.mutation.expressions import nearby
from vbprules.program.figures import PolicyFigure, figures_of, with_figures
from vbprules.program.ir import IR, Program
from vbprules.reading import NOWHERE, Scalar
from vbprules.whatif.corrections import corrections
from vbprules.whatif.model import Overlay
from vbprules.whatif.whatif import Changes, Side, compared, two_sides


def other_figure(figure: PolicyFigure) -> str:
    """The figure one higher in its last place, or the next day."""
    bare = figure.text.isdecimal()
    return next(nearby(f"{figure.text} times" if bare else figure.text)).removesuffix(" times" if bare else "")


_SAME: dict[Any, int] = {}  # equal parts of programs have one number, so that whole programs are compared at once


def meaning(program: Program) -> Any:
    """Everything that an engine reads of a program, without the places in the file."""
    seen: dict[int, int] = {}

    def number(value: Any) -> Any:
        if isinstance(value, (tuple, list)):
            return tuple(number(item) for item in value)
        if not isinstance(value, IR):
            return value
        if id(value) not in seen:
            fields = [f.name for f in dataclasses.fields(value) if f.name != "mark"]
            told = (type(value).__name__, *((name, number(getattr(value, name))) for name in fields))
            seen[id(value)] = _SAME.setdefault(told, len(_SAME))
        return seen[id(value)]

    definitions = {key: number(item.body) for key, item in program.definitions.items()}
    norms = {
        norm.id: number((norm.gate, norm.when, *norm.values.values(), *norm.tests.values(), norm.done))
        for norm in program.norms
    }
    return definitions, norms, program.issued, number(program.start), number(program.end)


def written_instead(policy: str, figure: PolicyFigure, text: str) -> Program:
    """The policy compiled from its file with the figure edited in the text."""
    lines = find(policy).read_text("utf-8").splitlines(keepends=True)
    line = lines[figure.mark.line - 1]
    start = figure.mark.column - 1
    assert line[start:].lstrip("'\"").startswith(figure.text)
    lines[figure.mark.line - 1] = line[:start] + line[start:].replace(figure.text, text, 1)
    report = Report()
    program = check("".join(lines).encode(), "edited.yaml", report)
    report.raise_if_errors("en")
    assert program is not None
    return program


def overlaid(program: Program, address: str, text: str) -> Program:
    report = Report()
    found = with_figures(program, {address: Scalar(text, NOWHERE)}, report)
    report.raise_if_errors("en")
    return found


@pytest.mark.parametrize("policy", POLICIES)
def test_a_figure_taken_for_another_is_that_figure_written_in_the_file(policy: str) -> None:
    program = load(policy)
    figures = figures_of(program)
    assert len({figure.address for figure in figures}) == len(figures)
    own = meaning(program)
    for number, figure in enumerate(share(figures, 4)):
        text = other_figure(figure)
        changed = overlaid(program, figure.address, text)
        assert meaning(changed) == meaning(written_instead(policy, figure, text)), figure.address
        assert figure.address == "document.issued" or meaning(changed) != own, figure.address
        assert dict(changed.overlaid) == {figure.address: (figure.text, text)}
        if number % 4 == 0:
            back = overlaid(changed, figure.address, figure.text)
            assert (meaning(back), dict(back.overlaid)) == (own, {})


def bare(decision: Decision) -> dict[str, Any]:
    """A decision without what names the file and the figures taken."""
    data = decision.model_dump()
    for name in ("policy_sha256", "figures"):
        data["receipt"].pop(name)
    return data


@pytest.mark.parametrize("policy", POLICIES)
def test_decisions_agree_with_the_edited_file(policy: str) -> None:
    program = load(policy)
    figures = figures_of(program)
    for figure, case in zip(figures[::5], seeds(policy)[:: max(1, len(seeds(policy)) // 12)], strict=False):
        text = other_figure(figure)
        programs = overlaid(program, figure.address, text), written_instead(policy, figure, text)
        one, two = (
            evaluate(item, plain(case.facts), case.as_of, readings=case.readings, check=False, explain=False)
            for item in programs
        )
        assert bare(one) == bare(two), (figure.address, case.name)
        assert one.receipt.figures == {figure.address: text}


@pytest.mark.parametrize("policy", POLICIES)
def test_nothing_laid_over_changes_nothing(policy: str) -> None:
    for case in seeds(policy)[::150]:
        found = vbprules.what_if(policy, plain(case.facts), case.as_of, fixed=case.readings, check=False)
        assert not found.differs, case.name
        assert found.before == found.after
        assert (found.corrections, found.overlay.empty) == ((), True)
        assert found.totals[0] == found.totals[1]


@cache
def side(policy: str, number: int) -> Side:
    case = seeds(policy)[number]
    return two_sides(policy, plain(case.facts), case.as_of, Changes(), case.readings, None, None, False)[0]


def laid(policy: str, facts: Mapping[str, Any], as_of: str, readings: Mapping[str, str]) -> Side:
    return two_sides(policy, dict(facts), as_of, Changes(), readings, None, None, False)[0]


def edited(facts: dict[str, Any], draw: Any) -> dict[str, Any]:
    """One change of any kind: a cell takes the value of another row's, an entry is copied, taken out or moved."""
    kind = draw(st.sampled_from(["weaken", "cell", "copy", "drop", "completeness", "kind"]))
    if kind == "weaken":
        return weaken(facts, draw)
    more = copy.deepcopy(facts)
    if kind == "kind":
        more["institution"] = {**more.get("institution", {}), "kind": draw(st.sampled_from(["hospital", "clinic"]))}
        return more
    filled = [name for name in more if name in BY_LIST and name != "institution" and entries_of(more, name)]
    if not filled:
        return more
    name = draw(st.sampled_from(sorted(filled)))
    rows = entries_of(more, name)
    row = draw(st.sampled_from(rows))
    fields = [key for key in row if key in BY_NAME[BY_LIST[name].name].field_map]
    if kind == "cell" and fields:
        field = draw(st.sampled_from(sorted(fields)))
        row[field] = draw(st.sampled_from([other[field] for other in rows if field in other]))
    elif kind == "copy":
        rows.append({**row, **({"id": f"copy{len(rows)}"} if "id" in row else {})})
    elif kind == "drop":
        rows.remove(row)
    elif kind == "completeness" and isinstance(more[name], dict):
        more[name].pop("complete_through", None)
        more[name].pop("complete", None)
    return more


@pytest.mark.parametrize("policy", POLICIES)
def test_what_was_settled_changes_only_by_a_correction_that_is_named(policy: str) -> None:
    @RUN
    @given(st.data())
    def law(data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(seeds(policy)) - 1))
        case = seeds(policy)[number]
        facts = plain(case.facts)
        for _ in range(data.draw(st.integers(1, 2))):
            facts = edited(facts, data.draw)
        try:
            one, two = side(policy, number), laid(policy, facts, case.as_of, case.readings)
        except InputError:
            assume(False)
            return
        if data.draw(st.booleans()):
            one, two = two, one
        found = compared(one, two, Overlay(), ())
        if found.corrections:
            return
        known = {outcome.id: outcome for outcome in one.decision.outcomes}
        for item in found.changes:
            before = known.get(item.id)
            assert not item.corrected
            if before is None or before.would_be:
                continue
            for part in item.attributes:
                value = settled(part.before)
                if value is None or (part.name not in SETTLED_ATTRIBUTES and part.name not in ("state", "triggered")):
                    continue
                assert part.after is None or part.after.value == value, (case.name, item.id, part)

    law()


@examples(30)
@given(settings_of(), st.data())
def test_what_only_adds_is_no_correction(setting: tuple[Policy, dict[str, Any], str], data: st.DataObject) -> None:
    """d ⊑ d' for random policies and records: no correction is named, so that nothing settled may change."""
    policy, world, as_of = setting
    program = policy.program()
    low = data.draw(blurred(world, as_of, relevant(program)))
    high = data.draw(st.one_of(st.just(world), refinements(low, as_of, program)))
    assume(readable(low, as_of, program) is not None and readable(high, as_of, program) is not None)
    one, two = (read_dossier(record) for record in (low, high))
    day = date.fromisoformat(as_of).toordinal()
    assert corrections(one, two, day, program) == ()
    assert corrections(two, two, day, program) == ()


@pytest.mark.parametrize("policy", POLICIES)
def test_there_and_back_restores_the_case(policy: str) -> None:
    for case in seeds(policy)[5::200]:
        facts = plain(case.facts)
        kind = facts.get("institution", {}).get("kind")
        if kind is None:
            continue
        there = two_sides(
            policy, facts, case.as_of, Changes(places={"institution.kind": "other"}), {}, None, None, False
        )
        changed = {**facts, "institution": {**facts["institution"], "kind": "other"}}
        assert (
            there[1].decision.receipt.facts_sha256
            == laid(policy, changed, case.as_of, {}).decision.receipt.facts_sha256
        )
        back = two_sides(policy, changed, case.as_of, Changes(places={"institution.kind": kind}), {}, None, None, False)
        assert back[1].decision == there[0].decision
        assert back[0].decision == there[1].decision
        one, two = compared(*there), compared(*back)
        assert [(item.id, item.kinds) for item in one.changes if "appeared" not in item.kinds and "disappeared" not in item.kinds] == [
            (item.id, item.kinds) for item in two.changes if "appeared" not in item.kinds and "disappeared" not in item.kinds]  # fmt: skip
