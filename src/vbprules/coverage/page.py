"""Coverage for a terminal: how much of each kind is reached, and what is not, by clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vbprules.coverage.kinds import KINDS, Kind
from vbprules.coverage.points import Point
from vbprules.coverage.report import CaseRef, Coverage
from vbprules.printing.page import Page, dim, strong

SIDES: Final = {
    "yes": ("成立", "holds"),
    "no": ("不成立", "does not hold"),
    "below": ("略低于", "just below"),
    "at": ("恰为", "at"),
    "above": ("略高于", "just above"),
    "value": ("其值", "its value"),
}
_SHOWN: Final[tuple[Kind, ...]] = ("provisions", "boundaries", "branches")
_MOST_CASES: Final = 3


class CoveragePage:
    """The coverage of one policy on a page."""

    def __init__(self, coverage: Coverage, lang: str) -> None:
        self.coverage, self.lang, self.zh = coverage, lang, lang == "zh"

    def page(self, kinds: Sequence[Kind] = (), whole: bool = False) -> Page:
        """The totals, then what is not reached of ``kinds``; with ``whole``, every point with its cases."""
        coverage = self.coverage
        page = Page()
        page.heading(coverage.policy.id, f"{len(coverage.cases)} {'个案例' if self.zh else 'cases'}")
        page.table(self._head(), [self._row(kind) for kind in KINDS], right=(1, 2, 3))
        for case in coverage.failing:
            words = "案例不符，不算数" if self.zh else "the case fails and counts for nothing"
            page.item(f"{case.file}:{case.line} {case.name}  ", words, marker="✗", style="bad")
        for row in coverage.stale:
            words = (
                "声明为不可及，却已触及，或没有这一点"
                if self.zh
                else "declared unreachable, but reached, or no such point"
            )
            page.item(strong(row.at), f"  {', '.join(row.what)}  {words} ({row.line})", marker="!", style="warn")
        for kind in kinds or _SHOWN:
            points = coverage.by_kind[kind] if whole else coverage.missing(kind)
            if points:
                page.heading(KINDS[kind][0 if self.zh else 1], "" if whole else self._not_reached(), level=3)
            for point in points:
                self._point(page, point)
        return page

    def _head(self) -> tuple[str, ...]:
        return ("", "已触及", "不可及", "共", "") if self.zh else ("", "reached", "unreachable", "of", "")

    def _row(self, kind: Kind) -> tuple[str, ...]:
        points = self.coverage.by_kind[kind]
        hit = sum(self.coverage.is_reached(point) for point in points)
        excused = sum(point in self.coverage.excused for point in points)
        share = 20 * (hit + excused) // len(points) if points else 20
        name = KINDS[kind][0 if self.zh else 1]
        return (name, str(hit), str(excused) if excused else "", str(len(points)), "█" * share + "░" * (20 - share))

    def _not_reached(self) -> str:
        return "没有案例触及" if self.zh else "reached by no case"

    def _point(self, page: Page, point: Point) -> None:
        coverage = self.coverage
        by = [coverage.cases[number] for number in coverage.reached_by.get(point, ())]
        excused = coverage.excused.get(point)
        mark, style = ("✓", "good") if by else ("–", "dim") if excused else ("✗", "bad")
        text = coverage.points.text(point, self.lang)
        users = coverage.points.users(point)
        where = (
            ""
            if users == (point.at,) or not users
            else dim(f"  {', '.join(users[:3])}{' …' if len(users) > 3 else ''}")
        )
        page.item(strong(point.at), f"  {side(point.what, self.zh)} ", text, where, marker=mark, style=style)  # type: ignore[arg-type]
        if excused:
            page.item(dim(excused), level=1)
        elif by:
            page.item(dim(_cases(by)), level=1)


def side(what: str, zh: bool) -> str:
    """The side, edge, state or option of a point, in words where it has some."""
    words = SIDES.get(what)
    return what if words is None else words[0 if zh else 1]


def _cases(by: Sequence[CaseRef]) -> str:
    told = "  ".join(f"{case.file}:{case.line} {case.name}" for case in by[:_MOST_CASES])
    return told + (f"  … {len(by)}" if len(by) > _MOST_CASES else "")
