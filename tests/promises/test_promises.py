"""The gate that tells what breaks: in a copy of the sources each promise is broken, and what is told of it is asserted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytest.importorskip("griffe", reason="griffe not installed: promises of the Python API not compared")
import promises

ROOT = Path(__file__).parents[2]
OF_IT = "src/vbprules"
BROKEN = {
    # the name, the place and how it is told, the file, what stands there and what instead
    "a name": ("Python", "load", "Public object was removed", "__init__.py", '    "load",\n', ""),
    "a parameter": (
        "Python", "evaluate(as_of)", "Parameter was removed", "evaluation.py", "    as_of: date | str,\n    *,", "    on: date | str = '',\n    *,",
    ),
    "a parameter by name only": (
        "Python", "read_rulings(source)", "Parameter kind was changed: positional or keyword → keyword-only", "facts/rulings.py", "def read_rulings(", "def read_rulings(*, ",
    ),
    "one more required": ("Python", "explain(why)", "Parameter was added as required: – → positional or keyword", "explaining.py", "def explain(\n", "def explain(\n    why: str,\n"),
    "a field": ("Python", "decision.Receipt.as_of", "Public object was removed", "decision/model.py", "    facts_sha256: str\n    as_of: str\n", "    facts_sha256: str\n"),
    "the type of a field": (
        "Python", "decision.Attribute.unit", "type changed: str → str | None", "decision/model.py", "    standing: Standing\n    unit: str\n", "    standing: Standing\n    unit: str | None\n",
    ),
    "a word": (
        "Python", "decision.Standing", "type changed: Literal['settled', 'by_reading', 'open', 'silent'] → Literal['settled', 'by_reading', 'open']", "decision/model.py", ', "open", "silent"]\n# ', ', "open"]\n# ',
    ),
    "a code": ("names", "findings.P128", "去掉了 removed", "diagnostics/texts_policy.py", '"P128"', '"P998"'),
    "an exit code": ("names", "exit_codes.DISAGREEMENT", "改了 changed: 3 → 4", "cli/main.py", "= 0, 1, 2, 3, 130", "= 0, 1, 2, 4, 130"),
    "a language": ("names", "language.oldest", "改了 changed: 1 → 2", "language/versions.py", "OLDEST: Final = 1", "OLDEST: Final = 2"),
    "a property": ("schema", "policy#policy", "新的必填 newly required", "schemas/policy.schema.json", None, None),
}  # fmt: skip


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the gate looks at."""
    copy = tmp_path_factory.mktemp("sources")
    shutil.copytree(ROOT / "src" / "vbprules", copy / OF_IT, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "CHANGELOG.md").write_text("# Changelog\n\n## 0.2.0\n\n### 新增 Added\n\n- `load`\n\n## 0.1.0\n", "utf-8")
    (copy / "tools").mkdir()
    assert promises.main(["--root", str(copy), "--accept"]) == 0
    return copy


@pytest.fixture
def copy(sources: Path, tmp_path: Path) -> Path:
    shutil.copytree(sources, tmp_path / "copy")
    return tmp_path / "copy"


def test_what_the_repository_promises_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert promises.main([]) == 0, capsys.readouterr().out


def test_every_break_is_told_and_recorded_once_it_is_announced(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _, _, _, name, old, new in BROKEN.values():
        path = copy / OF_IT / name
        text = path.read_text("utf-8")
        if old is None:
            schema = json.loads(text)
            schema["required"] = ["policy"]
            text = json.dumps(schema)
        else:
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    told = [f"{part}: `{place}` {how}" for part, place, how, *_ in BROKEN.values()]

    assert promises.main(["--root", str(copy)]) == 1
    out = capsys.readouterr().out
    assert [line for line in told if f"\n  {line}\n" not in out] == []
    assert out.startswith(
        f"不再成立 no longer holds ({out.count(chr(10) + '  Python') + out.count(chr(10) + '  names') + out.count(chr(10) + '  schema')}):\n"
    )
    assert "### 不兼容 Breaking" in out and "python tools/promises.py --accept" in out

    # Named elsewhere than under that heading, or under that of an older version, is not announced.
    before = (copy / "tools" / "promised" / "python.json").read_bytes()
    everything = "\n".join(line.strip() for line in out.splitlines() if line.startswith("  ") and "`" in line)
    log = copy / "CHANGELOG.md"
    log.write_text(
        f"# C\n\n## 0.2.0\n\n### 新增 Added\n\n{everything}\n\n## 0.1.0\n\n### 不兼容 Breaking\n\n{everything}\n",
        "utf-8",
    )
    assert promises.main(["--root", str(copy), "--accept"]) == 1
    assert (copy / "tools" / "promised" / "python.json").read_bytes() == before
    capsys.readouterr()

    log.write_text(f"# C\n\n## 0.2.0\n\n### 不兼容 Breaking\n\n{everything}\n\n## 0.1.0\n", "utf-8")
    assert promises.main(["--root", str(copy), "--accept"]) == 0
    assert promises.main(["--root", str(copy)]) == 0
    assert capsys.readouterr().out == ""


def test_what_is_added_breaks_nothing(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / OF_IT / "evaluation.py"
    path.write_text(
        path.read_text("utf-8").replace(
            "    explain: bool = True,\n", "    explain: bool = True,\n    quick: bool = False,\n"
        ),
        "utf-8",
    )
    words = copy / OF_IT / "decision" / "model.py"
    words.write_text(
        words.read_text("utf-8").replace('"open", "silent"]\n# ', '"open", "silent", "moot"]\n# '), "utf-8"
    )
    assert promises.main(["--root", str(copy)]) == 0
    assert "python tools/promises.py --accept" in capsys.readouterr().out


def test_what_takes_more_breaks_nothing_and_what_takes_less_does(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / OF_IT / "catalog.py"
    text = path.read_text("utf-8")
    assert text.count("def load(policy: str | Path") == 1
    path.write_text(text.replace("def load(policy: str | Path", "def load(policy: str | bytes | Path"), "utf-8")
    assert promises.main(["--root", str(copy)]) == 0
    path.write_text(text.replace("def load(policy: str | Path", "def load(policy: Path"), "utf-8")
    capsys.readouterr()
    assert promises.main(["--root", str(copy)]) == 1
    assert "  Python: `load(policy)` type changed: str | Path → Path\n" in capsys.readouterr().out


def test_without_a_record_nothing_is_compared(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(copy / "tools" / "promised")
    assert promises.main(["--root", str(copy)]) == 2
    assert capsys.readouterr().err == f"没有记录 nothing is recorded: {copy / 'tools' / 'promised'}\n"


def test_sources_that_cannot_be_read_are_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / OF_IT / "catalog.py").write_text("def load(", "utf-8")
    assert promises.main(["--root", str(copy)]) == 2
    assert capsys.readouterr().err.startswith("无法比较 cannot compare: ")
