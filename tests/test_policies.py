"""The five policies against themselves and, where the texts are at hand, against the documents."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from vbprules.catalog import check, load, shipped_policies
from vbprules.diagnostics import Report, Source, render
from vbprules.fidelity.source_check import check_source
from vbprules.language.ledger import citations, encoded_by, parents

ROOT = Path(__file__).parents[1]
SOURCES = Path(os.environ.get("VBPRULES_SOURCES", ROOT.parent / "shared" / "sources"))
POLICIES = sorted(shipped_policies())
# A careful count of the distinct norms of each document: the encoding may split further, never fall short.
NORMS = {"chongqing_2019": 87, "guizhou_2019": 125, "xian_2019": 86, "yunnan_2020": 69, "hechuan_2025": 45}


# Figures of the texts that no provision carries, in the order of the text: dates of forwarding, of the preparation that
# was over, of which names of departments apply; numbers in descriptions.
NOT_ENCODED = {
    "chongqing_2019": [],
    "guizhou_2019": ["2019年", "25个"],
    "hechuan_2025": [],
    "xian_2019": ["2019年3月7日", "2018年12月10日", "2019年1月30日", "1次", "2019年1月31日前", "2019年2月3日起"],
    "yunnan_2020": [],
}


def test_the_five_documents_ship() -> None:
    assert set(NORMS) <= set(POLICIES)


@pytest.mark.parametrize("policy_id", POLICIES)
def test_a_policy_has_no_findings(policy_id: str) -> None:
    path = shipped_policies()[policy_id]
    report = Report()
    check(path.read_bytes(), path.name, report)
    assert report.findings == [], render(report.findings, "en")


@pytest.mark.parametrize("policy_id", sorted(NORMS))
def test_every_norm_is_encoded(policy_id: str) -> None:
    assert len(load(policy_id).norms) >= NORMS[policy_id]


@pytest.mark.parametrize("policy_id", POLICIES)
def test_every_clause_has_a_disposition(policy_id: str) -> None:
    policy = load(policy_id).policy
    cited = {cite.clause for _, cite in citations(policy)}
    covered = cited | {parent for clause in cited for parent in parents(clause)}
    for clause in policy.clauses:
        assert (clause.no in covered) != (clause.not_encoded is not None), clause.no
        assert clause.title.zh and clause.title.en and clause.starts, clause.no
    assert [clause.no for clause in policy.clauses] == list(dict.fromkeys(clause.no for clause in policy.clauses))
    assert any(encoded_by(policy).values())


@pytest.mark.parametrize("policy_id", POLICIES)
def test_everything_people_read_is_in_both_languages(policy_id: str) -> None:
    policy = load(policy_id).policy
    groups = (policy.quantities, policy.terms, policy.parties)
    labels = [policy.document.title, *(item.title for item in policy.provisions.values())]
    labels += [item.asks for group in (policy.readings, policy.questions) for item in group.values()]
    labels += [item.label for group in groups for item in group.values()]
    for label in labels:
        assert label.zh and label.en, label


@pytest.mark.parametrize("policy_id", POLICIES)
def test_every_provision_cites_a_phrase_of_at_most_25_characters(policy_id: str) -> None:
    policy = load(policy_id).policy
    for provision in policy.provisions.values():
        assert provision.cites, provision.id
    for owner, cite in citations(policy):
        assert 0 < len(cite.phrase) <= 25, (owner, str(cite))


@pytest.mark.parametrize("policy_id", POLICIES)
def test_every_reading_and_question_is_consulted(policy_id: str) -> None:
    program = load(policy_id)
    text = shipped_policies()[policy_id].read_text("utf-8")
    for name in program.policy.readings:
        assert len(re.findall(rf"reading: *{name}\b", text)) >= 1, name
    for name in program.policy.questions:
        assert re.search(rf"judge: *{name}\b", text), name


@pytest.mark.parametrize("policy_id", POLICIES)
def test_the_text_bears_out_every_clause_phrase_and_figure(policy_id: str) -> None:
    if not (SOURCES / f"{policy_id}.txt").is_file():
        pytest.skip("the document's text is not at hand (set VBPRULES_SOURCES)")
    path, report = shipped_policies()[policy_id], Report()
    program = check(path.read_bytes(), path.name, report)
    assert program is not None
    check_source(program, Source(f"{policy_id}.txt", (SOURCES / f"{policy_id}.txt").read_text("utf-8")), report)
    wrong = [finding for finding in report.findings if finding.severity != "hint"]
    assert wrong == [], render(wrong, "en")
    not_encoded = [dict(finding.args)["written"] for finding in report.sorted_findings()]
    assert not_encoded == NOT_ENCODED[policy_id]


def test_no_region_is_named_in_python() -> None:
    words = re.compile("guizhou|chongqing|yunnan|hechuan|xian_2019|贵州|重庆|云南|合川|西安", re.IGNORECASE)
    for path in sorted((ROOT / "src").rglob("*.py")):
        assert not words.search(path.read_text("utf-8")), path
