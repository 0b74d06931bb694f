"""Texts of the findings about made provinces (B131–B139)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

SYNTH: dict[str, Entry] = {
    "polars_missing": Entry(
        "B131",
        "造表要另装 polars",
        "making tables needs polars",
        "pip install 'vbprules[tables]'",
        "pip install 'vbprules[tables]'",
    ),
    "no_quarter": Entry(
        "B132",
        "从 $first 到 $last 没有一个季度开始",
        "no quarter begins from $first to $last",
        "任务量按季度设置，只造在这段时间里开始的季度；请把 --from 提前到季度首日，或把 --to 推后。",
        "Volumes are set by quarter, and only quarters that begin within these days are made: move --from or --to.",
    ),
    "folder_exists": Entry(
        "B133",
        "文件夹已有内容，没有覆盖：$path",
        "the folder is not empty and was not overwritten: $path",
        "请换一个文件夹，或先移走它。",
        "Choose another folder, or move it away first.",
    ),
    "sheet_full": Entry(
        "B134",
        "“$list”超过 $limit 行，一张工作表放不下",
        '"$list" has more than $limit rows, which no sheet of a workbook holds',
        "请改用 --format parquet 或 csv，或减少机构、品种。",
        "Use --format parquet or csv, or fewer institutions or drugs.",
    ),
    "no_workbooks": Entry(
        "B135",
        "写 Excel 文件还要装 xlsxwriter",
        "xlsxwriter is needed to write a workbook",
        "pip install 'vbprules[xlsx]'，或改用 --format parquet 或 csv。",
        "pip install 'vbprules[xlsx]', or use --format parquet or csv.",
    ),
}
