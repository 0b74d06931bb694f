"""The front door to bundles: making one from files, and opening one with everything about it checked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from vbprules import __version__, catalog
from vbprules.bundles.archive import LARGEST, packed
from vbprules.bundles.bundled import Bundled
from vbprules.bundles.manifest import Manifest, written
from vbprules.bundles.reading import CALENDAR, MANIFEST, POLICY, RULINGS, Bundle, in_order, is_bundle, read_bundle
from vbprules.bundles.signing import check_signature
from vbprules.calendar.identity import calendar_identity
from vbprules.cases.compare import run_case
from vbprules.cases.suite import suite_of
from vbprules.diagnostics import Report, Source
from vbprules.facts.local_calendar import adopted_calendar, choose_calendar
from vbprules.facts.rulings import adopted_rulings, read_rulings
from vbprules.language.versions import NEWEST
from vbprules.program.ir import Program
from vbprules.reading import Limits, read_bytes

MOST_CASES = 999


def make_bundle(
    policy: str | Path,
    *,
    rulings: str | Path | None = None,
    calendar: str | Path | None = None,
    cases: Sequence[str | Path] = (),
) -> bytes:
    """The bytes of a bundle: the policy with its rulings, working days and cases. Same files, same bytes.

    ``policy``: the id of one that ships, or a file; ``rulings``: a file; ``calendar``: a version of the working days or
    a file of local days; ``cases``: case files or folders, of which those of this policy are taken and must hold.

    Raises InputError with every finding about any of them, or about the finished bundle as its reader sees it.
    """
    report = Report()
    path = catalog.find(policy)
    data = catalog.bytes_of(path)
    if is_bundle(data):
        report.error("bundle_not_here", None, name=str(policy))
        report.raise_if_errors()
    program = catalog.check(data, str(path), report)
    report.raise_if_errors()
    assert program is not None
    files = {POLICY: data}
    if rulings is not None:
        files |= _file(RULINGS, rulings, report)
        report.raise_if_errors()
        read_rulings(Path(rulings), program.policy, report)
    chosen = choose_calendar(calendar, None, report)
    report.raise_if_errors()
    version = chosen.pinned or ""
    if calendar is not None and not version:
        files |= _file(CALENDAR, calendar, report)
    report.raise_if_errors()
    kept, passed = _cases(str(policy), cases, report)
    report.raise_if_errors()
    edition, days = calendar_identity()
    files = {name: {**files, **kept}[name] for name in in_order({**files, **kept})}
    digests = {name: sha256(content).hexdigest() for name, content in files.items()}
    manifest = Manifest(program.policy.id, NEWEST, __version__, edition, days, version, passed, digests)
    made = packed({MANIFEST: written(manifest), **files})
    _usable(made, f"{path.stem}.zip", report)
    report.raise_if_errors()
    return made


def open_bundle(
    path: str | Path,
    *,
    pin: str | None = None,
    signers: str | Path | None = None,
    signer: str = "",
    signature: str | Path | None = None,
) -> Bundle:
    """A bundle that is whole, is the one pinned, and bears the signature asked for. Nothing of it is compiled.

    ``signers``: OpenSSH's file of allowed signers, with ``signer`` the identity that must have signed; ``signature`` is
    the file beside the bundle with ``.sig`` at its end if nothing else is said.

    Raises InputError with every finding.
    """
    name, report = os.fspath(path), Report()
    data = read_bytes(path, report, Limits(bytes=LARGEST))
    report.raise_if_errors()
    assert data is not None
    catalog.check_pin(pin, data, name, report)
    if signers is not None:
        check_signature(data, name, Path(signature or f"{name}.sig"), Path(signers), signer, report)
    report.raise_if_errors()
    bundle = read_bundle(data, name, report)
    report.raise_if_errors()
    assert bundle is not None
    return bundle


def check_usable(bundle: Bundle, report: Report) -> Program | None:
    """Report whatever would keep a bundle from being used here: what a decision from it would be refused for."""
    return _usable(packed(bundle.files), bundle.name, report)  # just the bytes that it was read from


def _usable(data: bytes, name: str, report: Report) -> Program | None:
    if len(data) > LARGEST:
        with report.source(Source(name, "")):
            report.error("bundle_too_big", None, limit=LARGEST)
        return None
    program = catalog.check(data, name, report)
    if program is not None and isinstance(program.bundle, Bundled) and not report.has_errors:
        adopted_rulings(None, program.policy, program.bundle, report)
        adopted_calendar(None, (program.bundle,), None, report)
    return program


def _file(name: str, path: str | Path, report: Report) -> dict[str, bytes]:
    data = read_bytes(path, report)
    return {} if data is None else {name: data}


def _cases(policy: str, places: Sequence[str | Path], report: Report) -> tuple[dict[str, bytes], int]:
    """The case files by their names in the bundle, and how many cases they have. Findings say which do not hold."""
    if not places:
        return {}, 0
    suite = suite_of(policy, [os.fspath(place) for place in places])
    if len(suite) > MOST_CASES:
        report.error("bundle_too_many_cases", None, count=len(suite), limit=MOST_CASES)
        return {}, 0
    files: dict[str, bytes] = {}
    passed = 0
    for number, file in enumerate(suite, 1):
        files |= _file(f"cases/{number:03}.yaml", file.written.source.name, report)
        for item in file.cases:
            if run_case(item)[1]:
                with report.source(file.written.source):
                    report.error("bundle_case_fails", None, name=item.name)
            passed += 1
    return files, passed
