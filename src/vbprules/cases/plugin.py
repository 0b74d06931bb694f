"""The pytest plugin: every case of a case file is a test item with its own name, file and line.

A YAML file is a case file if it lies in a folder named ``cases``, or in one that the option ``vbprules_cases`` names.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from vbprules.cases.files import CaseItem, read_cases
from vbprules.cases.report import failure_text


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "vbprules_cases", "Folders whose YAML files are vbprules case files.", type="linelist", default=["cases"]
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    folders = parent.config.getini("vbprules_cases")
    if file_path.suffix in (".yaml", ".yml") and file_path.parent.name in folders:
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    """One case file."""

    def collect(self) -> Iterable[pytest.Item]:
        from vbprules.diagnostics import InputError

        try:
            cases = read_cases(self.path)
        except InputError as error:
            raise self.CollectError(str(error)) from None
        seen: dict[str, int] = {}
        for case in cases:
            count = seen[case.name] = seen.get(case.name, 0) + 1
            yield CaseTest.from_parent(self, name=case.name if count == 1 else f"{case.name} #{count}", case=case)


class CaseFailed(Exception):
    """A case whose outcome is not the expected one."""


class CaseTest(pytest.Item):
    """One case."""

    def __init__(self, *, case: CaseItem, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case

    def runtest(self) -> None:
        from vbprules.cases.compare import run_case

        _, mismatches = run_case(self.case)
        if mismatches:
            raise CaseFailed(failure_text(self.case, mismatches))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        from vbprules.diagnostics import VbprulesError

        if isinstance(excinfo.value, (CaseFailed, VbprulesError)):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.name
