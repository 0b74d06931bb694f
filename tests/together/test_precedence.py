"""Which document goes before the other: by their clauses on rank, region, date and a finding, and by nothing else."""

from __future__ import annotations

import pytest
from inline import findings, text_of
from two_documents import HOSPITAL, claims, codes, document, joint

from vbprules.diagnostics import CATALOGUE

NOTHING = "provisions:\n  free: {permission: 无, cite: C, by: institution}\n"
ASKS = "questions:\n  differs: {asks: 是否不一致, en: do they differ, cite: C, by: government, per: institution}\n"
DISTRICT = "rank: district\nregion: 甲市乙区\n"


def displacing(more: str = "", issued: str = "2020-01-01", body: str = NOTHING):
    rows = f"{DISTRICT}precedence:\n  - {{displaces: 此前区内规定, en: earlier district rules, cite: C{more}}}"
    return document("new", body, rows.replace("cite: C", "cite: 一“甲”"), issued)


def other(rank: str = "district", region: str = "甲市乙区", issued: str = "2019-01-01", id: str = "old"):
    return document(id, NOTHING, f"rank: {rank}\nregion: {region}", issued)


CLAUSE = ", rank: district, region: 甲市乙区, dated: earlier"


def test_an_earlier_document_of_that_rank_and_region_is_displaced() -> None:
    relation = joint(displacing(CLAUSE), other(), facts=HOSPITAL).relation("new", "old")
    assert (relation.ranking, relation.over) == ("ranked", "new")
    (claim,) = relation.claims
    assert (claim.reaches, str(claim.clauses[0])) == ("yes", "一“甲”")


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (other(rank="province"), "it names district-level documents; this is provincial"),
        (other(region="甲市丙区"), "it names documents of 甲市乙区; this is of 甲市丙区"),
        (other(issued="2020-02-01"), "issued on 2020-01-01, the other on 2020-02-01"),
        (other(issued="2020-01-01"), "issued on 2020-01-01, the other on 2020-01-01"),  # of one day: neither is earlier
    ],
)
def test_what_the_clause_does_not_name_it_does_not_reach(second, why) -> None:
    found = joint(displacing(CLAUSE), second, facts=HOSPITAL)
    assert (found.relations[0].ranking, found.relations[0].over) == ("unranked", None)
    (claim,) = claims(found)
    assert claim.reaches == "no"
    assert any(why in text.en for text in claim.why)


def test_yielding_puts_the_other_first() -> None:
    rows = "rank: district\nprecedence:\n  - {yields_to: 此后国家和省的政策, cite: 一“甲”, rank: [national, province], dated: later}"
    first = document("local", NOTHING, rows, "2019-01-01")
    later, earlier = other("province", issued="2019-01-02"), other("province", issued="2018-12-31")
    assert joint(first, later, facts=HOSPITAL).relations[0].over == "old"
    assert joint(first, earlier, facts=HOSPITAL).relations[0].ranking == "unranked"


def test_a_national_document_has_no_region() -> None:
    rows = "rank: district\nprecedence:\n  - {yields_to: 国家政策, cite: 一“甲”, rank: [national], region: 甲市}"
    assert joint(document("local", NOTHING, rows), other("national", "国家"), facts=HOSPITAL).relations[0].over == "old"


def test_a_finding_decides_and_is_asked_for() -> None:
    first = displacing(CLAUSE + ", when: {judge: differs}", body=ASKS + NOTHING)
    found = joint(first, other(), facts=HOSPITAL)
    assert found.relations[0].ranking == "open"
    assert [need.key for need in claims(found)[0].needs] == ["judgement new:differs"]

    def answered(answer: str):
        answers = [{"question": "new:differs", "answer": answer, "by": "government", "day": "2020-02-01"}]
        return joint(first, other(), facts={**HOSPITAL, "determinations": answers}).relations[0]

    assert (answered("yes").ranking, answered("yes").over) == ("ranked", "new")
    assert (answered("no").ranking, answered("no").over) == ("unranked", None)


def test_a_clause_in_words_only_is_shown_and_not_judged() -> None:
    found = joint(displacing(), other(), facts=HOSPITAL)
    assert (found.relations[0].ranking, found.relations[0].over) == ("open", None)
    assert claims(found)[0].text.zh == "此前区内规定"


def test_a_day_of_issue_not_stated_is_asked_for() -> None:
    undated = other(issued="not_stated")
    found = joint(displacing(CLAUSE), undated, facts=HOSPITAL)
    assert found.relations[0].ranking == "open"
    assert [need.key for need in claims(found)[0].needs] == ["fact old:document.issued"]
    given = [{"name": "document.issued", "value": "2018-05", "source": "公报"}]  # some day of May: earlier in any case
    assert joint(displacing(CLAUSE), undated, facts={**HOSPITAL, "given": given}).relations[0].over == "new"


def test_clauses_that_contradict_each_other_rank_nothing() -> None:
    rows = "rank: district\nregion: 甲市乙区\nprecedence:\n  - {displaces: 其他规定, cite: 一“甲”, rank: district}"
    found = joint(displacing(CLAUSE), document("old", NOTHING, rows, "2019-01-01"), facts=HOSPITAL)
    assert (found.relations[0].ranking, found.relations[0].over) == ("contradictory", None)


def test_no_clause_no_rank() -> None:
    found = joint(other("national"), other("district", id="low"), facts=HOSPITAL)
    assert (found.relations[0].ranking, found.relations[0].claims) == ("unranked", ())


@pytest.mark.parametrize(
    ("more", "name"),
    [
        (", rank: village", "bad_choice"),
        (", dated: before", "bad_choice"),
        (", when: {judge: nobody}", "unknown_question"),
        (", when: {joined: yes}", "unknown_key"),
    ],
)
def test_slips_are_located(more: str, name: str) -> None:
    rows = f"  precedence:\n    - {{displaces: 此前规定, cite: 一“甲”{more}}}\n"
    found = findings(text_of(NOTHING).replace("clauses:", rows + "clauses:", 1))
    assert CATALOGUE[name].code in {item.code for item in found}
    assert all(item.mark is not None and item.mark.line >= 3 for item in found)


def test_a_matter_outside_the_vocabulary_is_refused() -> None:
    (found,) = findings(text_of(NOTHING.replace("cite: C", "cite: C, matter: prepaiment")))
    assert found.code == CATALOGUE["bad_choice"].code
    assert "prepayment" in found.hint("en")


def test_one_document_or_one_twice_is_refused() -> None:
    assert [code for code, _ in codes(other(), facts=HOSPITAL)] == ["D203"]
    assert "D204" in [code for code, _ in codes(other(), other(), facts=HOSPITAL)]
