"""Institutions whose ids look the same and are not: their rows would be those of two, each lacking the other's."""

from __future__ import annotations

from typing import Final

import polars as pl

from vbprules.diagnostics import Report
from vbprules.language.confusables import plain_form

_PLAIN: Final = r"^[!-~\x{4e00}-\x{9fff}]*$"  # each of these is its own plain form


def check_alike(ids: pl.Series, report: Report) -> None:
    """Report ids that differ by lookalike, wide or invisible characters only; ``ids``: each institution's once."""
    odd = ids.filter(~ids.str.contains(_PLAIN))
    if odd.is_empty():
        return
    forms = {name: plain_form(name) for name in odd.to_list()}
    first = {name: name for name in ids.filter(ids.is_in(list(forms.values()))).to_list() if name not in forms}
    for name, form in forms.items():
        other = first.setdefault(form, name)
        if other != name:
            codes = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(name) if char not in other)
            report.error("alike_institutions", None, first=other, second=name, codes=codes)
