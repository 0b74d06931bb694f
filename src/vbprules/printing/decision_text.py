"""A decision as text for people: for the terminal and as Markdown, in Chinese or English."""

from __future__ import annotations

from vbprules.decision.model import Decision
from vbprules.printing.decision_page import decision_page
from vbprules.printing.entries import View
from vbprules.printing.markdown import to_markdown
from vbprules.printing.page import Lang, Page
from vbprules.printing.subjects import Subjects
from vbprules.printing.terminal import to_terminal


def decision_text(
    decision: Decision,
    lang: Lang = "zh",
    *,
    subjects: Subjects | None = None,
    full: bool = False,
    reasons: bool = True,
    columns: int = 100,
    color: bool = False,
) -> str:
    """The decision for a terminal. ``subjects`` names rows in words; ``full`` tells every outcome with its proof."""
    return to_terminal(_page(decision, lang, subjects, full, reasons), columns, color)


def decision_markdown(
    decision: Decision, lang: Lang = "zh", *, subjects: Subjects | None = None, full: bool = False, reasons: bool = True
) -> str:
    """The same as Markdown."""
    return to_markdown(_page(decision, lang, subjects, full, reasons))


def _page(decision: Decision, lang: Lang, subjects: Subjects | None, full: bool, reasons: bool) -> Page:
    return decision_page(View(decision, lang, subjects or Subjects(), full, reasons))
