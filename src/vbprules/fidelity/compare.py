"""Figure by figure: what a policy writes against what it cites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vbprules.diagnostics import Report, suggest
from vbprules.fidelity.cited import Cited, Reader, related
from vbprules.fidelity.encoded import Encoded, encoded_figures
from vbprules.fidelity.figure import YEARLESS, Figure
from vbprules.fidelity.likeness import (
    alike,
    comparable,
    like_kind,
    neutral,
    other_unit,
    same_figure,
    strict_otherwise,
    turned_round,
)
from vbprules.language.ledger import citations
from vbprules.language.policy import Citation
from vbprules.program import ir
from vbprules.program.figures import Users
from vbprules.program.ir import Norm, Program
from vbprules.reading import Mark
from vbprules.values.figures import DATE


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of the policy with all its uses. ``own``: what its owners and the readings consulted cite."""

    uses: tuple[Encoded, ...]
    own: tuple[Citation, ...]
    users: tuple[Citation, ...]

    @property
    def first(self) -> Encoded:
        return self.uses[0]


def compare_figures(program: Program, report: Report, reader: Reader | None = None) -> Comparison:
    """Report every figure that its phrases do not bear out, and every figure of a phrase that nothing carries.

    The report's current source is the policy file. ``reader`` reads the figures of a citation where it stands in the
    text; without it phrases are read alone.
    """
    comparison = Comparison(program, report, reader)
    comparison.run()
    return comparison


class Comparison:
    """The figures of a policy beside those that it cites."""

    def __init__(self, program: Program, report: Report, reader: Reader | None) -> None:
        self.program, self.report = program, report
        self.cited = Cited(program.policy, reader)
        users = Users(program)
        self.figures = tuple(_figures(program, users))
        self.anywhere = self.cited.all_of(cite for owner, cite in citations(program.policy) if owner != "left_out")
        self.stated = {figure.first.low for figure in self.figures if _in_head(figure)}
        monthly = (norm for norm in program.norms if _counts_months(norm, program, users))
        self.months = frozenset(cite for norm in monthly for cite in norm.cites)
        self.declared = {item.address for item in program.policy.not_in_text}

    def run(self) -> None:
        self._check_declared()
        for figure in self.figures:
            if not _in_head(figure):
                self._check(figure)
        left_out = self.cited.all_of(cite for cite, _ in self.program.policy.left_out)
        for cite in dict.fromkeys(_cites_of_rules(self.program)):
            for written in self.cited.of(cite):
                if not self.carries(written, cite) and not any(same_figure(written, other) for other in left_out):
                    self.report.warning(
                        "figure_not_carried", cite.mark, written=written.text, clause=cite.clause, phrase=cite.phrase
                    )

    def _check(self, figure: _Figure) -> None:
        own = self.cited.all_of(figure.own)
        encoded = figure.first
        same = [written for written in own if alike(encoded, written)]
        if same:
            self._check_sides(figure, same)
            return
        if encoded.address in self.declared:
            return
        mistaken = self._mistaken(figure)
        if mistaken is not None:
            cite, written = mistaken
            code = "figure_unit_differs" if other_unit(encoded, written) else "figure_value_differs"
            self.report.error(
                code, encoded, written=written.text, clause=cite.clause, phrase=cite.phrase, encoded=encoded.text
            )
        elif not self._known_otherwise(figure, own):
            phrases = "；".join(map(str, dict.fromkeys((*figure.own, *figure.users))))
            self.report.warning(
                "figure_not_in_phrase", encoded, encoded=encoded.text, address=encoded.address, phrases=phrases
            )

    def _known_otherwise(self, figure: _Figure, own: Sequence[Figure]) -> bool:
        """It needs no phrase of its own: it draws no line, the head of the document states it, or others cite it."""
        encoded = figure.first
        if all(map(neutral, figure.uses)) or (encoded.unit == DATE and encoded.low in self.stated):
            return True
        if any(alike(encoded, written) for written in self.cited.all_of(figure.users)):
            return True
        if any(comparable(encoded, written) for written in own):
            return False
        return any(alike(encoded, written) for written in self.anywhere)

    def _mistaken(self, figure: _Figure) -> tuple[Citation, Figure] | None:
        """A figure of one of its own phrases that nothing carries and that this one may have been meant for.

        Where no phrase at all has this figure, what the other options of a reading carry does not count: each option
        is held to the phrase.
        """
        cited = any(alike(figure.first, written) for written in self.anywhere)
        for cite in figure.own:
            for written in self.cited.of(cite):
                if comparable(figure.first, written) and not self._carried(written, cite, None if cited else figure):
                    return cite, written
        return None

    def carries(self, written: Figure, cite: Citation) -> bool:
        """Whether the policy writes this figure of a phrase, or derives one of its own from the phrase."""
        if self._carried(written, cite) or (written.unit == YEARLESS and cite in self.months):
            return True
        return any(
            (figure.first.address in self.declared and cite in figure.own and like_kind(figure.first, written))
            or (alike(figure.first, written) and any(alike(figure.first, w) for w in self.cited.all_of(figure.own)))
            for figure in self.figures
        )

    def stated_in_head(self, written: Figure) -> bool:
        """Whether it is a day of the document itself: issued, in force from or until."""
        return any(alike(figure.first, written) for figure in self.figures if _in_head(figure))

    def carried_in(self, written: Figure, clause: str) -> bool:
        """Whether some figure of the policy that cites this clause, or one above or below it, is this one."""
        return any(
            alike(figure.first, written) and any(related(clause, cite.clause) for cite in (*figure.own, *figure.users))
            for figure in self.figures
        )

    def _carried(self, written: Figure, cite: Citation, apart: _Figure | None = None) -> bool:
        """Whether a figure of the policy with a citation in the same clause is this one; not one beside ``apart``."""
        return any(
            alike(figure.first, written)
            and any(related(cite.clause, other.clause) for other in (*figure.own, *figure.users))
            and not (apart is not None and _alternative(apart.first, figure.first))
            for figure in self.figures
        )

    def _check_sides(self, figure: _Figure, same: Sequence[Figure]) -> None:
        """Strictness and direction of every use against the phrases that carry the figure."""
        for use in figure.uses:
            bounding = [written for written in same if written.comparator is not None]
            for code, wrong in (("figure_strictness", strict_otherwise), ("figure_direction", turned_round)):
                if bounding and all(wrong(use, written) for written in bounding):
                    if self._other_reading(use, bounding, code):
                        continue
                    written = bounding[0]
                    comparator = f"not {use.comparator}" if use.negated else use.comparator
                    self.report.error(code, use, written=written.said, comparator=comparator, encoded=use.text)
                    return

    def _other_reading(self, use: Encoded, bounding: Sequence[Figure], code: str) -> bool:
        """Another option of a reading, or another comparison of the same provision, takes the phrase at its word."""
        wrong = strict_otherwise if code == "figure_strictness" else turned_round
        readings = {reading for reading, _ in use.options}
        for figure in self.figures:
            for other in figure.uses:
                if other is use or (other.low, other.high, other.unit) != (use.low, use.high, use.unit):
                    continue
                if not other.comparator or all(wrong(other, written) for written in bounding):
                    continue
                if readings & {reading for reading, _ in other.options}:
                    return True
                if code == "figure_direction" and other.norm is use.norm:
                    return True
        return False

    def _check_declared(self) -> None:
        known = {figure.first.address for figure in self.figures}
        for item in self.program.policy.not_in_text:
            if item.address not in known:
                suggestion = suggest(item.address, known)
                self.report.error("unknown_figure", item, address=item.address, suggestion=suggestion)
                continue
            figure = next(figure for figure in self.figures if figure.first.address == item.address)
            if any(alike(figure.first, written) for written in self.cited.all_of(figure.own)):
                self.report.warning("needless_not_in_text", item, address=item.address, encoded=figure.first.text)


def _in_head(figure: _Figure) -> bool:
    return figure.first.address.startswith("document.")


def _alternative(one: Encoded, other: Encoded) -> bool:
    """Whether two figures stand under different options of one reading."""
    chosen = dict(one.options)
    return any(chosen.get(reading, option) != option for reading, option in other.options)


def _figures(program: Program, users: Users) -> Iterator[_Figure]:
    by_mark: dict[Mark, list[Encoded]] = {}
    for use in encoded_figures(program):
        by_mark.setdefault(use.mark, []).append(use)
    for _, uses in sorted(by_mark.items(), key=lambda item: (item[0].line, item[0].column)):
        own = tuple(dict.fromkeys(cite for use in uses for cite in use.cites))
        using = tuple(dict.fromkeys(cite for key in {use.key for use in uses} if key for cite in users.cites(key)))
        yield _Figure(tuple(uses), own, using)


def _counts_months(norm: Norm, program: Program, users: Users) -> bool:
    """Whether the rule speaks of months of the calendar: 1月份 may be the month in which the year begins."""
    bodies = (*norm.values.values(), norm.when, *(program.definitions[name].body for name in users.names(norm)))
    return any(isinstance(part, ir.Edge) and part.period == "month" for body in bodies for part in ir.walk(body))


def _cites_of_rules(program: Program) -> Iterator[Citation]:
    """What provisions, their exceptions, quantities and terms cite."""
    policy = program.policy
    for provision in policy.provisions.values():
        yield from provision.cites
        for exemption in provision.exemptions:
            yield from exemption.cites
    for named in (*policy.terms.values(), *policy.quantities.values()):
        yield from named.cites
