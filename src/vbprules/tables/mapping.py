"""What a command names: files of tables, and a file of foreign headings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vbprules.diagnostics import Report
from vbprules.reading import Mapping, Node, Scalar, read_file
from vbprules.tables.headings import Headings
from vbprules.tables.sources import RawTable, list_named, of_place


def raw_tables(names: Sequence[str], report: Report) -> list[RawTable]:
    """The tables of folders, workbooks and files; ``LIST=FILE`` names the list that a file holds."""
    found: list[RawTable] = []
    for name in names:
        list_name, equals, path = name.partition("=")
        if equals and "/" not in list_name and not Path(name).exists():
            known = list_named(list_name, name, report)
            if known is not None:
                found += of_place(path, known, report)
        else:
            found += of_place(name, None, report)
    return found


def headings_of(path: Path | None, report: Report) -> Headings:
    """The file of foreign headings: ``list: {their heading: ours}``. What is wrong with it goes to ``report``."""
    if path is None:
        return {}
    root = read_file(path, report)
    found: dict[str, dict[str, str]] = {}
    if root is None:
        return {}
    with report.source(str(path)):
        if not isinstance(root, Mapping):
            report.error("bad_mapping", root, reason="应为映射 a mapping")
            return {}
        for key, value in root.entries:
            name = list_named(key.text, str(path), report)
            if name is not None:
                found[name] = _headings(value, report)
    return found


def _headings(node: Node, report: Report) -> dict[str, str]:
    if not isinstance(node, Mapping):
        report.error("bad_mapping", node, reason="应为 外来列名: 本库列名 heading: ours")
        return {}
    found = {}
    for key, value in node.entries:
        if isinstance(value, Scalar):
            found[key.text] = value.text
        else:
            report.error("bad_mapping", value, reason=f"{key.text}: …")
    return found
