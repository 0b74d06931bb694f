"""What a piece of YAML on a page is a piece of, and what the language does not know in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from vbprules.schemas import SCHEMAS

RULINGS = {
    "type": "object",
    "properties": {
        "policy": {},
        "note": {},
        "readings": {
            "type": "array",
            "items": {"propertyNames": {"enum": ["reading", "option", "by", "day", "source"]}},
        },
        "determinations": {"type": "array"},
    },
    "additionalProperties": False,
}


def unknown_in(text: str) -> list[str]:
    """What no file of the library may have: of the kind of file that the piece fits best. Empty where it fits one.

    A piece may leave out whole sections; what it does have is written in full.
    """
    written = yaml.load(text, yaml.BaseLoader)
    found: dict[int, list[str]] = {}
    for validator, whole, outside in _as_files(written):
        errors = list(validator.iter_errors(whole))
        if not errors:
            return []
        reached = min(len(error.absolute_path) for error in errors) - outside
        found.setdefault(reached, []).append(_said(best_match(errors)))
    return found[max(found)]


def _as_files(written: Any) -> Iterator[tuple[Draft7Validator, Any, int]]:
    """The files of which this may be a piece, and how deep it lies in each."""
    if isinstance(written, list):
        yield _validator("policy"), {"clauses": written}, 1
        yield _validator("case"), {"cases": written}, 1
        return
    for name in SCHEMAS:
        yield _validator(name), written, 0
    yield _validator("case"), {"cases": [{"case": "", "as_of": "2020-01-01", **written}]}, 2
    yield Draft7Validator(RULINGS), written, 0


@cache
def _validator(name: str) -> Draft7Validator:
    """The schema that editors use, without what must stand at the top."""
    schema = SCHEMAS[name]()
    return Draft7Validator({key: value for key, value in schema.items() if key not in ("required", "allOf")})


def _said(error: Any) -> str:
    return f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}"
