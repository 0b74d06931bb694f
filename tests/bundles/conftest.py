"""A small policy with rulings that settle one of its readings, local days and a case; bundles of them."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import pytest

from vbprules import make_bundle

_SPEC = importlib.util.spec_from_file_location("cli_conftest", Path(__file__).parents[1] / "cli" / "conftest.py")
assert _SPEC is not None and _SPEC.loader is not None
_CLI = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_CLI)

RULINGS = """\
policy: testland
readings:
  - {reading: volume, option: bought, by: 测试省医疗保障局, day: 2020-02-01, source: 测医保函〔2020〕3号}
"""
LOCAL = """\
calendar: testland
title: 测试省
days: [{name: 省庆, day: 2020-02-12, works: no, source: 测办发〔2020〕2号}]
"""


@dataclass(frozen=True)
class Files:
    """Where everything stands."""

    folder: Path
    policy: Path
    dossier: Path
    rulings: Path
    local: Path
    cases: Path

    def bundle(self, name: str = "law.zip", **parts: object) -> Path:
        """A bundle of the policy and some parts, written."""
        path = self.folder / name
        path.write_bytes(make_bundle(self.policy, **parts))  # type: ignore[arg-type]
        return path

    def whole(self) -> Path:
        return self.bundle(rulings=self.rulings, calendar=self.local, cases=[self.cases])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    policy = tmp_path / "testland.yaml"
    facts = "\n".join("      " + line for line in _CLI.DOSSIER.splitlines())
    case = f"policy: {policy}\ncases:\n  - case: 采购79000使用85000\n    as_of: 2020-04-15\n    facts:\n{facts}\n"
    case += "    expect:\n      low: {triggered: {volume=bought: yes, volume=used: no}, clause: 二}\n"
    texts = {
        "testland.yaml": _CLI.POLICY,
        "dossier.yaml": _CLI.DOSSIER,
        "rulings.yaml": RULINGS,
        "local.yaml": LOCAL,
        "cases.yaml": case,
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    return Files(tmp_path, *(tmp_path / name for name in texts))
