"""The table of what passed on which Python with which dependencies; no environment is made here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import versions
from versions import Ran, direct, supported, table


def test_the_versions_that_the_project_names() -> None:
    assert supported() == ("3.11", "3.12", "3.13")


def test_the_dependencies_whose_releases_are_told() -> None:
    told = direct()
    assert {"pydantic", "pyyaml", "durable-rules", "polars", "duckdb", "pytest", "pygls"} <= set(told)
    assert len(told) == len(set(told))
    assert not any(name.startswith("vbprules") for name in told)


def test_the_table() -> None:
    good = Ran("3.11", "lowest", 1852, 0, 2, 61, versions={"pydantic": "2.7.0", "durable-rules": "2.0.28"})
    bad = Ran("3.13", "newest", 1851, 1, 2, 60, "/x.log", {"pydantic": "2.14.4"})
    none = Ran("3.12", "lowest", trouble="没有安装 not installed")
    assert (good.good, bad.good, none.good, Ran("3.11", "lowest").good) == (True, False, False, False)
    lines = list(table([good, bad, none]))
    assert lines[2:5] == [
        "| 3.11 | lowest | 1852 | 0 | 2 | 61 | ✓ |",
        "| 3.13 | newest | 1851 | 1 | 2 | 60 | /x.log |",
        "| 3.12 | lowest | 0 | 0 | 0 | 0 | 没有安装 not installed |",
    ]
    assert lines[6] == "|  | 3.11 lowest | 3.13 newest |"
    assert "| `pydantic` | 2.7.0 | 2.14.4 |" in lines
    assert "| `durable-rules` | 2.0.28 | – |" in lines


def ran_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failing: str = "", uninstallable: str = "") -> int:
    def install(tool: str, python: Path, dependencies: str, venv: Path) -> None:
        if venv.name == uninstallable:
            raise subprocess.CalledProcessError(1, "uv", stderr="No solution\n  found")

    def run(venv: Path, selection: object, python: str, dependencies: str) -> Ran:
        bad = venv.name == failing
        return Ran(python, dependencies, 5 - bad, int(bad), versions={})

    monkeypatch.setattr(versions, "uv", lambda work: "uv")
    monkeypatch.setattr(versions, "found", lambda version: None if version == "3.99" else Path("python"))
    monkeypatch.setattr(versions, "install", install)
    monkeypatch.setattr(versions, "run", run)
    return versions.main(["--python", "3.12", "3.99", "--keep", str(tmp_path)])


def test_exit_codes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A Python that is not there is skipped; one failing or uninstallable line fails the whole."""
    assert ran_with(monkeypatch, tmp_path) == 0
    out = capsys.readouterr().out
    assert "| 3.12 | lowest | 5 | 0 | 0 | 0 | ✓ |" in out
    assert "| 3.99 | newest | 0 | 0 | 0 | 0 | 没有安装 not installed |" in out
    assert ran_with(monkeypatch, tmp_path, failing="3.12-newest") == 1
    assert ran_with(monkeypatch, tmp_path, uninstallable="3.12-lowest") == 1
    assert "| 3.12 | lowest | 0 | 0 | 0 | 0 | No solution found |" in capsys.readouterr().out
    assert versions.main(["--python", "3.99", "--keep", str(tmp_path)]) == 2
