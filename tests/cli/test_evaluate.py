"""``vbprules evaluate``: what it prints, and that the same input gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vbprules.cli.main import main

AS_OF = ("--as-of", "2020-04-15")


def told(capsys: pytest.CaptureFixture[str], *args: str | Path) -> str:
    assert main([str(arg) for arg in args]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_chinese_by_default_with_what_weighs_most_first(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF)
    order = [
        "测试医院",
        "一、违反与制裁",
        "二、待履行",
        "三、权益",
        "四、患者",
        "五、视解读",
        "六、待定",
        "八、其余",
        "九、凭据",
    ]
    places = [out.index(word) for word in order]
    assert places == sorted(places)


def test_figures_clause_reasons_and_consequence(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF)
    assert "R1 甲药中选 12,345.60 元" in out
    assert "一“30天内付款”" in out
    assert "医疗机构 → 企业" in out and "“原则上”" in out
    assert "违反：仍未履行" in out
    assert "期限 2020-03-04（★自次日起）／2020-03-03（当日计入）" in out
    assert "付清日截至 2020-04-15 尚无，晚于" in out
    assert "后果：逾期预警" in out
    assert "金额 300,000.00 元" in out
    assert "5.50      2.00          2.00              3.50" in out
    assert "异常的扣减" in out and "- {question: abnormal, answer: …" in out


def test_each_option_of_a_reading_with_its_figure(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF)
    assert "按采购量还是使用量？" in out and "volume=bought|used" in out
    assert "★采购量 → 应作出，尚未作出 · 完成比例 79% 低于 80%（采购量 79,000；设置量 100,000）" in out
    assert "使用量 → 未触发 · 完成比例 85% 不低于 80%" in out


def test_a_fixed_reading_settles(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--reading", "volume=bought", "--reading", "first_day=next")
    assert "视解读而定 ─" not in out
    assert "★" not in out
    assert "完成比例 79% 低于 80%（少 1 个百分点）" in out
    assert "完成量 79,000；设置量 100,000" in out
    assert "first_day=next、volume=bought" in out


def test_english(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--lang", "en")
    assert "Testland plan" in out and "as of 2020-04-15" in out
    assert "breached, still unperformed" in out and "in principle" in out
    assert "amount 300,000.00 yuan" in out
    assert "completion 79%, below 80%" in out
    assert "违反" not in out


def test_no_line_is_wider_than_the_page(capsys, policy, dossier):
    from vbprules.diagnostics.place import width

    for lang in ("zh", "en"):
        out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--lang", lang, "--all")
        wide = [line for line in out.splitlines() if width(line) > 100 and not line.lstrip().startswith("- {")]
        assert wide == []


def test_all_lists_every_outcome(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--all")
    short = told(capsys, "evaluate", policy, dossier, *AS_OF)
    assert "公布结果" in out and "公布结果" not in short
    assert len(out) > len(short)


def test_many_receipts_in_time_are_one_line(capsys, policy, dossier):
    rows = "\n".join(
        f"    - {{id: Q{n}, agreement: H, product: P, accepted_on: 2020-02-03, amount: 10.00}}" for n in range(60)
    )
    paid = ", ".join(f"{{receipt: Q{n}, day: 2020-02-10, amount: 10.00, payer: hospital}}" for n in range(60))
    text = dossier.read_text("utf-8").replace(
        "  complete: yes\n  entries:\n    - {id: R1", f"  complete: yes\n  entries:\n{rows}\n    - {{id: R1"
    )
    dossier.write_text(text.replace("entries: [{receipt: R2", f"entries: [{paid}, {{receipt: R2"), "utf-8")
    out = told(capsys, "evaluate", policy, dossier, *AS_OF)
    assert "30天内付款 ×61" in out
    assert len(out.splitlines()) < 80


def test_quiet_reasons(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--quiet-reasons")
    assert "违反：仍未履行" in out and "付清日" not in out and "79%" not in out


def test_markdown(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--markdown")
    assert out.startswith("# 测医保发〔2020〕1号")
    assert "\n## 一、违反与制裁" in out
    assert "- ✗ **30天内付款**" in out
    assert "| 药品 | 单价 | 支付标准 |" in out and "| ---: |" in out
    assert "\x1b" not in out
    assert "first\\_day=next\\|same" in out


def test_json_is_the_decision_and_nothing_else(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--json")
    decision = json.loads(out)
    assert decision["policy"] == "testland"
    assert {o["id"] for o in decision["outcomes"]} >= {"pay@R1", "pay@R2", "warn@R1", "low@A@2020Q1"}
    assert decision["receipt"]["second_opinion"] != "not asked for"


def test_without_second_opinion(capsys, policy, dossier):
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--json", "--no-second-opinion")
    assert json.loads(out)["receipt"]["second_opinion"] == "not asked for"


def test_rulings(capsys, policy, dossier, tmp_path):
    rulings = tmp_path / "rulings.yaml"
    rulings.write_text(
        "readings:\n  - {reading: volume, option: used, by: 省医保局, day: 2020-03-01, source: 解释}\n"
        "determinations:\n"
        "  - {question: abnormal, answer: no, by: insurance_department, day: 2020-04-01, source: 认定书}\n",
        "utf-8",
    )
    out = told(capsys, "evaluate", policy, dossier, *AS_OF, "--rulings", rulings)
    assert "volume=used (省医保局, 2020-03-01, 解释)" in out
    assert "异常的扣减" not in out.split("其余")[0]
    assert "完成比例 79%" not in out


def test_output_file(capsys, policy, dossier, tmp_path):
    path = tmp_path / "判断.txt"
    assert main(["evaluate", str(policy), str(dossier), *AS_OF, "--output", str(path), "--color", "always"]) == 0
    assert capsys.readouterr().out == ""
    text = path.read_text("utf-8")
    assert "违反：仍未履行" in text and "\x1b" not in text


def test_output_never_replaces_an_input(capsys, policy, dossier):
    before = dossier.read_bytes()
    assert main(["evaluate", str(policy), str(dossier), *AS_OF, "--output", str(dossier)]) == 2
    assert dossier.read_bytes() == before
    assert "--output" in capsys.readouterr().err


def test_colour_only_when_wanted(capsys, policy, dossier, monkeypatch):
    assert "\x1b" not in told(capsys, "evaluate", policy, dossier, *AS_OF)
    assert "\x1b[1;31m" in told(capsys, "evaluate", policy, dossier, *AS_OF, "--color", "always")
    monkeypatch.setattr("vbprules.cli.output._terminal", lambda stream: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b" in told(capsys, "evaluate", policy, dossier, *AS_OF)
    assert "\x1b" not in told(capsys, "evaluate", policy, dossier, *AS_OF, "--color", "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in told(capsys, "evaluate", policy, dossier, *AS_OF)


def test_colour_changes_no_word(capsys, policy, dossier):
    import re

    plain = told(capsys, "evaluate", policy, dossier, *AS_OF, "--all")
    coloured = told(capsys, "evaluate", policy, dossier, *AS_OF, "--all", "--color", "always")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_dossier_from_standard_input(run, policy, dossier):
    done = run("evaluate", policy, "-", *AS_OF, "--json", stdin=dossier.read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["institution"] == "测试医院"


@pytest.mark.parametrize("form", [["--json"], ["--all"]])
def test_same_bytes_in_every_environment(run, policy, dossier, form):
    """Neither the hash seed nor the locale nor the time zone changes a byte."""
    environments = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "1"},
        {"PYTHONHASHSEED": "3", "TZ": "UTC", "LANG": "de_DE.UTF-8", "COLUMNS": "40", "PYTHONUTF8": "1"},
    )
    found = {run("evaluate", policy, dossier, *AS_OF, *form, env=env).stdout for env in environments}
    assert len(found) == 1 and found.pop()


def test_json_is_utf8_in_every_locale(run, policy, dossier):
    plain = run("evaluate", policy, dossier, *AS_OF, "--json")
    narrow = run("evaluate", policy, dossier, *AS_OF, "--json", env={"PYTHONIOENCODING": "ascii"})
    assert plain.stdout == narrow.stdout
    assert "测试医院" in narrow.stdout.decode("utf-8")


EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "form", [[], ["--lang", "en"], ["--markdown"], ["--all"], ["--json"]], ids=lambda form: " ".join(form) or "text"
)
def test_every_example_prints(capsys, path, form):
    """The examples name their policy and their day in the first lines."""
    import re

    head = "".join(path.read_text("utf-8").splitlines(keepends=True)[:4])
    found_policy = re.search(r"[a-z_]+_20\d\d\w*", head)
    found_day = re.search(r"--as-of (\d{4}-\d\d-\d\d)", head)
    assert found_policy and found_day
    assert main(["evaluate", found_policy.group(), str(path), "--as-of", found_day.group(1), *form]) == 0
    out = capsys.readouterr().out
    assert len(out) > 1000
    assert "at_least" not in out or "--json" in form
    assert "at_most" not in out or "--json" in form
