"""NumPy, by hand, on exact integers with a mask for each column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.four_rules.contender import Contender, Figures, Truths
from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW, Row

_Bools = NDArray[np.bool_]
_TRUTHS: Final = np.array([None, None, False, True], dtype=object)  # by 2 × known + true


class Here(Contender):
    """Plain arrays and masks: ``numpy.ma`` took ten times as long."""

    name = "NumPy"
    package = "numpy"
    in_own_form = True

    def prepare(self, rows: Sequence[Row]) -> None:
        columns = tuple(zip(*rows, strict=True))
        self._known = [np.array([value is not None for value in column]) for column in columns]
        self._values = [np.array([value or 0 for value in column], dtype=np.int64) for column in columns]

    def decide(self) -> tuple[tuple[_Bools, ...], tuple[_Bools, ...]]:
        """The four columns of answers, and the four of whether they are known."""
        agreed, purchased, days, working_days = self._values
        agreed_known, purchased_known, days_known, working_days_known = self._known
        completion_known = agreed_known & purchased_known & (agreed != 0)
        hundredfold = purchased * 100
        return (
            (
                hundredfold < agreed * WARN_BELOW,
                hundredfold < agreed * SUSPEND_BELOW,
                days > 0,
                working_days > LONG_AFTER,
            ),
            (completion_known, completion_known, days_known, working_days_known),
        )

    def run(self) -> Sequence[Truths]:
        values, known = self.decide()
        columns = (_TRUTHS[2 * sure + true].tolist() for true, sure in zip(values, known, strict=True))
        return list(zip(*columns, strict=True))

    def naturally(self, figures: Figures) -> Sequence[object]:
        """A missing figure is NaN, as when pandas or ``genfromtxt`` reads the file."""
        agreed, purchased, days, working_days = (
            np.array([np.nan if figures[name] is None else figures[name]], dtype=np.float64) for name in Row._fields
        )
        with np.errstate(all="ignore"):
            completion = purchased / agreed
        return [bool(found[0]) for found in (completion < 0.8, completion < 0.7, days > 0, working_days > 10)]
