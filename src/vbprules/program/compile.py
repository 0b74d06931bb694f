"""From a parsed policy to a ``Program``: definitions on demand, then every norm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from importlib import resources
from math import prod
from typing import Final

from vbprules.diagnostics import Report, suggest
from vbprules.language import keys
from vbprules.language import policy as p
from vbprules.language.operations import BOUNDS
from vbprules.language.shape import Shape, elements
from vbprules.language.vocabulary import ACTS, BY_NAME, HEDGES, INSTITUTION, PERFORMANCES
from vbprules.program import ir
from vbprules.program.expressions import Expressions
from vbprules.program.ir import IR, Const, Definition, Norm, Place, Program
from vbprules.program.names import Scope, top_scope
from vbprules.program.sizes import MOST_FACTORS, MOST_LEVELS, Sizes, height
from vbprules.reading import Mapping, Node, Scalar, read
from vbprules.values.figures import DATE, MONEY, TRUTH, parse_date
from vbprules.values.ranges import exactly

MOST_ASSIGNMENTS: Final = 64
_CONDITIONS: Final = ("requires", "forbids")
_HARMS: Final = (p.OBLIGATION, p.ENTITLEMENT, p.PROHIBITION)


def compile_policy(policy: p.Policy, report: Report, only: Collection[str] | None = None) -> Program:
    """Give every condition and value of the policy its meaning. Slips go to ``report``.

    With ``only``, these provisions and what they stand on: all that is needed to judge them.
    """
    return _Compiler(policy, report).program(only)


@cache
def builtin_quantities() -> tuple[p.Named, ...]:
    """The quantities that every policy may name without declaring them."""
    report = Report()
    text = resources.files("vbprules.program").joinpath("prelude.yaml").read_text("utf-8")
    found = []
    for node in elements(read(text, "prelude.yaml", report), report, "prelude"):
        s = Shape(node, report, "prelude", ("id", "per", "label", "en", "is", "condition"))
        body = s.get("is") or s.get("condition")
        if body is not None:
            found.append(p.Named(s.text("id"), s.label("label"), s.text("per"), body, "condition" in s))
    report.raise_if_errors()
    return tuple(found)


class _Compiler:
    def __init__(self, policy: p.Policy, report: Report) -> None:
        self.policy, self.report = policy, report
        self.expressions = Expressions(policy, self, report)
        self._sources: dict[str, tuple[p.Named, bool]] = {f"{n.per}.{n.id}": (n, True) for n in builtin_quantities()}
        self._sources |= {f"{n.per}.{n.id}": (n, False) for n in (*policy.terms.values(), *policy.quantities.values())}
        self._done: dict[str, Definition] = {}
        self._running: list[str] = []
        self._levels = 0
        self._sizes = Sizes(self._done)
        self._norms: dict[str, Norm] = {}
        self._groups = {q.group: q.for_each for q in policy.provisions.values() if q.group}
        self._issued = self._issue_day()

    def program(self, only: Collection[str] | None) -> Program:
        provisions = self.policy.provisions.values()
        norms = tuple(self._norm(provision) for provision in provisions if only is None or provision.id in only)
        for key, (named, builtin) in self._sources.items():
            if only is None and not builtin:
                self.definition(key, named.node)
        start = self._start()
        end = self._end()
        return Program(
            self.policy, dict(self._done), norms, self._issued, start, end, named=dict(self.expressions.named)
        )

    # Definitions: what the expressions may name

    def has(self, entity: str, name: str) -> bool:
        return f"{entity}.{name}" in self._sources

    def unit(self, entity: str, name: str, at: Node | None) -> IR | None:
        found = self.definition(f"{entity}.{name}", at)
        return None if found is None else found.body

    def definition(self, key: str, at: Node | None) -> Definition | None:
        if key in self._done:
            return self._done[key]
        if key not in self._sources:
            return None
        if key in self._running:
            self.report.error("cycle", at, path=" → ".join((*self._running[self._running.index(key) :], key)))
            return None
        named, builtin = self._sources[key]
        levels = height(named.node) + 1
        if self._levels + levels > MOST_LEVELS:
            self.report.error("names_too_deep", named.node, name=named.id, limit=MOST_LEVELS)
            return None
        self._levels += levels
        self._running.append(key)
        scope = top_scope(named.per, named.id)
        compiled = self.expressions.condition if named.condition else self.expressions.value
        before, self.expressions.written_here = self.expressions.written_here, not builtin
        body = compiled(named.node, scope)
        self.expressions.written_here = before
        self._running.pop()
        self._levels -= levels
        if not self._limit(body, named.id, named.node):
            self._sizes.accept(key)
        found = Definition(key, named.label, named.per, body, builtin)
        self._done[key] = found
        return found

    def act_record(self, provision: str) -> tuple[str, str] | None:
        """The entity on which an act is recorded, and the list that records it."""
        source = self.policy.provisions.get(provision)
        if source is None:
            return (self._groups[provision], ACTS) if provision in self._groups else None
        return source.for_each, ACTS if source.modality == p.SANCTION else PERFORMANCES

    def norm_condition(self, kind: str, provision: str, at: Node) -> tuple[str, str, frozenset[str]] | None:
        """The definition that says whether a provision is breached (or breached and still not performed)."""
        source = self.policy.provisions.get(provision)
        if source is None or source.modality not in _HARMS:
            known = [q.id for q in self.policy.provisions.values() if q.modality in _HARMS]
            self.report.error("unknown_provision", at, name=provision, suggestion=suggest(provision, known))
            return None
        key = f"{source.for_each}.{kind}:{provision}"
        if key in self._running:
            self.report.error("cycle", at, path=" → ".join((*self._running, key)))
            return None
        if key not in self._done:
            self._running.append(key)
            body = self._breach(self._norm(source), kind)
            self._running.pop()
            self._done[key] = Definition(key, source.title, source.for_each, body, True)
        return source.for_each, key, self._done[key].body.readings

    def _breach(self, norm: Norm, kind: str) -> IR:
        every, negation = self.expressions.every, self.expressions.negation
        today = ir.AsOf(unit=DATE)
        applies = every([norm.gate, norm.when])
        due = norm.values.get("due")
        over = ir.TRUE_NODE if due is None else _before(due, today)
        if norm.discretionary:
            return Const(unit=TRUTH, value=exactly(0), text="", address="")  # never breached
        if "breached" in norm.tests:
            return every([applies, norm.tests["breached"]])
        if "requires" in norm.values or "forbids" in norm.values:
            return every([applies, over, negation(norm.tests["in_time"])])
        if due is None or norm.done is None:
            return Const(unit=TRUTH, value=exactly(0), text="", address="")
        late = _before(due, norm.done)
        parts = [applies, over, late]
        if kind == "overdue":
            parts.append(_before(today, norm.done))
        return every(parts)

    # Norms

    def _norm(self, source: p.Provision) -> Norm:
        if source.id in self._norms:
            return self._norms[source.id]
        entity = source.for_each
        when = source.values.get("when")
        condition: IR = ir.TRUE_NODE
        if when is not None:
            condition = self.expressions.condition(when, top_scope(entity, f"{source.group or source.id}.when"))
        values: dict[str, IR] = {}
        for key, node in source.values.items():
            here = top_scope(entity, f"{source.id}.{key}")
            if key in keys.DAYS:
                values[key] = self._typed(node, here, DATE)
            elif key in _CONDITIONS:
                values[key] = self.expressions.condition(node, here)
            elif key in keys.BOUNDED:
                values[key] = self._bounded(node, here, "" if key == "value" else MONEY)
            elif key in keys.FIGURES:
                values[key] = self._typed(node, here, MONEY)
        place = Place(entity)
        exceptions = top_scope(entity, f"{source.id}.except")
        exempt = tuple((item, self.expressions.condition(item.when, exceptions)) for item in source.exemptions)
        in_force, by_test, toward_test = (
            self._in_force(place, self._governed(source)),
            self._party_test(source.by),
            self._party_test(source.toward),
        )
        gate = self.expressions.every(
            [
                in_force,
                *(test for test in (by_test, toward_test) if test is not None),
                *(self.expressions.negation(test) for item, test in exempt if not item.set_by),
            ]
        )
        for item, test in exempt:
            if item.set_by:
                values = {key: self._set_elsewhere(node, item, test, key, source) for key, node in values.items()}
        done = values.pop("done", None)
        if done is None and "received" in values and "amount" in values:
            done = self._received(values["received"], values["amount"], source)
        if done is None and source.modality in (p.OBLIGATION, p.ENTITLEMENT):
            done = ir.ActDay(unit=DATE, place=place, of=source.id, record=PERFORMANCES)
        hedge = HEDGES.get(source.hedge or "", ("", False))
        norm = Norm(
            source=source,
            entity=entity,
            in_force=in_force,
            by_test=by_test,
            toward_test=toward_test,
            exempt=exempt,
            gate=gate,
            when=condition,
            values=values,
            tests=self._tests(source, values, done),
            done=done,
            discretionary=hedge[1] or (source.group is not None and source.choose == "any"),
            about_institution=self._about_institution(source),
        )
        for key, compiled in values.items():
            self._limit(compiled, f"{source.id}.{key}", source.values.get(key))
        self._limit(condition, f"{source.id}.when", when)
        self._norms[source.id] = norm
        return norm

    def _tests(self, source: p.Provision, values: dict[str, IR], done: IR | None) -> dict[str, IR]:
        """The truths of which the outcome's state is a function, beside gate and trigger."""
        today = ir.AsOf(unit=DATE)
        tests: dict[str, IR] = {}
        kept = values.get("requires")
        if kept is None and "forbids" in values:
            kept = self.expressions.negation(values["forbids"])
        if source.modality == p.PROHIBITION:
            judged = ir.Judge(unit=TRUTH, place=Place(source.for_each), question=source.id)
            tests["breached"] = judged if kept is None else self.expressions.negation(kept)
        elif source.modality in (p.OBLIGATION, p.ENTITLEMENT):
            due = values.get("due")
            if "not_before" in values and done is not None:
                tests["early"] = _before(done, values["not_before"])
            if due is not None:
                tests["over"] = _before(due, today)
            elif kept is not None:
                tests["over"] = ir.TRUE_NODE  # judged at once
            if kept is not None:
                tests["in_time"] = kept
                tests["performed"] = ir.SoFar(unit=TRUTH, readings=kept.readings, part=kept)
            elif done is not None:
                tests["performed"] = _by(done, today)
                tests["in_time"] = tests["performed"] if due is None else _by(done, due)
        elif source.modality in (p.SANCTION, p.PERMISSION):
            if "from" in values:
                tests["started"] = _by(values["from"], today)
            if "until" in values:
                tests["ended"] = _by(values["until"], today)
            if source.modality == p.SANCTION:
                tests["imposed"] = _by(
                    ir.ActDay(unit=DATE, place=Place(source.for_each), of=source.id, record=ACTS), today
                )
        return tests

    def _set_elsewhere(self, node: IR, item: p.Exemption, test: IR, key: str, source: p.Provision) -> IR:
        """Where the exception holds, an amount or deadline comes from another instrument."""
        if key not in ("amount", "due"):
            return node
        if isinstance(node, ir.Bounded):
            return replace(
                node,
                readings=node.readings | test.readings,
                value=self._set_elsewhere(node.value, item, test, key, source),
            )
        if isinstance(node, ir.Choose):
            options = tuple((name, self._set_elsewhere(part, item, test, key, source)) for name, part in node.options)
            return replace(node, readings=node.readings | test.readings, options=options)
        other = ir.Elsewhere(
            unit=node.unit, kind="instrument", what=item.set_by, name=f"{source.id}.{key}", place=Place(source.for_each)
        )
        return ir.If(unit=node.unit, readings=node.readings | test.readings, condition=test, then=other, otherwise=node)

    def _typed(self, node: Node, scope: Scope, unit: str) -> IR:
        found = self.expressions.value(node, scope, unit)
        if found.unit != unit:
            self.report.error("expects_unit", node, expected=unit, found=found.unit)
        return found

    def _received(self, received: IR, amount: IR, source: p.Provision) -> IR | None:
        at = source.values["received"]
        target = _unbounded(amount)
        return None if target is None else self.expressions.first_day(received, target, False, at)

    def _bounded(self, node: Node, scope: Scope, unit: str) -> IR:
        """``{at_least: 30%, of: X}``, ``{exactly: X}``, by reading, or from elsewhere."""
        if not isinstance(node, Mapping):
            self.report.error("not_a_mapping", node, where=scope.address)
            return ir.TRUE_NODE
        if node.get("reading") is not None:
            return self.expressions.choice(node, scope, lambda item, place: self._bounded(item, place, unit), unit)
        if node.get("set_by") is not None or node.get("silent") is not None:
            return self.expressions.value(node, scope, unit)
        present = [key for key, _ in node.entries if key.text in BOUNDS]
        extra = [key for key, _ in node.entries if key.text not in (*BOUNDS, "of")]
        for key in extra:
            self.report.error(
                "unknown_key", key, key=key.text, where=scope.address, suggestion=suggest(key.text, BOUNDS)
            )
        if len(present) != 1:
            self.report.error("missing_key", node, key=" / ".join(BOUNDS), where=scope.address)
            return ir.TRUE_NODE
        bound, figure = present[0].text, node.get(present[0].text)
        assert figure is not None
        base = node.get("of")
        if base is None:
            value = self.expressions.value(figure, scope.at(bound), unit)
        else:
            value = self.expressions.share(node, figure, scope.at(bound), unit)
        if unit and value.unit != unit and value.unit != TRUTH:
            self.report.error("expects_unit", figure, expected=unit, found=value.unit)
        return ir.Bounded(unit=value.unit, readings=value.readings, bound=bound, value=value)

    def _party_test(self, names: tuple[str, ...]) -> IR | None:
        """The institution is one of the parties that are defined by a test; parties without one are somebody else."""
        tests: list[IR] = []
        for name in names:
            party = self.policy.parties.get(name)
            if name == INSTITUTION:
                return None
            if party is None or party.test is None:
                continue
            tests.append(self.expressions.condition(party.test, top_scope(INSTITUTION, f"parties.{name}")))
        return self.expressions.some(tests) if tests else None

    def _about_institution(self, source: p.Provision) -> bool:
        named = {*source.by, *source.toward}
        tested = any((party := self.policy.parties.get(name)) is not None and party.test is not None for name in named)
        return tested or bool(named & {INSTITUTION, "head_of_institution"}) or source.for_each != INSTITUTION

    # The document's time

    def _issue_day(self) -> int | None:
        text = self.policy.document.issued
        if text == p.NOT_STATED:
            return None
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            self.report.error("bad_date", None, text=text)
        return day

    def _issued_node(self) -> IR:
        if self._issued is not None:
            return Const(
                unit=DATE, value=exactly(self._issued), text=self.policy.document.issued, address="document.issued"
            )
        return ir.Elsewhere(
            unit=DATE, kind="fact", what=("document.issued",), name="document.issued", place=Place(INSTITUTION)
        )

    def _day(self, node: Node | None, scope: Scope) -> IR | None:
        """A day of ``in_force``: a date, ``issued``, by reading; None where the text is silent."""
        if node is None or (isinstance(node, Scalar) and node.text == "silent"):
            return None
        if isinstance(node, Scalar) and node.text == "issued":
            return self._issued_node()
        if isinstance(node, Mapping) and node.get("reading") is not None:
            return self.expressions.choice(node, scope, lambda item, here: self._day(item, here) or _FOREVER, DATE)
        return self._typed(node, scope, DATE)

    def _start(self) -> IR | None:
        stated = self._day(self.policy.document.start, top_scope(INSTITUTION, "document.in_force").at("from"))
        if stated is None and self._issued is not None:
            return self._issued_node()  # nothing binds before it is issued, whatever its first day is
        return stated

    def _end(self) -> IR | None:
        return self._day(self.policy.document.end, top_scope(INSTITUTION, "document.in_force").at("until"))

    def _governed(self, source: p.Provision) -> IR | None:
        """The day that a norm names as governing, where it is not the row's own."""
        node = source.values.get("governed_by")
        if node is None:
            return None
        where = f"{source.group or source.id}.governed_by"
        found = self._typed(node, top_scope(source.for_each, where), DATE)
        self._limit(found, where, node)
        return found

    def _in_force(self, place: Place, governed: IR | None) -> IR:
        held = ir.NO_READINGS if governed is None else governed.readings
        day = ir.GoverningDay(unit=DATE, readings=held, place=place, by=governed)
        start, end = self._start(), self._end()
        parts = []
        if start is not None:
            # A period that is still to end, a day still to come: under the document only once that is in force.
            ahead = governed is not None or _may_run(place)
            parts_of = (day, ir.AsOf(unit=DATE))
            reached = ir.Arithmetic(unit=DATE, readings=held, operation="least", parts=parts_of) if ahead else day
            parts.append(
                ir.Compare(
                    unit=TRUTH,
                    readings=start.readings | held,
                    strict=False,
                    left=start,
                    right=reached,
                    word="on_or_after",
                    subject_left=False,
                )
            )
        if end is not None:
            parts.append(
                ir.Compare(
                    unit=TRUTH, readings=end.readings | held, strict=False, left=day, right=end, word="on_or_before"
                )
            )
        return self.expressions.every(parts)

    def _limit(self, node: IR, where: str, at: Node | None) -> bool:
        """Whether no number becomes too long; that, and readings without end, go to the report."""
        count = prod(len(self.policy.readings[name].options) for name in node.readings if name in self.policy.readings)
        if count > MOST_ASSIGNMENTS:
            self.report.error("too_many_readings", at, where=where, count=count, names=", ".join(sorted(node.readings)))
        short = self._sizes.largest(node) <= MOST_FACTORS
        if not short:
            self.report.error("number_too_long", at, where=where, limit=MOST_FACTORS)
        return short


_FOREVER: Final = Const(unit=DATE, value=exactly(3_652_059), text="silent", address="")  # 9999-12-31, the last ordinal


def _before(first: IR, second: IR) -> IR:
    return ir.Compare(
        unit=TRUTH, readings=first.readings | second.readings, strict=True, left=first, right=second, word="before"
    )


def _by(first: IR, second: IR) -> IR:
    return ir.Compare(
        unit=TRUTH,
        readings=first.readings | second.readings,
        strict=False,
        left=first,
        right=second,
        word="on_or_before",
    )


def _may_run(place: Place) -> bool:
    """The governing day of such a row, the end of its period or the start of its agreement, may lie ahead."""
    return BY_NAME[place.entity].period or place.entity == "agreement_line"


def _unbounded(node: IR) -> IR | None:
    """The plain value of an amount: its floor, its exact figure, or its ceiling."""
    if isinstance(node, ir.Bounded):
        return node.value
    if isinstance(node, ir.Choose):
        options = tuple((name, _unbounded(part)) for name, part in node.options)
        if any(part is None for _, part in options):
            return None
        return ir.Choose(
            unit=node.unit,
            readings=node.readings,
            reading=node.reading,
            options=tuple((name, part) for name, part in options if part is not None),
        )
    return node
