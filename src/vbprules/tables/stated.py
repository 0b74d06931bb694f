"""What is recorded about the rest of an institution's facts (acts, answers, given figures), read one by one.

There are few of them, and what is wrong with one is for the dossier's own checks to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from vbprules.columnar.store import ROW as NUMBER
from vbprules.diagnostics import Report
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.facts.rows import Dossier, Row
from vbprules.language.vocabulary import STATEMENTS
from vbprules.tables.chunks import INST, Chunk
from vbprules.tables.dossiers import Dossiers
from vbprules.tables.headings import Headed
from vbprules.tables.rows import ID


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Of each institution a case with its statements alone. ``odd``: those whose statements are not plain."""

    cases: Sequence[Case]
    odd: pl.Series


def stated_of(
    chunk: Chunk,
    tables: Sequence[Headed],
    dossiers: Dossiers,
    case_of: Callable[[Dossier], Case],
    nothing: Case,
    frames: Mapping[str, pl.DataFrame],
    checked: bool,
) -> Stated:
    """The statements of a chunk; ``frames``: the rows that they may be about; ``checked``: against the policy."""
    cases = [nothing] * len(chunk.institutions)
    speaking: set[int] = set()
    for table in tables:
        if table.name in STATEMENTS:
            speaking |= set(chunk.tables[table.number][INST].unique())
    found: dict[int, Dossier] = {}
    odd = []
    for inst in sorted(speaking):
        dossier = dossiers.read(inst, tuple(STATEMENTS)).dossier
        if dossier is None:
            odd.append(inst)
        else:
            found[inst] = dossier
    rows = _subjects(found, frames)
    for inst, dossier in found.items():
        case = case_of(replace(dossier, rows=rows.get(inst, {})))
        report = Report()
        if checked:
            check_facts(case, report)
        if report.has_errors:
            odd.append(inst)
        cases[inst] = case
    return Stated(cases, pl.Series(INST, odd, NUMBER))


def _subjects(
    dossiers: Mapping[int, Dossier], frames: Mapping[str, pl.DataFrame]
) -> dict[int, dict[str, tuple[Row, ...]]]:
    """Of the rows that statements name, their ids: to tell whether there are such rows."""
    named = {
        (inst, subject)
        for inst, dossier in dossiers.items()
        for subject in (*(act.subject for act in dossier.acts), *(item.subject for item in dossier.determinations))
        if subject
    }
    if not named:
        return {}
    wanted = pl.DataFrame(list(named), schema={INST: NUMBER, ID: pl.String}, orient="row")
    found: dict[int, dict[str, tuple[Row, ...]]] = {}
    for entity, frame in frames.items():
        for inst, id in frame.select(INST, ID).join(wanted, on=[INST, ID], how="semi").iter_rows():
            mine = found.setdefault(inst, {})
            mine[entity] = (*mine.get(entity, ()), Row(entity, id, {}, {}))
    return found
