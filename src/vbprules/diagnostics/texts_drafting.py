"""Texts of the findings about policies that are being begun (N…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

DRAFTING: dict[str, Entry] = {
    "unconfirmed": Entry(
        "N101",
        "“$key”还没有确认",
        '"$key" is still to be confirmed',
        "请对照原文写上；原文没有写的，按语言说明写 not_stated 或 silent。",
        "Write what the document says; where it says nothing, `not_stated` or `silent` as the reference has it.",
    ),
    "no_clauses": Entry(
        "N102",
        "没有找到条款号",
        "no numbered clauses were found",
        "条款号要在行首：一、 （一） 1． 第一条。请检查文本是不是提取完整。",
        "Labels such as 一、 （一） or 1. must begin a line. See whether the text was extracted whole.",
    ),
    "not_a_text": Entry(
        "N103",
        "不是 UTF-8 文本",
        "not text in UTF-8",
        "请先把文件（Word、PDF 等）另存为 UTF-8 的纯文本。",
        "Save the document (Word, PDF …) as plain text in UTF-8 first.",
    ),
    "file_exists": Entry(
        "N104",
        "文件已经存在，没有覆盖：$path",
        "the file exists and was not overwritten: $path",
        "请换一个文件名，或先移走它。",
        "Choose another name, or move it away first.",
    ),
}
