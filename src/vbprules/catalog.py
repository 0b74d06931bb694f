"""Finding and loading policies: by name from those that ship, or from a file. Each is compiled once per process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from vbprules.diagnostics import InputError, Report, suggest
from vbprules.language.confusables import check_confusables
from vbprules.language.parse import parse_policy
from vbprules.language.shape import report_repeated
from vbprules.language.surface import in_english, words_of
from vbprules.language.told import in_chinese_words
from vbprules.program.compile import compile_policy
from vbprules.program.ir import Program
from vbprules.reading import read

_SHIPPED = (Path(__file__).parent / "policies", Path(__file__).parents[2] / "policies")


def shipped_policies() -> dict[str, Path]:
    """The policies that come with the library, by id."""
    return dict(_shipped())


@cache
def _shipped() -> Mapping[str, Path]:
    folder = next((folder for folder in _SHIPPED if folder.is_dir()), None)
    return {} if folder is None else {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def load(policy: str | Path) -> Program:
    """A compiled policy, by the id of one that ships or the path of a policy file.

    Raises InputError with every finding if the policy is not known or has errors.
    """
    path = find(policy)
    data = path.read_bytes()
    return _compiled(str(path), data)


def find(policy: str | Path) -> Path:
    shipped = shipped_policies()
    if isinstance(policy, str) and policy in shipped:
        return shipped[policy]
    path = Path(policy)
    if path.is_file():
        return path
    report = Report()
    report.error("unknown_policy", None, name=str(policy), suggestion=suggest(str(policy), shipped))
    raise InputError(tuple(report.findings))


@lru_cache(maxsize=64)
def _compiled(name: str, data: bytes) -> Program:
    report = Report()
    program = check(data, name, report)
    report.raise_if_errors()
    assert program is not None
    return program


def check(data: bytes, name: str, report: Report) -> Program | None:
    """Read and compile a policy, collecting every finding. None where nothing could be read."""
    root = read(data, name, report)
    if root is None:
        return None
    words = words_of(root)
    own = Report() if words.surface == "zh" else report
    own.use(report.current or name)
    words.report_mixed(own)
    check_confusables(root, report)
    translated = in_english(root)
    report_repeated(translated, own)
    policy = parse_policy(translated, hashlib.sha256(data).hexdigest(), own)
    program = compile_policy(policy, own)
    if own is not report:
        for finding in own.findings:
            report.take(in_chinese_words(finding))
    return program
