"""Which rows belong to which, where a reference that would tell is not recorded on either side."""

from __future__ import annotations

import pytest
from inline import case_of, policy

from vbprules.program.ir import Link

FACTS = {
    "drugs": [{"id": "D"}],
    "products": [{"id": "P1", "drug": "D"}, {"id": "P2", "drug": "D"}],
    "agreements": [{"id": "A1"}, {"id": "A2"}],
    "agreement_lines": [
        {"id": "both", "agreement": "A1", "product": "P1"},
        {"id": "no_agreement", "product": "P1"},
        {"id": "neither"},
    ],
    "receipts": [
        {"id": "same", "agreement": "A1", "product": "P1"},
        {"id": "same_agreement", "agreement": "A1"},
        {"id": "other_agreement", "agreement": "A2"},
        {"id": "other_product", "product": "P2"},
        {"id": "nothing"},
        {"id": "one_other", "agreement": "A1", "product": "P2"},
    ],
}
BY_BOTH = Link(equal=((("agreement",), ("agreement",)), (("product",), ("product",))))


@pytest.mark.parametrize(
    ("line", "surely", "perhaps"),
    [
        ("both", ["same"], ["same_agreement", "nothing"]),
        ("no_agreement", [], ["same", "same_agreement", "other_agreement", "nothing"]),
        (
            "neither",
            [],
            ["same", "same_agreement", "other_agreement", "other_product", "nothing", "one_other"],
        ),
    ],
)
def test_a_missing_reference_leaves_it_open_and_another_one_rules_it_out(
    line: str, surely: list[str], perhaps: list[str]
) -> None:
    case = case_of(policy(""), FACTS, "2020-05-01")
    (origin,) = [row for row in case.rows("agreement_line") if row.id == line]
    found = case.linked(BY_BOTH, "receipt", origin)
    assert [row.id for row, sure in found if sure is True] == surely
    assert sorted(row.id for row, sure in found if sure is False) == sorted(perhaps)


def test_without_a_reference_in_the_link_every_row_belongs() -> None:
    case = case_of(policy(""), FACTS, "2020-05-01")
    found = case.linked(Link(), "receipt", case.dossier.institution)
    assert [(row.id, sure) for row, sure in found] == [(row["id"], True) for row in FACTS["receipts"]]


def test_of_the_same_period_those_of_the_same_drug_and_perhaps_those_of_none() -> None:
    targets = [
        {"id": "own", "drug": "D", "period": "2020Q1"},
        {"id": "same", "drug": "D", "period": "2020Q1", "set_volume": "5"},
        {"id": "another", "drug": "E", "period": "2020Q1"},
        {"id": "of_none", "period": "2020Q1"},
        {"id": "later", "drug": "D", "period": "2020Q2"},
    ]
    case = case_of(policy(""), {"drugs": [{"id": "D"}, {"id": "E"}], "targets": targets}, "2020-08-01")
    origin = case.rows("target")[0]
    found = case.linked(Link(equal=((("drug",), ("drug",)),), same_period=True), "target", origin)
    assert [(row.id, sure) for row, sure in found] == [("own", True), ("same", True), ("of_none", False)]
