"""A batch that is broken off leaves nothing or whole chunks, and comes to the same bytes as one that never was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))

from smallland import STATES, TABLES, bytes_of, command, environment

from vbprules.batch import writing
from vbprules.cli.main import main
from vbprules.tables.unfinished import steps_left, unfinished, unfinished_folder

CHUNKS = 3
Stop = Callable[[], None]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX locks and signals")


def stop_in_chunk(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """Raise an error when everything of a chunk is written and it does not yet count."""
    keep = writing.keep

    def kept(done: Any, folder: Path) -> None:
        keep(done, folder)
        if done.number == number:
            raise error

    monkeypatch.setattr(writing, "keep", kept)


@pytest.fixture
def whole(policy: Path, tables: Path, place: Path) -> Callable[..., dict[str, bytes]]:
    """What a run that nothing disturbs writes."""

    def run(*more: str) -> dict[str, bytes]:
        out = place / "-".join(("whole", *more))
        if not out.exists():
            assert main(command(policy, tables, out, *more)) == 1  # one institution is not decided
        return bytes_of(out)

    return run


def test_what_is_decided_by_hand(whole: Any) -> None:
    """79 of 100 are below 80%, 80 and 81 are not; nothing bought of a complete list is 0."""
    found = pl.read_parquet(whole()["outcomes.parquet"]).filter(pl.col("provision") == "low")
    assert dict(found.select("institution", "state").iter_rows()) == STATES


@posix
@pytest.mark.parametrize("number", range(1, CHUNKS + 1))
def test_broken_off_in_each_chunk(number, policy, tables, tmp_path, whole, monkeypatch, capsys) -> None:
    wanted = whole()
    out = tmp_path / "out"
    errors = (KeyboardInterrupt(), OSError(28, "No space left on device", "x"), RuntimeError("boom"))
    error = errors[number % 3]
    with monkeypatch.context() as patched:
        stop_in_chunk(patched, number, error)
        if isinstance(error, RuntimeError):
            with pytest.raises(RuntimeError):
                main(command(policy, tables, out))
        else:
            assert main(command(policy, tables, out)) == (130 if isinstance(error, KeyboardInterrupt) else 1)
    told = capsys.readouterr().err
    assert not out.exists() and steps_left(out) == number - 1
    assert unfinished_folder(out).exists() is (number > 1)
    if number > 1 and not isinstance(error, RuntimeError):
        assert f"已完成的 {number - 1} 块留在 {tmp_path / '.out.unfinished'}" in told
    assert main(command(policy, tables, out)) == 1
    told = capsys.readouterr().err
    assert (f"接着上次：已有 {number - 1} 块，共 3 块" in told) is (number > 1)
    assert bytes_of(out) == wanted
    assert not unfinished_folder(out).exists()


@posix
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_broken_off_while_the_results_are_written(form, policy, tables, tmp_path, whole, monkeypatch, capsys) -> None:
    """All chunks are whole; another form may be asked for the next time, since chunks have none."""
    wanted = whole("--format", form)
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        stop_at_the_end(patched)
        assert main(command(policy, tables, out, "--format", "parquet")) == 1
    assert not out.exists() and steps_left(out) == CHUNKS
    assert main(command(policy, tables, out, "--format", form, "--lang", "zh")) == 1
    assert "接着上次：已有 3 块，共 3 块" in capsys.readouterr().err
    assert bytes_of(out) == wanted


_KILLED = """
import os, sys
from vbprules.batch import writing
from vbprules.cli.main import main
keep = writing.keep
def kept(done, folder):
    keep(done, folder)
    if done.number == int(sys.argv[1]):
        os.kill(os.getpid(), int(sys.argv[2]))
writing.keep = kept
sys.exit(main(sys.argv[3:]))
"""


@posix
@pytest.mark.parametrize(("number", "sign"), [(2, signal.SIGKILL), (3, signal.SIGINT)])
def test_a_process_that_is_killed(number, sign, policy, tables, tmp_path, whole, capsys) -> None:
    wanted = whole()
    out = tmp_path / "out"
    listening = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    words = [sys.executable, "-c", _KILLED, str(number), str(int(sign)), *command(policy, tables, out, "--lang", "en")]
    done = subprocess.run(words, capture_output=True, env=environment(), preexec_fn=listening, check=False)
    if sign == signal.SIGKILL:
        assert done.returncode == -signal.SIGKILL
    else:
        assert done.returncode == 130 and b"2 whole chunks wait in" in done.stderr
        assert b"Traceback" not in done.stderr
    assert not out.exists() and steps_left(out) == number - 1
    assert main(command(policy, tables, out, "--lang", "en")) == 1
    assert f"Going on from last time: {number - 1} of 3 chunks are there." in capsys.readouterr().err
    assert bytes_of(out) == wanted


def stop_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk when all chunks are whole."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "receipt_of", full)


def broken_off(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    with monkeypatch.context() as patched:
        stop_at_the_end(patched)
        assert main(words) == 1


@posix
@pytest.mark.parametrize("changed", ["table", "day", "rows", "heading", "reasons"])
def test_anything_else_is_begun_anew(changed, policy, tables, tmp_path, monkeypatch, capsys) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    broken_off(monkeypatch, command(policy, tables, out))
    more: tuple[str, ...] = ()
    if changed == "table":
        (tables / "purchases.csv").write_text(TABLES["purchases"].replace("01,79", "01,80"), "utf-8")
    elif changed == "day":
        more = ("--as-of", "2020-04-16")
    elif changed == "rows":
        more = ("--rows-at-once", "1000")
    elif changed == "reasons":
        more = ("--reasons",)
    else:  # the same bytes of the table, and another meaning of its columns
        (tmp_path / "headings.yaml").write_text('receipts: {amount: "-"}\n', "utf-8")
        more = ("--headings", str(tmp_path / "headings.yaml"))
    capsys.readouterr()
    assert main([*command(policy, tables, out), *more]) == 1
    assert "接着上次" not in capsys.readouterr().err
    assert main([*command(policy, tables, other), *more]) == 1
    assert bytes_of(out) == bytes_of(other)


@posix
@pytest.mark.parametrize("damage", ["cut", "finding", "pickle"])
def test_a_chunk_that_is_not_as_it_was_written_is_decided_again(
    damage, policy, tables, tmp_path, whole, monkeypatch, capsys
) -> None:
    wanted = whole()
    out = tmp_path / "out"
    broken_off(monkeypatch, command(policy, tables, out))
    parts = unfinished_folder(out) / "parts"
    if damage == "cut":
        path = parts / "00002" / "outcomes.parquet"
        path.write_bytes(path.read_bytes()[:-9])
    elif damage == "finding":
        path = parts / "00003" / "counts.json"
        data = json.loads(path.read_text("utf-8"))
        data["rejected"][0][1][0]["code"] = "Z999"
        path.write_text(json.dumps(data), "utf-8")
    else:
        (parts / "00002" / "counts.json").write_bytes(b"\x80\x04cos\nsystem\n.")
    capsys.readouterr()
    assert main(command(policy, tables, out)) == 1
    left = 2 if damage == "finding" else 1
    assert f"接着上次：已有 {left} 块，共 3 块" in capsys.readouterr().err
    assert bytes_of(out) == wanted


def test_strict_leaves_nothing_whenever_it_stops(policy, tables, tmp_path, capsys) -> None:
    """The fourth institution has the row that is wrong."""
    assert main(command(policy, tables, tmp_path / "out", "--strict")) == 1
    assert "purchases.csv:5:4" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_table_that_changes_before_its_digest_is_taken(policy, tables, tmp_path, monkeypatch, capsys) -> None:
    """Or chunks of the old rows would be gone on with under the digest of the new ones."""
    digests = writing.digests_of

    def late(batch: Any) -> Any:
        (tables / "targets.csv").write_text(TABLES["targets"].replace(",100", ",200"), "utf-8")
        return digests(batch)

    monkeypatch.setattr(writing, "digests_of", late)
    assert main(command(policy, tables, tmp_path / "out")) == 1
    assert f"{tables / 'targets.csv'}: 错误 B130" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_table_that_changes_meanwhile(policy, tables, tmp_path, monkeypatch, capsys) -> None:
    keep = writing.keep

    def kept(done: Any, folder: Path) -> None:
        keep(done, folder)
        if done.number == 2:
            (tables / "targets.csv").write_text(TABLES["targets"].replace(",100", ",200"), "utf-8")

    monkeypatch.setattr(writing, "keep", kept)
    assert main(command(policy, tables, tmp_path / "out")) == 1
    assert f"{tables / 'targets.csv'}: 错误 B130 判断的时候，这份表变了" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@posix
def test_two_processes_do_not_write_one_result(policy, tables, tmp_path, capsys) -> None:
    out = tmp_path / "out"
    with unfinished(out, "by somebody else"):
        assert main(command(policy, tables, out)) == 1
        assert f"{out}: 另一个进程正在写这里的结果 another process is writing these results" in capsys.readouterr().err
    assert not unfinished_folder(out).exists()
    assert main(command(policy, tables, out)) == 1
    assert (out / "receipt.json").is_file()


@posix
def test_what_is_not_ours_is_left_alone(policy, tables, tmp_path, capsys) -> None:
    out, beside = tmp_path / "out", tmp_path / ".out.unfinished"
    beside.mkdir()
    (beside / "my notes.txt").write_text("keep", "utf-8")
    assert main(command(policy, tables, out)) == 1
    assert f"{beside}: 不是这个命令留下的" in capsys.readouterr().err
    assert (beside / "my notes.txt").read_text("utf-8") == "keep"
    (beside / "my notes.txt").unlink()
    beside.rmdir()
    beside.symlink_to(tables)
    assert main(command(policy, tables, out)) == 1
    assert sorted(path.name for path in tables.iterdir()) == sorted(f"{name}.csv" for name in TABLES)


@posix
def test_sheets_and_databases_are_gone_on_with_too(policy, tmp_path, monkeypatch, capsys) -> None:
    import sqlite3

    with xlsxwriter.Workbook(tmp_path / "facts.xlsx") as book:
        for name, text in TABLES.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(text.splitlines()):
                sheet.write_row(row, 0, line.split(","))
    with sqlite3.connect(tmp_path / "facts.db") as database:
        for name, text in TABLES.items():
            head, *rows = (line.split(",") for line in text.splitlines())
            database.execute(f"create table {name} ({', '.join(f'{column} text' for column in head)})")
            database.executemany(f"insert into {name} values ({', '.join('?' * len(head))})", rows)
    for place in (str(tmp_path / "facts.xlsx"), f"sqlite:///{tmp_path / 'facts.db'}"):
        out = tmp_path / "out" / place[-4:]
        words = command(policy, Path("x"), out)
        words[2] = place
        broken_off(monkeypatch, words)
        capsys.readouterr()
        assert main(words) == 1
        assert "接着上次：已有 3 块，共 3 块" in capsys.readouterr().err
        found = pl.read_parquet(out / "outcomes.parquet").filter(pl.col("provision") == "low")
        assert dict(found.select("institution", "state").iter_rows()) == STATES
