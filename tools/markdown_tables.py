"""Tables of Markdown pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from vbprules.language.words import WORDS


def row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def key_table(
    names: Iterable[str], required: Collection[str], texts: Callable[[str], tuple[str, str]]
) -> Iterator[str]:
    """The keys of a mapping, in English and in Chinese, with what is said of each. ``required`` must stand there."""
    yield from ("| 键 key | 中文 | | |", "|---|---|---|---|")
    for name in names:
        yield row(f"`{name}`", f"`{WORDS[name]}`", "●" if name in required else "", "<br>".join(texts(name)))
