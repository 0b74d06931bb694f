"""The server as an editor drives it: a process of its own, over its standard streams."""

from __future__ import annotations

import builtins
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from both_surfaces import CHINESE, ENGLISH
from language_server import ROOT, Server

import vbprules
from vbprules.cli.main import main

pytest.importorskip("pygls")
Range = tuple[tuple[int, int], tuple[int, int]]


def at(text: str, before: str, word: str) -> tuple[int, int]:
    """Where a word stands as the protocol counts: from 0, in units of UTF-16."""
    start = text.index(word, text.index(before))
    line = text.count("\n", 0, start)
    return line, len(text[text.rfind("\n", 0, start) + 1 : start].encode("utf-16-le")) // 2


def range_of(found: dict[str, Any]) -> Range:
    start, end = found["start"], found["end"]
    return (start["line"], start["character"]), (end["line"], end["character"])


def stretch(text: str, before: str, word: str) -> Range:
    line, column = at(text, before, word)
    return (line, column), (line, column + len(word.encode("utf-16-le")) // 2)


def change(server: Server, uri: str, text: str, version: int) -> None:
    server.diagnostics.pop(uri, None)
    server.versions[uri] = version
    document = {"uri": uri, "version": version}
    server.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})


def save(server: Server, uri: str) -> None:
    server.diagnostics.pop(uri, None)
    server.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def codes(server: Server, uri: str) -> list[str]:
    return [finding["code"] for finding in server.findings(uri)]


def until(server: Server, uri: str, code: str) -> list[str]:
    """What is said once that is among it: what conditions can be together comes later."""
    end = time.monotonic() + 60
    while code not in (found := codes(server, uri)):
        assert time.monotonic() < end, found
        server.diagnostics.pop(uri)
    return found


def test_a_policy_without_slips_has_no_findings_and_the_server_stops_when_asked(file: Path) -> None:
    server = Server([sys.executable, "-m", "vbprules.cli", "lsp", "--stdio"], ROOT, {})
    try:
        uri = server.open(file, ENGLISH)
        assert server.findings(uri) == []
        assert server.request("shutdown", None) is None
        server.notify("exit", None)
        assert server._process.wait(20) == 0
    finally:
        server.stop()


def test_a_finding_its_place_its_words_and_its_page(server: Server, file: Path) -> None:
    text = ENGLISH.replace("{below: 80%}", "{below: 70%}").replace("title: 某省", "title: 𠮷𠮷省")
    uri = server.open(file, text)
    found = next(item for item in server.findings(uri) if item["code"] == "F101")
    assert (found["code"], found["severity"], found["source"]) == ("F101", 1, "vbprules")
    assert range_of(found["range"]) == stretch(text, "{below: 70%", "70%")
    assert found["message"].startswith("短语写的是“80%”，规定写的是“70%”")
    page = (ROOT / "docs" / "findings" / "fidelity.md").as_uri()
    if Path(vbprules.__file__).is_relative_to(ROOT):  # only a checkout has the pages beside it
        assert found["codeDescription"]["href"] == f"{page}#f101-figure_value_differs"
    else:
        assert "codeDescription" not in found


def test_places_count_units_of_utf_16(server: Server, file: Path) -> None:
    line = "  low: {sanction: 𠮷𠮷约谈, en: Interview, cite: 二(三)“低于80%的予以约谈”, by: insurance_agency, once: yes, silent: [from], when: {judge: seriuos}}\n"
    text = ENGLISH + line
    uri = server.open(file, text)
    (found,) = server.findings(uri)
    assert range_of(found["range"]) == stretch(text, "  low:", "seriuos")
    told = server.at("hover", uri, *at(text, "  low:", "insurance_agency"))
    assert told["contents"]["value"].startswith("**医保经办机构**")
    assert range_of(told["range"]) == stretch(text, "  low:", "insurance_agency")


def test_a_client_may_ask_for_columns_in_bytes(file: Path) -> None:
    can = {"general": {"positionEncodings": ["utf-8", "utf-16"]}}
    server = Server([sys.executable, "-m", "vbprules.cli", "lsp"], ROOT, {}, can)
    try:
        text = ENGLISH.replace("{below: 80%}", "{below: 70%}")
        line = text[: text.index("{below: 70%}") + len("{below: ")].rpartition("\n")[2]
        found = next(item for item in server.findings(server.open(file, text)) if item["code"] == "F101")
        assert found["range"]["start"]["character"] == len(line.encode())
        assert found["range"]["end"]["character"] == len(line.encode()) + len("70%")
    finally:
        server.stop()


def test_a_slip_mended_is_said_no_more(server: Server, file: Path) -> None:
    wrong = ENGLISH.replace("judge: serious}, cite", "judge: seriuos}, cite")
    uri = server.open(file, wrong)
    assert codes(server, uri) == ["P119"]
    change(server, uri, ENGLISH, 2)
    assert codes(server, uri) == []


def test_hover_in_the_language_asked_for(file: Path) -> None:
    server = Server(
        [sys.executable, "-m", "vbprules.cli", "lsp", "--lang", "en", "--pages", "https://site.example/f/"], ROOT, {}
    )
    try:
        text = CHINESE.replace("{低于: 80%}", "{低于: 70%}")
        uri = server.open(file, text)
        told = server.at("hover", uri, *at(text, "{completion: {低于", "completion"))
        assert told["contents"]["value"].startswith("**completion** · 完成比例\n\nquantity `completion`")
        found = next(item for item in server.findings(uri) if item["code"] == "F101")
        assert found["message"].startswith("the phrase")
        assert found["codeDescription"]["href"] == "https://site.example/f/fidelity.html#f101-figure_value_differs"
    finally:
        server.stop()


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_definitions_and_references(server: Server, text: str, file: Path) -> None:
    uri = server.open(file, text)
    late = server.at("definition", uri, *at(text, "grace_end:", "late_warning"))
    assert (late["uri"], range_of(late["range"])) == (uri, stretch(text, "\n  late_warning:", "late_warning"))
    clause = server.at("definition", uri, *at(text, "二(二)“不低于", "二(二)"))
    ledger = "clauses:" if text is ENGLISH else "条款目录:"
    assert range_of(clause["range"]) == stretch(text, ledger, "二(二)")
    line, character = at(text, ledger, "（二）预付")
    asked = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
    found = server.request("textDocument/references", {**asked, "context": {"includeDeclaration": False}})
    assert [range_of(item["range"]) for item in found] == [
        stretch(text, "二(二)“减轻", "二(二)“减轻医疗机构资金压力”"),
        stretch(text, "二(二)“不低于", "二(二)“不低于合同金额的30%”"),
        stretch(text, "二(二)“按药款", "二(二)“按药款支付办法执行”"),
    ]
    declared = server.request("textDocument/references", {**asked, "context": {"includeDeclaration": True}})
    assert range_of(declared[0]["range"]) == stretch(text, ledger, "二(二)") and declared[1:] == found
    assert server.at("definition", uri, 0, 0) is None


def test_the_outline(server: Server, file: Path) -> None:
    uri = server.open(file, CHINESE)
    found = server.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert found[-1]["name"] == "规定"
    pay = found[-1]["children"][0]
    assert (pay["name"], pay["detail"]) == ("pay_supplier 𠮷祥按期支付货款", "义务 二(一)")
    assert range_of(pay["selectionRange"]) == stretch(CHINESE, "\n  pay_supplier", "pay_supplier")


def test_what_can_only_be_one_thing_can_be_mended(server: Server, file: Path) -> None:
    wrong = ENGLISH.replace("preferred: next", "prefered: next")
    uri = server.open(file, wrong)
    (found,) = server.findings(uri)
    asked = {"textDocument": {"uri": uri}, "range": found["range"], "context": {"diagnostics": [found]}}
    (action,) = server.request("textDocument/codeAction", asked)
    (edit,) = action["edit"]["changes"][uri]
    assert (action["kind"], action["title"]) == ("quickfix", "P101 改为 preferred")
    assert (range_of(edit["range"]), edit["newText"]) == (stretch(wrong, "prefered", "prefered"), "preferred")
    nowhere = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
    assert server.request("textDocument/codeAction", {**asked, "range": nowhere}) == []


def test_what_conditions_can_be_together_is_said_when_a_file_is_opened_or_saved(server: Server, file: Path) -> None:
    text = ENGLISH.replace("{below: 80%}", "{below: 80%, above: 90%}")
    uri = server.open(file, text)
    first = until(server, uri, "L104")
    change(server, uri, "# 注\n" + text, 2)
    assert codes(server, uri) == first  # on a line that is the same
    change(server, uri, text.replace("above: 90%", "above: 91%"), 3)
    assert "L104" not in codes(server, uri)
    save(server, uri)
    assert until(server, uri, "L104") == first


def test_a_broken_file_is_told_and_the_rest_of_it_answered(server: Server, file: Path) -> None:
    uri = server.open(file, ENGLISH)
    assert server.findings(uri) == []
    broken = ENGLISH.replace("completion: {label", "completion: {{label")
    change(server, uri, broken, 2)
    assert server.findings(uri)[0]["severity"] == 1
    told = server.at("hover", uri, *at(broken, "overdue: pay_supplier", "pay_supplier"))
    assert told["contents"]["value"].startswith("**𠮷祥按期支付货款**")
    line, column = at(broken, "completion: {{", "purchased")
    assert server.at("hover", uri, line, column) is None
    names = [symbol["name"] for symbol in server.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})]
    assert names[-1] == "provisions"
    change(server, uri, ENGLISH, 3)
    assert server.findings(uri) == []


@pytest.mark.parametrize(
    "text", ["language: 1\n" + "x: {" * 5000, "language: 1\n" + "字" * 1_500_000, "language: 1\n\x00"]
)
def test_no_text_stops_the_server(server: Server, text: str, file: Path) -> None:
    uri = server.open(file, text)
    assert server.findings(uri)
    assert server.at("hover", uri, 0, 3) is None
    change(server, uri, ENGLISH, 2)
    assert server.findings(uri) == []


def test_questions_are_answered_while_a_check_runs(server: Server) -> None:
    path = ROOT / "policies" / "guizhou_2019.yaml"
    text = path.read_text("utf-8")
    uri = server.open(path, text)
    place = at(text, "sanctioned_by: [late_warning", "late_warning")
    assert server.at("hover", uri, *place)["contents"]["value"].startswith("**逾期不回款预警**")
    start = time.monotonic()
    save(server, uri)
    for number in range(10):
        change(server, uri, "# 注\n" * (number + 1) + text, number + 2)
    told = server.at("hover", uri, place[0] + 10, place[1])
    assert told["contents"]["value"].startswith("**逾期不回款预警**")
    assert time.monotonic() - start < 10
    assert server.findings(uri) == []


def test_other_files_are_left_alone(server: Server) -> None:
    path = ROOT / "tests" / "cases" / "guizhou_2019.yaml"
    uri = server.open(path, path.read_text("utf-8"))
    assert server.findings(uri) == []
    assert server.at("hover", uri, 1, 1) is None
    assert server.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}}) == []


def test_a_closed_file_has_no_findings(server: Server, file: Path) -> None:
    uri = server.open(file, ENGLISH.replace("{below: 80%}", "{below: 70%}"))
    assert "F101" in codes(server, uri)
    server.diagnostics.pop(uri)
    server.close_all()
    assert server.findings(uri) == []
    assert server.at("hover", uri, 0, 0) is None


def test_an_editor_that_goes_without_a_word_leaves_no_server_behind() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vbprules.cli", "lsp"], input=b"", capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "编辑器的语言服务器要另装 pygls"), ("en", "the language server for editors needs pygls")]
)
def test_without_pygls_it_says_what_to_install(
    lang: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] in ("pygls", "lsprotocol"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args, **kwargs)

    for name in [name for name in sys.modules if name.startswith(("vbprules.serving", "pygls", "lsprotocol"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", missing)
    assert main(["lsp", "--lang", lang]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "pip install 'vbprules[lsp]'" in told.err


def test_the_library_itself_does_not_need_pygls() -> None:
    code = "import sys, vbprules.cli.check, vbprules.cli.parser; print(any(n.startswith('pygls') for n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=Path.cwd())
    assert done.stdout == "False\n"
