"""Each trap of YAML: the code, severity, line and column of what is said about it."""

from __future__ import annotations

import pytest
import yaml
from reading_helpers import found, load, plain

from vbprules.diagnostics import Report
from vbprules.reading import Mapping, tree

ERROR, HINT = "error", "hint"

REFUSED = [
    # (text, findings, tree or None)
    ("a: 1\nb: 2\na: 3\n", [("Y001", ERROR, 3, 1)], {"a": "1", "b": "2"}),
    ("x: {a: 1, a: 2}\n", [("Y001", ERROR, 1, 11)], {"x": {"a": "1"}}),
    ("a: 1\n'a': 2\n", [("Y001", ERROR, 2, 1)], {"a": "1"}),
    ("a: &x 1\n", [("Y002", ERROR, 1, 4)], {"a": "1"}),
    ("a: &x [1]\nb: *x\n", [("Y002", ERROR, 1, 4), ("Y003", ERROR, 2, 4)], {"a": ["1"], "b": "*x"}),
    ("a: 1\n<<: {b: 2}\n", [("Y004", ERROR, 2, 1)], {"a": "1"}),
    ("a: !!python/object/apply:os.system [ls]\n", [("Y005", ERROR, 1, 4)], {"a": ["ls"]}),
    ("a: !!str 1\nb: !mine {c: d}\n", [("Y005", ERROR, 1, 4), ("Y005", ERROR, 2, 4)], {"a": "1", "b": {"c": "d"}}),
    ("a: ! x\n", [("Y005", ERROR, 1, 4)], {"a": "x"}),
    ("a: !x!y z\n", [("Y005", ERROR, 1, 4)], None),
    ("a: b\tc\n", [("Y006", ERROR, 1, 5)], {"a": "b c"}),
    ("a:\n\tb: 1\n", [("Y006", ERROR, 2, 1)], {"a": {"b": "1"}}),
    ("a: 1\n\tb: 1\n", [("Y006", ERROR, 2, 1)], None),
    ("? [a, b]\n: c\n", [("Y007", ERROR, 1, 3)], {}),
    ("{a: b}: c\nd: e\n", [("Y007", ERROR, 1, 1)], {"d": "e"}),
    (": b\n", [("Y008", ERROR, 1, 1)], None),
    ("'': b\n", [("Y008", ERROR, 1, 1)], {}),
    ("x: {a, b: 1}\n", [("Y009", ERROR, 1, 5)], {"x": {"b": "1"}}),
    ("x: {amount: 1,000.00 yuan}\n", [("Y010", ERROR, 1, 13)], {"x": {"amount": "1"}}),
    ("x: {amount: 1,000,000 yuan, b: 2}\n", [("Y010", ERROR, 1, 13)], {"x": {"amount": "1", "b": "2"}}),
    ("x: [b, 21,500]\n", [("Y010", ERROR, 1, 8)], {"x": ["b", "21", "500"]}),
    ("x: {below:80%}\n", [("Y011", ERROR, 1, 5)], {"x": {}}),
    ("x: {below:[1]}\n", [("Y011", ERROR, 1, 10)], None),
    ("x: {依据：五(三), b: 1}\n", [("Y012", ERROR, 1, 5)], {"x": {"b": "1"}}),
    ("a: 1\n---\nb: 2\n", [("Y013", ERROR, 2, 1)], {"a": "1"}),
    ("a\n...\nb: 1\n", [("Y013", ERROR, 3, 1)], None),
    ("", [("Y014", ERROR, 0, 0)], None),
    ("# nothing\n", [("Y014", ERROR, 0, 0)], None),
    ("---\n", [("Y014", ERROR, 0, 0)], None),
    ("a: x\0y\n", [("Y016", ERROR, 1, 5)], {"a": "x\ufffdy"}),
    ("a: x\x1b[31m\n", [("Y016", ERROR, 1, 5)], {"a": "x\ufffd[31m"}),
    ("a: x\u2028y\nb: z\x85\n", [("Y016", ERROR, 1, 5), ("Y016", ERROR, 2, 5)], {"a": "x y", "b": "z"}),
    ('a: "x\\0"\n', [("Y016", ERROR, 1, 4)], {"a": "x\ufffd"}),
    ("a: \ud800\n", [("Y017", ERROR, 1, 4)], {"a": "\ufffd"}),
    ("a: x\u202ey\n", [("Y018", ERROR, 1, 5)], {"a": "x\ufffdy"}),
    ("# \u2066 hidden\na: x\n", [("Y018", ERROR, 1, 3)], {"a": "x"}),
    ('a: "\\u202E"\n', [("Y018", ERROR, 1, 4)], {"a": "\ufffd"}),
    ("a: x\u200by\n", [("Y019", ERROR, 1, 5)], {"a": "x\ufffdy"}),
    ("a: x\ufeffy\n", [("Y019", ERROR, 1, 5)], {"a": "x\ufffdy"}),
    ("a: 黔\ufffd保\n", [("Y020", ERROR, 1, 5)], {"a": "黔\ufffd保"}),
    ("- a\n - b\n", [("Y026", ERROR, 2, 2)], ["a - b"]),
    ("a: 1\n  - b\n", [("Y026", ERROR, 2, 3)], {"a": "1 - b"}),
    ("\u3000a: b\n", [("Y028", ERROR, 1, 1)], {"\u3000a": "b"}),
    ("%YAML 1.1\n---\na: b\n", [("Y052", ERROR, 1, 1)], {"a": "b"}),
]

SYNTAX = [
    ("a: b: c\n", [("Y041", ERROR, 1, 5)]),
    ("a: @b\n", [("Y042", ERROR, 1, 4)]),
    ("a: `b`\n", [("Y042", ERROR, 1, 4)]),
    ("a: 80%\nb: %80\n", [("Y042", ERROR, 2, 4)]),
    ("a: * b\n", [("Y042", ERROR, 1, 4)]),
    ("a: & b\n", [("Y042", ERROR, 1, 4)]),
    ("a: [1, 2\nb: c\n", [("Y027", HINT, 1, 8), ("Y043", ERROR, 1, 4)]),
    ("a: {x: [1, 2}\n", [("Y055", ERROR, 1, 13)]),
    ("a: {\n", [("Y043", ERROR, 1, 4)]),
    ("a: [1, 2", [("Y043", ERROR, 1, 4)]),
    ('a: "b\nc: d\n', [("Y044", ERROR, 1, 4)]),
    ("a: 'b\nc: d\n", [("Y044", ERROR, 1, 4)]),
    ("a: 1\n b: 2\n", [("Y045", ERROR, 2, 3)]),
    ("a:\n  b: 1\n c: 2\n", [("Y045", ERROR, 3, 2)]),
    ("a:\n  - b\n c: 2\n", [("Y045", ERROR, 3, 2)]),
    ("- a\nb: 1\n", [("Y045", ERROR, 2, 1)]),
    ('a: "关于"集采"的通知"\n', [("Y047", ERROR, 1, 8)]),
    ("a: 'it's'\n", [("Y047", ERROR, 1, 8)]),
    ("a: [b] c\n", [("Y048", ERROR, 1, 8)]),
    ("a: 1\nb c\n", [("Y049", ERROR, 2, 1)]),
    ("a: >80%\n", [("Y050", ERROR, 1, 4)]),
    ("a: |x\n", [("Y050", ERROR, 1, 4)]),
    ("a: {b: 1 c: 2}\n", [("Y051", ERROR, 1, 11)]),
    ("a: {b: 1，c: 2}\n", [("Y029", HINT, 1, 9), ("Y051", ERROR, 1, 11)]),
    ("%x: 1\n", [("Y052", ERROR, 1, 1)]),
    ("a: [1,,2]\n", [("Y053", ERROR, 1, 7)]),
    ("a: - b\n", [("Y054", ERROR, 1, 4)]),
    ("a: [b]]\n", [("Y055", ERROR, 1, 7)]),
    ("a: ]\n", [("Y055", ERROR, 1, 4)]),
    ("a: {: b}\n", [("Y008", ERROR, 1, 5)]),
    # A slip explains the error.
    ("题: x\n依据：五(三)\n", [("Y049", ERROR, 2, 1), ("Y012", HINT, 2, 1)]),
    ("依据：五(三)\n题: x\n", [("Y012", HINT, 1, 1), ("Y045", ERROR, 2, 2)]),
    ("a: 1\nb:2\nc: 3\n", [("Y049", ERROR, 2, 1), ("Y011", HINT, 2, 1)]),
    ("- a\n-b\n- c\n", [("Y049", ERROR, 2, 1), ("Y011", HINT, 2, 1)]),
]

HINTS = [
    ("依据：五(三)\n", [("Y012", HINT, 1, 1)]),
    ("a:\n  依据：五(三)\n", [("Y012", HINT, 2, 3)]),
    ("a:\n  - cite：五(三)\n", [("Y012", HINT, 2, 5)]),
    ("a: x\n  cite：五\n", [("Y012", HINT, 2, 3)]),
    ("- below:80%\n", [("Y011", HINT, 1, 3)]),
    ("a: [b\n  c]\n", [("Y027", HINT, 1, 5)]),
]

FINE = [
    ("\ufeffa: b\n", {"a": "b"}),
    ("a: |\n  x\n  y\nb: >\n  z\n", {"a": "x\ny\n", "b": "z\n"}),
    ("a: {below: 80%}\nb: 是\nc: 1.0\nd: no\ne: 2019-11-29\nf: ~\n", None),
    ("a: 五(三)“低于80％的：机构”\n", {"a": "五(三)“低于80％的：机构”"}),
    ("a: [一、甲：乙, 二]\n", {"a": ["一、甲：乙", "二"]}),
    ("a: [100, 200]\nb: 1,000.00 yuan\nc: [2019,12]\nd: {e: 1, f: 000}\n", None),
    ("a: http://x.cn/y\nb: [http://x.cn/y]\n", {"a": "http://x.cn/y", "b": ["http://x.cn/y"]}),
    ("a:\nb: {c: , d: 1}\n", {"a": "", "b": {"c": "", "d": "1"}}),
    ("a: x\r\nb: y\r\n", {"a": "x", "b": "y"}),
    ("--- \na: b\n...\n", {"a": "b"}),
    ('a: "\\u4e2d \\" \\n"\n', {"a": '中 " \n'}),
    ("a: {'b':1, \"c\":2}\n", {"a": {"b": "1", "c": "2"}}),
]


@pytest.fixture(params=["c", "python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything holds for the C parser and for the one in Python."""
    name: str = request.param
    if name == "c" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(tree, "_LOADER", yaml.CSafeLoader if name == "c" else yaml.SafeLoader)
    return name


@pytest.mark.parametrize(("text", "expected", "result"), REFUSED)
def test_refused(text: str, expected: list[tuple[str, str, int, int]], result: object, parser: str) -> None:
    if parser == "python" and text == "x: {below:[1]}\n":
        expected, result = [("Y011", ERROR, 1, 5)], {"x": {"below": ["1"]}}
    node, report = load(text)
    assert found(report) == expected
    assert (None if node is None else plain(node)) == result


@pytest.mark.parametrize(("text", "expected"), SYNTAX)
def test_syntax(text: str, expected: list[tuple[str, str, int, int]]) -> None:
    node, report = load(text)
    assert node is None
    assert found(report) == sorted(expected, key=lambda f: f[2:])


def test_bad_escape() -> None:
    node, report = load('a: "C:\\policy"\n')
    assert node is None
    assert [(f.code, f.mark.line if f.mark else 0) for f in report.findings] == [("Y046", 1)]


@pytest.mark.parametrize(("text", "expected"), HINTS)
def test_hints(text: str, expected: list[tuple[str, str, int, int]]) -> None:
    node, report = load(text)
    assert node is not None
    assert found(report) == expected
    assert not report.has_errors


@pytest.mark.parametrize(("text", "result"), FINE)
def test_fine(text: str, result: object) -> None:
    node, report = load(text)
    assert report.findings == []
    assert node is not None
    assert result is None or plain(node) == result


def test_every_scalar_stays_text() -> None:
    words = ["yes", "no", "1.0", "0x10", "1_000", "2019-11-29", "null", "~", "1e3", "012", "12:30:00"]
    node, _ = load(f"[{', '.join(words)}]")
    assert plain(node) == words


def test_several_mistakes_at_once() -> None:
    text = (
        "policy: a\n"
        "policy: b\n"
        "parties: &p\n"
        "  health: {label: 卫生, label: 健康}\n"
        "terms: *p\n"
        "when: {completion: {below:80%}}\n"
        "amount: {at_least: 1,000.00 yuan}\n"
        "text: x\u202ey\ttab\n"
        "kind: !!str z\n"
    )
    node, report = load(text, name="政策.yaml")
    assert found(report) == [
        ("Y001", ERROR, 2, 1),
        ("Y002", ERROR, 3, 10),
        ("Y001", ERROR, 4, 23),
        ("Y003", ERROR, 5, 8),
        ("Y011", ERROR, 6, 21),
        ("Y010", ERROR, 7, 20),
        ("Y018", ERROR, 8, 8),
        ("Y006", ERROR, 8, 10),
        ("Y005", ERROR, 9, 7),
    ]
    assert {f.file for f in report.findings} == {"政策.yaml"}
    assert isinstance(node, Mapping)
    assert node.keys() == ("policy", "parties", "terms", "when", "amount", "text", "kind")


def test_refused_characters_do_not_hide_other_errors() -> None:
    _, report = load("a: x\u200b\nb: [1\n")
    assert [code for code, *_ in found(report)] == ["Y019", "Y043"]


def test_messages_name_both_places_and_the_remedy() -> None:
    report: Report
    _, report = load("a: 1\nb: 2\n  \na: 3\n")
    (finding,) = report.findings
    assert "第 1 行" in finding.message("zh")
    assert "line 1" in finding.message("en")
    _, report = load("x: {below:80%}")
    assert "below: 80%" in report.findings[0].hint("zh")
    _, report = load("x: {a: 12,345,678.00 yuan}")
    assert "12345678.00 yuan" in report.findings[0].hint("en")
    _, report = load("x: {en: payment, prepayment and warnings}")
    assert "payment" in report.findings[0].hint("zh")
    _, report = load("x: !!int 3")
    assert "!!int" in report.findings[0].message("en")
