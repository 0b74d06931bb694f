"""Texts of the findings about tables of many institutions (B1…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

TABLES: dict[str, Entry] = {
    "unknown_table": Entry(
        "B101",
        "“$name”不是档案的列表",
        '"$name" is no list of a dossier',
        "[[是不是“$suggestion”？]]表以档案的列表命名：institutions（机构）、purchases（采购）……，另有 completeness。",
        '[[Did you mean "$suggestion"? ]]Tables are named after a dossier\'s lists, and institutions and completeness.',
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
        '[[Did you mean "$suggestion"? ]]See the reference of dossiers; foreign headings are told by a mapping file.',
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
        "这一行没有写明是哪家机构（$list）",
        "this row does not say of which institution it is ($list)",
        "请写上机构编号。没有写明之前，不知道哪家的记录少了一行，所以各家的这份列表都不算完整。",
        "Write its id. Until then some institution lacks a row, nobody knows which: no such list counts as complete.",
    ),
    "odd_column": Entry(
        "B109",
        "“$column”这一列的类型（$kind）不能用",
        'the column "$column" has a type that cannot be used ($kind)',
        "一格只能是文字、整数、定点小数、日期或是非。",
        "A cell is a text, an integer, a decimal, a date or a truth.",
    ),
    "two_kinds_of_table": Entry(
        "B110",
        "“$list”的几份表，有的写明机构，有的没有",
        "of the tables of $list some name institutions and some do not",
        "不写机构的表是公用目录。请只留一种。",
        "A table without institutions is a catalogue for all. Use one kind.",
    ),
    "nobody_at_all": Entry(
        "B111",
        "没有一份表写明是哪家机构",
        "no table says of which institution its rows are",
        "至少要有一份 institutions（机构），或有“机构”一列的表。",
        "Give a table of institutions, or one with a column institution.",
    ),
    "no_such_institution": Entry(
        "B112",
        "这些表里没有机构“$name”",
        'the tables have no institution "$name"',
        "[[是不是“$suggestion”？]]",
        '[[Did you mean "$suggestion"?]]',
    ),
    "too_many_rows": Entry(
        "B113",
        "一张 Excel 工作表放不下“$table”的 $rows 行",
        'the $rows rows of "$table" do not fit into a sheet of a workbook',
        "请用 --format parquet 或 csv。",
        "Use --format parquet or csv.",
    ),
    "cell_too_long": Entry(
        "B136",
        "一个 Excel 单元格放不下“$table”第 $row 行“$column”的 $length 个字",
        'the $length characters of "$column" in row $row of "$table" do not fit into a cell of a workbook',
        "请用 --format parquet 或 csv。",
        "Use --format parquet or csv.",
    ),
    "bad_mapping": Entry(
        "B114",
        "列名对照文件读不懂：$reason",
        "the file of headings cannot be understood: $reason",
        '写作 {purchases: {采购日期: day, 备注: "-"}}。',
        'Write {purchases: {bought_on: day, remark: "-"}}.',
    ),
    "table_changed": Entry(
        "B130",
        "判断的时候，这份表变了：“$path”",
        'this table has changed while the cases were decided: "$path"',
        "没有写出结果：一部分会出自旧的、一部分出自新的。等它不再变动，再运行一次。",
        "No results were written: some would rest on the old rows and some on the new. Run again when it is at rest.",
    ),
    "tables_missing": Entry(
        "B115",
        "读写多家机构的表还要装一个包（Polars）",
        "another package (Polars) is needed for tables of many institutions",
        "pip install 'vbprules[tables]'",
        "pip install 'vbprules[tables]'",
    ),
    "alike_institutions": Entry(
        "B129",
        "两家机构的编号看起来一样而不同：“$first”和“$second”[[（$codes）]]",
        'two institutions have ids that look the same and are not: "$first" and "$second"[[ ($codes)]]',
        "多半是同一家：分成两家，每家都缺另一家的记录，付了款的会成为逾期。请改成同样的字符。",
        "Probably they are one: as two, each lacks the other's rows, and a bill that was paid would be overdue. "
        "Write both with the same characters.",
    ),
}
