"""Texts that are strange in a file of law or of facts: figures, days, Unicode, what other programs would execute."""

from __future__ import annotations

from typing import Final

FIGURES: Final = (
    "0", "-1", "1", "80%", "0.8", "100%", "1e999", "1E-400", "1" * 15, "1" * 16, "9" * 4400, "0." + "0" * 7 + "1", "1/3",
    "1/0", "NaN", "inf", "-inf", "0x10", "1_000", "1,000", "1,00", "１２", "٣", "²", "1..2", "2..1", "1..", "..", "1–3 years",
    "999999999999999 years", "999999999999999 days", "400000 days", "0 working days", "3000 months", "at_least 5",
    "at_most 0", "至少 3", "0 yuan", "0.001 yuan", "99999999999 万元", "12 units", "+1", "1 ", "1%%", "十", "三成", "百分之八十",
)  # fmt: skip
DAYS: Final = (
    "2020-02-30", "0000-01-01", "9999-12-31", "1900-01-01", "2200-12-31", "2201-01-01", "1899-12-31", "2020-03", "2020Q1",
    "2020Q5", "2020年3月5日", "2020-01-01..2020-02-15", "2020-01-01..1999-01-01", "2020Q1..2020Q3", "at_most 2020-03-01",
    "2020", "2020H1", "99999Q1", "2200Q4", "1900Q1", "2020-1-1", "２０２０-01-01", "2020-02-29T00:00:00", "issued", "silent",
)  # fmt: skip
ODD: Final = (
    "", " ", "\t", "~", "null", "yes", "no", "unknown", "?", "none", "无", "是", "\u202e", "\u200b", "\ufeff", "\x1b[2J", "\x00",
    "\ud800", "😀", "é", "e\u0301", "ﬁ", "\u3000", "，", "：", "“”", "五(三)“低于80％”", "五(三)", "封面", "附件1", "a" * 201, "药" * 9000,
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "<script>alert(1)</script>", "&amp;", "]]>", "{0.__class__}", "%s", "$x",
    "$(id)", "`id`", "../../x", "/dev/zero", "/etc/passwd", "C:\\x", "!!python/object/apply:os.system [id]", "&a", "*a", "<<",
    "[[", "]]", "a.b.c", "a:b", "a@b", "document.issued", "policy:x", "P@2020-03-01", "drug", "institution", "self", "row",
)  # fmt: skip
TEXTS: Final = (*FIGURES, *DAYS, *ODD)
