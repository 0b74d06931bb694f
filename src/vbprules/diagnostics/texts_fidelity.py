"""Texts of the findings about a policy and the words of its document (F)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

FIDELITY: dict[str, Entry] = {
    "figure_value_differs": Entry(
        "F101",
        "短语写的是“$written”，规定写的是“$encoded”：$clause“$phrase”",
        'the phrase says "$written", the rule says "$encoded": $clause“$phrase”',
        "请对照原文，改正规定里的数；短语引错了的，改引带有这个数的短语。"
        "这个数不出自原文的，写入 not_in_text 并说明原因。",
        "Compare the document and correct the figure; if the phrase is the wrong one, cite the one that carries it. "
        "A figure that is not from the text goes into `not_in_text` with its reason.",
    ),
    "figure_unit_differs": Entry(
        "F102",
        "单位不同：短语写的是“$written”，规定写的是“$encoded”：$clause“$phrase”",
        'the unit differs: the phrase says "$written", the rule says "$encoded": $clause“$phrase”',
        "天写 days，工作日写 working days，月写 months，年写 years；一种不能代替另一种。",
        "天 is days, 工作日 working days, 月 months, 年 years; none stands for another.",
    ),
    "figure_strictness": Entry(
        "F103",
        "短语写的是“$written”，规定写的是 $comparator: $encoded，恰好等于这个数时结果相反",
        'the phrase says "$written", the rule says `$comparator: $encoded`: at the very figure they differ',
        "低于、不足写 below；不超过、以内写 at_most；不低于、达到、以上写 at_least；超过、高于写 above。"
        "原文有疑义的，写成解读，两种读法各占一项。",
        "低于, 不足 are `below`; 不超过, 以内 `at_most`; 不低于, 达到, 以上 `at_least`; 超过, 高于 `above`. "
        "Where the text is in doubt write a reading with both.",
    ),
    "figure_direction": Entry(
        "F104",
        "短语写的是“$written”，规定写的是 $comparator: $encoded，方向相反",
        'the phrase says "$written", the rule says `$comparator: $encoded`: the other side of the line',
        "请对照原文：条件写原文所说的情形，requires 和 amount 写应当保持的，forbids 写不得发生的。",
        "Compare the document: a condition is the case that the text describes, `requires` and `amount` what must be "
        "kept, `forbids` what must not happen.",
    ),
    "figure_not_in_phrase": Entry(
        "F105",
        "所引的短语里没有“$encoded”[[（$phrases）]]",
        'no phrase that is cited has "$encoded"[[ ($phrases)]]',
        "请引用带有这个数的短语；它不出自原文的，写入 not_in_text：{figure: $address, why: 原因}。",
        "Cite the phrase that carries it. If it is not from the text, declare it: "
        "not_in_text: [{figure: $address, why: …}].",
    ),
    "figure_not_carried": Entry(
        "F106",
        "短语里的“$written”没有写进任何规定：$clause“$phrase”",
        'no rule carries "$written" of the phrase $clause“$phrase”',
        "请把它写成条件、期限或数值；不必编入的，换一个不带这个数的短语。",
        "Write it as a condition, a deadline or a value; if it needs no rule, cite words without it.",
    ),
    "needless_not_in_text": Entry(
        "F107",
        "“$encoded”就在所引的短语里，not_in_text 不必再列 $address",
        'a phrase that is cited has "$encoded": $address need not stand in `not_in_text`',
        "请从 not_in_text 删去这一项。",
        "Remove the entry from `not_in_text`.",
    ),
    "clause_not_in_text": Entry(
        "F201",
        "原文里，前一条之后找不到以“$starts”开头的条款 $clause",
        'the text has no clause $clause that begins with "$starts" after the one before it',
        "请对照原文改正 starts 的字和条款的次序；换行、空格、全角半角不计。",
        "Correct `starts` and the order of the clauses by the document. Line breaks, spaces and width do not count.",
    ),
    "phrase_not_in_text": Entry(
        "F202",
        "条款 $clause 之下没有“$phrase”[[，它在 $found 之下]]",
        'under clause $clause the text has no "$phrase"[[; it stands under $found]]',
        "请改正条款号，或逐字照原文引用；换行、空格、全角半角不计。",
        "Correct the clause, or quote the text word for word. Line breaks, spaces and width do not count.",
    ),
    "text_figure_not_encoded": Entry(
        "F203",
        "原文 $clause 的“$written”没有编入：…$sentence…",
        'the "$written" of clause $clause is not encoded: …$sentence…',
        "请写成规定并引用这句话；不含规则的，列入 left_out 并写明原因。",
        "Write a rule that cites these words; if they hold none, list them under `left_out` with the reason.",
    ),
    "date_not_in_text": Entry(
        "F204",
        "原文里没有“$encoded”这一天",
        'the text does not have the day "$encoded"',
        "请对照原文的落款和施行日期；原文没有写的，写 not_stated 或 silent。",
        "Compare the dates at the foot of the document. What is not in the text is `not_stated` or `silent`.",
    ),
}
