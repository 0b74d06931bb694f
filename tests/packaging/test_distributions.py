"""What is released: the sdist, and the wheel built from it, hold what they should and nothing else, and work outside.

The build backend is fetched where it is not installed; without it and without a network these tests are skipped.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vbprules"
BUILD = "import sys, hatchling.build as b; print(b.build_{kind}(sys.argv[1]))"
WANTED = "hatchling>=1.24"  # as in pyproject.toml


COMMANDS = (
    (["list"], "guizhou_2019          黔医保发〔2019〕69号    贵州省"),
    (["check", "guizhou_2019", "--no-logic"], "检查了 1 份：错误 0 处"),
    (["test", "nhsa.yaml"], "个相符，0 个不符"),
    (["evaluate", "guizhou_2019", "hospital.yaml", "--as-of", "2020-04-15"], "溪山市人民医院　截至 2020-04-15"),
)


@dataclass(frozen=True)
class Built:
    sdist: frozenset[str]
    unpacked: Path
    wheel: Path

    @property
    def names(self) -> frozenset[str]:
        with zipfile.ZipFile(self.wheel) as archive:
            return frozenset(archive.namelist())

    def text(self, ending: str) -> str:
        with zipfile.ZipFile(self.wheel) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith(ending)]
            return archive.read(name).decode("utf-8")


def test_what_is_released(tmp_path: Path) -> None:
    """One test, so that several processes build but once."""
    built = _build(tmp_path / "built")
    _the_sdist_holds_what_stands_under_version_control(built)
    _the_wheel_holds_the_library_and_the_policies_and_nothing_else(built)
    _the_wheel_says_what_it_is_and_needs(built)
    for number, (arguments, line) in enumerate(COMMANDS):
        _the_wheel_works_outside_where_nothing_can_be_written(built, tmp_path / str(number), arguments, line)


def _build(out: Path) -> Built:
    """The sdist from this folder, the wheel from the unpacked sdist alone."""
    if not (ROOT / "pyproject.toml").is_file():
        pytest.skip("没有 pyproject.toml no pyproject.toml: nothing to build from")
    out.mkdir()
    path = _backend(out)
    sdist = _run(path, ROOT, BUILD.format(kind="sdist"), out)
    with tarfile.open(sdist) as archive:
        names = frozenset(member.name.split("/", 1)[1] for member in archive.getmembers() if member.isfile())
        archive.extractall(out / "unpacked", filter="data")
    (unpacked,) = (out / "unpacked").iterdir()
    return Built(names, unpacked, _run(path, unpacked, BUILD.format(kind="wheel"), out))


def _backend(out: Path) -> str:
    """Where hatchling is found: installed, or fetched for this run."""
    if importlib.util.find_spec("hatchling") is not None:
        return ""
    fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--target", out / "backend", WANTED]
    done = subprocess.run(fetch, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        pytest.skip(f"没有 {WANTED}，也下载不到 cannot be fetched: {said[-1] if said else done.returncode}")
    return str(out / "backend")


def _run(path: str, folder: Path, code: str, out: Path) -> Path:
    env = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", code, out], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return out / done.stdout.split()[-1]


def _the_wheel_holds_the_library_and_the_policies_and_nothing_else(built: Built) -> None:
    source = {f"vbprules/{path.relative_to(SOURCE).as_posix()}" for path in _files(SOURCE)}
    policies = {f"vbprules/policies/{path.name}" for path in (ROOT / "policies").glob("*.yaml")}
    inside = {name for name in built.names if ".dist-info/" not in name}
    assert len(policies) >= 7
    assert inside == source | policies
    assert "vbprules/py.typed" in inside
    assert {PurePosixPath(name).name for name in inside if name.startswith("vbprules/schemas/") and name.endswith("json")} == {
        "case.schema.json", "dossier.schema.json", "policy.schema.json", "policy.zh.schema.json"
    }  # fmt: skip
    assert {PurePosixPath(name).suffix for name in inside} == {".py", ".yaml", ".json", ".toml", ".typed"}


def _the_wheel_says_what_it_is_and_needs(built: Built) -> None:
    told = built.text(".dist-info/METADATA")
    assert "\nRequires-Python: >=3.11\n" in told
    needed = sorted(
        line.split()[1] for line in told.splitlines() if line.startswith("Requires-Dist: ") and "extra" not in line
    )
    assert needed == ["durable-rules>=2.0.28;", "pydantic>=2.7", "python-dateutil>=2.9", "pyyaml>=6.0.1"]
    assert "\nLicense-Expression: Apache-2.0\n" in told
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in built.names)
    entries = built.text(".dist-info/entry_points.txt")
    assert "[console_scripts]\nvbprules = vbprules.cli.main:main\n" in entries
    assert "[pytest11]\nvbprules = vbprules.pytest_plugin" in entries


def _the_sdist_holds_what_stands_under_version_control(built: Built) -> None:
    """Nothing stray; and all that tests, tools, pages and checks need."""
    listed = subprocess.run(
        ["git", "-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode or not (ROOT / ".git").exists():
        assert {"pyproject.toml", "check", "policies/guizhou_2019.yaml", "tools/promised/python.json"} <= built.sdist
        return  # where there is no repository, what is stray cannot be told
    known = {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    assert built.sdist - known == {"PKG-INFO"}
    left_out = known - built.sdist
    assert {name.split("/")[0] for name in left_out} <= {".ci", ".vscode", ".gitignore"}


def _the_wheel_works_outside_where_nothing_can_be_written(
    built: Built, folder: Path, arguments: list[str], line: str
) -> None:
    """Unpacked is installed. No home, no folder that may be written, no tests, no repository."""
    site, here = folder / "site", folder / "here"
    with zipfile.ZipFile(built.wheel) as archive:
        archive.extractall(site)
    here.mkdir()
    for name, source in (
        ("hospital.yaml", "examples/guizhou_city_hospital.yaml"),
        ("nhsa.yaml", "tests/cases/nhsa_2019_18.yaml"),
    ):
        (here / name).write_bytes((built.unpacked / source).read_bytes())
    before = sorted(folder.rglob("*"))
    _writable(folder, False)
    env = {**os.environ, "PYTHONPATH": str(site), "HOME": "/nonexistent", "COLUMNS": "100", "NO_COLOR": "1"}
    env["PYTHONPYCACHEPREFIX"] = str(folder.parent / "compiled")  # an administrator may write to the rest all the same
    try:
        command = [sys.executable, "-m", "vbprules.cli", *arguments]
        done = subprocess.run(command, cwd=here, env=env, capture_output=True, check=False)
    finally:
        _writable(folder, True)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert line in done.stdout.decode()
    assert sorted(folder.rglob("*")) == before


def _writable(folder: Path, wanted: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755 if wanted else 0o555)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
