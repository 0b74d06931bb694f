"""The words in which policies are compared. Chinese first, English beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "force": ("施行与效力", "force"),
    "scope": ("范围", "scope"),
    "party": ("主体", "party"),
    "trigger": ("条件", "trigger"),
    "figure": ("数", "figure"),
    "base": ("金额与基数", "amount and base"),
    "deadline": ("期限", "deadline"),
    "ladder": ("措施的次序", "ladder"),
    "sanction": ("制裁", "sanction"),
    "list": ("清单", "list"),
    "reading": ("解读", "reading"),
    "clause": ("条款", "clause"),
    "wording": ("文字", "wording"),
}
SECTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "document": ("文件", "document"),
    "provisions": ("规定", "provision"),
    "terms": ("条件", "term"),
    "quantities": ("数量", "quantity"),
    "parties": ("主体", "party"),
    "lists": ("清单", "list"),
    "readings": ("解读", "reading"),
    "questions": ("认定问题", "question"),
    "instruments": ("援引文件", "instrument"),
    "clauses": ("条款", "clause"),
    "left_out": ("未编码的句子", "sentence left out"),
}
NONE: Final = "—"
SILENT: Final = ("文件未写", "silent")
