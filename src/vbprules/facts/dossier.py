"""Reading a dossier: one institution's record as YAML, or as plain data from a Python caller."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from vbprules.calendar import Period
from vbprules.diagnostics import Report, suggest
from vbprules.facts.cells import UNKNOWN_WORDS, read_cell, read_day
from vbprules.facts.rows import Act, Cell, Determination, Dossier, Given, Row
from vbprules.language.shape import Shape, report_repeated, scalar_text
from vbprules.language.vocabulary import (
    ACTS,
    BY_LIST,
    BY_NAME,
    DETERMINATIONS,
    DOSSIER_KEYS,
    GIVEN,
    INSTITUTION,
    LIST_KEYS,
    PERFORMANCES,
    ROW_LISTS,
    STATEMENTS,
    TARGET,
    Entity,
)
from vbprules.language.words import dossier_in_english
from vbprules.limits import current
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Node, Scalar, Sequence, from_python, read, read_file
from vbprules.values.figures import normal, show_date
from vbprules.values.ranges import INF, NEG, Number, Range, exactly

_NONE: Final = ("none", "无")
_KEYS: Final = frozenset(DOSSIER_KEYS)
_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def read_dossier(
    source: Path | str | bytes | Mapping[str, Any], report: Report | None = None, name: str = "dossier"
) -> Dossier:
    """A dossier from a path, YAML text, or a mapping.

    Raises InputError with every finding unless a ``report`` is given to collect them.
    """
    own = report or Report()
    dossier = dossier_of(read_source(source, name, own), own)
    if report is None:
        own.raise_if_errors()
    return dossier


def read_source(source: Path | str | bytes | Mapping[str, Any], name: str, report: Report) -> Node | None:
    """The tree of a path, of YAML text, or of plain data. A string on one line without ``: `` or ``{`` is a path."""
    if isinstance(source, str) and not any(mark in source for mark in ("\n", ": ", "{")):
        source = Path(source)
    if isinstance(source, Path):
        return read_file(source, report)
    if isinstance(source, (str, bytes)):
        return read(source, name, report)
    return from_python(source, name, report)


def dossier_of(root: Node | None, report: Report, most: int | None = None) -> Dossier:
    """The dossier that a tree describes. ``most``: the rows that are read, if not those of the limits."""
    reader = _Reader(report, current().rows if most is None else most)
    if root is None:
        return reader.read(None)
    translated = dossier_in_english(root)
    report_repeated(translated, report)
    return reader.read(translated)


@dataclass(slots=True)
class _Draft:
    """A row being read: its references are ids until every list is known."""

    entity: Entity
    id: str
    node: MappingNode
    cells: dict[str, Cell]
    refs: dict[str, Scalar]
    day: Range | None
    span: tuple[Range, Range] | None
    name: str
    once: str = ""  # what no other row of the list may say too


class _Reader:
    def __init__(self, report: Report, most: int) -> None:
        self.report = report
        self.most = most
        self.left = most
        self.complete: dict[str, Number] = {}
        self.drafts: dict[str, dict[str, _Draft]] = {}
        self.built: dict[tuple[str, str], Row] = {}
        self.listed: set[str] = set()
        self.stated: dict[str, Mark] = {}

    def read(self, root: Node | None) -> Dossier:
        top: dict[str, Node] = {}
        if isinstance(root, MappingNode):
            for key, value in root.entries:
                if key.text in _KEYS:
                    top[key.text] = value
                else:
                    self.report.error(
                        "unknown_list_name", key, key=key.text, suggestion=partial(suggest, key.text, DOSSIER_KEYS)
                    )
        elif root is not None:
            self.report.error("not_a_mapping", root, where="dossier")
        for list_name in ROW_LISTS:
            if list_name in top:
                self._list(list_name, top[list_name])
        institution = self._institution(top.get(INSTITUTION))
        rows: dict[str, tuple[Row, ...]] = {}
        for entity, drafts in self.drafts.items():
            rows[entity] = tuple(self._row(entity, draft_id) for draft_id in drafts)
        unlisted: dict[str, list[Row]] = {}
        for (entity, row_id), row in self.built.items():
            if row_id not in self.drafts.get(entity, {}):
                unlisted.setdefault(entity, []).append(row)
        for entity, more in unlisted.items():
            rows[entity] = (*rows.get(entity, ()), *more)
        acts = (*self._acts(ACTS, top.get(ACTS)), *self._acts(PERFORMANCES, top.get(PERFORMANCES)))
        determinations = self._determinations(top.get(DETERMINATIONS))
        given = self._given(top.get(GIVEN))
        return Dossier(
            institution=institution,
            rows=rows,
            complete=dict(self.complete),
            acts=acts,
            determinations=determinations,
            given=given,
            digest=digest(root),
            source=self.report.current,
            stated=dict(self.stated),
        )

    # Lists and completeness

    def _entries(self, list_name: str, node: Node | None) -> tuple[Node, ...]:
        """The entries of a list, as many as are left to read; of its completeness to ``self.complete``."""
        found = self._all_entries(list_name, node)
        if len(found) > self.left >= 0:
            self.report.error("too_many_entries", found[self.left], name="rows", limit=self.most)
        kept = found[: max(self.left, 0)]
        self.left -= len(found)
        return kept

    def _all_entries(self, list_name: str, node: Node | None) -> tuple[Node, ...]:
        """The entries of a list; what it says of its completeness goes to ``self.complete``."""
        if node is None:
            return ()
        self.listed.add(list_name)
        if isinstance(node, Sequence):
            if not node.items:
                self.report.hint("empty_list", node, list=list_name)
            return node.items
        if isinstance(node, Scalar):
            if node.text in _NONE:
                self.complete[list_name] = INF
            else:
                self.report.error("not_a_list", node, where=list_name)
            return ()
        shape = Shape(node, self.report, list_name, LIST_KEYS)
        through, whole = shape.get("complete_through"), shape.flag("complete")
        if through is not None:
            day = read_day(through, self.report)
            if day is not None and not day.exact:
                self.report.error("bad_date", through, text=scalar_text(through, self.report, list_name))
            elif day is not None:
                self.complete[list_name] = day.hi
                self.stated[list_name] = through.mark
        elif whole:
            self.complete[list_name] = INF
        entries = shape.get("entries")
        if entries is None or (isinstance(entries, Scalar) and entries.text in _NONE):
            return ()
        if not isinstance(entries, Sequence):
            self.report.error("not_a_list", entries, where=f"{list_name}.entries")
            return ()
        return entries.items

    def _list(self, list_name: str, node: Node) -> None:
        entity = BY_LIST[list_name]
        drafts: dict[str, _Draft] = {}
        once: set[str] = set()
        for number, item in enumerate(self._entries(list_name, node), 1):
            draft = self._draft(entity, item, number)
            if draft is None:
                continue
            if draft.id in drafts or (draft.once and draft.once in once):
                self.report.error("repeated_row", item, id=draft.once or draft.id)
            drafts[draft.id] = draft
            once.add(draft.once)
        if drafts:
            self.drafts[entity.name] = drafts

    # Rows

    def _draft(self, entity: Entity, node: Node, number: int) -> _Draft | None:
        if not isinstance(node, MappingNode):
            self.report.error("not_a_mapping", node, where=entity.list_name)
            return None
        cells: dict[str, Cell] = {}
        refs: dict[str, Scalar] = {}
        own_id, name = "", ""
        span: tuple[Range, Range] | None = None
        period: Period | None = None
        fields = entity.field_map
        for key, value in node.entries:
            column = fields.get(key.text)
            if column is not None:
                cell = read_cell(value, column, self.report)
                if cell is not None:
                    cells[key.text] = cell
                    name = str(cell[0]) if key.text == "name" else name
            elif key.text in entity.refs and isinstance(value, Scalar):
                if normal(value.text) not in UNKNOWN_WORDS:
                    refs[key.text] = value
            elif key.text == "id":
                own_id = scalar_text(value, self.report, f"{entity.list_name}.id")
            elif key.text == "period" and entity.name == TARGET:
                period = self._period(value)
                span = None if period is None else (exactly(period.start), exactly(period.end))
            elif key.text != "note":
                known = {*fields, *entity.refs, "id", "note", "period"}
                self.report.error(
                    "unknown_field", key, key=key.text, entity=entity.name, suggestion=partial(suggest, key.text, known)
                )
        if entity.name == TARGET:
            if span is None and node.get("period") is None:
                self.report.error("missing_key", node, key="period", where=entity.list_name)
            if not own_id and "drug" in refs and period is not None:
                own_id = f"{refs['drug'].text}@{period.label()}"
        start, end = cells.get("start"), cells.get("end")
        if entity.period and entity.name != TARGET:
            unknown = Range(NEG, INF)
            span = (start if isinstance(start, Range) else unknown, end if isinstance(end, Range) else unknown)
        day = self._governing_day(entity, cells, span)
        once = _once(entity, refs, day)
        return _Draft(entity, own_id or once or f"{entity.name}{number}", node, cells, refs, day, span, name, once)

    def _period(self, node: Node) -> Period | None:
        try:
            period = Period.parse(normal(node.text)) if isinstance(node, Scalar) else None
        except ValueError:
            period = None
        if period is None:
            self.report.error("bad_date", node, text=node.text if isinstance(node, Scalar) else "…")
        return period

    @staticmethod
    def _governing_day(entity: Entity, cells: Mapping[str, Cell], span: tuple[Range, Range] | None) -> Range | None:
        if entity.day is None:
            return None
        if entity.day == "period":
            return None if span is None else span[1]
        cell = cells.get(entity.day)
        return cell if isinstance(cell, Range) else Range(NEG, INF)

    def _row(self, entity: str, row_id: str) -> Row:
        key = (entity, row_id)
        if key in self.built:
            return self.built[key]
        draft = self.drafts.get(entity, {}).get(row_id)
        if draft is None:  # named by a reference where its own list is not given
            self.built[key] = Row(entity, row_id, {}, {}, Range(NEG, INF) if BY_NAME[entity].day else None)
            return self.built[key]
        refs: dict[str, Row] = {}
        for ref, node in draft.refs.items():
            drafts = self.drafts.get(ref, {})
            if node.text not in drafts and BY_NAME[ref].list_name in self.listed:
                self.report.error(
                    "bad_reference", node, value=node.text, entity=ref, suggestion=partial(suggest, node.text, drafts)
                )
                continue
            refs[ref] = self._row(ref, node.text)
        for (
            ref
        ) in draft.entity.refs:  # what a row does not say itself, the rows it refers to may: a product has its drug
            through = next((row.refs[ref] for row in list(refs.values()) if ref in row.refs), None)
            if ref not in refs and through is not None:
                refs[ref] = through
        self.built[key] = Row(entity, row_id, draft.cells, refs, draft.day, draft.span, draft.name, draft.node.mark)
        return self.built[key]

    def _institution(self, node: Node | None) -> Row:
        entity = BY_NAME[INSTITUTION]
        draft = self._draft(entity, node, 1) if node is not None else None
        if draft is None:
            return Row(INSTITUTION, INSTITUTION, {}, {})
        return Row(INSTITUTION, INSTITUTION, draft.cells, {}, name=draft.name, mark=draft.node.mark)

    # Statements

    def _acts(self, list_name: str, node: Node | None) -> tuple[Act, ...]:
        found = []
        for item in self._entries(list_name, node):
            s = Shape(item, self.report, list_name, STATEMENTS[list_name])
            day = read_day(at, self.report) if (at := s.require("day")) is not None else None
            lifted = read_day(at, self.report) if (at := s.get("lifted_on")) is not None else None
            found.append(
                Act(
                    of=s.required_text("of"),
                    day=day or Range(NEG, INF),
                    record=list_name,
                    by=s.text("by"),
                    subject=s.text("subject"),
                    lifted_on=lifted,
                    mark=item.mark,
                )
            )
        return tuple(found)

    def _determinations(self, node: Node | None) -> tuple[Determination, ...]:
        return determinations_of(self._entries(DETERMINATIONS, node), self.report)

    def _given(self, node: Node | None) -> tuple[Given, ...]:
        found = []
        seen: dict[tuple[str, str], str] = {}
        for item in self._entries(GIVEN, node):
            s = Shape(item, self.report, GIVEN, STATEMENTS[GIVEN])
            s.require("source")
            key = (s.text("name"), s.text("subject"))
            if seen.setdefault(key, s.text("value")) != s.text("value"):
                self.report.error("contradiction", item, what=f"given {' '.join(key)}".strip())
            found.append(
                Given(s.required_text("name"), s.required_text("value"), s.text("source"), s.text("subject"), item.mark)
            )
        return tuple(found)


def determinations_of(nodes: tuple[Node, ...], report: Report) -> tuple[Determination, ...]:
    """Recorded answers. Whether they contradict each other is for the policy to say, which names the deciders."""
    kept: list[Determination] = []
    for item in nodes:
        s = Shape(item, report, DETERMINATIONS, STATEMENTS[DETERMINATIONS])
        for key in ("answer", "by"):
            s.require(key)
        day = read_day(at, report) if (at := s.require("day")) is not None else None
        answer = Determination(
            s.required_text("question"),
            s.flag("answer"),
            s.text("by"),
            day or Range(NEG, INF),
            s.text("subject"),
            s.text("source"),
            "replaces" in s,
            item.mark,
        )
        kept.append(answer)
    return tuple(kept)


def _once(entity: Entity, refs: Mapping[str, Scalar], day: Range | None) -> str:
    """The reference and the day that name a row, where both are known."""
    if not entity.once or entity.once[0] not in refs or day is None or not day.exact:
        return ""
    return f"{refs[entity.once[0]].text}@{show_date(day.lo)}"


def digest(root: Node | None) -> str:
    """SHA-256 of the facts as read: the same for any layout, comments or order of keys."""
    return hashlib.sha256(_CANONICAL.encode(_plain(root)).encode()).hexdigest()


def _plain(node: Node | None) -> object:
    if isinstance(node, MappingNode):
        return {key.text: _plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return None if node is None else node.text
