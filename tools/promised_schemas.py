"""What the JSON Schemas promise: a file that is valid today is valid tomorrow.

``breaks`` compares two schemas (draft 07, as ``vbprules.schemas`` writes them) and tells where the new one may refuse
what the old one accepts: a property removed, one newly required, a type or set of values narrowed, a bound tightened.
Where it cannot tell, as between two patterns, it reports the change. A definition that is named beneath ``if`` or
``not`` is compared as everywhere else: that it accepts more is not told there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

Break = tuple[str, str]
Schema = Mapping[str, Any]

# Words for people and for editors, which no validation looks at.
_WORDS = frozenset({"$schema", "title", "description", "markdownDescription", "enumDescriptions", "doNotSuggest"})
_NAMED = frozenset({"properties", "patternProperties", "definitions"})
_AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_COMBINED = ("anyOf", "oneOf", "allOf")
_WITHIN = ("contains", "propertyNames")
_UNLIKE = ("format", "multipleOf", "uniqueItems", "dependencies")
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}
_ALL = frozenset({*_TYPES.values(), "null"})


def promised(folder: Path) -> dict[str, Any]:
    """Every schema of a folder by its name, without words for people."""
    paths = sorted(folder.glob("*.schema.json"))
    return {path.name.removesuffix(".schema.json"): _bare(json.loads(path.read_text("utf-8"))) for path in paths}


def _bare(schema: Any, names: bool = False) -> Any:
    if isinstance(schema, list):
        return [_bare(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if names or key not in _WORDS}
    return {key: _bare(value, not names and key in _NAMED) for key, value in kept.items()}


def breaks(old: Schema, new: Schema) -> Iterator[Break]:
    """Where ``new`` may refuse what ``old`` accepts: the place, as provisions.*.due or definitions.cite, and how.

    What stands in both and says the same is not looked into; each definition is compared once, under its own name.
    """
    pair = Pair(old.get("definitions", {}), new.get("definitions", {}))
    outer = [{key: value for key, value in schema.items() if key != "definitions"} for schema in (old, new)]
    yield from pair.narrower(outer[0], outer[1], "")
    for name, before in pair.old.items():
        if name in pair.new:
            yield from pair.narrower(before, pair.new[name], f"definitions.{name}")


class Pair:
    """Two schemas by their definitions. A pair of definitions under comparison is taken for good within itself."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self.old, self.new = old, new
        self._within: set[tuple[str, str]] = set()

    def narrower(self, old: Any, new: Any, place: str) -> Iterator[Break]:
        """What ``old`` accepts and ``new`` may refuse."""
        if old == new or old is False or new is True:
            return
        if new is False:
            yield place, "不再允许 no longer allowed"
            return
        names = _name(old), _name(new)
        if names != (None, None):
            if names[0] == names[1] or (str(names[0]), str(names[1])) in self._within:
                return  # definitions of one name are compared by themselves
            self._within.add((str(names[0]), str(names[1])))
            old = old if names[0] is None else self.old[names[0]]
            new = new if names[1] is None else self.new[names[1]]
            told = list(self.narrower(old, new, place))
            self._within.discard((str(names[0]), str(names[1])))
            yield from told
            return
        old = {} if old is True else old
        for told in (self._values, self._bounds, self._objects, self._parts, self._combined):
            yield from told(old, new, place)

    def _accepts(self, old: Any, new: Any) -> bool:
        return not list(self.narrower(old, new, ""))

    def _turned(self) -> Pair:
        return Pair(self.new, self.old)

    def _values(self, old: Schema, new: Schema, place: str) -> Iterator[Break]:
        lost = sorted(_types(old) - _types(new))
        if lost:
            yield place, f"类型收窄 type narrowed: {', '.join(lost)}"
            return
        before, after = _allowed(old), _allowed(new)
        if after is not None:
            kept = set(map(_shown, after))
            gone = None if before is None else [value for value in before if _shown(value) not in kept]
            if gone is None:
                yield place, "只许几个值 only some values now"
            elif gone:
                yield place, f"去掉了值 values removed: {', '.join(map(_shown, gone))}"
        if "pattern" in new:
            texts = [value for value in before or () if isinstance(value, str)]
            if before is not None and all(re.search(new["pattern"], text) for text in texts):
                return
            gone = sorted(_alternatives(old.get("pattern")) - _alternatives(new["pattern"]))
            if gone:
                yield place, f"写法可能收窄 pattern may be narrower: {', '.join(gone)[:120]}"

    def _bounds(self, old: Schema, new: Schema, place: str) -> Iterator[Break]:
        for key in (*_AT_LEAST, *_AT_MOST):
            before, after = old.get(key), new.get(key)
            tighter = before is None or after is None or (after > before if key in _AT_LEAST else after < before)
            if after is not None and tighter and not _all_fit(_allowed(old), key, after):
                yield place, f"界限收紧 bound tightened: {key} {'–' if before is None else before} → {after}"
        for key in _UNLIKE:
            if key in new and new[key] != old.get(key):
                yield place, f"改了 changed: {key}"

    def _objects(self, old: Schema, new: Schema, place: str) -> Iterator[Break]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name in new.get("required", ()):
            if name not in old.get("required", ()):
                yield _below(place, name), "新的必填 newly required"
        for name, schema in before.items():
            there = after[name] if name in after else _of_other(new, name)
            if there is False and schema is not False:
                yield _below(place, name), "去掉了 removed"
            else:
                yield from self.narrower(schema, there, _below(place, name))
        for name, schema in after.items():
            if name not in before:
                yield from self.narrower(_of_other(old, name), schema, _below(place, name))
        patterns = old.get("patternProperties", {}), new.get("patternProperties", {})
        for pattern, schema in patterns[0].items():
            there = patterns[1].get(pattern, new.get("additionalProperties", True))
            yield from self.narrower(schema, there, _below(place, "*"))
        for pattern, schema in patterns[1].items():
            if pattern not in patterns[0]:
                yield from self.narrower(True, schema, _below(place, "*"))
        others = old.get("additionalProperties", True), new.get("additionalProperties", True)
        yield from self.narrower(*others, _below(place, "*"))

    def _parts(self, old: Schema, new: Schema, place: str) -> Iterator[Break]:
        yield from self.narrower(old.get("items", True), new.get("items", True), f"{place}[]")
        for key in _WITHIN:
            if key == "contains" and key in new and key not in old:
                yield f"{place}<{key}>", "新的必含 newly contained"  # an empty list contains nothing
            elif key in new:
                yield from self.narrower(old.get(key, True), new[key], f"{place}<{key}>")

    def _combined(self, old: Schema, new: Schema, place: str) -> Iterator[Break]:
        plain = {name: value for name, value in old.items() if name not in _COMBINED}
        for key in ("anyOf", "oneOf"):
            for alternative in old.get(key, [plain]) if key in new else ():
                tried = [list(self.narrower(alternative, other, place)) for other in new[key]]
                yield from min(tried, key=len)
        before = old.get("allOf", ())
        left = [part for part in before if part not in new.get("allOf", ())]
        for part in new.get("allOf", ()):
            if part in before or any(self._accepts(other, part) for other in (*left, old)):
                continue
            yield from self.narrower(left.pop(0) if left else True, part, place)
        if "not" in new and not ("not" in old and self._turned()._accepts(new["not"], old["not"])):
            yield place, "多排除了 more is excluded: not"
        yield from self._conditional(old, new, place)

    def _conditional(self, old: Schema, new: Schema, place: str) -> Iterator[Break]:
        if "if" not in new or ("if" not in old and not {"then", "else"} & set(new)):
            return
        same = old.get("if") == new["if"]
        if not same and ("else" in new or not self._turned()._accepts(new["if"], old.get("if", False))):
            yield place, "适用的条件改了 what it holds for has changed: if"
            return
        for key in ("then", "else"):
            if key in new:
                yield from self.narrower(old.get(key, True), new[key], place)


def _name(schema: Any) -> str | None:
    reference = schema.get("$ref") if isinstance(schema, Mapping) else None
    return None if reference is None else str(reference).rpartition("/")[2]


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _of_other(schema: Schema, name: str) -> Any:
    """What a property must be that the schema does not name."""
    for pattern, there in schema.get("patternProperties", {}).items():
        if re.search(pattern, name):
            return there
    return schema.get("additionalProperties", True)


def _types(schema: Schema) -> frozenset[str]:
    """The types that a schema allows, where it names types or values."""
    written = schema.get("type")
    if written is None:
        values = _allowed(schema)
        return _ALL if values is None else frozenset("null" if v is None else _TYPES[type(v)] for v in values)
    named = frozenset([written] if isinstance(written, str) else written)
    return named | {"integer"} if "number" in named else named


def _allowed(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _all_fit(values: list[Any] | None, key: str, bound: Any) -> bool:
    """Whether a closed list of values keeps to a bound on numbers or on the length of texts."""
    if values is None:
        return False
    for value in values:
        if isinstance(value, (dict, list)):
            return False
        if isinstance(value, bool):
            continue
        if isinstance(value, str) and key in ("minLength", "maxLength"):
            size: Any = len(value)
        elif isinstance(value, (int, float)) and key.lower().endswith("imum"):
            size = value
        else:
            continue
        if key.startswith("exclusive") and size == bound:
            return False
        if size < bound if key in _AT_LEAST else size > bound:
            return False
    return True


def _alternatives(pattern: str | None) -> set[str]:
    """The alternatives of a pattern, with those of a closed list of words ``^(a|b)$`` one by one."""
    found: set[str] = set()
    for part in _apart(pattern or ""):
        words = re.fullmatch(r"\^\(([^()?\\\[\]]*)\)\$", part)
        found.update(f"^({word})$" for word in words[1].split("|")) if words else found.add(part)
    return found if pattern else {"任何文字 any text"}


def _apart(pattern: str) -> Iterator[str]:
    """A pattern at the bars that stand in no bracket."""
    depth, begun = 0, 0
    for place, sign in enumerate(re.sub(r"\\.", "__", pattern)):  # what is escaped is no bar and no bracket
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            yield pattern[begun:place]
            begun = place + 1
    yield pattern[begun:]


_shown = partial(json.dumps, ensure_ascii=False)
