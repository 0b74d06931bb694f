"""Values: arithmetic, shares, first days, and what a reading or another instrument decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from vbprules.diagnostics import suggest
from vbprules.language.operations import ARITHMETIC, FOLDS, OPERATIONS, PAIRS
from vbprules.language.vocabulary import BY_NAME, YEAR, is_dated
from vbprules.program import ir
from vbprules.program.folds import Folds
from vbprules.program.ir import IR, Const, Place
from vbprules.program.literals import ANY_UNIT, readings_of, text_of
from vbprules.program.names import Scope, place_of
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, NUMBER, SHARE, UNITS

SCALED: Final = frozenset({COUNT, NUMBER})


class Values(Folds):
    """Operations on values."""

    def value(self, node: Node, scope: Scope, expected: str = ANY_UNIT) -> IR:
        """A value; ``expected`` is the unit wanted where one is known, so that a bare number can be understood."""
        if isinstance(node, Scalar):
            return self._scalar(node, scope, expected)
        if isinstance(node, Sequence):
            return self._bad("not_a_value", node, text="[…]")
        for key, value in node.entries:
            method = _METHODS.get(key.text)
            if method is not None:
                if key.text != "reading":
                    self._check_keys(node, key.text, OPERATIONS[key.text])
                return method(self, node, value, scope, expected)
        first = node.entries[0][0] if node.entries else None
        word = first.text if first else "{}"
        return self._bad("unknown_operation", first or node, name=word, suggestion=suggest(word, OPERATIONS))

    def _check_keys(self, node: MappingNode, operation: str, keys: tuple[str, ...]) -> None:
        for key, _ in node.entries:
            if key.text != operation and key.text not in keys:
                self.report.error("unknown_key", key, key=key.text, where=operation, suggestion=suggest(key.text, keys))

    def _scalar(self, node: Scalar, scope: Scope, expected: str) -> IR:
        if node.text == "as_of":
            return ir.AsOf(unit=DATE)
        if self._resolves(node.text, scope):
            return self._name(node, scope)
        figure = self._figure(node, expected, scope, quiet=True)
        if figure is not None:
            return self._const(node, figure.range, figure.unit, scope)
        if any(char.isdigit() for char in node.text[:2]):
            return self._bad("bad_figure", node, text=node.text)
        return self._bad(
            "unknown_name",
            node,
            name=node.text,
            entity=scope.rows[0],
            suggestion=suggest(node.text, self._names(scope)),
        )

    def _arithmetic(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        word = next(word for word in ARITHMETIC if node.get(word) is not None)
        if not isinstance(value, Sequence) or not value.items or (word in PAIRS and len(value.items) != 2):
            return self._bad("wrong_arity", value, operation=word, expected="2" if word in PAIRS else "≥ 1")
        here = scope.at(word)
        dates = word in ("earliest", "latest")
        wanted = DATE if dates else expected if word in ("plus", "difference", "least", "greatest") else ANY_UNIT
        parts = tuple(self.value(item, here.at(str(n)), wanted) for n, item in enumerate(value.items, 1))
        unit = self._arithmetic_unit(word, [part.unit for part in parts], value)
        operation = {"earliest": "least", "latest": "greatest"}.get(word, word)
        return ir.Arithmetic(unit=unit, readings=readings_of(parts), operation=operation, parts=parts)

    def _arithmetic_unit(self, word: str, units: list[str], node: Node) -> str:
        if word in ("earliest", "latest"):
            if any(unit != DATE for unit in units):
                self._bad("expects_unit", node, expected=DATE, found=", ".join(units))
            return DATE
        if word == "product":
            named = [unit for unit in units if unit not in (*SCALED, SHARE)]
            if sorted(named) == sorted((UNITS, MONEY)):
                return MONEY
            return named[0] if named else (SHARE if SHARE in units else NUMBER)
        if word == "ratio":
            top, bottom = units
            return SHARE if top == bottom and top not in SCALED else NUMBER if top == bottom else top
        if word == "difference" and units[0] == units[1] == DATE:
            return DAYS
        kinds = {COUNT if unit in SCALED else unit for unit in units}
        if len(kinds) > 1:
            self._bad("unit_mismatch", node, left=units[0], right=next(u for u in units if u != units[0]))
        return units[0]

    def share(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        base = node.get("of")
        if base is None:
            return self._bad("missing_key", node, key="of", where=scope.address)
        share = self.value(value, scope.at("share"), SHARE)
        of = self.value(base, scope.at("of"))
        if not isinstance(share, Const) or share.unit != SHARE:
            return self._bad("expects_unit", value, expected=SHARE, found=share.unit)
        return ir.Share(unit=of.unit, readings=of.readings, share=share, of=of)

    def _if(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        then, otherwise = node.get("then"), node.get("else")
        if then is None or otherwise is None:
            return self._bad("missing_key", node, key="then / else", where=scope.address)
        condition = self.condition(value, scope.at("if"))
        first = self.value(then, scope.at("then"), expected)
        second = self.value(otherwise, scope.at("else"), expected or first.unit)
        if first.unit != second.unit:
            return self._bad("unit_mismatch", node, left=first.unit, right=second.unit)
        return ir.If(
            unit=first.unit,
            readings=readings_of((condition, first, second)),
            condition=condition,
            then=first,
            otherwise=second,
        )

    def _known_by(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        if not isinstance(value, Sequence) or len(value.items) != 2:
            return self._bad("wrong_arity", value, operation="known_by", expected="2")
        here = scope.at("known_by")
        first = self.value(value.items[0], here, expected)
        second = self.value(value.items[1], here, expected or first.unit)
        if first.unit != second.unit:
            return self._bad("unit_mismatch", value, left=first.unit, right=second.unit)
        return ir.KnownBy(unit=first.unit, readings=readings_of((first, second)), first=first, second=second)

    def _first_day(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        target = node.get("reaches")
        if target is None:
            return self._bad("missing_key", node, key="reaches", where=scope.address)
        running = self.value(value, scope.at("first_day"))
        reaches = self.value(target, scope.at("reaches"), running.unit)
        capped = text_of(node.get("capped")) in ("yes", "是")
        return self.first_day(running, reaches, capped, value)

    def first_day(self, running: IR, reaches: IR, capped: bool, at: Node) -> IR:
        if reaches.unit != running.unit:
            return self._bad("unit_mismatch", at, left=running.unit, right=reaches.unit)
        lists = tuple(sorted(self._dated_lists(running)))
        if not lists or not self._rises(running):
            return self._bad("not_running_total", at, text=_told(at))
        return ir.FirstDay(
            unit=DATE, readings=readings_of((running, reaches)), of=running, reaches=reaches, capped=capped, lists=lists
        )

    def _dated_lists(self, node: IR) -> set[str]:
        found: set[str] = set()
        for part in ir.walk(node):
            if isinstance(part, ir.Fold) and is_dated(part.child) and not BY_NAME[part.child].period:
                found.add(part.child)
            elif isinstance(part, ir.Ref):
                entity, _, name = part.id.partition(".")
                body = self.definitions.unit(entity, name, None)
                if body is not None:
                    found |= self._dated_lists(body)
        return found

    def _rises(self, node: IR) -> bool:
        """It can only grow as rows are added: of what may fall again no list tells when it first reached a value."""
        if not self._folds(node):
            return True
        if isinstance(node, ir.Fold):
            return node.kind in ("sum", "count") and not node.signed and (node.item is None or self._rises(node.item))
        if isinstance(node, ir.Arithmetic):
            first, *others = node.parts
            if node.operation in ("difference", "ratio"):
                return self._rises(first) and not any(self._folds(o) or self._may_be_negative(o) for o in others)
            if node.operation == "product" and self._may_be_negative(node):
                return False
            return all(self._rises(part) for part in node.parts)
        if isinstance(node, ir.If):
            return not self._folds(node.condition) and self._rises(node.then) and self._rises(node.otherwise)
        if isinstance(node, (ir.Share, ir.KnownBy, ir.Choose)):
            return all(self._rises(part) for part in node.children())
        body = self._body(node)
        return body is not None and self._rises(body)

    def _folds(self, node: IR) -> bool:
        """Whether rows of a list make up any part of the value."""
        for part in ir.walk(node):
            body = self._body(part)
            if isinstance(part, (ir.Fold, ir.FirstDay, ir.ActDay)) or (body is not None and self._folds(body)):
                return True
        return False

    def _body(self, node: IR) -> IR | None:
        """What a name stands for."""
        if not isinstance(node, (ir.Ref, ir.OtherYear)):
            return None
        entity, _, name = node.id.partition(".")
        return self.definitions.unit(entity, name, None)

    def _other_year(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        offset = -1 if node.get("last_year") is not None else 1
        place = place_of(scope, YEAR)
        if place is None or not self.definitions.has(YEAR, text_of(value)):
            return self._bad("unknown_name", value, name=text_of(value), entity=YEAR, suggestion="")
        body = self.definitions.unit(YEAR, text_of(value), value)
        if body is None:
            return self._bad_quietly()
        found = ir.OtherYear(
            unit=body.unit, readings=body.readings, place=place, id=f"{YEAR}.{text_of(value)}", offset=offset
        )
        if self.written_here:
            self.named[value.mark] = found
        return found

    def choice(self, node: MappingNode, scope: Scope, compile: Callable[[Node, Scope], IR], unit: str) -> IR:
        name = text_of(node.get("reading"))
        reading = self.policy.readings.get(name)
        if reading is None:
            return self._bad("unknown_reading", node, name=name, suggestion=suggest(name, self.policy.readings))
        given = {key.text: value for key, value in node.entries if key.text != "reading"}
        missing, extra = set(reading.options) - set(given), set(given) - set(reading.options)
        if missing or extra:
            return self._bad(
                "reading_options", node, name=name, missing=", ".join(sorted(missing)), extra=", ".join(sorted(extra))
            )
        options = tuple((option, compile(given[option], scope.at(option))) for option in sorted(given))
        units = {part.unit for _, part in options}
        if len(units) > 1 and not units <= SCALED:
            return self._bad("unit_mismatch", node, left=options[0][1].unit, right=options[1][1].unit)
        readings = readings_of([part for _, part in options]) | {name}
        return ir.Choose(unit=options[0][1].unit, readings=readings, reading=name, options=options)

    def _value_choice(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        return self.choice(node, scope, lambda item, place: self.value(item, place, expected), expected)

    def _elsewhere(self, word: str, value: Node, scope: Scope, unit: str) -> IR:
        items = value.items if isinstance(value, Sequence) else (value,)
        names = tuple(text_of(item) for item in items)
        if word == "set_by":
            for item, name in zip(items, names, strict=True):
                if name not in self.policy.instruments:
                    self._bad("unknown_instrument", item, name=name, suggestion=suggest(name, self.policy.instruments))
        kind: Literal["instrument", "silent"] = "instrument" if word == "set_by" else "silent"
        return ir.Elsewhere(unit=unit or MONEY, kind=kind, what=names, name=scope.owner, place=Place(scope.rows[0]))

    def _value_elsewhere(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        return self._elsewhere("set_by" if node.get("set_by") is not None else "silent", value, scope, expected)


def _told(node: Node) -> str:
    """A name as it is; of an operation its word."""
    return next((key.text for key, _ in node.entries), "{}") if isinstance(node, MappingNode) else text_of(node)


_Method = Callable[[Values, MappingNode, Node, Scope, str], IR]
_V = Values
_METHODS: Final[Mapping[str, _Method]] = {
    **dict.fromkeys(FOLDS, _V._fold),
    **dict.fromkeys(ARITHMETIC, _V._arithmetic),
    "share": _V.share,
    "if": _V._if,
    "known_by": _V._known_by,
    "first_day": _V._first_day,
    "last_year": _V._other_year,
    "next_year": _V._other_year,
    "day_after": _V._step,
    "day_before": _V._step,
    "start_of": _V._edge,
    "end_of": _V._edge,
    "day": _V._day_of,
    "date_of": _V._date_of,
    "reading": _V._value_choice,
    "set_by": _V._value_elsewhere,
    "silent": _V._value_elsewhere,
}
