"""Running through time, from one day on which an answer can change to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from vbprules.calendar import ChosenCalendar
from vbprules.engine.case import Case
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import Judge, Judged
from vbprules.timeline.horizon import Horizon
from vbprules.values.forks import lift
from vbprules.values.ranges import Range

CaseOn = Callable[[int], Case]  # the case as of a day


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One answer that is another one from this day on. ``before`` is None where there was none."""

    day: int
    before: Judged | None
    after: Judged
    judge: Judge  # on this day


def turns(case_on: CaseOn, first: int, last: int, calendar: ChosenCalendar) -> Iterator[Turn]:
    """Every change of an answer from ``first`` to ``last``; on the first day, every answer as it stands.

    ``calendar`` is the one by which ``case_on`` counts working days.
    """
    known: dict[str, Judged] = {}
    day = first
    horizon: Horizon | None = None
    while day <= last:
        judge = Judge(case_on(day))
        for after in judge.all():
            before = known.get(after.key)
            if before is None or not same(before, after):
                known[after.key] = after
                yield Turn(day, before, after, judge)
        horizon = horizon or Horizon(judge.case.program, judge.case.dossier, calendar)
        day = horizon.next_day(judge)


def same(one: Judged, two: Judged) -> bool:
    """The same answer for a reader: whether it applies, its state, and every date and amount that is known.

    What is only bounded, and what has been paid so far, may move from day to day without being another answer.
    """
    return one.applies == two.applies and look(one) == look(two)


def look(judged: Judged) -> dict[str, Any]:
    """The state and the known attributes by name, forked by reading where they are."""
    shown = {name: lift(_known, value) for name, value in judged.attributes.items() if name in SHOWN}
    return {"state": judged.state, **{name: value for name, value in shown.items() if value is not None}}


def _known(value: Any) -> Any:
    plain = value.value if isinstance(value, Figured) else value
    return None if isinstance(plain, Range) and not plain.exact and not isinstance(value, Figured) else value


SHOWN: Final = ("amount", "due", "not_before", "from", "until", "standard", "base", "excess", "value")
