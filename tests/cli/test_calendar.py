"""``vbprules calendar``, and ``evaluate --calendar``: what is printed, in both languages and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from vbprules.cli.main import main

CITY = """\
calendar: some_city
title: 某市延迟复工
en: Some City
days:
  - {name: 延迟复工, en: late return, from: 2020-02-03, through: 2020-02-09, works: no, source: 某府通告, published: 2020-01-27}
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    path = tmp_path / "某市.yaml"
    path.write_text(CITY, "utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 0) -> str:
    assert main(["calendar", *map(str, args)]) == code
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *args: str | Path) -> dict[str, Any]:
    found = json.loads(told(capsys, *args, "--json"))
    assert isinstance(found, dict)
    return found


def test_ten_working_days_over_the_spring_festival(capsys):
    lines = told(capsys, "2020-01-17", "+10wd").splitlines()
    assert lines[0].startswith("── 2020-01-17（周五）后10个工作日：次日起算，当日不计 ─")
    assert lines[1:3] == ["● 末日 2020-02-07（周五）  工作日", "  次日 2020-02-08（周六）  周末"]
    rows = [line.split() for line in lines[5:26]]
    assert rows[0] == ["2020-01-18", "周六", "周末"]
    assert rows[1] == ["2020-01-19", "周日", "调休上班", "1"]
    assert [row[2] for row in rows[6:16]] == ["春节"] * 10  # 24 January to 2 February
    assert rows[16] == ["2020-02-03", "周一", "工作日", "6"]
    assert rows[20] == ["2020-02-07", "周五", "工作日", "10"]
    end = "\n".join(lines[26:])
    assert "· 2020 年  国办发明电〔2020〕1号，2020-01-26 成文，2020-01-27 公布，版本 2020-extended" in end
    assert (
        "另有 国办发明电〔2019〕16号，2019-11-21 成文，2019-11-21 公布，版本 2020\n    → 按它是 2020-02-05（周三）\n"
        in end
    )
    assert lines[-1] == "工作日历 cn-2026.1+2019-mayday+2020-extended"


def test_both_conventions_and_english(capsys):
    out = told(capsys, "2020-01-17", "+10wd", "--first-day", "both", "--lang", "en")
    assert "── 10 working days after 2020-01-17 (Fri): that day is not counted ─" in out
    assert "── 10 working days after 2020-01-17 (Fri): that day is the first ─" in out
    assert "● last day 2020-02-07 (Fri)  working day" in out and "● last day 2020-02-06 (Thu)  working day" in out
    assert "2020-01-19  Sun      make-up working day" in out and "Spring Festival" in out
    assert "dated 2020-01-26, published 2020-01-27, version 2020-extended" in out
    same = told(capsys, "2020-01-17", "10个工作日", "--first-day", "same")
    assert "● 末日 2020-02-06（周四）" in same and "当日计入" in same and "次日起算" not in same


@pytest.mark.parametrize(
    ("args", "last"),
    [
        (("2020-01-17", "+10wd", "--version", "original"), "2020-02-05"),
        (("2020-01-17", "+10wd", "--version", "2020"), "2020-02-05"),
        (("2020-01-17", "+10wd", "--as-of", "2020-01-26"), "2020-02-05"),
        (("2020-01-17", "+10wd", "--as-of", "2020-01-27"), "2020-02-07"),
        (("2020-01-17", "+10wd", "--as-of", "2020-01-20", "--version", "latest"), "2020-02-07"),
        (("2020-02-10", "-5wd"), "2020-02-03"),
        (("2024-10-14", "-8wd"), "2024-09-27"),
        (("2020-03-02", "+30d"), "2020-04-01"),
        (("2020-03-02", "30天", "--first-day", "same"), "2020-03-31"),
        (("2020年1月31日", "+1m"), "2020-02-29"),
        (("2020-02-29", "+2y"), "2022-02-28"),
        (("2020-02-29", "2 years"), "2022-02-28"),
        (("2020-03-31", "-1m"), "2020-02-29"),
    ],
)
def test_where_a_term_ends(capsys, args, last):
    found = data(capsys, *args)
    assert [item["last_day"] for item in found["results"]] == [last]
    assert found["results"][0]["standing"] == "settled" and found["results"][0]["needs"] == []


def test_the_short_month_is_named(capsys):
    out = told(capsys, "2020-01-31", "+1m")
    assert "规则：到对应日为止；没有对应日的，取月末日" in out
    assert "2020 年 2 月没有 31 日，取月末日 2020-02-29" in out
    assert "末日是休息日；本库不自动顺延，文件写明的才顺延；其后第一个工作日 2020-03-02（周一）" in out
    assert "没有 29 日" not in told(capsys, "2020-01-29", "+1m")
    assert "2022-02 has no day 29: its last day is 2022-02-28" in told(capsys, "2020-02-29", "+2y", "--lang", "en")


def test_an_unpublished_year_keeps_the_sound_half(capsys):
    out = told(capsys, "2026-12-25", "+15wd")
    assert "? 末日待定：至早 2027-01-11，不能更早；待公布：2027 年的安排不在 cn-2026.1 之中，不估计" in out
    assert "已数 4 个工作日，还差 11 个" in out
    assert "2026-12-31  周四  工作日       4" in out and "2027-01-0" not in out
    assert "! 2027 年的安排可能改动 2026 年 12 月的最后几天" in out
    found = data(capsys, "2026-12-25", "+15wd")["results"][0]
    assert (found["standing"], found["last_day"], found["earliest"], found["latest"]) == (
        "open",
        None,
        "2027-01-11",
        None,
    )
    assert found["needs"] == ["calendar 2027"] and found["may_be_restated_by"] == "calendar 2027"
    before = data(capsys, "2027-01-20", "-15wd")["results"][0]
    assert (before["earliest"], before["latest"], before["needs"]) == (None, "2027-01-05", ["calendar 2027"])
    assert "至迟 2027-01-05，不能更晚" in told(capsys, "2027-01-20", "-15wd")
    old = told(capsys, "2018-12-20", "+10wd")
    assert "至早 2018-12-30，至迟 2019-01-15；没有收录 2018 年的安排（cn-2026.1），不估计" in old


def test_a_year(capsys, city):
    out = told(capsys, "--year", "2020")
    assert "工作日 249 天，休息日 117 天" in out
    assert "春节            2020-01-24（周五）  2020-02-02（周日）    10" in out
    assert "2020-01-31（周五） 工作日、2020-02-01（周六） 调休上班" in out
    found = data(capsys, "--year", "2020", "--version", "original")
    assert found["working_days"] == 251 and found["arrangement"]["notice"] == "国办发明电〔2019〕16号"
    assert "2020-02-01" in found["make_up"] and found["other_versions"][0]["differs_on"] == ["2020-01-31", "2020-02-01"]
    with_city = data(capsys, "--year", "2020", "--local", city)
    assert with_city["working_days"] == 249 - 5  # Monday 3 to Friday 7 February
    assert with_city["local"][0]["source"] == "某府通告"
    unpublished = data(capsys, "--year", "2027")
    assert (unpublished["standing"], unpublished["needs"]) == ("open", ["calendar 2027"])
    assert "不估计" in told(capsys, "--year", "2027") and "2018" in told(capsys, "--year", "2018")


def test_one_day_and_all_versions(capsys):
    out = told(capsys, "2020-02-01")
    assert out.startswith("2020-02-01（周六）  春节\n") and "→ 按它是调休上班" in out
    assert data(capsys, "2020-01-19")["kind"] == "make_up"
    assert data(capsys, "2027-01-04")["standing"] == "open"
    versions = data(capsys)["versions"]
    assert len(versions) == 10 and sum(item["used"] for item in versions) == 8
    lines = told(capsys).splitlines()
    assert "★  2020  2020-extended  国办发明电〔2020〕1号   2020-01-26  2020-01-27" in lines
    early = {item["version"]: item["used"] for item in data(capsys, "--as-of", "2020-01-26")["versions"]}
    assert early["2020"] and not early["2020-extended"]


def test_a_notice_published_later_is_named_as_such(capsys):
    out = told(capsys, "2021-02-01", "+3wd", "--as-of", "2020-06-01")
    assert "! 公布晚于 2020-06-01；这一年没有更早的版本，仍用它" in out
    assert "公布晚于" not in told(capsys, "2021-02-01", "+3wd", "--as-of", "2021-01-01")


def test_local_days(capsys, city):
    out = told(capsys, "2020-01-17", "+10wd", "--local", city)
    assert "● 末日 2020-02-14（周五）  工作日" in out
    assert "2020-02-03  周一  地方放假：延迟复工" in out
    assert "· 某市延迟复工  延迟复工 2020-02-03..2020-02-09 放假：某府通告，2020-01-27 公布" in out
    assert "+local-some_city-" in out.splitlines()[-1]
    english = told(capsys, "2020-01-17", "+10wd", "--local", city, "--lang", "en")
    assert "local day off: late return" in english and "Some City" in english
    before = told(capsys, "2020-01-17", "+10wd", "--local", city, "--as-of", "2020-01-26")
    assert "● 末日 2020-02-05" in before and "! 地方日历有 1 处公布晚于 2020-01-26，不计" in before
    first = data(capsys, "2020-01-17", "+10wd", "--local", city, "--version", "original")
    assert first["results"][0]["last_day"] == "2020-02-12"  # 31 January and 1 February are worked by the first notice


def test_long_terms_are_gathered(capsys):
    out = told(capsys, "2020-01-01", "+100wd")
    assert (
        "2020-01-24..2020-02-02  周五–周日  春节" in out
        and "2020-01-20..2020-01-23  周一–周四  工作日     14–17" in out
    )
    every = told(capsys, "2020-01-01", "+100wd", "--all")
    assert "2020-01-21  周二  工作日        15" in every


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("2020-01-01", "+10x"), 2, "不是期限"),
        (("2020-01-01", "0wd"), 2, "不是期限"),
        (("2020-01-01", "+-5wd"), 2, "不是期限"),
        (("2020-01-01", "30%"), 2, "不是期限"),
        (("2020-01-01", "1–3 years"), 2, "不是期限"),
        (("2020-01-01", "-9000y"), 2, "1 至 9999 年"),
        (("2020-01-01", "--year", "2020"), 2, "--year 不与日期同用"),
        (("--year", "20"), 2, "1900 到 2200"),
        (("2020-01-01", "+1d", "--first-day", "maybe"), 2, "不在可选之列"),
        (("2020-02-30", "+1d"), 1, "E112"),
        (("2020-01-01", "+1d", "--as-of", "昨天"), 1, "--as-of"),
        (("2020-01-01", "+1d", "--version", "2020-extendd"), 1, "是不是“2020-extended”"),
        (("2020-01-01", "+1d", "--local", "nowhere.yaml"), 1, "Y030"),
    ],
)
def test_slips(capsys, args, code, says):
    assert main(["calendar", *args]) == code
    out, err = capsys.readouterr()
    assert says in err and out == ""


def test_a_slip_in_a_local_file_is_shown_at_its_place(capsys, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(CITY.replace("through: 2020-02-09", "through: 2020-02-39"), "utf-8")
    assert main(["calendar", "2020-01-17", "+1wd", "--local", str(path)]) == 1
    assert f"{path}:5:" in capsys.readouterr().err


def test_evaluate_by_a_calendar(capsys, policy, dossier, city, tmp_path):
    policy.write_text(policy.read_text("utf-8").replace("{count: 30 days,", "{count: 10 working days,"), "utf-8")
    dossier.write_text(
        dossier.read_text("utf-8").replace("accepted_on: 2020-02-03", "accepted_on: 2020-01-17"), "utf-8"
    )
    run = ["evaluate", str(policy), str(dossier), "--as-of", "2020-04-15", "--reading", "first_day=next", "--json"]

    def due(*more: str) -> tuple[str, str]:
        assert main([*run, *more]) == 0
        found = json.loads(capsys.readouterr().out)
        outcome = next(item for item in found["outcomes"] if item["id"] == "pay@R1")
        return outcome["attributes"]["due"]["value"], found["receipt"]["calendar"]

    assert due() == ("2020-02-07", "cn-2026.1+2019-mayday+2020-extended")
    assert due("--calendar", "original") == ("2020-02-05", "cn-2026.1 (original)")
    assert due("--calendar", str(city))[0] == "2020-02-14"
    assert "+local-some_city-" in due("--calendar", str(city))[1]
    assert main([*run[:-1], "--calendar", "original"]) == 0
    assert "工作日历 cn-2026.1 (original)" in capsys.readouterr().out
    assert main([*run, "--calendar", "orignal"]) == 1
    assert "是不是“original”" in capsys.readouterr().err
    assert main([*run, "--calendar", str(city), "--output", str(city)]) == 2
    assert city.read_text("utf-8") == CITY
