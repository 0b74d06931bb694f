"""Values of a Python caller as the same tree that a file gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from vbprules.diagnostics.finding import Report
from vbprules.limits import DEEPEST, current
from vbprules.reading.characters import harmless, suspect_in
from vbprules.reading.nodes import NOWHERE, Limits, Mapping, Node, Scalar, Sequence, Source

_DIGITS = 60


def from_python(value: object, name: str, report: Report | None = None, limits: Limits | None = None) -> Node:
    """dict, list, tuple, str, int, Decimal, date, bool and None as nodes (marks with line 0).

    What is refused becomes a finding of `report` and an empty text in the tree. Without a report of the
    caller's own, InputError is raised when anything was refused.
    """
    own = report if report is not None else Report()
    own.use(Source(name, ""))
    node = _Converter(own, limits or current()).convert(value)
    if report is None:
        own.raise_if_errors()
    return node


class _Converter:
    def __init__(self, report: Report, limits: Limits) -> None:
        self._report = report
        self._limits = limits
        self._depth = min(limits.depth, DEEPEST)
        self._nodes = 0
        self._open: set[int] = set()
        self._path: list[str | int] = []  # keys and positions down to the value that is being read

    def _refuse(self, code: str, **args: object) -> Scalar:
        self._report.error(code, NOWHERE, **args)
        return Scalar("", NOWHERE)

    def _where(self) -> str:
        where = ""
        for step in self._path:
            named = f"{where}.{step}" if where else f"{step}"
            where = f"{where}[{step}]" if isinstance(step, int) else named[-200:]
        return where

    def convert(self, value: object) -> Node:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            if self._nodes == self._limits.nodes + 1:
                self._refuse("too_many_nodes", limit=self._limits.nodes)
            return Scalar("", NOWHERE)
        if not isinstance(value, (dict, list, tuple)):
            return self._scalar(value)
        if id(value) in self._open:
            return self._refuse("cyclic_value", where=self._where)
        if len(self._path) >= self._depth:
            return self._refuse("too_deep", limit=self._depth, where=self._where)
        self._open.add(id(value))
        try:
            return self._mapping(value) if isinstance(value, dict) else self._sequence(value)
        finally:
            self._open.discard(id(value))

    def _beneath(self, step: str | int, value: object) -> Node:
        self._path.append(step)
        node = self.convert(value)
        self._path.pop()
        return node

    def _sequence(self, value: list[object] | tuple[object, ...]) -> Sequence:
        items: list[Node] = []
        for position in range(len(value)):
            if self._nodes > self._limits.nodes:
                break
            items.append(self._beneath(position, value[position]))
        return Sequence(tuple(items), NOWHERE)

    def _mapping(self, value: dict[object, object]) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
        for name, item in list(dict.items(value)):
            if self._nodes > self._limits.nodes:
                break
            key = self._key(name)
            if key is None:
                continue
            if key.text in seen:
                self._refuse("duplicate_key", key=key.text, where=self._where)
                continue
            seen.add(key.text)
            entries.append((key, self._beneath(key.text, item)))
        return Mapping(tuple(entries), NOWHERE)

    def _key(self, key: object) -> Scalar | None:
        if isinstance(key, bool) or not isinstance(key, (str, int)):
            self._refuse("bad_key_type", where=self._where, type=type(key).__name__)
            return None
        found = self._scalar(key)
        if not found.text:
            if isinstance(key, str):
                self._refuse("empty_key", where=self._where)
            return None
        if len(found.text) > self._limits.key:
            self._refuse("key_too_long", length=len(found.text), limit=self._limits.key, where=self._where)
            return None
        return found

    def _scalar(self, value: object) -> Scalar:
        if value is None:
            return Scalar("", NOWHERE)
        if isinstance(value, str):
            return self._text(str.__str__(value))
        if isinstance(value, bool):
            return Scalar("yes" if value else "no", NOWHERE)
        if isinstance(value, int):
            if value.bit_length() > 3 * _DIGITS:
                return self._refuse("odd_number", where=self._where)
            return Scalar(int.__repr__(value), NOWHERE)
        if isinstance(value, Decimal):
            return self._decimal(value)
        if isinstance(value, date) and not isinstance(value, datetime):
            return Scalar(date.isoformat(value), NOWHERE)
        if isinstance(value, float):
            return self._refuse("float_value", where=self._where, value=float.__repr__(value))
        return self._refuse("odd_type", where=self._where, type=type(value).__name__)

    def _decimal(self, value: Decimal) -> Scalar:
        if not value.is_finite() or abs(value.adjusted()) > _DIGITS or len(value.as_tuple().digits) > _DIGITS:
            return self._refuse("odd_number", where=self._where)
        return Scalar(format(value, "f"), NOWHERE)

    def _text(self, text: str) -> Scalar:
        if len(text) > self._limits.scalar:
            self._refuse("scalar_too_long", length=len(text), limit=self._limits.scalar, where=self._where)
            text = text[: self._limits.scalar]
        suspect = suspect_in(text)
        if suspect is not None:
            kind, character = suspect
            self._refuse(kind, char=character, where=self._where)
            text = harmless(text)
        return Scalar(text, NOWHERE, quoted=not text)
