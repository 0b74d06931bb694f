"""Which tests that are held of every policy a run leaves out: each is tried on one policy, another one for each test."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import pytest

FOLDERS = (
    "laws", "explain", "schemas", "comparing", "mending", "logic", "drafting", "serving", "case_files", "timeline"
)  # fmt: skip
POLICIES = ("chongqing_2019", "guizhou_2019", "xian_2019", "yunnan_2020", "hechuan_2025")


def left_out(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The items of these folders that are about a policy which is not their test's turn."""
    groups: dict[str, dict[str, list[pytest.Item]]] = {}
    for item in items:
        policy = _policy(item)
        if policy is not None and item.path.parent.name in FOLDERS:
            groups.setdefault(item.nodeid.partition("[")[0], {}).setdefault(policy, []).append(item)
    gone: list[pytest.Item] = []
    for name, found in groups.items():
        there = sorted(found)
        kept = there[crc32(name.encode()) % len(there)]
        gone += [item for policy in there if policy != kept for item in found[policy]]
    return gone


def _policy(item: pytest.Item) -> str | None:
    told = item.nodeid.partition("[")[2]
    return next((name for name in POLICIES if name in told), None)
