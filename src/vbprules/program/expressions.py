"""Conditions and values: from located nodes of a file to typed IR."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol

from vbprules.diagnostics import Report, suggest
from vbprules.language.policy import Policy
from vbprules.language.vocabulary import BY_NAME, YEAR
from vbprules.program import ir
from vbprules.program.ir import IR, Const, Place
from vbprules.program.names import Scope, has_day, link, locate, period_place, place_of, refers, top_scope
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import (
    CODE, COUNT, DATE, DAYS, DURATIONS, MONEY, MONTHS, NUMBER, SHARE, TEXT, TRUTH, UNITS, WORKING_DAYS, YEARS, Figure,
    parse_date, parse_figure,
)  # fmt: skip
from vbprules.values.ranges import FALSE, TRUE, exactly

ANY_UNIT: Final = ""
_COMPARATORS: Final = ("below", "at_most", "at_least", "above", "exactly", "between", "before", "on_or_before",
                       "on_or_after", "after", "in", "not_in", "is")  # fmt: skip
_CONDITIONS: Final = ("all", "any", "not", "some", "every", "judge", "breach_of", "overdue", "imposed", "set_by",
                      "silent", "reading", "known_by", "count", "sum", "lowest", "highest")  # fmt: skip
_FOLDS: Final = ("sum", "count", "lowest", "highest")
_PERIODS: Final = ("month", "quarter", "year")
_SCALED: Final = frozenset({COUNT, NUMBER})


class Definitions(Protocol):
    """What the compiler of a whole policy offers to its expressions."""

    def has(self, entity: str, name: str) -> bool: ...
    def unit(self, entity: str, name: str, at: Node | None) -> IR | None: ...
    def norm_condition(self, kind: str, provision: str, at: Node) -> tuple[str, str, frozenset[str]] | None: ...
    def act_entity(self, provision: str) -> str | None: ...


class Expressions:
    """Compiles the expressions of one policy. Every slip is reported; a slip yields a harmless constant."""

    def __init__(self, policy: Policy, definitions: Definitions, report: Report) -> None:
        self.policy, self.definitions, self.report = policy, definitions, report
        self._counted: IR | None = None
        self._counted_ready = False

    # Conditions

    def condition(self, node: Node, scope: Scope) -> IR:
        if isinstance(node, Scalar):
            return self._named_condition(node, scope)
        if isinstance(node, Sequence):
            return self.every([self.condition(item, scope.at(str(n))) for n, item in enumerate(node.items, 1)])
        if not node.entries:
            return self._bad("not_a_condition", node, text="{}")
        return self.every([self._condition_entry(node, key, value, scope) for key, value in node.entries
                           if not self._belongs_to_operation(node, key)])  # fmt: skip

    def every(self, parts: Iterable[IR]) -> IR:
        kept = tuple(part for part in parts if part is not ir.TRUE_NODE)
        if len(kept) <= 1:
            return kept[0] if kept else ir.TRUE_NODE
        return ir.All(unit=TRUTH, readings=_readings(kept), parts=kept)

    def some(self, parts: Iterable[IR]) -> IR:
        kept = tuple(parts)
        return kept[0] if len(kept) == 1 else ir.Any(unit=TRUTH, readings=_readings(kept), parts=kept)

    def negation(self, part: IR) -> IR:
        return part.part if isinstance(part, ir.Not) else ir.Not(unit=TRUTH, readings=part.readings, part=part)

    @staticmethod
    def _belongs_to_operation(node: MappingNode, key: Scalar) -> bool:
        """In ``{reading: r, a: …, b: …}`` the options are no entries of their own."""
        return node.get("reading") is not None and key.text != "reading"

    def _condition_entry(self, node: MappingNode, key: Scalar, value: Node, scope: Scope) -> IR:
        word, here = key.text, scope.at(key.text)
        if word in ("all", "any"):
            if not isinstance(value, Sequence):
                return self._bad("not_a_list", value, where=here.address)
            parts = [self.condition(item, here.at(str(n))) for n, item in enumerate(value.items, 1)]
            return self.every(parts) if word == "all" else self.some(parts)
        if word == "not":
            return self.negation(self.condition(value, here))
        if word in ("some", "every"):
            return self._quantified(word, value, here)
        if word == "judge":
            return self._judge(value, scope)
        if word in ("breach_of", "overdue"):
            return self._norm_condition(word, value, scope)
        if word == "imposed":
            day = self._act_day(value, scope)
            return ir.Compare(unit=TRUTH, strict=False, left=day, right=ir.AsOf(unit=DATE), word="imposed")
        if word in ("set_by", "silent"):
            return self._elsewhere(word, value, scope, TRUTH)
        if word == "reading":
            return self.choice(node, scope, lambda item, place: self.condition(item, place), TRUTH)
        if word == "known_by":
            if not isinstance(value, Sequence) or len(value.items) != 2:
                return self._bad("wrong_arity", value, operation=word, expected="2")
            first, second = (self.condition(item, here) for item in value.items)
            return ir.KnownBy(unit=TRUTH, readings=_readings((first, second)), first=first, second=second)
        if not self._is_value_name(word, scope):
            choices = {*_CONDITIONS, *self._names(scope)}
            return self._bad("unknown_name", key, name=word, entity=scope.rows[0], suggestion=suggest(word, choices))
        subject = self._name(key, scope)
        return self._tests(subject, value, here)

    def _is_value_name(self, word: str, scope: Scope) -> bool:
        return self._resolves(word, scope)

    def _tests(self, subject: IR, node: Node, scope: Scope) -> IR:
        if not isinstance(node, MappingNode) or not node.entries:
            return self._bad("not_a_condition", node, text=_text(node))
        if node.get("reading") is not None:
            return self.choice(node, scope, lambda item, place: self._tests(subject, item, place), TRUTH)
        parts = []
        for key, value in node.entries:
            if key.text not in _COMPARATORS:
                parts.append(self._bad("unknown_operation", key, name=key.text, suggestion=suggest(key.text, _COMPARATORS)))
            else:
                parts.append(self._test(subject, key, value, scope.at(key.text)))
        return self.every(parts)

    def _test(self, subject: IR, key: Scalar, value: Node, scope: Scope) -> IR:
        word = key.text
        if word in ("in", "not_in", "is"):
            if subject.unit not in (CODE, TEXT):
                return self._bad("expects_unit", value, expected=CODE, found=subject.unit)
            member = self._member(subject, value)
            return self.negation(member) if word == "not_in" else member
        if word == "between":
            figure = self._figure(value, subject.unit, scope)
            if figure is None:
                return ir.TRUE_NODE
            low, high = (self._const(value, exactly(end), subject.unit, scope) for end in figure.range)
            return self.every((_compare("at_least", subject, low), _compare("at_most", subject, high)))
        bound = self.value(value, scope, subject.unit)
        if subject.unit in (CODE, TEXT, TRUTH):
            return self._bad("expects_unit", key, expected="a figure", found=subject.unit)
        if bound.unit != subject.unit and not {bound.unit, subject.unit} <= _SCALED:
            return self._bad("unit_mismatch", value, left=subject.unit, right=bound.unit)
        if isinstance(bound, Const) and not bound.value.exact:
            return self._bad("bad_figure", value, text=bound.text)
        if word == "exactly":
            return self.every((_compare("at_most", subject, bound, "exactly"), _compare("at_least", subject, bound, "exactly")))
        return _compare(word, subject, bound)

    def _member(self, subject: IR, node: Node) -> IR:
        if isinstance(node, Scalar):
            named = self.policy.lists.get(node.text)
            if named is not None:
                return ir.Member(unit=TRUTH, readings=subject.readings, subject=subject, codes=named.codes,
                                 closed=named.closed, list_id=named.id)  # fmt: skip
            codes = (node.text,)
        else:
            codes = tuple(item.text for item in node.items if isinstance(item, Scalar)) if isinstance(node, Sequence) else ()
        self._check_codes(subject, codes, node)
        return ir.Member(unit=TRUTH, readings=subject.readings, subject=subject, codes=codes, closed=True, list_id=None)

    def _check_codes(self, subject: IR, codes: tuple[str, ...], node: Node) -> None:
        if not isinstance(subject, ir.Fact) or subject.unit != CODE:
            return
        options = BY_NAME[subject.place.entity].field_map[subject.name].options
        known = options or {code for item in self.policy.lists.values() for code in item.codes}
        for code in codes:
            if code not in known and (options or isinstance(node, Scalar)):
                self.report.error("bad_choice", node, value=code, where=subject.name, choices=", ".join(known),
                                  suggestion=suggest(code, known))  # fmt: skip

    def _named_condition(self, node: Scalar, scope: Scope) -> IR:
        if node.text == "always":
            return ir.TRUE_NODE
        if not self._resolves(node.text, scope):
            return self._bad("unknown_name", node, name=node.text, entity=scope.rows[0],
                             suggestion=suggest(node.text, self._names(scope)))  # fmt: skip
        found = self._name(node, scope)
        if found.unit != TRUTH:
            return self._bad("not_a_condition", node, text=node.text)
        return found

    def _quantified(self, word: str, node: Node, scope: Scope) -> IR:
        if not isinstance(node, MappingNode) or len(node.entries) != 1:
            return self._bad("not_a_mapping", node, where=scope.address)
        key, body = node.entries[0]
        if key.text not in BY_NAME:
            return self._bad("unknown_entity", key, name=key.text, suggestion=suggest(key.text, BY_NAME))
        origin = Place(scope.rows[0])
        linked = link(origin.entity, key.text)
        if linked is None:
            return self._bad("not_linked", key, child=key.text, parent=origin.entity)
        item = self.condition(body, scope.inner(key.text))
        start, end = self._default_window(origin, key.text)
        return ir.Fold(unit=TRUTH, readings=item.readings, kind=word, child=key.text, origin=origin, link=linked, item=item,
                       where=None, start=start, end=end, so_far=True)  # fmt: skip

    def _judge(self, node: Node, scope: Scope) -> IR:
        name = _text(node)
        question = self.policy.questions.get(name)
        if question is None:
            return self._bad("unknown_question", node, name=name, suggestion=suggest(name, self.policy.questions))
        place = place_of(scope, question.per)
        if place is None:
            return self._bad("not_linked", node, child=question.per, parent=scope.rows[0])
        return ir.Judge(unit=TRUTH, place=place, question=name)

    def _norm_condition(self, kind: str, node: Node, scope: Scope) -> IR:
        found = self.definitions.norm_condition(kind, _text(node), node)
        if found is None:
            return ir.TRUE_NODE
        entity, key, readings = found
        place = place_of(scope, entity)
        if place is not None and (entity == scope.rows[0] or entity != "institution" or scope.rows[0] == "institution"):
            return ir.Ref(unit=TRUTH, readings=readings, place=place, id=key)
        linked = link(scope.rows[0], entity)
        if linked is None:
            return self._bad("not_linked", node, child=entity, parent=scope.rows[0])
        item = ir.Ref(unit=TRUTH, readings=readings, place=Place(entity), id=key)
        return ir.Fold(unit=TRUTH, readings=readings, kind="some", child=entity, origin=Place(scope.rows[0]), link=linked,
                       item=item, where=None, start=None, end=None, so_far=True)  # fmt: skip

    # Values

    def value(self, node: Node, scope: Scope, expected: str = ANY_UNIT) -> IR:
        """A value; ``expected`` is the unit wanted where one is known, so that a bare number can be understood."""
        if isinstance(node, Scalar):
            return self._scalar(node, scope, expected)
        if isinstance(node, Sequence):
            return self._bad("not_a_value", node, text="[…]")
        for key, value in node.entries:
            method = _OPERATIONS.get(key.text)
            if method is not None:
                return method(self, node, value, scope, expected)
        first = node.entries[0][0] if node.entries else None
        word = first.text if first else "{}"
        return self._bad("unknown_operation", first or node, name=word, suggestion=suggest(word, _OPERATIONS))

    def _scalar(self, node: Scalar, scope: Scope, expected: str) -> IR:
        if node.text == "as_of":
            return ir.AsOf(unit=DATE)
        if self._resolves(node.text, scope):
            return self._name(node, scope)
        figure = self._figure(node, expected, scope, quiet=True)
        if figure is not None:
            return self._const(node, figure.range, figure.unit, scope)
        if any(char.isdigit() for char in node.text[:2]):
            return self._bad("bad_figure", node, text=node.text)
        return self._bad("unknown_name", node, name=node.text, entity=scope.rows[0],
                         suggestion=suggest(node.text, self._names(scope)))  # fmt: skip

    def _figure(self, node: Node, expected: str, scope: Scope, quiet: bool = False) -> Figure | None:
        """A figure or date literal; a bare number takes a countable unit and is refused for a share, money or time."""
        text = _text(node)
        try:
            day = parse_date(text)
        except ValueError:
            self._bad("bad_date", node, text=text)
            return Figure(exactly(1), DATE)
        if day is not None:
            return Figure(exactly(day), DATE)
        figure = parse_figure(text)
        if figure is None:
            if not quiet:
                self._bad("bad_figure", node, text=text)
            return None
        if figure.bare and expected not in (ANY_UNIT, COUNT, NUMBER, UNITS):
            self._bad("bare_number", node, text=text, expected=expected)
            return Figure(figure.range, expected)
        if figure.bare and expected != ANY_UNIT:
            return Figure(figure.range, expected)
        return figure

    def _const(self, node: Node, value: object, unit: str, scope: Scope) -> Const:
        return Const(unit=unit, value=value, text=_text(node), address=scope.address)  # type: ignore[arg-type]

    def _resolves(self, name: str, scope: Scope) -> bool:
        return bool(self._candidates(name, scope))

    def _candidates(self, name: str, scope: Scope) -> list[tuple[Place, str]]:
        if "." in name:
            entity, _, rest = name.partition(".")
            place = place_of(scope, entity) if entity in BY_NAME else None
            return [(place, rest)] if place is not None and self._entity_has(entity, rest) else []
        return [(place, name) for place in locate(scope, lambda entity: self._entity_has(entity, name))]

    def _entity_has(self, entity: str, name: str) -> bool:
        known = BY_NAME[entity]
        if name in ("period_start", "period_end"):
            return known.period
        return name in known.field_map or self.definitions.has(entity, name)

    def _names(self, scope: Scope) -> set[str]:
        names: set[str] = {"as_of"}
        for entity in scope.rows:
            names.update(BY_NAME[entity].field_map)
        names.update(self.policy.terms, self.policy.quantities)
        return names

    def _name(self, node: Scalar, scope: Scope) -> IR:
        found = self._candidates(node.text, scope)
        if len(found) > 1:
            choices = ", ".join(f"{place.entity}.{name}" for place, name in found)
            return self._bad("ambiguous_name", node, name=node.text, choices=choices)
        place, name = found[0]
        if name in ("period_start", "period_end"):
            return ir.PeriodEnd(unit=DATE, place=place, last=name == "period_end")
        if self.definitions.has(place.entity, name):
            body = self.definitions.unit(place.entity, name, node)
            if body is None:
                return self._bad_quietly()
            return ir.Ref(unit=body.unit, readings=body.readings, place=place, id=f"{place.entity}.{name}")
        return ir.Fact(unit=BY_NAME[place.entity].field_map[name].unit, place=place, name=name)

    # Operations on values

    def _fold(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        kind = next(word for word in _FOLDS if node.get(word) is not None)
        if kind == "count" and (node.get("after") is not None or node.get("before") is not None):
            return self._count(node, value, scope, expected)
        child = self._fold_child(node, value, kind)
        if child is None:
            return self._bad("missing_key", node, key="over", where=scope.address)
        origin = self._origin(node, scope)
        linked = link(origin.entity, child) if origin else None
        if origin is None or linked is None:
            return self._bad("not_linked", node, child=child, parent=_text(node.get("in")) or scope.rows[0])
        inner = scope.at(kind).inner(child)
        item = None if kind == "count" else self.value(value, inner)
        where = self.condition(clause, inner) if (clause := node.get("where")) is not None else None
        starts, ends = node.get("from"), node.get("through")
        if starts is None and ends is None:
            start, end = self._default_window(origin, child)
        else:
            start = self._date(starts, scope.at("from")) if starts is not None else None
            end = self._date(ends, scope.at("through")) if ends is not None else None
        parts = [part for part in (item, where, start, end) if part is not None]
        so_far = end is None or (node.get("so_far") is not None and _text(node.get("so_far")) in ("yes", "是"))
        return ir.Fold(unit=COUNT if item is None else item.unit, readings=_readings(parts), kind=kind, child=child,
                       origin=origin, link=linked, item=item, where=where, start=start, end=end, so_far=so_far)  # fmt: skip

    def _fold_child(self, node: MappingNode, value: Node, kind: str) -> str | None:
        over = node.get("over") if kind != "count" or node.get("over") is not None else value
        if over is not None:
            if _text(over) not in BY_NAME:
                self._bad("unknown_entity", over, name=_text(over), suggestion=suggest(_text(over), BY_NAME))
                return None
            return _text(over)
        named = self.policy.quantities.get(_text(value)) or self.policy.terms.get(_text(value))
        if named is not None:
            return named.per
        owners = [entity for entity in BY_NAME if self.definitions.has(entity, _text(value))]
        owners = owners or [entity for entity in BY_NAME if _text(value) in BY_NAME[entity].field_map]
        return owners[0] if len(owners) == 1 else None

    def _origin(self, node: MappingNode, scope: Scope) -> Place | None:
        start = node.get("in")
        return Place(scope.rows[0]) if start is None else place_of(scope, _text(start)) if _text(start) in BY_NAME else None

    def _default_window(self, origin: Place, child: str) -> tuple[IR | None, IR | None]:
        """The period of the row, for dated children that do not name the row themselves."""
        place = period_place(origin)
        if place is None or refers(child, origin.entity) or not has_day(BY_NAME[child]) or child == "target":
            return None, None
        return (ir.PeriodEnd(unit=DATE, place=place, last=False), ir.PeriodEnd(unit=DATE, place=place, last=True))

    def _arithmetic(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        word = next(w for w in ("ratio", "difference", "plus", "product", "least", "greatest", "earliest", "latest")
                    if node.get(w) is not None)  # fmt: skip
        if not isinstance(value, Sequence) or not value.items or (word in ("ratio", "difference") and len(value.items) != 2):
            return self._bad("wrong_arity", value, operation=word, expected="2" if word in ("ratio", "difference") else "≥ 1")
        here = scope.at(word)
        wanted = expected if word in ("plus", "difference", "least", "greatest") else ANY_UNIT
        parts = tuple(self.value(item, here.at(str(n)), wanted) for n, item in enumerate(value.items, 1))
        unit = self._arithmetic_unit(word, [part.unit for part in parts], value)
        operation = {"earliest": "least", "latest": "greatest"}.get(word, word)
        return ir.Arithmetic(unit=unit, readings=_readings(parts), operation=operation, parts=parts)

    def _arithmetic_unit(self, word: str, units: list[str], node: Node) -> str:
        if word in ("earliest", "latest"):
            if any(unit != DATE for unit in units):
                self._bad("expects_unit", node, expected=DATE, found=", ".join(units))
            return DATE
        if word == "product":
            named = [unit for unit in units if unit not in (*_SCALED, SHARE)]
            if sorted(named) == sorted((UNITS, MONEY)):
                return MONEY
            return named[0] if named else (SHARE if SHARE in units else NUMBER)
        if word == "ratio":
            top, bottom = units
            return SHARE if top == bottom and top not in _SCALED else NUMBER if top == bottom else top
        if word == "difference" and units[0] == units[1] == DATE:
            return DAYS
        kinds = {COUNT if unit in _SCALED else unit for unit in units}
        if len(kinds) > 1:
            self._bad("unit_mismatch", node, left=units[0], right=next(u for u in units if u != units[0]))
        return units[0]

    def share(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        base = node.get("of")
        if base is None:
            return self._bad("missing_key", node, key="of", where=scope.address)
        share = self.value(value, scope.at("share"), SHARE)
        of = self.value(base, scope.at("of"))
        if not isinstance(share, Const) or share.unit != SHARE:
            return self._bad("expects_unit", value, expected=SHARE, found=share.unit)
        return ir.Share(unit=of.unit, readings=of.readings, share=share, of=of)

    def _if(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        then, otherwise = node.get("then"), node.get("else")
        if then is None or otherwise is None:
            return self._bad("missing_key", node, key="then / else", where=scope.address)
        condition = self.condition(value, scope.at("if"))
        first = self.value(then, scope.at("then"), expected)
        second = self.value(otherwise, scope.at("else"), expected or first.unit)
        if first.unit != second.unit:
            return self._bad("unit_mismatch", node, left=first.unit, right=second.unit)
        return ir.If(unit=first.unit, readings=_readings((condition, first, second)), condition=condition, then=first,
                     otherwise=second)  # fmt: skip

    def _known_by(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        if not isinstance(value, Sequence) or len(value.items) != 2:
            return self._bad("wrong_arity", value, operation="known_by", expected="2")
        first, second = (self.value(item, scope.at("known_by"), expected) for item in value.items)
        if first.unit != second.unit:
            return self._bad("unit_mismatch", value, left=first.unit, right=second.unit)
        return ir.KnownBy(unit=first.unit, readings=_readings((first, second)), first=first, second=second)

    def _first_day(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        target = node.get("reaches")
        if target is None:
            return self._bad("missing_key", node, key="reaches", where=scope.address)
        running = self.value(value, scope.at("first_day"))
        reaches = self.value(target, scope.at("reaches"), running.unit)
        capped = _text(node.get("capped")) in ("yes", "是")
        return self.first_day(running, reaches, capped, value)

    def first_day(self, running: IR, reaches: IR, capped: bool, at: Node) -> IR:
        if reaches.unit != running.unit:
            return self._bad("unit_mismatch", at, left=running.unit, right=reaches.unit)
        lists = tuple(sorted(self._dated_lists(running)))
        if not lists:
            return self._bad("not_running_total", at, text=_text(at))
        return ir.FirstDay(unit=DATE, readings=_readings((running, reaches)), of=running, reaches=reaches, capped=capped,
                           lists=lists)  # fmt: skip

    def _dated_lists(self, node: IR) -> set[str]:
        found: set[str] = set()
        for part in ir.walk(node):
            if isinstance(part, ir.Fold) and has_day(BY_NAME[part.child]) and not BY_NAME[part.child].period:
                found.add(part.child)
            elif isinstance(part, ir.Ref):
                entity, _, name = part.id.partition(".")
                body = self.definitions.unit(entity, name, None)
                if body is not None:
                    found |= self._dated_lists(body)
        return found

    def _other_year(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        offset = -1 if node.get("last_year") is not None else 1
        place = place_of(scope, YEAR)
        if place is None or not self.definitions.has(YEAR, _text(value)):
            return self._bad("unknown_name", value, name=_text(value), entity=YEAR, suggestion="")
        body = self.definitions.unit(YEAR, _text(value), value)
        if body is None:
            return self._bad_quietly()
        return ir.OtherYear(unit=body.unit, readings=body.readings, place=place, id=f"{YEAR}.{_text(value)}", offset=offset)

    # Dates

    def _date(self, node: Node, scope: Scope) -> IR:
        found = self.value(node, scope, DATE)
        if found.unit != DATE:
            return self._bad("expects_unit", node, expected=DATE, found=found.unit)
        return found

    def _count(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        forward = node.get("after") is not None
        base = self._date(node.get("after") or node.get("before") or value, scope.at("after" if forward else "before"))
        count = self.value(value, scope.at("count"), DAYS)
        if count.unit not in DURATIONS:
            return self._bad("expects_unit", value, expected=DAYS, found=count.unit)
        counted = self._first_day_counts() if forward else None
        readings = _readings((base, count) if counted is None else (base, count, counted))
        return ir.Count(unit=DATE, readings=readings, base=base, count=count, by=count.unit, forward=forward, counted=counted)

    def _first_day_counts(self) -> IR | None:
        """The policy's convention: does the day from which a term runs count as its first day?"""
        if not self._counted_ready:
            self._counted_ready = True
            node = self.policy.document.first_day
            if node is not None:
                self._counted = self._convention(node, top_scope("institution", "document.conventions.first_day"))
        return self._counted

    def _convention(self, node: Node, scope: Scope) -> IR:
        if isinstance(node, MappingNode):
            return self.choice(node, scope, self._convention, TRUTH)
        if _text(node) not in ("next_day", "same_day"):
            return self._bad("bad_choice", node, value=_text(node), where=scope.address, choices="next_day, same_day",
                             suggestion=suggest(_text(node), ("next_day", "same_day")))  # fmt: skip
        same = _text(node) == "same_day"
        return Const(unit=TRUTH, value=TRUE if same else FALSE, text=_text(node), address=scope.address)

    def _step(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        step = 1 if node.get("day_after") is not None else -1
        base = self._date(value, scope.at("day_after" if step == 1 else "day_before"))
        return ir.NextDay(unit=DATE, readings=base.readings, base=base, step=step)

    def _edge(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        last = node.get("end_of") is not None
        words = _text(value).split()
        offset = {"next": 1, "previous": -1}.get(words[0], 0) if len(words) == 2 else 0
        base = node.get("of") or node.get("after")
        if base is None or not words or words[-1] not in _PERIODS or (len(words) == 2 and offset == 0) or len(words) > 2:
            return self._bad("unknown_operation", value, name=_text(value), suggestion=suggest(_text(value), _PERIODS))
        start = self._date(base, scope.at("of"))
        return ir.Edge(unit=DATE, readings=start.readings, base=start, period=words[-1], last=last, offset=offset)

    def _day_of(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        base = node.get("at")
        if base is None or _text(node.get("of")) != "month" or not _text(value).isdigit() or not 1 <= int(_text(value)) <= 31:
            return self._bad("bad_date", value, text=_text(value))
        start = self._date(base, scope.at("at"))
        return ir.Edge(unit=DATE, readings=start.readings, base=start, period="month", last=False, offset=0,
                       day=int(_text(value)))  # fmt: skip

    def _date_of(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        return self._act_day(value, scope)

    def _act_day(self, node: Node, scope: Scope) -> IR:
        name = _text(node)
        entity = self.definitions.act_entity(name)
        if entity is None:
            known = {*self.policy.provisions, *(p.group for p in self.policy.provisions.values() if p.group)}
            return self._bad("unknown_provision", node, name=name, suggestion=suggest(name, known))
        place = place_of(scope, entity)
        if place is None:
            return self._bad("not_linked", node, child=entity, parent=scope.rows[0])
        return ir.ActDay(unit=DATE, place=place, of=name)

    # Both

    def choice(self, node: MappingNode, scope: Scope, compile: Callable[[Node, Scope], IR], unit: str) -> IR:
        name = _text(node.get("reading"))
        reading = self.policy.readings.get(name)
        if reading is None:
            return self._bad("unknown_reading", node, name=name, suggestion=suggest(name, self.policy.readings))
        given = {key.text: value for key, value in node.entries if key.text != "reading"}
        missing, extra = set(reading.options) - set(given), set(given) - set(reading.options)
        if missing or extra:
            return self._bad("reading_options", node, name=name, missing=", ".join(sorted(missing)), extra=", ".join(sorted(extra)))
        options = tuple((option, compile(given[option], scope.at(option))) for option in sorted(given))
        units = {part.unit for _, part in options}
        if len(units) > 1 and not units <= _SCALED:
            return self._bad("unit_mismatch", node, left=options[0][1].unit, right=options[1][1].unit)
        readings = _readings([part for _, part in options]) | {name}
        return ir.Choose(unit=options[0][1].unit, readings=readings, reading=name, options=options)

    def _value_choice(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        return self.choice(node, scope, lambda item, place: self.value(item, place, expected), expected)

    def _elsewhere(self, word: str, value: Node, scope: Scope, unit: str) -> IR:
        items = value.items if isinstance(value, Sequence) else (value,)
        names = tuple(_text(item) for item in items)
        if word == "set_by":
            for item, name in zip(items, names, strict=True):
                if name not in self.policy.instruments:
                    self._bad("unknown_instrument", item, name=name, suggestion=suggest(name, self.policy.instruments))
        kind = "instrument" if word == "set_by" else "silent"
        return ir.Elsewhere(unit=unit or MONEY, kind=kind, what=names, name=scope.owner, place=Place(scope.rows[0]))

    def _value_elsewhere(self, node: MappingNode, value: Node, scope: Scope, expected: str) -> IR:
        return self._elsewhere("set_by" if node.get("set_by") is not None else "silent", value, scope, expected)

    def _bad(self, code: str, at: Node | None, **args: object) -> Const:
        self.report.error(code, at, **args)
        return self._bad_quietly()

    def _bad_quietly(self) -> Const:
        return Const(unit=TRUTH, value=FALSE, text="", address="")


def _compare(word: str, subject: IR, bound: IR, written: str = "") -> IR:
    strict = word in ("below", "before", "above", "after")
    left_first = word in ("below", "before", "at_most", "on_or_before")
    left, right = (subject, bound) if left_first else (bound, subject)
    return ir.Compare(unit=TRUTH, readings=_readings((left, right)), strict=strict, left=left, right=right,
                      word=written or word, subject_left=left_first)  # fmt: skip


def _readings(parts: Iterable[IR]) -> frozenset[str]:
    result: frozenset[str] = frozenset()
    for part in parts:
        result |= part.readings
    return result


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


_Method = Callable[[Expressions, MappingNode, Node, Scope, str], IR]
_E = Expressions
_OPERATIONS: Final[Mapping[str, _Method]] = {
    **dict.fromkeys(_FOLDS, _E._fold),
    **dict.fromkeys(("ratio", "difference", "plus", "product", "least", "greatest", "earliest", "latest"), _E._arithmetic),
    "share": _E.share, "if": _E._if, "known_by": _E._known_by, "first_day": _E._first_day, "last_year": _E._other_year,
    "next_year": _E._other_year, "day_after": _E._step, "day_before": _E._step, "start_of": _E._edge, "end_of": _E._edge,
    "day": _E._day_of, "date_of": _E._date_of, "reading": _E._value_choice, "set_by": _E._value_elsewhere,
    "silent": _E._value_elsewhere,
}  # fmt: skip
