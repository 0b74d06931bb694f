"""Rulings: the readings an agency has adopted and the determinations it has made, each with date and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbprules.bundles.bundled import Bundled
from vbprules.bundles.reading import RULINGS, inner
from vbprules.diagnostics import Report, Source, suggest
from vbprules.facts.cells import read_day
from vbprules.facts.dossier import determinations_of, digest, read_source
from vbprules.facts.rows import Determination
from vbprules.language.policy import Policy
from vbprules.language.shape import Shape, elements
from vbprules.reading import Node, Sequence, read
from vbprules.values.figures import show_date
from vbprules.values.ranges import Range


@dataclass(frozen=True, slots=True)
class AdoptedReading:
    reading: str
    option: str
    by: str
    day: Range
    source: str


@dataclass(frozen=True, slots=True)
class Rulings:
    """What an agency has settled for a policy. ``digest`` identifies the file."""

    policy: str
    readings: tuple[AdoptedReading, ...]
    determinations: tuple[Determination, ...]
    digest: str

    def visible(self, as_of: int) -> dict[str, str]:
        """The readings adopted by a day; the latest counts."""
        found = sorted((item for item in self.readings if item.day.hi <= as_of), key=lambda item: item.day.hi)
        return {item.reading: item.option for item in found}

    def describe(self, as_of: int) -> tuple[str, ...]:
        lines = [
            f"{item.reading}={item.option} ({item.by}, {show_date(item.day.hi)}, {item.source})"
            for item in self.readings
            if item.day.hi <= as_of
        ]
        return (*lines, f"sha256:{self.digest}")


def read_rulings(source: Path | str | Mapping[str, Any], policy: Policy, report: Report | None = None) -> Rulings:
    """Rulings from a path, YAML text or a mapping, checked against the policy.

    Raises InputError with every finding unless a ``report`` is given to collect them.
    """
    own = report or Report()
    found = _rulings(read_source(source, "rulings", own), policy, own)
    if report is None:
        own.raise_if_errors()
    return found


def adopted_rulings(
    given: Rulings | Path | str | Mapping[str, Any] | None, policy: Policy, bundle: Bundled | None, report: Report
) -> Rulings | None:
    """The rulings that count: those given, or those of the bundle in which the policy came.

    A bundle is the whole law: other rulings beside it go to ``report``, and so does every other slip.
    """
    found = given if isinstance(given, Rulings) or given is None else read_rulings(given, policy, report)
    if bundle is None:
        return found
    own = None
    if bundle.rulings is not None:
        name = inner(bundle.name, RULINGS)
        with report.source(name):
            own = _rulings(read(bundle.rulings, name, report), policy, report)
    if found is not None and (own is None or found.digest != own.digest):
        with report.source(Source(bundle.name, "")):
            report.error("bundle_own", None, what="rulings")
    return own


def _rulings(root: Node | None, policy: Policy, report: Report) -> Rulings:
    top = Shape(root, report, "rulings", ("policy", "readings", "determinations", "note"))
    if "policy" in top and top.text("policy") != policy.id:
        report.error("bad_ruling", top.get("policy"), what=f"policy: {top.text('policy')} ≠ {policy.id}")
    adopted = []
    for node in elements(top.get("readings"), report, "rulings.readings"):
        s = Shape(node, report, "rulings.readings", ("reading", "option", "by", "day", "source", "note"))
        name, option = s.required_text("reading"), s.required_text("option")
        for key in ("by", "source"):
            s.require(key)
        day = read_day(at, report) if (at := s.require("day")) is not None else None
        if check_reading(policy, name, option, node, report) and day is not None:
            adopted.append(AdoptedReading(name, option, s.text("by"), day, s.text("source")))
    listed = top.get("determinations")
    nodes = listed.items if isinstance(listed, Sequence) else ()
    if listed is not None and not isinstance(listed, Sequence):
        report.error("not_a_list", listed, where="rulings.determinations")
    return Rulings(policy.id, tuple(adopted), determinations_of(nodes, report), digest(root))


def check_reading(policy: Policy, name: str, option: str, at: Node | None, report: Report) -> bool:
    """A fixed reading names one that the policy declares, and one of its options."""
    reading = policy.readings.get(name)
    if reading is None:
        report.error("unknown_ruling_reading", at, name=name, suggestion=suggest(name, policy.readings))
        return False
    if option not in reading.options:
        report.error("ruling_option", at, name=name, option=option, choices=", ".join(reading.options))
        return False
    return True
