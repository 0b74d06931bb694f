"""Tell what breaks the promises of docs/compatibility.md: against what tools/promised holds of the Python API, the JSON
Schemas, the codes of findings, the exit codes, the commands and the versions of the language.

python tools/promises.py             fails where something promised no longer holds; says what is not yet recorded
python tools/promises.py --accept    records what holds now; what breaks must stand in CHANGELOG.md first

The exit code is 0, 1 where something breaks, or 2 where the comparison cannot be made.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import promised_names
import promised_schemas

ROOT = Path(__file__).parents[1]
HEADING = "不兼容 Breaking"
PARTS = ("python", "schemas", "names")
HOW = f"""
有意如此的，在 CHANGELOG.md 最上面一版的“### {HEADING}”下逐一写明（用反引号写出上面的名称），再运行
If this is meant, name each, in backquotes, under "### {HEADING}" in the uppermost version of CHANGELOG.md, then run
  python tools/promises.py --accept"""


@dataclass(frozen=True)
class Broken:
    """What no longer holds: in which part, where, and how."""

    part: str
    place: str
    how: str

    def __str__(self) -> str:
        return f"{self.part}: `{self.place}` {self.how}"


def now(root: Path) -> dict[str, Any]:
    """What holds in the sources below ``root``. Raises ImportError without griffe."""
    import promised_python

    package = root / "src"
    return {
        "python": promised_python.promised(package),
        "schemas": promised_schemas.promised(package / "vbprules" / "schemas"),
        "names": promised_names.promised(package),
    }


def recorded(folder: Path) -> dict[str, Any]:
    """What was promised. Raises OSError where it is not there, ValueError where it is no JSON."""
    return {part: json.loads((folder / f"{part}.json").read_text("utf-8")) for part in PARTS}


def broken(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Broken]:
    import promised_python

    for place, how in promised_python.breaks(old["python"], new["python"]):
        yield Broken("Python", place, how)
    for name, schema in old["schemas"].items():
        if name not in new["schemas"]:
            yield Broken("schema", name, "去掉了 removed")
            continue
        for place, how in promised_schemas.breaks(schema, new["schemas"][name]):
            yield Broken("schema", f"{name}#{place}", how)
    for place, how in promised_names.breaks(old["names"], new["names"]):
        yield Broken("names", place, how)


def unsaid(found: Sequence[Broken], changelog: str) -> list[Broken]:
    """What breaks and is not named under the heading for it in the uppermost version of the changelog."""
    versions = re.split(r"^## ", changelog, flags=re.MULTILINE)
    sections = re.split(r"^### ", versions[1] if len(versions) > 1 else "", flags=re.MULTILINE)
    said = "".join(section for section in sections if section.startswith(HEADING))
    return [item for item in found if f"`{item.place}`" not in said]


def text(value: Any, depth: int = 4, indent: str = "") -> str:
    """JSON with a line for each entry down to a depth, so that a change is seen in the lines it changes."""
    if not depth or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    inner = indent + " "
    entries = (f"{inner}{json.dumps(key, ensure_ascii=False)}:{text(value[key], depth - 1, inner)}" for key in value)
    return "{\n" + ",\n".join(entries) + f"\n{indent}}}"


def main(arguments: Sequence[str]) -> int:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--accept", action="store_true", help="record what holds now")
    made.add_argument("--root", type=Path, default=ROOT, help="of the repository to look at")
    args = made.parse_args(arguments)
    folder = args.root / "tools" / "promised"
    try:
        new = now(args.root)
        old = recorded(folder) if folder.is_dir() else None
    except ImportError as error:
        print(f"没有安装 not installed: {error.name}（pip install '.[dev]'）", file=sys.stderr)
        return 2
    except (OSError, ValueError, SyntaxError) as error:
        print(f"无法比较 cannot compare: {error}", file=sys.stderr)
        return 2
    if old is None and not args.accept:
        print(f"没有记录 nothing is recorded: {folder}", file=sys.stderr)
        return 2
    found = list(dict.fromkeys(broken(old, new))) if old is not None else []
    if args.accept:
        found = unsaid(found, (args.root / "CHANGELOG.md").read_text("utf-8"))
    if found:
        print(f"不再成立 no longer holds ({len(found)}):", *found, sep="\n  ")
        print(HOW)
        return 1
    if args.accept:
        folder.mkdir(exist_ok=True)
        for part in PARTS:
            (folder / f"{part}.json").write_text(text(new[part]) + "\n", "utf-8")
    elif old != new:
        print("承诺都成立；新增的还没有记下，发布前运行 all promises hold; what is new is recorded before a release by")
        print("  python tools/promises.py --accept")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
