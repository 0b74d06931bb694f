"""docs/synth.md states every parameter with the value that the code has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from vbprules.synth import parameters

PAGE = (Path(__file__).parents[2] / "docs" / "synth.md").read_text("utf-8")
STATED = {match[1]: match[2] for match in re.finditer(r"^\| `([A-Z_0-9]+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE)}
NAMES = sorted(name for name in vars(parameters) if name.isupper() and name != "CLASSES")


def shown(value: object) -> str:
    if isinstance(value, Mapping):
        plain = all(isinstance(item, int) for item in value.values())
        parts = [f"{key} {item}" if plain else f"{key}: {shown(item)}" for key, item in value.items() if item]
        return (", " if plain else "; ").join(parts)
    if isinstance(value, tuple):
        return f"{value[0]}–{value[1]}" if len(value) == 2 else ", ".join(map(str, value))
    return str(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_is_stated(name: str) -> None:
    assert STATED[name] == shown(getattr(parameters, name))


def test_the_page_states_nothing_else() -> None:
    assert set(STATED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_shares_make_up_the_whole(name: str) -> None:
    """Of those that are drawn as options; the others are shares of their own, or figures."""
    value = getattr(parameters, name)
    options = (
        "KINDS",
        "PAYERS",
        "PURCHASES",
        "OTHER_SIZE",
        "PAYMENT_DAYS",
        "PAYMENT_FROM",
        "ACCEPTANCE",
        "PREPAYMENT",
        "WINNERS",
        "PASSED_GENERICS",
        "UNPASSED_GENERICS",
    )
    if name in options:
        assert sum(value.values()) == 1000
    if name in ("OWNERSHIPS", "GRADES", "LEVELS", "COMPLETION", "PAYMENT"):
        assert all(sum(shares.values()) == 1000 for shares in value.values())
