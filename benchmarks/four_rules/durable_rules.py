"""durable_rules: eight rules, for a yes and a no to each question, over facts asserted and retracted one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Any, Final

from durable.engine import MessageNotHandledException
from durable.lang import assert_fact, m, retract_fact, ruleset, when_all

from benchmarks.four_rules.contender import Contender, Figures, Truths
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Answer, Row

_NAMES: Final = count()  # a rule set's name is for ever


class Here(Contender):
    """A posted event is spent on one of the rules that it fires, so rows are facts. The left side of a comparison can
    be no product, so a hundred times the purchase is a field. What is not recorded is left out."""

    name = "durable_rules"
    package = "durable_rules"
    most = 1_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._found: dict[str, bool] = {}
        self._rules = f"four_rules_{next(_NAMES)}"
        some = m.agreed > 0
        with ruleset(self._rules):
            self._answer("warn", True, some & (m.hundredfold < m.agreed * WARN_BELOW))
            self._answer("warn", False, some & (m.hundredfold >= m.agreed * WARN_BELOW))
            self._answer("suspend", True, some & (m.hundredfold < m.agreed * SUSPEND_BELOW))
            self._answer("suspend", False, some & (m.hundredfold >= m.agreed * SUSPEND_BELOW))
            self._answer("overdue", True, m.overdue_days > 0)
            self._answer("overdue", False, m.overdue_days <= 0)
            self._answer("overdue_long", True, m.overdue_working_days > LONG_AFTER)
            self._answer("overdue_long", False, m.overdue_working_days <= LONG_AFTER)
        self._facts = [_fact(number, row) for number, row in enumerate(rows)]

    def _answer(self, name: str, truth: bool, condition: Any) -> None:
        def found(_: Any) -> None:
            self._found[name] = truth

        when_all(condition)(found)

    def run(self) -> Sequence[Truths]:
        return [self._one(fact) for fact in self._facts]

    def _one(self, fact: dict[str, Any]) -> Truths:
        self._found.clear()
        _tell(assert_fact, self._rules, fact)
        _tell(retract_fact, self._rules, fact)
        return tuple(self._found.get(name) for name in Answer._fields)

    def naturally(self, figures: Figures) -> Sequence[object]:
        """A rule for each sanction; what does not fire is a no."""
        self._found = {}
        self._rules = f"four_rules_{next(_NAMES)}"
        with ruleset(self._rules):
            self._answer("warn", True, m.purchased < m.agreed * 0.8)
            self._answer("suspend", True, m.purchased < m.agreed * 0.7)
            self._answer("overdue", True, m.overdue_days > 0)
            self._answer("overdue_long", True, m.overdue_working_days > 10)
        known = {name: value for name, value in figures.items() if value is not None}
        return [bool(truth) for truth in self._one({"id": "0", **known})]


def _fact(number: int, row: Row) -> dict[str, Any]:
    known = {name: value for name, value in row._asdict().items() if value is not None}
    if row.purchased is not None:
        known["hundredfold"] = 100 * row.purchased
    return {"id": str(number), **known}


def _tell(what: Any, rules: str, fact: dict[str, Any]) -> None:
    with suppress(MessageNotHandledException):  # no rule fired: every answer is unknown
        what(rules, fact)
