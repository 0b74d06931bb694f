"""vbprules synth: tables in a folder, whole or not at all, with what went wrong told at its place."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from vbprules.cli.main import main
from vbprules.synth import writing

SMALL = ("--institutions", "12", "--drugs", "3", "--seed", "4")


def synth(folder: Path, *args: str) -> int:
    return main(["synth", "--out", str(folder), *SMALL, *args])


def test_a_province_and_what_is_told_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "溪山省"
    assert synth(folder) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    note = json.loads((folder / "made.json").read_text("utf-8"))
    total = sum(note["rows"].values())
    assert lines[0] == f"虚构的一省，种子 4，{total} 行：{folder}"
    assert lines[2].split() == ["表", "名称", "行数"]
    assert lines[3].split() == ["institutions", "机构", "12"]
    assert [line.split()[0] for line in lines[3:]] == list(note["rows"])
    for name, rows in note["rows"].items():
        assert pl.read_parquet(folder / f"{name}.parquet").height == rows
    assert (note["seed"], note["institutions"], note["drugs"], note["gaps"]) == (4, 12, 3, "1/50")
    assert (note["from"], note["to"], note["policy"]) == ("2020-01-01", "2020-12-31", None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["溪山省"]
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", *[".parquet"] * len(note["rows"])]


def test_json_and_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path / "a", "--json", "--gaps", "0") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["folder"], told["seed"], told["rows"]["institutions"]) == (str(tmp_path / "a"), 4, 12)
    assert synth(tmp_path / "b", "--lang", "en") == 0
    assert capsys.readouterr().out.startswith("a made province, seed 4, ")


def test_every_form_holds_the_same_cells(tmp_path: Path) -> None:
    assert all(
        synth(tmp_path / form, "--format", form, "--policy", "guizhou_2019") == 0 for form in ("csv", "parquet", "xlsx")
    )
    sheets = pl.read_excel(
        tmp_path / "xlsx" / "province.xlsx", sheet_id=0, infer_schema_length=0, drop_empty_rows=False
    )
    names = [path.stem for path in (tmp_path / "parquet").glob("*.parquet")]
    assert sorted(sheets) == sorted(names) and len(names) == 20
    for name in names:
        native = pl.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        texts = native.select(pl.all().cast(pl.String))
        written = pl.read_csv(tmp_path / "csv" / f"{name}.csv", infer_schema=False)
        assert written.equals(texts), name
        if native.height:
            words = texts.with_columns(
                pl.col(c).replace({"true": "yes", "false": "no"}) for c, k in native.schema.items() if k == pl.Boolean
            )
            assert sheets[name].select(pl.all().cast(pl.String)).equals(words), name


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("1", "utf-8")
    assert synth(tmp_path) == 1
    assert f"B133 文件夹已有内容，没有覆盖：{tmp_path}" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert synth(empty) == 0
    assert (empty / "receipts.parquet").is_file()


def test_nothing_is_left_of_what_was_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_note", full)
    assert synth(tmp_path / "a") == 1
    assert capsys.readouterr().err == f"无法读写 cannot read or write {tmp_path / 'a'}: No space left on device\n"
    assert list(tmp_path.iterdir()) == []


def test_days_within_which_no_quarter_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path / "a", "--from", "2020-01-02", "--to", "2020-03-31", "--lang", "en") == 1
    assert "--from: error B132 no quarter begins from 2020-01-02 to 2020-03-31" in capsys.readouterr().err
    assert synth(tmp_path / "a", "--from", "2020-02-30") == 1
    assert synth(tmp_path / "a", "--from", "2020-12-31", "--to", "2020-01-01") == 1
    assert synth(tmp_path / "a", "--from", "2200-10-01", "--to", "2200-12-31") == 0


def test_a_list_that_no_sheet_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(writing, "SHEET_ROWS", 11)
    assert synth(tmp_path / "a", "--format", "xlsx") == 1
    assert "B134 “products”超过 11 行，一张工作表放不下" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without(name: str) -> Any:
        raise ImportError(name)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "import_module", without)
        assert synth(tmp_path / "a", "--format", "xlsx") == 1
    assert "B135 写 Excel 文件还要装 xlsxwriter" in capsys.readouterr().err
    for name in [name for name in sys.modules if name == "polars" or name.startswith("vbprules.synth")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "polars", None)
    assert synth(tmp_path / "a") == 1
    err = capsys.readouterr().err
    assert "B131 造表要另装 polars" in err and "pip install 'vbprules[tables]'" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--institutions", "0"), "应为 1 到 1000000 的整数"),
        (("--drugs", "many"), "应为 1 到 2000 的整数"),
        (("--seed", "-1"), "--seed"),
        (("--gaps", "2"), "应为 0 到 1 的小数"),
        (("--format", "ods"), "不在可选之列"),
    ],
)
def test_usage(tmp_path: Path, args: tuple[str, str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path / "a", *args) == 2
    assert told in capsys.readouterr().err


def test_an_unknown_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert synth(tmp_path / "a", "--policy", "guizou_2019") == 1
    assert "guizhou_2019" in capsys.readouterr().err
