"""Conditions: comparisons, memberships, their connectives, and what other norms and authorities have done."""

from __future__ import annotations

from collections.abc import Iterable

from vbprules.diagnostics import suggest
from vbprules.language.operations import COMPARATORS, CONDITIONS, FOLDS, MEMBERSHIP
from vbprules.language.vocabulary import BY_NAME
from vbprules.program import ir
from vbprules.program.ir import IR, Const, Place
from vbprules.program.literals import readings_of, text_of
from vbprules.program.names import Scope, link, place_of
from vbprules.program.values import SCALED, Values
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence
from vbprules.values.figures import CODE, DATE, TEXT, TRUTH
from vbprules.values.ranges import exactly


class Expressions(Values):
    """Compiles the expressions of one policy, from located nodes of a file to typed IR."""

    def condition(self, node: Node, scope: Scope) -> IR:
        if isinstance(node, Scalar):
            return self._named_condition(node, scope)
        if isinstance(node, Sequence):
            return self.every([self.condition(item, scope.at(str(n))) for n, item in enumerate(node.items, 1)])
        if not node.entries:
            return self._bad("not_a_condition", node, text="{}")
        return self.every(
            [
                self._condition_entry(node, key, value, scope)
                for key, value in node.entries
                if not self._belongs_to_operation(node, key)
            ]
        )

    def every(self, parts: Iterable[IR]) -> IR:
        kept = tuple(part for part in parts if part is not ir.TRUE_NODE)
        if len(kept) <= 1:
            return kept[0] if kept else ir.TRUE_NODE
        return ir.All(unit=TRUTH, readings=readings_of(kept), parts=kept)

    def some(self, parts: Iterable[IR]) -> IR:
        kept = tuple(parts)
        return kept[0] if len(kept) == 1 else ir.Any(unit=TRUTH, readings=readings_of(kept), parts=kept)

    def negation(self, part: IR) -> IR:
        return part.part if isinstance(part, ir.Not) else ir.Not(unit=TRUTH, readings=part.readings, part=part)

    @staticmethod
    def _belongs_to_operation(node: MappingNode, key: Scalar) -> bool:
        """In ``{reading: r, a: …, b: …}`` the options are no entries of their own."""
        return node.get("reading") is not None and key.text != "reading"

    def _condition_entry(self, node: MappingNode, key: Scalar, value: Node, scope: Scope) -> IR:
        word, here = key.text, scope.at(key.text)
        if word in ("all", "any"):
            if not isinstance(value, Sequence) or not value.items:
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
            return ir.KnownBy(unit=TRUTH, readings=readings_of((first, second)), first=first, second=second)
        if not self._is_value_name(word, scope):
            choices = {*CONDITIONS, *FOLDS, *self._names(scope)}
            return self._bad("unknown_name", key, name=word, entity=scope.rows[0], suggestion=suggest(word, choices))
        subject = ir.AsOf(unit=DATE) if word == "as_of" else self._name(key, scope)
        return self._tests(subject, value, here)

    def _is_value_name(self, word: str, scope: Scope) -> bool:
        return word == "as_of" or self._resolves(word, scope)

    def _tests(self, subject: IR, node: Node, scope: Scope) -> IR:
        if not isinstance(node, MappingNode) or not node.entries:
            return self._bad("not_a_condition", node, text=text_of(node))
        if node.get("reading") is not None:
            return self.choice(node, scope, lambda item, place: self._tests(subject, item, place), TRUTH)
        parts: list[IR] = []
        for key, value in node.entries:
            if key.text not in COMPARATORS:
                parts.append(
                    self._bad("unknown_operation", key, name=key.text, suggestion=suggest(key.text, COMPARATORS))
                )
            else:
                parts.append(self._test(subject, key, value, scope.at(key.text)))
        return self.every(parts)

    def _test(self, subject: IR, key: Scalar, value: Node, scope: Scope) -> IR:
        word = key.text
        if word in MEMBERSHIP:
            if subject.unit not in (CODE, TEXT):
                return self._bad("expects_unit", value, expected=CODE, found=subject.unit)
            member = self._member(subject, value)
            return self.negation(member) if word == "not_in" else member
        if word == "between":
            figure = self._figure(value, subject.unit, scope)
            if figure is None:
                return ir.TRUE_NODE
            if figure.unit != subject.unit and not {figure.unit, subject.unit} <= SCALED:
                return self._bad("unit_mismatch", value, left=subject.unit, right=figure.unit)
            low, high = (self._const(value, exactly(end), subject.unit, scope) for end in figure.range)
            return self.every((_compare("at_least", subject, low), _compare("at_most", subject, high)))
        bound = self.value(value, scope, subject.unit)
        if subject.unit in (CODE, TEXT, TRUTH):
            return self._bad("expects_unit", key, expected="a figure", found=subject.unit)
        if bound.unit != subject.unit and not {bound.unit, subject.unit} <= SCALED:
            return self._bad("unit_mismatch", value, left=subject.unit, right=bound.unit)
        if isinstance(bound, Const) and not bound.value.exact:
            return self._bad("bad_figure", value, text=bound.text)
        if word == "exactly":
            return self.every(
                (_compare("at_most", subject, bound, "exactly"), _compare("at_least", subject, bound, "exactly"))
            )
        return _compare(word, subject, bound)

    def _member(self, subject: IR, node: Node) -> IR:
        if isinstance(node, Scalar):
            named = self.policy.lists.get(node.text)
            if named is not None:
                return ir.Member(
                    unit=TRUTH,
                    readings=subject.readings,
                    subject=subject,
                    codes=named.codes,
                    closed=named.closed,
                    list_id=named.id,
                )
            codes: tuple[str, ...] = (node.text,)
        else:
            codes = (
                tuple(item.text for item in node.items if isinstance(item, Scalar))
                if isinstance(node, Sequence)
                else ()
            )
        self._check_codes(subject, codes, node)
        return ir.Member(unit=TRUTH, readings=subject.readings, subject=subject, codes=codes, closed=True, list_id=None)

    def _check_codes(self, subject: IR, codes: tuple[str, ...], node: Node) -> None:
        if not isinstance(subject, ir.Fact) or subject.unit != CODE:
            return
        options = BY_NAME[subject.place.entity].field_map[subject.name].options
        known = options or {code for item in self.policy.lists.values() for code in item.codes}
        for code in codes:
            if code not in known and (options or isinstance(node, Scalar)):
                self.report.error(
                    "bad_choice",
                    node,
                    value=code,
                    where=subject.name,
                    choices=", ".join(known),
                    suggestion=suggest(code, known),
                )

    def _named_condition(self, node: Scalar, scope: Scope) -> IR:
        if node.text == "always":
            return ir.TRUE_NODE
        if not self._resolves(node.text, scope):
            return self._bad(
                "unknown_name",
                node,
                name=node.text,
                entity=scope.rows[0],
                suggestion=suggest(node.text, self._names(scope)),
            )
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
        return ir.Fold(
            unit=TRUTH,
            readings=item.readings,
            kind=word,
            child=key.text,
            origin=origin,
            link=linked,
            item=item,
            where=None,
            start=start,
            end=end,
            so_far=True,
        )

    def _judge(self, node: Node, scope: Scope) -> IR:
        name = text_of(node)
        question = self.policy.questions.get(name)
        if question is None:
            return self._bad("unknown_question", node, name=name, suggestion=suggest(name, self.policy.questions))
        place = place_of(scope, question.per)
        if place is None:
            return self._bad("not_linked", node, child=question.per, parent=scope.rows[0])
        return ir.Judge(unit=TRUTH, place=place, question=name)

    def _norm_condition(self, kind: str, node: Node, scope: Scope) -> IR:
        found = self.definitions.norm_condition(kind, text_of(node), node)
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
        start, end = self._default_window(Place(scope.rows[0]), entity)
        return ir.Fold(
            unit=TRUTH,
            readings=readings,
            kind="some",
            child=entity,
            origin=Place(scope.rows[0]),
            link=linked,
            item=item,
            where=None,
            start=start,
            end=end,
            so_far=True,
        )


def _compare(word: str, subject: IR, bound: IR, written: str = "") -> IR:
    strict = word in ("below", "before", "above", "after")
    left_first = word in ("below", "before", "at_most", "on_or_before")
    left, right = (subject, bound) if left_first else (bound, subject)
    return ir.Compare(
        unit=TRUTH,
        readings=readings_of((left, right)),
        strict=strict,
        left=left,
        right=right,
        word=written or word,
        subject_left=left_first,
    )
