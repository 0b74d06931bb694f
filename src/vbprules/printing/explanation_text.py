"""An explanation as text for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from vbprules.decision.explanation import Explanation
from vbprules.printing.explanation_page import ExplanationPage, Readings
from vbprules.printing.markdown import to_markdown
from vbprules.printing.page import Lang, Page
from vbprules.printing.subjects import Subjects
from vbprules.printing.terminal import to_terminal


def explanation_text(
    explanations: Explanation | Iterable[Explanation],
    lang: Lang = "zh",
    *,
    subjects: Subjects | None = None,
    readings: Readings | None = None,
    full: bool = False,
    columns: int = 100,
    color: bool = False,
) -> str:
    """For a terminal: the verdict, what decided it, what is missing; with ``full`` the whole proof."""
    return to_terminal(_page(explanations, ExplanationPage(lang, subjects, readings, full)), columns, color)


def explanation_markdown(
    explanations: Explanation | Iterable[Explanation],
    lang: Lang = "zh",
    *,
    subjects: Subjects | None = None,
    readings: Readings | None = None,
    full: bool = False,
) -> str:
    """The same as Markdown."""
    return to_markdown(_page(explanations, ExplanationPage(lang, subjects, readings, full)))


def _page(explanations: Explanation | Iterable[Explanation], writer: ExplanationPage) -> Page:
    page = Page()
    for number, one in enumerate([explanations] if isinstance(explanations, Explanation) else explanations):
        if number:
            page.gap()
        writer.write(one, page)
    return page
