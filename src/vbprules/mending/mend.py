"""Mending a file: edits are tried, and kept only if the file read again proves them right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vbprules.diagnostics import Edit, Finding, Report, Source
from vbprules.mending.edits import edits_of

_PASSES: Final = 6
_ALONE: Final = 40  # findings that are tried one by one where they do not all stand together
_BOM: Final = "\ufeff"

Check = Callable[[bytes, Report], object]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file as it was and as it is mended, and the findings that are gone, with their edits."""

    before: bytes
    after: bytes
    findings: tuple[Finding, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after


def mended(data: bytes, check: Check) -> Mended:
    """Mend a file. ``check`` reports what is wrong with its bytes.

    Edits are kept only where each finding that they mend is gone and none has come: no more errors than before, none in
    a file that had none, nothing new where an edit was made.
    """
    first = data
    done: list[Finding] = []
    for _ in range(_PASSES):
        found, source = _checked(data, check)
        if source is None:
            break
        kept, data_now = _kept(data, found, source, check)
        if not kept:
            break
        done += kept
        data = data_now
    return Mended(first, data, tuple(done))


def _checked(data: bytes, check: Check) -> tuple[list[Finding], Source | None]:
    report = Report()
    check(data, report)
    source = report.current
    same = source is not None and _text(data) == source.text
    return report.sorted_findings(), source if same else None


def _text(data: bytes) -> str | None:
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError:
        return None


def _kept(data: bytes, found: Sequence[Finding], source: Source, check: Check) -> tuple[list[Finding], bytes]:
    """The findings that could be mended, and the file without them: all together, or those that hold alone."""
    candidates = _apart([(finding, edits) for finding in found if (edits := edits_of(finding, source))])
    if not candidates:
        return [], data
    together = _edited(data, source, [edit for _, edits in candidates for edit in edits])
    if _proved(found, [finding for finding, _ in candidates], together, check):
        return [finding for finding, _ in candidates], together
    for finding, edits in candidates[:_ALONE]:
        alone = _edited(data, source, edits)
        if _proved(found, [finding], alone, check):
            return [finding], alone
    return [], data


def _apart(candidates: Iterable[tuple[Finding, tuple[Edit, ...]]]) -> list[tuple[Finding, tuple[Edit, ...]]]:
    """Those whose edits do not touch the edits of one before."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for finding, edits in candidates:
        places = {
            (edit.mark.line, column) for edit in edits for column in range(edit.mark.column, edit.mark.end_column + 1)
        }
        if not places & taken:
            taken |= places
            kept.append((finding, edits))
    return kept


def _edited(data: bytes, source: Source, edits: Iterable[Edit]) -> bytes:
    text = source.text
    for edit in sorted(edits, key=lambda edit: (edit.mark.line, edit.mark.column), reverse=True):
        start = source.offset(edit.mark.line, edit.mark.column)
        end = source.offset(edit.mark.end_line, edit.mark.end_column)
        text = text[:start] + edit.text + text[end:]
    begun = _BOM if data.decode("utf-8").startswith(_BOM) else ""
    return (begun + text).encode()


def _proved(before: Sequence[Finding], mended: Sequence[Finding], data: bytes, check: Check) -> bool:
    after, source = _checked(data, check)
    if source is None or _errors(after) > _errors(before):
        return False
    left = _said(after)
    allowed = _said(before) - _said(mended)
    if any(left[said] > allowed[said] for said in _said(mended)):
        return False
    new = [finding for finding in after if _said([finding]) - allowed]
    lines = {finding.mark.line for finding in mended if finding.mark is not None}
    return not any(finding.mark is not None and finding.mark.line in lines for finding in new)


def _errors(findings: Iterable[Finding]) -> int:
    return sum(finding.severity == "error" for finding in findings)


def _said(findings: Iterable[Finding]) -> Counter[tuple[str, tuple[tuple[str, str], ...]]]:
    return Counter((finding.code, finding.args) for finding in findings)
