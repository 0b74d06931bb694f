"""Totals, counts and extremes over the rows that belong to a row."""

from __future__ import annotations

from abc import abstractmethod

from vbprules.diagnostics import suggest
from vbprules.language.operations import FOLDS
from vbprules.language.vocabulary import BY_NAME, PERIOD_ENTITIES, is_dated
from vbprules.program import ir
from vbprules.program.dates import Dates
from vbprules.program.ir import IR, Place
from vbprules.program.literals import readings_of, text_of
from vbprules.program.names import Scope, link, period_place, place_of, refers
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node
from vbprules.values.figures import COUNT, DATE


class Folds(Dates):
    """Operations over child rows."""

    @abstractmethod
    def condition(self, node: Node, scope: Scope) -> IR:
        """A condition, for ``where`` and ``if``."""

    def _fold(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        kind = next(word for word in FOLDS if node.get(word) is not None)
        if kind == "count" and (node.get("after") is not None or node.get("before") is not None):
            return self._count(node, value, scope, expected)
        child = self._fold_child(node, value, kind)
        if child is None:
            return self._bad("missing_key", node, key="over", where=scope.address)
        origin = self._origin(node, scope)
        linked = link(origin.entity, child) if origin else None
        if origin is None or linked is None:
            return self._bad("not_linked", node, child=child, parent=text_of(node.get("in")) or scope.rows[0])
        inner = scope.at(kind).inner(child)
        item = None if kind == "count" else self.value(value, inner)
        where = self.condition(clause, inner) if (clause := node.get("where")) is not None else None
        starts, ends = node.get("from"), node.get("through")
        if (edge := starts or ends) is not None and BY_NAME[child].day is None and child not in PERIOD_ENTITIES:
            return self._bad("window_without_days", edge, child=child)
        if starts is None and ends is None:
            start, end = self._default_window(origin, child)
        else:
            start = self._date(starts, scope.at("from")) if starts is not None else None
            end = self._date(ends, scope.at("through")) if ends is not None else None
        parts = [part for part in (item, where, start, end) if part is not None]
        so_far = end is None or (node.get("so_far") is not None and text_of(node.get("so_far")) in ("yes", "是"))
        return ir.Fold(
            unit=COUNT if item is None else item.unit,
            readings=readings_of(parts),
            kind=kind,
            child=child,
            origin=origin,
            link=linked,
            item=item,
            where=where,
            start=start,
            end=end,
            so_far=so_far,
            signed=item is not None and self._may_be_negative(item),
        )

    def _may_be_negative(self, node: IR) -> bool:
        """A difference may be; what is recorded is not."""
        for part in ir.walk(node):
            if isinstance(part, ir.Arithmetic) and part.operation == "difference":
                return True
            if isinstance(part, ir.Ref):
                entity, _, name = part.id.partition(".")
                body = self.definitions.unit(entity, name, None)
                if body is not None and self._may_be_negative(body):
                    return True
        return False

    def _fold_child(self, node: MappingNode, value: Node, kind: str) -> str | None:
        over = node.get("over") if kind != "count" or node.get("over") is not None else value
        if over is not None:
            if text_of(over) not in BY_NAME:
                self._bad("unknown_entity", over, name=text_of(over), suggestion=suggest(text_of(over), BY_NAME))
                return None
            return text_of(over)
        named = self.policy.quantities.get(text_of(value)) or self.policy.terms.get(text_of(value))
        if named is not None:
            return named.per
        owners = [entity for entity in BY_NAME if self.definitions.has(entity, text_of(value))]
        owners = owners or [entity for entity in BY_NAME if text_of(value) in BY_NAME[entity].field_map]
        return owners[0] if len(owners) == 1 else None

    def _origin(self, node: MappingNode, scope: Scope) -> Place | None:
        start = node.get("in")
        if start is None:
            return Place(scope.rows[0])
        return place_of(scope, text_of(start)) if text_of(start) in BY_NAME else None

    def _default_window(self, origin: Place, child: str) -> tuple[IR | None, IR | None]:
        """The period of the row, for dated children that do not name the row themselves."""
        place = period_place(origin)
        if place is None or refers(child, origin.entity) or not (is_dated(child) or child in PERIOD_ENTITIES):
            return None, None
        return (ir.PeriodEnd(unit=DATE, place=place, last=False), ir.PeriodEnd(unit=DATE, place=place, last=True))
