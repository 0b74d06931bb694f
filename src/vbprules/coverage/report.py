"""Coverage of one policy by its cases: what each case reaches, and what none does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from vbprules import catalog
from vbprules.cases.answers import Trial
from vbprules.cases.files import CaseFile, CaseItem, Excused
from vbprules.cases.outcomes import mismatches
from vbprules.coverage.kinds import KINDS, Kind
from vbprules.coverage.points import Point, Points, owner_of
from vbprules.coverage.trace import reached
from vbprules.language.ledger import parents
from vbprules.language.policy import Policy

Colour = Literal["full", "part", "none", "not_encoded"]
Progress = Callable[[int, int], None]  # how many cases have been followed, of how many
_OF_CLAUSE: Final[tuple[Kind, ...]] = ("provisions", "branches", "boundaries")


@dataclass(frozen=True, slots=True)
class CaseRef:
    """Where a case stands."""

    name: str
    file: str
    line: int


@dataclass(frozen=True)
class Coverage:
    """What the cases of a policy reach. A case that fails reaches nothing."""

    policy: Policy
    points: Points
    cases: tuple[CaseRef, ...]
    failing: tuple[CaseRef, ...]
    reached_by: Mapping[Point, tuple[int, ...]]  # positions in ``cases``
    excused: Mapping[Point, str]  # declared unreachable, and why
    stale: tuple[Excused, ...]  # declared unreachable, but reached or no point at all

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[Point, ...]]:
        found: dict[Kind, list[Point]] = {kind: [] for kind in KINDS}
        for point in self.points.all:
            found[point.kind].append(point)
        found["clauses"] = [Point("clauses", c.no, "") for c in self.policy.clauses if c.no in self._cited]
        return {kind: tuple(points) for kind, points in found.items()}

    def missing(self, kind: Kind) -> tuple[Point, ...]:
        """The points of a kind that no case reaches and that are not declared unreachable."""
        return tuple(point for point in self.by_kind[kind] if not self.is_reached(point) and point not in self.excused)

    def is_reached(self, point: Point) -> bool:
        if point.kind == "clauses":
            return self.colour(point.at) == "full"
        return point in self.reached_by

    def is_full(self, kinds: Sequence[Kind]) -> bool:
        """Whether these kinds are wholly reached, and every case passes and every declaration holds."""
        return not self.failing and not self.stale and not any(self.missing(kind) for kind in kinds)

    # Clauses

    def provisions_of(self, clause: str) -> tuple[str, ...]:
        """The provisions that cite a clause or one below it."""
        return self._cited.get(clause, ())

    @cached_property
    def _cited(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for provision in self.policy.provisions.values():
            for cite in provision.cites:
                for clause in (cite.clause, *parents(cite.clause)):
                    found.setdefault(clause, {})[provision.id] = None
        return {clause: tuple(ids) for clause, ids in found.items()}

    @cached_property
    def _of_clause(self) -> Mapping[str, tuple[Point, ...]]:
        found: dict[str, dict[Point, None]] = {}
        for kind in _OF_CLAUSE:
            for point in self.by_kind[kind]:
                for clause in self._clauses_of(point):
                    for no in (clause, *parents(clause)):
                        found.setdefault(no, {})[point] = None
        return {clause: tuple(points) for clause, points in found.items()}

    def _clauses_of(self, point: Point) -> Iterator[str]:
        """Where a point stands: with its provision, the term or quantity that cites a clause, or else its users."""
        owner = owner_of(point)
        policy = self.policy
        if owner == "document":
            return
        for named in (policy.parties, policy.terms, policy.quantities):
            item = named.get(owner)
            if item is not None and item.cites:
                yield from (cite.clause for cite in item.cites)
                return
        for user in self.points.users(point):
            provision = policy.provisions[user]
            if owner in policy.provisions and user != owner:
                continue
            yield from (cite.clause for cite in provision.cites)

    def of_clause(self, clause: str) -> tuple[Point, ...]:
        """What stands in a clause or below it: provisions, both sides of conditions, boundaries."""
        return self._of_clause.get(clause, ())

    @property
    def of_document(self) -> tuple[Point, ...]:
        """The points that concern every provision: when the document is in force."""
        return tuple(p for kind in _OF_CLAUSE for p in self.by_kind[kind] if owner_of(p) == "document")

    def colour(self, clause: str) -> Colour:
        """How far a clause is reached."""
        points = [point for point in self.of_clause(clause) if point not in self.excused]
        if not points:
            return "not_encoded"
        hit = sum(point in self.reached_by for point in points)
        return "full" if hit == len(points) else "part" if hit else "none"

    # Data

    def data(self) -> dict[str, Any]:
        """The whole coverage as plain data: stable, and complete enough to draw any page from."""
        return {
            "policy": self.policy.id,
            "totals": {
                kind: {
                    "points": len(points),
                    "reached": sum(self.is_reached(point) for point in points),
                    "unreachable": sum(point in self.excused for point in points),
                }
                for kind, points in self.by_kind.items()
            },
            "cases": [{"name": case.name, "file": case.file, "line": case.line} for case in self.cases],
            "failing": [{"name": case.name, "file": case.file, "line": case.line} for case in self.failing],
            "clauses": [
                {
                    "no": clause.no,
                    "title": {"zh": clause.title.zh, "en": clause.title.text("en")},
                    "not_encoded": clause.not_encoded,
                    "coverage": self.colour(clause.no),
                    "provisions": list(self.provisions_of(clause.no)),
                }
                for clause in self.policy.clauses
            ],
            "points": [
                {
                    "kind": point.kind,
                    "at": point.at,
                    "point": point.what,
                    "text": {"zh": self.points.text(point, "zh"), "en": self.points.text(point, "en")},
                    "provisions": list(self.points.users(point)),
                    "reached_by": list(self.reached_by.get(point, ())),
                    "unreachable": self.excused.get(point),
                }
                for point in self.points.all
            ],
            "stale": [{"at": row.at, "point": list(row.what), "line": row.line} for row in self.stale],
        }


def coverage(policy: str, files: Sequence[CaseFile], progress: Progress | None = None) -> Coverage:
    """Follow every case of a policy that asserts outcomes. Raises InputError if a case's facts have errors."""
    program = catalog.load(policy)
    points = Points(program)
    items = [item for file in files for item in file.cases if item.asserts_outcomes]
    reached_by: dict[Point, list[int]] = {}
    failing = []
    for number, item in enumerate(items):
        trial = Trial.of(item)
        if next(mismatches(item, trial.under(program)), None) is not None:
            failing.append(_ref(item))
            continue
        for point in reached(points, trial):
            reached_by.setdefault(point, []).append(number)
        if progress is not None:
            progress(number + 1, len(items))
    known = set(points.all)
    excused: dict[Point, str] = {}
    stale = []
    for row in (row for file in files for row in file.unreachable):
        named = [
            point for what in row.what for point in (Point(kind, row.at, what) for kind in KINDS) if point in known
        ]
        if len(named) == len(row.what) and not any(point in reached_by for point in named):
            excused |= dict.fromkeys(named, row.why)
        else:
            stale.append(row)
    return Coverage(
        policy=program.policy,
        points=points,
        cases=tuple(_ref(item) for item in items),
        failing=tuple(failing),
        reached_by={point: tuple(numbers) for point, numbers in reached_by.items() if point in known},
        excused=excused,
        stale=tuple(stale),
    )


def _ref(item: CaseItem) -> CaseRef:
    return CaseRef(item.name, item.file.name, item.line)
