"""CLIPS (clipspy): rows are facts of a template, all asserted and then run at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import clips

from benchmarks.four_rules.contender import Contender, Figures, Truths
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Answer, Row

_TEMPLATE: Final = """(deftemplate agreement
    (slot number) (slot agreed) (slot purchased) (slot overdue_days) (slot overdue_working_days))"""
_SHARE: Final = """(defrule {name}
    (agreement (number ?row) (agreed ?agreed&:(integerp ?agreed)&~0) (purchased ?purchased&:(integerp ?purchased)))
    => (found ?row {place} (< (* ?purchased 100) (* ?agreed {percent}))))"""
_DAYS: Final = """(defrule {name}
    (agreement (number ?row) ({slot} ?days&:(integerp ?days)))
    => (found ?row {place} (> ?days {days})))"""
_RULES: Final = (
    _SHARE.format(name="warn", place=0, percent=WARN_BELOW),
    _SHARE.format(name="suspend", place=1, percent=SUSPEND_BELOW),
    _DAYS.format(name="overdue", place=2, slot="overdue_days", days=0),
    _DAYS.format(name="overdue_long", place=3, slot="overdue_working_days", days=LONG_AFTER),
)
_NATURAL: Final = (
    "(defrule warn (agreement (agreed ?agreed) (purchased ?purchased))"
    " (test (< (/ ?purchased ?agreed) 0.8)) => (found warn))",
    "(defrule suspend (agreement (agreed ?agreed) (purchased ?purchased))"
    " (test (< (/ ?purchased ?agreed) 0.7)) => (found suspend))",
    "(defrule overdue (agreement (overdue_days ?days)) (test (> ?days 0)) => (found overdue))",
    "(defrule overdue_long (agreement (overdue_working_days ?days)) (test (> ?days 10)) => (found overdue_long))",
)


class Here(Contender):
    """A rule for each answer: its left side asks whether the figures are there, its right side compares and hands the
    truth to Python; asserting it and reading it back takes as long. Asserting the rows is part of the work, for there
    the matching is done. Integers are 64 bits."""

    name = "CLIPS"
    package = "clipspy"
    most = 4_000

    def prepare(self, rows: Sequence[Row]) -> None:
        self._environment = _environment(self._keep, _RULES)
        self._template = self._environment.find_template("agreement")
        self._facts = [_fact(number, row._asdict()) for number, row in enumerate(rows)]
        self._true = clips.Symbol("TRUE")

    def _keep(self, row: int, place: int, truth: object) -> None:
        self._answers[row][place] = truth is True or truth == self._true

    def run(self) -> Sequence[Truths]:
        self._environment.reset()
        self._answers: list[list[bool | None]] = [[None] * 4 for _ in self._facts]
        state = self._template.assert_fact
        for fact in self._facts:
            state(**fact)
        self._environment.run()
        return self._answers

    def naturally(self, figures: Figures) -> Sequence[object]:
        """A missing figure is the slot's default, nil; CLIPS complains on the console, and the rule does not fire."""
        fired: set[str] = set()
        environment = _environment(lambda name: fired.add(str(name)), _NATURAL)
        environment.add_router(_Quiet())
        environment.find_template("agreement").assert_fact(**_fact(0, figures))
        environment.run()
        return [name in fired for name in Answer._fields]


class _Quiet(clips.Router):  # type: ignore[misc]
    """Takes the complaints, which would stand between the lines of the table."""

    def __init__(self) -> None:
        super().__init__("quiet", 50)

    def query(self, name: str) -> bool:
        return name in ("stderr", "werror", "wwarning")

    def write(self, name: str, message: str) -> None:
        pass


def _environment(found: Any, rules: Sequence[str]) -> clips.Environment:
    environment = clips.Environment()
    environment.define_function(found, "found")
    environment.build(_TEMPLATE)
    for rule in rules:
        environment.build(rule)
    return environment


def _fact(number: int, figures: Figures) -> dict[str, int | float]:
    return {"number": number, **{name: value for name, value in figures.items() if value is not None}}
