"""A case file in Chinese words is the same case file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vbprules.cases.checks import load_case_file
from vbprules.cases.compare import run_case
from vbprules.cases.files import CaseItem, read_case_file
from vbprules.cases.keys import CASE, CHOICES, EQUIVALENT, EXPECTED, FIGURES, ROW, TABLE, TOP, UNREACHABLE
from vbprules.cases.words import CHINESE, OUTCOME
from vbprules.decision.words import SHORT_STATES, STATES
from vbprules.diagnostics import Report
from vbprules.facts.dossier import dossier_of
from vbprules.language.vocabulary import BY_LIST, ENTITIES, STATEMENTS
from vbprules.language.words import LISTS, WORDS, columns
from vbprules.reading import Mapping, Node, Scalar, Sequence, read

FILES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
_KEYS = {key: WORDS[key] for key in (*TOP, *CASE, *TABLE, *ROW, *EQUIVALENT, *UNREACHABLE, *EXPECTED)}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _flow(entries: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{_quoted(key)}: {value}" for key, value in entries) + "}"


def _text(node: Node) -> str:
    """As it is."""
    if isinstance(node, Mapping):
        return _flow([(key.text, _text(value)) for key, value in node.entries])
    if isinstance(node, Sequence):
        return "[" + ", ".join(_text(item) for item in node.items) + "]"
    return _quoted(node.text)


def _chinese_of(name: str, words: Any) -> str:
    """The last Chinese heading of an English name: that of the field where there are several."""
    return next((zh for zh, en in reversed(list(words.items())) if en == name), name)


def _facts(node: Node) -> str:
    assert isinstance(node, Mapping)
    lists = {
        name: _chinese_of(name, {**LISTS, **{e.zh: e.list_name for e in ENTITIES}}) for name in (*BY_LIST, *STATEMENTS)
    }
    return _flow([(lists.get(key.text, key.text), _rows(value, columns(key.text))) for key, value in node.entries])


def _rows(node: Node, words: Any) -> str:
    if isinstance(node, Mapping):
        return _flow([(_chinese_of(key.text, words), _rows(value, words)) for key, value in node.entries])
    if isinstance(node, Sequence):
        return "[" + ", ".join(_rows(item, words) for item in node.items) + "]"
    return _quoted(node.text)


def _word(node: Node, forms: Any) -> str:
    if isinstance(node, Mapping):
        return _flow([(key.text, _word(value, forms)) for key, value in node.entries])
    if isinstance(node, Scalar) and node.text in forms:
        return _quoted(forms[node.text][-1])
    return _text(node)


def _expected(node: Node) -> str:
    if not isinstance(node, Mapping):
        return _word(node, OUTCOME)
    return _flow([(_KEYS[key.text], _word(value, CHINESE.get(key.text, {}))) for key, value in node.entries])


def _path(node: Node) -> str:
    assert isinstance(node, Scalar)
    head, *rest = node.text.split(".")
    if head == "as_of":
        return _quoted(WORDS[head])
    zh = next((entity.zh for entity in ENTITIES if entity.list_name == head), WORDS.get(head, head))
    return _quoted(".".join((zh, *(_chinese_of(part, columns(head)) for part in rest))))


def _chinese(node: Node, within: str = "") -> str:
    """The tree as flow YAML with every key, and every word of what is expected, in Chinese."""
    if isinstance(node, Sequence):
        return "[" + ", ".join(_path(item) if within == "set" else _chinese(item, within) for item in node.items) + "]"
    if not isinstance(node, Mapping) or within in ("readings", "values"):
        return _path(node) if within == "set" else _text(node)
    entries = []
    for key, value in node.entries:
        if within in ("fixtures", "expect"):
            entries.append((key.text, (_facts if within == "fixtures" else _expected)(value)))
        elif key.text == "facts":
            entries.append((_KEYS[key.text], _facts(value)))
        else:
            entries.append((_KEYS[key.text], _chinese(value, key.text)))
    return _flow(entries)


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.entries}
    return [_plain(item) for item in node.items] if isinstance(node, Sequence) else node.text


def _told(case: CaseItem) -> Any:
    """A case without places."""
    expect = [
        (item.outcome, item.kind, {key: _plain(node) for key, node in item.values.items()}) for item in case.expect
    ]
    facts = dossier_of(case.facts, Report())
    return case.name, case.policy, case.as_of, facts.digest, dict(case.readings), expect, case.must_not


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_in_chinese_words_has_the_same_cases(path: Path, tmp_path: Path) -> None:
    root = read(path.read_bytes(), path.name, Report())
    assert root is not None
    chinese = tmp_path / path.name
    text = _chinese(root)
    assert "expect" not in text.replace("expect_nothing_of", "") and '"state"' not in text and '"facts"' not in text
    chinese.write_text(text, encoding="utf-8")
    cases = load_case_file(chinese).cases
    assert len(FILES) >= 5 and len(cases) > 20
    assert [_told(case) for case in cases] == [_told(case) for case in read_case_file(path).cases]


def test_every_key_has_a_chinese_form_and_every_word_one_of_its_own() -> None:
    assert len(set(_KEYS.values())) == len(_KEYS)
    for key, forms in CHINESE.items():
        words = [zh for chinese in forms.values() for zh in chinese]
        assert len(set(words)) == len(words), key
        if key in CHOICES and key != "hedge":
            assert set(forms) == set(CHOICES[key])
    assert set(SHORT_STATES) <= set(STATES) and set(FIGURES) <= set(CHINESE)


CHINESE_FILE = """\
政策: guizhou_2019
公用事实:
  bill:
    机构: {机构类别: 医院, 办医主体: 公立, 医保定点: 是}
    收货: {完整: 是, 记录: [{编号: R7, 验收合格日: 2020-03-02, 货款: 1000.00}]}
    付款: 无
    措施记录: 无
不应出现: [second_prepayment]
案例:
  - 案由: 一笔未付，期限视首日是否计入
    截止日: 2020-04-10
    采用事实: [bill]
    解读: {goods: all, payment_term: thirty}
    期望:
      pay_supplier@R7: {状态: 逾期未履行, 把握: 已定, 条款: 五(三), 期限: {first_day=next: 2020-04-01, first_day=same: 2020-03-31}}
      late_warning@R7: {状态: 应作出, 触发: 是, 方式: 应当, 种类: 制裁, 限定语: 无}
    变体:
      改动: [截止日, 收货.0.货款]
      各行:
        - {取值: [2020-04-01, 5.00], 案由: 末日, 解读: {first_day: next, shorter_term: thirty}, 期望: {pay_supplier@R7: {状态: 待履行, 期限: 2020-04-01}, late_warning@R7: {状态: 未触发, 触发: 否}}}
  - 案由: 非定点没有缓拨
    截止日: 2020-04-10
    采用事实: [bill]
    facts: {institution: {医保定点: no, ownership: 社会办}}
    期望: {hold_disbursement@R7: {状态: 不适用, 理由: 本机构不是}, late_warning@R7: {mode: 应当}, pay_supplier@R8: 没有}
"""


def test_chinese_cases_run(tmp_path: Path) -> None:
    path = tmp_path / "贵州.yaml"
    path.write_text(CHINESE_FILE, encoding="utf-8")
    cases = load_case_file(path).cases
    assert [case.name for case in cases] == [
        "一笔未付，期限视首日是否计入",
        "一笔未付，期限视首日是否计入 [末日]",
        "非定点没有缓拨",
    ]
    for case in cases:
        assert run_case(case, check=False)[1] == []


@pytest.mark.parametrize("code", sorted(STATES))
def test_a_state_may_be_its_label_with_any_punctuation(code: str, tmp_path: Path) -> None:
    label = STATES[code][0]
    forms = {label, label.replace("，", ",").replace("：", ""), SHORT_STATES.get(code, label)}
    for form in forms:
        path = tmp_path / "a.yaml"
        path.write_text(
            f'policy: p\ncases: [{{case: a, as_of: 2020-01-01, expect: {{x: {{状态: "{form}"}}}}}}]\n', "utf-8"
        )
        (expected,) = read_case_file(path).cases[0].expect
        if code == "not_applicable":
            assert expected.kind == code
        else:
            assert expected.values["state"].text == code  # type: ignore[union-attr]
