"""``python -m fuzz TARGET --seconds 60``: fuzz one reader; ``--replay`` reads its corpus, without atheris."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from fuzz.replay import replayed
from fuzz.samples import CORPUS, HERE
from fuzz.table import TARGETS

BUILD = HERE.parent / "build" / "fuzz"


def main() -> int:
    """0 where nothing was found."""
    said = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    said.add_argument("target", choices=TARGETS)
    said.add_argument("--seconds", type=int, default=60)
    said.add_argument("--replay", action="store_true")
    said.add_argument("files", nargs="*", type=Path, help="read these files alone")
    args = said.parse_args()
    if args.replay or args.files:
        for path in replayed(args.target, args.files):
            sys.stdout.write(f"{path}\n")
        return 0
    return fuzzed(args.target, args.seconds)


def fuzzed(name: str, seconds: int) -> int:
    """Fuzz in a process of its own; the corpus grows in ``build/fuzz``, beside what was found."""
    grown, found = BUILD / "corpus" / name, BUILD / "found" / name
    grown.mkdir(parents=True, exist_ok=True)
    before = set(found.glob("*.trace"))
    arguments = [
        f"-max_total_time={seconds}",
        f"-max_len={TARGETS[name].longest}",
        f"-dict={HERE / 'words.dict'}",
        "-len_control=0",
        "-timeout=60",
        "-rss_limit_mb=3000",
        "-malloc_limit_mb=2000",
        "-print_final_stats=1",
        f"-artifact_prefix={found}/",
        str(grown),
        str(CORPUS / name),
    ]
    found.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "fuzz.run", name, str(found), *arguments]
    code = subprocess.run(command, cwd=HERE.parent, env=dict(os.environ, PYTHONHASHSEED="0"), check=False).returncode
    for path in sorted(set(found.glob("*.trace")) - before):
        sys.stdout.write(f"defect: {path}\n")
    return 1 if code or set(found.glob("*.trace")) - before else 0


if __name__ == "__main__":
    sys.exit(main())
