"""What to say of a place of a policy: the thing named there, a figure with its phrase, a word of the language."""

from __future__ import annotations

from typing import Final

from vbprules.fidelity.cited import Cited
from vbprules.reading import Mark
from vbprules.serving.notes import Lang, Note
from vbprules.serving.places import Place, row_at, scalar_at, spot_at
from vbprules.serving.thing_notes import UNITS, thing_note
from vbprules.serving.things import Thing, thing_at, thing_of
from vbprules.serving.understood import Understood
from vbprules.serving.word_notes import word_note

_BESIDE: Final = ("所在之处引用，其中没有这个数", "cited beside it, without the figure")


def hover(known: Understood, place: Place, lang: Lang) -> tuple[str, Mark] | None:
    """A note in Markdown, and of what stretch of the text it is; None where there is nothing to say."""
    note = Note(lang)
    scalar = scalar_at(known.root, place)
    if scalar is None:
        return None
    if scalar.mark in known.figures:
        _figure(known, scalar.mark, note)
        return note.text(), scalar.mark
    spot = spot_at(known.spots, place)
    if spot is not None:
        thing = thing_of(known, spot)
        if (thing is not None and thing_note(known, thing, note)) or word_note(known, spot, note):
            return note.text(), spot.mark
        return None
    clause = thing_at(known, place) if row_at(known.root.get("clauses"), place) is not None else None
    if isinstance(clause, Thing) and thing_note(known, clause, note):
        return note.text(), scalar.mark
    return None


def _figure(known: Understood, mark: Mark, note: Note) -> None:
    """A figure with the phrases that have one; where none has, what is cited beside it, and why it is there."""
    figure = known.figures[mark]
    note.head(figure.text, "", UNITS.get(figure.unit, (figure.unit, figure.unit)))
    own = next((own for own in known.program.policy.not_in_text if own.address == figure.address), None)
    if own is not None:
        note.line(("不出自原文", "not in the text"), note.of(own.why))
    cited = Cited(known.program.policy)
    with_figure = [cite for cite in figure.cites if cited.of(cite)]
    if with_figure and own is None:
        note.cites(with_figure)
    else:
        note.cites(figure.cites, _BESIDE)
    note.line(("位置", "address"), figure.address)
