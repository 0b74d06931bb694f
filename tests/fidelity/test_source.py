"""A policy against the text of its document."""

from __future__ import annotations

from sample import TEXT, compiled, with_changes

from vbprules.diagnostics import Report, Source
from vbprules.fidelity.document_text import document_text
from vbprules.fidelity.source_check import check_source


def findings(policy: str, text: str = TEXT) -> list[tuple[str, str, str]]:
    """Code, place and English message, without what is not encoded of the sample's own text."""
    program, report = compiled(policy)
    check_source(program, Source("text.txt", text), report)
    return [(finding.code, finding.place, finding.message("en")) for finding in report.sorted_findings()]


def test_figures_of_the_text_that_are_not_encoded_are_listed_at_their_place() -> None:
    found = findings(with_changes())
    assert [(code, place) for code, place, _ in found] == [("F203", "text.txt:9:16"), ("F203", "text.txt:15:39")]
    assert found[0][2] == 'the "25个" of clause 一 is not encoded: …第一批25个品种，“两个允许”照旧…'
    assert found[1][2].startswith('the "低于5万元" of clause 二(二) is not encoded: …')
    assert "金额低于5万元的合同" in found[1][2]
    assert all(len(message.split("…")[1]) <= 25 for _, _, message in found)


def test_a_sentence_left_out_for_a_reason_is_disposed_of() -> None:
    change = ("why: aims}", "why: aims}\n  - {cite: 二(二)“金额低于5万元的合同”, why: declaratory}")
    assert [place for _, place, _ in findings(with_changes(change))] == ["text.txt:9:16"]


def test_a_clause_that_the_text_does_not_have() -> None:
    found = findings(with_changes(("starts: （三）监测", "starts: （四）监测")))
    assert (
        "F201",
        "sample.yaml:16:5",
        'the text has no clause 二(三) that begins with "（四）监测" after the one before it',
    ) in found
    # nothing more is said of its phrases, nor of figures, which would stand under the clause before
    assert {code for code, _, _ in found} == {"F201"}


def test_clauses_out_of_order() -> None:
    text = TEXT.replace("（一）货款结算", "（九）货款结算").replace("（三）监测。", "（三）监测。（一）货款结算。")
    assert {code for code, _, _ in findings(with_changes(), text)} >= {"F201", "F202"}


def test_a_phrase_under_another_clause_is_an_error_that_says_where_it_stands() -> None:
    found = findings(with_changes(("二(三)“完成比例低于80％的”", "二(二)“完成比例低于80％的”")))
    errors = [message for code, _, message in found if code == "F202"]
    assert errors == ['under clause 二(二) the text has no "完成比例低于80％的"; it stands under 二(三)']


def test_a_phrase_that_is_nowhere() -> None:
    found = findings(with_changes(("二(三)“完成比例低于80％的”", "二(三)“完成率低于80％的”")))
    assert [message for code, _, message in found if code == "F202"] == [
        'under clause 二(三) the text has no "完成率低于80％的"'
    ]


def test_a_phrase_cut_short_keeps_the_bound_of_its_sentence() -> None:
    short = ("二(二)“按不低于合同金额的30％预付”", "二(二)“合同金额的30％”")
    exact = ("amount: {at_least: 30%", "amount: {exactly: 30%")
    assert [code for code, _, _ in findings(with_changes(short)) if code != "F203"] == []
    found = [message for code, _, message in findings(with_changes(short, exact)) if code != "F203"]
    assert found == ['the phrase says "不低于30%", the rule says `exactly: 30%`: at the very figure they differ']


def test_the_days_of_the_document_stand_in_its_text() -> None:
    found = findings(with_changes(("issued: 2020-01-10", "issued: 2020-01-11")))
    assert ("F204", 'the text does not have the day "2020-01-11"') in [(code, message) for code, _, message in found]


def test_breaks_within_phrases_and_figures_do_not_matter() -> None:
    text = TEXT.replace("预警后 10 个工作日内", "预警\n\n后 1\n0 个工\n作日内").replace("低于 80％", "低于 ８0\n%")
    assert [code for code, _, _ in findings(with_changes(), text)] == ["F203", "F203"]


def test_what_stands_under_a_clause() -> None:
    program, _ = compiled(with_changes())
    text = document_text(program.policy, Source("text.txt", TEXT))
    assert text.missing == ()
    start, end = text.spans["二(一)"]
    assert text.fold.text[start:end].startswith("(一)货款结算")
    assert text.fold.text[start:end].endswith("暂缓拨付医保费用。")
    assert text.spans["二"][1] == text.spans["二(三)"][1] == len(text.fold.text)
    assert text.clauses_with("予以约谈") == ("二(三)",)


def test_an_empty_text_has_no_clause() -> None:
    program, _ = compiled(with_changes())
    report = Report()
    report.use(Source("sample.yaml", ""))
    check_source(program, Source("text.txt", " \n"), report)
    assert {"F201", "F204"} <= {finding.code for finding in report.findings}
