"""Dates: terms counted in days, working days, months or years; edges of periods; days of recorded acts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from vbprules.diagnostics import suggest
from vbprules.language.keys import FIRST_DAY
from vbprules.language.operations import PERIODS
from vbprules.program import ir
from vbprules.program.ir import IR, Const
from vbprules.program.literals import ANY_UNIT, Literals, readings_of, text_of
from vbprules.program.names import Scope, place_of, top_scope
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node
from vbprules.values.figures import COUNT, DATE, DAYS, DURATIONS, TRUTH
from vbprules.values.ranges import FALSE, TRUE, exactly


class Dates(Literals):
    """Operations that give a day."""

    @abstractmethod
    def value(self, node: Node, scope: Scope, expected: str = ANY_UNIT) -> IR:
        """A value of any kind."""

    @abstractmethod
    def choice(self, node: MappingNode, scope: Scope, compile: Callable[[Node, Scope], IR], unit: str) -> IR:
        """One node per option of a reading."""

    def _date(self, node: Node, scope: Scope) -> IR:
        found = self.value(node, scope, DATE)
        if found.unit != DATE:
            return self._bad("expects_unit", node, expected=DATE, found=found.unit)
        return found

    def _count(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        forward = node.get("after") is not None
        base = self._date(node.get("after") or node.get("before") or value, scope.at("after" if forward else "before"))
        count = self.value(value, scope.at("count"), DAYS)
        if count.unit not in DURATIONS:
            return self._bad("expects_unit", value, expected=DAYS, found=count.unit)
        counted = self._first_day_counts() if forward else None
        readings = readings_of((base, count) if counted is None else (base, count, counted))
        return ir.Count(
            unit=DATE, readings=readings, base=base, count=count, by=count.unit, forward=forward, counted=counted
        )

    def _first_day_counts(self) -> IR | None:
        """The policy's convention: does the day from which a term runs count as its first day?"""
        if not self._counted_ready:
            self._counted_ready = True
            node = self.policy.document.first_day
            if node is not None:
                self._counted = self._convention(node, top_scope("institution", "document.conventions.first_day"))
        return self._counted

    def _convention(self, node: Node, scope: Scope) -> IR:
        if isinstance(node, MappingNode):
            return self.choice(node, scope, self._convention, TRUTH)
        if text_of(node) not in FIRST_DAY:
            return self._bad(
                "bad_choice",
                node,
                value=text_of(node),
                where=scope.address,
                choices=", ".join(FIRST_DAY),
                suggestion=suggest(text_of(node), FIRST_DAY),
            )
        same = text_of(node) == "same_day"
        return Const(unit=TRUTH, value=TRUE if same else FALSE, text=text_of(node), address=scope.address)

    def _step(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        step = 1 if node.get("day_after") is not None else -1
        base = self._date(value, scope.at("day_after" if step == 1 else "day_before"))
        return ir.NextDay(unit=DATE, readings=base.readings, base=base, step=step)

    def _edge(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        last = node.get("end_of") is not None
        words = text_of(value).split()
        offset = {"next": 1, "previous": -1}.get(words[0], 0) if len(words) == 2 else 0
        base = node.get("of") or node.get("after")
        if base is None or not words or words[-1] not in PERIODS or (len(words) == 2 and offset == 0) or len(words) > 2:
            return self._bad(
                "unknown_operation", value, name=text_of(value), suggestion=suggest(text_of(value), PERIODS)
            )
        start = self._date(base, scope.at("of"))
        return ir.Edge(unit=DATE, readings=start.readings, base=start, period=words[-1], last=last, offset=offset)

    def _day_of(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        base = node.get("at")
        if (
            base is None
            or text_of(node.get("of")) != "month"
            or not text_of(value).isdigit()
            or not 1 <= int(text_of(value)) <= 31
        ):
            return self._bad("bad_date", value, text=text_of(value))
        start = self._date(base, scope.at("at"))
        day = int(text_of(value))
        return ir.Edge(
            unit=DATE,
            readings=start.readings,
            base=start,
            period="month",
            last=False,
            offset=0,
            day=day,
            written=self._const(value, exactly(day), COUNT, scope.at("day")),
        )

    def _date_of(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        return self._act_day(value, scope)

    def _act_day(self, node: Node, scope: Scope) -> IR:
        name = text_of(node)
        found = self.definitions.act_record(name)
        if found is None:
            known = {*self.policy.provisions, *(p.group for p in self.policy.provisions.values() if p.group)}
            return self._bad("unknown_provision", node, name=name, suggestion=suggest(name, known))
        entity, record = found
        place = place_of(scope, entity)
        if place is None:
            return self._bad("not_linked", node, child=entity, parent=scope.rows[0])
        return ir.ActDay(unit=DATE, place=place, of=name, record=record)
