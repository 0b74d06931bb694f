"""vbprules new: a skeleton from a text, never over a file, with what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbprules.cli.main import main

TEXT = "合医保发〔2021〕7号\n一、回款\n医疗机构应在30天内付款。\n二、考核\n完成比例低于80％的，约谈。\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "heyang.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_skeleton_is_written_and_counted(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "heyang_2021.yaml"
    assert (
        main(["new", "--text", str(source), "--id", "heyang_2021", "--region", "合阳市", "--output", str(target)]) == 0
    )
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"条款 3 条，待确认语句 3 处，其中有数的 2 处。下一步：vbprules check {target}\n"
    written = target.read_text("utf-8")
    assert "policy: heyang_2021\n" in written and "  region: 合阳市\n" in written
    assert "    # 待确认 一“医疗机构应在30天内付款”  数：30天（不超过）  词：应、付款\n" in written
    assert main(["check", str(target)]) == 1
    checked = capsys.readouterr().out
    assert checked.count("N101") == 5 and checked.count("P113") == 3
    assert "“issued”还没有确认" in checked
    assert "错误 8 处" in checked


def test_to_standard_output_in_english(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--text", str(source), "--id", "heyang_2021", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# 由 vbprules new 生成的骨架")
    assert err == "3 clauses, 3 passages to confirm, 2 of them with figures\n"


def test_a_file_is_never_overwritten(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "there.yaml"
    target.write_text("mine", "utf-8")
    assert main(["new", "--text", str(source), "--id", "a", "--output", str(target)]) == 1
    assert target.read_text("utf-8") == "mine"
    assert "N104" in capsys.readouterr().err


def test_texts_from_which_nothing_can_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("没有条款号的一段话。\n", "utf-8")
    assert main(["new", "--text", str(path), "--id", "a"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "N102" in err and "没有找到条款号" in err
    path.write_bytes("一、回款".encode("gb18030"))
    assert main(["new", "--text", str(path), "--id", "a"]) == 1
    assert "N103" in capsys.readouterr().err
    assert main(["new", "--text", str(tmp_path / "none.txt"), "--id", "a"]) == 1
    assert "cannot read" in capsys.readouterr().err


def test_an_id_must_be_one(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--text", str(source), "--id", "合阳"]) == 2
    assert "小写字母、数字、下划线" in capsys.readouterr().err


def test_the_schema_is_named_from_where_the_file_lies(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "src" / "vbprules" / "schemas" / "__init__.py"
    monkeypatch.setattr("vbprules.schemas.__file__", str(home))
    target = tmp_path / "policies" / "new_2026.yaml"
    target.parent.mkdir()
    assert main(["new", "--text", str(source), "--id", "new_2026", "--output", str(target)]) == 0
    first = target.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../src/vbprules/schemas/policy.schema.json"
