"""The beginning of a policy from a document's text: its clauses, and where a person has to look. No law is guessed."""

from vbprules.drafting.draft import Draft, draft_of
from vbprules.drafting.skeleton import skeleton

__all__ = ["Draft", "draft_of", "skeleton"]
