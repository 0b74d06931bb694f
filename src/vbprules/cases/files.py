"""Case files: regression cases as YAML. Fixtures, overrides and tables of variants are expanded here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vbprules.diagnostics import Report
from vbprules.language.shape import Shape, elements, items, text_map
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence, read_file

_TOP = ("policy", "cases", "fixtures", "expect_nothing_of", "equivalent", "unreachable", "note")
_CASE = ("case", "as_of", "use", "facts", "readings", "expect", "must_not", "variants", "note")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one outcome must be: expected text by key; ``kind`` is ``outcome``, ``absent`` or ``not_applicable``."""

    outcome: str
    kind: str
    values: Mapping[str, Node]
    line: int

    @property
    def provision(self) -> str:
        """The provision that the outcome is of."""
        return self.outcome.partition("@")[0]


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One case with its fixtures merged and its variant applied."""

    name: str
    file: Path
    line: int
    policy: str
    as_of: str
    facts: Node
    readings: Mapping[str, str]
    expect: tuple[Expectation, ...]
    must_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excused:
    """What no case can tell or reach: ``at`` an address of the policy, ``what`` of it, and why."""

    at: str
    what: tuple[str, ...]
    why: str
    line: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file. ``equivalent``: changes that no outcome shows; ``unreachable``: points that no facts reach."""

    path: Path
    policy: str
    cases: tuple[CaseItem, ...]
    equivalent: tuple[Excused, ...] = ()
    unreachable: tuple[Excused, ...] = ()


def read_case_file(path: Path, report: Report | None = None) -> CaseFile:
    """A case file with its cases. Raises InputError with every finding unless ``report`` is given."""
    own = report or Report()
    top = Shape(read_file(path, own), own, "cases", _TOP)
    top.require("policy")
    top.require("cases")
    fixtures = {key.text: node for key, node in items(top.get("fixtures"), own, "fixtures")}
    found = CaseFile(
        path,
        top.text("policy"),
        tuple(
            case
            for node in elements(top.get("cases"), own, "cases")
            for case in _cases(node, path, top.text("policy"), fixtures, top.names("expect_nothing_of"), own)
        ),
        tuple(_excused(top.get("equivalent"), "equivalent", "becomes", own)),
        tuple(_excused(top.get("unreachable"), "unreachable", "point", own)),
    )
    if report is None:
        own.raise_if_errors()
    return found


def read_cases(path: Path, report: Report | None = None) -> list[CaseItem]:
    """Every case of a file. Raises InputError with every finding unless ``report`` is given."""
    return list(read_case_file(path, report).cases)


def _excused(node: Node | None, where: str, what: str, report: Report) -> Iterator[Excused]:
    for row in elements(node, report, where):
        s = Shape(row, report, where, ("at", what, "why"))
        s.require(what)
        yield Excused(s.required_text("at"), s.names(what), s.required_text("why"), row.mark.line)


def _cases(
    node: Node, path: Path, policy: str, fixtures: Mapping[str, Node], nothing_of: tuple[str, ...], report: Report
) -> Iterator[CaseItem]:
    s = Shape(node, report, "cases", _CASE)
    name, as_of = s.required_text("case"), s.required_text("as_of")
    facts: Node = MappingNode((), node.mark)
    for used in s.scalars("use"):
        if used.text not in fixtures:
            report.error("bad_case", used, what=f"use: {used.text}")
            continue
        facts = merge(facts, fixtures[used.text])
    if (own := s.get("facts")) is not None:
        facts = merge(facts, own)
    readings = text_map(s.get("readings"), report, "cases.readings")
    expected = _expectations(s.get("expect"), report)
    must_not = (*nothing_of, *s.names("must_not"))
    variants = s.get("variants")
    if variants is None or expected:
        yield CaseItem(name, path, node.mark.line, policy, as_of, facts, readings, tuple(expected.values()), must_not)
    if variants is None:
        return
    table = Shape(variants, report, "variants", ("set", "rows"))
    paths = table.scalars("set")
    for row in elements(table.require("rows"), report, "variants.rows"):
        r = Shape(row, report, "variants.rows", ("values", "expect", "case", "as_of", "readings"))
        values = r.get("values")
        cells = values.items if isinstance(values, Sequence) else ()
        if len(cells) != len(paths):
            report.error("bad_case", row, what=f"{len(cells)} values for {len(paths)} paths")
            continue
        changed, day = facts, r.text("as_of") or as_of
        for where, cell in zip(paths, cells, strict=True):
            if where.text == "as_of" and isinstance(cell, Scalar):
                day = cell.text
                continue
            replaced = _set(changed, where.text.split("."), cell)
            if replaced is None:
                report.error("bad_case", where, what=f"set: {where.text}")
            else:
                changed = replaced
        label = r.text("case") or "、".join(cell.text if isinstance(cell, Scalar) else "…" for cell in cells)
        more = {**expected, **_expectations(r.get("expect"), report)}
        yield CaseItem(
            f"{name} [{label}]",
            path,
            row.mark.line,
            policy,
            day,
            changed,
            {**readings, **text_map(r.get("readings"), report, "readings")},
            tuple(more.values()),
            must_not,
        )


def _expectations(node: Node | None, report: Report) -> dict[str, Expectation]:
    found = {}
    for key, value in items(node, report, "expect", ids=False):
        if isinstance(value, MappingNode):
            told = {k.text: v for k, v in value.entries}
            state, kind = told.get("state"), "outcome"
            if isinstance(state, Scalar) and state.text == "not_applicable":
                kind = state.text
                del told["state"]
            found[key.text] = Expectation(key.text, kind, told, key.mark.line)
        elif isinstance(value, Scalar) and value.text in ("absent", "not_applicable"):
            found[key.text] = Expectation(key.text, value.text, {}, key.mark.line)
        else:
            report.error("bad_case", value, what=key.text)
    return found


def merge(base: Node, over: Node) -> Node:
    """Mappings are merged key by key; anything else is replaced."""
    if not isinstance(base, MappingNode) or not isinstance(over, MappingNode):
        return over
    entries = {key.text: (key, value) for key, value in base.entries}
    for key, value in over.entries:
        known = entries.get(key.text)
        entries[key.text] = (key, merge(known[1], value) if known is not None else value)
    return MappingNode(tuple(entries.values()), over.mark)


def _set(node: Node, path: list[str], value: Node) -> Node | None:
    """The tree with one place replaced; a number counts the rows of a list, whether it is bare or has ``entries``."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(node, Sequence):
        if not head.isdigit() or int(head) >= len(node.items):
            return None
        items = list(node.items)
        changed = _set(items[int(head)], rest, value)
        if changed is None:
            return None
        items[int(head)] = changed
        return Sequence(tuple(items), node.mark)
    if not isinstance(node, MappingNode):
        return None
    if head.isdigit() and node.get("entries") is not None:
        return _set(node, ["entries", *path], value)
    entries = []
    found = False
    for key, old in node.entries:
        if key.text == head:
            found = True
            changed = _set(old, rest, value)
            if changed is None:
                return None
            entries.append((key, changed))
        else:
            entries.append((key, old))
    if not found:
        if rest and not rest[0].isdigit():
            inner = _set(MappingNode((), node.mark), rest, value)
        else:
            inner = value if not rest else None
        if inner is None:
            return None
        entries.append((Scalar(head, value.mark, False), inner))
    return MappingNode(tuple(entries), node.mark)
