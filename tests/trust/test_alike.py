"""Rows under an id that only looks like another's are not silently another institution's."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

pl = pytest.importorskip("polars")

from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from vbprules import InputError, evaluate_tables  # noqa: E402
from vbprules.diagnostics import Report  # noqa: E402
from vbprules.language.confusables import plain_form  # noqa: E402
from vbprules.tables.alike import check_alike  # noqa: E402

_SPEC = importlib.util.spec_from_file_location("cli_conftest", Path(__file__).parents[1] / "cli" / "conftest.py")
assert _SPEC is not None and _SPEC.loader is not None
_CLI = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_CLI)


def tables(paid_by: str) -> dict[str, Any]:
    """One bill of H1 of 17 February, paid on the 20th under some id, and the payments of H1 complete."""
    bill, paid = ["2020-02-17"], ["2020-02-20"]
    return {
        "institutions": pl.DataFrame({"id": ["H1"], "kind": ["hospital"]}),
        "receipts": pl.DataFrame({"institution": ["H1"], "id": ["R1"], "accepted_on": bill, "amount": ["1600.00"]}),
        "payments": pl.DataFrame(
            {"institution": [paid_by], "receipt": ["R1"], "day": paid, "amount": ["1600.00"], "payer": ["hospital"]}
        ),
        "completeness": pl.DataFrame({"institution": ["H1"], "list": ["payments"], "complete_through": ["2020-04-15"]}),
    }


def state(paid_by: str, folder: Path) -> str:
    policy = folder / "testland.yaml"
    policy.write_text(_CLI.POLICY, "utf-8")
    found = evaluate_tables(policy, tables(paid_by), "2020-04-15")
    (row,) = found.outcomes.filter((pl.col("provision") == "pay") & (pl.col("institution") == "H1")).to_dicts()
    return str(row["state"])


@pytest.mark.parametrize("lookalike", ["\u041d1", "\uff28\uff11", "H\u200b1", "\u202eH1", "H1\u00ad", "\u03971"])
def test_a_payment_under_a_lookalike_is_not_lost(lookalike: str, tmp_path: Path) -> None:
    assert state("H1", tmp_path) == "met"
    assert state("H2", tmp_path).startswith("breached")  # as it would be without the payment, which is H2's
    with pytest.raises(InputError) as error:
        state(lookalike, tmp_path)
    (found,) = error.value.findings
    assert found.code == "B129" and "H1" in found.message("en")


def test_chinese_names_and_other_scripts_stand_as_they_are() -> None:
    report = Report()
    check_alike(pl.Series(["甲医院", "乙医院", "甲医院分院", "H1", "h1", "Б2", "HО1x"]), report)
    assert report.findings == []
    check_alike(pl.Series(["甲医院", "甲医院\u200b", "（甲）医院", "(甲)医院"]), report)
    assert [finding.code for finding in report.findings] == ["B129", "B129"]


ids = st.text(max_size=6) | st.text("H1\u041d\uff28\u200b甲 ", max_size=4)


@given(st.lists(ids, unique=True, max_size=8))
def test_law_a_finding_for_every_second_id_of_one_look(names: list[str]) -> None:
    report = Report()
    check_alike(pl.Series(names, dtype=pl.String), report)
    assert report.error_count == len(names) - len({plain_form(name) for name in names})
