"""The normal form of a file: the same tree in one order, one spelling and one layout, with its comments."""

from vbprules.formatting.format import Formatted, formatted

__all__ = ["Formatted", "formatted"]
