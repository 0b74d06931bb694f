"""Needs against brute force (SEMANTICS 2): exactly the essential facts where each occurs once, never too few otherwise.

A fact is essential if for some value of the others the answer is not the same for all its own values.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from inline import case_of, judged, needs_of, policy, value_of
from profiles import examples

from vbprules.engine.case import Case
from vbprules.engine.interpret import Interpreter
from vbprules.engine.needs import NeedsFinder
from vbprules.facts.rows import Dossier, Row
from vbprules.language.vocabulary import INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR, Const, Place
from vbprules.values.figures import COUNT, DATE, SHARE, TRUTH
from vbprules.values.ranges import FALSE, INF, OPEN, TRUE, Range, exactly

HERE = Place(INSTITUTION)
EMPTY = policy("")
Cells = dict[str, Range]


class Maker:
    """Draws an expression in which each fact occurs once, with a range for each fact."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any], whole: bool) -> None:
        self.draw, self.whole = draw, whole
        self.cells: Cells = {}

    def pick(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def fact(self, unit: str) -> IR:
        name = f"f{len(self.cells)}"
        if unit == TRUTH:
            self.cells[name] = self.pick(OPEN, OPEN, OPEN, TRUE, FALSE)
        else:
            low = self.draw(st.integers(0, 4))
            self.cells[name] = Range(low, low + self.draw(st.integers(0, 3)))
        return ir.Fact(unit=unit, place=HERE, name=name)

    def figure(self) -> IR:
        return Const(unit=COUNT, value=exactly(self.draw(st.integers(0, 7))), text="", address="")

    def value(self, depth: int) -> IR:
        forms: list[Callable[[], IR]] = [lambda: self.fact(COUNT)] * 3 + [self.figure]
        if depth > 0 and len(self.cells) < 4:
            forms += [lambda: self.arithmetic(depth)] * 4
            if (
                not self.whole
            ):  # a choice between two values jumps: thresholds in the gap look as if they could be crossed
                forms.append(
                    lambda: ir.If(
                        unit=COUNT,
                        condition=self.condition(0),
                        then=self.value(depth - 1),
                        otherwise=self.value(depth - 1),
                    )
                )
                forms.append(
                    lambda: ir.Share(
                        unit=COUNT,
                        of=self.value(depth - 1),
                        share=Const(unit=SHARE, value=self.pick(exactly(2), exactly(3)), text="", address=""),
                    )
                )
        return self.pick(*forms)()

    def arithmetic(self, depth: int) -> IR:
        words = ("plus", "difference", "least", "greatest") + (() if self.whole else ("ratio", "product"))
        word = self.pick(*words)
        count = self.pick(2, 3) if word in ("plus", "least", "greatest") else 2
        return ir.Arithmetic(unit=COUNT, operation=word, parts=tuple(self.value(depth - 1) for _ in range(count)))

    def condition(self, depth: int) -> IR:
        forms: list[Callable[[], IR]] = [
            lambda: self.fact(TRUTH),
            lambda: ir.Compare(
                unit=TRUTH, strict=self.pick(True, False), left=self.value(2), right=self.value(1), word=""
            ),
            lambda: ir.Compare(
                unit=TRUTH, strict=self.pick(True, False), left=self.value(1), right=self.value(2), word=""
            ),
        ]
        if depth > 0 and len(self.cells) < 4:
            forms += [
                lambda: ir.All(unit=TRUTH, parts=(self.condition(depth - 1), self.condition(depth - 1))),
                lambda: ir.Any(unit=TRUTH, parts=(self.condition(depth - 1), self.condition(depth - 1))),
                lambda: ir.Not(unit=TRUTH, part=self.condition(depth - 1)),
            ] * 2
        return self.pick(*forms)()


@st.composite
def conditions(draw: Callable[[st.SearchStrategy[Any]], Any], whole: bool) -> tuple[IR, Cells]:
    made = Maker(draw, whole)
    root = made.condition(2)
    assume(1 <= len(made.cells) <= 5)
    return root, made.cells


def case_with(cells: Cells) -> tuple[Case, Row]:
    row = Row(INSTITUTION, INSTITUTION, cells, {})
    case = case_of(EMPTY, Dossier(row, {}, {}), "2020-05-01")
    return case, case.dossier.institution


def truth(node: IR, cells: Cells) -> Range:
    case, row = case_with(cells)
    found = Interpreter(case).value(node, (row,))
    assert isinstance(found, Range)
    return found


def listed(node: IR, cells: Cells) -> set[str]:
    case, row = case_with(cells)
    return {need.what.partition(".")[2] for need in NeedsFinder(Interpreter(case)).under(node, (row,), {})}


def records(cells: Cells) -> Iterator[dict[str, int]]:
    spans = [range(int(v.lo), int(v.hi) + 1) for v in cells.values()]  # type: ignore[arg-type]
    for chosen in itertools.product(*spans):
        yield dict(zip(cells, chosen, strict=True))


def essential(answer: Callable[[dict[str, int]], Any], cells: Cells) -> set[str]:
    """The facts that make a difference for some value of the others."""
    answers = {tuple(record.values()): answer(record) for record in records(cells)}
    found = set()
    for index, name in enumerate(cells):
        groups: dict[tuple[int, ...], set[Any]] = {}
        for key, value in answers.items():
            groups.setdefault(key[:index] + key[index + 1 :], set()).add(value)
        if any(len(values) > 1 for values in groups.values()):
            found.add(name)
    return found


@examples(400)
@given(conditions(whole=True))
def test_exactly_the_essential_facts(made: tuple[IR, Cells]) -> None:
    """Sums, differences, least, greatest, comparisons, and, or, not: no fact too many and none too few."""
    node, cells = made
    expected = essential(lambda record: truth(node, {name: exactly(value) for name, value in record.items()}), cells)
    if truth(node, cells) != OPEN:
        assert not expected
    assert listed(node, cells) == expected


@examples(200)
@given(conditions(whole=False))
def test_never_too_few_with_ratios_products_and_shares(made: tuple[IR, Cells]) -> None:
    """Where a value jumps from whole to whole a fact may be listed that no whole number makes essential; none is missing."""
    node, cells = made
    expected = essential(lambda record: truth(node, {name: exactly(value) for name, value in record.items()}), cells)
    assert expected <= listed(node, cells)


@examples(100)
@given(conditions(whole=True))
def test_truth_is_open_exactly_where_records_differ(made: tuple[IR, Cells]) -> None:
    """Each fact once: the interval answer is the hull of the answers of all records."""
    node, cells = made
    found = {truth(node, {name: exactly(value) for name, value in record.items()}) for record in records(cells)}
    assert truth(node, cells) == (OPEN if len(found) > 1 else next(iter(found)))


@examples(100)
@given(conditions(whole=True), st.data())
def test_repeated_facts_are_never_listed_too_few(made: tuple[IR, Cells], data: st.DataObject) -> None:
    """A fact that occurs twice may leave the answer open needlessly, and then may be listed; none is missing."""
    node, cells = made
    other, more = data.draw(conditions(whole=True))
    merged = {**more, **cells}  # the facts of both have the same names
    both: IR = data.draw(st.sampled_from([ir.All, ir.Any]))(unit=TRUTH, parts=(node, other))
    spans = [len(range(int(v.lo), int(v.hi) + 1)) for v in merged.values()]  # type: ignore[arg-type]
    units = {part.name: part.unit for root in (node, other) for part in ir.walk(root) if isinstance(part, ir.Fact)}
    assume(
        all(
            part.unit == units[part.name]
            for root in (node, other)
            for part in ir.walk(root)
            if isinstance(part, ir.Fact)
        )
    )
    assume(
        all(
            (unit == TRUTH) == (merged[name] in (OPEN, TRUE, FALSE) and merged[name].hi <= 1) or unit != TRUTH
            for name, unit in units.items()
        )
    )
    assume(len(spans) <= 5)
    expected = essential(lambda record: truth(both, {name: exactly(value) for name, value in record.items()}), merged)
    assert expected <= listed(both, merged)


# Lists

LISTS = policy(
    """
quantities:
  total: {label: 合计, per: agreement, is: {sum: tranche, over: prepayment, where: separate_account}}
  number: {label: 数目, per: agreement, is: {count: prepayment, where: separate_account}}
  low: {label: 最低, per: agreement, is: {lowest: tranche, over: prepayment}}
  high: {label: 最高, per: agreement, is: {highest: tranche, over: prepayment}}
  limit: {label: 限, per: agreement, is: payment_days}
terms:
  sum_below: {label: 低, per: agreement, is: {total: {below: bound}}}
  sum_at_least: {label: 达, per: agreement, is: {total: {at_least: bound}}}
  count_above: {label: 超, per: agreement, is: {number: {above: bound}}}
  low_below: {label: 低, per: agreement, is: {low: {below: bound}}}
  high_above: {label: 高, per: agreement, is: {high: {above: bound}}}
  some: {label: 有, per: agreement, is: {some: {prepayment: {tranche: {below: 3}}}}}
  every: {label: 皆, per: agreement, is: {every: {prepayment: {tranche: {below: 3}}}}}
""".replace("  limit: {label: 限, per: agreement, is: payment_days}\n", "").replace(
        "terms:",
        "  bound: {label: 限, per: agreement, is: {least: [ag_bound, 99]}}\n  ag_bound: {label: 限, per: agreement, is: {count: agreement_line}}\nterms:",
    )
)
MOST_UNSEEN = 8


def unseen(complete: bool) -> Iterable[tuple[int, ...]]:
    """What an open list may still hold: nothing, one entry of any size, or several."""
    return [()] if complete else [(), *((n,) for n in range(9)), *((1,) * n for n in range(2, MOST_UNSEEN)), (9, 9)]


TESTS: dict[str, Callable[[list[tuple[int, int]], int], bool | None]] = {
    "sum_below": lambda rows, bound: sum(t for t, w in rows if w) < bound,
    "sum_at_least": lambda rows, bound: sum(t for t, w in rows if w) >= bound,
    "count_above": lambda rows, bound: sum(1 for _, w in rows if w) > bound,
    "low_below": lambda rows, bound: min((t for t, _ in rows), default=None) < bound if rows else None,
    "high_above": lambda rows, bound: max((t for t, _ in rows), default=None) > bound if rows else None,
    "some": lambda rows, bound: any(t < 3 for t, _ in rows),
    "every": lambda rows, bound: all(t < 3 for t, _ in rows),
}


def span() -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, 5), st.integers(0, 3)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@pytest.mark.parametrize("name", TESTS)
@examples(60)
@given(
    rows=st.lists(st.tuples(span(), st.sampled_from(["yes", "no", None])), max_size=3),
    lines=st.integers(0, 6),
    complete=st.booleans(),
)
def test_lists(name: str, rows: list[tuple[tuple[int, int], str | None]], lines: int, complete: bool) -> None:
    """Entries with a range, entries that perhaps count, a list that is perhaps complete: just what matters is asked."""
    used_where = name in ("sum_below", "sum_at_least", "count_above")
    entries = []
    cells: Cells = {}
    for number, ((low, high), flag) in enumerate(rows):
        entries.append({"id": f"e{number}", "agreement": "G", "day": "2020-01-01", "tranche": f"{low}..{high}" if low < high else str(low)}
                       | ({"separate_account": flag} if flag else {}))  # fmt: skip
        cells[f"fact tranche e{number}"] = Range(low, high)
        cells[f"fact separate_account e{number}"] = {"yes": TRUE, "no": FALSE, None: OPEN}[flag]
    hidden = list(unseen(complete))
    cells["list prepayments G through 2020-05-01"] = Range(0, len(hidden) - 1)
    facts = {
        "agreements": {"complete": "yes", "entries": [{"id": "G"}]},
        "agreement_lines": {"complete": "yes", "entries": [{"agreement": "G"} for _ in range(lines)]},
        "prepayments": {"complete": "yes", "entries": entries} if complete else entries,
    }
    case = case_of(LISTS, facts, "2020-05-01")

    def answer(record: dict[str, int]) -> bool | None:
        known = [
            (record[f"fact tranche e{n}"], record[f"fact separate_account e{n}"] if used_where else 1)
            for n in range(len(rows))
        ]
        return TESTS[name](known + [(t, 1) for t in hidden[record["list prepayments G through 2020-05-01"]]], lines)

    found = {answer(record) for record in records(cells)}
    value = value_of(case, name, "agreement", "G")
    assert value == (OPEN if len(found) > 1 or found == {None} else TRUE if found == {True} else FALSE)
    expected = essential(answer, cells)
    got = set(needs_of(case, name, "agreement", "G"))
    asked = {need for need in got if not need.startswith("undefined")}
    if used_where and None in [flag for _, flag in rows] and name != "count_above":
        assert expected <= asked  # an entry that counts or not makes the total jump: nothing in between is missed
    else:
        assert asked == expected
    assert (f"undefined {name.split('_')[0]} G" in got) == (found == {None})


# Choices of the pass that brute force over one institution does not see


def test_the_arm_that_does_not_decide_is_not_asked() -> None:
    """A true arm of an and, a false arm of an or, and the operand that cannot reach the threshold, are never listed."""
    program = policy(
        """
terms:
  one: {label: 甲, is: {all: [designated, {any: [joined, {kind: {in: [hospital]}}]}, {grade: {is: tertiary}}]}}
"""
    )

    def asked(**cells: str) -> list[str]:
        return needs_of(case_of(program, {"institution": cells}, "2020-05-01"), "one")

    assert asked() == [
        "fact institution.designated",
        "fact institution.grade",
        "fact institution.joined",
        "fact institution.kind",
    ]
    assert asked(designated="yes", joined="no") == ["fact institution.grade", "fact institution.kind"]
    assert asked(designated="yes", joined="yes") == ["fact institution.grade"]
    assert asked(designated="no") == []
    assert asked(kind="clinic", joined="no") == []


def test_needs_have_a_fixed_order() -> None:
    """By kind, then name, then subject: the same bytes every time."""
    program = policy(
        """
questions: {q: {asks: 否, cite: C, by: insurance_agency, per: institution}}
instruments: {other: {number: 二, title: 他}}
terms:
  t: {label: 甲, per: receipt, is: {all: [{set_by: other}, {silent: 无}, {judge: q}, {paid: {at_least: amount}}, {settled_on: {before: 2020-02-01}}, designated]}}
"""
    )
    case = case_of(program, {"receipts": [{"id": "R"}]}, "2020-05-01")
    assert needs_of(case, "t", "receipt", "R") == [
        "fact amount R",
        "fact institution.designated",
        "list payments R through 2020-05-01",
        "judgement q",
        "instrument other",
        "silent 无",
    ]


def test_of_one_list_the_latest_day_is_asked() -> None:
    program = policy(
        """
quantities:
  early: {label: 早, is: {sum: amount, over: fund_payment, from: 2020-01-01, through: 2020-01-31}}
  late: {label: 晚, is: {sum: amount, over: fund_payment, from: 2020-01-01, through: 2020-03-31}}
terms:
  t: {label: 甲, is: {all: [{early: {at_least: 1.00 yuan}}, {late: {at_least: 1.00 yuan}}]}}
"""
    )
    assert needs_of(case_of(program, {}, "2020-05-01"), "t") == ["list fund_payments through 2020-03-31"]
    assert (
        needs_of(
            case_of(program, {"fund_payments": {"complete_through": "2020-02-15", "entries": []}}, "2020-05-01"), "t"
        )
        == []
    )


def test_needs_follow_readings() -> None:
    """Under each option only what that option consults."""
    program = policy(
        """
readings: {r: {asks: 何, cite: C, options: {a: 甲, b: 乙}}}
provisions:
  x: {obligation: 甲, cite: C, by: institution, requires: {reading: r, a: designated, b: joined}}
"""
    )
    from vbprules.engine.outcomes import Judge

    case = case_of(program, {}, "2020-05-01")
    judge = Judge(case)
    item = next(iter(judge.all()))
    node = judge.node(item.norm, "in_time")
    assert node is not None
    assert [str(n) for n in judge.finder.under(node, (item.row,), {"r": "a"})] == ["fact institution.designated"]
    assert [str(n) for n in judge.finder.under(node, (item.row,), {"r": "b"})] == ["fact institution.joined"]
    assert len(judge.finder.under(node, (item.row,), {})) == 2
    assert judged(program, {"institution": {"joined": "yes"}}, "2020-05-01", {"r": "b"})["x"].state.code == "met"


def test_infinity_in_thresholds() -> None:
    """An amount nobody recorded against a date nobody recorded: both are asked, and nothing breaks."""
    node = ir.Compare(
        unit=TRUTH,
        strict=True,
        left=ir.Fact(unit=DATE, place=HERE, name="f0"),
        right=ir.Fact(unit=DATE, place=HERE, name="f1"),
        word="",
    )
    assert listed(node, {}) == {"f0", "f1"}
    assert listed(node, {"f0": Range(5, INF)}) == {"f0", "f1"}
    assert listed(node, {"f0": Range(5, INF), "f1": exactly(5)}) == set()


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("denominator", [Range(1, 10), Range(2, 3)])
@pytest.mark.parametrize("threshold", [-20, -7, -3, -1, 0, 2])
def test_ratios_below_zero(threshold: int, denominator: Range, strict: bool) -> None:
    """A numerator may be negative; where the threshold is too, more of the denominator raises the ratio."""
    owed = ir.Arithmetic(
        unit=COUNT,
        operation="difference",
        parts=(ir.Fact(unit=COUNT, place=HERE, name="f0"), Const(unit=COUNT, value=exactly(12), text="", address="")),
    )
    ratio = ir.Arithmetic(unit=COUNT, operation="ratio", parts=(owed, ir.Fact(unit=COUNT, place=HERE, name="f1")))
    bound = Const(unit=COUNT, value=exactly(threshold), text="", address="")
    node = ir.Compare(unit=TRUTH, strict=strict, left=ratio, right=bound, word="")
    for low in (0, 4, 11):
        cells = {"f0": Range(low, low + 4), "f1": denominator}
        expected = essential(
            lambda record: truth(node, {name: exactly(value) for name, value in record.items()}), cells
        )
        found = listed(node, cells)
        assert expected <= found and (not found or truth(node, cells) == OPEN), low


def test_a_total_of_what_may_be_negative_while_the_quarter_runs() -> None:
    """Of a target whose purchases are still to come, bought less others may be anything: what is missing is the time."""
    program = policy("""
        quantities:
          net: {label: 净, en: net, per: target, is: {difference: [purchased, nonselected_purchased]}}
          pooled: {label: 合, en: pooled, per: quarter,
              is: {ratio: [{sum: net, over: target}, {sum: set_volume, over: target}]}}
          low: {label: 低, en: low, per: quarter, is: pooled}
        """)
    facts = {
        "drugs": {"complete": "yes", "entries": [{"id": "A"}]},
        "products": {"complete": "yes", "entries": [{"id": "A1", "drug": "A", "selected": "yes"}]},
        "targets": {"complete": "yes", "entries": [{"drug": "A", "period": "2020Q1", "set_volume": "5"}]},
        "purchases": {"complete_through": "2020-02-15", "entries": []},
    }
    assert needs_of(case_of(program, facts, "2020-02-15"), "low", "quarter") == ["time after 2020-03-31"]
