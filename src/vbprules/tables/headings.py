"""What the columns of a table mean, and which of its rows belong to which institution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import polars as pl

from vbprules.diagnostics import Mark, Report, suggest
from vbprules.language.vocabulary import INSTITUTION, row_keys
from vbprules.language.words import columns as words_of
from vbprules.tables.sources import CATALOGUES, COMPLETENESS, INSTITUTIONS, RawTable
from vbprules.tables.states import State

OF: Final = "institution"
ROW: Final = ":row"  # where a row stands in its source
LEFT_OUT: Final = "-"  # in a mapping: a column that is not part of the facts
_OF_ZH: Final = ("机构", "机构编号", "医疗机构")
Headings = Mapping[str, Mapping[str, str]]  # of a list: what a foreign heading means


@dataclass(frozen=True, slots=True, eq=False)
class Headed:
    """A table under our headings, with ``:row`` and, unless it is a catalogue, ``institution``.

    ``positions``: of a column its place in the source, from 1; ``state``: of its file, before it was read.
    """

    number: int
    name: str
    origin: str
    frame: pl.LazyFrame
    positions: Mapping[str, int]
    holds: object = None
    state: State | None = None

    @property
    def catalogue(self) -> bool:
        """Its rows belong to whoever refers to them."""
        return OF not in self.positions


def headed(raw: Sequence[RawTable], report: Report, headings: Headings | None = None) -> list[Headed]:
    """The tables with their headings understood. A column that is not is an error, since what it says would be lost."""
    return [_headed(number, table, report, (headings or {}).get(table.name, {})) for number, table in enumerate(raw)]


def _headed(number: int, raw: RawTable, report: Report, foreign: Mapping[str, str]) -> Headed:
    known = _known(raw.name)
    names: dict[str, str] = {}
    positions: dict[str, int] = {}
    with report.source(raw.origin):
        for position, heading in enumerate(raw.frame.collect_schema(), 1):
            said = foreign.get(heading, heading).strip()
            name = known.get(said)
            if LEFT_OUT in (said, name):
                continue
            at = Mark(1, position, 1, position + 1)
            if name is None:
                report.error(
                    "unknown_column", at, column=heading, list=raw.name, suggestion=partial(suggest, said, known)
                )
            elif name in positions:
                report.error("repeated_column", at, column=heading)
            else:
                names[heading] = name
                positions[name] = position
        if OF not in positions and raw.name not in (*CATALOGUES, COMPLETENESS):
            report.error("no_institution", None, list=raw.name, column="id" if raw.name == INSTITUTIONS else OF)
    columns = [pl.col(old).alias(new) for old, new in names.items() if new != OF]
    own = [pl.col(old).cast(pl.String).str.strip_chars().alias(OF) for old, new in names.items() if new == OF]
    frame = raw.frame.select(*own, *columns).with_row_index(ROW, offset=raw.first)
    return Headed(number, raw.name, raw.origin, frame, positions, raw.holds, raw.state)


def _known(name: str) -> dict[str, str]:
    """What may stand at the head of a table, and what it means."""
    chinese = dict.fromkeys(_OF_ZH, OF)
    if name == COMPLETENESS:
        plain = (OF, "list", "complete_through", "complete")
        return {**{key: key for key in plain}, **chinese, "列表": "list", "完整至": plain[2], "完整": plain[3]}
    table = INSTITUTION if name == INSTITUTIONS else name
    keys = [key for key in row_keys(table) if key != "note"]
    words = {zh: en for zh, en in words_of(table).items() if en in keys}
    own = {"id": OF, "编号": OF} if name == INSTITUTIONS else {}
    return {**{key: key for key in keys}, **words, **chinese, OF: OF, **own, "note": LEFT_OUT, "说明": LEFT_OUT}
