"""The property tests on fresh random examples, in rounds until so many are tried.

Every round has a seed of its own, which is printed; ``VBPRULES_EXAMPLES=N pytest --hypothesis-seed=SEED`` repeats it.
Stops at the first round with a failure. What was tried is written to ``build/nightly.json``. 每轮一个种子；有失败就停。
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DONE = ROOT / "build" / "nightly.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every round passed, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python tools/nightly.py", description=__doc__)
    parser.add_argument("--examples", type=int, default=1_000_000, help="of all tests together (default a million)")
    parser.add_argument("--each", type=int, default=200, help="examples of a test in a round (default 200)")
    parser.add_argument("--minutes", type=float, help="no round begins after so many minutes")
    parser.add_argument("--seed", type=int, help="of the first round; the next ones count on from it")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("paths", nargs="*", help="test files (default: all with properties)")
    given = parser.parse_args(arguments)
    tests = properties(given.paths or _files())
    seed = secrets.randbelow(2**32) if given.seed is None else given.seed
    tried, start, rounds = 0, time.monotonic(), []
    print(f"{len(tests)} 条性质 properties")
    while tests and tried < given.examples:
        minutes = (time.monotonic() - start) / 60
        if given.minutes is not None and minutes >= given.minutes:
            break
        each = max(1, min(given.each, -(-(given.examples - tried) // len(tests))))
        passed = _round(tests, each, seed, given.jobs)
        tried += each * len(tests)
        rounds.append({"seed": seed, "each": each, "passed": passed})
        print(
            f"种子 seed {seed}: {tried:,} / {given.examples:,}, {(time.monotonic() - start) / 60:.1f} min", flush=True
        )
        DONE.parent.mkdir(exist_ok=True)
        DONE.write_text(json.dumps({"properties": len(tests), "examples": tried, "rounds": rounds}, indent=1) + "\n")
        if not passed:
            return 1
        seed += 1
    return 0


class _Collected:
    def __init__(self) -> None:
        self.found: list[str] = []

    def pytest_collection_finish(self, session: Any) -> None:
        for item in session.items:
            if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
                self.found.append(item.nodeid)


def properties(paths: Sequence[str]) -> list[str]:
    """The ids of the tests that Hypothesis draws examples for."""
    import pytest

    collected = _Collected()
    with open(os.devnull, "w") as nowhere:
        kept, sys.stdout = sys.stdout, nowhere
        try:
            code = pytest.main(
                ["--collect-only", "-q", "--no-header", f"--rootdir={ROOT}", *paths], plugins=[collected]
            )
        finally:
            sys.stdout = kept
    if code != 0:
        raise SystemExit(f"pytest --collect-only: {code!r}")
    return collected.found


def _files() -> list[str]:
    return sorted(str(path) for path in (ROOT / "tests").rglob("test_*.py") if "@given(" in path.read_text("utf-8"))


def _round(tests: Sequence[str], each: int, seed: int, jobs: int) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--hypothesis-seed={seed}", *tests]
    spread = ["-n", str(jobs), "--dist=worksteal"] if jobs > 1 else []
    done = subprocess.run(
        [*command, *spread],
        cwd=ROOT,
        env={**os.environ, "VBPRULES_EXAMPLES": str(each)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
