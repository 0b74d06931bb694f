"""What is promised by name: codes of findings, exit codes, commands with their options, versions of the language."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def promised(package: Path) -> dict[str, Any]:
    """The names that the sources in ``package`` define, read by a Python of its own: another copy may be loaded here.

    Raises ValueError with what it said where they cannot be read.
    """
    env = {**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, __file__], env=env, capture_output=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace"))
    return json.loads(done.stdout.decode("utf-8"))  # type: ignore[no-any-return]


def breaks(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is gone, or is now something else: the place, as findings.P128 or commands.check, and how."""
    for kind in ("findings", "exit_codes", "language"):
        for name, meaning in old[kind].items():
            there = new[kind].get(name)
            if kind == "language" and name == "newest" and there is not None and there >= meaning:
                continue  # a later language beside the others
            if there != meaning:
                yield f"{kind}.{name}", "去掉了 removed" if there is None else f"改了 changed: {meaning} → {there}"
    for command, options in old["commands"].items():
        if command not in new["commands"]:
            yield f"commands.{command}", "去掉了 removed"
            continue
        for option in options:
            if option not in new["commands"][command]:
                yield f"commands.{command} {option}", "去掉了 removed"


def _told() -> dict[str, Any]:
    from vbprules.cli import main
    from vbprules.cli.parser import parser
    from vbprules.diagnostics import NAMES
    from vbprules.language.versions import NEWEST, OLDEST

    parsers = {"": parser()}
    for action in parsers[""]._actions:
        if isinstance(action, argparse._SubParsersAction):
            parsers |= action.choices
    return {
        "findings": dict(sorted(NAMES.items())),
        "exit_codes": {name: getattr(main, name) for name in ("OK", "FAILED", "USAGE", "DISAGREEMENT", "INTERRUPTED")},
        "language": {"oldest": OLDEST, "newest": NEWEST},
        "commands": {name or "vbprules": _options(found) for name, found in sorted(parsers.items())},
    }


def _options(found: argparse.ArgumentParser) -> list[str]:
    words = (word for action in found._actions for word in action.option_strings or [action.dest])
    return sorted(word for word in words if word != "command")


if __name__ == "__main__":
    print(json.dumps(_told(), ensure_ascii=False))
