"""What a word of a policy means, where that is declared, and where else it is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from vbprules.language.keys import CITATION
from vbprules.program import ir
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Scalar
from vbprules.serving.places import Place, row_at, spot_at
from vbprules.serving.understood import Spot, Understood

Kind = Literal[
    "name", "built_in", "field", "party", "reading", "option", "question", "list", "code", "instrument", "provision",
    "clause", "hedge",
]  # fmt: skip
_CITATION: Final = re.compile(CITATION)
_NAMING: Final = ("name", "value", "in_force")
_OWN: Final = ("reading", "question", "list", "instrument", "provision", "hedge")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has a name. The ids of some: ``entity.field``, ``reading.option``, ``sanction.step``."""

    kind: Kind
    id: str


def thing_at(known: Understood, place: Place) -> Thing | None:
    """What is meant at a place; everywhere in a row of the ledger, its clause."""
    row = row_at(known.root.get("clauses"), place)
    if row is not None:
        no = row.get("no")
        return Thing("clause", clause_no(no.text)) if isinstance(no, Scalar) else None
    spot = spot_at(known.spots, place)
    return None if spot is None else thing_of(known, spot)


def thing_of(known: Understood, spot: Spot) -> Thing | None:
    """What a word means; None for words of the language, figures, and names that mean nothing here."""
    role, text = spot.role, spot.text
    if role.kind in _NAMING:
        return _named(known, spot)
    if role.kind == "option":
        return Thing("option", f"{role.of}.{text}")
    if role.kind == "cite":
        match = _CITATION.fullmatch(text)
        return None if match is None else Thing("clause", clause_no(match.group(1)))
    if role.kind == "code":
        return Thing("list", text) if role.of and text in known.program.policy.lists else Thing("code", text)
    if role.kind != "id":
        return None
    if role.of == "clause":
        return Thing("clause", clause_no(text))
    if role.of == "task":
        return Thing("provision", f"task_{text}")
    if role.of == "step":
        group = _sanction_of(known, spot.mark)
        return None if group is None else Thing("provision", f"{group}.{text}")
    return next((Thing(kind, text) for kind in _OWN if kind == role.of), None)


def _named(known: Understood, spot: Spot) -> Thing | None:
    """The compiler says what a name in an expression stands for; a party stands for itself."""
    policy, text = known.program.policy, spot.text
    found = known.program.named.get(spot.mark)
    if isinstance(found, (ir.Ref, ir.OtherYear)):
        built_in = known.program.definitions[found.id].builtin
        return Thing("built_in", found.id) if built_in else Thing("name", found.id.partition(".")[2])
    if isinstance(found, ir.Fact):
        return Thing("field", f"{found.place.entity}.{found.name}")
    if spot.role.declares:
        return Thing("name", text)
    if spot.role.kind != "name" or text not in policy.parties:
        return None
    declared = known.root.get("parties")
    own = isinstance(declared, MappingNode) and declared.get(text) is not None
    return Thing("name" if own else "party", text)


def _sanction_of(known: Understood, step: Mark) -> str | None:
    """The sanction of which a step is."""
    provisions = known.root.get("provisions")
    for key, body in provisions.entries if isinstance(provisions, MappingNode) else ():
        steps = body.get("steps") if isinstance(body, MappingNode) else None
        if isinstance(steps, MappingNode) and any(name.mark == step for name, _ in steps.entries):
            return key.text
    return None


def declared_at(known: Understood, thing: Thing) -> Mark | None:
    """Where the file declares something: the key that names it, of a clause the number in its row."""
    for spot in known.spots:
        declares = spot.role.declares or (thing.kind == "code" and spot.role.kind == "code" and not spot.role.of)
        if declares and thing_of(known, spot) == thing:
            return spot.mark
    return None


def mentions(known: Understood, thing: Thing) -> tuple[Mark, ...]:
    """Where something is used, in the order of the text; of a clause, every citation of it."""
    used = (spot for spot in known.spots if not spot.role.declares)
    declared = declared_at(known, thing) if thing.kind == "code" else None
    return tuple(spot.mark for spot in used if spot.mark != declared and thing_of(known, spot) == thing)


def clause_no(text: str) -> str:
    """A clause number as the ledger writes it."""
    return text.strip().replace("（", "(").replace("）", ")")
