"""Walking backward over a program under readings: where a value depends on one, each option is walked by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vbprules.engine.interpret import Interpreter
from vbprules.engine.lists import Rows
from vbprules.program import ir
from vbprules.program.ir import IR
from vbprules.values.forks import Fork, fork, under


class _Consults(Exception):
    def __init__(self, reading: str) -> None:
        self.reading = reading


class OptionWalk:
    """``path``: the options taken so far. What consults another reading is begun again under each of its options."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.case = interpreter.case
        self.path: Mapping[str, str] = {}

    def explored(self, find: Callable[[], Any], path: Mapping[str, str]) -> Any:
        """What ``find`` finds under the options of ``path``, forked by the readings that it consults beside."""
        kept, self.path = self.path, path
        try:
            return find()
        except _Consults as consulted:
            options = sorted(self.case.program.policy.readings[consulted.reading].options)
            return fork(consulted.reading, [(o, self.explored(find, {**path, consulted.reading: o})) for o in options])
        finally:
            self.path = kept

    def at(self, node: IR, rows: Rows) -> Any:
        """The value of a node under the options taken so far."""
        value = self.interpreter.value(node, rows)
        if type(value) is Fork:
            value = under(value, self.path)
            if type(value) is Fork:
                raise _Consults(value.reading)
        return value

    def taken(self, node: ir.Choose) -> IR | None:
        """The part of a choice under the option that is fixed or taken so far, if any is."""
        option = self.case.fixed.get(node.reading) or self.path.get(node.reading)
        return None if option is None else dict(node.options)[option]

    def chosen(self, node: ir.Choose) -> IR:
        """The part of a choice; where its reading is not taken yet, every option is."""
        part = self.taken(node)
        if part is None:
            raise _Consults(node.reading)
        return part
