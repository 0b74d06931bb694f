"""A file in its normal form. What cannot be read back as the same is never handed out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vbprules.diagnostics import Report
from vbprules.formatting.comments import comments_of, texts
from vbprules.formatting.figures import respelled
from vbprules.formatting.layout import laid_out
from vbprules.formatting.order import ordered
from vbprules.formatting.sameness import plain, same_policy
from vbprules.language.surface import Surface, in_chinese, in_english, words_of
from vbprules.language.versions import reads_language
from vbprules.language.words import ENGLISH
from vbprules.reading import Mapping, Node, read

_SCHEMA: Final = re.compile(r"^(# yaml-language-server: \$schema=(?:.*/)?)policy(?:\.zh)?\.schema\.json$")
_POLICY_LEVELS: Final = 2  # the file and its sections go line by line; of other files the file alone


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file as it was and as it should be. ``surface`` is None for a file that is no policy."""

    name: str
    before: bytes
    after: bytes
    surface: Surface | None

    @property
    def changed(self) -> bool:
        return self.before != self.after


def formatted(data: bytes, name: str, report: Report, surface: Surface | None = None) -> Formatted | None:
    """The normal form of a policy file, on its own surface or on the one that is asked for.

    Of any other file, a dossier or a case file, only the layout is made normal. None, with an error reported, where the
    file cannot be read, and where its normal form would not say the same.
    """
    root = read(data, name, report)
    source = report.current
    if root is None or source is None or report.has_errors:
        return None
    policy = is_policy(root)
    if policy and not reads_language(in_english(root), report):
        return None
    if surface is not None and not policy:
        report.error("surface_of_policies", None)
        return None
    chosen = (surface or words_of(root).surface) if policy else None
    tree, twin = (root, root) if chosen is None else _normal(root, chosen)
    levels = _POLICY_LEVELS if policy else 1
    comments = comments_of(root, source, levels)
    if chosen is not None:
        comments.head = [with_schema(line, chosen) for line in comments.head]
    after = laid_out(tree, twin, source, comments, levels).encode()
    if not _kept(data, after, tree, texts(comments), name, levels):
        report.error("not_formatted", None)
        return None
    return Formatted(name, data, after, chosen)


def with_schema(comment: str, surface: Surface) -> str:
    """The line that tells an editor its schema, with ours for the surface; any other comment as it is."""
    wanted = "policy.zh.schema.json" if surface == "zh" else "policy.schema.json"
    return _SCHEMA.sub(lambda found: found[1] + wanted, comment)


def is_policy(root: Node) -> bool:
    """Whether a file has the sections of a policy."""
    keys = {ENGLISH.get(key.text, key.text) for key, _ in root.entries} if isinstance(root, Mapping) else set()
    return {"document", "provisions"} <= keys


def _normal(root: Node, surface: Surface) -> tuple[Node, Node]:
    """The tree of a policy file in its order, its figures in one spelling: on a surface, and on the other."""
    tree = ordered(in_english(root))
    english, chinese = respelled(tree, "en"), in_chinese(respelled(tree, "zh"))
    return (chinese, english) if surface == "zh" else (english, chinese)


def _kept(before: bytes, after: bytes, tree: Node, comments: list[str], name: str, levels: int) -> bool:
    """Whether the text reads back as the tree, with all comments, and as the same policy."""
    report = Report()
    again = read(after, name, report)
    if again is None or report.has_errors or report.current is None or plain(again) != plain(tree):
        return False
    if texts(comments_of(again, report.current, levels)) != comments:
        return False
    return levels != _POLICY_LEVELS or same_policy(before, after, name)
