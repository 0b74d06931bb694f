"""The normal form, clause by clause of docs/formatting.md."""

from __future__ import annotations

import pytest

from vbprules.diagnostics import Report
from vbprules.formatting import formatted, order
from vbprules.language import keys

HEAD = """\
language: 1
policy: form

document:
  title: 试
  number: 试〔2019〕1号
  issued: 2019-01-01
  in_force: {from: silent, until: silent}

clauses:
  - {no: 一, starts: 甲, text: 甲}

"""


def form(text: str, surface: str | None = None) -> str:
    report = Report()
    found = formatted(text.encode(), "form.yaml", report, surface)  # type: ignore[arg-type]
    assert found is not None, [(finding.message("en"), finding.excerpt) for finding in report.findings]
    again = formatted(found.after, "form.yaml", Report())
    assert again is not None and again.after == found.after
    return found.after.decode()


def provisions(body: str, surface: str | None = None) -> str:
    """The section of provisions, formatted; lines are written as they stand in the file."""
    whole = form(HEAD + "provisions:\n" + body, surface)
    return whole.split("provisions:\n" if surface != "zh" else "规定:\n", 1)[1]


def test_sections_stand_in_the_order_of_the_language_with_a_blank_line_before_each() -> None:
    mixed = """\
# 文件头
provisions:
  a: {permission: 甲, cite: 一“甲”, by: institution}
policy: form
clauses:
  - {no: 一, starts: 甲, text: 甲}
language: 1
document: {issued: 2019-01-01, title: 试, in_force: {from: silent, until: silent}, number: 试〔2019〕1号}
"""
    body = "provisions:\n  a: {permission: 甲, cite: 一“甲”, by: institution}\n"
    assert form(mixed) == "# 文件头\n" + HEAD + body


def test_keys_of_a_provision_stand_in_the_order_of_the_language() -> None:
    body = (
        "  a: {silent: [due], by: institution, en: A, cite: 一“甲”, hedge: 原则上, obligation: 甲, toward: supplier}\n"
    )
    sorted_body = (
        "  a: {obligation: 甲, en: A, cite: 一“甲”, by: institution, toward: supplier, hedge: 原则上, silent: [due]}\n"
    )
    assert provisions(body) == sorted_body


def test_keys_of_steps_and_exceptions_too_and_ids_stay() -> None:
    body = """\
  z:
    steps:
      second: {silent: [from], once: yes, does: 二}
      first: {en: One, does: 一, once: yes, silent: [from]}
    except:
      - {cite: 一“甲”, when: designated}
    cite: 一“甲”
    sanction: 甲
    by: institution
"""
    assert (
        provisions(body)
        == """\
  z:
    sanction: 甲
    cite: 一“甲”
    by: institution
    steps:
      second: {does: 二, once: yes, silent: [from]}
      first: {does: 一, en: One, once: yes, silent: [from]}
    except:
      - {when: designated, cite: 一“甲”}
"""
    )


def test_conditions_keep_their_order() -> None:
    body = "  a: {permission: 甲, cite: 一“甲”, by: institution, when: {any: [joined, {all: [designated, chain]}]}}\n"
    assert provisions(body) == body


def test_one_line_or_a_line_for_each_key_is_the_authors_choice() -> None:
    lines = "  a:\n    permission: 甲\n    cite: 一“甲”\n    by: institution\n"
    assert provisions(lines) == lines
    assert provisions("  a: {permission: 甲,\n      cite: 一“甲”,\n by: institution}\n") == (
        "  a: {permission: 甲, cite: 一“甲”, by: institution}\n"
    )


def test_what_is_too_long_for_a_line_is_filled_up_over_a_few() -> None:
    title, note = "甲" * 60, "乙" * 60
    body = f"  a: {{permission: {title}, cite: 一“甲”, by: institution, note: {note}, note_en: the end}}\n"
    assert provisions(body) == (
        f"  a: {{permission: {title}, cite: 一“甲”, by: institution,\n      note: {note}, note_en: the end}}\n"
    )


def test_what_is_too_long_for_a_few_lines_goes_line_by_line() -> None:
    body = f"  a: {{permission: {'甲' * 100}, en: {'a' * 100}, cite: 一“甲”, by: institution, note: {'乙' * 100}, note_en: {'b' * 100}}}\n"
    assert provisions(body).splitlines() == [
        "  a:",
        f"    permission: {'甲' * 100}",
        f"    en: {'a' * 100}",
        "    cite: 一“甲”",
        "    by: institution",
        f"    note: {'乙' * 100}",
        f"    note_en: {'b' * 100}",
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("'甲'", "甲"),
        ('"甲 乙"', "甲 乙"),
        ('"A: B"', "'A: B'"),
        ("'it''s: so'", '"it\'s: so"'),
        ("'%'", "'%'"),
        ("'甲, 乙'", "'甲, 乙'"),
        ("甲，乙", "甲，乙"),
        ("'- 甲'", "'- 甲'"),
        ("'甲 # 乙'", "'甲 # 乙'"),
        ('"甲\\n乙"', '"甲\\n乙"'),
        ("''", "''"),
        ("it's", "it's"),
    ],
)
def test_quotes_only_where_they_are_needed(written: str, kept: str) -> None:
    body = f"  a: {{permission: 甲, cite: 一“甲”, by: institution, note: {written}}}\n"
    assert provisions(body) == f"  a: {{permission: 甲, cite: 一“甲”, by: institution, note: {kept}}}\n"


def test_lines_of_a_text_stay_lines() -> None:
    body = (
        "  a:\n    permission: 甲\n    cite: 一“甲”\n    by: institution\n    note: |-\n      一行\n\n\n      又一行\n"
    )
    assert provisions(body) == body


def test_comments_stay_with_what_they_are_about() -> None:
    body = """\
    # ==== 一 ====

  # 先
  # 再
  b:   # 名
      cite: 一“甲”    #   引
      # 谁
      by: institution
      permission: 乙
      # 末
  a: {permission: 甲, cite: 一“甲”, by: institution}     # 后
  # 尾

# 文件末
"""
    assert (
        provisions(body)
        == """\
  # ==== 一 ====

  # 先
  # 再
  b:  # 名
    permission: 乙
    cite: 一“甲”  #   引
    # 谁
    by: institution
    # 末
  a: {permission: 甲, cite: 一“甲”, by: institution}  # 后
  # 尾

# 文件末
"""
    )


def test_a_collection_in_brackets_with_a_comment_inside_goes_line_by_line() -> None:
    body = """\
  a: {permission: 甲, cite: 一“甲”,  # 引
      by: institution,
      # 何时
      when: {any: [joined, designated]}  # 任一
      }  # 完
"""
    assert (
        provisions(body)
        == """\
  a:  # 完
    permission: 甲
    cite: 一“甲”  # 引
    by: institution
    # 何时
    when: {any: [joined, designated]}  # 任一
"""
    )


def test_at_most_one_blank_line_and_none_at_the_start_of_a_section() -> None:
    one, two = (f"  {id}: {{permission: 甲, cite: 一“甲”, by: institution}}\n" for id in "ab")
    assert provisions(f"\n\n{one}\n\n\n{two}\n\n") == f"{one}\n{two}"


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("80％", "80%", "80%"),
        ("８０％", "80%", "80%"),
        ("1000元", "1000 yuan", "1000元"),
        ("1000.00 yuan", "1000.00 yuan", "1000.00元"),
        ("3万元", "30000 yuan", "3万元"),
        ("1.5万元", "15000 yuan", "15000元"),
        ("20000 yuan", "20000 yuan", "2万元"),
        ("1–3万元", "10000–30000 yuan", "1–3万元"),
        ("30 days", "30 days", "30天"),
        ("30日", "30 days", "30天"),
        ("1 days", "1 day", "1天"),
        ("10个工作日", "10 working days", "10个工作日"),
        ("6个月", "6 months", "6个月"),
        ("1至3年", "1–3 years", "1–3年"),
        ("1-3 years", "1–3 years", "1–3年"),
        ("3次", "3 times", "3次"),
        ("3 家", "3家", "3家"),
        ("3 suppliers", "3 suppliers", "3 suppliers"),
        ("2019年12月30日", "2019-12-30", "2019-12-30"),
        ("2019-1-5", "2019-01-05", "2019-01-05"),
        ("2019-02-30", "2019-02-30", "2019-02-30"),
        ("100 units", "100 units", "100单位"),
        ("007", "007", "007"),
        ("甲乙", "甲乙", "甲乙"),
    ],
)
def test_one_spelling_for_a_figure(written: str, english: str, chinese: str) -> None:
    from vbprules.formatting.figures import spelled

    assert spelled(written, "en") == spelled(english, "en") == english
    assert spelled(written, "zh") == spelled(chinese, "zh") == chinese
    assert spelled(spelled(written, "zh"), "en") == english


def test_figures_in_titles_and_citations_are_left_alone() -> None:
    body = "  a: {permission: 80％, cite: 一“80％”, by: institution, when: {as_of: {before: 2020年1月2日}}}\n"
    assert provisions(body) == body.replace("2020年1月2日", "2020-01-02")


def test_a_file_that_cannot_be_read_is_not_formatted() -> None:
    report = Report()
    assert formatted(b"a: [1\n", "form.yaml", report) is None
    assert report.has_errors


def test_a_draft_with_errors_is_formatted_all_the_same() -> None:
    body = "  a: {by: nobody, permission: 甲, cite: 一“甲”, whem: joined}\n"
    assert provisions(body) == "  a: {permission: 甲, cite: 一“甲”, by: nobody, whem: joined}\n"


def test_a_policy_of_another_language_version_is_left_alone() -> None:
    report = Report()
    text = "provisions:   {}\ndocument: {}\nlanguage: 2\n"
    assert formatted(text.encode(), "a.yaml", report) is None
    assert [(finding.code, finding.mark and finding.mark.line) for finding in report.findings] == [("P128", 3)]


def test_line_ends_and_byte_order_mark() -> None:
    body = HEAD + "provisions:\n  a: {permission: 甲, cite: 一“甲”, by: institution}\n"
    assert form("\ufeff" + body.replace("\n", "\r\n")) == body


def test_of_a_dossier_only_the_layout_is_made_normal() -> None:
    text = "payments:   none\ninstitution: {grade: '三级',   kind: hospital}   # 甲\n"
    assert form(text) == "payments: none\ninstitution: {grade: 三级, kind: hospital}  # 甲\n"


def test_only_a_policy_turns_into_the_other_surface() -> None:
    report = Report()
    assert formatted(b"payments: none\n", "d.yaml", report, "zh") is None
    assert [finding.code for finding in report.findings] == ["W104"]


def test_every_key_of_the_language_has_its_place_in_the_order() -> None:
    of_all = {key for names in keys.OF_MODALITY.values() for key in names}
    assert set(order.PROVISION) == {*keys.OF_MODALITY, *keys.COMMON, *of_all}
    assert set(order.STEP) >= set(keys.STEP)
    assert len(set(order.PROVISION)) == len(order.PROVISION) and len(set(order.STEP)) == len(order.STEP)
