"""Which values of a policy are left to another document, by the names under which a dossier may give them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from vbprules.language.policy import Policy
from vbprules.reading.nodes import Mapping, Node, Scalar, Sequence


def left_to(policy: Policy, instrument: str, provisions: Collection[str]) -> tuple[str, ...]:
    """Names as ``prepay.due`` of these provisions, and the quantities and terms of the policy, that it ``set_by``."""
    names = [
        f"{provision.id}.{key}"
        for provision in policy.provisions.values()
        if provision.id in provisions
        for key, node in provision.values.items()
        if instrument in _set_by(node)
    ]
    for provision in policy.provisions.values():
        if provision.id in provisions and any(instrument in item.set_by for item in provision.exemptions):
            names += [f"{provision.id}.{key}" for key in ("amount", "due") if key in provision.values]
    named = (*policy.quantities.values(), *policy.terms.values())
    return (*dict.fromkeys(names), *(one.id for one in named if instrument in _set_by(one.node)))


def _set_by(node: Node) -> Iterator[str]:
    """Every document named by a ``set_by`` in a value."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _set_by(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text == "set_by":
                yield from (one.text for one in _items(value) if isinstance(one, Scalar))
            else:
                yield from _set_by(value)


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)
