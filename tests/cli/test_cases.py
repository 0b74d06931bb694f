"""``vbprules test``: case files, their failures side by side, and what cannot be run."""

from __future__ import annotations

import pytest

from vbprules.cli.main import main


def test_cases_that_pass(capsys, case_file):
    path = case_file("      pay@R1: {state: breached_unperformed, clause: 一}\n      pay@R2: {state: met}\n")
    assert main(["test", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "1 个案例：1 个相符，0 个不符" in out and err == ""
    assert main(["test", str(path), "--lang", "en", "--no-second-opinion"]) == 0
    assert "1 cases: 1 passed, 0 failed" in capsys.readouterr().out


def test_a_failure_shows_both_sides_line_and_reasons(capsys, case_file):
    path = case_file("      pay@R1: {state: met}\n      pay@R9: {state: due}\n")
    assert main(["test", str(path)]) == 1
    out = capsys.readouterr().out
    lines = path.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "pay@R1" in text)
    assert "逾期未付" in out and f"{path}:3" in out
    assert f"案例.yaml:{line}" in out
    assert "应为 met" in out and "实为 breached_unperformed" in out
    assert "条款  一“30天内付款”" in out and "付清日" in out
    assert "pay@R9" in out and "pay@R3  open" in out
    assert "0 个相符，1 个不符" in out


def test_a_folder_with_chinese_names(capsys, case_file, tmp_path):
    folder = tmp_path / "省" / "案例"
    folder.mkdir(parents=True)
    case_file("      pay@R2: {state: met}\n", folder)
    assert main(["test", str(tmp_path / "省")]) == 0
    assert "1 个文件" in capsys.readouterr().out


def test_cases_are_selected_by_a_word_of_their_name(capsys, case_file):
    path = case_file("      pay@R2: {state: met}\n")
    text = path.read_text("utf-8")
    path.write_text(text + text[text.index("  - case") :].replace("逾期未付", "恰为80%"), "utf-8")
    for words in ("恰为80", "80％", "恰"):
        assert main(["test", str(path), "-k", words]) == 0
        assert "1 个案例：1 个相符，0 个不符，1 个未选" in capsys.readouterr().out
    assert main(["test", str(path), "-k", "80", "--lang", "en"]) == 0
    assert "1 cases: 1 passed, 0 failed, 1 not selected" in capsys.readouterr().out
    assert main(["test", str(path), "-k", "没有这样的"]) == 1
    assert "没有名称含“没有这样的”的案例" in capsys.readouterr().err
    assert main(["test", str(path), "-k", "none", "--lang", "en"]) == 1
    assert 'no case has "none" in its name' in capsys.readouterr().err


def test_files_of_other_tools_in_a_folder_are_passed_over(capsys, case_file, tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    case_file("      pay@R2: {state: met}\n", folder)
    other = folder / "其他.yaml"
    other.write_text("name: ci\njobs: {cases: []}\n", "utf-8")
    assert main(["test", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "1 个文件，1 个案例" in out and f"略过（没有 policy 和 cases，不是案例文件）: {other}" in err
    assert main(["test", str(other)]) == 1  # asked for by name, it is read
    assert "policy" in capsys.readouterr().err


def test_facts_with_errors_are_told_where_they_stand(capsys, case_file):
    path = case_file("      pay@R2: {state: met}\n")
    path.write_text(path.read_text("utf-8").replace("kind: hospital,", "kind: hospitol,"), "utf-8")
    assert main(["test", str(path)]) == 1
    out, err = capsys.readouterr()
    assert f"{path}:6:39: 错误 P106" in err and "hospital" in err and "^^^^^^^^" in err
    assert "1 个文件或文件夹没有可读的案例" in out


def test_every_slip_of_a_file_is_told_before_any_case_runs(capsys, case_file):
    path = case_file("      pay@R2: {stat: met}\n      pya@R2: {state: mett, clause: 九}\n")
    assert main(["test", str(path), "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    codes = [line.split(" error ")[1][:4] for line in err.splitlines() if " error " in line]
    assert codes == ["C102", "C108", "C105", "P110"]
    assert 'Did you mean "state"' in err and 'Did you mean "pay"' in err and 'Did you mean "met"' in err
    assert "0 cases" in out


def test_what_is_no_case_file(capsys, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("policy: x\ncases: [{case: a}]\n", "utf-8")
    assert main(["test", str(bad)]) == 1
    assert f"{bad}:2" in capsys.readouterr().err
    assert main(["test", str(tmp_path / "none.yaml")]) == 1
    assert "Y030" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["test", str(empty)]) == 1
    assert "empty" in capsys.readouterr().err


def test_default_folder(capsys, tmp_path, monkeypatch, case_file):
    monkeypatch.chdir(tmp_path)
    assert main(["test"]) == 1
    assert "tests/cases" in capsys.readouterr().err
    folder = tmp_path / "tests" / "cases"
    folder.mkdir(parents=True)
    case_file("      pay@R2: {state: met}\n", folder)
    assert main(["test"]) == 0


def test_engines_that_disagree(capsys, case_file, monkeypatch):
    from vbprules import EngineDisagreement

    def disagree(*args: object) -> str:
        raise EngineDisagreement("pay/over R1")

    path = case_file("      pay@R2: {state: met}\n")
    monkeypatch.setattr("vbprules.evaluation.second_opinion", disagree)
    assert main(["test", str(path)]) == 3
    assert "pay/over R1" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_progress_only_on_a_terminal(capsys, case_file, monkeypatch, lang):
    path = case_file("      pay@R2: {state: met}\n")
    monkeypatch.setattr("vbprules.cli.output._terminal", lambda stream: True)
    assert main(["test", str(path), "--lang", lang, "--color", "never"]) == 0
    out, err = capsys.readouterr()
    assert "1/1" in err and "\r" in err and "\r" not in out
