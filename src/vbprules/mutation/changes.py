"""Every change of a policy: what a slip of the pen could have made of each figure, bound, name and clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vbprules.diagnostics import Report
from vbprules.language import policy as p
from vbprules.language.shape import citation
from vbprules.language.vocabulary import HEDGES
from vbprules.mutation.edits import DROPPED, Change
from vbprules.mutation.expressions import Expressions, shown
from vbprules.mutation.mentions import DOCUMENT
from vbprules.mutation.substitutes import Substitutes
from vbprules.program.ir import Program
from vbprules.reading import Mapping, Node, Scalar, Sequence
from vbprules.reading.edits import Drop, Path, Put, Rename

_EXPRESSIONS: Final = (
    "when",
    "due",
    "not_before",
    "governed_by",
    "done",
    "requires",
    "forbids",
    "received",
    "from",
    "until",
    "standard",
)
_AMOUNTS: Final = ("amount", "value")
_MAY: Final = "可"
_OBLIGING: Final = (p.OBLIGATION, p.ENTITLEMENT, p.SANCTION)


def changes(root: Node, program: Program) -> tuple[Change, ...]:
    """Every change of the file that ``program`` was compiled from, in the order of the file."""
    return tuple(_Changes(root, program).all())


class _Changes:
    def __init__(self, root: Node, program: Program) -> None:
        self.root, self.policy = root, program.policy
        self.substitutes = Substitutes(program)
        self.clauses = [clause.no for clause in program.policy.clauses]

    def all(self) -> Iterator[Change]:
        yield from self._document()
        for section in ("parties", "terms", "quantities"):
            for key, node in _entries(self.root, section):
                if (body := _get(node, "is")) is not None:
                    yield from Expressions(key.text, self.substitutes).of(body, (section, key.text, "is"))
        for key, node in _entries(self.root, "questions"):
            yield from self._bearers(node, ("questions", key.text), key.text, ("by",))
        for key, node in _entries(self.root, "lists"):
            yield from self._codes(key.text, node)
        for key, node in _entries(self.root, "provisions"):
            yield from self._provision(key.text, node)
        tasks = _get(self.root, "tasks")
        for position, row in enumerate(tasks.items if isinstance(tasks, Sequence) else ()):
            no = _get(row, "no")
            owner = f"task_{no.text if isinstance(no, Scalar) else ''}"
            yield from self._norm(row, ("tasks", position), owner, ("lead",), hedged=True)

    def _document(self) -> Iterator[Change]:
        document = _get(self.root, "document")
        found = Expressions(DOCUMENT, self.substitutes)
        for path in (("issued",), ("in_force", "from"), ("in_force", "until"), ("conventions", "first_day")):
            node = document
            for step in path:
                node = None if node is None else _get(node, step)
            if node is not None:
                yield from found.of(node, ("document", *path))

    def _codes(self, owner: str, node: Node) -> Iterator[Change]:
        """A list without one of its entries, and a closed list left open or an open one closed."""
        found = Expressions(owner, self.substitutes)
        for word in ("closed", "open"):
            codes = _get(node, word)
            if not isinstance(codes, Sequence):
                continue
            for position, code in enumerate(codes.items):
                if len(codes.items) > 1:
                    yield found.drop(("lists", owner, word, position), "scope", code)
            other = "open" if word == "closed" else "closed"
            yield found.change(("lists", owner, word), "scope", codes, word, other, Rename(other))

    def _provision(self, owner: str, node: Node) -> Iterator[Change]:
        path: Path = ("provisions", owner)
        modality = next((m for m in p.MODALITIES if _get(node, m) is not None), "")
        steps = _get(node, "steps")
        hedged = _get(node, "hedge") is not None or modality not in _OBLIGING
        yield from self._norm(node, path, owner, ("by", "toward"), hedged or steps is not None)
        free = self._is_choice(node)
        yield from self._effect(node, path, owner, modality == p.SANCTION and steps is None and not free)
        for key, step in _entries(node, "steps"):
            here = (*path, "steps", key.text)
            yield from self._norm(step, here, owner, ("by", "toward"), hedged or _get(step, "hedge") is not None)
            yield from self._effect(
                step, here, owner, modality == p.SANCTION and not free and not self._is_choice(step)
            )

    def _norm(self, node: Node, path: Path, owner: str, bearers: tuple[str, ...], hedged: bool) -> Iterator[Change]:
        """What every norm has: clause, bearers, conditions, values, exceptions, hedge."""
        found = Expressions(owner, self.substitutes)
        yield from self._clauses(_get(node, "cite"), (*path, "cite"), found)
        yield from self._bearers(node, path, owner, bearers)
        hedge = _get(node, "hedge")
        if isinstance(hedge, Scalar):
            yield found.drop((*path, "hedge"), "hedge", hedge)
        elif not hedged:
            yield found.change((*path, "hedge"), "hedge", node, "none", _MAY, Put(Scalar(_MAY, node.mark)))
        for name in _EXPRESSIONS:
            if (value := _get(node, name)) is not None:
                if name in ("when", "not_before", "governed_by"):
                    yield found.change((*path, name), "scope", value, shown(value), DROPPED, Drop())
                yield from found.of(value, (*path, name))
        for name in _AMOUNTS:
            if (value := _get(node, name)) is not None:
                yield from found.of(value, (*path, name), amount=True)
        yield from self._exceptions(_get(node, "except"), (*path, "except"), found)

    def _exceptions(self, node: Node | None, path: Path, found: Expressions) -> Iterator[Change]:
        if not isinstance(node, Sequence):
            return
        for position, row in enumerate(node.items):
            here = (*path, position)
            yield found.drop(here, "exception", row)
            yield from self._clauses(_get(row, "cite"), (*here, "cite"), found)
            instead = _get(row, "instead")
            if isinstance(instead, Mapping):
                none = Put(Scalar("none", instead.mark))
                yield found.change((*here, "instead"), "exception", instead, shown(instead), "none", none)
            if (when := _get(row, "when")) is not None:
                yield from found.of(when, (*here, "when"))

    def _clauses(self, node: Node | None, path: Path, found: Expressions) -> Iterator[Change]:
        """Each citation under the next clause of the ledger."""
        single = isinstance(node, Scalar)
        for position, item in enumerate(node.items if isinstance(node, Sequence) else (node,)):
            cited = citation(item, Report()) if isinstance(item, Scalar) else None
            if cited is None or item is None or cited.clause not in self.clauses:
                continue
            here = path if single else (*path, position)
            other = self.clauses[(self.clauses.index(cited.clause) + 1) % len(self.clauses)]
            put = Put(Scalar(f"{other}“{cited.phrase}”", item.mark, True))
            yield found.change(here, "clause", item, cited.clause, other, put)

    def _bearers(self, node: Node, path: Path, owner: str, names: tuple[str, ...]) -> Iterator[Change]:
        """Each party replaced by another one, and each of several left out."""
        found = Expressions(owner, self.substitutes)
        for name in names:
            value = _get(node, name)
            if isinstance(value, Scalar):
                if (other := self.substitutes.other_party(value.text)) is not None:
                    yield found.put((*path, name), "bearer", value, other)
            elif isinstance(value, Sequence):
                for position, item in enumerate(value.items):
                    if isinstance(item, Scalar) and len(value.items) > 1:
                        yield found.drop((*path, name, position), "bearer", item)

    def _is_choice(self, node: Node) -> bool:
        """The authority's choice, so that nothing takes effect by itself."""
        hedge, choose = _get(node, "hedge"), _get(node, "choose")
        discretionary = isinstance(hedge, Scalar) and HEDGES.get(hedge.text, ("", False))[1]
        return discretionary or (isinstance(choose, Scalar) and choose.text == "any")

    def _effect(self, node: Node, path: Path, owner: str, must: bool) -> Iterator[Change]:
        """Whether measures are a choice, and how a sanction takes effect where it must be imposed."""
        found = Expressions(owner, self.substitutes)
        choose = _get(node, "choose")
        if isinstance(choose, Scalar) and choose.text in ("all", "any"):
            yield found.put((*path, "choose"), "hedge", choose, "any" if choose.text == "all" else "all")
        effect = _get(node, "takes_effect")
        if isinstance(effect, Scalar):
            other = "when_imposed" if effect.text == "by_itself" else "by_itself"
            yield found.put((*path, "takes_effect"), "hedge", effect, other)
        elif must:
            itself = Put(Scalar("by_itself", node.mark))
            yield found.change((*path, "takes_effect"), "hedge", node, "when_imposed", "by_itself", itself)


def _get(node: Node, key: str) -> Node | None:
    return node.get(key) if isinstance(node, Mapping) else None


def _entries(node: Node, section: str) -> Iterator[tuple[Scalar, Node]]:
    found = _get(node, section)
    yield from found.entries if isinstance(found, Mapping) else ()
