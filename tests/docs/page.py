"""A page of the documentation as a script: the files that it writes, the commands that it runs, what they print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r'^( *)```(\w*)(?: title="([^"]+)")?[^\n]*\n(.*?)^\1```$', re.MULTILINE | re.DOTALL)
_NOTE = re.compile(r"<!-- (append|exit: (\d+)|not run: ([^>]+?)) -->\s*\Z")


@dataclass(frozen=True)
class Block:
    """One fenced block. ``note``: the comment before it that says how it is run."""

    kind: str
    title: str
    text: str
    line: int
    append: bool = False
    exit: int = 0
    not_run: str = ""

    @property
    def steps(self) -> Iterator[tuple[str, list[str]]]:
        """The commands of a console block, each with the lines that follow it."""
        command: str | None = None
        lines: list[str] = []
        for line in self.text.splitlines():
            if command is not None and command.endswith("\\") and not lines:
                command = f"{command[:-1]} {line.strip()}"
            elif line.startswith("$ "):
                if command is not None:
                    yield command, lines
                command, lines = line[2:], []
            else:
                lines.append(line)
        if command is not None:
            yield command, lines


def blocks_of(path: Path) -> list[Block]:
    """Every fenced block of a page, in order."""
    text = path.read_text("utf-8")
    found = []
    for match in _FENCE.finditer(text):
        indent, kind, title, body = match.groups()
        lines = [line.removeprefix(indent) for line in body.splitlines()]
        note = _NOTE.search(text[: match.start()])
        found.append(
            Block(
                kind,
                title or "",
                "\n".join(lines) + ("\n" if lines else ""),
                text.count("\n", 0, match.start()) + 1,
                append=note is not None and note.group(1) == "append",
                exit=int(note.group(2) or 0) if note is not None else 0,
                not_run=(note.group(3) or "") if note is not None else "",
            )
        )
    return found


def told_apart(expected: list[str], printed: list[str]) -> str:
    """Where what is shown is not what was printed, or an empty text. ``…`` stands for any lines, or any part of one."""
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += re.escape(line).replace("…", r"[^\n]*") + r"\n"
    text = "".join(f"{line}\n" for line in printed)
    if re.fullmatch(pattern, text):
        return ""
    wrong = [line for line in expected if "…" not in line and line not in printed]
    first = f"not printed: {wrong[0]!r}\n" if wrong else "in another order, or without a … between\n"
    return f"{first}printed was:\n{text}"
