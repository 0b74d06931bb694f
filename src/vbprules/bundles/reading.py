"""Reading a bundle: nothing in it is used before every byte of it is accounted for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from vbprules import __version__
from vbprules.bundles.archive import LARGEST, MAGIC, first_difference, packed, seeming
from vbprules.bundles.bundled import Bundled
from vbprules.bundles.manifest import Manifest, read_manifest
from vbprules.calendar.identity import calendar_identity
from vbprules.diagnostics import Report, Source

MANIFEST: Final = "manifest.json"
POLICY: Final = "policy.yaml"
RULINGS: Final = "rulings.yaml"
CALENDAR: Final = "calendar.yaml"
_FIXED: Final = (MANIFEST, POLICY, RULINGS, CALENDAR)
_CASES: Final = re.compile(r"cases/[0-9]{3}\.yaml")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole. ``digest``: SHA-256 of all of its bytes; ``files``: their contents by name."""

    name: str
    digest: str
    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def policy(self) -> bytes:
        """The bytes of the policy file."""
        return self.files[POLICY]

    def inner(self, name: str) -> str:
        """How a file of the bundle is named where findings say where they are."""
        return inner(self.name, name)

    def bundled(self) -> Bundled:
        """What counts beside the policy."""
        files, version = self.files, self.manifest.version or None
        return Bundled(self.name, self.digest, files.get(RULINGS), files.get(CALENDAR), version)


def is_bundle(data: bytes) -> bool:
    """Whether bytes are meant to be a bundle: no YAML begins so."""
    return data.startswith(MAGIC)


def inner(bundle: str, name: str) -> str:
    """The name of a file within a bundle."""
    return f"{bundle}#{name}"


def in_order(names: Mapping[str, bytes]) -> list[str]:
    """The names of files in the order in which a bundle has them."""
    return sorted(names, key=lambda name: (_FIXED.index(name) if name in _FIXED else len(_FIXED), name))


def read_bundle(data: bytes, name: str, report: Report) -> Bundle | None:
    """A bundle from its bytes. None after findings: it is damaged, has what it may not have, or its manifest lies."""
    with report.source(Source(name, "")):
        if len(data) > LARGEST:
            report.error("bundle_too_big", None, limit=LARGEST)
            return None
        files = _files(data, report)
        if files is None:
            return None
        manifest = read_manifest(files[MANIFEST], inner(name, MANIFEST), report)
        report.use(name)
        if manifest is None or not _agree(manifest, files, report):
            return None
        return Bundle(name, sha256(data).hexdigest(), manifest, files)


def check_here(bundle: Bundle, report: Report) -> None:
    """Report where this installation is not the one with which a bundle was compiled and tested."""
    manifest = bundle.manifest
    edition, calendar = calendar_identity()
    with report.source(Source(bundle.name, "")):
        if manifest.library != __version__:
            report.error("bundle_other_library", None, here=__version__, there=manifest.library)
        if (manifest.edition, manifest.calendar) != (edition, calendar):
            here, there = f"{edition} {calendar[:12]}…", f"{manifest.edition} {manifest.calendar[:12]}…"
            report.error("bundle_other_calendar", None, here=here, there=there)


def _files(data: bytes, report: Report) -> dict[str, bytes] | None:
    before = report.error_count
    files: dict[str, bytes] = {}
    for name, content in seeming(data):
        if name not in _FIXED and _CASES.fullmatch(name) is None:
            report.error("bundle_entry", None, name=name)
        elif name in files:
            report.error("bundle_entry_twice", None, name=name)
        files[name] = content
    if report.error_count > before:
        return None
    at = first_difference(data, packed({name: files[name] for name in in_order(files)}))
    if at is not None:
        report.error("bundle_broken", None, offset=at + 1, size=len(data))
        return None
    lacking = [name for name in (MANIFEST, POLICY) if name not in files]
    for name in lacking:
        report.error("bundle_lacks", None, name=name)
    return None if lacking else files


def _agree(manifest: Manifest, files: Mapping[str, bytes], report: Report) -> bool:
    """Whether the manifest names just the files that are there, with their digests."""
    before = report.error_count
    there = {name: sha256(content).hexdigest() for name, content in files.items() if name != MANIFEST}
    for name in sorted(there.keys() | manifest.files.keys()):
        if name not in there:
            report.error("bundle_lacks", None, name=name)
        elif name not in manifest.files:
            report.error("bundle_entry", None, name=name)
        elif there[name] != manifest.files[name]:
            report.error("bundle_digest", None, name=name, stated=manifest.files[name], found=there[name])
    return report.error_count == before
