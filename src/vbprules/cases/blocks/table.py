"""The table of all blocks. A new one is a module with these parts, a line here, its keys, words and schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vbprules.cases.blocks import explain, next, timeline, together, what_if
from vbprules.cases.blocks.reading import Around
from vbprules.cases.model import CaseItem
from vbprules.cases.policy_check import PolicyCheck
from vbprules.cases.trees import Change
from vbprules.cases.values import Mismatch
from vbprules.reading import Node


@dataclass(frozen=True, slots=True)
class Block:
    """What a case may assert under one key, beside the outcomes of its day.

    ``english`` puts its Chinese keys and words into English. ``read`` makes of its tree what ``check`` holds against
    the policy, once for each case, and ``run`` against what comes out; both report slips at their places. ``run`` asks
    the second engine where it is told to, and raises as ``evaluate`` does.
    """

    label: tuple[str, str]  # Chinese and English, for reports
    english: Change
    read: Callable[[Node, Around], Any]
    check: Callable[[CaseItem, Any, PolicyCheck], None]
    run: Callable[[CaseItem, Any, bool], Iterator[Mismatch]]


BLOCKS: Final[Mapping[str, Block]] = {
    "timeline": Block(("时间线", "timeline"), timeline.ENGLISH, timeline.read, timeline.check, timeline.run),
    "explain": Block(("解释", "explanation"), explain.ENGLISH, explain.read, explain.check, explain.run),
    "next": Block(("接下来", "what next"), next.ENGLISH, next.read, next.check, next.run),
    "what_if": Block(("假设", "what if"), what_if.ENGLISH, what_if.read, what_if.check, what_if.run),
    "together": Block(("并列", "together"), together.ENGLISH, together.read, together.check, together.run),
}
