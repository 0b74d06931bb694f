"""The law of unfinished work: however often it is broken off, what comes of it is what comes of it undisturbed."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from smallland import bytes_of

from vbprules.tables.unfinished import steps_left, unfinished, unfinished_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX locks")
STEPS = 4


class Stop(BaseException):
    """The end of a process, as far as files can tell."""


def run(target: Path, made_from: str, stop: int | None, half: bool) -> int:
    """Do what is left of four steps and the results; stop in a step (5: in the results), half written or before it
    counts. The number of steps that were there."""

    def step(number: int, folder: Path) -> None:
        if number == stop and half:
            (folder / "a").write_text("half", "utf-8")
            raise Stop
        (folder / "a").write_text(f"{made_from} {number}", "utf-8")
        if number == stop:
            raise Stop

    def results(folder: Path) -> None:
        found = [(path / "a").read_text("utf-8") for path in work.steps()]
        (folder / "all").write_text("\n".join(found), "utf-8")
        if stop == STEPS + 1:
            raise Stop

    with unfinished(target, made_from) as work:
        there = len(work.steps())
        for number in range(there + 1, STEPS + 1):
            work.keep(number, lambda folder, number=number: step(number, folder))
        work.finish(results)
    return there


STOPS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, STEPS + 1), st.booleans()), max_size=6)


@settings(max_examples=60, deadline=None)
@given(STOPS)
def test_however_often_it_is_broken_off(stops: list[tuple[str, int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        target = Path(place) / "out"
        whole: dict[str, int] = {"A": 0, "B": 0}
        for made_from, stop, half in stops:
            other = "B" if made_from == "A" else "A"
            if stop <= whole[made_from]:
                continue  # that step is there and is not done again
            with pytest.raises(Stop):
                run(target, made_from, stop, half)
            whole[made_from], whole[other] = stop - 1, 0
            assert not target.exists()
            assert steps_left(target) == stop - 1
            assert unfinished_folder(target).exists() is (stop > 1)
        assert run(target, "A", None, False) == whole["A"]
        assert bytes_of(target) == {"all": b"A 1\nA 2\nA 3\nA 4"}
        assert [path.name for path in Path(place).iterdir()] == ["out"]


def test_what_a_killed_process_leaves_half_written_does_not_count(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(Stop):
        run(target, "A", 3, False)
    parts = unfinished_folder(target) / "parts"
    assert (parts / "00003.new" / "a").is_file()
    (parts.parent / "whole").mkdir()
    (parts.parent / "whole" / "all").write_text("half", "utf-8")
    (parts.parent / "made_from.json.new").write_text("half", "utf-8")
    assert run(target, "A", None, False) == 2
    assert bytes_of(target) == {"all": b"A 1\nA 2\nA 3\nA 4"}


def test_results_are_never_put_over_others(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(OSError), unfinished(target, "A") as work:
        target.mkdir()
        (target / "theirs").write_text("1", "utf-8")
        work.finish(lambda folder: None)
    assert bytes_of(target) == {"theirs": b"1"}
    with pytest.raises(FileExistsError, match="不覆盖"), unfinished(target, "A"):
        pass


def test_without_a_digest_nothing_is_gone_on_with(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with pytest.raises(Stop), unfinished(target, None) as work:
        work.keep(1, lambda folder: None)
        assert work.folder != unfinished_folder(target)
        raise Stop
    assert list(tmp_path.iterdir()) == []
