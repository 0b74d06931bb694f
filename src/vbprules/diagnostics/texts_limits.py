"""Texts of the findings about limits, whatever is read: files, policies, dossiers, tables."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

_HIGHER_ZH = '确实需要的，把上限 $name 调高：VBPRULES_LIMITS="$name=…"，见“限度”一页。'
_HIGHER_EN = 'If it is needed, raise the limit $name: VBPRULES_LIMITS="$name=…"; see the page on limits.'

LIMITS: dict[str, Entry] = {
    "unknown_limit": Entry(
        "Y033",
        "没有名为“$name”的上限",
        'there is no limit "$name"',
        '[[是不是“$suggestion”？]]写作 VBPRULES_LIMITS="bytes=50000000 rows=1000000"，各项见“限度”一页。',
        '[[Did you mean "$suggestion"? ]]Write VBPRULES_LIMITS="bytes=50000000 rows=1000000"; see the page on limits.',
    ),
    "bad_limit": Entry(
        "Y034",
        "上限“$name”的值“$figure”不是正整数",
        'the limit "$name" is no whole number from 1: "$figure"',
        "写不带单位和逗号的数，如 bytes=50000000。",
        "Write a number without unit or commas, as bytes=50000000.",
    ),
    "too_many_provisions": Entry(
        "P129",
        "规定、措施和任务超过 $limit 项，没有继续编译",
        "there are more than $limit provisions, measures and tasks; the policy was not compiled",
        "一份文件写成一份政策；几份文件的规定请分开。" + _HIGHER_ZH,
        "One document is one policy; keep the provisions of several documents apart. " + _HIGHER_EN,
    ),
    "number_too_long": Entry(
        "E116",
        "一个数由超过 $limit 个数相乘、相除而成",
        "a number is made of more than $limit others by multiplying and dividing",
        "量与量一层层相乘，位数成倍增长。请核对是否写错了名称，或把它拆开比较。",
        "Products of products double their digits each time. Check the names, or compare the parts one by one.",
    ),
    "names_too_deep": Entry(
        "E117",
        "名称套名称，到“$name”为止，里外超过 $limit 层",
        'names lie within names: with "$name" there are more than $limit levels',
        "请让外面的量直接写出它的算式，少经几个名称。",
        "Let the outer quantity say its own calculation, through fewer names.",
    ),
    "too_many_entries": Entry(
        "D115",
        "一份档案的记录超过 $limit 行，没有继续读取",
        "a dossier has more than $limit rows; reading stopped here",
        "记录很多的机构，请写成表，用 vbprules batch 判断。" + _HIGHER_ZH,
        "Put so many rows into tables and decide them with vbprules batch. " + _HIGHER_EN,
    ),
    "too_many_columns": Entry(
        "B116",
        "这份表有 $count 列，最多 $limit 列",
        "the table has $count columns; $limit are read at most",
        "请只留需要的列。" + _HIGHER_ZH,
        "Leave the columns that are needed. " + _HIGHER_EN,
    ),
    "table_too_big": Entry(
        "B117",
        "文件超过 $limit 字节",
        "the file has more than $limit bytes",
        "请拆成几份，放在一个文件夹里。" + _HIGHER_ZH,
        "Split it into several files in a folder. " + _HIGHER_EN,
    ),
    "too_many_table_rows": Entry(
        "B118",
        "这份表有 $count 行，最多 $limit 行",
        "the table has $count rows; $limit are read at most",
        "请拆成几份，放在一个文件夹里。" + _HIGHER_ZH,
        "Split it into several files in a folder. " + _HIGHER_EN,
    ),
    "workbook_unpacks": Entry(
        "B119",
        "这份工作簿展开后超过 $limit 字节，没有读取",
        "the workbook unpacks to more than $limit bytes and was not read",
        "请另存为 CSV 或 Parquet。" + _HIGHER_ZH,
        "Save it as CSV or Parquet. " + _HIGHER_EN,
    ),
    "sheet_too_wide": Entry(
        "B120",
        "工作表从第一格到最后一格共 $count 格（空格也算），最多 $limit 格，没有读取",
        "from its first cell to its last a sheet has $count cells, empty ones too; $limit are read at most",
        "多半是很远的一格里留了东西：请删去表外的行和列，或另存为 CSV。" + _HIGHER_ZH,
        "Something probably stands in a cell far away: delete the rows and columns beyond the table. " + _HIGHER_EN,
    ),
}
