"""One institution's rows as a dossier: the same reader, checks and findings as for a single file.

Every cell keeps the table, row and column where it stands, so that a finding about it says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from vbprules.diagnostics import Finding, Mark, Report
from vbprules.facts.dossier import dossier_of
from vbprules.facts.rows import Dossier
from vbprules.language.vocabulary import INSTITUTION, STATEMENTS
from vbprules.language.words import LISTS
from vbprules.limits import current
from vbprules.reading import NOWHERE, Node, Scalar
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Sequence as SequenceNode
from vbprules.tables.chunks import INST, Chunk
from vbprules.tables.headings import OF, ROW, Headed
from vbprules.tables.sources import CATALOGUES, COMPLETENESS, INSTITUTIONS, texts

ROWS_OF_A_TABLE: Final = 10**9  # a mark's line holds the number of the table above the row
_Stated = dict[str, list[tuple[Scalar, Node]]]
Members = Mapping[int, pl.DataFrame]  # of a catalogue, by its table's number: inst and the row of the catalogue


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The dossier of an institution, or what is wrong with it."""

    institution: str
    dossier: Dossier | None
    findings: tuple[Finding, ...]


class Dossiers:
    """The dossiers of the institutions of a chunk. ``broken``: lists of which rows are lost: none is complete."""

    def __init__(
        self, tables: Sequence[Headed], chunk: Chunk, members: Members, broken: Collection[str] = frozenset()
    ) -> None:
        self.tables = {table.number: table for table in tables}
        self.chunk = chunk
        self.broken = broken
        self._frames = dict(chunk.tables)
        for number, found in members.items():
            shared = chunk.shared[number]
            rows = found.join(shared, on=ROW, how="inner").sort(INST, ROW)
            self._frames[number] = rows
        self._spans = {number: _spans(frame) for number, frame in self._frames.items()}
        self._texts: dict[int, tuple[pl.Series, pl.DataFrame]] = {}  # of statements, which are read one by one

    def read(self, inst: int, lists: Collection[str] | None = None) -> Read:
        """The dossier of an institution, or only some of its lists."""
        report = Report()
        dossier = dossier_of(self.tree(inst, report, lists), report, ROWS_OF_A_TABLE)
        findings = tuple(self.located(finding) for finding in report.sorted_findings())
        found = None if report.has_errors else replace(dossier, source=None)
        return Read(self.chunk.institutions[inst], found, findings)

    def tree(self, inst: int, report: Report, lists: Collection[str] | None = None) -> MappingNode:
        """The rows of an institution in the form of a dossier."""
        found: dict[str, list[Node]] = {}
        facts: Node | None = None
        for number, table in self.tables.items():
            if table.name == COMPLETENESS or (lists is not None and table.name not in lists):
                continue
            if table.catalogue:
                found.setdefault(table.name, [])
            for node in self._rows(number, inst, report):
                if table.name != INSTITUTIONS:
                    found.setdefault(table.name, []).append(node)
                elif facts is not None:
                    report.error("repeated_row", node, id=self.chunk.institutions[inst])
                else:
                    facts = node
        stated = {} if lists is not None else self._stated(inst, report)
        entries: list[tuple[Scalar, Node]] = [] if facts is None else [(_word(INSTITUTION), facts)]
        for name in dict.fromkeys((*found, *stated)):
            rows = SequenceNode(tuple(found.get(name, ())), NOWHERE)
            said = stated.get(name, [])
            body = MappingNode((*said, (_word("entries"), rows)), NOWHERE) if said else rows
            entries.append((_word(name), body))
        return MappingNode(tuple(entries), NOWHERE)

    def located(self, finding: Finding) -> Finding:
        """A finding about a cell, with the table, row and column where it stands."""
        return located(finding, self.tables)

    def _rows(self, number: int, inst: int, report: Report) -> list[MappingNode]:
        start, many = self._spans.get(number, {}).get(inst, (0, 0))
        if not many:
            return []
        table = self.tables[number]
        if table.name not in STATEMENTS:
            return nodes(table, *_texts(self._frames[number].slice(start, many)), report)
        if number not in self._texts:
            self._texts[number] = _texts(self._frames[number])
        lines, cells = self._texts[number]
        return nodes(table, lines.slice(start, many), cells.slice(start, many), report)

    def _stated(self, inst: int, report: Report) -> _Stated:
        """What is said of the completeness of its lists; what is said for all counts where it says nothing itself."""
        own: _Stated = {}
        general: _Stated = {}
        for number, table in self.tables.items():
            if table.name == COMPLETENESS:
                for node in self._rows(number, inst, report):
                    _state(node, own, report)
                if number in self.chunk.shared:
                    for node in nodes(table, *_texts(self.chunk.shared[number]), report):
                        _state(node, general, report)
        return {name: [] if name in self.broken else said for name, said in {**general, **own}.items()}


def located(finding: Finding, tables: Mapping[int, Headed]) -> Finding:
    """A finding about a cell of a table, with the row and column where it stands; ``tables`` by their numbers."""
    mark = finding.mark
    if mark is None or mark.line < ROWS_OF_A_TABLE:
        return finding
    table, row = tables[mark.line // ROWS_OF_A_TABLE - 1], mark.line % ROWS_OF_A_TABLE
    return replace(finding, file=table.origin, mark=Mark(row, mark.column, row, mark.column + 1))


def check_catalogues(tables: Sequence[Headed], shared: Mapping[int, pl.DataFrame], report: Report) -> None:
    """Report what is wrong with catalogues, which would be wrong of everybody."""
    entries = []
    own = Report()
    for table in tables:
        if table.catalogue and table.name in CATALOGUES:
            rows = nodes(table, *_texts(shared[table.number]), own)
            entries.append((_word(table.name), SequenceNode(tuple(rows), NOWHERE)))
    dossier_of(MappingNode(tuple(entries), NOWHERE), own, ROWS_OF_A_TABLE)
    by_number = {table.number: table for table in tables}
    for finding in own.sorted_findings():
        if finding.severity == "error":
            report.take(located(finding, by_number))


def _texts(frame: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """Where rows stand, and their cells as text."""
    return frame[ROW], texts(frame.drop(INST, ROW, OF, strict=False))


def nodes(table: Headed, lines: pl.Series, cells: pl.DataFrame, report: Report) -> list[MappingNode]:
    """Rows as the dossier's own reader takes them; an empty cell says nothing. A text that is too long is reported."""
    found = []
    most = current().cell
    rows = cells.iter_rows() if cells.width else [()] * len(lines)
    for line, row in zip(lines, rows, strict=True):
        at = (table.number + 1) * ROWS_OF_A_TABLE + line
        entries = []
        for name, text in zip(cells.columns, row, strict=True):
            if text is not None and text.strip():
                position = table.positions[name]
                mark = Mark(at, position, at, position + 1)
                if len(text) > most:
                    report.error("scalar_too_long", mark, length=len(text), limit=most)
                entries.append((Scalar(name, mark), Scalar(text.strip()[:most], mark)))
        found.append(MappingNode(tuple(entries), Mark(at, 1, at, 2)))
    return found


def _state(row: MappingNode, stated: _Stated, report: Report) -> None:
    """What a row of the table of completeness says of a list."""
    said = {key.text: value for key, value in row.entries}
    name = said.get("list")
    if not isinstance(name, Scalar):
        report.error("missing_key", row, key="list", where=COMPLETENESS)
        return
    pairs = [(key, value) for key, value in row.entries if key.text != "list"]
    stated.setdefault(LISTS.get(name.text, name.text), []).extend(pairs)


def _spans(frame: pl.DataFrame) -> dict[int, tuple[int, int]]:
    """Where the rows of each institution stand in a sorted frame."""
    found = frame.select(INST).with_row_index("at").group_by(INST).agg(pl.col("at").min(), pl.len().alias("many"))
    return {inst: (at, many) for inst, at, many in found.select(INST, "at", "many").iter_rows()}


def _word(text: str) -> Scalar:
    return Scalar(text, NOWHERE)
