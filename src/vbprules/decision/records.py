"""The entries of the dossier on which a value rests, with the lines where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from vbprules.decision.model import Record, Text
from vbprules.engine.interpret import Interpreter
from vbprules.engine.lists import Rows
from vbprules.facts.rows import Row
from vbprules.language.vocabulary import BY_NAME, INSTITUTION
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.reading import Mark
from vbprules.values.figures import DATE, show_range

_THROUGH = (ir.Bounded, ir.NextDay, ir.Edge, ir.Count, ir.KnownBy, ir.Compare, ir.Member)  # one fact, otherwise told


def record_of(row: Row) -> tuple[Record, ...]:
    """Where a row stands; nothing for a period, which no dossier records."""
    if row.mark is None:
        return ()
    entity = BY_NAME[row.entity]
    named = f" {row.name}" if row.name and row.name != row.id else ""
    own = row.entity == INSTITUTION
    of, id = (INSTITUTION, "") if own else (entity.list_name, row.id)
    name = Text(
        zh=entity.zh + ("" if own else f" {row.id}{named}"), en=entity.en + ("" if own else f" {row.id}{named}")
    )
    return (Record(of, id, name, row.mark.line),)


class Records:
    """Finds the entries that a condition or figure reads directly; those of a total are its rows."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.case = interpreter.case

    def of(self, node: IR, rows: Rows) -> tuple[Record, ...]:
        """Each entry once, in the order in which the policy names them."""
        return tuple(dict.fromkeys(self._of(node, rows)))

    def _of(self, node: IR, rows: Rows) -> Iterator[Record]:
        if isinstance(node, ir.Fact):
            row = self.interpreter.row(node.place, rows)
            if row is not None and node.name in row.cells:
                yield from record_of(row)
        elif isinstance(node, ir.PeriodEnd):
            row = self.interpreter.row(node.place, rows)
            if row is not None and row.span is not None:
                yield from record_of(row)
        elif isinstance(node, ir.Ref):
            row = self.interpreter.row(node.place, rows)
            body = self.case.program.definitions[node.id].body
            if row is not None and not isinstance(body, ir.Compare):
                yield from self._of(body, (row,))
        elif isinstance(node, _THROUGH):
            for part in node.children():
                yield from self._of(part, rows)
        else:
            yield from self._others(node, rows)

    def _others(self, node: IR, rows: Rows) -> Iterator[Record]:
        """What is recorded of acts, determinations and other sources."""
        if not isinstance(node, (ir.ActDay, ir.Judge, ir.Elsewhere)):
            return
        row = self.interpreter.row(node.place, rows)
        subject = "" if row is None or row.entity == INSTITUTION else row.id
        if isinstance(node, ir.ActDay):
            for act in self.case.dossier.acts:
                named = act.concerns(node.of)
                if named and (not subject or act.subject == subject) and act.day.lo <= self.case.as_of:
                    day = show_range(act.day, DATE)
                    name = Text(zh=f"措施或履行 {act.of}（{day}）", en=f"act or performance {act.of} ({day})")
                    yield Record(node.record, act.of, name, _line(act.mark))
        elif isinstance(node, ir.Judge):
            for found in self.case.answers(node.question, subject)[-1:]:
                name = Text(
                    zh=f"认定 {found.question}（{found.by}）", en=f"determination {found.question} ({found.by})"
                )
                yield Record("determinations", found.question, name, _line(found.mark))
        else:
            for item in self.case.dossier.given:
                if item.name == node.name and item.subject in ("", subject):
                    name = Text(zh=f"另有来源 {item.name}（{item.source}）", en=f"given {item.name} ({item.source})")
                    yield Record("given", item.name, name, _line(item.mark))


def _line(mark: Mark | None) -> int:
    return 0 if mark is None else mark.line
