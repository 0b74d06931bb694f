"""The driver of the Rete engine: exact inside its subset, refusing outside it, and clean after errors."""

from __future__ import annotations

import gc
import importlib
import json
import operator
import os
import random
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from vbprules.engine import rete
from vbprules.engine.rete import EngineFailure, EngineUnavailable, Fact, Operator, Rule, RuleSet, Test

needs_engine = pytest.mark.skipif(
    not rete.available(), reason="the extension module durable_rules_engine cannot be imported here"
)

PLAIN: dict[Operator, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
Facts = Sequence[tuple[str, Fact]]


def plain(rules: Sequence[Rule], facts: Facts) -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(
            rule.name
            for rule in rules
            if rule.kind == kind and all(PLAIN[test.op](fact[test.field], test.constant) for test in rule.tests)
        )
        for kind, fact in facts
    )


def fire(rules: Sequence[Rule], facts: Facts) -> tuple[frozenset[str], ...]:
    engine = RuleSet(rules)
    try:
        return engine.fire(facts)
    finally:
        engine.close()


def random_rules(count: int, kinds: int, seed: int) -> tuple[list[Rule], list[tuple[str, Fact]]]:
    """Rules on the integer fields x and y and the text field s, all three tested in every kind, and facts for them."""
    draw = random.Random(seed)
    rules = [Rule(f"base {kind}", f"kind {kind}", (Test("s", "!=", "e"),)) for kind in range(kinds)]
    for kind in range(kinds):
        rules.append(Rule(f"both {kind}", f"kind {kind}", (Test("x", ">=", 500), Test("y", "<", 500))))
    operators = list(PLAIN)
    for number in range(count - len(rules)):
        tests = [Test("x", draw.choice(operators), draw.randrange(1000))]
        if draw.random() < 0.7:
            tests.append(Test("y", draw.choice(operators), draw.randrange(1000)))
        if draw.random() < 0.3:
            tests.append(Test("s", draw.choice(operators), draw.choice("abcde")))
        rules.append(Rule(f"rule {number}", f"kind {draw.randrange(kinds)}", tuple(tests)))
    facts: list[tuple[str, Fact]] = [
        (
            f"kind {draw.randrange(kinds)}",
            {"x": draw.randrange(1000), "y": draw.randrange(1000), "s": draw.choice("abcde")},
        )
        for _ in range(350)
    ]
    return rules, facts


class Spy:
    """The real engine, with its handles counted and, if asked, one function replaced."""

    def __init__(self, engine: ModuleType) -> None:
        self._engine = engine
        self.live: set[int] = set()
        self.sessions = 0
        self.replaced: dict[str, Callable[..., Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return self.replaced.get(name) or getattr(self._engine, name)

    def create_ruleset(self, name: str, source: str) -> int:
        if "create_ruleset" in self.replaced:
            self.replaced["create_ruleset"]()
        handle: int = self._engine.create_ruleset(name, source)
        self.live.add(handle)
        return handle

    def delete_ruleset(self, handle: int) -> None:
        self._engine.delete_ruleset(handle)
        self.live.remove(handle)

    def delete_state(self, handle: int, sid: str) -> None:
        self._engine.delete_state(handle, sid)
        self.sessions += 1
        if "delete_state" in self.replaced:
            self.replaced["delete_state"]()


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spy]:
    engine = Spy(importlib.import_module("durable_rules_engine"))
    monkeypatch.setattr(rete, "_load", lambda: engine)
    yield engine
    gc.collect()
    assert not engine.live


def below(limit: int) -> Rule:
    return Rule(f"below {limit}", "k", (Test("x", "<", limit),))


# --- exactness ----------------------------------------------------------------------------------------------


INTEGERS = [
    -(2**62) + 1,
    -(2**53) - 1,
    -1,
    0,
    1,
    2**31,
    2**32 + 1,
    2**53,
    2**53 + 1,
    20_000_001 * 100,
    20_000_001 * 100 * 10**8 + 1,
    2**62 - 1,
]


@needs_engine
@pytest.mark.parametrize("op", list(PLAIN))
def test_integers_are_compared_exactly(op: Operator) -> None:
    rules = [Rule(f"{op} {number}", "k", (Test("x", op, number),)) for number in INTEGERS]
    around = sorted({number + step for number in INTEGERS for step in (-1, 0, 1) if abs(number + step) < 2**62})
    facts: Facts = [("k", {"x": number}) for number in around]
    assert fire(rules, facts) == plain(rules, facts)


STRINGS = [
    "",
    " ",
    "a",
    "a ",
    "a!",
    'a"',
    "a#",
    "a$",
    "aa",
    "A",
    "[",
    "[0",
    "\\",
    "\\n",
    "\n",
    "]",
    "\x00",
    "\x7f",
    "'",
    "{",
    "é",
    "e\u0301",
    "中",
    "中国",
    "首付款比例",
    "\uffff",
    "😀",
    '","x":"',
    "\u2028",
    "null",
    "20",
    "3",
]


@needs_engine
@pytest.mark.parametrize("op", list(PLAIN))
def test_strings_are_compared_by_code_points(op: Operator) -> None:
    rules = [Rule(f"{op} {text!r}", "k", (Test("s", op, text),)) for text in STRINGS]
    facts: Facts = [("k", {"s": text}) for text in STRINGS]
    assert fire(rules, facts) == plain(rules, facts)


@needs_engine
def test_a_rule_fires_only_when_every_test_holds() -> None:
    rule = Rule("all of it", "case", (Test("rate", ">=", 20), Test("rate", "<", 30), Test("city", "==", "重庆")))
    facts: Facts = [("case", {"rate": rate, "city": city}) for rate in (19, 20, 29, 30) for city in ("重庆", "昆明")]
    assert [bool(names) for names in fire([rule], facts)] == [False, False, True, False, True, False, False, False]


@needs_engine
def test_several_rules_fire_on_one_fact_and_a_rule_without_tests_on_every_fact_of_its_kind() -> None:
    rules = [
        below(10),
        below(20),
        below(30),
        Rule("any", "k", ()),
        Rule("other", "j", ()),
        Rule("same", "k", (Test("x", "<", 10),)),
    ]
    assert fire(rules, [("k", {"x": 15}), ("j", {}), ("k", {"x": 5}), ("k", {"x": 99})]) == (
        frozenset({"below 20", "below 30", "any"}),
        frozenset({"other"}),
        frozenset({"below 10", "below 20", "below 30", "any", "same"}),
        frozenset({"any"}),
    )


@needs_engine
def test_equal_facts_are_answered_separately_and_in_order() -> None:
    assert fire([below(3)], [("k", {"x": x}) for x in (1, 5, 1, 1, 7)]) == tuple(
        frozenset({"below 3"} if x < 3 else ()) for x in (1, 5, 1, 1, 7)
    )


@needs_engine
def test_names_of_rules_kinds_and_fields_may_be_any_text_and_unicode_identifiers() -> None:
    rules = [Rule('第1条 "a"\\', "案件 {}", (Test("首付款比例", ">=", 20), Test("café", "!=", "x")))]
    assert fire(rules, [("案件 {}", {"首付款比例": 20, "café": "y"})]) == (frozenset({'第1条 "a"\\'}),)


@needs_engine
def test_no_facts_and_no_rules() -> None:
    assert fire([], []) == ()
    assert fire([below(1)], []) == ()
    with pytest.raises(ValueError, match="no rule is about facts of kind 'k'"):
        fire([], [("k", {})])


@needs_engine
@pytest.mark.parametrize(("count", "kinds"), [(60, 1), (61, 1), (200, 1), (120, 60), (900, 450), (5000, 50), (5000, 1)])
def test_rules_beyond_the_limits_of_the_engine_are_split(count: int, kinds: int) -> None:
    rules, facts = random_rules(count, kinds, seed=count + kinds)
    facts = facts if count < 5000 else facts[:130]
    assert len(rules) == count
    assert fire(rules, facts) == plain(rules, facts)


@needs_engine
def test_fields_beyond_the_limit_of_the_engine_are_split() -> None:
    rules = [Rule(f"r{n}", "k", tuple(Test(f"f{n * 9 + i}", ">", n) for i in range(9))) for n in range(60)]
    facts: Facts = [("k", {f"f{i}": value + i % 2 for i in range(540)}) for value in (0, 17, 60)]
    assert fire(rules, facts) == plain(rules, facts)


@needs_engine
def test_long_strings_and_many_tests() -> None:
    rules = [
        Rule("long", "k", (Test("s", "==", "中" * 1365),)),
        Rule("many", "k", tuple(Test(f"f{i}", "==", i) for i in range(199))),
    ]
    facts: Facts = [
        ("k", {"s": "中" * 1364 + last, **{f"f{i}": i for i in range(198)}, "f198": end})
        for last in ("中", "", "丮")
        for end in (198, 199)
    ]
    assert fire(rules, facts) == plain(rules, facts)


TEXT = st.text(st.sampled_from(" !\"#$'0A[\\]^a{é中😀\x00\n"), max_size=4)
NUMBER = st.sampled_from(INTEGERS) | st.integers(-3, 3)
FIELDS: dict[str, st.SearchStrategy[int | str]] = {"a": NUMBER, "b": NUMBER, "s": TEXT, "t": TEXT}


@st.composite
def rules_and_facts(draw: st.DrawFn) -> tuple[list[Rule], list[tuple[str, Fact]]]:
    rules = []
    for number in range(draw(st.integers(1, 12))):
        names = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=4))
        tests = tuple(Test(name, draw(st.sampled_from(list(PLAIN))), draw(FIELDS[name])) for name in names)
        rules.append(Rule(f"rule {number}", draw(st.sampled_from("jk")), tests))
    fields = {rule.kind: sorted({t.field for r in rules if r.kind == rule.kind for t in r.tests}) for rule in rules}
    constants = {name: [t.constant for r in rules for t in r.tests if t.field == name] for name in FIELDS}
    facts: list[tuple[str, Fact]] = []
    for _ in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(sorted(fields)))
        facts.append((kind, {name: draw(st.sampled_from(constants[name]) | FIELDS[name]) for name in fields[kind]}))
    return rules, facts


@needs_engine
@examples(200)
@given(rules_and_facts())
def test_the_engine_agrees_with_a_plain_evaluation(drawn: tuple[list[Rule], list[tuple[str, Fact]]]) -> None:
    rules, facts = drawn
    assert fire(rules, facts) == plain(rules, facts)


# --- use over time ------------------------------------------------------------------------------------------


@needs_engine
def test_one_rule_set_serves_many_calls() -> None:
    rules, facts = random_rules(150, 3, seed=1)
    engine = RuleSet(rules)
    expected = plain(rules, facts)
    for start in range(0, len(facts), 7):
        assert engine.fire(facts[start : start + 7]) == expected[start : start + 7]
    assert engine.fire(facts * 10) == expected * 10
    engine.close()


@needs_engine
def test_threads_get_what_one_thread_gets() -> None:
    rules, facts = random_rules(150, 3, seed=2)
    engine = RuleSet(rules)
    expected = plain(rules, facts)

    def work(worker: int) -> bool:
        draw = random.Random(worker)
        for _ in range(40):
            start = draw.randrange(len(facts))
            if engine.fire(facts[start : start + 30]) != expected[start : start + 30]:
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))
    engine.close()


@needs_engine
def test_concurrent_calls_use_different_handles(spy: Spy) -> None:
    engine = RuleSet([below(3)])
    inner: list[tuple[frozenset[str], ...]] = []

    def nested(handle: int, message: str) -> Any:
        if '"_k":"k' in message and not inner:
            inner.append(())
            inner[0] = engine.fire([("k", {"x": 1})])  # as another thread would, in the middle of this evaluation
        return spy._engine.assert_fact(handle, message)

    spy.replaced["assert_fact"] = nested
    assert engine.fire([("k", {"x": 5})]) == (frozenset(),)
    assert inner == [(frozenset({"below 3"}),)]
    assert len(spy.live) == 2
    engine.close()


GROWTH = """
import resource
from vbprules.engine.rete import Rule, RuleSet, Test

rules = [Rule(str(n), "k", (Test("x", "<", n), Test("s", "!=", "b"))) for n in range(20)]
facts = [("k", {"x": x, "s": s}) for x, s in ((3, "a"), (15, "a"), (3, "b"))]
kept = RuleSet(rules)

def peak(count):
    for _ in range(count):
        engine = EXPRESSION
        assert [len(names) for names in engine.fire(facts)] == [16, 4, 0]
        if engine is not kept:
            engine.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = peak(COUNT // 10)
print(peak(COUNT) - before)
"""


@needs_engine
@pytest.mark.parametrize(("expression", "count"), [("kept", 20_000), ("RuleSet(rules)", 3_000)])
def test_memory_stays_flat(expression: str, count: int) -> None:
    """Over many evaluations, and over many rule sets; in a process of its own, where no other test set the peak."""
    pytest.importorskip("resource")
    script = GROWTH.replace("EXPRESSION", expression).replace("COUNT", str(count))
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 1_500  # KiB on Linux: under 80 bytes an evaluation


@needs_engine
def test_close_frees_the_handles_and_later_calls_fail(spy: Spy) -> None:
    engine = RuleSet(random_rules(200, 1, seed=5)[0])
    assert len(spy.live) == 4
    engine.close()
    assert not spy.live
    engine.close()
    with pytest.raises(RuntimeError, match="closed"):
        engine.fire([("kind 0", {"x": 1, "y": 1, "s": "a"})])


@needs_engine
def test_a_call_under_way_when_the_rule_set_is_closed_finishes(spy: Spy) -> None:
    engine = RuleSet([below(3)])

    def closing(handle: int, message: str) -> Any:
        engine.close()
        return spy._engine.assert_fact(handle, message)

    spy.replaced["assert_fact"] = closing
    assert engine.fire([("k", {"x": 1})]) == (frozenset({"below 3"}),)
    assert not spy.live


@needs_engine
def test_a_forgotten_rule_set_frees_its_handles(spy: Spy) -> None:
    engine = RuleSet([below(3)])
    assert len(spy.live) == 1
    del engine
    gc.collect()
    assert not spy.live


# --- errors of the engine -----------------------------------------------------------------------------------


def failing(*_: object) -> Any:
    raise OSError("boom")


def breakages(spy: Spy) -> dict[str, dict[str, Callable[..., Any]]]:
    real = spy._engine

    def third(handle: int, message: str) -> Any:
        return failing() if '"id":"2"' in message else real.assert_fact(handle, message)

    def observed(handle: int, message: str) -> Any:
        code, state = real.assert_fact(handle, message)
        return 2 if '"id":"1"' in message else code, state

    def elsewhere(handle: int, message: str) -> Any:
        code, state = real.assert_fact(handle, message)
        return code, state + ('"id":"1"' in message)

    def rewritten(old: str, new: str) -> Callable[..., Any]:
        def complete(handle: int, state: int) -> Any:
            binding = real.complete_and_start_action(handle, state)
            return binding and binding.replace(old, new)

        return complete

    def out_of_order(handle: int, state: int) -> Any:
        real.start_action_for_state(handle, state)
        return None, real.complete_and_start_action(handle, state)

    seen: list[str] = []

    def repeating(handle: int, state: int) -> Any:
        if not seen:
            seen.append(real.complete_and_start_action(handle, state))
            return seen[0]
        return seen.pop() if len(seen) == 1 else None

    return {
        "assert raises": {"assert_fact": third},
        "sentinel raises": {"assert_fact": failing},
        "sentinel not handled": {"assert_fact": lambda *_: (1, 1)},
        "fact seen before": {"assert_fact": observed},
        "another session": {"assert_fact": elsewhere},
        "start raises": {"start_action_for_state": failing},
        "nothing fired": {"start_action_for_state": lambda *_: None},
        "sentinel not first": {"start_action_for_state": out_of_order},
        "complete raises": {"complete_and_start_action": failing},
        "unknown rule": {"complete_and_start_action": rewritten('"r0"', '"r9"')},
        "unknown fact": {"complete_and_start_action": rewritten('"id":"1"', '"id":"77"')},
        "no binding": {"complete_and_start_action": rewritten('"m"', '"n"')},
        "fired twice": {"complete_and_start_action": repeating},
        "delete raises": {"delete_state": failing},
    }


BREAKAGES = [
    "assert raises",
    "sentinel raises",
    "sentinel not handled",
    "fact seen before",
    "another session",
    "start raises",
    "nothing fired",
    "sentinel not first",
    "complete raises",
    "unknown rule",
    "unknown fact",
    "no binding",
    "fired twice",
    "delete raises",
]


@needs_engine
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_an_error_of_the_engine_drops_the_handle(spy: Spy, breakage: str) -> None:
    engine = RuleSet([below(3)])
    facts: Facts = [("k", {"x": x}) for x in (1, 2, 7)]
    expected = plain([below(3)], facts)
    assert engine.fire(facts) == expected
    spy.replaced = breakages(spy)[breakage]
    with pytest.raises(EngineFailure, match="the engine failed"):
        engine.fire(facts)
    assert not spy.live
    spy.replaced = {}
    assert engine.fire(facts) == expected  # on a new handle
    assert len(spy.live) == 1
    engine.close()


@needs_engine
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_an_error_in_the_first_session_of_a_handle_does_not_crash(spy: Spy, breakage: str) -> None:
    spy.replaced = breakages(spy)[breakage]
    try:
        engine = RuleSet([below(3)])
    except EngineFailure:
        assert not spy.live
    else:  # some breakages need facts
        spy.replaced = {}
        assert engine.fire([("k", {"x": 1})]) == (frozenset({"below 3"}),)


@needs_engine
def test_a_rule_set_that_the_engine_refuses(spy: Spy) -> None:
    spy.replaced["create_ruleset"] = failing
    with pytest.raises(EngineFailure, match="refused"):
        RuleSet([below(3)])


@needs_engine
def test_an_interruption_passes_and_drops_the_handle(spy: Spy) -> None:
    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    engine = RuleSet([below(3)])
    spy.replaced["complete_and_start_action"] = interrupted
    with pytest.raises(KeyboardInterrupt):
        engine.fire([("k", {"x": 1})])
    assert not spy.live
    spy.replaced = {}
    assert engine.fire([("k", {"x": 1})]) == (frozenset({"below 3"}),)


@needs_engine
def test_sessions_are_always_deleted(spy: Spy) -> None:
    engine = RuleSet([below(3)])
    assert spy.sessions == 1  # the sentinel on the new handle
    engine.fire([("k", {"x": 9})] * 250)
    assert spy.sessions == 4
    engine.close()


# --- what is refused ----------------------------------------------------------------------------------------


def one_rule(*tests: tuple[Any, Any, Any]) -> list[Rule]:
    return [Rule("r", "k", tuple(Test(*test) for test in tests))]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ([below(3), below(3)], "same name"),
        ([Rule("", "k", ())], "lacks a name"),
        ([Rule("r", "", ())], "lacks a name or a kind"),
        (one_rule(("a.b", "<", 1)), "identifiers: 'a.b'"),
        (one_rule(("$s", "<", 1)), "identifiers"),
        (one_rule(("", "<", 1)), "identifiers"),
        (one_rule(('a"', "<", 1)), "identifiers"),
        (one_rule(("id", "<", 1)), "reserved"),
        (one_rule(("sid", "==", "0")), "reserved"),
        (one_rule(("_k", "==", "k")), "reserved"),
        (one_rule(("costarring", "<", 1), ("liquid", "<", 1)), "FNV-1a"),
        ([*one_rule(("altarage", "<", 1)), Rule("q", "j", (Test("zinke", "<", 1),))], "FNV-1a"),
        (one_rule(("僢媢芓", "<", 1), ("鷞趁覑", "<", 1)), "FNV-1a"),  # where char is signed
        (one_rule(("衴窻作", "<", 1), ("疵玶雟", "<", 1)), "FNV-1a"),  # where it is not
        (one_rule(("x", "=", 1)), "unknown operator"),
        (one_rule(("x", "$lt", 1)), "unknown operator"),
        (one_rule(("x", "<", True)), "another type"),
        (one_rule(("x", "<", None)), "another type"),
        (one_rule(("x", "<", 1.5)), "another type"),
        (one_rule(("x", "<", b"a")), "another type"),
        (one_rule(("x", "<", 2**62)), "62 bits"),
        (one_rule(("x", "<", -(2**62))), "62 bits"),
        (one_rule(("x", "<", "a" * 4096)), "4 KB"),
        (one_rule(("x", "<", "中" * 1366)), "4 KB"),
        (one_rule(("x", "<", "\ud800")), "surrogates"),
        (one_rule(("x", "<", 1), ("x", "<", "1")), "type int, not str"),
        ([*one_rule(("x", "<", 1)), Rule("q", "k", (Test("x", "<", "1"),))], "type int, not str"),
        (one_rule(*((f"f{i}", "<", 1) for i in range(201))), "more than 200 fields"),
    ],
)
def test_rules_outside_the_safe_subset_are_refused(rules: list[Rule], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RuleSet(rules)


@needs_engine
def test_a_field_may_have_different_types_in_different_kinds() -> None:
    rules = [Rule("i", "j", (Test("x", "<", 2),)), Rule("s", "k", (Test("x", "<", "2"),))]
    assert fire(rules, [("j", {"x": 1}), ("k", {"x": "1"})]) == (frozenset({"i"}), frozenset({"s"}))


class Number(int):
    pass


@needs_engine
@pytest.mark.parametrize(
    ("kind", "fact", "message"),
    [
        ("j", {"x": 1, "s": ""}, "no rule is about facts of kind 'j'"),
        ("k", {"x": 1}, "missing or surplus fields: s"),
        ("k", {}, "missing or surplus fields: s, x"),
        ("k", {"x": 1, "s": "", "z": 1}, "missing or surplus fields: z"),
        ("k", {"x": "1", "s": ""}, "type int, not str"),
        ("k", {"x": 1, "s": 1}, "type str, not int"),
        ("k", {"x": True, "s": ""}, "type int, not bool"),
        ("k", {"x": Number(1), "s": ""}, "type int, not Number"),
        ("k", {"x": 1.0, "s": ""}, "type int, not float"),
        ("k", {"x": None, "s": ""}, "type int, not NoneType"),
        ("k", {"x": [1], "s": ""}, "type int, not list"),
        ("k", {"x": 2**62, "s": ""}, "62 bits"),
        ("k", {"x": 1, "s": "a" * 4096}, "4 KB"),
        ("k", {"x": 1, "s": "\udfff"}, "surrogates"),
    ],
)
def test_facts_outside_the_safe_subset_never_reach_the_engine(
    spy: Spy, kind: str, fact: dict[str, Any], message: str
) -> None:
    engine = RuleSet(one_rule(("x", "<", 5), ("s", "==", "")))
    spy.replaced["assert_fact"] = failing
    with pytest.raises(ValueError, match=message):
        engine.fire([("k", {"x": 1, "s": ""}), (kind, fact)])
    assert len(spy.live) == 1
    spy.replaced = {}
    assert engine.fire([("k", {"x": 1, "s": ""})]) == (frozenset({"r"}),)
    engine.close()


def test_the_hash_of_names_is_the_engines() -> None:
    # The constants HASH_ID and HASH_SID of the engine's source.
    assert rete._fnv1a("id", signed=True) == rete._fnv1a("id", signed=False) == 926444256
    assert rete._fnv1a("sid", signed=True) == 3593476751
    assert rete._fnv1a("中", signed=True) != rete._fnv1a("中", signed=False)


def test_the_ids_of_one_session_do_not_collide() -> None:
    ids = ["s", "sid-0", *map(str, range(rete._FACTS_PER_SESSION))]
    assert len({rete._fnv1a(ident, signed=True) for ident in ids}) == len(ids)


@given(st.text(max_size=6), st.text(max_size=6))
def test_the_code_for_strings_keeps_order_and_needs_no_escape(one: str, other: str) -> None:
    coded = [text.translate(rete._SAFE) for text in (one, other)]
    assert (coded[0] < coded[1], coded[0] == coded[1]) == (one < other, one == other)
    for text in coded:
        assert all(ord(char) > 0x22 and char != "\\" for char in text)
        assert json.loads(f'"{text}"') == text


# --- availability -------------------------------------------------------------------------------------------


@pytest.fixture
def fresh_load() -> Iterator[None]:
    rete._load.cache_clear()
    yield
    rete._load.cache_clear()


@pytest.mark.usefixtures("fresh_load")
@pytest.mark.parametrize("reason", ["no module", "undefined symbol", "32-bit long"])
def test_without_the_extension(monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    tried: list[str] = []

    def refuse(name: str) -> ModuleType:
        tried.append(name)
        raise ModuleNotFoundError(name) if reason == "no module" else ImportError("undefined symbol: PyEval_CallObject")

    with monkeypatch.context() as patch:
        patch.setattr(importlib, "import_module", refuse)
        if reason == "32-bit long":
            patch.setattr(struct, "calcsize", lambda _: 4)
        assert not rete.available()
        assert not rete.available()
        assert tried == ([] if reason == "32-bit long" else ["durable_rules_engine"])  # cached
        with pytest.raises(EngineUnavailable, match="durable_rules_engine"):
            rete.version()
        with pytest.raises(EngineUnavailable, match="durable_rules_engine"):
            RuleSet([below(3)])
        with pytest.raises(ValueError, match="same name"):  # rules are checked all the same
            RuleSet([below(3), below(3)])


@needs_engine
@pytest.mark.usefixtures("fresh_load")
def test_with_the_extension() -> None:
    assert rete.available()
    assert rete.version() == "2.0.28"
