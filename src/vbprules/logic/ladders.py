"""Gaps between the bands of a ladder, bands that overlap, and bands that add nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, permutations

from vbprules.language.policy import PRICE, SANCTION
from vbprules.logic.bands import Band, Ladder, ladders
from vbprules.logic.formulas import Formula, Linear, Variable, both, less, number, of, same
from vbprules.logic.found import Found, Severity
from vbprules.logic.linear import Undecided
from vbprules.logic.proof import Proof, assignments
from vbprules.logic.records import Witness
from vbprules.logic.shapes import shape
from vbprules.logic.witnesses import Small, applies, witness
from vbprules.program.ir import IR, Program
from vbprules.values.figures import show
from vbprules.values.ranges import Infinity, Number

Cell = tuple[Number, Number]  # a value, or the open stretch between two


def steps(program: Program) -> Iterator[Found]:
    """Everything to say of the ladders of a policy."""
    for ladder in ladders(program):
        looked = _Looked(program, ladder)
        yield from looked.gaps()
        yield from looked.pairs()


class _Looked:
    def __init__(self, program: Program, ladder: Ladder) -> None:
        self.program, self.ladder = program, ladder
        nodes = [node for band in ladder.bands for node in (band.norm.gate, band.norm.when)]
        self.assignments: list[Mapping[str, str]] = assignments(program, nodes)
        self.figures = ladder.figures()

    # Gaps

    def gaps(self) -> Iterator[Found]:
        """Values between two bands for which no band applies, though all else that both ask for is so."""
        for cell in [None] if self.figures is None else _cells(self.figures):
            found = self._gap(cell)
            if found is not None:
                yield found

    def _gap(self, cell: Cell | None) -> Found | None:
        """Under every choice of readings: where one of them leaves no gap the text may leave none."""
        shown: Found | None = None
        for readings in self.assignments:
            pairs = [two for two in permutations(self.ladder.bands, 2) if not _corridor(*two)]
            pair = next((two for two in pairs if self._between(readings, two, cell)), None)
            if pair is None:
                return None
            shown = shown or self._gap_found(readings, pair, cell)
        return shown

    def _between(self, readings: Mapping[str, str], pair: tuple[Band, Band], cell: Cell | None) -> bool:
        proof = Proof(self.program, readings, self.ladder.entity)
        here, before, after = (Variable("band", (), name, self.ladder.subject.unit) for name in ("q", "below", "above"))
        if cell is None:
            placed = both(less(of(before), of(here), True), less(of(here), of(after), True))
        else:
            placed = both(_cell(of(here), *cell), _around(of(before), of(after), cell))
        try:
            found = proof.model(
                placed,
                *(self._applies(proof, pair[0], before)),
                *(self._applies(proof, pair[1], after)),
                *(self._fails(proof, band, here) for band in self.ladder.bands),
            )
        except Undecided:
            return False
        return found is not None

    def _applies(self, proof: Proof | Small, band: Band, at: Variable) -> list[Formula]:
        return [self._at(proof, node, at, True) for node in (band.norm.gate, band.norm.when)]

    def _fails(self, proof: Proof | Small, band: Band, at: Variable) -> Formula:
        return self._at(proof, band.norm.when, at, False)

    def _at(self, proof: Proof | Small, node: IR, at: Variable, wanted: bool) -> Formula:
        """The condition with the ladder's quantity taken to be another number."""
        row = self.ladder.subject.row(proof.row, proof.conditions.world.small)
        proof.conditions.replaced = {(row, self.ladder.subject.key): of(at)}
        try:
            return proof.truth(node, wanted)
        finally:
            proof.conditions.replaced = {}

    def _gap_found(self, readings: Mapping[str, str], pair: tuple[Band, Band], cell: Cell | None) -> Found | None:
        before, after = (Variable("band", (), name, self.ladder.subject.unit) for name in ("below", "above"))
        bands, subject = self.ladder.bands, self.ladder.subject

        def gap(small: Small) -> Formula:
            row = subject.stands_on(small.row, True)
            if cell is None:
                placed = small.between(subject.node, row, of(before), of(after))
            else:
                placed = both(small.at(subject.node, row, *cell), _around(of(before), of(after), cell))
            return both(
                placed,
                *self._applies(small, pair[0], before),
                *self._applies(small, pair[1], after),
                *(small.truth(band.norm.when, False) for band in bands),
            )

        shown = witness(
            self.program,
            readings,
            self.ladder.entity,
            gap,
            lambda judge, row: all(applies(judge, band.norm, row) is False for band in bands),
        )
        if shown is None:
            return None
        args = {"name": self.ladder.name, "value": self._shown(cell)}
        args |= {"first": pair[0].name, "second": pair[1].name}
        return self._found("gap", pair, args, shown)

    def _shown(self, cell: Cell | None) -> str:
        """The value, or the stretch between two; empty where the bounds are no figures."""
        if cell is None:
            return ""
        low, high = (show(end, self.ladder.subject.unit) for end in cell)
        return low if low == high else f"{low} … {high}"

    # Pairs of bands

    def pairs(self) -> Iterator[Found]:
        for first, second in combinations(self.ladder.bands, 2):
            inside = self._inside(second, first)
            outside = inside or self._inside(first, second)
            if outside and _same_measure(first, second):
                inner, outer = (second, first) if inside else (first, second)
                yield self._shadowed(inner, outer)
                continue
            if first.norm.source.modality != PRICE:  # of two standards for one sale more is said elsewhere
                found = self._overlap(first, second)
                if found is not None:
                    yield found

    def _inside(self, inner: Band, outer: Band) -> bool:
        """Whenever the inner band applies, the outer does, under every reading; and the inner does apply."""
        for readings in self.assignments:
            proof = Proof(self.program, readings, self.ladder.entity)
            mine = proof.applies(inner.norm)
            if not proof.impossible(*mine, proof.truth(outer.norm.when, False)) or proof.impossible(*mine):
                return False
            if not proof.impossible(*mine, proof.truth(outer.norm.gate, False)):
                return False
        return bool(self.assignments)

    def _shadowed(self, inner: Band, outer: Band) -> Found:
        shown = self._both_apply(self.assignments[0], inner, outer)
        args = {"name": self.ladder.name, "first": inner.name, "second": outer.name}
        return self._found("shadowed", (inner, outer), args, shown, "warning")

    def _overlap(self, first: Band, second: Band) -> Found | None:
        """Both apply, under every choice of readings."""
        proofs = [Proof(self.program, readings, self.ladder.entity) for readings in self.assignments]
        if any(proof.impossible(*proof.applies(first.norm), *proof.applies(second.norm)) for proof in proofs):
            return None
        shown: Witness | None = None
        for readings in self.assignments:
            found = self._both_apply(readings, first, second)
            if found is None:
                return None
            shown = shown or found
        if shown is None:
            return None
        args = {"name": self.ladder.name, "first": first.name, "second": second.name}
        return self._found("overlap", (first, second), args, shown)

    def _both_apply(self, readings: Mapping[str, str], first: Band, second: Band) -> Witness | None:
        return witness(
            self.program,
            readings,
            self.ladder.entity,
            lambda small: both(
                *(small.truth(node) for band in (first, second) for node in (band.norm.gate, band.norm.when))
            ),
            lambda judge, row: all(applies(judge, band.norm, row) is True for band in (first, second)),
        )

    def _found(
        self,
        name: str,
        pair: Sequence[Band],
        args: Mapping[str, str],
        shown: Witness | None,
        severity: Severity = "hint",
    ) -> Found:
        clauses = tuple(dict.fromkeys(clause for band in pair for clause in band.clauses))
        return Found(
            name,
            severity,
            pair[0].norm.source.mark,
            clauses,
            args,
            shown,
            pair[1].norm.source.mark,
            tuple(band.name for band in pair),
        )


def _cells(figures: Sequence[Number]) -> Iterator[Cell]:
    """The points and the open intervals between the least and the greatest figure, in order."""
    for low, high in pairwise(figures):
        yield low, low
        yield low, high
    yield figures[-1], figures[-1]


def _cell(value: Linear, low: Number, high: Number) -> Formula:
    if low == high:
        return same(value, number(_exact(low)))
    return both(less(number(_exact(low)), value, True), less(value, number(_exact(high)), True))


def _around(before: Linear, after: Linear, cell: Cell) -> Formula:
    """One number lies before the cell and one after it, or on the ends of an open one."""
    low, high = number(_exact(cell[0])), number(_exact(cell[1]))
    point = cell[0] == cell[1]
    return both(less(before, low, point), less(high, after, point))


def _exact(value: Number) -> Fraction:
    assert not isinstance(value, Infinity)
    return Fraction(value)


def _corridor(low: Band, high: Band) -> bool:
    """Sanctions below one figure and above a greater one: what lies between is as it should be, and no gap."""
    if low.norm.source.modality != SANCTION:
        return False
    one_sided = all(test.subject_left for test in low.tests) and not any(test.subject_left for test in high.tests)
    mine, its = ({shape(test.bound) for test in band.tests} for band in (low, high))
    return one_sided and not mine & its


def _same_measure(first: Band, second: Band) -> bool:
    """What they do is the same: title, addressee, and every figure and day."""
    if len(first.norms) != len(second.norms):
        return False
    for one, other in zip(first.norms, second.norms, strict=True):
        mine, its = ({key: shape(node) for key, node in norm.values.items()} for norm in (one, other))
        if one.source.title.zh != other.source.title.zh or one.source.toward != other.source.toward or mine != its:
            return False
    return True
