"""Wrong policies: the right code at the right line, with a suggestion where one is near; several at once."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from inline import CLAUSES, HEAD, findings

from vbprules.diagnostics import CATALOGUE, Finding

NAMES = {entry.code: name for name, entry in CATALOGUE.items()}
BASE = """\
readings:
  r: {asks: 何, cite: C, options: {a: 甲, b: 乙}}
  s: {asks: 何, cite: C, options: {x: 甲, y: 乙, z: 丙}}
questions:
  lagging: {asks: 否, cite: C, by: insurance_agency, per: institution}
instruments:
  other: {number: 二, title: 他}
lists:
  grounds: {closed: [cost, share], cite: C}
quantities:
  completion: {label: 比例, per: target, is: {ratio: [purchased, set_volume]}}
provisions:
"""
LINE = len((HEAD + CLAUSES + BASE).splitlines()) + 1  # the line after the base


def told(body: str, base: str = BASE) -> list[tuple[int, str, Finding]]:
    """Line (counted from the end of the base), name and finding of everything that is wrong."""
    text = HEAD + CLAUSES + (base + indent(dedent(body), "  ")).replace("cite: C", "cite: 一“甲”")
    lines = len((HEAD + CLAUSES + base).splitlines())
    return [
        ((finding.mark.line if finding.mark else 0) - lines, NAMES[finding.code], finding) for finding in findings(text)
    ]


def sanction(when: str, per: str = "target") -> str:
    return f"  p:\n    sanction: 甲\n    cite: C\n    by: insurance_agency\n    for_each: {per}\n    once: yes\n    silent: [from]\n    when: {when}\n"


def value(expression: str, per: str = "receipt") -> str:
    return f"  p: {{obligation: 甲, cite: C, by: institution, for_each: {per}, due: {expression}}}\n"


def test_the_base_has_no_error() -> None:
    assert told("  p: {permission: 甲, cite: C, by: institution}\n") == []


# Conditions: at line 8 of the provision


@pytest.mark.parametrize(
    ("when", "name", "suggestion"),
    [
        ("{completion: {below: 0.8}}", "bare_number", ""),
        ("{completion: {below: 80}}", "bare_number", ""),
        ("{completion: {below: 80 yuan}}", "unit_mismatch", ""),
        ("{completion: {below: 30 days}}", "unit_mismatch", ""),
        ("{completion: {below: purchased}}", "unit_mismatch", ""),
        ("{completion: {below: 70%–80%}}", "bad_figure", ""),
        ("{completion: {below: 1,000 units}}", "thousands_comma", ""),
        ("{completion: {belw: 80%}}", "unknown_operation", "below"),
        ("{completon: {below: 80%}}", "unknown_name", "completion"),
        ("{purchased: {below: set_volum}}", "unknown_name", "set_volume"),
        ("completion", "not_a_condition", ""),
        ("{completion: 80%}", "not_a_condition", ""),
        ("{}", "not_a_condition", ""),
        ("{all: completion}", "not_a_list", ""),
        ("{any: []}", "not_a_list", ""),
        ("{all: []}", "not_a_list", ""),
        ("{judge: laging}", "unknown_question", "lagging"),
        ("{reading: q, a: always, b: always}", "unknown_reading", ""),
        ("{reading: r, a: always}", "reading_options", ""),
        ("{reading: r, a: always, b: always, c: always}", "reading_options", ""),
        ("{reading: s, x: always, y: always}", "reading_options", ""),
        ("{set_by: othr}", "unknown_instrument", "other"),
        ("{imposed: warn}", "unknown_provision", ""),
        ("{breach_of: p}", "unknown_provision", ""),
        ("{some: {purchse: always}}", "unknown_entity", "purchase"),
        ("{some: {fund_payment: {amount: {above: 1.00 yuan}}}}", "not_linked", ""),
        ("{institution.kind: {in: [hospitl]}}", "bad_choice", "hospital"),
        ("{institution.kind: {below: 3}}", "expects_unit", ""),
        ("{completion: {in: grounds}}", "expects_unit", ""),
        ("{finding_on: {before: 2020-02-30}}", "bad_date", ""),
        ("{finding_on: {before: 30}}", "bare_number", ""),
        ("{known_by: [always]}", "wrong_arity", ""),
    ],
)
def test_conditions(when: str, name: str, suggestion: str) -> None:
    found = told(sanction(when))
    assert (8, name) in [(line, code) for line, code, _ in found], [(line, code) for line, code, _ in found]
    finding = next(f for _, code, f in found if code == name)
    assert suggestion in finding.hint("en") and suggestion in finding.hint("zh")
    assert finding.severity == "error" and finding.message("zh") and finding.message("en")


@pytest.mark.parametrize(
    ("expression", "name", "suggestion"),
    [
        ("{count: 30, after: accepted_on}", "bare_number", ""),
        ("{count: 30 yuan, after: accepted_on}", "expects_unit", ""),
        ("{count: 30 days, after: amount}", "expects_unit", ""),
        ("{count: 30 days, aftr: accepted_on}", "unknown_key", "after"),
        ("{cout: 30 days, after: accepted_on}", "unknown_operation", "count"),
        ("{end_of: week, of: accepted_on}", "unknown_operation", ""),
        ("{end_of: second next month, of: accepted_on}", "unknown_operation", ""),
        ("{day: 32, of: month, at: accepted_on}", "bad_date", ""),
        ("amount", "expects_unit", ""),
        ("2020-02-30", "bad_date", ""),
        ("{earliest: [accepted_on, amount]}", "expects_unit", ""),
        ("{if: always, then: accepted_on}", "missing_key", ""),
        ("{if: always, then: accepted_on, else: amount}", "unit_mismatch", ""),
        ("{difference: [accepted_on]}", "wrong_arity", ""),
        ("{first_day: amount, reaches: amount}", "not_running_total", ""),
        ("{first_day: outstanding, reaches: amount}", "not_running_total", ""),
        ("{first_day: {difference: [amount, paid]}, reaches: amount}", "not_running_total", ""),
        ("{first_day: {sum: {difference: [amount, receipt.amount]}, over: payment}, reaches: amount}", "not_running_total", ""),
        ("{first_day: {highest: amount, over: payment}, reaches: amount}", "not_running_total", ""),
        ("{first_day: {if: {paid: {below: 5.00 yuan}}, then: paid, else: amount}, reaches: amount}", "not_running_total", ""),
        ("{first_day: paid}", "missing_key", ""),
        ("{first_day: paid, reaches: 30 days}", "unit_mismatch", ""),
        ("{date_of: warn}", "unknown_provision", ""),
        ("{reading: r, a: accepted_on, b: amount}", "unit_mismatch", ""),
        ("{reading: r, a: accepted_on}", "reading_options", ""),
        ("[accepted_on]", "not_a_value", ""),
        ("acepted_on", "unknown_name", "accepted_on"),
        ("{latest: [], of: amount}", "wrong_arity", ""),
    ],
)  # fmt: skip
def test_dates(expression: str, name: str, suggestion: str) -> None:
    found = told(value(expression))
    assert (1, name) in [(line, code) for line, code, _ in found], [(line, code) for line, code, _ in found]
    assert suggestion in next(f for _, code, f in found if code == name).hint("en")


@pytest.mark.parametrize(
    ("expression", "name", "suggestion"),
    [
        ("{sum: amount, over: payment, wehre: {amount: {above: 1.00 yuan}}}", "unknown_key", "where"),
        ("{sum: amount, over: payment, throgh: 2020-01-01}", "unknown_key", "through"),
        ("{sum: amount, over: paymnt}", "unknown_entity", "payment"),
        ("{sum: amont, over: payment}", "unknown_name", "amount"),
        ("{sum: amount, over: fund_payment}", "not_linked", ""),
        ("{sum: amount}", "missing_key", ""),
        ("{least: [amount, paid], greatest: [amount, paid]}", "unknown_key", ""),
        ("{plus: [amount, 30 days]}", "unit_mismatch", ""),
        ("{plus: [amount, 30]}", "unit_mismatch", ""),
        ("{share: 0.3, of: amount}", "bare_number", ""),
        ("{share: 30%}", "missing_key", ""),
        ("{share: 30 days, of: amount}", "expects_unit", ""),
        ("{ratio: [amount]}", "wrong_arity", ""),
    ],
)
def test_values(expression: str, name: str, suggestion: str) -> None:
    base = BASE.replace("provisions:\n", f"  q: {{label: 量, per: receipt, is: {expression}}}\nprovisions:\n")
    found = told("  p: {permission: 甲, cite: C, by: institution}\n", base)
    assert (-1, name) in [(line, code) for line, code, _ in found], [(line, code) for line, code, _ in found]
    assert suggestion in next(f for _, code, f in found if code == name).hint("en")


@pytest.mark.parametrize(
    ("body", "line", "name"),
    [
        ("  p: {cite: C, by: institution}\n", 1, "no_modality"),
        ("  p: {obligation: 甲, permission: 乙, cite: C, by: institution}\n", 1, "two_modalities"),
        ("  p: {obligation: 甲, cite: C, by: institution}\n", 1, "missing_expected"),
        ("  p: {entitlement: 甲, cite: C, by: institution, silent: [due]}\n", 1, "missing_expected"),
        ("  p: {sanction: 甲, cite: C, by: institution, silent: [from]}\n", 1, "missing_expected"),
        ("  p: {price: 甲, cite: C, by: institution}\n", 1, "missing_expected"),
        ("  p: {definition: 甲, cite: C, by: institution}\n", 1, "missing_expected"),
        ("  p: {permission: 甲, by: institution}\n", 1, "missing_key"),
        ("  p: {permission: 甲, cite: C, by: institution, due: 2020-01-01}\n", 1, "key_not_for_modality"),
        ("  p: {permission: 甲, cite: C, by: institution, frm: 2020-01-01}\n", 1, "unknown_key"),
        ("  p: {permission: 甲, cite: C, by: institute}\n", 1, "unknown_party"),
        ("  p: {permission: 甲, cite: C, by: institution, hedge: 或许}\n", 1, "bad_hedge"),
        ("  p: {permission: 甲, cite: C, by: institution, for_each: recipt}\n", 1, "bad_choice"),
        ("  p: {permission: 甲, cite: 二“甲”, by: institution}\n", 1, "unknown_clause"),
        ("  p: {permission: 甲, cite: 一甲, by: institution}\n", 1, "bad_citation"),
        (f"  p: {{permission: 甲, cite: 一“{'长' * 26}”, by: institution}}\n", 1, "phrase_too_long"),
        ("  P: {permission: 甲, cite: C, by: institution}\n", 1, "bad_id"),
        (
            "  p: {obligation: 甲, cite: C, by: institution, silent: [due], sanctioned_by: [fine]}\n",
            1,
            "unknown_provision",
        ),
        (
            "  p: {sanction: 甲, cite: C, by: institution, once: yes, silent: [from], fields: grund}\n",
            1,
            "unknown_list",
        ),
        ("  p: {definition: 甲, cite: C, by: institution, value: {between: 3–1 years}}\n", 1, "bad_figure"),
        ("  p: {definition: 甲, cite: C, by: institution, value: {about: 3 years}}\n", 1, "unknown_key"),
        (
            "  p: {entitlement: 甲, cite: C, by: institution, silent: [due], amount: {exactly: 30 days}}\n",
            1,
            "expects_unit",
        ),
    ],
)
def test_provisions(body: str, line: int, name: str) -> None:
    found = told(body)
    assert (line, name) in [(at, code) for at, code, _ in found], [(at, code) for at, code, _ in found]


# The clause ledger


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("{no: 二, starts: 乙, text: 乙}", "clause_not_covered"),
        ("{no: 一, starts: 甲, text: 甲}", "repeated_id"),
        ("{no: 二, starts: 乙, text: 乙, not_encoded: boring}", "bad_choice"),
        ("{no: 二, starts: 乙}", "missing_key"),
    ],
)
def test_the_ledger(clause: str, name: str) -> None:
    text = HEAD + CLAUSES.replace("left_out:", f"  - {clause}\nleft_out:") + "provisions: {}\n"
    found = [(finding.mark.line if finding.mark else 0, NAMES[finding.code]) for finding in findings(text)]
    assert (len(HEAD.splitlines()) + 3, name) in found


def test_a_clause_is_cited_or_not_encoded_and_never_both() -> None:
    text = HEAD + CLAUSES.replace("text: 甲}", "text: 甲, not_encoded: aims}") + "provisions: {}\n"
    assert [NAMES[finding.code] for finding in findings(text)] == ["clause_both"]
    nested = HEAD + CLAUSES.replace("no: 一,", "no: 一(一),") + "provisions: {}\n"
    assert "unknown_clause" in [NAMES[finding.code] for finding in findings(nested)]
    above = "clauses:\n  - {no: 一, starts: 甲, text: 甲}\n  - {no: 一(一), starts: 乙, text: 乙}\nleft_out:\n  - {cite: 一(一)“乙”, why: aims}\n"
    assert findings(HEAD + above + "provisions: {}\n") == []  # a clause is covered by what cites one below it


# Definitions that cannot be


def test_cycles() -> None:
    base = BASE.replace(
        "provisions:\n",
        "  one: {label: 一, per: target, is: {plus: [two, purchased]}}\n  two: {label: 二, per: target, is: {least: [one, used]}}\nprovisions:\n",
    )
    found = told("  p: {permission: 甲, cite: C, by: institution}\n", base)
    cycles = [finding for _, name, finding in found if name == "cycle"]
    assert cycles and "one" in cycles[0].message("en") and "two" in cycles[0].message("en")
    chained = told(
        """\
          a: {sanction: 甲, cite: C, by: insurance_agency, once: yes, silent: [from], when: {breach_of: b}}
          b: {prohibition: 乙, cite: C, by: institution, forbids: {breach_of: b}}
        """
    )
    assert "cycle" in [name for _, name, _ in chained]


def test_too_many_readings() -> None:
    """Seven readings of two options are 128 assignments; 64 is the most that one condition may consult."""

    def policy(count: int) -> str:
        readings = "".join(f"  r{n}: {{asks: 何, cite: C, options: {{a: 甲, b: 乙}}}}\n" for n in range(count))
        parts = ", ".join(f"{{reading: r{n}, a: designated, b: joined}}" for n in range(count))
        return f"readings:\n{readings}provisions:\n  p: {{sanction: 甲, cite: C, by: insurance_agency, once: yes, silent: [from], when: {{all: [{parts}]}}}}\n"

    def codes(count: int) -> list[str]:
        return [NAMES[f.code] for f in findings(HEAD + CLAUSES + policy(count).replace("cite: C", "cite: 一“甲”"))]

    assert codes(6) == []
    assert set(codes(7)) == {"too_many_readings"}


# Several at once


def test_several_at_once() -> None:
    found = told(
        """\
          one: {sanction: 甲, cite: C, by: insurance_agency, once: yes, silent: [from], for_each: target, when: {completion: {below: 0.8}}}
          two: {obligation: 乙, cite: C, by: institute}
          three: {permission: 丙, cite: 三“丙”, by: institution, when: {judge: laging}}
          four:
            entitlement: 丁
            cite: C
            by: institution
            amount: {exactly: 100}
            due: {count: 10, after: as_of}
        """
    )
    assert [(line, name) for line, name, _ in sorted(found, key=lambda item: (item[0], item[1]))] == [
        (1, "bare_number"),
        (2, "missing_expected"),
        (2, "unknown_party"),
        (3, "unknown_clause"),
        (3, "unknown_question"),
        (8, "bare_number"),
        (9, "bare_number"),
    ]
    for _, _, finding in found:
        assert finding.excerpt and finding.message("zh") != finding.message("en")


@pytest.mark.parametrize("top", ["language", "policy", "document", "clauses", "provisions"])
def test_what_a_policy_must_have(top: str) -> None:
    text = HEAD + CLAUSES + "provisions: {}\n"
    sections = {"language": "language: 1\n", "policy": "policy: inline\n", "provisions": "provisions: {}\n"}
    if top in sections:
        text = text.replace(sections[top], "")
    elif top == "document":
        text = "language: 1\npolicy: inline\n" + CLAUSES + "provisions: {}\n"
    else:
        text = HEAD + "provisions: {}\n"
    assert "missing_key" in [NAMES[finding.code] for finding in findings(text)]


@pytest.mark.parametrize("version", ["2", "0", "1.0", "一"])
def test_a_policy_of_another_language_version(version: str) -> None:
    """That is all there is to say: what its words mean there is not known here."""
    text = (HEAD + CLAUSES + "provisions: {}\nwaivers: [unheard of]\n").replace("language: 1", f"language: {version}")
    (found,) = findings(text)
    assert (found.code, NAMES[found.code]) == ("P128", "language_version")
    assert found.mark is not None and found.mark.line == 1 + text[: text.index("language:")].count("\n")
    assert found.message("zh") == f"不支持的语言版本“{version}”"
    assert found.hint("en") == (
        "This release reads language version 1; for a policy of a later one upgrade vbprules. Nothing else was checked."
    )


def test_a_policy_of_another_language_version_in_chinese_words() -> None:
    (found,) = findings("语言版本: 2\n政策: inline\n文件: {}\n条款目录: []\n规定: {}\n新词: {}\n")
    assert (found.code, found.mark and found.mark.line) == ("P128", 1)


def test_a_policy_without_a_version_is_told_with_all_else() -> None:
    text = (HEAD + CLAUSES + "provisions: {}\nwaivers: [unheard of]\n").replace("language: 1\n", "")
    assert {"missing_key", "unknown_key"} <= {NAMES[finding.code] for finding in findings(text)}


def test_a_window_over_rows_that_have_no_day() -> None:
    """Agreement lines have no day of their own: the window would be without effect."""
    found = told(value("{lowest: agreement.start, over: agreement_line, from: 2020-01-01}", "agreement"))
    assert [
        (line, name, dict(finding.args)["child"]) for line, name, finding in found if name == "window_without_days"
    ] == [(1, "window_without_days", "agreement_line")]


def test_a_range_in_another_unit() -> None:
    """Days are no working days, in a range as in any other comparison."""
    for range_ in ("364–365 working days", "1–2 years"):
        found = told(
            sanction(f"{{days: {{between: {range_}}}}}"),
            BASE.replace(
                "provisions:",
                "  days: {label: 日数, per: target, is: {difference: [period_end, period_start]}}\nprovisions:",
            ),
        )
        assert [(line, name) for line, name, _ in found] == [(8, "unit_mismatch")]
