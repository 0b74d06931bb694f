"""Values under readings: a decision diagram whose leaves are ordinary values.

A reading gives one option everywhere, so operations run leaf by leaf within one assignment and never mix options.
Diagrams are ordered by reading name and reduced: a reading on which the value does not depend has left it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Assignment = tuple[tuple[str, str], ...]


class Fork(NamedTuple):
    """The value depends on ``reading``: one branch per option, each a leaf or a fork of a later reading."""

    reading: str
    branches: tuple[tuple[str, Any], ...]


def fork(reading: str, branches: Sequence[tuple[str, Any]]) -> Any:
    """A fork, or the common value if every branch agrees. Branches may consult other readings in any order."""
    options = tuple(name for name, _ in branches)
    values = [restrict(value, reading, name) for name, value in branches]
    earlier = [v.reading for v in values if type(v) is Fork and v.reading < reading]
    if earlier:
        first = min(earlier)
        names = next(v for v in values if type(v) is Fork and v.reading == first).branches
        return fork(
            first,
            [
                (name, fork(reading, [(o, restrict(v, first, name)) for o, v in zip(options, values, strict=True)]))
                for name, _ in names
            ],
        )
    if all(value == values[0] for value in values[1:]):
        return values[0]
    return Fork(reading, tuple(zip(options, values, strict=True)))


def restrict(value: Any, reading: str, option: str) -> Any:
    """The value under ``reading = option``."""
    if type(value) is not Fork or value.reading > reading:
        return value
    if value.reading == reading:
        return _branch(value, option)
    return fork(value.reading, [(name, restrict(branch, reading, option)) for name, branch in value.branches])


def _branch(value: Fork, option: str) -> Any:
    for name, branch in value.branches:
        if name == option:
            return branch
    raise KeyError(option)


def under(value: Any, assignment: Mapping[str, str]) -> Any:
    """The value as far as the assignment decides it."""
    while type(value) is Fork and value.reading in assignment:
        value = _branch(value, assignment[value.reading])
    if type(value) is Fork:
        return fork(value.reading, [(name, under(branch, assignment)) for name, branch in value.branches])
    return value


def lift(operation: Callable[..., Any], *values: Any) -> Any:
    """Apply ``operation`` to leaves, once per assignment that the values consult."""
    for value in values:
        if type(value) is Fork:
            break
    else:
        return operation(*values)
    first = min((v for v in values if type(v) is Fork), key=lambda v: v.reading)
    return fork(
        first.reading,
        [(name, lift(operation, *(restrict(v, first.reading, name) for v in values))) for name, _ in first.branches],
    )


def leaves(value: Any, path: Assignment = ()) -> Iterator[tuple[Assignment, Any]]:
    """Every leaf with the part of an assignment that leads to it, in a fixed order."""
    if type(value) is Fork:
        for name, branch in value.branches:
            yield from leaves(branch, (*path, (value.reading, name)))
    else:
        yield path, value
