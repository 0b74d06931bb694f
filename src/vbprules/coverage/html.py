"""Coverage as one HTML page that stands alone: the clauses of each document, coloured by how far cases reach them.

Every text is escaped; there is no script, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from vbprules.coverage.kinds import KINDS
from vbprules.coverage.page import side
from vbprules.coverage.points import Point, owner_of
from vbprules.coverage.report import Coverage
from vbprules.language.ledger import parents
from vbprules.language.policy import Clause, Provision

_STYLE: Final = """
:root { color-scheme: light dark; --full: #d9f2dd; --part: #fdf0cd; --none: #f9d5d3; --off: #ececec; --line: #c9c9c9; }
@media (prefers-color-scheme: dark) {
  :root { --full: #1d4527; --part: #524413; --none: #5a2522; --off: #333; --line: #555; } }
body { font: 15px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2rem auto;
  max-width: 64rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .1rem .8rem .1rem 0; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
details.clause { border-left: .5rem solid var(--line); margin: .3rem 0; padding: .2rem .8rem; border-radius: .2rem; }
.full { background: var(--full); } .part { background: var(--part); } .none { background: var(--none); }
.not_encoded { background: var(--off); } summary { cursor: pointer; } code { font-size: .9em; }
ul { margin: .2rem 0 .4rem; padding-left: 1.4rem; } .miss { font-weight: 600; } .by { opacity: .7; font-size: .85em; }
.key span { padding: .1rem .6rem; margin-right: .6rem; border-radius: .2rem; }
"""
_COLOURS: Final = {
    "full": ("全部触及", "wholly reached"),
    "part": ("部分触及", "partly reached"),
    "none": ("没有触及", "not reached"),
    "not_encoded": ("没有编入规定", "no provision"),
}
_MOST_CASES: Final = 3


def html_page(found: Sequence[Coverage], lang: str) -> str:
    """The page for some policies."""
    zh = lang == "zh"
    title = "条款覆盖 Coverage of the law" if zh else "Coverage of the law"
    body = "".join("".join(_Ledger(item, zh).lines()) for item in found)
    key = "".join(f'<span class="{name}">{words[0 if zh else 1]}</span>' for name, words in _COLOURS.items())
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if zh else "en"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="key">{key}</p>\n{body}</body>\n</html>\n'
    )


class _Ledger:
    """The clause ledger of one policy."""

    def __init__(self, coverage: Coverage, zh: bool) -> None:
        self.coverage, self.zh, self.lang = coverage, zh, "zh" if zh else "en"

    def lines(self) -> Iterator[str]:
        coverage = self.coverage
        document = coverage.policy.document
        yield f"<h2>{escape(document.number)} <small>{escape(coverage.policy.id)}</small></h2>\n"
        yield f"<p>{escape(document.title.text('zh' if self.zh else 'en'))}</p>\n<table>\n"
        for kind, words in KINDS.items():
            points = coverage.by_kind[kind]
            hit = sum(coverage.is_reached(point) for point in points)
            excused = sum(point in coverage.excused for point in points)
            more = f"（不可及 {excused}）" if excused and self.zh else f" ({excused} unreachable)" if excused else ""
            name = words[0 if self.zh else 1]
            yield f'<tr><td>{name}</td><td class="n">{hit} / {len(points)}</td><td>{more}</td></tr>\n'
        yield "</table>\n"
        for clause in coverage.policy.clauses:
            yield from self._clause(clause)
        yield from self._points(coverage.of_document)

    def _clause(self, clause: Clause) -> Iterator[str]:
        coverage = self.coverage
        points = coverage.of_clause(clause.no)
        hit = sum(point in coverage.reached_by for point in points)
        count = f" <small>{hit} / {len(points)}</small>" if points else ""
        starts = f' <small class="by">{escape(clause.starts)}</small>' if clause.starts else ""
        yield f'<details class="clause {coverage.colour(clause.no)}"><summary><b>{escape(clause.no)}</b> '
        yield f"{escape(clause.title.text(self.lang))}{count}{starts}</summary>\n"
        yield from self._points([point for point in points if self._stands_here(point, clause.no)])
        if clause.not_encoded:
            yield f"<p><code>not_encoded: {escape(clause.not_encoded)}</code></p>\n"
        yield "</details>\n"

    def _stands_here(self, point: Point, clause: str) -> bool:
        """In the clause itself: what stands below it is listed there."""
        below = (c.no for c in self.coverage.policy.clauses if clause in parents(c.no))
        return not any(point in self.coverage.of_clause(no) for no in below)

    def _points(self, points: Sequence[Point]) -> Iterator[str]:
        """The points by what they are of, in order."""
        policy = self.coverage.policy
        for owner in dict.fromkeys(owner_of(point) for point in points):
            named = policy.provisions.get(owner) or policy.terms.get(owner) or policy.quantities.get(owner)
            label = policy.parties[owner].label if owner in policy.parties else None
            if named is not None:
                label = named.title if isinstance(named, Provision) else named.label
            title = "" if label is None else f"<b>{escape(label.text(self.lang))}</b> "
            yield f"<p>{title}<code>{escape(owner)}</code></p>\n<ul>\n"
            yield from (self._point(point) for point in points if owner_of(point) == owner)
            yield "</ul>\n"

    def _point(self, point: Point) -> str:
        coverage = self.coverage
        by = [coverage.cases[number] for number in coverage.reached_by.get(point, ())]
        excused = coverage.excused.get(point)
        mark = "✓" if by else "–" if excused else "✗"
        words = f"<code>{escape(point.at)}</code> {escape(side(point.what, self.zh))} "
        words += escape(coverage.points.text(point, "zh" if self.zh else "en"))
        told = "；".join(f"{case.name}（{case.file}:{case.line}）" for case in by[:_MOST_CASES])
        told = excused or told + (f" … {len(by)}" if len(by) > _MOST_CASES else "")
        note = f'<div class="by">{escape(told)}</div>' if told else ""
        return f"<li{'' if by or excused else ' class=miss'}>{mark} {words}{note}</li>\n"
