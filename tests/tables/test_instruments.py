"""Figures that a document leaves to another, for many institutions at once: as `evaluate` has them with instruments.

Yunnan leaves the payment standard to the national rule of 2019: of a selected product it is the selected price.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from lanes import differences, lanes
from made import tables_from

from vbprules import evaluate, evaluate_tables
from vbprules.cli.main import main
from vbprules.diagnostics import InputError
from vbprules.spread.kernel import kernel_and_facts

POLICY, LENDER, DAY = "yunnan_2020", "nhsa_2019_18", "2020-12-31"
ISSUED = {"name": "document.issued", "value": "2020-04-13", "source": "封面"}
OWN = {"name": "standard_split.standard", "subject": "D", "value": "5.00", "source": "省级目录"}
DRUG = {"id": "A", "in_catalogue": "yes", "selected": "yes", "selected_price": "5.42"}


def pharmacy(drug: dict[str, str], price: str = "6.00", **more: Any) -> dict[str, Any]:
    return {
        "institution": {"kind": "pharmacy", "ownership": "private", "designated": "yes", "joined": "yes"},
        "given": [ISSUED],
        "drugs": {"complete": "yes", "entries": [drug]},
        "products": {
            "complete": "yes",
            "entries": [{"id": "P", "drug": "A", "class": "selected", "selected": "yes", "price": "5.42"}],
        },
        "dispensings": [{"id": "D", "product": "P", "day": "2020-06-10", "price": price, "quantity": "2"}],
        **more,
    }


def without(name: str) -> dict[str, str]:
    return {key: cell for key, cell in DRUG.items() if key != name}


PHARMACIES = {
    "above": pharmacy(DRUG),
    "below": pharmacy(DRUG, "5.00"),
    "cheaper": pharmacy({**DRUG, "selected_price": "3.00"}),
    "about": pharmacy({**DRUG, "selected_price": "5.00..6.00"}),
    "unknown_price": pharmacy(without("selected_price")),
    "unknown_catalogue": pharmacy(without("in_catalogue")),
    "not_selected": pharmacy({**DRUG, "selected": "no"}),
    "own_figure": pharmacy(DRUG, given=[ISSUED, OWN]),
    "with_an_act": pharmacy(DRUG, determinations=[]),
}
HOW = [{}, {"split_scope": "pharmacies"}, {f"{LENDER}:last_step": "within_year", "split_scope": "pharmacies"}]


@pytest.mark.parametrize("readings", HOW)
def test_columns_and_interpreter_agree(readings: dict[str, str]) -> None:
    found = lanes(POLICY, tables_from(PHARMACIES), DAY, readings, instruments=[LENDER])
    assert found.odd == [] and found.provisions == frozenset()
    assert not differences(found)


def test_a_batch_says_what_each_decision_says() -> None:
    found = evaluate_tables(POLICY, tables_from(PHARMACIES), DAY, instruments=[LENDER], questions=0)
    split = found.outcomes.filter(pl.col("provision") == "standard_split")
    standards = dict(split.select("institution", "standard").iter_rows())
    for name, dossier in PHARMACIES.items():
        alone = evaluate(POLICY, dossier, DAY, instruments=[LENDER], check=False).outcome("standard_split@D")
        standard = alone.attributes.get("standard")
        assert standards[name] == (None if standard is None else standard.value), name
    assert (standards["above"], standards["cheaper"], standards["own_figure"]) == ("5.42", "3.00", "5.00")
    assert list(found.receipt["instruments"]) == [LENDER]


def test_many_are_decided_on_columns() -> None:
    many = {f"{name}{number}": dossier for number in range(4) for name, dossier in PHARMACIES.items()}
    found = evaluate_tables(POLICY, tables_from(many), DAY, instruments=[LENDER], questions=0)
    assert found.receipt["interpreted"]["institutions"] == 0
    few = evaluate_tables(POLICY, tables_from(PHARMACIES), DAY, instruments=[LENDER], questions=0)
    own = found.outcomes.filter(pl.col("institution").str.ends_with("0")).drop("institution")
    assert own.equals(few.outcomes.drop("institution"))


def test_the_kernel_takes_them_along() -> None:
    tables, readings = tables_from(PHARMACIES), HOW[2]
    kernel, facts = kernel_and_facts(POLICY, tables, DAY, readings=readings, instruments=[LENDER])
    alone = evaluate_tables(POLICY, tables, DAY, readings=readings, instruments=[LENDER], questions=0)
    assert kernel.decided(facts.collect()).drop("finding").equals(alone.outcomes)


def test_slips() -> None:
    tables = tables_from(PHARMACIES)
    for readings, instruments, code in (
        ({f"{LENDER}:last_step": "whenever"}, [LENDER], "R103"),
        ({f"{LENDER}:last_step": "within_year"}, [], "R102"),
        ({}, ["guizhou_2019"], "P120"),
    ):
        with pytest.raises(InputError) as caught:
            evaluate_tables(POLICY, tables, DAY, readings=readings, instruments=instruments)
        assert [finding.code for finding in caught.value.findings] == [code]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder := tmp_path / "tables").mkdir()
    for name, table in tables_from(PHARMACIES).items():
        table.write_csv(folder / f"{name}.csv")
    words = [
        POLICY,
        str(folder),
        "--as-of",
        DAY,
        "--instrument",
        LENDER,
        "--reading",
        f"{LENDER}:last_step=within_year",
    ]
    assert main(["batch", *words, "--out", str(tmp_path / "out"), "--json"]) == 0
    receipt = json.loads(capsys.readouterr().out)
    assert list(receipt["instruments"]) == [LENDER] and receipt["readings"] == {f"{LENDER}:last_step": "within_year"}
    one = [POLICY, f"{folder}#above", "standard_split@D", *words[2:]]
    assert main(["explain", *one, "--no-second-opinion"]) == 0
    assert "5.42" in capsys.readouterr().out
