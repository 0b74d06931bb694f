"""The four rules as JsonLogic, for every implementation of it."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.four_rules.work import LONG_AFTER, SUSPEND_BELOW, WARN_BELOW


def _var(name: str) -> dict[str, Any]:
    return {"var": name}


def _unless(unknown: list[Any], rule: dict[str, Any]) -> dict[str, Any]:
    """The rule, or null where one of the conditions holds."""
    return {"if": [{"or": unknown} if len(unknown) > 1 else unknown[0], None, rule]}


def _absent(name: str) -> dict[str, Any]:
    # not {"missing": …}: implementations differ on whether a null is missing
    return {"===": [_var(name), None]}


def _below(percent: int) -> dict[str, Any]:
    return _unless(
        [_absent("agreed"), _absent("purchased"), {"===": [_var("agreed"), 0]}],
        {"<": [{"*": [_var("purchased"), 100]}, {"*": [_var("agreed"), percent]}]},
    )


EXACT: Final = [
    _below(WARN_BELOW),
    _below(SUSPEND_BELOW),
    _unless([_absent("overdue_days")], {">": [_var("overdue_days"), 0]}),
    _unless([_absent("overdue_working_days")], {">": [_var("overdue_working_days"), LONG_AFTER]}),
]
NATURAL: Final = [
    {"<": [{"/": [_var("purchased"), _var("agreed")]}, 0.8]},
    {"<": [{"/": [_var("purchased"), _var("agreed")]}, 0.7]},
    {">": [_var("overdue_days"), 0]},
    {">": [_var("overdue_working_days"), 10]},
]
