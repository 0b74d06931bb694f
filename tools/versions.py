"""Run the tests on every Python at hand, on the lowest and on the newest allowed release of each dependency.

python tools/versions.py                      the quick selection, everywhere
python tools/versions.py --all                the whole suite (about 20 minutes for each line of the table)
python tools/versions.py --python 3.13 --dependencies lowest -- -k exact

Each line has an environment of its own outside the repository (kept, and used again, with --keep FOLDER). uv resolves
and installs; where there is none it is put into an environment of its own. The exit code is 0 where nothing failed, 1
where something did, and 2 where there was nothing to run.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as xml
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_tables import row

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "pyproject.toml"
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}
EXTRAS = ("test", "lsp")
# What differs between versions: the readers, the engines, tables and frames, what is printed.
QUICK = ("engine", "reading", "facts", "program", "values", "calendar", "cli", "tables", "columnar")
# Released as source only; everything else is taken as a wheel, so the lowest release is the lowest that has one.
FROM_SOURCE = ("durable-rules",)


@dataclass(frozen=True)
class Ran:
    """One line of the table. ``versions`` are those installed, by the name of the distribution."""

    python: str
    dependencies: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: int = 0
    trouble: str = ""
    versions: Mapping[str, str] | None = None

    @property
    def good(self) -> bool:
        return not self.trouble and self.failed == 0 and self.passed > 0


def supported() -> tuple[str, ...]:
    """The versions of Python that the project names, as 3.11."""
    names = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["classifiers"]
    return tuple(name.rpartition(" ")[2] for name in names if re.fullmatch(r".*Python :: 3\.\d+", name))


def direct() -> tuple[str, ...]:
    """The distributions that pyproject.toml names for what is installed here, without those of this project."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    extras, seen, names = list(EXTRAS), set(), [re.split(r"[^\w.-]", line)[0] for line in project["dependencies"]]
    while extras:
        extra = extras.pop()
        if extra in seen:
            continue
        seen.add(extra)
        for line in project["optional-dependencies"][extra]:
            own = re.fullmatch(r"vbprules\[(.*)\]", line)
            extras += own[1].split(",") if own else ()
            names += [] if own else [re.split(r"[^\w.-]", line)[0]]
    return tuple(dict.fromkeys(names))


def found(version: str) -> Path | None:
    """An interpreter of that version: on the path, or one that pyenv installed."""
    on_path = shutil.which(f"python{version}")
    homes = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions").glob(f"{version}.*"))
    here = [Path(sys.executable)] if sys.version_info[:2] == tuple(map(int, version.split("."))) else []
    candidates = [home / "bin" / "python" for home in reversed(homes)] + here + ([Path(on_path)] if on_path else [])
    return next((path for path in candidates if _is(path, version)), None)


def _is(path: Path, version: str) -> bool:
    """Whether it runs at all: shims stand on the path also where their interpreter is gone."""
    asked = [str(path), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == version
    except (OSError, subprocess.CalledProcessError):
        return False


def uv(work: Path) -> str:
    """The uv on the path, or one put into an environment of its own. Raises CalledProcessError."""
    there = shutil.which("uv")
    if there:
        return there
    own = work / "uv" / "bin" / "uv"
    if not own.exists():
        subprocess.run([sys.executable, "-m", "venv", work / "uv"], check=True)
        subprocess.run([work / "uv" / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return str(own)


def install(tool: str, python: Path, dependencies: str, venv: Path) -> None:
    """This project in an environment with its dependencies so resolved. Raises CalledProcessError with what uv said."""
    wheels = [word for name in FROM_SOURCE for word in ("--no-binary", name)]
    resolve = ["--resolution", RESOLUTIONS[dependencies], "--only-binary", ":all:", *wheels]
    extras = [word for name in EXTRAS for word in ("--extra", name)]
    pins = beside(venv, "txt")
    for command in (
        [tool, "venv", "--quiet", "--clear", "--no-config", "--python", python, venv],
        [tool, "pip", "compile", "--quiet", PROJECT, *extras, *resolve, "--python", venv, "--output-file", pins],
        [tool, "pip", "sync", "--quiet", "--python", venv, *resolve[2:], pins],
        [tool, "pip", "install", "--quiet", "--python", venv, "--no-deps", "--editable", ROOT],
    ):
        subprocess.run(command, check=True, capture_output=True, text=True)


def beside(venv: Path, ending: str) -> Path:
    """A file of that environment: its pins, what pytest said or counted."""
    return venv.with_name(f"{venv.name}.{ending}")


def installed(venv: Path) -> dict[str, str]:
    pins = beside(venv, "txt").read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", pins, re.MULTILINE))


def run(venv: Path, selection: Sequence[str], python: str, dependencies: str) -> Ran:
    """The tests in that environment, counted from what pytest writes."""
    counted = beside(venv, "xml")
    counted.unlink(missing_ok=True)
    command = [
        venv / "bin" / "python",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--junitxml",
        counted,
        *selection,
    ]
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True, check=False)
    seconds = round(time.monotonic() - begun)
    said = beside(venv, "log")
    said.write_text(done.stdout + done.stderr, "utf-8")
    if not counted.exists():
        return Ran(python, dependencies, seconds=seconds, trouble=f"pytest: {done.returncode}, {said}")
    suites = list(xml.parse(counted).getroot().iter("testsuite"))
    tests, failed, broken, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites) for key in ("tests", "failures", "errors", "skipped")
    )
    bad = failed + broken
    trouble = str(said) if done.returncode else ""
    return Ran(python, dependencies, tests - bad - skipped, bad, skipped, seconds, trouble, installed(venv))


def lines(args: argparse.Namespace, work: Path) -> Iterator[Ran]:
    """Every line of the table, as soon as it has run."""
    tool = uv(work)
    selection = [*args.pytest] if args.all else [*(f"tests/{name}" for name in QUICK), *args.pytest]
    for version in args.python:
        python = found(version)
        for dependencies in args.dependencies:
            if python is None:
                yield Ran(version, dependencies, trouble="没有安装 not installed")
                continue
            venv = work / f"{version}-{dependencies}"
            try:
                install(tool, python, dependencies, venv)
            except subprocess.CalledProcessError as error:
                yield Ran(version, dependencies, trouble=" ".join(str(error.stderr).split())[:300])
                continue
            yield run(venv, selection, version, dependencies)


def table(ran: Sequence[Ran]) -> Iterator[str]:
    """What passed where; then which release of each dependency that was."""
    yield row("Python", "依赖 dependencies", "通过 passed", "失败 failed", "跳过 skipped", "秒 seconds", "")
    yield "|---|---|---|---|---|---|---|"
    for line in ran:
        counts = (line.passed, line.failed, line.skipped, line.seconds)
        yield row(line.python, line.dependencies, *map(str, counts), "✓" if line.good else line.trouble)
    yield ""
    there = [line for line in ran if line.versions]
    yield row("", *(f"{line.python} {line.dependencies}" for line in there))
    yield "|---|" + "---|" * len(there)
    for name in direct():
        yield row(f"`{name}`", *((line.versions or {}).get(name.split("[")[0], "–") for line in there))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--python", nargs="+", default=supported(), metavar="3.11")
    made.add_argument("--dependencies", nargs="+", default=tuple(RESOLUTIONS), choices=tuple(RESOLUTIONS))
    made.add_argument("--all", action="store_true", help="the whole suite")
    made.add_argument("--keep", type=Path, metavar="FOLDER", help="where environments and what pytest said stay")
    made.add_argument("pytest", nargs="*", help="after --: words for pytest, as -n 2")
    return made


def main(arguments: Sequence[str]) -> int:
    args = parser().parse_args(arguments)
    work = args.keep or Path(tempfile.mkdtemp(prefix="vbprules-versions-"))
    work.mkdir(parents=True, exist_ok=True)
    ran = []
    for line in lines(args, work.resolve()):
        ran.append(line)
        print(
            f"{line.python} {line.dependencies}: {line.passed}/{line.failed}/{line.skipped} {line.trouble}", flush=True
        )
    print(*table(ran), sep="\n")
    tried = [line for line in ran if found(line.python) is not None]
    if args.keep is None and all(line.good for line in tried):
        shutil.rmtree(work)
    return 2 if not tried else int(not all(line.good for line in tried))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
