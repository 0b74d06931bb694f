"""Changes inside conditions and values: figures, bounds, units, bases, scope entries, options of readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from vbprules.mutation.edits import DROPPED, Change, address
from vbprules.mutation.kinds import Kind
from vbprules.mutation.substitutes import Substitutes
from vbprules.reading import Mapping, Node, Scalar, Sequence
from vbprules.reading.edits import Drop, Edit, Path, Put, Rename
from vbprules.values.figures import decimal_text, normal, parse_date, parse_figure

_BOUNDS: Final = {
    "below": ("at_most",),
    "at_most": ("below",),
    "at_least": ("above",),
    "above": ("at_least",),
    "exactly": ("at_least", "at_most"),
    "before": ("on_or_before",),
    "on_or_before": ("before",),
    "after": ("on_or_after",),
    "on_or_after": ("after",),
    "in": ("not_in",),
    "not_in": ("in",),
    "is": ("not_in",),
}
_AMOUNT_BOUNDS: Final = {"exactly": ("at_least", "at_most"), "at_least": ("exactly",), "at_most": ("exactly",)}
_SWAPS: Final[dict[str, tuple[str, Kind]]] = {
    "all": ("any", "scope"),
    "any": ("all", "scope"),
    "some": ("every", "scope"),
    "every": ("some", "scope"),
    "breach_of": ("overdue", "scope"),
    "overdue": ("breach_of", "scope"),
    "lowest": ("highest", "base"),
    "highest": ("lowest", "base"),
    "least": ("greatest", "base"),
    "greatest": ("least", "base"),
    "earliest": ("latest", "base"),
    "latest": ("earliest", "base"),
    "last_year": ("next_year", "base"),
    "next_year": ("last_year", "base"),
    "start_of": ("end_of", "base"),
    "end_of": ("start_of", "base"),
    "day_after": ("day_before", "base"),
    "day_before": ("day_after", "base"),
}
_FIXED_ARITY: Final = ("ratio", "difference", "known_by")
_OPERANDS: Final = ("plus", "product", "least", "greatest", "earliest", "latest")
_UNITS: Final = (
    (re.compile(r"working days?$"), "days"),
    (re.compile(r"(?<!working )days?$"), "working days"),
    (re.compile(r"months?$"), "years"),
    (re.compile(r"years?$"), "months"),
    (re.compile(r"个?工作日$"), "天"),
    (re.compile(r"(?<!工作)[天日]$"), "个工作日"),
    (re.compile(r"个月$"), "年"),
    (re.compile(r"年$"), "个月"),
)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_OTHER_PERIOD: Final = {"month": "quarter", "quarter": "month", "year": "quarter"}
_OPTIONAL: Final = ("where", "from", "through", "so_far", "in")
_NAMES_SOMETHING: Final = ("over", "imposed", "breach_of", "overdue", "date_of", "judge", "reading", "set_by", "silent")


class Expressions:
    """Changes of the conditions and values of one owner."""

    def __init__(self, owner: str, substitutes: Substitutes) -> None:
        self.owner, self.substitutes = owner, substitutes

    def change(self, path: Path, kind: Kind, node: Node, before: str, after: str, edit: Edit) -> Change:
        return Change(address(path), kind, before, after, self.owner, node.mark, path, edit)

    def put(self, path: Path, kind: Kind, node: Scalar, text: str) -> Change:
        return self.change(path, kind, node, node.text, text, Put(Scalar(text, node.mark)))

    def drop(self, path: Path, kind: Kind, node: Node) -> Change:
        return self.change(path, kind, node, shown(node), DROPPED, Drop())

    def of(self, node: Node, path: Path, amount: bool = False) -> Iterator[Change]:
        """Every change of an expression. ``amount``: bounds say what is owed, they do not compare."""
        if isinstance(node, Scalar):
            yield from self._scalar(node, path)
        elif isinstance(node, Sequence):
            yield from self._list(node, path)
        else:
            yield from self._mapping(node, path, amount)

    def _scalar(self, node: Scalar, path: Path) -> Iterator[Change]:
        figures = [*nearby(node.text)]
        if figures:
            for text in figures:
                yield self.put(path, "figure", node, text)
            for pattern, unit in _UNITS:
                if pattern.search(node.text):
                    yield self.put(path, "unit", node, pattern.sub(unit, node.text))
        elif node.text in ("same_day", "next_day"):
            yield self.put(path, "figure", node, "next_day" if node.text == "same_day" else "same_day")
        elif self.substitutes.is_truth(node.text) or node.text == "always":
            yield self.change(path, "scope", node, node.text, f"not {node.text}", Put(_negated(node)))
        else:
            for other in self.substitutes.others(node.text):
                yield self.put(path, "base", node, other)

    def _list(self, node: Sequence, path: Path) -> Iterator[Change]:
        for position, item in enumerate(node.items):
            here = (*path, position)
            if len(node.items) > 1 and path[-1] not in _FIXED_ARITY:
                yield self.drop(here, "base" if path[-1] in _OPERANDS else "scope", item)
            if path[-1] not in ("in", "not_in", "is"):
                yield from self.of(item, here)

    def _mapping(self, node: Mapping, path: Path, amount: bool) -> Iterator[Change]:
        if isinstance(name := node.get("reading"), Scalar):
            yield from self._options(node, path, name, amount)
            return
        for key, value in node.entries:
            here = (*path, key.text)
            yield from self._key(node, key, value, here, amount)
            if key.text in _NAMES_SOMETHING:
                if key.text in ("imposed", "judge"):
                    negated = Put(_negated(node))
                    yield self.change(path, "scope", node, shown(node), f"not {shown(node)}", negated)
                continue
            if key.text in ("start_of", "end_of") and isinstance(value, Scalar):
                words = value.text.split()
                if words and words[-1] in _OTHER_PERIOD:
                    yield self.put(here, "base", value, " ".join((*words[:-1], _OTHER_PERIOD[words[-1]])))
                    other = words[-1] if len(words) == 2 else f"next {words[-1]}"
                    yield self.put(here, "base", value, other)
            elif key.text == "day" and isinstance(value, Scalar):
                for text in nearby(f"{value.text} times"):
                    yield self.put(here, "figure", value, text.removesuffix(" times"))
            elif key.text in ("in", "not_in", "is") and isinstance(value, Scalar):
                continue  # one code, or the id of a list, which has changes of its own
            elif not (key.text == "of" and isinstance(value, Scalar) and value.text == "month"):
                yield from self.of(value, here)

    def _key(self, node: Mapping, key: Scalar, value: Node, here: Path, amount: bool) -> Iterator[Change]:
        if _compares(value):
            for other in self.substitutes.others(key.text):
                yield self.change(here, "base", key, key.text, other, Rename(other))
        for other in (_AMOUNT_BOUNDS if amount else _BOUNDS).get(key.text, ()):
            if key.text in ("after", "before") and node.get("count") is not None:
                turned = "before" if key.text == "after" else "after"
                yield self.change(here, "base", key, key.text, turned, Rename(turned))
            elif not (key.text == "after" and (node.get("start_of") or node.get("end_of"))):
                yield self.change(here, "bound", key, key.text, other, Rename(other))
        if key.text == "between" and isinstance(value, Scalar):
            yield from self._ends(key, value, here)
        if key.text in _SWAPS and not (isinstance(value, Sequence) and len(value.items) < 2):
            word, kind = _SWAPS[key.text]
            yield self.change(here, kind, key, key.text, word, Rename(word))
        if key.text in _OPTIONAL and _is_fold(node):
            yield self.drop(here, "base", value)
        if key.text == "over" and isinstance(value, Scalar) and value.text in ("purchase", "use"):
            yield self.put(here, "base", value, "use" if value.text == "purchase" else "purchase")

    def _ends(self, key: Scalar, value: Scalar, here: Path) -> Iterator[Change]:
        """A range that has lost one of its ends."""
        figure = parse_figure(value.text)
        numbers = _NUMBER.findall(normal(value.text))
        if figure is None or len(numbers) != 2 or figure.range.exact:
            return
        unit = normal(value.text)[normal(value.text).rindex(numbers[1]) + len(numbers[1]) :]
        for word, number in (("at_least", numbers[0]), ("at_most", numbers[1])):
            bound = Mapping(((Scalar(word, key.mark), Scalar(number + unit, value.mark)),), value.mark)
            yield self.change(here[:-1], "bound", key, shown_pair(key, value), f"{word} {number}{unit}", Put(bound))

    def _options(self, node: Mapping, path: Path, name: Scalar, amount: bool) -> Iterator[Change]:
        """Each option with what another option says."""
        options = [(key, value) for key, value in node.entries if key.text != "reading"]
        for position, (key, value) in enumerate(options):
            other_key, other = options[(position + 1) % len(options)]
            here = (*path, key.text)
            if shown(other) != shown(value):
                yield self.change(here, "reading", value, shown(value), f"as {other_key.text}", Put(other))
            yield from self.of(value, here, amount)


def nearby(text: str) -> Iterator[str]:
    """The figure one higher and one lower in its last place; a date one day later and earlier."""
    try:
        day = parse_date(text)
    except ValueError:
        return
    if day is not None:
        yield date.fromordinal(day + 1).isoformat()
        yield date.fromordinal(day - 1).isoformat()
        return
    plain = normal(text)
    if parse_figure(plain) is None:
        return
    for match in _NUMBER.finditer(plain):
        _, _, fraction = match.group().partition(".")
        step = Fraction(1, 10 ** len(fraction))
        for value in (Fraction(match.group()) + step, Fraction(match.group()) - step):
            if value >= 0:
                number = decimal_text(value, len(fraction) or None) if fraction else str(int(value))
                changed = plain[: match.start()] + number + plain[match.end() :]
                if parse_figure(changed) is not None:
                    yield changed


def shown(node: Node) -> str:
    """A node on one line, as it would be written in braces; long ones are cut."""
    text = _written(node)
    return text if len(text) <= 80 else text[:79] + "…"


def shown_pair(key: Scalar, value: Node) -> str:
    return f"{key.text} {shown(value)}"


def _written(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return "[" + ", ".join(_written(item) for item in node.items) + "]"
    return "{" + ", ".join(f"{key.text}: {_written(value)}" for key, value in node.entries) + "}"


def _negated(node: Node) -> Node:
    return Mapping(((Scalar("not", node.mark), node),), node.mark)


def _compares(node: Node) -> bool:
    """A test of what stands before it: one comparison or more, or one for each option of a reading."""
    if not isinstance(node, Mapping):
        return False
    if node.get("reading") is not None:
        return all(_compares(value) for key, value in node.entries if key.text != "reading")
    return all(word in _BOUNDS or word == "between" for word in (key.text for key, _ in node.entries))


def _is_fold(node: Mapping) -> bool:
    return any(node.get(word) is not None for word in ("sum", "count", "lowest", "highest"))
