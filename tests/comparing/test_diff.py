"""Two versions of a policy: what differs in law, each kind by hand, and thresholds with confirmed witnesses."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from inline import program_of, text_of
from profiles import share

from vbprules.catalog import load, shipped_policies
from vbprules.comparing.differences import diff_of
from vbprules.comparing.model import Difference, WitnessOfDifference
from vbprules.comparing.witnessed import with_witnesses
from vbprules.diagnostics import Report
from vbprules.evaluation import evaluate
from vbprules.language.parse import parse_policy
from vbprules.mutation.changes import changes
from vbprules.mutation.expressions import nearby
from vbprules.program.compile import compile_policy
from vbprules.program.figures import figures_of, with_figures
from vbprules.program.ir import Program
from vbprules.reading import Scalar
from vbprules.reading.edits import applied

BODY = """
parties:
  agency: {label: 经办}
  other: {label: 他方}
  hospital: {label: 医院, is: {kind: {in: [hospital]}}}
readings:
  scope: {asks: 范围, cite: C, options: {narrow: 窄, wide: 宽}}
lists:
  grounds: {closed: [quota, share], cite: C}
quantities:
  completion: {label: 完成比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
  pay:
    obligation: 付款
    cite: C
    by: hospital
    for_each: receipt
    due: {count: 30 days, after: accepted_on}
    done: settled_on
  warning:
    sanction: 预警
    cite: C
    by: agency
    toward: hospital
    for_each: target
    when: [{completion: {below: 80%}}, {reading: scope, narrow: drug.selected, wide: always}]
    silent: [from, until]
  advance:
    entitlement: 预付
    cite: C
    by: agency
    toward: hospital
    for_each: agreement
    amount: {at_least: 30%, of: agreed_amount}
    received: prepaid
    silent: [due]
  ban:
    prohibition: 不得限制
    cite: C
    by: hospital
    for_each: conduct
    forbids: {ground: {in: grounds}}
"""


def version(*changed: tuple[str, str]) -> Program:
    body = BODY
    for before, after in changed:
        assert before in body
        body = body.replace(before, after)
    return program_of(text_of(body))


def differences(*changed: tuple[str, str]) -> list[Difference]:
    return list(diff_of(version(), version(*changed)).differences)


def figure_of(text: str) -> Fraction:
    return Fraction(text.rstrip("%")) / (100 if text.endswith("%") else 1)


@pytest.mark.parametrize("name", sorted(shipped_policies()))
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    program = load(name)
    found = diff_of(program, program)
    assert not found.differs
    assert found.versions


@pytest.mark.parametrize(
    ("changed", "kind", "part", "facet"),
    [
        (("below: 80%", "at_most: 80%"), "trigger", "warning", "when"),
        (("of: agreed_amount", "of: ordered_amount"), "base", "advance", "amount"),
        (("at_least: 30%", "exactly: 30%"), "base", "advance", "amount"),
        (("after: accepted_on", "after: delivered_on"), "deadline", "pay", "due"),
        (("silent: [from, until]", "from: 2019-02-01\n    silent: [until]"), "deadline", "warning", "from"),
        (("closed: [quota, share]", "open: [quota, share]"), "list", "grounds", "codes"),
        (("closed: [quota, share]", "closed: [quota]"), "list", "grounds", "codes"),
        (("wide: 宽}", "wide: 宽}, preferred: wide"), "reading", "scope", "preferred"),
        (("kind: {in: [hospital]}", "kind: {in: [clinic]}"), "party", "hospital", "is"),
        (("    by: agency\n    toward: hospital\n    for_each: target", "    by: other\n    toward: hospital\n    for_each: target"),
         "party", "warning", "by"),
        (("sanction: 预警", "sanction: 提醒"), "wording", "warning", "title"),
        (("for_each: agreement\n", "for_each: agreement\n    hedge: 可\n"), "scope", "advance", "hedge"),
    ],
)  # fmt: skip
def test_each_kind_of_difference(changed: tuple[str, str], kind: str, part: str, facet: str) -> None:
    found = differences(changed)
    assert [(item.kind, item.part, item.facet) for item in found] == [(kind, part, facet)]


def test_the_order_of_conditions_and_the_layout_are_no_difference() -> None:
    swapped = (
        "[{completion: {below: 80%}}, {reading: scope, narrow: drug.selected, wide: always}]",
        "\n      all:\n        - {reading: scope, narrow: drug.selected, wide: always}\n        - completion: {below: 80.0%}",
    )
    found = differences(swapped)
    assert all(item.kind == "figure" for item in found)  # 80.0% is written otherwise; nothing else differs


def test_a_part_that_only_one_version_has() -> None:
    without = BODY[BODY.index("  ban:") :]
    (found,) = [item for item in differences((without, "")) if item.section == "provisions"]
    assert (found.kind, found.part, found.after) == ("scope", "ban", None)
    assert found.before is not None
    assert found.before[0].zh == "不得限制"


def test_a_renamed_id_is_a_guess() -> None:
    found = diff_of(version(), version(("  ban:", "  no_limits:")))
    assert [(item.before, item.after) for item in found.renamed] == [("ban", "no_limits")]
    assert not found.differences
    assert found.differs


def sides(item: Difference) -> tuple[dict[str, str], dict[str, str]]:
    assert item.witness is not None
    return dict(item.witness.sides[0].found), dict(item.witness.sides[1].found)


def confirmed(witness: WitnessOfDifference, first: Program, second: Program) -> None:
    """Evaluating both policies again gives what the witness says, and not the same."""
    told = []
    for program, seen in zip((first, second), witness.sides, strict=True):
        decision = evaluate(program, witness.dossier, witness.as_of, readings=witness.readings, check=False)
        states = {item.state.value for item in decision.outcomes if item.provision == seen.norm}
        if "triggered" in seen.found:
            assert seen.found["state"] in states
        told.append(dict(seen.found))
    assert told[0] != told[1]


def test_a_threshold_has_a_hospital_between_the_two() -> None:
    first, second = version(), version(("below: 80%", "below: 75%"))
    (item,) = with_witnesses(diff_of(first, second), first, second).differences
    assert (item.kind, item.address) == ("figure", "warning.when.1.completion.below")
    assert [text.zh for text in (*(item.before or ()), *(item.after or ()))] == ["80%", "75%"]
    before, after = sides(item)
    assert (before["triggered"], after["triggered"]) == ("yes", "no")
    assert item.witness is not None
    confirmed(item.witness, first, second)
    purchases = item.witness.dossier["purchases"]
    rows = purchases["entries"] if isinstance(purchases, dict) else purchases
    targets = item.witness.dossier["targets"]
    target = (targets["entries"] if isinstance(targets, dict) else targets)[0]
    share = Fraction(sum(int(row["quantity"]) for row in rows), int(target["set_volume"]))
    assert Fraction(3, 4) <= share < Fraction(4, 5)


def test_an_inclusive_bound_has_the_threshold_itself_as_witness() -> None:
    first, second = version(), version(("below: 80%", "at_most: 80%"))
    (item,) = with_witnesses(diff_of(first, second), first, second).differences
    before, after = sides(item)
    assert (before["triggered"], after["triggered"]) == ("no", "yes")
    assert item.witness is not None
    rows = item.witness.dossier["purchases"]
    rows = rows["entries"] if isinstance(rows, dict) else rows
    assert sum(int(row["quantity"]) for row in rows) == 80_000


def test_a_deadline_has_a_day_between_the_two() -> None:
    first, second = version(), version(("30 days", "45 days"))
    (item,) = with_witnesses(diff_of(first, second), first, second).differences
    assert item.address == "pay.due.count"
    before, after = sides(item)
    assert before != after
    assert item.witness is not None
    confirmed(item.witness, first, second)


@pytest.mark.parametrize("name", ["hechuan_2025", "yunnan_2020"])
def test_every_figure_shows_with_its_address_and_a_witness(name: str) -> None:
    program = load(name)
    for figure in share(figures_of(program), 3):
        text = next(iter(nearby(figure.text)))
        report = Report()
        changed = with_figures(program, {figure.address: Scalar(text, figure.mark)}, report)
        assert not report.has_errors
        found = with_witnesses(diff_of(program, changed), program, changed).differences
        assert [
            (item.address, item.before and item.before[0].zh, item.after and item.after[0].zh) for item in found
        ] == [(figure.address, figure.text, text)]
        assert found[0].witness is not None, figure.address
        confirmed(found[0].witness, program, changed)


@pytest.mark.parametrize("name", ["hechuan_2025", "yunnan_2020"])
def test_no_change_of_a_policy_goes_unseen(name: str) -> None:
    program = load(name)
    root = program.policy.root
    assert root is not None
    found = list(changes(root, program))
    random.Random(7).shuffle(found)
    seen = 0
    for change in found[:40]:
        report = Report()
        policy = parse_policy(applied(root, change.path, change.edit), "changed", report)
        other = compile_policy(policy, report) if not report.has_errors else program
        if report.has_errors:
            continue
        assert diff_of(program, other).differs, change.at
        seen += 1
    assert seen >= 20


def test_a_witness_of_two_regions_is_bound_by_both() -> None:
    """Hechuan is issued on 2025-06-27: before that day it binds nobody, which tells nothing of its conditions."""
    first, second = load("chongqing_2019"), load("hechuan_2025")
    found = with_witnesses(diff_of(first, second), first, second)
    witnesses = [item.witness for side in found.side_by_side for item in side.compared if item.witness is not None]
    assert witnesses
    for witness in witnesses:
        assert witness.as_of > "2025-06-27"
        assert all("triggered" in seen.found for seen in witness.sides)
