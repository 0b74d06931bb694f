"""One explained decision: every way is right on its records, and the table says how many a second."""

from __future__ import annotations

import pytest
from benchmarks.__main__ import main
from benchmarks.four_rules.work import Row
from benchmarks.one_decision import ours


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["one-decision", "--records", "5", "--repeats", "1"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| vbprules")]
    ((_, rate, times, wrong),) = rows
    assert int(rate.replace(",", "")) > 0
    assert (times, wrong) == ("1.00", "0 |")


def test_what_is_timed_carries_its_reason() -> None:
    decision = ours().decide(Row(20_000_001, 16_000_000, None, 11))
    (reason,) = decision.outcome("warn").reasons
    assert (reason.value, reason.comparator, reason.threshold) == ("16000000/20000001", "below", "80%")
    assert decision.outcome("overdue").triggered.value == "open"
