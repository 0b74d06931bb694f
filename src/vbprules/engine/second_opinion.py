"""The second opinion: the same conditions decided again by durable_rules, a Rete engine in C.

Every gate, trigger, test and named term of a case becomes rules: one set that fires when the condition surely holds,
one when it possibly holds. The operands are asserted as whole numbers (shares and fractions scaled so that the policy's
figure is an integer: rounded down where ``<`` is asked, up where ``<=`` is), so that the comparison itself runs in that
engine. Both sets of firings must equal the interpreter's answer, or no decision leaves the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import ceil, floor
from typing import Any, Final

from vbprules.diagnostics import VbprulesError
from vbprules.engine import rete
from vbprules.engine.interpret import Interpreter
from vbprules.engine.lists import Rows
from vbprules.engine.outcomes import Judge, Judged
from vbprules.engine.rete import Rule, RuleSet, Test
from vbprules.facts.rows import Code
from vbprules.program import ir
from vbprules.program.ir import IR, Program
from vbprules.values.figures import TRUTH
from vbprules.values.forks import Fork, leaves, under
from vbprules.values.ranges import FALSE, TRUE, Infinity, Number, Range

_FAR: Final = 2**61  # stands for an open end
_NEAR: Final = 2**60  # a constant must stay clear of it
_MOST_RULES: Final = 30
Fact = dict[str, int | str]


class EngineDisagreement(VbprulesError):
    """The two engines answer one condition differently. No decision is given."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What cannot be split further: a comparison, a membership, or a truth that is handed over."""

    node: IR
    negated: bool
    figure: Fraction | None = None  # of a comparison with one of the policy's figures
    scale: int = 1  # makes that figure whole


def _leaf(node: IR, negated: bool) -> _Leaf:
    return _Leaf(node, negated, *_constant(node)) if isinstance(node, ir.Compare) else _Leaf(node, negated)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A condition under one choice of its structural readings, with its rules and leaves."""

    name: str
    leaves: tuple[_Leaf, ...]
    rules: tuple[Rule, ...]


class _Rules:
    """All conditions of a program as rules; compiled once."""

    def __init__(self, program: Program, fixed: Mapping[str, str]) -> None:
        self.program, self.fixed = program, fixed
        self.kinds: dict[tuple[str, tuple[tuple[str, str], ...]], _Kind] = {}
        self.structural: dict[str, tuple[str, ...]] = {}
        for name, node in self._conditions():
            self._add(name, node)
        self.rule_set = RuleSet([rule for kind in self.kinds.values() for rule in kind.rules])

    def _conditions(self) -> Iterator[tuple[str, IR]]:
        for norm in self.program.norms:
            yield f"{norm.id}/gate", norm.gate
            yield f"{norm.id}/trigger", norm.when
            for name, test in norm.tests.items():
                yield f"{norm.id}/{name}", test
        for key, definition in self.program.definitions.items():
            if definition.body.unit == TRUTH:
                yield f"definition/{key}", definition.body

    def _add(self, name: str, node: IR) -> None:
        readings = tuple(sorted(_structural(node) - set(self.fixed)))
        self.structural[name] = readings
        options = [sorted(self.program.policy.readings[reading].options) for reading in readings]
        for chosen in product(*options):
            assignment = tuple(zip(readings, chosen, strict=True))
            self.kinds[(name, assignment)] = self._kind(name, assignment, node)

    def _kind(self, name: str, assignment: tuple[tuple[str, str], ...], node: IR) -> _Kind:
        label = f"{name} {assignment}"
        found: list[_Leaf] = []
        alternatives = self._alternatives(node, False, {**self.fixed, **dict(assignment)}, found)
        rules = []
        for mode in ("surely", "possibly"):
            for number, conjunction in enumerate(alternatives):
                choices = [_tests(index, found[index], mode) for index in conjunction]
                for part, tests in enumerate(product(*choices)):
                    flat = tuple(test for group in tests for test in group)
                    rules.append(Rule(f"{label}|{mode}|{number}.{part}", label, flat or (Test("always", "==", 1),)))
        return _Kind(label, tuple(found), tuple(rules))

    def _alternatives(
        self, node: IR, negated: bool, chosen: Mapping[str, str], found: list[_Leaf]
    ) -> list[tuple[int, ...]]:
        """Disjunctive form over leaves: a list of conjunctions. With too many, the node is handed over whole."""
        if isinstance(node, ir.Not):
            return self._alternatives(node.part, not negated, chosen, found)
        if isinstance(node, ir.Choose):
            return self._alternatives(
                next(part for name, part in node.options if name == chosen[node.reading]), negated, chosen, found
            )
        if isinstance(node, ir.Const):
            return [()] if (node.value == TRUE) != negated else []
        if isinstance(node, (ir.All, ir.Any)):
            kept = len(found)
            conjunctive = isinstance(node, ir.All) != negated
            result: list[tuple[int, ...]] = [()] if conjunctive else []
            for part in node.parts:
                below_it = self._alternatives(part, negated, chosen, found)
                result = [a + b for a in result for b in below_it] if conjunctive else result + below_it
                if len(result) > _MOST_RULES:
                    del found[kept:]
                    found.append(_leaf(node, negated))
                    return [(kept,)]
            return result
        found.append(_leaf(node, negated))
        return [(len(found) - 1,)]


def _structural(node: IR) -> set[str]:
    """Readings that choose between conditions, not between values beneath a comparison."""
    if isinstance(node, ir.Choose):
        return {node.reading}.union(*(_structural(part) for _, part in node.options))
    if isinstance(node, (ir.All, ir.Any, ir.Not)):
        return set().union(*(_structural(part) for part in node.children()))
    return set()


def _tests(index: int, leaf: _Leaf, mode: str) -> list[tuple[Test, ...]]:
    """The alternatives under which a leaf surely (or possibly) holds, as tests on the leaf's fields."""
    surely = mode == "surely"
    node = leaf.node
    if isinstance(node, ir.Compare):
        field = f"l{index}_{'s' if surely else 'p'}"
        strict = node.strict != leaf.negated
        return [(_comparison(leaf, node, field, strict),)]
    if isinstance(node, ir.Member) and node.closed:
        field = f"l{index}"
        if not leaf.negated:
            listed: list[tuple[Test, ...]] = [(Test(field, "==", code),) for code in node.codes]
            return listed if surely else [*listed, (Test(field, "==", ""),)]
        others = tuple(Test(field, "!=", code) for code in node.codes)
        return [(*others, Test(field, "!=", ""))] if surely else [others]
    field = f"l{index}"
    wanted, refused = ("no", "yes") if leaf.negated else ("yes", "no")
    return [(Test(field, "==", wanted),)] if surely else [(Test(field, "!=", refused),)]


def _comparison(leaf: _Leaf, node: ir.Compare, field: str, strict: bool) -> Test:
    """``left < right`` on scaled integers: against the policy's figure if a side is one, else the difference with 0."""
    figure = 0 if leaf.figure is None else int(leaf.figure * leaf.scale)
    figure_right = leaf.figure is None or isinstance(node.right, ir.Const)
    # left < figure, or figure < left; negation turns the comparison round
    less = figure_right != leaf.negated
    return Test(field, ("<" if strict else "<=") if less else (">" if strict else ">="), figure)


def _constant(node: ir.Compare) -> tuple[Fraction | None, int]:
    for side in (node.right, node.left):
        if isinstance(side, ir.Const) and side.value.exact and not isinstance(side.value.lo, Infinity):
            value = Fraction(side.value.lo)
            if abs(value.numerator) < _NEAR:
                return value, value.denominator
    return None, 1


def _operands(index: int, leaf: _Leaf, rows: Rows, interpreter: Interpreter, assignment: Mapping[str, str]) -> Fact:
    """The fields of a leaf under one assignment."""
    node = leaf.node
    if isinstance(node, ir.Compare):
        left = under(interpreter.value(node.left, rows), assignment)
        right = under(interpreter.value(node.right, rows), assignment)
        return {
            f"l{index}_s": _scaled(leaf, node, left, right, True),
            f"l{index}_p": _scaled(leaf, node, left, right, False),
        }
    if isinstance(node, ir.Member) and node.closed:
        code = under(interpreter.value(node.subject, rows), assignment)
        return {f"l{index}": (code.text or "") if isinstance(code, Code) else ""}
    value = under(interpreter.value(node, rows), assignment)
    return {f"l{index}": "yes" if value == TRUE else "no" if value == FALSE else "open"}


def _scaled(leaf: _Leaf, node: ir.Compare, left: Range, right: Range, surely: bool) -> int:
    """The end of the operand that decides, as the integer that the rule compares."""
    upper = surely != leaf.negated  # left < right: surely looks at left's upper and right's lower end
    down = node.strict  # `<` and its negation `>=` round down, `<=` and `>` up
    if leaf.figure is None:
        return _whole(_gap(left.hi, right.lo) if upper else _gap(left.lo, right.hi), 1, down)
    if isinstance(node.right, ir.Const):
        return _whole(left.hi if upper else left.lo, leaf.scale, down)
    return _whole(right.lo if upper else right.hi, leaf.scale, not down)


def _gap(a: Number, b: Number) -> Number:
    if isinstance(a, Infinity):
        return a if not (isinstance(b, Infinity) and a == b) else 0
    return -b if isinstance(b, Infinity) else a - b


def _whole(value: Number, scale: int, down: bool) -> int:
    """Rounded so that comparing with an integer gives the exact answer; beyond the engine's integers, the far end."""
    if isinstance(value, Infinity):
        return _FAR if value.positive else -_FAR
    scaled = value * scale
    result = scaled if isinstance(scaled, int) else floor(scaled) if down else ceil(scaled)
    return max(-_FAR, min(_FAR, result))


@lru_cache(maxsize=32)  # each takes some MB in the engine, so that they are not kept as long as their programs
def _rules(program: Program, fixed: tuple[tuple[str, str], ...]) -> _Rules:
    """The rules of a program under some readings. Two threads that ask at once may both make them."""
    return _Rules(program, dict(fixed))


def second_opinion(judge: Judge, judged: Sequence[Judged]) -> str:
    """Decide every condition of a case again. Returns what the receipt says; raises EngineDisagreement."""
    if not rete.available():
        return "not available on this Python"
    rules = _rules(judge.case.program, tuple(sorted(judge.case.fixed.items())))
    asked: dict[tuple[str, tuple[tuple[str, int | str], ...]], tuple[Range, str]] = {}
    for name, node, rows, value in _answers(judge, judged):
        for assignment in _assignments(rules, name, node, rows, judge):
            chosen = tuple((reading, assignment[reading]) for reading in rules.structural[name])
            kind = rules.kinds[(name, chosen)]
            fact: Fact = {}
            for index, leaf in enumerate(kind.leaves):
                fact |= _operands(index, leaf, rows, judge.interpreter, assignment)
            expected = under(value, assignment)
            where = f"{name} {rows[0].id}"
            if not kind.rules:
                _compare(False, False, expected, where)
                continue
            used = {test.field for rule in kind.rules for test in rule.tests}
            fact = {field: cell for field, cell in fact.items() if field in used}
            if "always" in used:
                fact["always"] = 1
            key = (kind.name, tuple(sorted(fact.items())))
            known = asked.setdefault(key, (expected, where))
            _compare(known[0] == TRUE, known[0].hi == 1, expected, where)
    facts = [(kind, dict(fields)) for kind, fields in asked]
    for (expected, where), fired in zip(asked.values(), rules.rule_set.fire(facts), strict=True):
        modes = {name.rsplit("|", 2)[1] for name in fired}
        _compare("surely" in modes, "possibly" in modes, expected, where)
    return f"durable_rules {rete.version()}: {len(facts)} conditions agree"


def _answers(judge: Judge, judged: Sequence[Judged]) -> Iterator[tuple[str, IR, Rows, Any]]:
    """Every condition that the interpreter answered, with its answer."""
    for item in judged:
        rows = (item.row,)
        yield f"{item.norm.id}/gate", item.norm.gate, rows, item.gate
        if not item.applies:
            continue
        yield f"{item.norm.id}/trigger", item.norm.when, rows, item.trigger
        for name, value in item.tests.items():
            yield f"{item.norm.id}/{name}", item.norm.tests[name], rows, value
    for key, row, value in judge.interpreter.remembered():
        definition = judge.case.program.definitions[key]
        if definition.body.unit == TRUTH:
            yield f"definition/{key}", definition.body, (row,), value


def _assignments(rules: _Rules, name: str, node: IR, rows: Rows, judge: Judge) -> Iterator[dict[str, str]]:
    """Every assignment of the readings that the condition's structure or its operands consult on these rows."""
    consulted = set(rules.structural[name])
    if node.readings:
        for part in _split(node):
            for operand in part.children() if isinstance(part, (ir.Compare, ir.Member)) else (part,):
                consulted |= _consulted(judge.interpreter.value(operand, rows))
    names = sorted(consulted)
    options = [sorted(judge.case.program.policy.readings[reading].options) for reading in names]
    for chosen in product(*options):
        yield dict(zip(names, chosen, strict=True))


def _split(node: IR) -> Iterator[IR]:
    if isinstance(node, (ir.All, ir.Any, ir.Not, ir.Choose)):
        for child in node.children():
            yield from _split(child)
    else:
        yield node


def _consulted(value: Any) -> set[str]:
    if type(value) is not Fork:
        return set()
    return {reading for path, _ in leaves(value) for reading, _ in path}


def _compare(surely: bool, possibly: bool, expected: Range, where: str) -> None:
    if surely != (expected.lo == 1) or possibly != (expected.hi == 1):
        raise EngineDisagreement(
            f"{where}: durable_rules surely={surely} possibly={possibly}, interpreter {expected.lo}..{expected.hi}"
        )


__all__ = ["EngineDisagreement", "second_opinion"]
