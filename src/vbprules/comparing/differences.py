"""Two versions of a policy, part by part and figure by figure; or two regions, matter by matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from vbprules.comparing.model import Difference, Facet, Kind, Part, PolicyDiff, PolicyInLaw, Renamed, SideBySide
from vbprules.comparing.summary import in_law
from vbprules.decision.model import Text
from vbprules.language.policy import MODALITIES
from vbprules.language.vocabulary import BY_NAME, MATTERS
from vbprules.program.figures import PolicyFigure, figures_of
from vbprules.program.ir import Program

ORDER: Final[tuple[Kind, ...]] = (
    "force", "scope", "party", "trigger", "figure", "base", "deadline", "ladder", "sanction", "list", "reading",
    "clause", "wording",
)  # fmt: skip
_NOT_BETWEEN_REGIONS: Final = frozenset({"wording", "clause", "ladder"})


def diff_of(first: Program, second: Program) -> PolicyDiff:
    """What differs in law, without witnesses. Two versions are two programs of one policy id."""
    one, other = in_law(first), in_law(second)
    if first.policy.id != second.policy.id:
        return PolicyDiff(one, other, False, (), side_by_side=tuple(_side_by_side(one, other)))
    renamed = tuple(_renamed(one, other))
    names = {item.after: item.before for item in renamed}
    other_parts = tuple(_under(part, names) for part in other.parts)
    found = [*_parts(one.parts, other_parts), *_figures(first, second, names, one)]
    kinds = {kind: number for number, kind in enumerate(ORDER)}
    order = {(part.section, part.id): number for number, part in enumerate((*one.parts, *other_parts))}
    found.sort(key=lambda item: (order.get((item.section, item.part), len(order)), kinds[item.kind]))
    return PolicyDiff(one, other, True, tuple(found), renamed)


def _parts(ones: Sequence[Part], others: Sequence[Part]) -> Iterator[Difference]:
    there = {(part.section, part.id): part for part in others}
    here = {(part.section, part.id): part for part in ones}
    for key, part in here.items():
        if key in there:
            yield from facets_apart(part, there[key])
        else:
            yield _only(part, first=True)
    for key, part in there.items():
        if key not in here:
            yield _only(part, first=False)


def facets_apart(one: Part, other: Part) -> Iterator[Difference]:
    """The facets of a part whose forms differ."""
    for (kind, name), (mine, yours) in _paired(one.facets, other.facets).items():
        if [facet.form for facet in mine] != [facet.form for facet in yours]:
            before, after = (tuple(text for facet in side for text in facet.texts) for side in (mine, yours))
            yield Difference(
                kind=kind,
                section=one.section,
                part=one.id,
                title=one.title,
                facet=name,
                before=before if mine else None,
                after=after if yours else None,
                clauses=(one.clauses, other.clauses),
            )


def _paired(
    ones: Sequence[Facet], others: Sequence[Facet]
) -> Mapping[tuple[Kind, str], tuple[list[Facet], list[Facet]]]:
    found: dict[tuple[Kind, str], tuple[list[Facet], list[Facet]]] = {}
    for side, facets in enumerate((ones, others)):
        for facet in facets:
            found.setdefault((facet.kind, facet.name), ([], []))[side].append(facet)
    return found


def _only(part: Part, first: bool) -> Difference:
    """A part that one side has alone. A step of a sanction belongs to its ladder."""
    kinds: Mapping[str, Kind] = {
        "terms": "trigger", "quantities": "base", "parties": "party", "lists": "list", "readings": "reading",
        "questions": "trigger", "clauses": "clause", "left_out": "clause", "instruments": "wording",
    }  # fmt: skip
    kind = kinds.get(part.section, "ladder" if part.group else "sanction" if part.modality == "sanction" else "scope")
    texts = (part.title,)
    return Difference(
        kind=kind,
        section=part.section,
        part=part.id,
        title=part.title,
        facet="whole",
        before=texts if first else None,
        after=None if first else texts,
        clauses=(part.clauses if first else (), () if first else part.clauses),
    )


# Figures


def _figures(first: Program, second: Program, names: Mapping[str, str], law: PolicyInLaw) -> Iterator[Difference]:
    """The figures at one address that are written differently."""
    there = {_address(figure.address, names): figure for figure in figures_of(second)}
    for figure in figures_of(first):
        other = there.get(figure.address)
        if other is not None and (figure.text, figure.unit) != (other.text, other.unit):
            owner = owner_of(figure.address, law)
            yield Difference(
                kind="force" if figure.address.startswith("document.") else "figure",
                section=owner.section,
                part=owner.id,
                title=owner.title,
                facet="figure",
                before=(_told(figure),),
                after=(_told(other),),
                clauses=(_cited(figure), _cited(other)),
                address=figure.address,
            )


def owner_of(address: str, law: PolicyInLaw) -> Part:
    """The part in which a figure is written; of the steps of one sanction the first."""
    below = address.removeprefix("parties.")
    section = "parties" if below != address else ""
    fitting = [
        (len(name), -number, part)
        for number, part in enumerate(law.parts)
        for name in (part.id, part.group)
        if name and below.startswith(f"{name}.") and (not section or part.section == section)
    ]
    return max(fitting, key=lambda item: item[:2], default=(0, 0, law.parts[0]))[2]


def _told(figure: PolicyFigure) -> Text:
    return Text(zh=figure.text, en=figure.text)


def _cited(figure: PolicyFigure) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(cite) for cite in figure.cites))


def _address(address: str, names: Mapping[str, str]) -> str:
    for after, before in names.items():
        if address.startswith(f"{after}."):
            return before + address[len(after) :]
    return address


# Renamed ids


def _renamed(one: PolicyInLaw, other: PolicyInLaw) -> Iterator[Renamed]:
    """Parts that only one side has, and that say the same under another id."""
    here = {(part.section, part.id) for part in one.parts}
    there = {(part.section, part.id) for part in other.parts}
    gone = [part for part in one.norms if (part.section, part.id) not in there]
    new = [part for part in other.norms if (part.section, part.id) not in here]
    for part in gone:
        alike = [item for item in new if _alike(part, item)]
        twins = [item for item in gone if alike and _alike(item, alike[0])]
        if len(alike) == 1 and len(twins) == 1:
            why = Text(
                zh=f"同一条款、同一引语、同一种规定：{part.title.zh}",
                en=f"same clause, phrase and kind of norm: {part.title.en}",
            )
            yield Renamed(part.id, alike[0].id, why)


def _alike(one: Part, other: Part) -> bool:
    cited = one.clauses, one.phrases, one.modality
    return bool(one.phrases) and cited == (other.clauses, other.phrases, other.modality)


def _under(part: Part, names: Mapping[str, str]) -> Part:
    return replace(part, id=names[part.id]) if part.section == "provisions" and part.id in names else part


# Regions


def _side_by_side(one: PolicyInLaw, other: PolicyInLaw) -> Iterator[SideBySide]:
    """Marked matters first; what no matter marks, by its kind of norm, its rows and the lists of measures in words."""
    for matter in MATTERS:
        for modality in MODALITIES:
            sides = tuple(
                tuple(norm for norm in law.norms if matter in norm.matters and norm.modality == modality)
                for law in (one, other)
            )
            if sides[0] or sides[1]:
                title = Text(zh=MATTERS[matter][0], en=MATTERS[matter][1])
                yield SideBySide(matter, title, modality, sides[0], sides[1], _of_one(*sides))
    for modality in MODALITIES:
        for entity in BY_NAME:
            sides = tuple(
                tuple(n for n in law.norms if not n.matters and n.modality == modality and n.entity == entity)
                for law in (one, other)
            )
            if sides[0] or sides[1]:
                title = Text(zh=f"未标事项 · {BY_NAME[entity].zh}", en=f"no matter marked · {BY_NAME[entity].en}")
                yield SideBySide("", title, modality, sides[0], sides[1])


def _of_one(ones: Sequence[Part], others: Sequence[Part]) -> tuple[Difference, ...]:
    """Where each side has one norm, what the two say by facet."""
    if len(ones) != 1 or len(others) != 1:
        return ()
    found = []
    for (kind, name), (mine, yours) in _paired(ones[0].facets, others[0].facets).items():
        before, after = (tuple(text for facet in side for text in facet.texts) for side in (mine, yours))
        if kind in _NOT_BETWEEN_REGIONS or before == after:
            continue
        found.append(
            Difference(
                kind=kind,
                section="provisions",
                part=ones[0].id,
                title=ones[0].title,
                facet=name,
                before=before if mine else None,
                after=after if yours else None,
                clauses=(ones[0].clauses, others[0].clauses),
            )
        )
    return tuple(found)
