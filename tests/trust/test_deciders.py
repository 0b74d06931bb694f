"""A determination counts only where the authority that the document names has made it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from vbprules import evaluate

_SPEC = importlib.util.spec_from_file_location("cli_conftest", Path(__file__).parents[1] / "cli" / "conftest.py")
assert _SPEC is not None and _SPEC.loader is not None
_CLI = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_CLI)


@pytest.mark.parametrize(("by", "standing"), [("insurance_department", "settled"), ("insurance_agency", "open")])
def test_a_finding_by_somebody_else_settles_nothing(by: str, standing: str, tmp_path: Path) -> None:
    policy = tmp_path / "testland.yaml"
    policy.write_text(_CLI.POLICY, "utf-8")
    found = [{"question": "abnormal", "answer": "yes", "by": by, "day": "2020-03-01", "source": "通报"}]
    facts = {"institution": {"kind": "hospital"}, "determinations": found, "acts": "none"}
    decision = evaluate(policy, facts, "2020-04-15")
    assert decision.outcome("cut").triggered.standing == standing
