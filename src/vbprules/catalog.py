"""Finding and loading policies: by name from those that ship, from a file or a bundle. Each is compiled once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from vbprules.bundles.archive import LARGEST
from vbprules.bundles.reading import POLICY, Bundle, check_here, inner, is_bundle, read_bundle
from vbprules.diagnostics import InputError, Report, Source, suggest
from vbprules.language.confusables import check_confusables
from vbprules.language.parse import parse_policy
from vbprules.language.policy import Policy
from vbprules.language.shape import report_repeated
from vbprules.language.surface import in_english, words_of
from vbprules.language.told import in_chinese_words
from vbprules.language.versions import NEWEST, reads_language
from vbprules.limits import Limits, current
from vbprules.program.compile import compile_policy
from vbprules.program.ir import Program
from vbprules.reading import read, read_bytes

_SHIPPED = (Path(__file__).parent / "policies", Path(__file__).parents[2] / "policies")
_PIN: Final = re.compile(r"sha256:([0-9a-fA-F]{64})")


def shipped_policies() -> dict[str, Path]:
    """The policies that come with the library, by id."""
    return dict(_shipped())


@cache
def _shipped() -> Mapping[str, Path]:
    folder = next((folder for folder in _SHIPPED if folder.is_dir()), None)
    return {} if folder is None else {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def load(policy: str | Path, *, pin: str | None = None) -> Program:
    """A compiled policy, by the id of one that ships or the path of a policy file or bundle.

    ``pin``: ``sha256:`` and the SHA-256 of the bytes of that file; any other file is refused before it is compiled.
    Raises InputError with every finding if the policy is not known, is not the one pinned, or has errors.
    """
    return opened(policy, pin)[0]


def opened(policy: str | Path, pin: str | None = None) -> tuple[Program, bytes]:
    """A compiled policy and the bytes of its file or bundle. Parameters and errors are those of `load`."""
    path = find(policy)
    data = bytes_of(path)
    report = Report()
    check_pin(pin, data, str(path), report)
    report.raise_if_errors()
    return _compiled(str(path), data, current()), data


def check_pin(pin: str | None, data: bytes, name: str, report: Report) -> None:
    """Report a pin that is none, or that other bytes than these have."""
    if pin is None:
        return
    wanted = _PIN.fullmatch(pin)
    found = hashlib.sha256(data).hexdigest()
    with report.source(Source(name, "")):
        if wanted is None:
            report.error("bad_pin", None, text=pin)
        elif wanted.group(1).lower() != found:
            report.error("other_pin", None, pin=pin, found=f"sha256:{found}")


def bytes_of(path: Path) -> bytes:
    """The bytes of a policy file or bundle. Raises InputError where it cannot be read or is too large for either."""
    report = Report()
    data = read_bytes(path, report, limits_of_files())
    report.raise_if_errors()
    assert data is not None
    return data


def limits_of_files() -> Limits:
    """What a file may be as a whole: what is in it has limits of its own."""
    return replace(current(), bytes=LARGEST)


def policy_bytes(policy: str | Path) -> bytes:
    """The bytes of a policy file, out of its bundle where it is in one. Raises InputError as `load` does."""
    path = find(policy)
    data = bytes_of(path)
    if not is_bundle(data):
        return data
    report = Report()
    bundle = read_bundle(data, str(path), report)
    report.raise_if_errors()
    assert bundle is not None
    return bundle.policy


def find(policy: str | Path) -> Path:
    shipped = shipped_policies()
    if isinstance(policy, str) and policy in shipped:
        return shipped[policy]
    path = Path(policy)
    if _is_file(path):
        return path
    report = Report()
    report.error("unknown_policy", None, name=str(policy), suggestion=suggest(str(policy), shipped))
    raise InputError(tuple(report.findings))


def _is_small(policy: Policy, report: Report) -> bool:
    """Whether there are no more provisions than are compiled."""
    most = current().provisions
    beyond = next(islice(policy.provisions.values(), most, None), None)
    if beyond is not None:
        report.error("too_many_provisions", beyond.mark, name="provisions", limit=most)
    return beyond is None


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is the name of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=64)
def _compiled(name: str, data: bytes, limits: Limits) -> Program:
    """Compiled once for each content. ``limits``: those that hold, since they decide what is refused."""
    report = Report()
    program = check(data, name, report)
    report.raise_if_errors()
    assert program is not None
    return program


def check(data: bytes, name: str, report: Report) -> Program | None:
    """Read and compile a policy or a bundle, collecting every finding.

    None where nothing can be read, or too much, or where it is of a version of the language that is not read here.
    """
    if not is_bundle(data):
        return _checked(data, name, report)
    bundle = read_bundle(data, name, report)
    if bundle is None:
        return None
    before = report.error_count
    check_here(bundle, report)
    program = _checked(bundle.policy, inner(name, POLICY), report) if report.error_count == before else None
    if program is None:
        return None
    check_stated(bundle, program, report)
    return replace(program, bundle=bundle.bundled())


def check_stated(bundle: Bundle, program: Program, report: Report) -> None:
    """Report what the manifest of a bundle says of its policy that is not so."""
    stated = {"policy": bundle.manifest.policy, "language": str(bundle.manifest.language)}
    found = {"policy": program.policy.id, "language": str(NEWEST)}
    with report.source(Source(bundle.name, "")):
        for what, told in stated.items():
            if told != found[what]:
                report.error("bundle_states", None, what=what, stated=told, found=found[what])


def _checked(data: bytes, name: str, report: Report) -> Program | None:
    root = read(data, name, report)
    if root is None:
        return None
    words = words_of(root)
    own = Report() if words.surface == "zh" else report
    own.use(report.current or name)
    translated = in_english(root)
    program = None
    if reads_language(translated, own):
        words.report_mixed(own)
        check_confusables(root, report)
        report_repeated(translated, own)
        policy = parse_policy(translated, hashlib.sha256(data).hexdigest(), own)
        program = compile_policy(policy, own) if _is_small(policy, own) else None
    if own is not report:
        for finding in own.findings:
            report.take(in_chinese_words(finding))
    return program
