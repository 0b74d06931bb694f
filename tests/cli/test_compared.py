"""``vbprules diff`` and ``vbprules compare``: what they print, files, exit codes, slips."""

from __future__ import annotations

import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from vbprules.cli.main import main


def told(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 0) -> str:
    assert main([str(arg) for arg in args]) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_diff_tells_figure_address_and_witness(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, policy: Path
) -> None:
    second = tmp_path / "b.yaml"
    text = policy.read_text("utf-8")
    assert "count: 30 days" in text
    second.write_text(text.replace("count: 30 days", "count: 45 days"), "utf-8")
    assert told(capsys, "diff", policy, policy, "--exit-code").splitlines()[-1] == "没有不同。"
    out = told(capsys, "diff", policy, second, "--exit-code", code=1)
    assert "  A  30 days" in out.splitlines()
    assert "  B  45 days" in out.splitlines()
    assert "◆ 见证：判断日" in out
    data = json.loads(told(capsys, "diff", policy, second, "--json"))
    assert [item["kind"] for item in data["differences"]] == ["figure"]
    assert data["differences"][0]["witness"]["dossier"]
    assert "# What differs in law" in told(capsys, "diff", policy, second, "--markdown", "--lang", "en")
    assert "witness" not in told(capsys, "diff", policy, second, "--no-witness", "--lang", "en")


def test_diff_of_two_regions_stands_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "diff", "hechuan_2025", "chongqing_2019", "--no-witness")
    assert "两份文件并列；同一事项不等于同一规定" in out


def test_compare_answers_one_question(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "compare", "guizhou_2019", "xian_2019", "--about", "暂停结算")
    assert "· 西安市  —" in out.splitlines()
    assert "季度完成比例低于 70%" in out
    assert "五(三)" in out
    table = told(capsys, "compare", "guizhou_2019", "xian_2019", "--about", "暂停结算", "--markdown")
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert {row.count(" | ") for row in rows} == {2}
    data = json.loads(told(capsys, "compare", "guizhou_2019", "xian_2019", "--about", "暂停结算", "--json"))
    assert data["rows"][0]["cells"]["xian_2019"] == []
    assert data["rows"][0]["cells"]["guizhou_2019"][0]["id"] == "below_70.settlement"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(tmp_path: Path, policy: Path) -> Path:
    """A policy whose region is markup and begins like a formula."""
    path = tmp_path / "hostile.yaml"
    text = policy.read_text("utf-8").replace("region: 测试省", "region: '=1+1<script>alert(1)</script>'")
    assert "=1+1" in text
    path.write_text(text, "utf-8")
    return path


def test_html_stands_alone_and_is_escaped(capsys: pytest.CaptureFixture[str], tmp_path: Path, policy: Path) -> None:
    file = tmp_path / "out.html"
    told(capsys, "compare", hostile(tmp_path, policy), "--html", file)
    page = _Tags()
    page.feed(file.read_text("utf-8"))
    assert "=1+1<script>alert(1)</script>" in page.text
    assert not page.names & {"script", "link", "img", "iframe"}


def test_excel_cells_are_never_formulas(capsys: pytest.CaptureFixture[str], tmp_path: Path, policy: Path) -> None:
    pytest.importorskip("xlsxwriter")
    file = tmp_path / "out.xlsx"
    told(capsys, "compare", hostile(tmp_path, policy), "--xlsx", file)
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in strings


def test_nothing_about_a_question_is_said_with_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "guizhou_2019", "--about", "zeppelin"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "M101" in err
    assert "Traceback" not in err
