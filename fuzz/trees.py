"""Mutation of YAML as a tree: types swapped, parts repeated, deepened, moved, words of the language put anywhere.

A tree is a text, a list, or a list of pairs (so that a key may stand twice). Where bytes are no YAML, they are left to
the mutation of bytes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from fuzz.strange import TEXTS
from vbprules.language import keys, words


class Pairs(list[tuple[object, object]]):
    """A mapping, in which a key may stand twice."""


Tree = object  # str | list[Tree] | Pairs
MOST: Final = 60_000  # characters


def parsed(text: str) -> Tree | None:
    """The tree of a text; None where it has none."""
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return None if node is None else _tree(node, 0)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _tree(node: Node, depth: int) -> Tree:
    if depth > 60:
        return "…"
    if isinstance(node, MappingNode):
        return Pairs((_tree(key, depth + 1), _tree(value, depth + 1)) for key, value in node.value)
    if isinstance(node, SequenceNode):
        return [_tree(item, depth + 1) for item in node.value]
    assert isinstance(node, ScalarNode)
    return node.value


def written(tree: Tree, block: bool = True) -> str:
    """The tree as YAML: the first levels in lines of their own, the rest in braces."""
    return "".join(_lines(tree, 0)) if block and isinstance(tree, (Pairs, list)) and tree else _flow(tree) + "\n"


def _lines(tree: Tree, level: int) -> Iterator[str]:
    indent = "  " * level
    if isinstance(tree, Pairs):
        for key, value in tree:
            if isinstance(value, (Pairs, list)) and value and level < 2:
                yield f"{indent}{_flow(key)}:\n"
                yield from _lines(value, level + 1)
            else:
                yield f"{indent}{_flow(key)}: {_flow(value)}\n"
    elif isinstance(tree, list):
        for item in tree:
            yield f"{indent}- {_flow(item)}\n"


def _flow(tree: Tree) -> str:
    if isinstance(tree, Pairs):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(value)}" for key, value in tree) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(_flow(item) for item in tree) + "]"
    text = str(tree)
    if text.startswith(("&", "*", "!", "<<")) and len(text) < 30 and "," not in text:
        return text  # an anchor, an alias, a tag: to be refused
    safe = text.replace("_", "").replace("-", "").replace(".", "").replace("%", "").replace(" ", "")
    if safe.isalnum() and text == text.strip() and not text.startswith(("-", ".", "%")):
        return text
    return "'" + text.replace("'", "''") + "'"


def vocabulary() -> tuple[str, ...]:
    """Words that mean something at some place."""
    found: set[str] = set(words.WORDS) | set(words.WORDS.values())
    for value in vars(keys).values():
        if isinstance(value, (tuple, frozenset)):
            found.update(item for item in value if isinstance(item, str))
        elif isinstance(value, dict):
            found.update(key for key in value if isinstance(key, str))
    return tuple(sorted(found))


_WORDS: Final = vocabulary()
Place = tuple[list[object], int, bool]  # a holder, a position in it, whether the key of a pair is meant


def _places(tree: Tree) -> list[Place]:
    found: list[Place] = []

    def look(node: Tree) -> None:
        if isinstance(node, Pairs):
            for number, (_, value) in enumerate(node):
                found.append((node, number, True))
                found.append((node, number, False))
                look(value)
        elif isinstance(node, list):
            for number, item in enumerate(node):
                found.append((node, number, False))
                look(item)

    look(tree)
    return found


def _get(place: Place) -> Tree:
    holder, number, key = place
    item = holder[number]
    return item[0 if key else 1] if isinstance(holder, Pairs) else item  # type: ignore[index]


def _put(place: Place, value: Tree) -> None:
    holder, number, key = place
    if isinstance(holder, Pairs):
        old = holder[number]
        holder[number] = (value, old[1]) if key else (old[0], value)
    else:
        holder[number] = value


def copied(tree: Tree) -> Tree:
    if isinstance(tree, Pairs):
        return Pairs((copied(key), copied(value)) for key, value in tree)
    return [copied(item) for item in tree] if isinstance(tree, list) else tree


def mutated(tree: Tree, draw: random.Random) -> Tree:
    """The tree with one to four strange changes."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        places = _places(tree)
        if not places:
            return draw.choice(TEXTS)
        draw.choice(_CHANGES)(places, draw)
    return tree


def _drop(places: list[Place], draw: random.Random) -> None:
    holder, number, _ = draw.choice(places)
    del holder[number]


def _repeat(places: list[Place], draw: random.Random) -> None:
    holder, number, _ = draw.choice(places)
    holder[number:number] = [copied(holder[number]) for _ in range(draw.choice((1, 1, 2, 30)))]


def _swap(places: list[Place], draw: random.Random) -> None:
    one, other = draw.choice(places), draw.choice(places)
    _put(one, copied(_get(other)))


def _other_kind(places: list[Place], draw: random.Random) -> None:
    place = draw.choice(places)
    old = copied(_get(place))
    _put(place, draw.choice(([old], Pairs([(draw.choice(_WORDS), old)]), [], Pairs(), "", [old, old], str(old)[:20])))


def _word(places: list[Place], draw: random.Random) -> None:
    _put(draw.choice(places), draw.choice(_WORDS))


def _text(places: list[Place], draw: random.Random) -> None:
    leaves = [place for place in places if isinstance(_get(place), str)] or places
    place = draw.choice(leaves)
    old = _get(place)
    text = draw.choice(TEXTS)
    if isinstance(old, str) and draw.random() < 0.3:
        cut = draw.randrange(len(old) + 1)
        text = old[:cut] + text + old[cut:]
    _put(place, text)


def _deepen(places: list[Place], draw: random.Random) -> None:
    place = draw.choice(places)
    inner = _get(place)
    key = draw.choice(("not", "all", "any", "some", "every", draw.choice(_WORDS)))
    for _ in range(draw.choice((2, 5, 12, 36))):
        inner = Pairs([(key, [inner] if key in ("all", "any") else inner)])
    _put(place, inner)


def _add(places: list[Place], draw: random.Random) -> None:
    holder, number, _ = draw.choice(places)
    if isinstance(holder, Pairs):
        _, value = holder[draw.randrange(len(holder))]
        holder.insert(number, (draw.choice(_WORDS), copied(value)))
    else:
        holder.insert(number, draw.choice(TEXTS))


def _name(places: list[Place], draw: random.Random) -> None:
    """A name that the file itself has, at another place."""
    names = [
        key for holder, number, key_too in places if key_too and isinstance(key := _get((holder, number, True)), str)
    ]
    if names:
        _put(draw.choice(places), draw.choice(names))


_CHANGES: Final[tuple[Callable[[list[Place], random.Random], None], ...]] = (
    _drop,
    _repeat,
    _swap,
    _swap,
    _other_kind,
    _word,
    _text,
    _text,
    _deepen,
    _add,
    _name,
    _name,
)


def mutated_text(data: bytes, most: int, seed: int) -> bytes | None:
    """Another YAML text; None where the bytes are none, or the result is too long."""
    draw = random.Random(seed)
    tree = parsed(data.decode("utf-8", "replace"))
    if not isinstance(tree, list):
        return None
    text = written(mutated(tree, draw), block=draw.random() < 0.8)
    found = text.encode("utf-8", "surrogatepass")
    return found if len(found) <= min(most, MOST) else None
