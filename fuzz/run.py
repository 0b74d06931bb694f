"""One run of atheris in this process. It goes on after a defect, so that one of them does not hide the others."""

from __future__ import annotations

import hashlib
import random
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris  # type: ignore[import-not-found]

from fuzz.table import TARGETS, Target

FEW = 5  # inputs that are kept of one defect


def main(name: str, found: Path, arguments: list[str]) -> None:
    """Fuzz until the arguments of libFuzzer say that it is enough; defects go to the folder ``found``."""
    target = TARGETS[name]
    with atheris.instrument_imports(include=["vbprules"], enable_loader_override=False):
        one = target.one()
    from fuzz.oracle import Clock

    seen: dict[str, int] = {}

    def guarded(data: bytes) -> None:
        try:
            with Clock():
                one(data)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            _kept(data, error, seen, found)

    mutator = _mutator(target)
    options = {} if mutator is None else {"custom_mutator": mutator}
    atheris.Setup([name, *arguments], guarded, **options)
    atheris.Fuzz()


def _kept(data: bytes, error: BaseException, seen: dict[str, int], found: Path) -> None:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "vbprules" in f.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "fuzz"
    title = f"{type(error).__name__} at {where}"
    seen[title] = seen.get(title, 0) + 1
    if seen[title] > FEW:
        return
    found.mkdir(parents=True, exist_ok=True)
    stem = f"{title.replace(' ', '_').replace(':', '_')}-{hashlib.sha256(data).hexdigest()[:8]}"
    (found / stem).write_bytes(data)
    if seen[title] == 1:
        told = "".join(traceback.format_exception(error)[-6:])
        sys.stderr.write(f"DEFECT {title}\n{told}\n")
        (found / f"{stem}.trace").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


def _mutator(target: Target) -> Callable[[bytes, int, int], bytes] | None:
    if target.kind == "bytes":
        return None
    if target.kind == "tables":
        from fuzz.cells import mutated_tables

        return lambda data, most, seed: (
            mutated_tables(data, most, seed) if seed % 8 else bytes(atheris.Mutate(data, most))
        )
    from fuzz.trees import mutated_text

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        other = mutated_text(data, most, seed) if random.Random(seed).random() < 0.8 else None
        return bytes(atheris.Mutate(data, most)) if other is None else other

    return mutated


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
