"""What a person sees in an editor: a real yaml-language-server with the shipped schema, over its standard streams.

Skipped where node or the server is not installed; CONTRIBUTING says how to install it.
"""

from __future__ import annotations

from typing import Any

import pytest
from language_server import NEEDS_SERVER, ROOT, Server, labels

pytestmark = NEEDS_SERVER
TEXT = """\
# yaml-language-server: $schema=../../src/vbprules/schemas/case.schema.json
policy: guizhou_2019
cases:
  - case: 未付
    截止日: 2020-04-10
    facts:
      receipts: {complete: yes, entries: [{id: R7, accepted_on: 2020-03-02, 货款: 1000.00}]}
    expect:
      pay_supplier@R7:
        stat: met
        standing: settled
        ⏎
      late_warning@R7:
        state: ⏎
        把握: ⏎
""".replace("⏎", "")  # where somebody is about to write


@pytest.fixture(scope="module")
def uri(server: Server) -> str:
    return server.open(ROOT / "tests" / "cases" / "editor.yaml", TEXT)


def place(word: str) -> tuple[int, int]:
    """Line and column of a word of the text, from 0."""
    line = next(number for number, text in enumerate(TEXT.splitlines()) if word in text)
    return line, TEXT.splitlines()[line].index(word)


@pytest.mark.parametrize(
    ("word", "zh", "en"),
    [
        ("policy", "要检验的政策", "The policy under test"),
        ("截止日", "按这一天结束时判断", "The day at whose close"),
        ("standing", "把握：settled（已定）", "How sure the outcome is"),
        ("accepted_on", "验收合格日：日期 2020-03-05", "accepted on"),
        ("货款", "金额（元，精确到分）", "yuan"),
    ],
)
def test_hover_speaks_chinese_first(server: Server, uri: str, word: str, zh: str, en: str) -> None:
    text = server.at("hover", uri, *place(word))["contents"]["value"]
    assert 0 < text.index(zh) < text.index(en)


def test_completion_offers_the_keys_of_an_expectation(server: Server, uri: str) -> None:
    line, column = place("standing")
    offered = labels(server.at("completion", uri, line + 1, column))
    assert {"state", "状态", "clause", "条款", "due", "期限", "needs", "reason"} <= set(offered)
    assert "standing" not in offered and "case" not in offered


def test_completion_offers_states_in_both_languages(server: Server, uri: str) -> None:
    line, column = place("state: ")
    offered = labels(server.at("completion", uri, line, column + len("state: ")))
    assert {"met", "已履行", "due", "应作出", "not_applicable", "不适用"} <= set(offered)
    assert "应作出，尚未作出" not in offered  # accepted, not offered
    line, column = place("把握: ")
    assert {"settled", "已定", "by_reading"} <= set(labels(server.at("completion", uri, line, column + len("把握: "))))


def test_a_wrong_key_is_marked_where_it_stands(server: Server, uri: str) -> None:
    found = {item["message"]: item["range"]["start"] for item in server.findings(uri)}
    line, column = place("stat: met")
    assert found["Property stat is not allowed."] == {"line": line, "character": column}


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_case_file_has_no_marks(server: Server, path: Any) -> None:
    assert server.findings(server.open(path, path.read_text("utf-8"))) == []


def test_a_shipped_dossier_has_no_marks(server: Server) -> None:
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        assert server.findings(server.open(path, path.read_text("utf-8"))) == []
