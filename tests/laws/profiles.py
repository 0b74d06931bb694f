"""How many examples a property test takes: few and always the same ones in CI, ``VBPRULES_EXAMPLES`` fresh ones at night."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

Item = TypeVar("Item")
EXAMPLES = int(os.environ.get("VBPRULES_EXAMPLES", "0"))


def register() -> None:
    common = {
        "deadline": None,
        "print_blob": True,
        "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    }
    settings.register_profile("ci", max_examples=20, derandomize=True, database=None, **common)
    settings.register_profile("nightly", max_examples=max(EXAMPLES, 1), **common)
    settings.load_profile("nightly" if EXAMPLES else "ci")


def examples(whole: int) -> settings:
    """A number of examples of its own for a test: a third of it in CI, where a round of fresh ones comes on top; at night
    as many as for every other."""
    return settings(max_examples=EXAMPLES or -(-whole // 3))


def share(items: Sequence[Item], one_in: int) -> Sequence[Item]:
    """One in ``5 * one_in`` of what a costly test goes through in CI; all of it at night."""
    return items if EXAMPLES else items[:: 5 * one_in]
