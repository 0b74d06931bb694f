"""What the Python API promises: the names that ``vbprules`` exports, and the classes that their fields lead to.

The sources are read by griffe and never imported. What is kept is griffe's own JSON without words, lines and places,
so that griffe compares it with what the sources say now; the types of fields and returns, which griffe does not
compare, are compared here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import griffe

# Made by the library for other engines: what a kernel holds is not promised, only what it does.
CLOSED = frozenset({"Kernel"})
_KEPT = ("kind", "name", "annotation", "value", "default", "returns", "bases", "parameters", "members")


class Sources:
    """The modules of a package, read as they are asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, griffe.Module | None] = {}

    def module(self, name: str) -> griffe.Module | None:
        if name not in self._read:
            path = self._root.joinpath(*name.split("."))
            file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
            text = file.read_text("utf-8") if file.is_file() else None
            none = griffe.Extensions()  # no fields turned into parameters of __init__: results are read, not made
            self._read[name] = None if text is None else griffe.visit(name, file, text, extensions=none)
        return self._read[name]

    def found(self, path: str) -> griffe.Object | None:
        """What stands at a dotted path, through imports; None where that is not of this package."""
        of, _, name = path.rpartition(".")
        module = self.module(of)
        if module is None or name not in module.members:
            return None
        member = module.members[name]
        return self.found(member.target_path) if member.is_alias else member  # type: ignore[union-attr]


def promised(root: Path) -> dict[str, Any]:
    """The exported names with what they are, and below ``rooms`` the classes and types that results lead to, by room.

    ``root`` is the folder that holds ``vbprules``. Raises ValueError where a name of ``__all__`` leads nowhere.
    """
    sources = Sources(root)
    package = sources.module("vbprules")
    if package is None or not package.exports:
        raise ValueError(f"no vbprules with __all__ below {root}")
    exported: dict[str, Any] = {}
    rooms: dict[str, dict[str, Any]] = {}
    todo, seen = [], set()
    for name in map(str, package.exports):
        if name.startswith("_"):
            continue
        known = sources.found(package.imports.get(name, f"vbprules.{name}"))
        if known is None:
            raise ValueError(f"vbprules.{name} leads nowhere")
        exported[name] = {**_kept(known), "name": name}
        seen.add(known.path)
        todo += [] if name in CLOSED else list(_led_to(known, sources))
    while todo:
        known = todo.pop()
        if known.path not in seen:
            seen.add(known.path)
            room = known.path.split(".")[1]
            rooms.setdefault(room, {})[known.name] = _kept(known)
            todo += _led_to(known, sources)
    ordered = {room: dict(sorted(members.items())) for room, members in sorted(rooms.items())}
    return {"exported": dict(sorted(exported.items())), "rooms": ordered}


def _led_to(known: griffe.Object, sources: Sources) -> Iterator[griffe.Object]:
    """What the types of its fields, and of what its methods return, lead to; or what a named type is made of."""
    if known.is_class:
        public = [member for member in known.members.values() if not member.name.startswith("_")]
        types = [getattr(member, "annotation", None) for member in public]
    else:
        types = [getattr(known, "value", None)] if known.is_attribute else []
    for written in types:
        for part in written.iterate(flat=True) if isinstance(written, griffe.Expr) else ():
            if isinstance(part, griffe.ExprName) and part.name in known.module.members:
                member = known.module.members[part.name]
                path = member.target_path if member.is_alias else member.path  # type: ignore[union-attr]
                found = sources.found(path)
                if found is not None:
                    yield found


def _kept(known: Any) -> Any:
    """griffe's JSON of an object, every type and default as it is written."""
    if isinstance(known, griffe.Expr):
        return str(known)
    if isinstance(known, list):
        return [_kept(item) for item in known]
    if not isinstance(known, (griffe.Object, dict)):
        return known
    plain = known if isinstance(known, dict) else known.as_dict()  # parameters are plain already
    kept = {key: _kept(plain[key]) for key in _KEPT if key != "members" and plain.get(key) is not None}
    kept["kind"] = plain["kind"].value
    if isinstance(known, griffe.Class):
        public = (member for member in known.members.values() if _is_public(member))
        kept["members"] = {member.name: _kept(member) for member in public}
    if isinstance(known, griffe.Attribute) and isinstance(known.parent, griffe.Class):
        kept.pop("value", None)  # a default, or how it is computed
    return kept


def _is_public(member: griffe.Object | griffe.Alias) -> bool:
    if member.name == "model_config" or member.is_alias:
        return False
    return member.name in ("__init__", "__call__") or not member.name.startswith("_")


def breaks(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What of ``old`` no longer holds in ``new``: the place, as evaluate(check) or decision.Receipt.policy, and how."""
    before, after = _as_griffe(old), _as_griffe(new)
    for broken in griffe.find_breaking_changes(before, after):
        place = broken.obj.path.removeprefix("vbprules.")
        parameter = broken.old_value if isinstance(broken.old_value, griffe.Parameter) else broken.new_value
        inside = f"({parameter.name})" if isinstance(parameter, griffe.Parameter) else ""
        values = [_said(value) for value in (broken.old_value, broken.new_value)]
        gone = broken.kind in (griffe.BreakageKind.OBJECT_REMOVED, griffe.BreakageKind.PARAMETER_REMOVED)
        change = "" if gone or values[0] == values[1] else f": {' → '.join(values)}"
        yield place + inside, f"{broken.kind.value}{change}"
    yield from _types(before, after)


def _said(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, griffe.Parameter):
        return str(value).replace(f"{value.name}=", "") if value.default is not None else value.kind.value
    return str(getattr(value, "value", value))


def _as_griffe(tree: Mapping[str, Any]) -> griffe.Module:
    """The tree as griffe reads it from JSON, where objects have lines."""
    rooms = {name: {"kind": "module", "name": name, "members": members} for name, members in tree["rooms"].items()}
    whole = {"kind": "module", "name": "vbprules", "members": {**tree["exported"], **rooms}}
    return json.loads(json.dumps(_complete(whole)), object_hook=griffe.json_decoder)  # type: ignore[no-any-return]


def _complete(item: Any) -> Any:
    if isinstance(item, list):
        return [_complete(part) for part in item]
    if not isinstance(item, Mapping):
        return item
    filled = {key: _complete(value) for key, value in item.items()}
    if not isinstance(item.get("kind"), str):  # fields may be named so
        return filled
    absent = {"lineno": None, "annotation": None, "default": None, "returns": None, "bases": [], "parameters": []}
    return {**absent, **filled}


def _types(old: griffe.Object, new: griffe.Object) -> Iterator[tuple[str, str]]:
    """Types that say less, or other, than they did; of what is in both."""
    for name, before in old.members.items():
        after = new.members.get(name)
        if after is None or before.kind is not after.kind:
            continue
        place = before.path.removeprefix("vbprules.")
        if isinstance(before, griffe.Function) and isinstance(after, griffe.Function):
            yield from _wider(place, before.returns, after.returns)
            for parameter in before.parameters:
                now = next((other for other in after.parameters if other.name == parameter.name), None)
                if now is not None:
                    yield from _narrower(f"{place}({parameter.name})", parameter.annotation, now.annotation)
        elif isinstance(before, griffe.Attribute) and isinstance(after, griffe.Attribute):
            yield from _wider(place, before.annotation, after.annotation)
            yield from _narrower(place, before.value, after.value)  # what a named type is: a word may be added
        else:
            yield from _types(before, after)  # type: ignore[arg-type]


def _wider(place: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """What is given back may become one of fewer kinds, and a set of words may grow."""
    before, after = _parts(old), _parts(new)
    if before and (not after or _kinds(after) - _kinds(before) or _words(before) - _words(after)):
        yield place, f"type changed: {old} → {new}"


def _narrower(place: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """What is taken may become one of more kinds."""
    before, after = _parts(old), _parts(new)
    if before - after and after:
        yield place, f"type changed: {old} → {new}"


def _parts(written: Any) -> set[str]:
    """The kinds of a union, with the words of a Literal one by one, quoted."""
    found: set[str] = set()
    for part in re.split(r"\s*\|\s*(?![^\[]*\])", str(written)) if written is not None else ():
        words = re.fullmatch(r"Literal\[(.*)\]", part)
        found.update(re.split(r",\s*", words[1]) if words else [part])
    return found


def _words(parts: set[str]) -> set[str]:
    return {part for part in parts if part[:1] in "'\""}


def _kinds(parts: set[str]) -> set[str]:
    return parts - _words(parts) | ({"Literal"} if _words(parts) else set())
