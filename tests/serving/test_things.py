"""What a word means, where that is declared and used: the same on both surfaces, and in every policy that ships."""

from __future__ import annotations

import pytest
from both_surfaces import CHINESE, ENGLISH, in_chinese, place, understood

from vbprules.catalog import shipped_policies
from vbprules.serving.things import Thing, declared_at, mentions, thing_at, thing_of
from vbprules.serving.understood import Understood

BOTH = pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])


def texts(known: Understood, thing: Thing) -> list[str]:
    """What the file writes where a thing is used."""
    return [known.written(mark) for mark in mentions(known, thing)]


def lines(known: Understood, thing: Thing) -> list[str]:
    """The id under which each use stands."""
    found = []
    for mark in mentions(known, thing):
        above = known.source.text.splitlines()[: mark.line]
        found.append(
            next(line.split(":")[0].strip() for line in reversed(above) if line.startswith("  ") and line[2] != " ")
        )
    return found


@BOTH
@pytest.mark.parametrize(
    ("before", "word", "thing"),
    [
        ("completion: {below: 80%" , "completion", Thing("name", "completion")),
        ("  late_warning:\n", "late_warning", Thing("provision", "late_warning")),
        ("    - late_warning", "late_warning", Thing("provision", "late_warning")),
        ("hold.funds", "hold.funds", Thing("provision", "hold.funds")),
        ("funds: {", "funds", Thing("provision", "hold.funds")),
        ("grace_end", "grace_end", Thing("name", "grace_end")),
        ("公立医疗机构", "二(一)“自验收", Thing("clause", "二(一)")),
        ("first_day, next", "first_day", Thing("reading", "first_day")),
        ("first_day, next", "next", Thing("option", "first_day.next")),
        ("serious:", "serious", Thing("question", "serious")),
        ("pay_rules}", "pay_rules", Thing("instrument", "pay_rules")),
        ("cost, share", "cost", Thing("code", "cost")),
        ("public_hospital\n", "public_hospital", Thing("name", "public_hospital")),
        ("一、实施范围", "一、实施范围", Thing("clause", "一")),
        ("二(三), ", "二(三)", Thing("clause", "二(三)")),
    ],
)  # fmt: skip
def test_what_is_meant(text: str, before: str, word: str, thing: Thing) -> None:
    if before not in text:  # the two surfaces are not laid out alike
        before = {"completion: {below: 80%": "completion: {低于", "    - late_warning": "[late_warning"}.get(
            before, before
        )
        before = before if before in text else word
    assert thing_at(understood(text), place(text, before, word)) == thing


@BOTH
def test_names_of_the_language_mean_what_the_compiler_found(text: str) -> None:
    known = understood(text)
    words = {"en": ("settled_on", "set_volume", "ownership"), "zh": ("付清日", "设置量", "办医主体")}[known.surface]
    settled, volume, ownership = (thing_at(known, place(text, word, word)) for word in words)
    assert settled == Thing("built_in", "receipt.settled_on")
    assert volume == Thing("field", "target.set_volume")
    assert ownership == Thing("field", "institution.ownership")


def test_a_field_of_the_row_in_hand() -> None:
    known = understood(ENGLISH)
    assert thing_at(known, place(ENGLISH, "of: amount", "amount")) == Thing("field", "agreement.amount")


@BOTH
def test_where_each_thing_is_used(text: str) -> None:
    known = understood(text)
    assert lines(known, Thing("name", "completion")) == ["low_completion"]
    assert lines(known, Thing("name", "grace_end")) == ["late", "hold"]
    assert lines(known, Thing("provision", "late_warning")) == ["grace_end", "pay_supplier"]
    assert lines(known, Thing("provision", "hold.funds")) == ["serious_notice"]
    assert lines(known, Thing("provision", "hold")) == ["pay_supplier"]
    assert lines(known, Thing("question", "serious")) == ["prepayment", "serious_notice"]
    assert lines(known, Thing("instrument", "pay_rules")) == ["prepayment"]
    assert lines(known, Thing("list", "grounds")) == ["free_choice"]
    assert lines(known, Thing("name", "late")) == ["hold"]


@BOTH
def test_a_clause_is_used_where_it_is_cited(text: str) -> None:
    known = understood(text)
    assert texts(known, Thing("clause", "二(一)")) == [
        "二(一)“自验收合格之日起30天内”",
        "二(一)“自验收合格之日起30天内”",
        "二(一)“逾期的给予预警”",
        "二(一)“预警后10个工作日内仍未付清的”",
    ]
    assert texts(known, Thing("clause", "二(三)")) == [
        "二(三)“情节较重的”",
        "二(三)“费用控制、药占比等”",
        "二(三)“低于80%的予以约谈”",
        "二(三)“情节较重的”",
        "二(三)“可以通报”",
        "二(三)“费用控制、药占比等”",
    ]
    assert mentions(known, Thing("clause", "封面")) == ()


@BOTH
def test_where_things_are_declared(text: str) -> None:
    known = understood(text)
    rows = {
        Thing("name", "completion"): "  completion:",
        Thing("name", "public_hospital"): "  public_hospital:",
        Thing("reading", "first_day"): "  first_day:",
        Thing("provision", "pay_supplier"): "  pay_supplier:",
        Thing("provision", "hold.funds"): "      funds:",
    }
    for thing, line in rows.items():
        mark = declared_at(known, thing)
        assert mark is not None
        assert known.source.line(mark.line).startswith(line), thing
    clause = declared_at(known, Thing("clause", "二(一)"))
    assert clause is not None
    assert known.written(clause) == "二(一)"
    assert "货款结算" in known.source.line(clause.line)
    assert declared_at(known, Thing("built_in", "receipt.settled_on")) is None
    assert declared_at(known, Thing("party", "supplier")) is None


@pytest.mark.parametrize("name", sorted(shipped_policies()))
def test_every_policy_declares_what_it_names_and_means_the_same_in_chinese(name: str) -> None:
    text = shipped_policies()[name].read_text("utf-8")
    known, other = understood(text), understood(in_chinese(text))
    here = [(spot, thing_of(known, spot)) for spot in known.spots]
    declared = {thing for spot, thing in here if spot.role.declares}
    for spot, thing in here:
        if spot.role.kind in ("id", "option", "cite") and spot.role.of != "hedge":
            assert thing in declared, spot
    meant = sorted(str(thing) for _, thing in here if thing is not None)
    assert meant == sorted(str(thing) for spot in other.spots if (thing := thing_of(other, spot)) is not None)
