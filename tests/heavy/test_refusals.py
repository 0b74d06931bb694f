"""What the system refuses ends in words: a full disk, tables that cannot be read, pipes that nobody fills."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from smallland import DAY, ROOT, TABLES, command, environment, process

from vbprules.cli import mutate
from vbprules.cli.main import main
from vbprules.tables.unfinished import steps_left

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX devices")
DOSSIER = """\
institution: {name: 第一医院, kind: hospital}
receipts: {complete: yes, entries: [{id: R1, accepted_on: 2020-02-03, amount: 12.50}]}
payments: none
"""
CASES = """\
policy: POLICY
cases:
  - case: 逾期未付
    as_of: 2020-04-15
    facts:
      institution: {kind: hospital}
      receipts: {complete: yes, entries: [{id: R1, accepted_on: 2020-02-03, amount: 12.50}]}
      payments: none
    expect: {pay@R1: {state: breached_unperformed}}
"""
Small = Callable[[int], Path]


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(DOSSIER, "utf-8")
    return path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Small]:
    """A file system of so many KB; skipped where nothing may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()

    def mounted(size: int) -> Path:
        words = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
        try:
            done = subprocess.run(words, capture_output=True, check=False)
        except OSError:
            done = None
        if done is None or done.returncode:
            pytest.skip("no file system may be mounted here")
        return place

    yield mounted
    subprocess.run(["umount", str(place)], capture_output=True, check=False)


def refused(capsys: pytest.CaptureFixture[str], words: list[str], code: int = 1) -> str:
    """The only line that is said of a command that fails."""
    assert main(words) == code
    return capsys.readouterr().err


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_a_batch_on_a_full_disk_names_it_and_leaves_no_results(form, policy, tables, disk, capsys) -> None:
    out = disk(48) / "out"
    told = refused(capsys, command(policy, tables, out, "--format", form))
    assert "No space left on device" in told and str(out.parent) in told
    assert not out.exists()


def test_room_is_made_and_the_batch_goes_on(policy, tables, disk, capsys) -> None:
    place = disk(400)
    filler, out = place / "filler", place / "out"
    filler.write_bytes(b"x" * 290 * 1024)  # leaves room for some chunks, and not for all
    assert main(command(policy, tables, out, "--rows-at-once", "1")) == 1
    told = capsys.readouterr().err
    assert "No space left on device" in told and not out.exists()
    chunks = steps_left(out)
    assert 1 <= chunks < 5 and f"已完成的 {chunks} 块留在" in told
    filler.unlink()
    assert main(command(policy, tables, out, "--rows-at-once", "1")) == 1
    assert f"接着上次：已有 {chunks} 块，共 5 块" in capsys.readouterr().err
    assert pl.read_parquet(out / "outcomes.parquet").height == 6


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx"])
def test_a_made_province_on_a_full_disk(form, disk, capsys) -> None:
    out = disk(24) / "out"
    words = ["synth", "--institutions", "6", "--drugs", "3", "--from", "2020-01-01", "--to", "2020-03-31"]
    told = refused(capsys, [*words, "--out", str(out), "--format", form])
    assert "No space left on device" in told and str(out) in told
    assert not list(out.parent.iterdir())


def test_a_decision_on_a_full_disk_leaves_the_file_as_it_was(policy, dossier, disk, capsys) -> None:
    out = disk(4) / "decision.json"
    out.write_text("before", "utf-8")
    words = ["evaluate", str(policy), str(dossier), "--as-of", DAY, "--json", "--output", str(out)]
    assert refused(capsys, words) == f"无法读写 cannot read or write {out}: No space left on device\n"
    assert out.read_text("utf-8") == "before"
    assert [path.name for path in out.parent.iterdir()] == ["decision.json"]


def writers(policy: Path, dossier: Path, place: Path, full: Path) -> dict[str, list[str]]:
    """Every command that writes a file, told to write to ``full``."""
    cases = place / "cases.yaml"
    cases.write_text(CASES.replace("POLICY", str(policy)), "utf-8")
    text = place / "text.txt"
    text.write_text("小省药品集中采购实施方案\n一、付款\n30天内付款。\n二、完成\n完成比例低于80％的，约谈。\n", "utf-8")
    case = [str(policy), str(dossier), "--as-of", DAY]
    return {
        "evaluate": ["evaluate", *case, "--output", str(full)],
        "explain": ["explain", str(policy), str(dossier), "pay@R1", "--as-of", DAY, "--output", str(full)],
        "coverage": ["coverage", str(policy), "--cases", str(cases), "--html", str(full)],
        "compare": ["compare", str(policy), "--html", str(full)],
        "workbook": ["compare", str(policy), "--xlsx", str(full)],
        "schema": ["schema", "case", "--output", str(full)],
    }


NAMES = ("evaluate", "explain", "coverage", "compare", "workbook", "schema")


@posix
@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_writes_a_file_tells_of_a_full_disk(name, policy, dossier, tmp_path, capsys) -> None:
    told = refused(capsys, writers(policy, dossier, tmp_path, Path("/dev/full"))[name])
    assert told.endswith("无法读写 cannot read or write /dev/full: No space left on device\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_writes_a_file_writes_it_whole(name, policy, dossier, tmp_path, capsys) -> None:
    """Into a folder that is not there: one line with the path. Over a file: its permissions stay."""
    out = tmp_path / "no" / "such"
    told = refused(capsys, writers(policy, dossier, tmp_path, out)[name])
    assert told.endswith(f"无法读写 cannot read or write {out}: No such file or directory\n")
    there = tmp_path / "there"
    there.write_text("before", "utf-8")
    there.chmod(0o640)
    main(writers(policy, dossier, tmp_path, there)[name])
    assert there.read_bytes() != b"before" and there.stat().st_mode & 0o777 == 0o640
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_a_file_that_cannot_be_put_in_its_normal_form_stays_as_it_was(policy, monkeypatch, capsys) -> None:
    before = policy.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = refused(capsys, ["fmt", str(policy)])
    assert told == f"无法读写 cannot read or write {policy}: No space left on device\n"
    assert policy.read_bytes() == before
    assert not [path for path in policy.parent.iterdir() if path.name.endswith(".new")]


def spoiled(table: Path, how: str) -> None:
    """Put something else in the place of a table."""
    table.unlink()
    if how == "folder":
        table.mkdir()
    elif how == "link":
        table.symlink_to(table.with_name("nothing.csv"))
    elif how == "pipe":
        os.mkfifo(table)
    elif how == "letters":
        table.write_bytes(TABLES["receipts"].encode().replace(b"R1", b"\xff\xfe"))
    elif how == "rows":
        table.write_text(TABLES["receipts"] + "G01,R9,P,2020-02-03,1,2,3,4\n", "utf-8")


@posix
@pytest.mark.parametrize("how", ["folder", "link", "pipe", "letters", "rows"])
def test_a_table_that_cannot_be_read(how, policy, tables, tmp_path, capsys) -> None:
    """A pipe is not waited for. What shows only when the rows are read is a finding about that table all the same."""
    table = tables / "receipts.csv"
    spoiled(table, how)
    try:
        told = refused(capsys, command(policy, tables, tmp_path / "out"))
    finally:
        table.rmdir() if how == "folder" else table.unlink()
    assert f"{table}: 错误 B102 读不了这份表“{table}”" in told
    assert not list(tmp_path.iterdir())


def test_a_parquet_file_with_broken_pages(policy, tables, tmp_path, capsys) -> None:
    rows = pl.DataFrame({"institution": ["G01"] * 5000, "id": [f"R{n}" for n in range(5000)]})
    (tables / "receipts.csv").unlink()
    path = tables / "receipts.parquet"
    rows.write_parquet(path)
    data = bytearray(path.read_bytes())
    data[40:400] = b"\xff" * 360
    path.write_bytes(data)
    try:
        told = refused(capsys, command(policy, tables, tmp_path / "out"))
    finally:
        path.unlink()
    assert f"{path}: 错误 B102" in told and not list(tmp_path.iterdir())


def test_a_table_that_goes_away(policy, tables, tmp_path, monkeypatch, capsys) -> None:
    from vbprules.batch import writing

    digests = writing.digests_of

    def gone(batch):
        found = digests(batch)
        (tables / "receipts.csv").unlink()
        return found

    monkeypatch.setattr(writing, "digests_of", gone)
    assert "错误 B102" in refused(capsys, command(policy, tables, tmp_path / "out"))
    assert not list(tmp_path.iterdir())


@posix
@pytest.mark.parametrize("kind", ["policy", "dossier", "rulings", "headings", "text", "cases", "workbook", "format"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(kind, policy, tables, dossier, tmp_path) -> None:
    pipe = tmp_path / ("pipe.xlsx" if kind == "workbook" else "pipe.yaml")
    os.mkfifo(pipe)
    words = {
        "policy": ["evaluate", str(pipe), str(dossier), "--as-of", DAY],
        "dossier": ["evaluate", str(policy), str(pipe), "--as-of", DAY],
        "rulings": ["evaluate", str(policy), str(dossier), "--as-of", DAY, "--rulings", str(pipe)],
        "headings": command(policy, tables, tmp_path / "out", "--headings", str(pipe)),
        "text": ["new", "--text", str(pipe), "--id", "x"],
        "cases": ["test", str(pipe)],
        "workbook": command(policy, pipe, tmp_path / "out"),
        "format": ["fmt", str(pipe)],
    }[kind]
    done = subprocess.run(process(words), capture_output=True, env=environment(), timeout=60, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode() and "pipe." in done.stderr.decode()


def test_a_worker_of_mutate_that_is_killed(policy, dossier, tmp_path, monkeypatch, capsys) -> None:
    writers(policy, dossier, tmp_path, tmp_path / "x")

    def killed(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(mutate, "survey", killed)
    told = refused(capsys, ["mutate", str(policy), "--cases", str(tmp_path / "cases.yaml"), "--lang", "en"])
    assert "A worker process was killed" in told and "fewer --jobs" in told
