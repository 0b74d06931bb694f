"""What a case expects of its outcomes, read from its tree: known keys, known words, values of the right form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from vbprules.cases.keys import (
    ABSENT,
    BY_READING,
    CHOICES,
    DATES,
    EXPECTED,
    NOT_APPLICABLE,
    OUTSIDE,
    PARTS,
    SETS,
)
from vbprules.cases.words import CHINESE
from vbprules.decision.words import NEEDS
from vbprules.diagnostics import Report, suggest
from vbprules.language.identifiers import ID
from vbprules.language.shape import items, near
from vbprules.reading import NOWHERE, Mark, Node, Scalar, Sequence
from vbprules.reading import Mapping as MappingNode
from vbprules.values.figures import normal, parse_date

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_ASSIGNMENT: Final = re.compile(f"{ID}={ID}(&{ID}={ID})*")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one outcome must be: expected text by key; ``kind`` is ``outcome``, ``absent`` or ``not_applicable``."""

    outcome: str
    kind: str
    values: Mapping[str, Node]
    line: int
    mark: Mark = field(default=NOWHERE, compare=False, repr=False)

    @property
    def provision(self) -> str:
        """The provision that the outcome is of."""
        return self.outcome.partition("@")[0]


def read_expectations(node: Node | None, report: Report) -> dict[str, Expectation]:
    """The expectations of a case or of a row of its table, by outcome. What is not well formed is reported."""
    found = {}
    for key, value in items(node, report, "expect", ids=False):
        kind, values = "outcome", {}
        if isinstance(value, MappingNode):
            state = value.get("state")
            if isinstance(state, Scalar) and state.text == NOT_APPLICABLE:
                kind = NOT_APPLICABLE
            values = dict(_values(value, kind, report))
        elif isinstance(value, Scalar) and value.text in (ABSENT, NOT_APPLICABLE):
            kind = value.text
        else:
            report.error("expectation_form", key if _blank(value) else value, outcome=key.text)
            continue
        found[key.text] = Expectation(key.text, kind, values, key.mark.line, key.mark)
    return found


def assignment(text: str) -> Mapping[str, str] | None:
    """``volume=both&grain=each`` as options by reading; None if it is not so written, or names a reading twice."""
    if _ASSIGNMENT.fullmatch(text) is None:
        return None
    found = dict(part.split("=") for part in text.split("&"))
    return found if len(found) == text.count("=") else None


def _values(node: MappingNode, kind: str, report: Report) -> Iterator[tuple[str, Node]]:
    for key, value in node.entries:
        if key.text not in EXPECTED:
            report.error("unknown_expectation", key, key=key.text, suggestion=partial(near, key.text, EXPECTED))
        elif kind == NOT_APPLICABLE and key.text not in OUTSIDE:
            report.error("not_with_not_applicable", key, key=key.text)
        elif kind == NOT_APPLICABLE and key.text == "state":
            continue
        elif well_formed(key, value, report):
            yield key.text, value


def well_formed(key: Scalar, value: Node, report: Report) -> bool:
    """Whether what is expected under a key has a form that it can have. What has not is reported."""
    name, errors = key.text, report.error_count
    if isinstance(value, Scalar):
        _word(key, value, report)
    elif isinstance(value, MappingNode) and name in BY_READING:
        for option, answer in value.entries:
            if assignment(option.text) is None:
                report.error("bad_assignment", option, text=option.text)
            if isinstance(answer, Scalar):
                _word(option, answer, report, name)
            else:
                report.error("not_text", answer, where=f"{name}.{option.text}")
        if not value.entries:
            report.error("not_text", value, where=name)
    elif isinstance(value, Sequence) and name in (*SETS, *PARTS):
        for item in value.items:
            if isinstance(item, Scalar):
                _word(key, item, report)
            else:
                report.error("not_text", item, where=name)
    else:
        report.error("not_text", value, where=name)
    return report.error_count == errors


def _word(at: Scalar, value: Scalar, report: Report, name: str = "") -> None:
    """One word of what is expected under a key; ``name`` where the key itself is a reading."""
    key, text = name or at.text, value.text
    if _blank(value):
        report.error("not_text", at, where=key)
    elif key == "state" and (text not in CHOICES[key] or (name and text == NOT_APPLICABLE)):
        report.error("unknown_state", value, value=text, suggestion=partial(_nearest, "state", text))
    elif key in CHOICES and text not in CHOICES[key]:
        report.error(
            "expected_word",
            value,
            key=key,
            value=text,
            choices=", ".join(CHOICES[key]),
            suggestion=partial(_nearest, key, text),
        )
    elif key == "needs" and text.split(" ")[0] not in NEEDS:
        kind = text.split(" ")[0]
        report.error(
            "expected_word",
            value,
            key=key,
            value=kind,
            choices=", ".join(NEEDS),
            suggestion=partial(suggest, kind, NEEDS),
        )
    elif key in DATES:
        for day in _DAY.findall(normal(text)):
            if not is_day(day):
                report.error("bad_date", value, text=day)


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar."""
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


def _nearest(key: str, text: str) -> str:
    """The word nearest to a mistyped one, in the language in which it was written."""
    words = CHOICES[key] if text.isascii() else [zh for forms in CHINESE[key].values() for zh in forms]
    return suggest(text, words)


def _blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()
