"""The words in which documents are laid side by side. Chinese first, English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RANKS: Final[Mapping[str, tuple[str, str]]] = {
    "national": ("国家级", "national"),
    "province": ("省级（含直辖市）", "provincial"),
    "city": ("市级", "city-level"),
    "district": ("区县级", "district-level"),
}
DATED: Final[Mapping[str, tuple[str, str]]] = {"earlier": ("此前", "earlier"), "later": ("此后", "later")}
RELATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "yields_to": ("让位于", "yields to"),
    "displaces": ("取代", "displaces"),
}
UNLIKE: Final[Mapping[str, tuple[str, str]]] = {
    "modality": ("种类不同", "another kind of norm"),
    "bearer": ("承担者不同", "another bearer"),
    "entity": ("对象不同", "judged for other rows"),
}
VERDICTS: Final[Mapping[str, tuple[str, str]]] = {
    "same": ("相同", "the same"),
    "different": ("不同", "different"),
    "disjoint": ("不同，不能并存", "different, and no figure meets both"),
    "by_reading": ("是否相同视解读而定", "the same or not by reading"),
    "unknown": ("是否相同未定", "not known whether the same"),
}
CONFLICTS: Final[Mapping[str, tuple[str, str]]] = {
    "figures": ("同一事项有两个不同的数", "two figures for one matter"),
    "disjoint": ("同一事项的两个数不能并存", "two figures for one matter, and none meets both"),
    "days": ("一份文件的最后一天早于另一份的最早一天", "the last day of one lies before the first day of the other"),
    "permitted_and_prohibited": ("一份文件许可，另一份禁止", "one permits what the other prohibits"),
    "required_and_prohibited": ("一份文件要求，另一份禁止", "one requires what the other prohibits"),
}
