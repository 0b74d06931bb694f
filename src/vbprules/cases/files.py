"""Case files: regression cases as YAML. Fixtures, overrides and tables of variants are expanded here.

Reading needs no policy: what only the policy can tell is checked in ``cases.checks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from vbprules.calendar import LocalCalendar
from vbprules.cases import keys
from vbprules.cases.blocks.reading import Around
from vbprules.cases.blocks.table import BLOCKS
from vbprules.cases.expectations import Expectation, is_day, read_expectations
from vbprules.cases.model import NO_SOURCE, CaseFile, CaseItem, Excused, Written, beside
from vbprules.cases.words import in_english
from vbprules.diagnostics import Report, suggest
from vbprules.facts.local_calendar import read_local_calendar, versions
from vbprules.facts.places import Astray, astray, merge, replaced, size
from vbprules.language.shape import Shape, elements, items, near, report_repeated, scalar_text
from vbprules.limits import current
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence, read_file

__all__ = ["CaseFile", "CaseItem", "Excused", "Expectation", "Written", "read_case_file", "read_cases"]

_ENGLISH: Final = {name: block.english for name, block in BLOCKS.items()}


def read_case_file(path: Path, report: Report | None = None) -> CaseFile:
    """A case file with its cases. Raises InputError with every finding unless ``report`` is given."""
    own = report or Report()
    found = _Reader(path, own).read()
    if report is None:
        own.raise_if_errors()
    return found


def read_cases(path: Path, report: Report | None = None) -> list[CaseItem]:
    """Every case of a file. Raises InputError with every finding unless ``report`` is given."""
    return list(read_case_file(path, report).cases)


class _Enough(Exception):
    """The file makes more cases than are read; the reason has been reported."""


class _Reader:
    """Reads one file. What is said once goes to ``expect``, ``readings`` and ``excused``, with its place."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path, self.report = path, report
        self.limits = current()
        self.source = NO_SOURCE
        self.policy = ""
        self.fixtures: Mapping[str, Node] = {}
        self.nothing_of: tuple[str, ...] = ()
        self.cases: list[CaseItem] = []
        self.facts = 0
        self.names: dict[str, int] = {}
        self.expect: list[Expectation] = []
        self.readings: list[tuple[Scalar, Scalar]] = []
        self.instruments: list[Scalar] = []
        self.excused: list[Scalar] = []

    def read(self) -> CaseFile:
        report = self.report
        root = read_file(self.path, report)
        self.source = report.current or NO_SOURCE
        if root is not None:
            root = in_english(root, _ENGLISH)
            report_repeated(root, report)
        top = Shape(root, report, "", keys.TOP)
        named = top.require("policy")
        self.policy = beside(self.path, top.text("policy"))
        self.fixtures = {key.text: node for key, node in items(top.get("fixtures"), report, "fixtures")}
        self.nothing_of = top.names("expect_nothing_of")
        with suppress(_Enough):
            self._all(top.require("cases"))
        equivalent = tuple(self._excused(top.get("equivalent"), "equivalent", keys.EQUIVALENT))
        unreachable = tuple(self._excused(top.get("unreachable"), "unreachable", keys.UNREACHABLE))
        written = Written(
            self.source,
            named if isinstance(named, Scalar) else None,
            tuple(self.expect),
            tuple(self.readings),
            tuple(self.instruments),
            tuple(self.excused),
        )
        return CaseFile(self.path, self.policy, tuple(self.cases), equivalent, unreachable, written)

    def _all(self, node: Node | None) -> None:
        if isinstance(node, Sequence) and not node.items:
            self.report.error("empty_cases", node)
        for item in elements(node, self.report, "cases"):
            self._case(item)

    def _excused(self, node: Node | None, where: str, known: tuple[str, str, str]) -> Iterator[Excused]:
        for row in elements(node, self.report, where):
            s = Shape(row, self.report, where, known)
            s.require(known[1])
            at = s.require("at")
            if isinstance(at, Scalar):
                self.excused.append(at)
            yield Excused(s.text("at"), s.names(known[1]), s.required_text("why"), row.mark.line)

    # One case

    def _case(self, node: Node) -> None:
        s = Shape(node, self.report, "cases", keys.CASE)
        name, as_of = s.required_text("case"), self._day(s.require("as_of"))
        facts = self._facts(s)
        readings = self._readings(s.get("readings"))
        calendar = self._calendar(s.get("calendar"))
        instruments = s.scalars("instruments")
        self.instruments += instruments
        expected = self._expectations(s.get("expect"))
        around = Around(as_of, self.report)
        written = {key: found for key in keys.BLOCKS if (found := s.get(key)) is not None}
        blocks = {key: BLOCKS[key].read(found, around) for key, found in written.items()}
        variants = s.get("variants")
        must_not = (*self.nothing_of, *s.names("must_not"))
        if not (expected or blocks) and "must_not" not in s and "expect" not in s and variants is None:
            self.report.error("nothing_expected", s.get("case") or node, name=name)
        base = CaseItem(
            name=name,
            file=self.path,
            line=node.mark.line,
            policy=self.policy,
            as_of=as_of,
            facts=facts,
            readings=readings,
            expect=tuple(expected.values()),
            must_not=must_not,
            calendar=calendar,
            instruments=tuple(beside(self.path, item.text) for item in instruments),
            blocks=blocks,
            source=self.source,
        )
        weight = size(facts) * (1 + len(blocks))
        if variants is None or expected or blocks:
            self._add(base, weight, s.get("case") or node)
        if variants is not None:
            asserts = bool(expected or blocks) or "must_not" in s
            self._table(variants, base, weight, asserts)

    def _calendar(self, node: Node | None) -> str | LocalCalendar | None:
        """A version by its name, or the local days of a file beside this one."""
        if node is None:
            return None
        text = scalar_text(node, self.report, "calendar")
        if not isinstance(node, Scalar) or text in versions():
            return text or None
        path = Path(beside(self.path, text))
        if not path.is_file():
            self.report.error("unknown_calendar", node, name=text, suggestion=partial(suggest, text, versions()))
            return None
        return read_local_calendar(path, self.report)

    def _add(self, case: CaseItem, weight: int, at: Node) -> None:
        """Raises _Enough where there are too many cases, or too much in them."""
        if len(self.cases) >= self.limits.cases:
            self.report.error("too_many_cases", at, limit=self.limits.cases)
            raise _Enough
        self._weigh(weight, at)
        first = self.names.setdefault(case.name, at.mark.line)
        if case.name and first != at.mark.line:
            self.report.warning("repeated_case", at, name=case.name, first_line=first)
        self.cases.append(case)

    def _weigh(self, weight: int, at: Node) -> None:
        self.facts += weight
        if self.facts > self.limits.facts:
            self.report.error("too_many_facts", at, limit=self.limits.facts)
            raise _Enough

    def _facts(self, s: Shape) -> Node:
        assert s.node is not None
        facts: Node = MappingNode((), s.node.mark)
        for used in s.scalars("use"):
            fixture = self.fixtures.get(used.text)
            if fixture is None:
                self.report.error(
                    "unknown_fixture", used, name=used.text, suggestion=partial(suggest, used.text, self.fixtures)
                )
                continue
            self._weigh(size(fixture), used)
            facts = merge(facts, fixture)
        own = s.get("facts")
        return facts if own is None else merge(facts, own)

    def _day(self, node: Node | None) -> str:
        if node is None:
            return ""
        text = scalar_text(node, self.report, "as_of")
        if isinstance(node, Scalar) and not is_day(text):
            self.report.error("bad_date", node, text=text)
        return text

    def _readings(self, node: Node | None) -> dict[str, str]:
        found = {}
        for name, option in items(node, self.report, "readings", ids=False):
            found[name.text] = scalar_text(option, self.report, f"readings.{name.text}")
            if isinstance(option, Scalar):
                self.readings.append((name, option))
        return found

    def _expectations(self, node: Node | None) -> dict[str, Expectation]:
        found = read_expectations(node, self.report)
        self.expect += found.values()
        return found

    # A table of variants

    def _table(self, node: Node, base: CaseItem, weight: int, asserts: bool) -> None:
        """One case for each row. ``asserts``: the case itself already expects something of every row."""
        s = Shape(node, self.report, "variants", keys.TABLE)
        paths = s.scalars("set")
        lost: set[int] = set()  # paths of which it was said that they lead nowhere
        for number, path in enumerate(paths):
            wrong = None if path.text == "as_of" else astray(path.text)
            if wrong is not None:
                self._astray(path, wrong)
                lost.add(number)
        rows = s.require("rows")
        if isinstance(rows, Sequence) and not rows.items:
            self.report.error("empty_table", rows)
        for row in elements(rows, self.report, "variants.rows"):
            self._row(row, paths, lost, base, weight, asserts)

    def _row(
        self, row: Node, paths: tuple[Scalar, ...], lost: set[int], base: CaseItem, weight: int, asserts: bool
    ) -> None:
        r = Shape(row, self.report, "variants.rows", keys.ROW)
        values = r.get("values")
        cells = values.items if isinstance(values, Sequence) else () if values is None else (values,)
        day = base.as_of if "as_of" not in r else self._day(r.get("as_of"))
        readings = {**base.readings, **self._readings(r.get("readings"))}
        own = self._expectations(r.get("expect"))
        label = r.text("case") or "、".join(cell.text if isinstance(cell, Scalar) else "…" for cell in cells)
        name = f"{base.name} [{label}]"
        if len(cells) != len(paths):
            self.report.error("variant_values", values or row, found=len(cells), expected=len(paths))
            return
        if not asserts and "expect" not in r:
            self.report.error("nothing_expected", row, name=name)
        facts = base.facts
        for number, (path, cell) in enumerate(zip(paths, cells, strict=True)):
            if number in lost:
                continue
            if path.text == "as_of":
                day = self._day(cell)
                continue
            changed = replaced(facts, path.text.split("."), cell)
            if isinstance(changed, Astray):
                self._astray(path, changed)
                lost.add(number)
            else:
                facts = changed
        expect = {item.outcome: item for item in (*base.expect, *own.values())}
        item = replace(
            base,
            name=name,
            line=row.mark.line,
            as_of=day,
            facts=facts,
            readings=readings,
            expect=tuple(expect.values()),
        )
        self._add(item, weight * (1 + len(paths)), r.get("case") or row)

    def _astray(self, path: Scalar, wrong: Astray) -> None:
        self.report.error(
            "bad_set_path", path, path=path.text, part=wrong.part, suggestion=partial(near, wrong.part, wrong.known)
        )
