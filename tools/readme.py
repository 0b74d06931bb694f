"""Refresh what the product prints in the README: the decision on its first screen, the table of policies.

python tools/readme.py
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from vbprules.catalog import load, shipped_policies

README = Path(__file__).parents[1] / "README.md"


def printed(command: str) -> list[str]:
    """The lines that a vbprules command prints, 100 columns wide."""
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    arguments = [sys.executable, "-m", "vbprules.cli", *shlex.split(command)]
    done = subprocess.run(arguments, cwd=README.parent, env=env, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def block(lines: list[str], start: str, ends: Callable[[str], bool]) -> list[str]:
    """From the line that starts so to the next that ends it."""
    first = next(number for number, line in enumerate(lines) if line.startswith(start))
    last = next(number for number in range(first + 1, len(lines)) if ends(lines[number]))
    return lines[first:last]


def excerpt(lines: list[str]) -> list[str]:
    """What a reader should see first: a sanction that is due, an entitlement by reading, a suspension by reading."""
    held = block(lines, "! 暂缓拨付", lambda line: line.startswith("! "))
    prepaid = block(lines, "◇ 2019年医保基金预付款", lambda line: line.startswith("◇ "))
    suspended = block(lines, "◇ 次月是季度", lambda line: not line)
    return [*lines[:4], "…", *held, "…", *prepaid, "…", *suspended, "…"]


def table() -> list[str]:
    rows = []
    for name in shipped_policies():
        program = load(name)
        policy = program.policy
        figures = (len(policy.clauses), len(program.norms), len(policy.readings))
        rows.append(f"| `{name}` | {policy.document.number} | {' | '.join(map(str, figures))} |")
    return rows


def main() -> None:
    text = README.read_text("utf-8")
    command = re.search(r"\.venv/bin/vbprules (evaluate [^\n]+)", text)
    assert command
    shown = "\n".join(excerpt(printed(command.group(1))))
    text = re.sub(r"```text\n.*?```", lambda _: f"```text\n{shown}\n```", text, count=1, flags=re.DOTALL)
    rows = "\n".join(table())
    text = re.sub(r"(\|---\|---\|---\|---\|---\|\n).*?(\n\n)", lambda m: m.group(1) + rows + m.group(2), text, count=1,
                  flags=re.DOTALL)  # fmt: skip
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
