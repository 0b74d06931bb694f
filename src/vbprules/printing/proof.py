"""The structure of a proof: what in a tree of reasons is a choice of reading, a figure, one condition said twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from vbprules.decision.model import Reason
from vbprules.printing.figures import branches, ends
from vbprules.values.figures import DATE, DAYS, MONEY, show
from vbprules.values.ranges import Infinity


def is_reading(reason: Reason) -> bool:
    """Whether it is a condition as it stands under one option of a reading."""
    return reason.kind == "option"


def is_option(reason: Reason) -> bool:
    """Whether it is a figure as it stands under one option of a reading."""
    return reason.kind == "option_figure"


def distinct(reasons: Iterable[Reason]) -> list[Reason]:
    """Reasons said once. Equality comes as two comparisons of one sentence: it holds if both do."""
    found: dict[str, Reason] = {}
    rank = {"no": 0, "by_reading": 1, "open": 2, "yes": 3}
    for reason in reasons:
        known = found.get(reason.text.en)
        if known is None or rank[reason.truth] < rank[known.truth]:
            found[reason.text.en] = reason
    return list(found.values())


def is_figure(reason: Reason) -> bool:
    """Whether it tells how an amount or another figure of the outcome arises, rather than a condition."""
    return reason.kind == "figure"


def conditions(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if not is_figure(reason)]


def is_chosen(part: Reason, chosen: Mapping[str, str]) -> bool:
    """Whether a figure under one option is the one chosen."""
    name, _, option = part.text.en.partition(": ")[0].partition("=")
    return chosen.get(name) == option


def operands(parts: Iterable[Reason], chosen: Mapping[str, str]) -> Iterator[Reason]:
    """The figures beneath a figure; of one that forks the option chosen, or what its options are made of."""
    for part in parts:
        taken = under(part, chosen)
        if taken is part and is_option(part) and part.parts:
            yield from _leaves(part)
        else:
            yield taken


def under(part: Reason, chosen: Mapping[str, str]) -> Reason:
    """A figure as it stands under the option chosen; itself where it does not depend on one that is chosen."""
    kept = [option for option in part.parts if is_option(option) and is_chosen(option, chosen)]
    return kept[0] if len(kept) == 1 else part


def _leaves(reason: Reason) -> Iterator[Reason]:
    if not reason.parts:
        yield reason
    for part in reason.parts:
        yield from _leaves(part)


def is_choice(reason: Reason) -> bool:
    return reason.kind == "choice" and bool(reason.parts)


def options(reason: Reason, chosen: Mapping[str, str]) -> tuple[Reason, ...]:
    """The parts of a reason; of a choice between readings only the options chosen."""
    if not is_choice(reason):
        return reason.parts
    kept = []
    for part in reason.parts:
        name, _, option = part.text.en.removeprefix("reading ").partition("=")
        if chosen.get(name, option) == option:
            kept.append(part)
    return tuple(kept) or reason.parts


def within(text: str, chosen: Mapping[str, str]) -> list[str]:
    """The values of a figure that the chosen readings leave."""
    found = branches(text)
    if found is None:
        return [text]
    kept = [
        value
        for readings, value in found
        if all(chosen.get(name, option) == option for name, option in readings.items())
    ]
    return list(dict.fromkeys(kept or [value for _, value in found]))


def difference(value: str, bound: str, unit: str) -> str | None:
    """Value less bound in the form of their unit, days for dates; None unless both are exact."""
    mine, other = ends(value), ends(bound)
    if mine is None or other is None or mine[0] != mine[1] or other[0] != other[1]:
        return None
    if isinstance(mine[0], Infinity) or isinstance(other[0], Infinity):
        return None
    apart = Fraction(mine[0]) - Fraction(other[0])
    return show(apart * 100 if unit == MONEY else apart, DAYS if unit == DATE else unit)


def compared(value: str, comparator: str, bound: str) -> str:
    """Whether a value as the decision holds it stands in a relation to a bound: yes, no or open."""
    mine, other = ends(value), ends(bound)
    if mine is None or other is None:
        return "open"
    (low, high), (floor, ceiling) = mine, other
    if comparator in ("above", "after", "at_least", "on_or_after"):
        (low, high), (floor, ceiling) = (floor, ceiling), (low, high)
    strict = comparator in ("below", "before", "above", "after")
    surely = high < floor if strict else high <= floor
    possibly = low < ceiling if strict else low <= ceiling
    if comparator == "exactly":
        surely, possibly = low == high == floor == ceiling, low <= ceiling and floor <= high
    return "yes" if surely else "open" if possibly else "no"
