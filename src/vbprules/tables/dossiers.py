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
from vbprules.language.vocabulary import INSTITUTION
from vbprules.language.words import LISTS
from vbprules.reading import NOWHERE, Node, Scalar
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Sequence as SequenceNode
from vbprules.tables.chunks import INST, Chunk
from vbprules.tables.headings import OF, ROW, Headed
from vbprules.tables.sources import COMPLETENESS, INSTITUTIONS, texts

_TABLE: Final = 10**9  # a mark's line holds the number of the table above the row
_Stated = dict[str, list[tuple[Scalar, Node]]]
Members = Mapping[int, pl.DataFrame]  # of a catalogue, by its table's number: inst and the row of the catalogue


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """The dossier of an institution, or what is wrong with it."""

    institution: str
    dossier: Dossier | None
    findings: tuple[Finding, ...]


class Dossiers:
    """The dossiers of the institutions of a chunk."""

    def __init__(self, tables: Sequence[Headed], chunk: Chunk, members: Members) -> None:
        self.tables = {table.number: table for table in tables}
        self.chunk = chunk
        self._frames = dict(chunk.tables)
        for number, found in members.items():
            shared = chunk.shared[number]
            rows = found.join(shared, on=ROW, how="inner").sort(INST, ROW)
            self._frames[number] = rows
        self._spans = {number: _spans(frame) for number, frame in self._frames.items()}

    def read(self, inst: int, lists: Collection[str] | None = None) -> Read:
        """The dossier of an institution, or only some of its lists."""
        report = Report()
        institution = self.chunk.institutions[inst]
        found: dict[str, list[Node]] = {}
        facts: Node | None = None
        for number, table in self.tables.items():
            if table.name == COMPLETENESS or (lists is not None and table.name not in lists):
                continue
            if table.catalogue:
                found.setdefault(table.name, [])
            for node in self._rows(number, inst):
                if table.name != INSTITUTIONS:
                    found.setdefault(table.name, []).append(node)
                elif facts is not None:
                    report.error("repeated_row", node, id=institution)
                else:
                    facts = node
        stated = {} if lists is not None else self._stated(inst, report)
        entries: list[tuple[Scalar, Node]] = [] if facts is None else [(_word(INSTITUTION), facts)]
        for name in dict.fromkeys((*found, *stated)):
            rows = SequenceNode(tuple(found.get(name, ())), NOWHERE)
            said = stated.get(name, [])
            body = MappingNode((*said, (_word("entries"), rows)), NOWHERE) if said else rows
            entries.append((_word(name), body))
        dossier = dossier_of(MappingNode(tuple(entries), NOWHERE), report)
        findings = tuple(self.located(finding) for finding in report.sorted_findings())
        return Read(institution, None if report.has_errors else replace(dossier, source=None), findings)

    def located(self, finding: Finding) -> Finding:
        """A finding about a cell, with the table, row and column where it stands."""
        mark = finding.mark
        if mark is None or mark.line < _TABLE:
            return finding
        table, row = self.tables[mark.line // _TABLE - 1], mark.line % _TABLE
        return replace(finding, file=table.origin, mark=Mark(row, mark.column, row, mark.column + 1))

    def _rows(self, number: int, inst: int) -> list[MappingNode]:
        start, many = self._spans[number].get(inst, (0, 0))
        if not many:
            return []
        return nodes(self.tables[number], self._frames[number].slice(start, many).drop(INST))

    def _stated(self, inst: int, report: Report) -> _Stated:
        """What is said of the completeness of its lists; what is said for all counts where it says nothing itself."""
        own: _Stated = {}
        general: _Stated = {}
        for number, table in self.tables.items():
            if table.name == COMPLETENESS:
                for node in self._rows(number, inst):
                    _state(node, own, report)
                if number in self.chunk.shared:
                    for node in nodes(table, self.chunk.shared[number]):
                        _state(node, general, report)
        return {**general, **own}


def nodes(table: Headed, frame: pl.DataFrame) -> list[MappingNode]:
    """Rows as the dossier's own reader takes them; an empty cell says nothing."""
    found = []
    lines = frame[ROW].to_list()
    cells = texts(frame.drop(ROW, OF, strict=False))
    for line, row in zip(lines, cells.iter_rows(), strict=True):
        at = (table.number + 1) * _TABLE + line
        entries = []
        for name, text in zip(cells.columns, row, strict=True):
            if text is not None and text.strip():
                position = table.positions[name]
                mark = Mark(at, position, at, position + 1)
                entries.append((Scalar(name, mark), Scalar(text.strip(), mark)))
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
