"""The corpus read again, one file after another: quick, the same every time, and without atheris."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fuzz.oracle import Clock
from fuzz.samples import CORPUS
from fuzz.table import TARGETS


def seeds(name: str) -> list[Path]:
    """The seeds of a target, in order."""
    return sorted(path for path in (CORPUS / name).iterdir() if path.is_file())


def replayed(name: str, files: Iterable[Path] = ()) -> Iterator[Path]:
    """Read seeds, or the files named; each is given when it is done. Raises what a target raises."""
    one = TARGETS[name].one()
    for path in list(files) or seeds(name):
        with Clock():
            one(path.read_bytes())
        yield path
