"""The catalogue of all findings: readable name -> stable code and texts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vbprules.diagnostics.entry import Entry, fill
from vbprules.diagnostics.texts_bundles import BUNDLES
from vbprules.diagnostics.texts_calendar import CALENDARS
from vbprules.diagnostics.texts_comparing import COMPARING
from vbprules.diagnostics.texts_databases import DATABASES
from vbprules.diagnostics.texts_dossier import CASES, DOSSIER, RULINGS
from vbprules.diagnostics.texts_drafting import DRAFTING
from vbprules.diagnostics.texts_fidelity import FIDELITY
from vbprules.diagnostics.texts_formatting import FORMATTING
from vbprules.diagnostics.texts_limits import LIMITS
from vbprules.diagnostics.texts_logic import LOGIC
from vbprules.diagnostics.texts_policy import EXPRESSIONS, POLICY
from vbprules.diagnostics.texts_spread import SPREAD
from vbprules.diagnostics.texts_synth import SYNTH
from vbprules.diagnostics.texts_tables import TABLES
from vbprules.diagnostics.texts_together import TOGETHER
from vbprules.diagnostics.texts_yaml import YAML

__all__ = ["BY_CODE", "CATALOGUE", "NAMES", "Entry", "fill"]


def _merged(*tables: Mapping[str, Entry]) -> Mapping[str, Entry]:
    merged: dict[str, Entry] = {}
    for table in tables:
        for name, entry in table.items():
            if name in merged:
                raise ValueError(f"finding {name!r} is defined twice")
            merged[name] = entry
    return MappingProxyType(merged)


def _by_code(catalogue: Mapping[str, Entry]) -> Mapping[str, Entry]:
    codes: dict[str, Entry] = {}
    for entry in catalogue.values():
        if entry.code in codes:
            raise ValueError(f"code {entry.code} is used twice")
        codes[entry.code] = entry
    return MappingProxyType(codes)


CATALOGUE: Mapping[str, Entry] = _merged(
    YAML,
    POLICY,
    EXPRESSIONS,
    DOSSIER,
    RULINGS,
    CASES,
    CALENDARS,
    TOGETHER,
    COMPARING,
    FIDELITY,
    LOGIC,
    DRAFTING,
    FORMATTING,
    TABLES,
    DATABASES,
    SYNTH,
    SPREAD,
    BUNDLES,
    LIMITS,
)
BY_CODE: Mapping[str, Entry] = _by_code(CATALOGUE)
NAMES: Mapping[str, str] = MappingProxyType({entry.code: name for name, entry in CATALOGUE.items()})  # by code
