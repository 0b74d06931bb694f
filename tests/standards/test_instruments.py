"""A figure that one document leaves to another, set by that other document where it is at hand as a policy.

Yunnan leaves the payment standard to two documents (四(四)); under the national rule of 2019 the standard of a selected
product is the selected price, here 5.42.
"""

from __future__ import annotations

from typing import Any

import pytest

from vbprules import explain, timeline
from vbprules.cli.main import main
from vbprules.diagnostics import InputError
from vbprules.evaluation import evaluate

PHARMACY: dict[str, Any] = {
    "institution": {"kind": "pharmacy", "ownership": "private", "designated": True, "joined": True},
    "given": [{"name": "document.issued", "value": "2020-04-13", "source": "封面"}],
    "drugs": {
        "complete": True,
        "entries": [{"id": "A", "in_catalogue": True, "selected": True, "selected_price": "5.42"}],
    },
    "products": {
        "complete": True,
        "entries": [{"id": "P", "drug": "A", "class": "selected", "selected": True, "price": "5.42"}],
    },
    "dispensings": [{"id": "D", "product": "P", "day": "2020-06-10", "price": "6.00", "quantity": 2}],
    "determinations": "none",
}
AS_OF = "2020-12-31"
OUTCOME = "standard_split@D"


def figures(decision: Any) -> tuple[str | None, ...]:
    return tuple(decision.outcome(OUTCOME).attributes[name].value for name in ("standard", "base", "excess"))


def test_without_the_instrument_the_standard_is_set_elsewhere() -> None:
    found = evaluate("yunnan_2020", PHARMACY, AS_OF, check=False).outcome(OUTCOME).attributes["standard"]
    assert found.standing == "open"
    assert {need.key for need in found.needs} >= {"instrument nhsa_2019_18", "instrument yn_2019_180"}


def test_with_it_the_standard_is_the_selected_price_and_the_decision_says_by_whom() -> None:
    decision = evaluate("yunnan_2020", PHARMACY, AS_OF, instruments=["nhsa_2019_18"])
    assert figures(decision) == ("5.42", "5.42", "0.58")
    assert list(decision.receipt.instruments) == ["nhsa_2019_18"]
    assert any("由政策 nhsa_2019_18 算出（医保发〔2019〕18号 二(一)" in note.zh for note in decision.notes)


def test_what_the_dossier_gives_comes_first() -> None:
    given = {"name": "standard_split.standard", "subject": "D", "value": "5.00", "source": "省级目录"}
    dossier = {**PHARMACY, "given": [*PHARMACY["given"], given]}
    assert figures(evaluate("yunnan_2020", dossier, AS_OF, instruments=["nhsa_2019_18"])) == ("5.00", "5.00", "1.00")


@pytest.mark.parametrize(
    "missing",
    [
        "selected_price",  # the standard itself is not known
        "in_catalogue",  # not known whether the rule applies
    ],
)
def test_nothing_is_lent_in_doubt(missing: str) -> None:
    drug = {**PHARMACY["drugs"]["entries"][0], missing: "unknown"}
    dossier = {**PHARMACY, "drugs": {"complete": True, "entries": [drug]}}
    decision = evaluate("yunnan_2020", dossier, AS_OF, instruments=["nhsa_2019_18"], check=False)
    assert not any("由政策 nhsa_2019_18 算出" in note.zh for note in decision.notes)
    assert decision.outcome(OUTCOME).attributes["standard"].standing == "open"


def test_its_readings_have_its_name_and_slips_are_said() -> None:
    fixed = {"nhsa_2019_18:last_step": "within_year", "split_scope": "pharmacies"}
    assert figures(evaluate("yunnan_2020", PHARMACY, AS_OF, instruments=["nhsa_2019_18"], readings=fixed)) == (
        "5.42",
        "5.42",
        "0.58",
    )
    for readings, instruments, code in (
        ({"nhsa_2019_18:last_step": "whenever"}, ["nhsa_2019_18"], "R103"),
        ({"nhsa_2019_18:none": "a"}, ["nhsa_2019_18"], "R102"),
        ({"nhsa_2019_18:last_step": "within_year"}, [], "R102"),
        ({}, ["guizhou_2019"], "P120"),
    ):
        with pytest.raises(InputError) as error:
            evaluate("yunnan_2020", PHARMACY, AS_OF, instruments=instruments, readings=readings)
        assert [finding.code for finding in error.value.findings] == [code]


def test_explanations_and_timelines_take_it_too(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert "5.42" in str(explain("yunnan_2020", PHARMACY, OUTCOME, AS_OF, instruments=["nhsa_2019_18"]).tree)
    found = timeline("yunnan_2020", PHARMACY, "2020-06-09", "2020-06-12", instruments=["nhsa_2019_18"])
    shifts = {shift.key: shift.after for e in found.events if e.outcome == OUTCOME for shift in e.shifts}
    assert (shifts["standard"], shifts["excess"]) == ("5.42", "0.58")
    path = tmp_path / "药店.yaml"
    path.write_text(
        "institution: {kind: pharmacy, designated: yes, joined: yes}\n"
        "given: [{name: document.issued, value: 2020-04-13, source: 封面}]\n"
        "drugs: {complete: yes, entries: [{id: A, in_catalogue: yes, selected: yes, selected_price: 5.42}]}\n"
        "products: {complete: yes, entries: [{id: P, drug: A, class: selected, selected: yes}]}\n"
        "dispensings: [{id: D, product: P, day: 2020-06-10, price: 6.00, quantity: 2}]\n",
        "utf-8",
    )
    command = ["evaluate", "yunnan_2020", str(path), "--as-of", AS_OF, "--instrument", "nhsa_2019_18"]
    assert main(command) == 0
    out = capsys.readouterr().out.replace("\n", "")
    assert "由这些政策定数 nhsa_2019_18 sha256" in out and "5.42" in out
