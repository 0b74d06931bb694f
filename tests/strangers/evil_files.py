"""A policy and a dossier whose every name and label is written to do harm."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = ROOT / "fuzz" / "corpus"
sys.path.insert(0, str(Path(__file__).parent))

EVIL = {
    "某省药品集中带量采购实施方案（示例）": "<script>alert(1)</script>{0.__class__}%s$(id)",
    "某省医疗保障局": '=HYPERLINK("http://x","y")',
    "示医保发〔2020〕1号": "../../x%n`id`",
    "按期支付货款": "{0.__class__.__mro__}<img src=x onerror=alert(1)>",
    "逾期预警": '%(x)s\\N%s%n"];x<svg onload=alert(2)>',
    "完成比例低于80%约谈": "=cmd|' /C calc'!A0",
    "完成比例, en": "=1+1, en",
    "期间开始的当日是否计入": "$where$limit[[$name]]",
}


@pytest.fixture
def evil(tmp_path: Path) -> tuple[Path, Path]:
    """Policy and dossier: valid, with what strangers may try in every text that is shown."""
    text = (SEED / "policy" / "sample_2020.yaml").read_text("utf-8")
    for old, new in EVIL.items():
        text = text.replace(old, new if old.endswith(", en") else "'" + new.replace("'", "''") + "'")
    text = text.replace("label: 公立医疗机构", "label: '</td></table><script>alert(3)</script>'")
    policy = tmp_path / "evil.yaml"
    policy.write_text(text.replace("policy: sample_2020 ", "policy: evil "), "utf-8")
    dossier = tmp_path / "dossier.yaml"
    facts = (SEED / "dossier" / "full.yaml").read_text("utf-8")
    facts = facts.replace("示例市人民医院", "'<script>alert(4)</script>{0}%s'").replace("id: R7", "id: '=R7<b>{x}'")
    dossier.write_text(
        facts.replace("receipt: R7", "receipt: '=R7<b>{x}'").replace("subject: R7", "subject: '=R7<b>{x}'"), "utf-8"
    )
    return policy, dossier
