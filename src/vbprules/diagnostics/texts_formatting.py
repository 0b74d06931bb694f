"""Texts of the findings about the surface and the form of a file (W1…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

FORMATTING: dict[str, Entry] = {
    "mixed_surface": Entry(
        "W101",
        "中文写法与英文写法混用：$words（共 $count 处）",
        "Chinese and English words are mixed: $words ($count in all)",
        "一份文件只用一种写法；vbprules fmt 会统一（--surface zh 或 en 指定哪一种）。",
        "Write a file in one of the two; `vbprules fmt` makes it so (`--surface zh` or `en` says which).",
    ),
    "id_is_word": Entry(
        "W102",
        "“$value”是语言的词，不能作标识",
        '"$value" is a word of the language and no id',
        "请换一个名称。",
        "Choose another name.",
    ),
    "not_formatted": Entry(
        "W103",
        "这份文件排版后读不回同样的内容，因此没有改动",
        "this file, formatted, would not read back the same, so it was left as it is",
        "请把这份文件报告给维护者。",
        "Please report this file to the maintainers.",
    ),
    "surface_of_policies": Entry(
        "W104",
        "只有政策文件能在中文写法与英文写法之间转换",
        "only a policy file can be turned from one surface into the other",
        "去掉 --surface。",
        "Leave out `--surface`.",
    ),
    "no_language_server": Entry(
        "W105",
        "编辑器的语言服务器要另装 pygls",
        "the language server for editors needs pygls",
        "pip install 'vbprules[lsp]'",
        "pip install 'vbprules[lsp]'",
    ),
}
