"""An outcome of the interpreter as a row of the table of outcomes, in the words of ``columnar.results``."""

from __future__ import annotations

from vbprules.columnar.results import FIGURES
from vbprules.decision.lines import STYLES, line_of
from vbprules.decision.model import Attribute, Branch, Outcome
from vbprules.decision.reasons import path_text

Row = tuple[str | None, ...]


def row_of(institution: str, outcome: Outcome, margin: str | None, reasons: bool) -> Row:
    """The cells of `texts_of`."""
    state = outcome.state
    told = None
    if state.branches:
        told = "; ".join(f"{_path(b)}: {b.value}{'' if b.settled else ' (open)'}" for b in state.branches)
    return (
        institution,
        outcome.provision,
        outcome.subject,
        outcome.modality,
        outcome.mode,
        "、".join(dict.fromkeys(cite.clause for cite in outcome.clauses)),
        outcome.standing,
        state.value,
        told,
        _text(outcome.triggered),
        *(_text(outcome.attributes.get(name)) for name in FIGURES),
        margin,
        *((line_of(outcome.reasons, lang) for lang in STYLES) if reasons else ()),
    )


def _text(attribute: Attribute | None) -> str | None:
    if attribute is None:
        return None
    if attribute.branches:
        return "; ".join(f"{_path(branch)}: {branch.value}" for branch in attribute.branches)
    return attribute.value


def _path(branch: Branch) -> str:
    return path_text(branch.readings.items())
