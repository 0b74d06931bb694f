"""Tables as dossiers, institution by institution: the same reader, checks and findings as for a single file.

Every cell keeps the table, row and column where it stands, so that a finding about it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from vbprules.diagnostics import Finding, Mark, Report, suggest
from vbprules.facts.dossier import dossier_of
from vbprules.facts.rows import Dossier
from vbprules.language.vocabulary import INSTITUTION, row_keys
from vbprules.language.words import LISTS
from vbprules.language.words import columns as headings
from vbprules.reading import NOWHERE, Node, Scalar
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Sequence as SequenceNode
from vbprules.tables.sources import COMPLETENESS, INSTITUTIONS, RawTable

OF: Final = "institution"
_STATED: Final = ("list", "complete_through", "complete")
_OF_ZH: Final = ("机构", "机构编号", "医疗机构")
_TABLE: Final = 10**9  # a mark's line holds the number of the table above the row
Headings = Mapping[str, Mapping[str, str]]  # of a list: what a foreign heading means


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """A table under our headings; ``parts``: of each institution its rows."""

    number: int
    raw: RawTable
    names: tuple[str, ...]
    rows: Mapping[str, list[tuple[str | None, ...]]]
    lines: Mapping[str, list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The dossier of an institution, or what is wrong with it."""

    institution: str
    dossier: Dossier | None
    findings: tuple[Finding, ...]


def read_tables(raw: Sequence[RawTable], report: Report, headings_of: Headings | None = None) -> list[_Table]:
    """The tables with their headings understood and their rows by institution. What is wrong with a whole table goes
    to ``report``; a column that is not understood is an error, since what it says would be lost."""
    return [_headed(number, table, report, headings_of or {}) for number, table in enumerate(raw)]


def dossiers_of(tables: Sequence[_Table]) -> Iterator[Read]:
    """Every institution that any table names, in the order of the table of institutions, then as they are met."""
    order: dict[str, None] = {}
    for table in sorted(tables, key=lambda table: table.raw.name != INSTITUTIONS):
        order |= dict.fromkeys(table.rows)
    for institution in order:
        yield read_institution(institution, tables)


def read_institution(institution: str, tables: Sequence[_Table]) -> Read:
    """One institution's dossier from the rows that name it."""
    report = Report()
    lists: dict[str, list[Node]] = {}
    stated: dict[str, list[tuple[Node, Node]]] = {}
    facts: Node | None = None
    for table in tables:
        name = table.raw.name
        for cells, line in zip(table.rows.get(institution, ()), table.lines.get(institution, ()), strict=True):
            node = _row(table, cells, line)
            if name == COMPLETENESS:
                _state(node, stated, report)
            elif name == INSTITUTIONS:
                if facts is not None:
                    report.error("repeated_row", node, id=institution)
                facts = node
            else:
                lists.setdefault(name, []).append(node)
    entries: list[tuple[Scalar, Node]] = [] if facts is None else [(_word(INSTITUTION), facts)]
    for name in dict.fromkeys((*lists, *stated)):
        rows = SequenceNode(tuple(lists.get(name, ())), NOWHERE)
        said = stated.get(name, [])
        keys = [key for key, _ in said if isinstance(key, Scalar)]
        pairs = [(key, value) for key, (_, value) in zip(keys, said, strict=True)]
        body = MappingNode((*pairs, (_word("entries"), rows)), NOWHERE) if pairs else rows
        entries.append((_word(name), body))
    found = dossier_of(MappingNode(tuple(entries), NOWHERE), report)
    findings = tuple(located(finding, tables) for finding in report.sorted_findings())
    return Read(institution, None if report.has_errors else replace(found, source=None), findings)


def located(finding: Finding, tables: Sequence[_Table]) -> Finding:
    """A finding about a cell, with the table, row and column where it stands."""
    mark = finding.mark
    if mark is None or mark.line < _TABLE:
        return finding
    table = tables[mark.line // _TABLE - 1]
    row = mark.line % _TABLE
    return replace(finding, file=table.raw.origin, mark=Mark(row, mark.column, row, mark.column + 1))


def _headed(number: int, raw: RawTable, report: Report, headings_of: Headings) -> _Table:
    known = _known(raw.name)
    foreign = headings_of.get(raw.name, {})
    names: list[str] = []
    with report.source(raw.origin):
        for position, heading in enumerate(raw.frame.columns, 1):
            said = foreign.get(heading, heading).strip()
            name = OF if said in _OF_ZH and raw.name != INSTITUTIONS else known.get(said, said)
            if name not in known.values():
                at = Mark(1, position, 1, position + 1)
                report.error("unknown_column", at, column=heading, list=raw.name, suggestion=partial(suggest, said, known))
            elif name in names:
                report.error("repeated_column", Mark(1, position, 1, position + 1), column=heading)
            names.append(name)
        key = "id" if raw.name == INSTITUTIONS else OF
        if key not in names:
            report.error("no_institution", None, list=raw.name, column=key)
            return _Table(number, raw, tuple(names), {}, {})
        rows: dict[str, list[tuple[str | None, ...]]] = {}
        lines: dict[str, list[int]] = {}
        at = names.index(key)
        for line, cells in enumerate(raw.frame.iter_rows(), raw.first):
            institution = (cells[at] or "").strip()
            if not institution:
                report.error("row_of_nobody", Mark(line, at + 1, line, at + 2), column=raw.frame.columns[at])
                continue
            rows.setdefault(institution, []).append(cells)
            lines.setdefault(institution, []).append(line)
    return _Table(number, raw, tuple(names), rows, lines)


def _known(name: str) -> dict[str, str]:
    """What may stand at the head of a table, and what it means."""
    if name == COMPLETENESS:
        return {OF: OF, **{key: key for key in _STATED}, "列表": "list", "完整至": _STATED[1], "完整": _STATED[2]}
    keys = [*row_keys(INSTITUTION if name == INSTITUTIONS else name), "id" if name == INSTITUTIONS else OF]
    table = INSTITUTION if name == INSTITUTIONS else name
    chinese = {zh: en for zh, en in headings(table).items() if en in keys}
    return {**{key: key for key in keys}, **chinese, **({"机构": "id", "编号": "id"} if name == INSTITUTIONS else {})}


def _row(table: _Table, cells: Sequence[str | None], line: int) -> MappingNode:
    """A row as the dossier's own reader takes it; an empty cell says nothing."""
    skipped = ("id",) if table.raw.name == INSTITUTIONS else (OF,)
    at = (table.number + 1) * _TABLE + line
    entries = []
    for position, (name, text) in enumerate(zip(table.names, cells, strict=True), 1):
        if name not in skipped and text is not None and text.strip():
            mark = Mark(at, position, at, position + 1)
            entries.append((Scalar(name, mark), Scalar(text.strip(), mark)))
    return MappingNode(tuple(entries), Mark(at, 1, at, 2))


def _state(row: MappingNode, stated: dict[str, list[tuple[Node, Node]]], report: Report) -> None:
    """What a row of the table of completeness says of a list."""
    said = {key.text: value for key, value in row.entries}
    name = said.pop("list", None)
    if not isinstance(name, Scalar):
        report.error("missing_key", row, key="list", where=COMPLETENESS)
        return
    list_name = LISTS.get(name.text, name.text)
    stated.setdefault(list_name, []).extend((key, value) for key, value in row.entries if key.text in said)


def _word(text: str) -> Scalar:
    return Scalar(text, NOWHERE)

