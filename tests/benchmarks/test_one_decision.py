"""One explained decision: every way of ours is right on its records, and the table says how many a second."""

from __future__ import annotations

import pytest
from benchmarks.__main__ import main
from benchmarks.four_rules.work import Row
from benchmarks.one_decision import ours, ours_at_once


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["one-decision", "--records", "5", "--many", "40", "--repeats", "1"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| vbprules")]
    assert [row[1] for row in rows] == ["5", "40"]
    assert all(int(row[2].replace(",", "")) > 0 for row in rows)
    assert (rows[0][3], rows[1][4]) == ("1.00", "1.00")
    assert [row[5] for row in rows] == ["0 |", "0 |"]


def test_what_is_timed_carries_its_reason() -> None:
    (decision,) = ours().decide([Row(20_000_001, 16_000_000, None, 11)])
    (reason,) = decision.outcome("warn").reasons
    assert (reason.value, reason.comparator, reason.threshold) == ("16000000/20000001", "below", "80%")
    assert decision.outcome("overdue").triggered.value == "open"


def test_many_at_once_carry_theirs() -> None:
    found = ours_at_once().decide([Row(20_000_001, 16_000_000, None, 11)])
    told = dict(found.select("provision", "reasons_zh").iter_rows())
    assert told["warn"] == "完成比例 16000000/20000001 低于 80%：是"
    assert told["overdue"] == "中选企业数 ? 超过 0：未定"
