"""The intermediate representation: provisions over typed quantities. Every engine stands on it; none reads YAML.

Nodes are immutable. ``unit`` is the unit of the value (``truth`` for a condition), ``readings`` every reading that the
node can consult. A ``Place`` says which row a node looks at: how many rows outward (0 is the innermost row of a fold),
then along which references.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from vbprules.bundles.bundled import Bundled
from vbprules.language.policy import Citation, Exemption, Label, Policy, Provision
from vbprules.reading import Mark
from vbprules.values.figures import TRUTH
from vbprules.values.ranges import Range

NO_READINGS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """``scope`` rows outward, then ``hops`` along references; ``entity`` is where that ends."""

    entity: str
    scope: int = 0
    hops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IR:
    unit: str
    readings: frozenset[str] = NO_READINGS

    def children(self) -> tuple[IR, ...]:
        return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Const(IR):
    """A figure of the policy. ``address`` names its place, as ``quarterly_warning.when.quarter_completion.below``."""

    value: Range
    text: str
    address: str
    mark: Mark | None = None  # where it is written


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AsOf(IR):
    """The as-of date."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fact(IR):
    """A field of a row."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeriodEnd(IR):
    """First or last day of a row's period."""

    place: Place
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoverningDay(IR):
    """The day by which a row falls under the document or not; ``by``: the norm names another one than the row's own."""

    place: Place
    by: IR | None = None

    def children(self) -> tuple[IR, ...]:
        return () if self.by is None else (self.by,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ref(IR):
    """A named quantity or term of the program, on the row at ``place``."""

    place: Place
    id: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arithmetic(IR):
    """``plus, difference, product, ratio, least, greatest`` (for dates ``least`` is the earliest)."""

    operation: str
    parts: tuple[IR, ...]

    def children(self) -> tuple[IR, ...]:
        return self.parts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Share(IR):
    """An exact share of a value; ``share`` is an IR so that it has an address."""

    share: Const
    of: IR

    def children(self) -> tuple[IR, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class If(IR):
    condition: IR
    then: IR
    otherwise: IR

    def children(self) -> tuple[IR, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownBy(IR):
    """Two records of one figure."""

    first: IR
    second: IR

    def children(self) -> tuple[IR, ...]:
        return (self.first, self.second)


@dataclass(frozen=True, slots=True)
class Link:
    """Which child rows belong to a row: equal references (child path, parent path), a common period, a window."""

    equal: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    same_period: bool = False
    window: bool = False  # the child's day lies in the parent's period


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fold(IR):
    """``sum, count, lowest, highest, some, every`` over linked child rows. ``item`` sees the child at scope 0."""

    kind: str
    child: str
    origin: Place
    link: Link
    item: IR | None
    where: IR | None
    start: IR | None
    end: IR | None
    so_far: bool
    signed: bool = False  # an item may be negative

    def children(self) -> tuple[IR, ...]:
        return tuple(part for part in (self.item, self.where, self.start, self.end) if part is not None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FirstDay(IR):
    """First day on which a running total reaches a value; ``capped``: the total cannot exceed it."""

    of: IR
    reaches: IR
    capped: bool
    lists: tuple[str, ...]  # entities whose rows make up the total

    def children(self) -> tuple[IR, ...]:
        return (self.of, self.reaches)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Count(IR):
    """``count`` days, working days, months or years after (or before) a day: the last day of the term."""

    base: IR
    count: IR
    by: str
    forward: bool
    counted: IR | None  # truth: the first day itself counts (the convention ``first_day``); None: it does not

    def children(self) -> tuple[IR, ...]:
        return (self.base,) if self.counted is None else (self.base, self.counted)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NextDay(IR):
    base: IR
    step: int  # 1 or -1

    def children(self) -> tuple[IR, ...]:
        return (self.base,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edge(IR):
    """Start or end of the month, quarter or year of a day; ``offset`` 1 is the next; ``day`` a day of that month."""

    base: IR
    period: str
    last: bool
    offset: int
    day: int | None = None
    written: Const | None = None  # the day as a figure of the policy

    def children(self) -> tuple[IR, ...]:
        return (self.base,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ActDay(IR):
    """Day of the first recorded act ``of`` a provision on this row.

    ``record``: the list that must be complete to say that there is none, an authority's ``acts`` or ``performances``.
    """

    place: Place
    of: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SoFar(IR):
    """A condition as matters stand: windows that are not over count as they are."""

    part: IR

    def children(self) -> tuple[IR, ...]:
        return (self.part,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OtherYear(IR):
    """A year quantity, of the year ``offset`` years later."""

    place: Place
    id: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compare(IR):
    """``<`` or ``<=`` between two values of one unit. Every other comparison is built from these."""

    strict: bool
    left: IR
    right: IR
    word: str  # the comparator as written: below, at_most, at_least …
    subject_left: bool = True  # the author's quantity stands on the left

    @property
    def subject(self) -> IR:
        """The author's quantity."""
        return self.left if self.subject_left else self.right

    @property
    def bound(self) -> IR:
        """What it is compared with."""
        return self.right if self.subject_left else self.left

    def children(self) -> tuple[IR, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member(IR):
    """The code is one of ``codes``; any other is false for a closed list and a judgement for an open one."""

    subject: IR
    codes: tuple[str, ...]
    closed: bool
    list_id: str | None

    def children(self) -> tuple[IR, ...]:
        return (self.subject,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class All(IR):
    parts: tuple[IR, ...]

    def children(self) -> tuple[IR, ...]:
        return self.parts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Any(IR):
    parts: tuple[IR, ...]

    def children(self) -> tuple[IR, ...]:
        return self.parts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Not(IR):
    part: IR

    def children(self) -> tuple[IR, ...]:
        return (self.part,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judge(IR):
    """A determination answers the question; otherwise it is open."""

    place: Place
    question: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Elsewhere(IR):
    """Set by another instrument, or by nothing: ``kind`` is ``instrument``, ``silent`` or ``fact``.

    A ``given`` entry named ``name`` (or, for a row, with its subject) may supply the value.
    """

    kind: Literal["instrument", "silent", "fact"]
    what: tuple[str, ...]
    name: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choose(IR):
    """By reading: one node per option."""

    reading: str
    options: tuple[tuple[str, IR], ...]

    def open_to(self, fixed: Mapping[str, str]) -> tuple[tuple[str, IR], ...]:
        """The options that are still open to choice: one only, where its reading is fixed."""
        option = fixed.get(self.reading)
        return self.options if option is None else tuple(item for item in self.options if item[0] == option)

    def children(self) -> tuple[IR, ...]:
        return tuple(node for _, node in self.options)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bounded(IR):
    """A figure that the law bounds: ``exactly``, ``at_least``, ``at_most``, ``between``. The bound is no ignorance."""

    bound: str
    value: IR

    def children(self) -> tuple[IR, ...]:
        return (self.value,)


TRUE_NODE = Const(unit=TRUTH, value=Range(1, 1), text="always", address="")


def walk(node: IR) -> Iterator[IR]:
    """The node and everything below it, parents first."""
    yield node
    for child in node.children():
        yield from walk(child)


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A compiled quantity or term."""

    id: str
    label: Label
    per: str
    body: IR
    builtin: bool


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """A compiled provision.

    ``gate`` is the conjunction of being in force, the parties' tests and no exception. ``tests`` are the further truths
    that its state is a function of: over, in_time, performed; started, ended, imposed; breached.
    """

    source: Provision
    entity: str
    in_force: IR
    by_test: IR | None
    toward_test: IR | None
    exempt: tuple[tuple[Exemption, IR], ...]
    gate: IR
    when: IR
    values: Mapping[str, IR]
    tests: Mapping[str, IR]
    done: IR | None
    discretionary: bool
    about_institution: bool

    @property
    def id(self) -> str:
        return self.source.id

    @property
    def cites(self) -> tuple[Citation, ...]:
        return self.source.cites


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Program:
    """A compiled policy: definitions in order of dependence, norms in the order of the text."""

    policy: Policy
    definitions: Mapping[str, Definition]
    norms: tuple[Norm, ...]
    issued: int | None
    start: IR | None
    end: IR | None
    labels: Mapping[str, Label] = field(default_factory=dict)
    named: Mapping[Mark, IR] = field(default_factory=dict)  # names in expressions, by where they are written
    overlaid: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # figures: as the file has them, as taken
    bundle: Bundled | None = None  # the bundle that the policy came in

    @property
    def bundle_label(self) -> str:
        """What receipts say of the bundle; empty where the policy came in none."""
        return "" if self.bundle is None else self.bundle.label


def reached(node: IR, program: Program) -> Iterator[IR]:
    """A node, everything beneath it, and what the terms and quantities that it names are made of."""
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        for part in walk(waiting.pop()):
            yield part
            if isinstance(part, (Ref, OtherYear)) and part.id not in seen:
                seen.add(part.id)
                waiting.append(program.definitions[part.id].body)
