"""One table holds the words of the language, and a file may use the Chinese ones."""

from __future__ import annotations

from pathlib import Path

from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.language import keys, operations
from vbprules.language.chinese import CHOICES
from vbprules.language.words import TERM, WORDS
from vbprules.program import values


def test_every_word_has_one_chinese_form() -> None:
    assert len(set(WORDS.values())) == len(WORDS)
    assert not set(TERM.values()) & set(WORDS.values())


def test_the_grammar_uses_no_word_outside_the_table() -> None:
    tables = (keys.SECTIONS, keys.REQUIRED, keys.OF_MODALITY, keys.EXPECTED, operations.OPERATIONS, operations.NEEDED)
    used = {*keys.TOP, *keys.DOCUMENT, *keys.COMMON, *keys.STEP, *keys.OF_MODALITY}
    used |= {*operations.COMPARATORS, *operations.CONDITIONS, *operations.OPERATIONS}
    used |= {key for table in tables for names in table.values() for key in names}
    assert used <= set(WORDS), used - set(WORDS)


def test_every_operation_has_a_method() -> None:
    assert set(values._METHODS) == set(operations.OPERATIONS)


def test_every_word_of_a_choice_has_one_chinese_form() -> None:
    tables = {
        "rank": keys.RANKS,
        "known_from": keys.KNOWN_FROM,
        "dated": keys.DATED,
        "takes_effect": keys.TAKES_EFFECT,
        "choose": keys.CHOOSE,
        "first_day": keys.FIRST_DAY,
    }
    for name, known in tables.items():
        assert set(CHOICES[name]) == set(known), name
        assert len(set(CHOICES[name].values())) == len(known), name


def test_a_dossier_may_have_chinese_headings() -> None:
    text = """
机构: {机构类别: 医院, 办医主体: 公立, 医保定点: 是}
品种: {完整: yes, 记录: [{编号: A, 在医保目录内: 是}]}
药品: [{编号: A1, 品种: A, 药品类别: 中选药品}]
采购: {完整至: 2020-03-31, 记录: [{药品: A1, 日期: 2020-02-01, 数量: 79999}]}
收货: [{编号: R1, 验收合格日: 2020-03-02, 货款: 1000.00}]
付款: 无
"""
    dossier = read_dossier(text)
    assert dossier.institution.cells["kind"] == ("hospital",)
    assert dossier.rows["purchase"][0].cells["quantity"] == (79999, 79999)
    assert dossier.rows["purchase"][0].refs["product"].refs["drug"].id == "A"
    assert dossier.rows["receipt"][0].cells["amount"] == (100000, 100000)
    assert "payments" in dossier.complete


def test_python_in_three_lines(tmp_path: Path) -> None:
    decision = evaluate("hechuan_2025", {"institution": {"kind": "hospital", "ownership": "public"}}, "2025-09-25")
    assert decision.as_of == "2025-09-25"
