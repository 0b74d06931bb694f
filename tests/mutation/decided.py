"""What a change of the engine's own code is tried against, in one process: the conformance suites.

Every case of the semantics, and one in twelve of each policy. Not collected by itself: ``mutmut run`` names this file.
"""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CONFORMANCE = Path(__file__).parents[2] / "conformance"
ONE_IN = 12


def _module(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = _module("conformance_check", CONFORMANCE / "check.py")
ADAPTER = _module("conformance_adapter", CONFORMANCE / "adapters" / "vbprules_adapter.py")


@cache
def suite(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _cases() -> list[Any]:
    found = []
    for path in sorted((CONFORMANCE / "cases").glob("*.json")):
        step = 1 if path.stem.startswith("s") and path.stem[1].isdigit() else ONE_IN
        found += [pytest.param(path, at, id=f"{path.stem}-{at}") for at in range(0, len(suite(path)["cases"]), step)]
    return found


@pytest.mark.parametrize(("path", "at"), _cases())
def test_a_case(path: Path, at: int) -> None:
    whole = suite(path)
    case = whole["cases"][at]
    answer = ADAPTER.answer(CHECK.request_of(path, whole, case, at))
    assert list(CHECK.failures(case, answer, whole["needs"] == "all")) == []
