"""The kernel decides of packed institutions what a batch on one machine decides, whatever they travel with."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from provinces import DAYS, county, in_any_order, province

from vbprules import make_bundle
from vbprules.batch.run import evaluate_tables
from vbprules.diagnostics import InputError
from vbprules.spread.kernel import Kernel, columns_of, kernel_and_facts
from vbprules.spread.packed import parts_of


def packed_of(policy: str, tables: dict[str, pl.DataFrame]) -> tuple[Kernel, pl.DataFrame]:
    kernel, facts = kernel_and_facts(policy, tables, DAYS[policy])
    return kernel, facts.collect()


def arrow(facts: pl.DataFrame) -> pa.RecordBatch:
    return facts.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).combine_chunks().to_batches()[0]


@pytest.fixture(scope="module")
def few() -> tuple[Kernel, pl.DataFrame, pl.DataFrame]:
    """Six institutions, one of them wrong, packed; and what the kernel says of all at once."""
    kernel, facts = packed_of("guizhou_2019", county(6, wrong=1))
    return kernel, facts, kernel.decided(facts)


@pytest.mark.parametrize("policy", sorted(DAYS))
def test_the_rows_of_one_machine(policy: str) -> None:
    tables = province(policy, 26 if policy == "xian_2019" else 2)
    kernel, facts = packed_of(policy, tables)
    found = pl.from_arrow(kernel(arrow(facts)))
    assert isinstance(found, pl.DataFrame)
    assert found["finding"].null_count() == found.height
    assert found.drop("finding").equals(evaluate_tables(policy, tables, DAYS[policy], questions=0).outcomes)


def test_the_packed_form_is_one_row_an_institution(few: tuple[Kernel, pl.DataFrame, pl.DataFrame]) -> None:
    _, facts, _ = few
    assert facts["institution"].to_list() == [f"H{number:04d}" for number in range(6)]
    (own,) = facts.filter(pl.col("institution") == "H0002")["institutions"].to_list()
    assert own[0][":row"] == 3  # the third row of its table
    assert isinstance(facts.schema["purchases"], pl.List)


def test_native_cells_stay_what_they_are() -> None:
    frame = pl.DataFrame(
        {
            "institution": ["A", "A"],
            "quantity": [7, 8],
            "amount": [Decimal("1.50"), Decimal("2.25")],
            "product": ["p", "p"],
        }
    )
    _, facts = packed_of("guizhou_2019", {"purchases": frame})
    rows = facts["purchases"].to_list()[0]
    assert [(row["quantity"], row["amount"]) for row in rows] == [(7, Decimal("1.50")), (8, Decimal("2.25"))]


def test_a_bundle_brings_what_it_holds(tmp_path: Path) -> None:
    policy, tables = "hechuan_2025", province("hechuan_2025", 2)
    rulings = tmp_path / "rulings.yaml"
    adopted = "{reading: day_itself, option: by_end, by: 示例区医疗保障局, day: 2026-01-05, source: 示例函}"
    rulings.write_text(f"policy: {policy}\nreadings: [{adopted}]\n", "utf-8")
    bundle = tmp_path / "law.zip"
    bundle.write_bytes(make_bundle(policy, rulings=rulings))
    pin = f"sha256:{hashlib.sha256(bundle.read_bytes()).hexdigest()}"
    kernel, facts = kernel_and_facts(bundle, tables, DAYS[policy], pin=pin)
    found = kernel.decided(facts.collect()).drop("finding")
    assert found.equals(evaluate_tables(policy, tables, DAYS[policy], questions=0, rulings=rulings).outcomes)
    assert not found.equals(evaluate_tables(policy, tables, DAYS[policy], questions=0).outcomes)
    with pytest.raises(InputError) as caught:
        kernel_and_facts(policy, tables, DAYS[policy], pin=pin)
    assert [finding.code for finding in caught.value.findings] == ["G122"]


def test_the_same_batch_gives_the_same_bytes_and_pickling_changes_nothing(
    few: tuple[Kernel, pl.DataFrame, pl.DataFrame],
) -> None:
    kernel, facts, _ = few
    batch = arrow(facts)
    copy = pickle.loads(pickle.dumps(kernel))
    assert copy == kernel
    first, again, elsewhere = (_bytes(each(batch)) for each in (kernel, kernel, copy))
    assert first == again == elsewhere


@examples(3)
@given(at=st.lists(st.integers(1, 5), unique=True, max_size=4).map(sorted), order=st.permutations(range(6)))
def test_any_splitting_gives_the_same_rows(
    few: tuple[Kernel, pl.DataFrame, pl.DataFrame], at: list[int], order: list[int]
) -> None:
    kernel, facts, whole = few
    mixed = facts[order]
    parts = [mixed[start:stop] for start, stop in zip([0, *at], [*at, 6], strict=True)]
    found = pl.concat([kernel.decided(part) for part in parts])
    assert in_any_order(found).equals(in_any_order(whole))


def test_large_batches_are_taken_in_parts(few: tuple[Kernel, pl.DataFrame, pl.DataFrame]) -> None:
    _, facts, _ = few
    parts = list(parts_of(facts, 1))
    assert [part["institution"].to_list() for part in parts] == [[name] for name in facts["institution"]]
    assert pl.concat(parts_of(facts, 10**6)).equals(facts)


def test_a_rejected_institution_is_a_row_with_its_finding(few: tuple[Kernel, pl.DataFrame, pl.DataFrame]) -> None:
    _, _, found = few
    assert found.columns == list(columns_of(reasons=False))
    rejected = found.filter(pl.col("standing") == "rejected")
    assert rejected["institution"].to_list() == ["H0000"]
    assert found.filter(pl.col("institution") == "H0000").height == 1
    told = json.loads(rejected["finding"][0])
    assert (told["file"], told["row"]) == ("purchases", 1)
    assert set(told) == {"file", "row", "column", "code", "message_zh", "message_en", "hint_zh", "hint_en"}


def test_findings_say_what_a_batch_on_one_machine_says() -> None:
    tables = county(3, wrong=2)
    kernel, facts = packed_of("guizhou_2019", tables)
    found = kernel.decided(facts).filter(pl.col("standing") == "rejected")
    wanted = evaluate_tables("guizhou_2019", tables, DAYS["guizhou_2019"], questions=0).rejected
    assert found["institution"].to_list() == wanted["institution"].to_list() == ["H0000", "H0001"]
    assert [json.loads(text) for text in found["finding"]] == wanted.drop("institution").rows(named=True)


def test_a_row_of_nobody_makes_its_list_complete_for_nobody() -> None:
    tables = county(2)
    tables["payments"] = tables["payments"].with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise("institution").alias("institution")
    )
    thirty = {"payment_term": "thirty"}
    kernel, facts = kernel_and_facts("guizhou_2019", tables, DAYS["guizhou_2019"], readings=thirty)
    assert kernel.broken == {"payments"}
    whole = evaluate_tables("guizhou_2019", tables, DAYS["guizhou_2019"], questions=0, readings=thirty).outcomes
    assert kernel.decided(facts.collect()).drop("finding").equals(whole)
    late = whole.filter(
        pl.col("provision") == "pay_supplier", pl.col("subject") == "R2", pl.col("institution") == "H0001"
    )
    assert late["standing"].to_list() == ["open"]  # the payment without an institution may be for it


def test_what_is_missing_from_the_packed_form_is_never_taken_for_nothing_recorded(
    few: tuple[Kernel, pl.DataFrame, pl.DataFrame],
) -> None:
    kernel, facts, _ = few
    lacking = {"B141": facts.drop("purchases"), "B142": pl.concat([facts, facts[:1]])}
    for code, wrong in lacking.items():
        with pytest.raises(InputError) as caught:
            kernel.decided(wrong)
        assert [finding.code for finding in caught.value.findings] == [code]
    one = pl.col("purchases").list.eval(pl.struct(pl.element().struct.field(":row")))
    with pytest.raises(InputError) as caught:
        kernel.decided(facts.with_columns(one))
    assert [finding.code for finding in caught.value.findings] == ["B141"]


def test_floats_are_refused_in_the_packed_form(few: tuple[Kernel, pl.DataFrame, pl.DataFrame]) -> None:
    kernel, facts, _ = few
    cell = pl.element().struct.with_fields(quantity=pl.field("quantity").cast(pl.Float64, strict=False))
    with pytest.raises(InputError) as caught:
        kernel.decided(facts.with_columns(pl.col("purchases").list.eval(cell)))
    assert [finding.code for finding in caught.value.findings] == ["B104"]


def test_another_version_where_the_work_is_done_is_refused(few: tuple[Kernel, pl.DataFrame, pl.DataFrame]) -> None:
    kernel, facts, _ = few
    with pytest.raises(InputError) as caught:
        replace(kernel, version="0.0.1").decided(facts)
    assert [finding.code for finding in caught.value.findings] == ["B144"]


def _bytes(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())
