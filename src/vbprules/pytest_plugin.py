"""The pytest plugin: every case of a case file is a test item with its own name, file and line.

A YAML file is a case file if it lies in a folder named ``cases``, or in one that the option ``vbprules_cases`` names,
or in a folder below such a one, and has ``policy`` or ``cases`` at its top level. Other files are left to other tools.

Nothing but pytest is imported until there is a case file: the plugin is loaded in every session of whoever has
vbprules installed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from vbprules.cases.files import CaseItem
    from vbprules.printing.page import Lang, Page

_FILES = pytest.StashKey[set[str]]()
_WORKER = "vbprules_case_files"
_COLUMNS, _NARROWEST, _WIDEST = 100, 60, 120


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "vbprules_cases",
        "文件夹的名称，其中的 YAML 文件是案例文件 names of the folders whose YAML files are vbprules case files",
        type="linelist",
        default=["cases"],
    )
    group = parser.getgroup("vbprules", "vbprules 案例 cases")
    help_text = "不符的案例用哪种语言说明，默认中文 language in which failing cases are explained"
    group.addoption("--vbprules-lang", choices=("zh", "en"), default="zh", help=help_text)
    help_text = "最后列出案例触及了什么，写 FILE 则另写一页 HTML say at the end what the cases reach, also as HTML"
    group.addoption("--vbprules-coverage", nargs="?", const="", metavar="FILE", help=help_text)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    place = config.getoption("--vbprules-coverage")
    if place is not None and _files(config):
        from vbprules.coverage.summary import write_coverage

        write_coverage(terminalreporter, sorted(_files(config)), place, _lang(config), _columns(config))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended: what it collected, every worker did."""
    _files(node.config).update(getattr(node, "workeroutput", {}).get(_WORKER, ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_WORKER] = sorted(_files(session.config))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix not in (".yaml", ".yml") or not _in_case_folder(file_path, parent.config):
        return None
    from vbprules.cases.which import is_case_file

    return CaseFile.from_parent(parent, path=file_path) if is_case_file(file_path) else None


def _in_case_folder(path: Path, config: pytest.Config) -> bool:
    folder, root = path.parent, config.rootpath
    names = folder.relative_to(root).parts if folder.is_relative_to(root) else ()
    return not {*names, folder.name}.isdisjoint(config.getini("vbprules_cases"))


class CaseFile(pytest.File):
    """One case file."""

    def collect(self) -> Iterator[pytest.Item]:
        """Raises InputError with every finding: one error of the whole file."""
        from vbprules.cases.checks import load_case_file
        from vbprules.cases.nodes import node_names

        _files(self.config).add(str(self.path))
        cases = load_case_file(self.path).cases
        for name, case in zip(node_names(case.name for case in cases), cases, strict=True):
            # the id as text: pytest then reads it as it reads ids given to it, with what is in brackets apart
            yield CaseTest.from_parent(self, name=name, nodeid=f"{self.nodeid}::{name}", case=case)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from vbprules.diagnostics import InputError

        if not isinstance(excinfo.value, InputError):
            return super().repr_failure(excinfo)
        return _Findings(excinfo.value, _lang(self.config))


class CaseTest(pytest.Item):
    """One case."""

    def __init__(self, *, case: CaseItem, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case

    def runtest(self) -> None:
        from vbprules.cases.compare import run_case
        from vbprules.cases.report import failure_page, summary

        _, found = run_case(self.case)
        if found:
            columns = _columns(self.config)
            crash = _Crash(self.path, found[0].line, summary(found))
            raise CaseFailed(_Told(failure_page(self.case, found, _lang(self.config), columns), columns, crash))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from vbprules.cases.report import first_line, stopped_page
        from vbprules.diagnostics import VbprulesError

        error, columns = excinfo.value, _columns(self.config)
        if isinstance(error, CaseFailed):
            return error.told
        if isinstance(error, pytest.fail.Exception):
            return super().repr_failure(excinfo, style)
        trace = "" if isinstance(error, VbprulesError) else str(excinfo.getrepr(style="native"))
        page = stopped_page(self.case, error, _lang(self.config), trace)
        crash = _Crash(self.path, self.case.line, first_line(error))
        return _Told(page, columns, crash)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line from 0, and the headline; that must not end as the id does, where pytest would rewrite dots."""
        return self.path, self.case.line - 1, f"{self.name} ({self.path.name}:{self.case.line})"


class CaseFailed(Exception):
    """A case whose outcome is not the expected one."""

    def __init__(self, told: _Told) -> None:
        super().__init__(told.reprcrash.message)
        self.told = told


class _Crash(NamedTuple):
    """What the summary and ``--tb=line`` say of a failure."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class _Told:
    """A page that pytest shows: with colour on a terminal that has it, plain in reports."""

    def __init__(self, page: Page, columns: int, crash: _Crash) -> None:
        self.page, self.columns, self.reprcrash = page, columns, crash

    def __str__(self) -> str:
        return self._text(False)

    def toterminal(self, tw: Any) -> None:
        tw.line(self._text(tw.hasmarkup))

    def _text(self, color: bool) -> str:
        from vbprules.printing.terminal import to_terminal

        return to_terminal(self.page, self.columns, color).rstrip("\n")


class _Findings:
    """The findings of a case file that cannot be used."""

    def __init__(self, error: Any, lang: str) -> None:
        self.error, self.lang = error, lang

    def __str__(self) -> str:
        return self._text(False)

    def toterminal(self, tw: Any) -> None:
        tw.line(self._text(tw.hasmarkup))

    def _text(self, color: bool) -> str:
        from vbprules.diagnostics import render

        return render(self.error.findings, self.lang, color)


def _files(config: pytest.Config) -> set[str]:
    """The case files collected in this session."""
    empty: set[str] = set()
    return config.stash.setdefault(_FILES, empty)


def _lang(config: pytest.Config) -> Lang:
    return "en" if config.getoption("--vbprules-lang") == "en" else "zh"


def _columns(config: pytest.Config) -> int:
    """The width of the terminal; where the output is no terminal, and on a worker, a common one."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not getattr(reporter, "isatty", False):
        return _COLUMNS
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_COLUMNS, 24)).columns))
