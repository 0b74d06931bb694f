"""The outline of a policy: its sections, what each declares, provisions with their kind and clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from vbprules.decision.words import MODALITIES
from vbprules.language.policy import MODALITIES as KINDS
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Node, Scalar
from vbprules.reading import Sequence as SequenceNode
from vbprules.serving.notes import Lang
from vbprules.serving.things import clause_no
from vbprules.serving.understood import Understood

SymbolKind = Literal["section", "provision", "step", "reading", "question", "list", "named", "clause"]
_LABELS: Final = ("label", "asks", "title", "text", "does", *KINDS)
_KINDS: Final[dict[str, SymbolKind]] = {
    "provisions": "provision",
    "readings": "reading",
    "questions": "question",
    "lists": "list",
    "clauses": "clause",
    "tasks": "provision",
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One line of the outline. ``whole`` covers what belongs to it, ``name_at`` its name."""

    name: str
    detail: str
    kind: SymbolKind
    whole: Mark
    name_at: Mark
    children: tuple[Symbol, ...] = ()


def outline(known: Understood, lang: Lang) -> tuple[Symbol, ...]:
    """The sections in the order of the file."""
    return tuple(_section(known, key, value, lang) for key, value in known.root.entries)


def _section(known: Understood, key: Scalar, value: Node, lang: Lang) -> Symbol:
    kind = _KINDS.get(key.text, "named")
    children: list[Symbol] = []
    if key.text != "document" and isinstance(value, MappingNode):
        children = [_entry(name, body, kind, lang) for name, body in value.entries]
    elif key.text in ("clauses", "tasks") and isinstance(value, SequenceNode):
        children = [symbol for item in value.items if (symbol := _row(item, kind)) is not None]
    detail = str(len(children)) if children else value.text if isinstance(value, Scalar) else ""
    return Symbol(known.written(key.mark), detail, "section", _joined(key, value), key.mark, tuple(children))


def _entry(key: Scalar, body: Node, kind: SymbolKind, lang: Lang) -> Symbol:
    detail: list[str] = []
    modality = next((name for name in KINDS if isinstance(body, MappingNode) and body.get(name) is not None), None)
    if kind == "provision" and modality is not None:
        detail.append(MODALITIES[modality][lang == "en"])
    detail += _clauses(body)
    steps = body.get("steps") if isinstance(body, MappingNode) else None
    below = steps.entries if isinstance(steps, MappingNode) else ()
    children = tuple(_entry(name, value, "step", lang) for name, value in below)
    name = f"{key.text} {_label(body)}".strip()
    return Symbol(name, " ".join(detail), kind, _joined(key, body), key.mark, children)


def _row(body: Node, kind: SymbolKind) -> Symbol | None:
    """A clause of the ledger, or a row of the task table."""
    no = body.get("no") if isinstance(body, MappingNode) else None
    if not isinstance(no, Scalar):
        return None
    detail = " ".join(_clauses(body)) if kind == "provision" else ""
    return Symbol(f"{no.text} {_label(body)}".strip(), detail, kind, body.mark, no.mark)


def _label(body: Node) -> str:
    """What people call it, in Chinese as the file has it."""
    values = (body.get(key) for key in _LABELS) if isinstance(body, MappingNode) else ()
    return next((value.text for value in values if isinstance(value, Scalar)), "")


def _clauses(body: Node) -> list[str]:
    """The numbers of the clauses that it cites."""
    cite = body.get("cite") if isinstance(body, MappingNode) else None
    items = cite.items if isinstance(cite, SequenceNode) else (cite,)
    texts = (item.text.partition("“")[0] for item in items if isinstance(item, Scalar))
    return list(dict.fromkeys(clause_no(text) for text in texts))


def _joined(key: Scalar, value: Node) -> Mark:
    """From a key to the end of its value."""
    return Mark(key.mark.line, key.mark.column, value.mark.end_line, value.mark.end_column)
