"""Any number of policies side by side: matters as rows, policies as columns, norms in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vbprules.comparing.asked import is_about
from vbprules.comparing.model import Part, PolicyInLaw
from vbprules.comparing.summary import SILENT, VALUES, in_law
from vbprules.decision.model import Text
from vbprules.decision.words import ATTRIBUTES
from vbprules.language import policy as p
from vbprules.language.vocabulary import BY_NAME, MATTERS
from vbprules.program.ir import Program

_NAMES: Final = {  # what a cell tells, in this order
    "when": ("条件", "when"),
    "except": ("例外", "except"),
    "requires": ("要求", "requires"),
    "forbids": ("不得", "forbids"),
    "due": ATTRIBUTES["due"],
    "not_before": ATTRIBUTES["not_before"],
    "amount": ATTRIBUTES["amount"],
    "value": ATTRIBUTES["value"],
    "standard": ATTRIBUTES["standard"],
    "from": ATTRIBUTES["from"],
    "until": ATTRIBUTES["until"],
    "fields": ("方面", "fields"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a cell says of a norm: its label, what the text says, and whether the text leaves it open."""

    name: str
    label: Text
    texts: tuple[Text, ...]
    silent: bool = False


@dataclass(frozen=True, slots=True)
class CellNorm:
    """A norm in a cell, with its clauses."""

    id: str
    title: Text
    modality: str
    may: bool
    hedge: str
    lines: tuple[Line, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A matter, or where none is marked the kind of norm and its rows. A cell without norms: the text has none."""

    matter: str
    title: Text
    modality: str
    cells: tuple[tuple[CellNorm, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``asked`` and ``modality`` are what was asked for, empty for all."""

    policies: tuple[PolicyInLaw, ...]
    asked: str
    modality: str
    rows: tuple[MatrixRow, ...]


def matrix_of(programs: Sequence[Program], asked: str = "", modality: str = "") -> Matrix:
    """The policies side by side; with ``asked`` the norms about a matter or some words, with ``modality`` one kind."""
    laws = tuple(in_law(program) for program in programs)
    wanted = tuple(
        tuple(
            norm
            for norm in law.norms
            if (not asked or is_about(norm, asked)) and (not modality or norm.modality == modality)
        )
        for law in laws
    )
    rows = []
    for kind in p.MODALITIES:
        for matter in (*MATTERS, ""):
            keys = dict.fromkeys(n.entity for norms in wanted for n in norms) if not matter else {"": None}
            for entity in keys:
                cells = tuple(
                    tuple(_cell(norm) for norm in norms if norm.modality == kind and _stands(norm, matter, entity))
                    for norms in wanted
                )
                if any(cells):
                    rows.append(MatrixRow(matter, _title(matter, entity), kind, cells))
    rows.sort(key=lambda row: (not row.matter, list(MATTERS).index(row.matter) if row.matter else 0))
    return Matrix(laws, asked, modality, tuple(rows))


def _stands(norm: Part, matter: str, entity: str) -> bool:
    return matter in norm.matters if matter else not norm.matters and norm.entity == entity


def _title(matter: str, entity: str) -> Text:
    if matter:
        return Text(zh=MATTERS[matter][0], en=MATTERS[matter][1])
    return Text(zh=f"未标事项（每一{BY_NAME[entity].zh}）", en=f"no matter marked (each {BY_NAME[entity].en})")


def _cell(norm: Part) -> CellNorm:
    lines = []
    facets = [facet for name in _NAMES for facet in norm.facets if facet.name == name]
    for facet in facets:
        silent = facet.name in VALUES and facet.texts == (SILENT,)
        zh, en = _NAMES[facet.name]
        lines.append(Line(facet.name, Text(zh=zh, en=en), facet.texts, silent))
    return CellNorm(norm.id, norm.title, norm.modality, norm.may, norm.hedge, tuple(lines), norm.clauses)
