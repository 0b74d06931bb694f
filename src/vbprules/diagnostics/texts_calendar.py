"""Texts of the findings about calendars (K)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

CALENDARS: dict[str, Entry] = {
    "unknown_calendar": Entry(
        "K101",
        "没有名为“$name”的工作日安排版本，也没有这个文件",
        'there is no version "$name" of the working-day arrangements, and no such file',
        "[[是不是“$suggestion”？]]可用 original（各年最初的）、latest（最新的）、"
        "某年的一个版本（vbprules calendar 列出），或地方日历文件。",
        '[[Did you mean "$suggestion"? ]]Use original, latest, one version of a year (`vbprules calendar` lists them), '
        "or a file of local days.",
    ),
    "local_day_form": Entry(
        "K102",
        "没有写明是哪一天，或写了两种",
        "it does not say which day it is, or says so twice",
        "一天写 day: 2020-02-08；连续几天写 from 和 through（首日、末日，都含）。",
        "Write `day: 2020-02-08`, or for a stretch `from` and `through`, its first and last day.",
    ),
    "local_year_unknown": Entry(
        "K103",
        "$date 所在的年份没有全国的安排",
        "there is no national arrangement of the year of $date",
        "地方的日子加在全国的安排之上；那一年其余各天不知道，不能只凭这几天计算。收录的年份：$years。",
        "Local days go over the national arrangement; of that year the other days are not known. Known years: $years.",
    ),
    "local_day_twice": Entry(
        "K104",
        "$date 写了两次：第一次在第 $first_line 行",
        "$date stands here twice: first in line $first_line",
        "每一天只能有一种安排。请改正起止日，或删去一处。",
        "A day can have one arrangement only. Correct the ends of the stretch, or remove one of them.",
    ),
    "local_day_changes_nothing": Entry(
        "K105",
        "全国的安排已经如此：$dates",
        "the national arrangement says so already: $dates",
        "这几天写不写都一样。若本想写的是另一天，请改正。",
        "Without these days the result is the same. If another day was meant, correct it.",
    ),
    "local_without_days": Entry(
        "K106",
        "地方日历里没有日子",
        "the local calendar has no days",
        "请在 days 下写上各日；没有地方的日子就不必用这个文件。",
        "Write them under `days`; without local days the file is not needed.",
    ),
}
