"""Texts of the findings about several documents looked at together (D2…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

TOGETHER: dict[str, Entry] = {
    "of_several_documents": Entry(
        "D201",
        "“$name”在几份文件里都有：$policies",
        '"$name" stands in several of the documents: $policies',
        "请写明是哪一份的：$choices。",
        "Say of which: $choices.",
    ),
    "document_not_loaded": Entry(
        "D202",
        "“$name”指名的文件不在其中；一起判断的是：$policies",
        '"$name" names a document that is not among those looked at: $policies',
        "[[是不是“$suggestion”？]]请改正冒号前的政策标识，或把那份文件也列上。",
        '[[Did you mean "$suggestion"? ]]Correct the policy before the colon, or name that policy as well.',
    ),
    "one_document": Entry(
        "D203",
        "一起判断要有两份以上不同的文件",
        "two different documents or more are needed",
        "只看一份文件的，用 vbprules evaluate。",
        "For one document use `vbprules evaluate`.",
    ),
    "document_twice": Entry(
        "D204",
        "文件“$name”写了两次",
        'the document "$name" is named twice',
        "每份文件只写一次；两个文件的 policy 标识要不同。",
        "Name each once; the `policy` of two files must differ.",
    ),
    "ruling_of_none": Entry(
        "D205",
        "裁断文件没有写明属于其中哪一份文件（policy: $name）",
        "the rulings do not say to which of the documents they belong (policy: $name)",
        "请在裁断文件里写 policy，可选：$choices。",
        "Write `policy` in the rulings, one of: $choices.",
    ),
}
