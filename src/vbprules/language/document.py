"""The document itself: title, number, time in force, and what it says of its rank beside other documents."""

from __future__ import annotations

from collections.abc import Iterable

from vbprules.diagnostics import Report, suggest
from vbprules.language import policy as p
from vbprules.language.confirmation import UNCONFIRMED, stated
from vbprules.language.keys import DATED, DOCUMENT, KNOWN_FROM, RANKS, SECTIONS
from vbprules.language.shape import Shape, elements
from vbprules.reading import Node


def parse_document(node: Node | None, report: Report) -> p.Document:
    """Read the section ``document``. Every slip goes to ``report``."""
    s = Shape(node, report, "document", DOCUMENT)
    for key in ("number", "issued", "in_force"):
        s.require(key)
    force = Shape(s.get("in_force"), report, "document.in_force", SECTIONS["in_force"])
    conventions = Shape(s.get("conventions"), report, "document.conventions", SECTIONS["conventions"])
    return p.Document(
        title=s.label("title"),
        number=s.text("number"),
        issuer=s.text("issuer"),
        region=s.text("region"),
        rank=s.choice("rank", RANKS, "province"),
        issued="not_stated" if s.text("issued") == UNCONFIRMED else s.text("issued"),
        start=stated(force.get("from"), "silent"),
        end=stated(force.get("until"), "silent"),
        first_day=conventions.get("first_day"),
        abridged=s.citations("abridged", required=False),
        forwarded_by=s.text("forwarded_by"),
        precedence=tuple(_precedence(s.get("precedence"), report)),
        ranked="rank" in s,
        known_from="secondary" if s.choice("known_from", KNOWN_FROM, "text") == "secondary" else "text",
    )


def _precedence(node: Node | None, report: Report) -> Iterable[p.Precedence]:
    """``yields_to`` or ``displaces`` in words; ``rank``, ``region``, ``dated``, ``when`` say which documents these are.

    A row with none of the four is in words only.
    """
    where = "document.precedence"
    for item in elements(node, report, where):
        row = Shape(item, report, where, SECTIONS["precedence"])
        relation: p.Relation = "yields_to" if "yields_to" in row else "displaces"
        for rank in row.scalars("rank"):
            if rank.text not in RANKS:
                report.error(
                    "bad_choice",
                    rank,
                    value=rank.text,
                    where=f"{where}.rank",
                    choices=", ".join(RANKS),
                    suggestion=suggest(rank.text, RANKS),
                )
        dated = row.choice("dated", DATED, "")
        when = Shape(row.get("when"), report, f"{where}.when", ("judge",))
        yield p.Precedence(
            relation,
            row.label(relation),
            row.citations("cite"),
            ranks=row.names("rank"),
            regions=row.names("region"),
            dated="earlier" if dated == "earlier" else "later" if dated == "later" else None,
            question=when.required_text("judge") if "when" in row else "",
        )
