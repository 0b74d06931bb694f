"""What a skeleton leaves for a person to confirm: the word 待确认 where a value should stand."""

from __future__ import annotations

from typing import Final

from vbprules.diagnostics import Report
from vbprules.reading import Mapping, Node, Scalar, Sequence

UNCONFIRMED: Final = "待确认"


def report_unconfirmed(node: Node, report: Report, key: str = "") -> None:
    """Report every value that is still to be confirmed, by the key under which it stands."""
    if isinstance(node, Mapping):
        for name, value in node.entries:
            report_unconfirmed(value, report, name.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            report_unconfirmed(item, report, key)
    elif isinstance(node, Scalar) and node.text == UNCONFIRMED:
        report.error("unconfirmed", node, key=key)


def stated(node: Node | None, unsaid: str) -> Node | None:
    """The node, or ``unsaid`` in place of a value to be confirmed, so that no other finding comes of it."""
    if isinstance(node, Scalar) and node.text == UNCONFIRMED:
        return Scalar(unsaid, node.mark, node.quoted)
    return node
