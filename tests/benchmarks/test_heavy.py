"""Memory over many evaluations: what the table has. No figure is tested; `tests/heavy` tests that nothing stays."""

from __future__ import annotations

import pytest
from benchmarks.__main__ import main

from benchmarks import heavy
from vbprules import catalog


def test_the_table(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "_WARM", 0)
    monkeypatch.setattr(heavy, "_POINTS", 2)  # each looks at every object of this process
    two = {name: path for name, path in catalog.shipped_policies().items() if name in ("hechuan_2025", "nhsa_2019_18")}
    monkeypatch.setattr(catalog, "shipped_policies", lambda: two)
    assert main(["heavy", "--evaluations", "14"]) == 0
    cells = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| ")]
    assert cells[0][1] == "次 evaluations"
    last: dict[str, str] = {}
    for how, done, *_, memory, objects in cells[1:]:
        last[how] = done
        assert float(memory) > 10 and int(objects.replace(",", "")) > 10_000
    assert list(last.values()) == ["9", "2", "1", "1"]  # 70, 20, 8 and 2 of a hundred, one at the least


def test_small_records(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heavy, "_WARM", 0)
    assert main(["heavy", "--small", "--evaluations", "20"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| 附理由")]
    assert [line.split(" | ")[1] for line in lines] == ["0", "4", "8", "12", "16", "20"]
