"""Whether two files say the same: their trees as plain text, their policies as compiled."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any, Final

from vbprules.diagnostics import Report
from vbprules.formatting.figures import spelled
from vbprules.language.parse import parse_policy
from vbprules.language.shape import report_repeated
from vbprules.language.surface import in_english
from vbprules.program.compile import compile_policy
from vbprules.program.ir import Const, Program
from vbprules.reading import Mapping, Mark, Node, Scalar, Sequence, read

_PLACES: Final = frozenset({"mark", "digest", "root", "named"})


def plain(node: Node) -> Any:
    """A tree without its places and quotes: texts, lists, and tuples of pairs in their order."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return tuple((key.text, plain(value)) for key, value in node.entries)


def same_policy(before: bytes, after: bytes, name: str) -> bool:
    """Whether two policy files compile to the same. A draft that does not compile must have the same findings."""
    first, first_report = _compiled(before, name)
    second, second_report = _compiled(after, name)
    if first_report.has_errors:
        return _codes(first_report) == _codes(second_report)
    return not second_report.has_errors and meaning(first) == meaning(second)


def meaning(value: Any) -> Any:
    """Whatever a policy or program holds, without the places, spellings and key orders of the file it was read from."""
    if isinstance(value, (Scalar, Sequence, Mapping)):
        return _unordered(value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = tuple(
            (item.name, meaning(_part(value, item.name))) for item in fields(value) if _counts(item.name, value)
        )
        return type(value).__name__, kept
    if isinstance(value, dict):
        return {key: meaning(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [meaning(part) for part in value]
    return value


def _part(value: Any, name: str) -> Any:
    part = getattr(value, name)
    return spelled(part, "en") if name == "text" and isinstance(value, Const) else part


def _counts(name: str, value: Any) -> bool:
    return name not in _PLACES and not isinstance(getattr(value, name), Mark)


def _unordered(node: Node) -> Any:
    if isinstance(node, Scalar):
        return spelled(node.text, "en")
    if isinstance(node, Sequence):
        return [_unordered(item) for item in node.items]
    return {key.text: _unordered(value) for key, value in node.entries}


def _compiled(data: bytes, name: str) -> tuple[Program | None, Report]:
    report = Report()
    root = read(data, name, report)
    if root is None:
        return None, report
    tree = in_english(root)
    report_repeated(tree, report)
    return compile_policy(parse_policy(tree, sha256(data).hexdigest(), report), report), report


def _codes(report: Report) -> list[str]:
    return sorted(finding.code for finding in report.findings)
