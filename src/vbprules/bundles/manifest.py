"""The manifest of a bundle: what is in it, and with what it was compiled and tested."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vbprules.bundles.archive import first_difference
from vbprules.diagnostics import Mark, Report, Source
from vbprules.language.shape import Shape, text_map
from vbprules.reading import Limits, read

FORMAT: Final = 1
_KEYS: Final = ("bundle", "policy", "language", "vbprules", "calendar", "cases_passed", "files")
_CALENDAR: Final = ("edition", "sha256", "version")
_WHERE: Final = "manifest"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,8}")
_LIMITS: Final = Limits(bytes=1_000_000)


@dataclass(frozen=True, slots=True)
class Manifest:
    """``language``: of the policy; ``library``: the vbprules that compiled and tested it; ``edition``, ``calendar``:
    of its working days, by name and SHA-256; ``version``: the version of the working days that the bundle pins, empty
    where the as-of date decides; ``files``: SHA-256 by name."""

    policy: str
    language: int
    library: str
    edition: str
    calendar: str
    version: str
    cases_passed: int
    files: Mapping[str, str]


def written(manifest: Manifest) -> bytes:
    """The one form in which a manifest stands in a bundle: JSON."""
    days = {"edition": manifest.edition, "sha256": manifest.calendar}
    told = {
        "bundle": FORMAT,
        "policy": manifest.policy,
        "language": manifest.language,
        "vbprules": manifest.library,
        "calendar": days | ({"version": manifest.version} if manifest.version else {}),
        "cases_passed": manifest.cases_passed,
        "files": dict(manifest.files),
    }
    return (json.dumps(told, indent=2) + "\n").encode("ascii")


def read_manifest(data: bytes, name: str, report: Report) -> Manifest | None:
    """The manifest; None after findings, each at its line."""
    before = report.error_count
    root = read(data, name, report, _LIMITS)
    if root is None:
        return None
    top = Shape(root, report, _WHERE, _KEYS)
    if (form := top.text("bundle")) != str(FORMAT) and "bundle" in top:
        report.error("bundle_form_unknown", top.get("bundle"), value=form, known=FORMAT)
        return None
    days = Shape(top.get("calendar"), report, f"{_WHERE}.calendar", _CALENDAR)
    texts = {name: top.required_text(name) for name in ("bundle", "policy", "vbprules")}
    edition, calendar, version = days.required_text("edition"), days.required_text("sha256"), days.text("version")
    language, passed = _number(top, "language"), _number(top, "cases_passed")
    for key in ("calendar", "files"):
        top.require(key)
    files = text_map(top.get("files"), report, f"{_WHERE}.files")
    for at, digest in ((days.get("sha256"), calendar), *((top.get("files"), digest) for digest in files.values())):
        if at is not None and _DIGEST.fullmatch(digest) is None:
            report.error("bundle_value", at, value=digest, what="sha256")
    if report.error_count > before:
        return None
    found = Manifest(texts["policy"], language, texts["vbprules"], edition, calendar, version, passed, files)
    return found if _as_written(found, data, name, report) else None


def _number(top: Shape, key: str) -> int:
    text = top.required_text(key)
    if _NUMBER.fullmatch(text):
        return int(text)
    if key in top:
        top.report.error("bundle_value", top.get(key), value=text, what=key)
    return 0


def _as_written(manifest: Manifest, data: bytes, name: str, report: Report) -> bool:
    """Two texts must not mean one manifest: whoever signs one would have signed the other."""
    expected = written(manifest)
    at = first_difference(data, expected)
    if at is None:
        return True
    before = data[:at].decode("utf-8", "replace")
    line, column = Source(name, before).position(len(before))
    report.error("bundle_manifest_form", Mark(line, column, line, column + 1))
    return False
