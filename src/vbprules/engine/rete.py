"""A driver for the C Rete engine of durable_rules that stays inside the subset measured to be exact and safe.

The public API of durable_rules crashes, so its extension module is driven directly: rules compare one flat, complete
fact with literals, and every handle is used by one thread at a time. Anything else is refused with ValueError before
the engine sees it. The engine does the comparing; the code here only validates, encodes and keeps the handles.

The engine matches names of fields by their 32-bit FNV-1a hash alone, so colliding names are refused. It compares
strings as raw JSON text, the closing quote included, so characters up to the quote and those that JSON escapes are
replaced by an order-preserving code (``_SAFE``).
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import struct
import threading
import weakref
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import ClassVar, Literal, TypeAlias, get_args

__all__ = ["EngineFailure", "EngineUnavailable", "Fact", "Operator", "Rule", "RuleSet", "Test", "available", "version"]

Operator = Literal["<", "<=", ">", ">=", "==", "!="]
Fact: TypeAlias = Mapping[str, int | str]

_OPERATORS: dict[str, str] = dict(zip(get_args(Operator), ("$lt", "$lte", "$gt", "$gte", "$eq", "$neq"), strict=True))
_INT_LIMIT = 2**62  # magnitudes below this; the engine saturates silently beyond 64 bits
_STRING_LIMIT = 4096  # bytes of the encoded string
_RULES_PER_PART = 60  # of one kind: the engine walks a stack of 64 nodes
_FIELDS_PER_PART = 200  # the engine holds 254 properties of a fact, three of which are ours
# The engine takes 400 kinds and 4,000 rules, but every session initialises about 13 KB (1 µs) for every rule. Measured,
# 2,000 facts, 100 kinds of 40 rules, 14,083 firings: 45 ms with 60 rules per engine rule set, 48 with 120, 56 with 240,
# 62 with 480, 166 with 4,000. 100 facts, 200 kinds of 3 rules: 0.8 ms with 60, 1.3 with one kind per engine rule set.
_RULES_PER_PACK = 60
# Measured, 3,000 facts, one kind of 10 rules, 5,819 firings: 40 ms with 1 fact per session, 19 with 20, 18 with 100 to
# 400, 21 with 3,000; each fact that fires costs the session 9 KB.
_FACTS_PER_SESSION = 100

_RESERVED = ("id", "sid", "_k")  # the engine's own two properties, and ours for the kind
_SENTINEL = '{"id":"s","sid":"0","_k":"s"}'
_SENTINEL_RULE = {"all": [{"m": {"$and": [{"_k": "s"}]}}], "pri": 0}
# A prefix code that keeps the order of code points, as UTF-8 does, and leaves no byte up to the quote and no backslash.
_SAFE = {**{code: "#" + chr(0x30 + code) for code in range(0x24)}, ord("["): "[0", ord("\\"): "[1"}


class EngineUnavailable(Exception):
    """The extension module cannot be used on this machine."""


class EngineFailure(Exception):
    """The engine reported an error or broke its protocol; the handle it happened on has been dropped."""


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a field with a literal."""

    __test__: ClassVar[bool] = False  # not a test class of pytest

    field: str
    op: Operator
    constant: int | str


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires on a fact of its kind when every test holds."""

    name: str
    kind: str
    tests: tuple[Test, ...]


@functools.cache
def _load() -> ModuleType | None:
    if struct.calcsize("l") < 8:  # the engine keeps integer constants in a C long
        return None
    try:
        return importlib.import_module("durable_rules_engine")
    except ImportError:  # not installed, or an undefined symbol (Python 3.13 and later)
        return None


def _engine() -> ModuleType:
    engine = _load()
    if engine is None:
        raise EngineUnavailable("the extension module durable_rules_engine cannot be imported here")
    return engine


def available() -> bool:
    """Whether the engine can be used here."""
    return _load() is not None


@functools.cache  # it is read from a file
def _installed() -> str:
    return importlib.metadata.version("durable_rules")


def version() -> str:
    """The version of durable_rules; EngineUnavailable where it cannot be used."""
    _engine()
    return _installed()


def _fnv1a(name: str, *, signed: bool) -> int:
    """The engine's hash of a name; bytes beyond ASCII are sign-extended if char is signed."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ (byte | 0xFFFFFF00 if signed and byte > 127 else byte)) * 0x01000193) & 0xFFFFFFFF
    return value


def _check_fields(names: Collection[str]) -> None:
    if wrong := sorted(name for name in names if not name.isidentifier()):
        raise ValueError(f"names of fields must be identifiers: {', '.join(map(repr, wrong))}")
    for signed in (True, False):  # C's char is signed on some machines
        seen = {_fnv1a(name, signed=signed): f"{name} (reserved)" for name in _RESERVED}
        for name in names:
            other = seen.setdefault(_fnv1a(name, signed=signed), name)
            if other != name:
                raise ValueError(f"the fields {other!r} and {name!r} have names of the same 32-bit FNV-1a hash")


def _safe(value: object, wanted: type, what: str) -> int | str:
    """The value as the engine gets it; bool and every other subclass is refused."""
    if type(value) is not wanted:
        raise ValueError(f"{what} must be of type {wanted.__name__}, not {type(value).__name__}")
    if isinstance(value, int):
        if not -_INT_LIMIT < value < _INT_LIMIT:
            raise ValueError(f"{what} is beyond 62 bits")
        return value
    text = str(value).translate(_SAFE)
    if len(text.encode()) >= _STRING_LIMIT:  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
        raise ValueError(f"{what} takes 4 KB or more")
    return text


@dataclass(slots=True)
class _Part:
    """Up to 60 rules of one kind: a kind of its own in the engine, which gets only the fields these rules test."""

    pack: int = -1
    head: str = ""
    rules: dict[str, Rule] = field(default_factory=dict)  # by the engine's name
    fields: dict[str, None] = field(default_factory=dict)  # an ordered set


@dataclass(slots=True)
class _Kind:
    types: dict[str, type] = field(default_factory=dict)
    parts: list[_Part] = field(default_factory=list)

    def add(self, ident: str, rule: Rule) -> None:
        names = dict.fromkeys(test.field for test in rule.tests)
        if len(names) > _FIELDS_PER_PART:
            raise ValueError(f"rule {rule.name!r} tests more than {_FIELDS_PER_PART} fields")
        for test in rule.tests:
            kind = type(test.constant)
            if test.op not in _OPERATORS or kind not in (int, str):
                raise ValueError(f"rule {rule.name!r} has an unknown operator or a constant of another type: {test}")
            wanted = self.types.setdefault(test.field, kind)
            _safe(test.constant, wanted, f"the constant for field {test.field!r} in rule {rule.name!r}")
        last = self.parts[-1] if self.parts else None
        if not last or len(last.rules) == _RULES_PER_PART or len(last.fields | names) > _FIELDS_PER_PART:
            self.parts.append(last := _Part())
        last.rules[ident] = rule
        last.fields |= names

    def encode(self, kind: str, fact: Fact) -> dict[str, str]:
        if fact.keys() != self.types.keys():
            wrong = sorted(map(str, fact.keys() ^ self.types.keys()))
            raise ValueError(f"a fact of kind {kind!r} has missing or surplus fields: {', '.join(wrong)}")
        encoded = {}
        for name, wanted in self.types.items():
            value = _safe(fact[name], wanted, f"field {name!r} of a fact of kind {kind!r}")
            encoded[name] = f',"{name}":{value}' if isinstance(value, int) else f',"{name}":"{value}"'
        return encoded


class _Pack:
    """One engine rule set: its source and the idle handles compiled from it."""

    def __init__(self, engine: ModuleType, rules: dict[str, object], names: Mapping[str, str]) -> None:
        self._engine = engine
        self._source = json.dumps({"s": _SENTINEL_RULE, **rules}, ensure_ascii=False, separators=(",", ":"))
        self._names = names
        self._lock = threading.Lock()
        self._closed = False
        self._idle = [self._create()]

    def _create(self) -> int:
        try:
            handle: int = self._engine.create_ruleset("vbprules", self._source)
        except Exception as error:
            raise EngineFailure(f"the engine refused a rule set: {error!r}") from error
        self._evaluate(handle, (), new=True)  # the sentinel alone: a new handle's first session is uninitialised
        return handle

    def _evaluate(self, handle: int, facts: Sequence[str], *, new: bool = False) -> list[tuple[str, int]]:
        """The rules that fired, each with the index of its fact; after any error the handle is gone."""
        fired = []
        try:
            for start in range(0, max(len(facts), 1), _FACTS_PER_SESSION):
                indexes = range(len(facts))[start : start + _FACTS_PER_SESSION]
                for rule, ident in self._session(handle, [facts[index] for index in indexes], new):
                    fired.append((self._names[rule], indexes[int(ident)]))
        except BaseException as error:
            with suppress(Exception):
                self._engine.delete_ruleset(handle)
            if isinstance(error, Exception):
                raise EngineFailure(f"the engine failed: {error!r}") from error
            raise
        return fired

    def _session(self, handle: int, facts: Sequence[str], new: bool) -> list[tuple[str, str]]:
        """The engine's names of the rules that fired and of the facts."""
        engine = self._engine
        deletable = not new  # in the first session of a handle delete_state crashes as long as nothing has fired
        fired = []
        try:
            code, state = engine.assert_fact(handle, _SENTINEL)
            if code != 0:
                raise EngineFailure(f"code {code} for the sentinel")
            for ident, body in enumerate(facts):
                code, other = engine.assert_fact(handle, f'{{"id":"{ident}","sid":"0"{body}}}')
                if code not in (0, 1) or other != state:  # 0: rules matched, 1: none did, 2: an error
                    raise EngineFailure(f"code {code} for a fact")
            action = engine.start_action_for_state(handle, state)
            deletable = deletable or action is not None
            binding: str | None = action and action[1]
            while binding is not None:
                # {"r7":{"m":{"id":"12",…}}}, the fact as it was asserted; json.loads would double the cost of fire.
                rule, _, rest = binding.removeprefix('{"').partition('":{"m":{"id":"')
                fired.append((rule, rest[: rest.index('"')]))
                binding = engine.complete_and_start_action(handle, state)
        finally:
            if deletable:
                engine.delete_state(handle, "0")
        if fired[:1] != [("s", "s")] or len(set(fired)) != len(fired):
            raise EngineFailure("the sentinel rule did not fire first, or a rule fired twice on one fact")
        return fired[1:]

    def run(self, facts: Sequence[str]) -> list[tuple[str, int]]:
        with self._lock:
            if self._closed:
                raise RuntimeError("the rule set is closed")
            handle = self._idle.pop() if self._idle else None
        if handle is None:
            handle = self._create()
        fired = self._evaluate(handle, facts)
        with self._lock:
            self._idle.append(handle)
        if self._closed:
            self.close()
        return fired

    def close(self) -> None:
        with self._lock:
            self._closed = True
            while self._idle:
                self._engine.delete_ruleset(self._idle.pop())


class RuleSet:
    """Rules compiled for the engine. May be used by many threads, for any number of calls."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Raises ValueError outside the safe subset, EngineUnavailable, or EngineFailure."""
        self._kinds: dict[str, _Kind] = {}
        names = {f"r{index}": rule.name for index, rule in enumerate(rules)}
        if len(set(names.values())) != len(rules):
            raise ValueError("two rules have the same name")
        for ident, rule in zip(names, rules, strict=True):
            if not rule.name or not rule.kind:
                raise ValueError(f"rule {rule.name!r} of kind {rule.kind!r} lacks a name or a kind")
            self._kinds.setdefault(rule.kind, _Kind()).add(ident, rule)
        _check_fields({name for kind in self._kinds.values() for name in kind.types})
        engine = _engine()
        sources: list[dict[str, object]] = []
        for number, part in enumerate(part for kind in self._kinds.values() for part in kind.parts):
            if not sources or len(sources[-1]) + len(part.rules) > _RULES_PER_PACK:
                sources.append({})
            part.pack, part.head = len(sources) - 1, f',"_k":"k{number}"'
            for ident, rule in part.rules.items():
                terms: list[dict[str, object]] = [{"_k": f"k{number}"}]
                for test in rule.tests:
                    terms.append({_OPERATORS[test.op]: {test.field: _safe(test.constant, type(test.constant), "")}})
                sources[-1][ident] = {"all": [{"m": {"$and": terms}}], "pri": 1}
        self._packs: list[_Pack] = []
        for source in sources:
            self._packs.append(pack := _Pack(engine, source, names))
            weakref.finalize(self, pack.close).atexit = False

    def fire(self, facts: Sequence[tuple[str, Fact]]) -> tuple[frozenset[str], ...]:
        """The names of the rules that fire on each fact; a fact has exactly the fields that rules of its kind test."""
        work: dict[int, tuple[list[int], list[str]]] = {}
        for index, (kind, fact) in enumerate(facts):
            if kind not in self._kinds:
                raise ValueError(f"no rule is about facts of kind {kind!r}")
            encoded = self._kinds[kind].encode(kind, fact)
            for part in self._kinds[kind].parts:
                indexes, bodies = work.setdefault(part.pack, ([], []))
                indexes.append(index)
                bodies.append(part.head + "".join([encoded[name] for name in part.fields]))
        fired: list[set[str]] = [set() for _ in facts]
        for number, (indexes, bodies) in work.items():
            for name, position in self._packs[number].run(bodies):
                fired[indexes[position]].add(name)
        return tuple(map(frozenset, fired))

    def close(self) -> None:
        """Free the engine's memory; calls under way may still finish, later ones raise RuntimeError."""
        for pack in self._packs:
            pack.close()
