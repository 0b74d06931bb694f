"""The tree and its marks; files; bytes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reading_helpers import found, load, plain

from vbprules.diagnostics import Report
from vbprules.reading import Limits, Mapping, Mark, Scalar, Sequence, Source, read_file

TEXT = """\
policy: 贵州
parties:
  health: {label: 卫生健康, en: "Health"}
list:
  - a
  - 'b c'
empty:
"""


def test_marks() -> None:
    node, report = load(TEXT)
    assert not report.findings
    assert isinstance(node, Mapping)
    assert node.mark == Mark(1, 1, 7, 7)
    assert node.get("policy") == Scalar("贵州", Mark(1, 9, 1, 11), False)
    assert node.key("parties") == Scalar("parties", Mark(2, 1, 2, 8), False)
    parties = node.get("parties")
    assert isinstance(parties, Mapping)
    assert parties.mark == Mark(3, 3, 3, 38)
    health = parties.get("health")
    assert isinstance(health, Mapping)
    assert health.mark == Mark(3, 11, 3, 38)
    assert health.get("en") == Scalar("Health", Mark(3, 29, 3, 37), True)
    items = node.get("list")
    assert isinstance(items, Sequence)
    assert items.mark == Mark(5, 3, 6, 10)
    assert items.items[1] == Scalar("b c", Mark(6, 5, 6, 10), True)
    assert node.get("empty") == Scalar("", Mark(7, 6, 7, 7), False)


def test_mapping_access() -> None:
    node, _ = load(TEXT)
    assert isinstance(node, Mapping)
    assert node.get("nothing") is None
    assert node.key("nothing") is None
    assert node.keys() == ("policy", "parties", "list", "empty")
    assert hash(node) == hash(load(TEXT)[0])


def test_columns_count_characters() -> None:
    node, _ = load("{甲乙: 丙, 𠮷: x}")
    assert isinstance(node, Mapping)
    key = node.key("𠮷")
    assert key is not None
    assert key.mark == Mark(1, 9, 1, 10)


def test_block_scalars_count_as_quoted() -> None:
    node, _ = load("a: |\n  x\n")
    assert isinstance(node, Mapping)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert value.quoted


def test_source_lines() -> None:
    source = Source("f", "a\r\nb\rc\n\nd\u2028e")
    assert [source.line(n) for n in range(7)] == ["", "a", "b", "c", "", "d\u2028e", ""]
    assert Source("f", "").line(1) == ""
    assert source.position(3) == (2, 1)
    assert source.offset(2, 1) == 3


@pytest.mark.parametrize(
    ("data", "byte", "offset", "line", "column", "guess"),
    [
        ("policy: a\ntitle: 关于".encode("gbk"), "B9", 18, 2, 8, "GBK"),
        (b"a: \xff\n", "FF", 4, 1, 4, ""),
        ("a: b".encode("utf-16"), "FF", 1, 1, 1, "UTF-16"),
        ("关".encode()[:2], "E5", 1, 1, 1, ""),
    ],
)
def test_not_utf8(data: bytes, byte: str, offset: int, line: int, column: int, guess: str) -> None:
    node, report = load(data)
    assert node is None
    assert found(report) == [("Y015", "error", line, column)]
    message = report.findings[0].message("zh")
    assert f"第 {offset} 个字节" in message
    assert byte in message
    assert guess in message
    assert "UTF-8" in report.findings[0].hint("zh")
    assert "GBK" in report.findings[0].hint("en")


def test_bytes_with_bom() -> None:
    node, report = load(b"\xef\xbb\xbfa: b")
    assert not report.findings
    assert plain(node) == {"a": "b"}


def test_limits() -> None:
    small = Limits(bytes=100, depth=3, nodes=6, scalar=10, key=5)
    for text, code in [
        ("a: " + "x" * 100, "Y021"),
        ("a: " + "关" * 40, "Y021"),
        ("[[[[1]]]]", "Y022"),
        ("[1, 2, 3, 4, 5, 6]", "Y023"),
    ]:
        node, report = load(text, small)
        assert node is None
        assert [f[0] for f in found(report)] == [code]
    node, report = load("a: " + "x" * 11, small)
    assert plain(node) == {"a": "x" * 10}
    assert found(report) == [("Y024", "error", 1, 4)]
    node, report = load("b: 1\nabcdef: 2\n", small)
    assert plain(node) == {"b": "1"}
    assert found(report) == [("Y025", "error", 2, 1)]
    assert load("[[[1]]]", small)[1].findings == []


def test_read_file(tmp_path: Path) -> None:
    path = tmp_path / "政策.yaml"
    path.write_text("a: 1\na: 2\n", encoding="utf-8")
    report = Report()
    assert plain(read_file(path, report)) == {"a": "1"}
    assert report.findings[0].file == str(path)
    assert report.findings[0].excerpt == "a: 2"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    big.write_bytes(b"x" * 101)
    fifo = tmp_path / "fifo"
    cases = [(tmp_path, "Y032"), (tmp_path / "no.yaml", "Y030"), (big / "x", "Y030"), (big, "Y021")]
    cases += [(Path("a\0b"), "Y031"), (tmp_path / ("n" * 5000), "Y031")]
    if hasattr(os, "mkfifo"):
        os.mkfifo(fifo)
        cases.append((fifo, "Y032"))
    if os.path.exists("/dev/zero"):
        cases.append((Path("/dev/zero"), "Y032"))
    for path, code in cases:
        report = Report()
        assert read_file(path, report, Limits(bytes=100)) is None
        assert [f[0] for f in found(report)] == [code]
        assert report.findings[0].message("zh")


def test_the_source_is_current_after_reading() -> None:
    _, report = load("a: 甲\nb: 乙\n", name="one.yaml")
    report.error("missing_key", Mark(2, 4, 2, 5), key="c", where="top")
    (finding,) = report.findings
    assert (finding.file, finding.excerpt) == ("one.yaml", "b: 乙")
