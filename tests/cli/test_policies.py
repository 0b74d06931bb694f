"""``vbprules list``, ``show`` and ``check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vbprules import shipped_policies
from vbprules.cli.main import main


def told(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 0) -> str:
    assert main([str(arg) for arg in args]) == code
    return capsys.readouterr().out


def test_list_names_every_policy(capsys):
    for lang in ("zh", "en"):
        out = told(capsys, "list", "--lang", lang)
        assert all(name in out for name in shipped_policies())
    rows = json.loads(told(capsys, "list", "--json"))
    assert [row["id"] for row in rows] == list(shipped_policies())
    assert all(row["clauses"] and row["provisions"] and row["number"] and row["title"]["zh"] for row in rows)


def test_list_reports_a_broken_policy_and_goes_on(capsys, policy, tmp_path, monkeypatch):
    broken = tmp_path / "broken.yaml"
    broken.write_text("language: 1\n", "utf-8")
    found = {"broken": broken, "testland": policy}
    monkeypatch.setattr("vbprules.catalog.shipped_policies", lambda: found)
    assert main(["list"]) == 1
    out, err = capsys.readouterr()
    assert "testland" in out and str(broken) in err


def test_show_the_whole(capsys, policy):
    out = told(capsys, "show", policy)
    assert "测试省药品集中采购实施方案" in out and "测医保发〔2020〕1号" in out
    assert "未编码：目标" in out
    assert "★bought" in out and "采购量" in out
    assert "pay  义务 30天内付款" in out and "医疗机构 → 企业" in out
    assert "Pay within 30 days" in told(capsys, "show", policy, "--lang", "en")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("pay", ["一“30天内付款”", "obligation: 30天内付款", "sanctioned_by: [warn]"]),
        ("一", ["pay", "warn", "“逾期的给予预警”", "advance_payment"]),
        ("四", ["未编码：目标"]),
        ("volume", ["按采购量还是使用量？", "★bought"]),
        ("abnormal", ["是否属异常"]),
        ("completion", ["ratio: [done, set_volume]"]),
        ("hospital", ["kind: {in: [hospital]}"]),
    ],
)
def test_show_one_thing(capsys, policy, item, words):
    out = told(capsys, "show", policy, item)
    assert all(word in out for word in words)
    assert json.loads(told(capsys, "show", policy, item, "--json"))


@pytest.mark.parametrize("name", shipped_policies())
def test_everything_of_the_shipped_policies_can_be_shown(name):
    from vbprules import load
    from vbprules.printing.policy_page import PolicyPage
    from vbprules.printing.terminal import to_terminal

    policy = load(name).policy
    printer = PolicyPage(policy, "zh", shipped_policies()[name].read_text("utf-8").splitlines())
    for provision in policy.provisions.values():
        found = printer.find(provision.id)
        assert found is not None
        assert to_terminal(found[1], 1000).count(provision.title.zh) >= 2, provision.id  # its title, and its source
    for clause in policy.clauses:
        assert printer.find(clause.no.replace("(", "（").replace(")", "）")) is not None
    for section in ("readings", "questions", "terms", "quantities", "lists"):
        assert all(printer.find(item) is not None for item in getattr(policy, section))


def test_show_json(capsys, policy):
    data = json.loads(told(capsys, "show", policy, "--json"))
    assert data["id"] == "testland"
    assert [clause["no"] for clause in data["clauses"]] == ["一", "二", "三", "四"]
    assert data["clauses"][0]["provisions"] == ["pay", "warn", "advance_payment", "split", "publish"]
    assert data["readings"][0]["preferred"] == "bought"
    assert {norm["id"] for norm in data["provisions"]} >= {"pay", "low"}


def test_show_unknown(capsys, policy):
    assert main(["show", str(policy), "payy"]) == 1
    assert "pay" in capsys.readouterr().err
    assert main(["show", str(policy), "一(九)"]) == 1
    assert "一(九)" in capsys.readouterr().err


def test_check_good(capsys, policy):
    assert "错误 0 处" in told(capsys, "check", policy)
    assert "0 errors" in told(capsys, "check", policy, "--lang", "en")
    assert json.loads(told(capsys, "check", policy, "--json")) == []


def test_shipped_policies_have_no_errors(capsys):
    told(capsys, "check", "--no-logic", *shipped_policies())


def test_check_bad_with_excerpts(capsys, policy):
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("below: 80%", "below: 0.8").replace("by: hospital", "by: hospitl"), "utf-8")
    out = told(capsys, "check", policy, code=1)
    assert "below: 0.8" in out and "^^^" in out and "hospital" in out and f"{policy}:" in out
    found = json.loads(told(capsys, "check", policy, "--json", code=1))
    assert len(found) >= 2 and all(item["line"] for item in found)


def test_check_several_and_missing(capsys, policy, tmp_path):
    out = told(capsys, "check", policy, tmp_path / "无.yaml", "nothing_here", tmp_path, code=1)
    assert "Y030" in out and "D100" in out and "Y032" in out


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"a: [", b"a: &x 1\nb: *x\n", b"- 1\n", "policy: 甲\n".encode("gbk"), b"\x00"]
)
def test_check_hostile_files(capsys, tmp_path, data):
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    assert told(capsys, "check", path, code=1)
    assert main(["evaluate", str(path), str(path), "--as-of", "2020-01-01"]) == 1
    assert main(["test", str(path)]) == 1
