"""The case files of a policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from vbprules import catalog
from vbprules.bundles.reading import is_bundle
from vbprules.cases.checks import check_case_file
from vbprules.cases.files import CaseFile, read_case_file
from vbprules.cases.which import SUFFIXES, is_case_file
from vbprules.diagnostics import InputError, Report


def case_paths(places: Sequence[str]) -> Iterator[Path]:
    """The files named, and every case file below the folders named, in order."""
    for place in places:
        path = Path(place)
        if path.is_dir():
            there = sorted(item for item in path.rglob("*") if item.suffix in SUFFIXES and item.is_file())
            yield from (item for item in there if is_case_file(item))
        else:
            yield path


def suite_of(policy: str, places: Sequence[str]) -> tuple[CaseFile, ...]:
    """The case files for a policy among the files and folders named.

    Raises InputError with every finding about them, or if there is none.
    """
    wanted = catalog.find(policy).resolve()
    report = Report()
    if is_bundle(catalog.bytes_of(catalog.find(policy))):
        report.error("bundle_not_here", None, name=policy)
        report.raise_if_errors()
    found = [file for path in case_paths(places) if _is_for(file := read_case_file(path, report), wanted)]
    if not found and not report.has_errors:
        report.error("no_cases", None, policy=policy, places=", ".join(places))
    for file in found:
        check_case_file(file, catalog.load(policy), report)
    report.raise_if_errors()
    return tuple(found)


def _is_for(file: CaseFile, wanted: Path) -> bool:
    try:
        return catalog.find(file.policy).resolve() == wanted
    except InputError:
        return False
