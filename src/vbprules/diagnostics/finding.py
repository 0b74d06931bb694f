"""Findings, their collector, and the base of the library's errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from vbprules.diagnostics.catalogue import BY_CODE, CATALOGUE
from vbprules.diagnostics.place import Mark, Source, clipped, excerpt_at, shown
from vbprules.diagnostics.suggest import Sure

Severity = Literal["error", "warning", "hint"]
STORED = 200
_VALUE = 300
_ITEM = 60
_ITEMS = 30


class Located(Protocol):
    """Anything with a mark: a node of the tree, say."""

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        ...


class VbprulesError(Exception):
    """Base of all errors that this library raises on purpose."""


class InputError(VbprulesError):
    """What was read cannot be used; `findings` says why and where."""

    def __init__(self, findings: tuple[Finding, ...], lang: str = "zh") -> None:
        super().__init__(findings, lang)
        self.findings: tuple[Finding, ...] = tuple(findings)
        self.lang: str = lang

    def __str__(self) -> str:
        from vbprules.diagnostics.render import render

        return render(self.findings, self.lang)


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the text and what stands there instead."""

    mark: Mark
    text: str

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        mark = self.mark
        return {
            "line": mark.line,
            "column": mark.column,
            "end_line": mark.end_line,
            "end_column": mark.end_column,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one place. `excerpt` is the source line, cut around the place."""

    code: str
    severity: Severity
    file: str
    mark: Mark | None
    excerpt: str
    args: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...] = ()  # how the file itself says the words that the texts name
    sure: bool = False  # what is suggested can only be what was meant
    edits: tuple[Edit, ...] = ()  # what mends it, where that is safe

    def message(self, lang: str = "zh") -> str:
        """What is wrong, in zh or en."""
        return BY_CODE[self.code].message(lang, dict(self.args), dict(self.words))

    def hint(self, lang: str = "zh") -> str:
        """What to do about it, in zh or en."""
        return BY_CODE[self.code].hint(lang, dict(self.args), dict(self.words))

    @property
    def place(self) -> str:
        """`file:line:column`, or the file alone where there is no line."""
        name = shown(self.file)
        if self.mark is None or self.mark.line < 1:
            return name
        return f"{name}:{self.mark.line}:{self.mark.column}"

    def moved(self, source: Source, mark: Mark) -> Finding:
        """The same said of another place: of the text that was put where the finding is."""
        excerpt = excerpt_at(source.line(mark.line), mark.column) if mark.line >= 1 else ""
        return replace(self, file=source.name, mark=mark, excerpt=excerpt)

    def as_dict(self, lang: str = "zh") -> dict[str, object]:
        """Plain data for JSON; every text is safe to show."""
        mark = self.mark if self.mark is not None and self.mark.line >= 1 else None
        return {
            "code": self.code,
            "severity": self.severity,
            "file": shown(self.file),
            "line": mark.line if mark else None,
            "column": mark.column if mark else None,
            "end_line": mark.end_line if mark else None,
            "end_column": mark.end_column if mark else None,
            "excerpt": shown(self.excerpt),
            "message": self.message(lang),
            "hint": self.hint(lang),
            "args": dict(self.args),
            "fix": [edit.as_dict() for edit in self.edits],
        }


class Report:
    """Collects the findings of one load, over any number of sources."""

    def __init__(self) -> None:
        self._stored: list[Finding] = []
        self._sources: dict[str, Source] = {}
        self._current: Source | None = None
        self._gentle = 0
        self.count = 0
        self.error_count = 0
        self._errors_dropped = 0

    def add_source(self, source: Source) -> None:
        """Make a source known; it becomes the current one when there is none yet."""
        self._sources[source.name] = source
        if self._current is None:
            self._current = source

    def use(self, source: Source | str) -> None:
        """From here on findings are about this source (or the known source of this name)."""
        if isinstance(source, str):
            source = self._sources.get(source) or Source(source, "")
        self._sources[source.name] = source
        self._current = source

    @contextmanager
    def source(self, source: Source | str) -> Iterator[None]:
        """Within the block findings are about this source; afterwards about the former one."""
        before = self._current
        self.use(source)
        try:
            yield
        finally:
            self._current = before

    @property
    def sources(self) -> dict[str, Source]:
        """The known sources by name."""
        return dict(self._sources)

    @property
    def current(self) -> Source | None:
        """The source that findings are about."""
        return self._current

    def error(self, code: str, at: Located | Mark | None, /, **args: object) -> None:
        """Something that must be corrected. `code` is the readable name of a catalogue entry."""
        self._add("error", code, at, args)

    def warning(self, code: str, at: Located | Mark | None, /, **args: object) -> None:
        """Something that is probably not meant."""
        self._add("warning", code, at, args)

    def hint(self, code: str, at: Located | Mark | None, /, **args: object) -> None:
        """Something worth knowing."""
        self._add("hint", code, at, args)

    def _add(self, severity: Severity, code: str, at: Located | Mark | None, args: dict[str, object]) -> None:
        entry = CATALOGUE[code]
        mark = at if at is None or isinstance(at, Mark) else at.mark
        source, excerpt = self._current, ""
        filled: tuple[tuple[str, str], ...] = ()
        sure = False
        if not self._full(severity):
            if source is not None and mark is not None and mark.line >= 1:
                excerpt = excerpt_at(source.line(mark.line), mark.column)
            told = {name: value() if callable(value) else value for name, value in args.items()}
            filled = tuple((name, display(value)) for name, value in told.items())
            sure = isinstance(told.get("suggestion"), Sure)
        name = source.name if source else ""
        self.take(Finding(entry.code, severity, name, mark, excerpt, filled, sure=sure))

    def _full(self, severity: Severity) -> bool:
        """Whether a finding would be counted but not stored."""
        return len(self._stored) >= STORED and (severity != "error" or not self._gentle)

    def take(self, finding: Finding) -> None:
        """A finding as it is: one of another report, say."""
        severity = finding.severity
        self.count += 1
        self.error_count += severity == "error"
        if self._full(severity):
            self._errors_dropped += severity == "error"
            return
        if len(self._stored) >= STORED:
            last = max(i for i, finding in enumerate(self._stored) if finding.severity != "error")
            del self._stored[last]
            self._gentle -= 1
        self._gentle += severity != "error"
        self._stored.append(finding)

    @property
    def findings(self) -> list[Finding]:
        """The stored findings in order; beyond 200 a last one says how many there were."""
        return [*self._stored, *self._overflow()]

    def _overflow(self) -> list[Finding]:
        if self.count <= len(self._stored):
            return []
        severity: Severity = "error" if self._errors_dropped else "hint"
        name = self._stored[-1].file
        args = (("count", str(self.count)), ("limit", str(STORED)))
        return [Finding(CATALOGUE["too_many_findings"].code, severity, name, None, "", args)]

    def sorted_findings(self) -> list[Finding]:
        """The findings by file (in the order first seen) and place."""
        order: dict[str, int] = {}
        for finding in self._stored:
            order.setdefault(finding.file, len(order))

        def place(finding: Finding) -> tuple[int, int, int]:
            mark = finding.mark
            return order[finding.file], mark.line if mark else 0, mark.column if mark else 0

        return [*sorted(self._stored, key=place), *self._overflow()]

    @property
    def has_errors(self) -> bool:
        """Whether anything must be corrected (also when it was not stored)."""
        return self.error_count > 0

    def has(self, code: str, line: int) -> bool:
        """Whether this (by readable name) was already said about a line of the current source."""
        wanted, name = CATALOGUE[code].code, self._current.name if self._current else ""
        return any(
            finding.code == wanted and finding.file == name and finding.mark is not None and finding.mark.line == line
            for finding in self._stored
        )

    def raise_if_errors(self, lang: str = "zh") -> None:
        """Raise InputError when there are errors."""
        if self.has_errors:
            raise InputError(tuple(self.sorted_findings()), lang)


def display(value: object) -> str:
    """A field value as short, safe text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return shown(clipped(value, _VALUE))
    if isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple, dict)):
        items = [shown(clipped(str(item), _ITEM)) for item in list(value)[:_ITEMS]]
        return ", ".join(items) + (", …" if len(value) > _ITEMS else "")
    return shown(clipped(str(value), _VALUE))
