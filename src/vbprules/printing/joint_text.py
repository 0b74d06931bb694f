"""A joint decision as text for people: the documents side by side, then each decision as it is printed alone."""

from __future__ import annotations

from vbprules.printing.decision_page import decision_page
from vbprules.printing.joint_page import JointView, joint_page
from vbprules.printing.markdown import to_markdown
from vbprules.printing.page import Page
from vbprules.printing.terminal import to_terminal


def joint_text(view: JointView, columns: int = 100, color: bool = False, decisions: bool = True) -> str:
    """For a terminal. Without ``decisions`` only what the documents are to each other."""
    return "\n".join(to_terminal(page, columns, color) for page in _pages(view, decisions))


def joint_markdown(view: JointView, decisions: bool = True) -> str:
    """The same as Markdown."""
    return "\n".join(to_markdown(page) for page in _pages(view, decisions))


def _pages(view: JointView, decisions: bool) -> list[Page]:
    alone = [decision_page(view.view(policy)) for policy in view.joint.policies] if decisions else []
    return [joint_page(view), *alone]
