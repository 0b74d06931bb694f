"""The examples of the language reference are true: its case files run on its sample policy."""

from __future__ import annotations

import re
from pathlib import Path

from vbprules.cases.checks import load_case_file
from vbprules.cases.compare import run_case
from vbprules.language.words import WORDS

TEXT = (Path(__file__).parents[2] / "docs" / "language.zh.md").read_text("utf-8")


def _examples(beginning: str) -> list[str]:
    return [block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if block.startswith(beginning)]


def test_the_case_files_of_the_reference_run_on_its_policy(tmp_path: Path) -> None:
    (policy,) = _examples("language: 1")
    (tmp_path / "sample_2020.yaml").write_text(policy, encoding="utf-8")
    examples = [*_examples("policy: sample_2020\nfixtures"), *_examples("政策: sample_2020")]
    assert len(examples) == 3
    for number, example in enumerate(examples):
        path = tmp_path / f"{number}.yaml"
        path.write_text(example.replace("sample_2020", "./sample_2020.yaml", 1), encoding="utf-8")
        cases = load_case_file(path).cases
        assert len(cases) >= (1 if "时间线" in example or "timeline:" in example else 2)
        for case in cases:
            assert run_case(case)[1] == [], case.name


def test_the_appendix_lists_every_word() -> None:
    appendix = TEXT[TEXT.index("## 附录一") : TEXT.index("## 附录二")]
    assert [word for word, zh in WORDS.items() if f"`{word}` {zh}" not in appendix] == []
