"""Texts of the findings about what the conditions of a policy can be together (L1…), and about lookalikes (L2…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

_SHOWS_ZH = "[[例证：$witness]]"
_SHOWS_EN = "[[Shown by: $witness]]"
_OTHER_ZH = "[[；另一处在第 $other_line 行]]"
_OTHER_EN = "[[; the other is on line $other_line]]"
_TEXT_ZH = "原文如此的，照录，不补；编写有误的，改正。"
_TEXT_EN = "If the text says so, leave it as it is; if the file does not follow the text, correct it. "

LOGIC: dict[str, Entry] = {
    "gap": Entry(
        "L101",
        "$first 与 $second 之间有空档：“$name”[[ 为 $value]]时两者都不适用（$clauses）" + _OTHER_ZH,
        'there is a gap between $first and $second: with "$name"[[ at $value]] neither applies ($clauses)' + _OTHER_EN,
        _TEXT_ZH + _SHOWS_ZH,
        _TEXT_EN + _SHOWS_EN,
    ),
    "overlap": Entry(
        "L102",
        "$first 与 $second 可以同时适用，都看“$name”，文件没有写明两者并用还是择一（$clauses）" + _OTHER_ZH,
        '$first and $second can both apply, both by "$name", and the file does not say whether both or one ($clauses)'
        + _OTHER_EN,
        "原文明确两者并用的，不必改；不明确的，写成解读。" + _SHOWS_ZH,
        "If the text wants both, leave it; if it is not clear, write a reading. " + _SHOWS_EN,
    ),
    "shadowed": Entry(
        "L103",
        "$first 什么也没有增加：它适用时 $second 总也适用，两者的内容相同（$clauses）" + _OTHER_ZH,
        "$first adds nothing: whenever it applies $second does too, and both say the same ($clauses)" + _OTHER_EN,
        "请核对界限；重复的，删去一条。" + _SHOWS_ZH,
        "Check the bounds; remove one if it repeats the other. " + _SHOWS_EN,
    ),
    "never_holds": Entry(
        "L104",
        "“$name”里的条件[[（$what）]]无论事实如何都不成立（$clauses）",
        'the condition[[ ($what)]] in "$name" never holds, whatever the facts are ($clauses)',
        "请核对比较词和界限。[[例证（不成立）：$witness]]",
        "Check the comparators and the bounds. [[Does not hold: $witness]]",
    ),
    "always_holds": Entry(
        "L105",
        "“$name”里的条件[[（$what）]]无论事实如何都成立（$clauses）",
        'the condition[[ ($what)]] in "$name" always holds, whatever the facts are ($clauses)',
        "本意如此的，写 always；否则请核对比较词和界限。[[例证（成立）：$witness]]",
        "If that is meant write `always`; otherwise check the comparators and the bounds. [[Holds: $witness]]",
    ),
    "never_applies": Entry(
        "L106",
        "$name 永不适用：条件成立时，对谁适用或施行时间总不符合（$clauses）",
        "$name never applies: whenever its condition holds, the party or the time does not fit ($clauses)",
        "请核对 by、toward、when 和 in_force。[[例证（条件成立而不适用）：$witness]]",
        "Check by, toward, when and in_force. [[The condition holds, the rule does not apply: $witness]]",
    ),
    "exception_swallows": Entry(
        "L107",
        "$name 的例外把它全部排除了：凡条件成立的，都在例外之内（$clauses）",
        "the exceptions of $name leave nothing of it: wherever its condition holds, so does one of them ($clauses)",
        "请核对例外的条件。[[例证（条件成立而属例外）：$witness]]",
        "Check the conditions of the exceptions. [[The condition holds, and an exception: $witness]]",
    ),
    "until_never": Entry(
        "L108",
        "$name 的 until 所说的日子永远不会到（$clauses）",
        "the day that `until` of $name names never comes ($clauses)",
        "请核对 until。" + _SHOWS_ZH,
        "Check until. " + _SHOWS_EN,
    ),
    "until_before_from": Entry(
        "L109",
        "$name 的 until 总不晚于 from：从来没有生效的一天（$clauses）",
        "`until` of $name never comes after `from`: there is no day on which it is in force ($clauses)",
        "自 from 起（含），到 until 止（不含）。请核对两个日子。" + _SHOWS_ZH,
        "It runs from `from` (included) to `until` (not included). Check the two days. " + _SHOWS_EN,
    ),
    "due_before_start": Entry(
        "L110",
        "$name 的 due 总早于 not_before：没有一天可以按期履行（$clauses）",
        "`due` of $name always comes before `not_before`: it can never be performed in time ($clauses)",
        "请核对两个日子。" + _SHOWS_ZH,
        "Check the two days. " + _SHOWS_EN,
    ),
    "due_may_precede": Entry(
        "L111",
        "$name 的 due 可能早于 not_before：那时没有一天可以按期履行（$clauses）",
        "`due` of $name can come before `not_before`: it cannot then be performed in time ($clauses)",
        _TEXT_ZH + _SHOWS_ZH,
        _TEXT_EN + _SHOWS_EN,
    ),
    "due_before_force": Entry(
        "L112",
        "$name 的 due 早于文件施行：一施行就已逾期（$clauses）",
        "`due` of $name lies before the document is in force: it is overdue from the first day ($clauses)",
        _TEXT_ZH + _SHOWS_ZH,
        _TEXT_EN + _SHOWS_EN,
    ),
    "escalation_without_end": Entry(
        "L113",
        "$name 因先前的违反或措施而起，没有终止日：事后改正了也不终止（$clauses）",
        "$name answers an earlier breach or measure and has no end: it lasts even when that is put right ($clauses)",
        _TEXT_ZH + _SHOWS_ZH,
        _TEXT_EN + _SHOWS_EN,
    ),
    "unused_reading": Entry(
        "L114",
        "解读“$name”没有一处用到（$clauses）",
        'the reading "$name" is used nowhere ($clauses)',
        "在有疑义的地方写 {reading: $name, …}，或删去它。",
        "Write {reading: $name, …} where the doubt stands, or remove it.",
    ),
    "reading_without_difference": Entry(
        "L115",
        "解读“$name”的各个选项处处结果相同（$clauses）",
        'the options of the reading "$name" decide alike everywhere ($clauses)',
        "疑义若不影响任何结论，可以删去；若本应有别，请核对各选项的内容。",
        "If the doubt matters to no outcome remove it; if it should, check what the options say.",
    ),
    "cannot_both_be_obeyed": Entry(
        "L116",
        "$first 与 $second 不能同时遵守（$clauses）" + _OTHER_ZH,
        "$first and $second cannot both be obeyed ($clauses)" + _OTHER_EN,
        "请核对条件与要求；原文确有冲突的，照录。" + _SHOWS_ZH,
        "Check conditions and requirements; if the text contradicts itself, leave it. " + _SHOWS_EN,
    ),
    "two_standards": Entry(
        "L117",
        "$first 与 $second 对同一次配药给出不同的支付基数（$clauses）" + _OTHER_ZH,
        "$first and $second give different sums for one and the same dispensing ($clauses)" + _OTHER_EN,
        "请核对两条的条件。" + _SHOWS_ZH,
        "Check the conditions of the two. " + _SHOWS_EN,
    ),
    "waits_for_each_other": Entry(
        "L118",
        "$first 与 $second 互为前提：都要等另一项先作出，谁也不能开始（$clauses）" + _OTHER_ZH,
        "$first and $second wait for each other: each needs the other to be imposed first ($clauses)" + _OTHER_EN,
        "请核对两条的 imposed 和 date_of。",
        "Check imposed and date_of of the two.",
    ),
    "jump": Entry(
        "L119",
        "“$name”恰在界限上时按 $first 为 $here，刚过界限时按 $second 为 $beyond：跳变，不是错误（$clauses）",
        'with "$name" exactly on its bound $first gives $here, just beyond it $second gives $beyond: '
        "a jump, not a bug ($clauses)",
        "规则自身如此，照录；结论在界限两侧相差很大，数据须准确。界限上：$witness。刚过界限：$facts",
        "The rule itself does so. The facts near the bound must be right. On it: $witness. Just beyond: $facts",
    ),
    "confusable_character": Entry(
        "L201",
        "“$text”里的“$char”（$code）不是字母“$like”，只是看起来像",
        '"$char" ($code) in "$text" only looks like "$like"',
        "标识和代码只用半角字母、数字和下划线。请改成“$suggestion”。",
        'Ids and codes are plain letters, digits and underscores. Write "$suggestion".',
    ),
    "confusable_digit": Entry(
        "L202",
        "“$text”里混有字母 O、l、I：看起来像数字，但不是",
        '"$text" has the letters O, l or I among digits: they look like digits and are none',
        "是不是“$suggestion”？",
        'Did you mean "$suggestion"?',
    ),
}
