"""Texts of the findings about tables of many institutions (B1…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

TABLES: dict[str, Entry] = {
    "unknown_table": Entry(
        "B101",
        "“$name”不是档案的列表",
        '"$name" is no list of a dossier',
        "[[是不是“$suggestion”？]]表以档案的列表命名：institutions（机构）、purchases（采购）……，另有 completeness（完整性）。",
        "[[Did you mean \"$suggestion\"? ]]Tables are named after the lists of a dossier, with institutions and completeness.",
    ),
    "unreadable_table": Entry(
        "B102",
        "读不了这份表“$path”[[（$reason）]]",
        'the table "$path" cannot be read[[ ($reason)]]',
        "可读 UTF-8 的 CSV、Parquet、xlsx；请检查文件是否完整。",
        "CSV in UTF-8, Parquet and xlsx can be read; check that the file is whole.",
    ),
    "excel_missing": Entry(
        "B103",
        "读 Excel 文件还要装一个包：“$path”",
        'another package is needed to read the workbook "$path"',
        "pip install 'vbprules[tables]'",
        "pip install 'vbprules[tables]'",
    ),
    "float_column": Entry(
        "B104",
        "“$column”这一列是浮点数",
        'the column "$column" holds floats',
        "浮点数存不准金额和比例。请存成文字、整数或定点小数（Decimal）。",
        "Floats cannot hold money exactly. Store text, integers or decimals.",
    ),
    "unknown_column": Entry(
        "B105",
        "“$list”的表没有“$column”这一列",
        'a table of $list has no column "$column"',
        "[[是不是“$suggestion”？]]列名可写英文或中文，见参考“档案”；别的列名用对照文件说明。",
        "[[Did you mean \"$suggestion\"? ]]See the reference of dossiers; foreign headings are told by a mapping file.",
    ),
    "repeated_column": Entry(
        "B106",
        "“$column”这一列重复",
        'the column "$column" is repeated',
        "请只留一列。",
        "Leave one of them.",
    ),
    "no_institution": Entry(
        "B107",
        "“$list”的表没有写明机构的列“$column”",
        'the table of $list has no column "$column" that says of which institution a row is',
        "请加上机构编号一列。",
        "Add the column with the ids of the institutions.",
    ),
    "row_of_nobody": Entry(
        "B108",
        "这一行没有写明是哪家机构（“$column”是空的）",
        'this row does not say of which institution it is ("$column" is empty)',
        "请写上机构编号。没有写明之前，不知道哪家的记录少了一行，所以一家也不判断。",
        "Write the id. Until then some institution lacks a row, nobody knows which, so none is decided.",
    ),
}
