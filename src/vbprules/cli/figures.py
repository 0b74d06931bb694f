"""``vbprules figures``: every figure of a policy with its address, for ``whatif --figure``."""

from __future__ import annotations

import json
from typing import Any, Final

from vbprules import catalog
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.printing.page import Page, dim, strong
from vbprules.printing.terminal import to_terminal
from vbprules.program.figures import PolicyFigure, figures_of
from vbprules.values.figures import COUNT, DATE, DAYS, MONEY, MONTHS, NUMBER, SHARE, UNITS, WORKING_DAYS, YEARS

_UNITS: Final = {
    SHARE: ("比例", "share"),
    MONEY: ("金额", "money"),
    UNITS: ("数量", "units"),
    COUNT: ("个数", "count"),
    NUMBER: ("数", "number"),
    DATE: ("日期", "date"),
    DAYS: ("日", "days"),
    WORKING_DAYS: ("工作日", "working days"),
    MONTHS: ("月", "months"),
    YEARS: ("年", "years"),
}


def run(args: Namespace, console: Console) -> int:
    """One entry per figure: address, figure with its unit, line; beneath it the clause with its phrase."""
    found = figures_of(catalog.load(args.policy))
    if args.json:
        rows = [_row(figure) for figure in found]
        console.write_utf8(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0
    page = Page()
    zh = args.lang == "zh"
    for figure in found:
        unit = _UNITS[figure.unit][not zh]
        line = f"第 {figure.mark.line} 行" if zh else f"line {figure.mark.line}"
        page.item(strong(figure.address), f"  {figure.text}  ", dim(f"{unit}  {line}"), marker="·")
        page.item(dim(("；" if zh else "; ").join(map(str, figure.cites))), level=1)
    page.item(dim(f"共 {len(found)} 个数" if zh else f"{len(found)} figures"))
    console.write(to_terminal(page, console.columns, console.color))
    return 0


def _row(figure: PolicyFigure) -> dict[str, Any]:
    return {
        "address": figure.address,
        "value": figure.text,
        "unit": figure.unit,
        "cites": [{"clause": cite.clause, "phrase": cite.phrase} for cite in figure.cites],
        "line": figure.mark.line,
        "column": figure.mark.column,
    }
