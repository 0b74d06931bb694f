"""Figures that stand in no phrase of the text: ``not_in_text``, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from vbprules.diagnostics import Report
from vbprules.language.keys import SECTIONS
from vbprules.language.policy import Label, OwnFigure
from vbprules.language.shape import Shape, elements
from vbprules.reading import Node


def parse_not_in_text(node: Node | None, report: Report) -> Iterator[OwnFigure]:
    """``{figure: one or more addresses, why: reason, en: …}``. Whether they exist only the compiled policy can tell."""
    for item in elements(node, report, "not_in_text"):
        row = Shape(item, report, "not_in_text", SECTIONS["not_in_text"])
        row.require("figure")
        why = row.label("why")
        for address in row.scalars("figure"):
            yield OwnFigure(address.text, Label(why.zh, why.en), address.mark)
