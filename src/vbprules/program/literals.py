"""What every expression is made of: figures with their unit, and names that stand for fields and quantities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from vbprules.diagnostics import Report
from vbprules.language.policy import Policy
from vbprules.language.vocabulary import BY_NAME
from vbprules.program import ir
from vbprules.program.ir import IR, Const, Place
from vbprules.program.names import Scope, locate, place_of
from vbprules.reading import Mark, Node, Scalar
from vbprules.values.figures import COUNT, DATE, NUMBER, TRUTH, UNITS, Figure, parse_date, parse_figure
from vbprules.values.ranges import FALSE, exactly

ANY_UNIT: Final = ""


class Definitions(Protocol):
    """What the compiler of a whole policy offers to its expressions."""

    def has(self, entity: str, name: str) -> bool: ...
    def unit(self, entity: str, name: str, at: Node | None) -> IR | None: ...
    def norm_condition(self, kind: str, provision: str, at: Node) -> tuple[str, str, frozenset[str]] | None: ...
    def act_record(self, provision: str) -> tuple[str, str] | None: ...


class Literals:
    """Reads figures and resolves names. A slip is reported and yields a harmless constant."""

    def __init__(self, policy: Policy, definitions: Definitions, report: Report) -> None:
        self.policy, self.definitions, self.report = policy, definitions, report
        self.named: dict[Mark, IR] = {}  # what each name of the file stands for
        self.written_here = True  # not in the prelude, whose places are others
        self._counted: IR | None = None
        self._counted_ready = False

    def _figure(self, node: Node, expected: str, scope: Scope, quiet: bool = False) -> Figure | None:
        """A figure or date literal; a bare number takes a countable unit and is refused for a share, money or time."""
        text = text_of(node)
        try:
            day = parse_date(text)
        except ValueError:
            self._bad("bad_date", node, text=text)
            return Figure(exactly(1), DATE)
        if day is not None:
            return Figure(exactly(day), DATE)
        figure = parse_figure(text)
        if figure is None:
            if not quiet:
                self._bad("bad_figure", node, text=text)
            return None
        if figure.bare and expected not in (ANY_UNIT, COUNT, NUMBER, UNITS):
            self._bad("bare_number", node, text=text, expected=expected)
            return Figure(figure.range, expected)
        if figure.bare and expected != ANY_UNIT:
            return Figure(figure.range, expected)
        return figure

    def _const(self, node: Node, value: object, unit: str, scope: Scope) -> Const:
        return Const(unit=unit, value=value, text=text_of(node), address=scope.address, mark=node.mark)  # type: ignore[arg-type]

    def _resolves(self, name: str, scope: Scope) -> bool:
        return bool(self._candidates(name, scope))

    def _candidates(self, name: str, scope: Scope) -> list[tuple[Place, str]]:
        if "." in name:
            entity, _, rest = name.partition(".")
            place = place_of(scope, entity) if entity in BY_NAME else None
            return [(place, rest)] if place is not None and self._entity_has(entity, rest) else []
        return [(place, name) for place in locate(scope, lambda entity: self._entity_has(entity, name))]

    def _entity_has(self, entity: str, name: str) -> bool:
        known = BY_NAME[entity]
        if name in ("period_start", "period_end"):
            return known.period
        return name in known.field_map or self.definitions.has(entity, name)

    def _names(self, scope: Scope) -> set[str]:
        names: set[str] = {"as_of"}
        for entity in scope.rows:
            names.update(BY_NAME[entity].field_map)
        names.update(self.policy.terms, self.policy.quantities)
        return names

    def _name(self, node: Scalar, scope: Scope) -> IR:
        """What a name that resolves stands for; its place is kept for those who ask what stands there."""
        found = self._meant(node, scope)
        if self.written_here:
            self.named[node.mark] = found
        return found

    def _meant(self, node: Scalar, scope: Scope) -> IR:
        found = self._candidates(node.text, scope)
        if len(found) > 1:
            choices = ", ".join(f"{place.entity}.{name}" for place, name in found)
            return self._bad("ambiguous_name", node, name=node.text, choices=choices)
        place, name = found[0]
        if name in ("period_start", "period_end"):
            return ir.PeriodEnd(unit=DATE, place=place, last=name == "period_end")
        if self.definitions.has(place.entity, name):
            body = self.definitions.unit(place.entity, name, node)
            if body is None:
                return self._bad_quietly()
            return ir.Ref(unit=body.unit, readings=body.readings, place=place, id=f"{place.entity}.{name}")
        return ir.Fact(unit=BY_NAME[place.entity].field_map[name].unit, place=place, name=name)

    def _bad(self, code: str, at: Node | None, **args: object) -> Const:
        self.report.error(code, at, **args)
        return self._bad_quietly()

    def _bad_quietly(self) -> Const:
        return Const(unit=TRUTH, value=FALSE, text="", address="")


def readings_of(parts: Iterable[IR]) -> frozenset[str]:
    result: frozenset[str] = frozenset()
    for part in parts:
        result |= part.readings
    return result


def text_of(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""
