"""The four rules: the right answers, the contenders on 200 rows, and what is printed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from benchmarks.__main__ import main
from benchmarks.four_rules.contender import LIST, Contender, Figures, Listed, Refused, Truths, load
from benchmarks.four_rules.honesty import FIGURES, MISSING, QUESTIONS, Probe, Wrong, honesty, wrong_answers
from benchmarks.four_rules.measure import Absent, Faults, Measured, measure
from benchmarks.four_rules.table import rates
from benchmarks.four_rules.work import LARGEST, Answer, Row, right, rows
from hypothesis import given
from hypothesis import strategies as st

HUNDRED_MILLION_MILLION = 100_000_000_000_000
PACKAGES = {
    "exact_polars": "polars",
    "exact_numpy": "numpy",
    "duckdb_sql": "duckdb",
    "openfisca_variables": "openfisca_core",
    "zen_expression": "zen",
    "cel_expression": "cel",
    "clips_rules": "clips",
    "rule_engine_rule": "rule_engine",
    "json_logic_rules": "json_logic",
    "datalogic_rules": "datalogic_py",
    "durable_rules": "durable_rules_engine",
}


def contender(module: str) -> Contender:
    pytest.importorskip(PACKAGES[module], reason=f"{PACKAGES[module]} is optional", exc_type=ImportError)
    return load(Listed(module, module))


@pytest.mark.parametrize(
    ("agreed", "purchased", "warn", "suspend"),
    [
        (100, 80, False, False),
        (100, 79, True, False),
        (100, 70, True, False),
        (100, 69, True, True),
        (100, 0, True, True),
        (100, 300, False, False),
        (20_000_001, 16_000_000, True, False),  # 80% is 16,000,000.8
        (20_000_001, 16_000_001, False, False),
        (20_000_001, 14_000_000, True, True),  # 70% is 14,000,000.7
        (20_000_001, 14_000_001, True, False),
        (HUNDRED_MILLION_MILLION, 80_000_000_000_000, False, False),
        (HUNDRED_MILLION_MILLION, 79_999_999_999_999, True, False),
        (HUNDRED_MILLION_MILLION, 70_000_000_000_000, True, False),
        (HUNDRED_MILLION_MILLION, 69_999_999_999_999, True, True),
        (100, None, None, None),
        (None, 100, None, None),
        (None, None, None, None),
        (0, 0, None, None),  # a share of nothing
        (0, 1, None, None),
    ],
)
def test_shares(agreed: int | None, purchased: int | None, warn: bool | None, suspend: bool | None) -> None:
    assert right(Row(agreed, purchased, 0, 0)) == Answer(warn, suspend, False, False)


@pytest.mark.parametrize(
    ("days", "working_days", "overdue", "overdue_long"),
    [
        (-1, 9, False, False),
        (0, 10, False, False),
        (1, 11, True, True),
        (None, 11, None, True),
        (1, None, True, None),
    ],
)
def test_days(days: int | None, working_days: int | None, overdue: bool | None, overdue_long: bool | None) -> None:
    assert right(Row(None, None, days, working_days)) == Answer(None, None, overdue, overdue_long)


def test_rows_stand_at_the_boundaries_and_on_both_sides() -> None:
    some = rows(3_000)
    known = [row for row in some if row.agreed and row.purchased is not None]
    for percent in (70, 80):
        gaps = {100 * row.purchased - percent * row.agreed for row in known if row.purchased is not None and row.agreed}
        assert 0 in gaps
        assert any(-100 <= gap < 0 for gap in gaps)
        assert any(0 < gap <= 100 for gap in gaps)
    assert {9, 10, 11} <= {row.overdue_working_days for row in some}
    assert {-1, 0, 1} <= {row.overdue_days for row in some}
    assert all(any(row[column] is None for row in some) for column in range(4))
    assert any(row.agreed == 0 for row in some)
    assert all(0 <= figure <= LARGEST for row in some for figure in row[:2] if figure is not None)
    assert any(row.agreed is not None and row.agreed > LARGEST // 2 for row in some)


def test_rows_are_the_same_for_the_same_seed_and_fewer_are_the_first() -> None:
    assert rows(300, 1) == rows(300, 1)
    assert rows(300, 1)[:100] == rows(100, 1)
    assert rows(300, 1) != rows(300, 2)


_figure = st.integers(0, LARGEST)
_rows = st.builds(
    Row,
    st.none() | _figure,
    st.none() | _figure,
    st.none() | st.integers(-99, 99),
    st.none() | st.integers(-99, 99),
)


@given(_rows, st.integers(0, 3))
def test_a_missing_fact_is_never_a_sanction(row: Row, column: int) -> None:
    less = Row(*(None if place == column else value for place, value in enumerate(row)))
    for before, after in zip(right(row), right(less), strict=True):
        assert after in (before, None)


@given(_figure.filter(bool), st.sampled_from((7, 8)), st.integers(-2, 2))
def test_whole_numbers_are_no_trouble_for_doubles(agreed: int, tenths: int, offset: int) -> None:
    purchased = min(max(tenths * agreed // 10 + offset, 0), LARGEST)
    answer = right(Row(agreed, purchased, None, None))
    assert (purchased / agreed < 0.8, purchased / agreed < 0.7) == answer[:2]


@pytest.mark.parametrize("module", [module for module in PACKAGES if module != "openfisca_variables"])
def test_contender_is_right_each_time(module: str) -> None:
    some = rows(200)
    one = contender(module)
    one.prepare(some)
    for _ in range(2):
        assert [tuple(answer) for answer in one.run()] == [tuple(right(row)) for row in some]


def test_openfisca_is_right_while_single_precision_lasts() -> None:
    some = [row for row in rows(1_000) if row.agreed is None or row.agreed <= 100_000][:200]
    one = contender("openfisca_variables")
    one.prepare(some)
    for _ in range(2):
        assert [tuple(answer) for answer in one.run()] == [tuple(right(row)) for row in some]


def test_openfisca_misses_a_warning_beyond_it() -> None:
    one = contender("openfisca_variables")
    one.prepare([Row(20_000_001, 16_000_000, 0, 0)])
    assert [tuple(answer) for answer in one.run()] == [(False, False, False, False)]


def test_probes_have_the_right_answers() -> None:
    assert [probe.right for probe in FIGURES] == [
        (False, False, False, False),  # 16 / 20 is 80%
        (True, False, False, False),  # 80% is 16,000,000.8
        (True, False, False, False),  # 80% is 79,999,999,999,999.2
        (True, False, False, False),  # 70%
        (False, False, False, False),  # 1.2 / 1.5 is 80%
        (True, False, False, False),  # 5.81 / 8.3 is 70%
    ]
    assert [probe.right for probe in MISSING] == [
        (None, None, False, False),
        (None, None, False, False),
        (True, True, None, None),  # 50%
        (None, None, False, False),
    ]


class Floats(Contender):
    """As one would write it in Python."""

    name = "floats"
    package = "pytest"

    def prepare(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def run(self) -> Sequence[Truths]:
        return [right(row) for row in self._rows]

    def naturally(self, figures: Figures) -> Sequence[object]:
        completion = figures["purchased"] / figures["agreed"]  # type: ignore[operator]
        return [completion < 0.8, completion < 0.7, figures["overdue_days"] > 0, figures["overdue_working_days"] > 10]  # type: ignore[operator]


def test_floats_sanction_wrongly_at_exactly_80_and_70_percent() -> None:
    found = [wrong for probe in FIGURES for wrong in wrong_answers(Floats(), probe)]
    assert found == [Wrong(FIGURES[4], QUESTIONS[:1], False, True), Wrong(FIGURES[5], QUESTIONS[1:2], False, True)]
    assert {wrong.kind for wrong in found} == {"**误罚 wrong sanction**"}


def test_an_exception_is_no_answer() -> None:
    (wrong, *others) = wrong_answers(Floats(), MISSING[0])
    assert (wrong.questions, wrong.due, wrong.given) == (QUESTIONS[:2], None, Refused("TypeError"))
    assert wrong.kind == "没有答案 no answer"
    assert [(other.questions, other.due) for other in others] == [(QUESTIONS[2:], False)]


@pytest.mark.parametrize(
    ("due", "given", "kind"),
    [
        (None, True, "**误罚 wrong sanction**"),
        (False, True, "**误罚 wrong sanction**"),
        (True, False, "漏报 missed"),
        (True, None, "漏报 missed"),
        (None, False, "以未知为否 no for unknown"),
    ],
)
def test_kinds_of_wrong_answers(due: bool | None, given: bool, kind: str) -> None:
    assert Wrong(Probe("", "1", "1"), QUESTIONS[:1], due, given).kind == kind


def test_what_is_not_installed_is_a_row() -> None:
    found = measure([Listed("Nobody", "nobody_at_all")], rows(3), 1)
    assert found == [Absent("Nobody", "未安装 not installed: benchmarks.four_rules.nobody_at_all")]
    assert rates(found, 3, 1)[-3] == (
        "| Nobody | – | – | – | – | – | – | 未安装 not installed: benchmarks.four_rules.nobody_at_all |"
    )
    assert honesty([Listed("Nobody", "nobody_at_all")])[-1] == "全对 all right: –"


def test_the_line_of_a_contender() -> None:
    class Base(Floats):
        name = "Polars"
        in_own_form = True

    found: list[Measured | Absent] = [
        Measured(Base(), 4_000, Faults(0, 0, 4_000), 1e-7, 4e-7),
        Measured(Floats(), 1_000, Faults(30, 20, 1_000), 1e-4, 1e-4),
    ]
    first, second = rates(found, 4_000, 7)[-4:-2]
    version = pytest.__version__
    assert first == f"| Polars | {version} | 4,000 | 10,000,000 | 1.00 | 2,500,000 | 1.00 | 对 right |"
    assert second == (
        f"| floats | {version} | 1,000* | 10,000 | 1,000 | 10,000 | 250 "
        "| 错 wrong: 30 / 1,000 行 rows, 20 行误罚 wrongly sanctioned |"
    )


def test_the_command_prints_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["four-rules", "--rows", "40", "--repeats", "1"]) == 0
    printed = capsys.readouterr().out
    lines = [line.split(" | ")[0] for line in printed.split("“*”")[0].splitlines()]
    assert [line for line in lines if line.removeprefix("| ") in {one.name for one in LIST}] == [
        f"| {one.name}" for one in LIST
    ]
    assert "失败 failed" not in printed
