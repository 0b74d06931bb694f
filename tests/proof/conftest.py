"""The small document as files, and a bench on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vbprules.cases.suite import suite_of
from vbprules.mutation.bench import Bench

sys.path.insert(0, str(Path(__file__).parent))

from heyang_document import CASES, POLICY


@pytest.fixture
def heyang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the policy and its cases, as the working directory."""
    (tmp_path / "heyang.yaml").write_text(POLICY, "utf-8")
    (tmp_path / "cases.yaml").write_text(CASES, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bench(heyang: Path) -> Callable[..., Bench]:
    """A bench on the policy with these cases added to those of the file."""

    def make(more: str = "", policy: str = POLICY, cases: str = CASES) -> Bench:
        (heyang / "heyang.yaml").write_text(policy, "utf-8")
        (heyang / "cases.yaml").write_text(cases + more, "utf-8")
        return Bench("heyang.yaml", suite_of("heyang.yaml", ["cases.yaml"]))

    return make
