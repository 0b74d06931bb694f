"""Acts, answers, figures and readings of several documents in one dossier; the laws of a joint decision."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from inline import program_of
from profiles import examples
from strategies import settings_of
from two_documents import HOSPITAL, codes, document, joint

from vbprules.cases.files import CaseItem, read_cases
from vbprules.diagnostics import CATALOGUE, InputError, Report
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.reading import Mapping, Node, Scalar, Sequence
from vbprules.together.joint import evaluate_together

CASES = Path(__file__).parents[1] / "cases"
PAIR = ("chongqing_2019", "hechuan_2025")
_PARTS = {"acts": "of", "performances": "of", "determinations": "question", "given": "name"}

ASKING = (
    "questions:\n  bad: {{asks: 是否{0}, en: is it {0}, cite: C, by: government, per: institution}}\n"
    "{1}provisions:\n  act: {{sanction: 措施, en: Measure, cite: C, by: government, toward: institution, when: {{judge: bad}}, "
    "once: yes, silent: [from]}}\n"
)
FIRST = document("first", ASKING.format("甲", ""))
SECOND = document("second", ASKING.format("乙", "").replace("  act:", "  other_act:"))


def finding(question: str) -> dict[str, Any]:
    answers = [{"question": question, "answer": "yes", "by": "government", "day": "2020-01-01"}]
    return {**HOSPITAL, "determinations": answers}


def test_a_question_of_both_must_say_of_which() -> None:
    ((code, message),) = codes(FIRST, SECOND, facts=finding("bad"))
    assert code == "D201"
    assert "first, second" in message


def test_a_prefixed_answer_is_of_that_document_alone() -> None:
    found = joint(FIRST, SECOND, facts=finding("second:bad"))
    assert found.outcome("first:act").state.value == "trigger_unknown"
    assert found.outcome("second:other_act").state.value == "due"


def test_an_act_that_one_document_knows_needs_no_prefix() -> None:
    facts = {
        **HOSPITAL,
        "acts": {"complete_through": "2020-05-01", "entries": [{"of": "other_act", "day": "2020-02-01"}]},
    }
    found = joint(FIRST, SECOND, facts=facts, as_of="2020-05-01")
    assert found.outcome("second:other_act").state.value == "imposed_ground_open"
    assert found.outcome("first:act").state.value == "trigger_unknown"


def test_what_none_knows_and_what_names_no_document() -> None:
    unknown = [CATALOGUE["unknown_question"].code]
    assert [code for code, _ in codes(FIRST, SECOND, facts=finding("worse"))] == unknown
    assert [code for code, _ in codes(FIRST, SECOND, facts=finding("third:bad"))] == ["D202"]
    assert [code for code, _ in codes(FIRST, SECOND, facts=finding("first:worse"))] == unknown


def test_a_mistake_about_the_whole_dossier_is_said_once() -> None:
    late = {**HOSPITAL, "payments": {"complete_through": "2021-01-01", "entries": []}}
    assert [code for code, _ in codes(FIRST, SECOND, facts=late)] == ["D107"]


def test_a_reading_of_both_must_say_of_which() -> None:
    reads = "readings:\n  r: {asks: 哪个, en: which, cite: C, options: {x: 甲, y: 乙}}\n"
    norm = f"{reads}provisions:\n  free: {{permission: 无, cite: C, by: institution, when: {{reading: r, x: always, y: joined}}}}\n"
    both = document("a", norm), document("b", norm)
    assert [code for code, _ in codes(*both, facts=HOSPITAL, readings={"r": "x"})] == ["D201"]
    assert [code for code, _ in codes(*both, facts=HOSPITAL, readings={"a:q": "x"})] == ["R102"]
    found = joint(*both, facts=HOSPITAL, readings={"a:r": "x"})
    assert (found.decision("a").receipt.readings, found.decision("b").receipt.readings) == ({"r": "x"}, {})


def test_rulings_go_to_the_document_that_they_name() -> None:
    ruling = {
        "policy": "second",
        "determinations": [{"question": "bad", "answer": "yes", "by": "government", "day": "2020-01-01"}],
    }
    found = evaluate_together([FIRST, SECOND], HOSPITAL, "2020-05-01", rulings=[ruling], check=False)
    assert (found.outcome("first:act").state.value, found.outcome("second:other_act").state.value) == (
        "trigger_unknown",
        "due",
    )
    report = Report()
    try:
        evaluate_together([FIRST, SECOND], HOSPITAL, "2020-05-01", rulings=[{"policy": "third"}], check=False)
    except InputError as error:
        for item in error.findings:
            report.take(item)
    assert [item.code for item in report.findings] == ["D205"]


# The laws


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


@cache
def seeds(policy: str) -> list[CaseItem]:
    return read_cases(CASES / f"{policy}.yaml")


def with_document(facts: dict[str, Any], policy: str) -> dict[str, Any]:
    """The same facts with every statement saying of which document it is."""
    found = dict(facts)
    for part, key in _PARTS.items():
        listed = found.get(part)
        rows = listed.get("entries") if isinstance(listed, dict) else listed
        if isinstance(rows, list):
            named = [{**row, key: f"{policy}:{row[key]}"} for row in rows]
            found[part] = {**listed, "entries": named} if isinstance(listed, dict) else named
    return found


@examples(15)
@given(st.data())
def test_each_decision_is_what_its_document_gives_alone_in_any_order(data: st.DataObject) -> None:
    policy = data.draw(st.sampled_from(PAIR))
    case = data.draw(st.sampled_from(seeds(policy)))
    facts = with_document(plain(case.facts), policy)
    readings = {f"{policy}:{name}": option for name, option in case.readings.items()}
    found = evaluate_together(PAIR, facts, case.as_of, readings=readings, check=False, explain=False)
    for id in PAIR:
        own = case.readings if id == policy else {}
        alone = evaluate(id, facts, case.as_of, readings=own, check=False, explain=False)
        assert found.decision(id) == alone
    other_way = evaluate_together(PAIR[::-1], facts, case.as_of, readings=readings, check=False, explain=False)
    assert other_way.to_json() == found.to_json()
    for overlap in found.overlaps:
        for side in overlap.sides:
            assert found.outcome(side.outcome).clauses == side.clauses


@examples(30)
@given(settings_of())
def test_a_document_beside_its_own_copy_conflicts_with_itself_in_nothing(setting: Any) -> None:
    policy, record, as_of = setting
    sections = json.loads(policy.text)
    for number, norm in enumerate(sections["provisions"].values()):
        norm["matter"] = ("prepayment", "payment_of_goods", "total_budget")[number % 3]
    sections["document"]["rank"] = "city"
    copies = [program_of(json.dumps({**sections, "policy": name}, ensure_ascii=False)) for name in ("one", "two")]
    try:
        report = Report()
        dossier = read_dossier({key: value for key, value in record.items() if key not in _PARTS}, report)
        report.raise_if_errors()
        alone = evaluate(copies[0], dossier, as_of, check=False, explain=False)
    except InputError:
        assume(False)
        raise
    found = evaluate_together(copies, dossier, as_of, check=False, explain=False)
    assert found.decision("one") == alone
    ids = {overlap.sides[0].outcome for overlap in found.overlaps}
    bind = {
        f"one:{item.id}" for item in alone.outcomes if item.state.branches or item.state.value not in ("not_triggered",)
    }
    assert bind == ids
    for conflict in found.conflicts:
        first, second = (side.outcome.partition(":")[2] for side in conflict.sides)
        assert first != second or conflict.kind == "days"
    assert all(gap.silent_side is None or gap.sets[0].outcome[4:] != gap.silent_side.outcome[4:] for gap in found.gaps)


def test_the_example_of_a_district_hospital_serves_both_commands() -> None:
    path = Path(__file__).parents[2] / "examples" / "hechuan_district_hospital.yaml"
    found = evaluate_together(PAIR, path, "2026-06-30", check=False, explain=False)
    assert found.decision("hechuan_2025") == evaluate("hechuan_2025", path, "2026-06-30", check=False, explain=False)
    assert found.outcome("hechuan_2025:irregular_purchasing.notice").state.value == "not_triggered"
    assert found.outcome("chongqing_2019:irregular_discipline").triggered.value == "open"  # not asked of it


def test_rulings_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    try:
        evaluate_together([FIRST, SECOND], HOSPITAL, "2020-05-01", rulings=[tmp_path / "none.yaml"], check=False)
    except InputError as error:
        assert [item.file.endswith("none.yaml") for item in error.findings] == [True]
    else:
        raise AssertionError("a file that is not there was read")
