"""Texts of the findings about batches that are distributed (B14…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

SPREAD: dict[str, Entry] = {
    "packed_other": Entry(
        "B141",
        "打包的事实与内核不符（$place）：缺 $lacking；多 $foreign",
        "the packed facts are not those of the kernel ($place): lacking $lacking; foreign $foreign",
        "打包和内核要出自同一些表；少一列会被当作没有记录。",
        "Pack the tables of which the kernel was made; a column left out would count as nothing recorded.",
    ),
    "packed_twice": Entry(
        "B142",
        "打包的事实里机构“$institution”没有编号或不止一行",
        'the institution "$institution" has no id, or more than one packed row',
        "一家机构的全部记录放在一行里；分开判断会少算记录。",
        "All rows of an institution go into one packed row: decided apart, each half lacks the other's records.",
    ),
    "engine_missing": Entry(
        "B143",
        "在 $engine 上运行还要装一个包",
        "another package is needed to run on $engine",
        "pip install 'vbprules[$extra]'",
        "pip install 'vbprules[$extra]'",
    ),
    "other_version": Entry(
        "B144",
        "工作节点上的 vbprules 是 $here，发出任务的是 $there",
        "vbprules is $here where the work is done and $there where it was sent from",
        "各节点装同一版本：结论要能重算出同样的字节。",
        "Install one version everywhere: the same facts must give the same bytes.",
    ),
}
