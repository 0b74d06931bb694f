"""What could stand by mistake where a name stands: another figure of the same row and unit, another party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from vbprules.language.policy import Party
from vbprules.language.vocabulary import ENTITIES, INSTITUTION, PARTIES
from vbprules.program.ir import Program
from vbprules.values.figures import CODE, TEXT, TRUTH

_MOST: Final = 2  # other names tried for one name


class Substitutes:
    """The names of a policy by row and unit."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def _units(self) -> Mapping[str, Mapping[str, str]]:
        """Every name with its unit, by row: fields first, then quantities that the policy or the language defines."""
        found: dict[str, dict[str, str]] = {
            entity.name: {item.name: item.unit for item in entity.fields} for entity in ENTITIES
        }
        for key, definition in self.program.definitions.items():
            row, _, name = key.partition(".")
            if ":" not in name:
                found[row][name] = definition.body.unit
        for entity in ENTITIES:
            if entity.period:
                found[entity.name] |= {"period_start": "date", "period_end": "date"}
        return found

    def is_truth(self, name: str) -> bool:
        """The name is a condition: a yes/no field or a term."""
        return any(units.get(_bare(name)) == TRUTH for units in self._rows(name))

    def others(self, name: str) -> Iterator[str]:
        """A few other names of the same row and unit. Some may not fit where the name stands: the compiler tells."""
        prefix = name[: -len(_bare(name))]
        told: set[str] = set()
        for units in self._rows(name):
            unit = units.get(_bare(name))
            if unit in (None, TRUTH, CODE, TEXT):
                continue
            alike = [other for other, own in units.items() if own == unit and other != _bare(name)]
            for other in alike[:_MOST]:
                if other not in told:
                    told.add(other)
                    yield prefix + other

    def _rows(self, name: str) -> Iterator[Mapping[str, str]]:
        entity, dot, _ = name.rpartition(".")
        if dot and entity in self._units:
            yield self._units[entity]
            return
        yield from (units for units in self._units.values() if name in units)

    def other_party(self, name: str) -> str | None:
        """Another party of the same sort: a kind of institution for one, somebody else for somebody else."""
        parties = self.program.policy.parties
        own = parties.get(name)
        alike = [other for other, party in parties.items() if _sort(party) == _sort(own) and other != name]
        declared = [other for other in alike if other not in PARTIES]
        return next(iter(declared or alike), None)


def _sort(party: Party | None) -> bool:
    """Whether it is this institution, or a test of it."""
    return party is not None and (party.test is not None or party.id == INSTITUTION)


def _bare(name: str) -> str:
    return name.rpartition(".")[2]
