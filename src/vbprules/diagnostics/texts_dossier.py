"""Texts of the findings about dossiers (D), rulings (R) and case files (C)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

_DID_ZH = "[[是不是“$suggestion”？]]"
_DID_EN = '[[Did you mean "$suggestion"? ]]'

DOSSIER: dict[str, Entry] = {
    "unknown_policy": Entry(
        "D100",
        "没有名为“$name”的政策，也没有这个文件",
        'there is no policy and no file "$name"',
        _DID_ZH + "用 vbprules list 查看随库的政策，或给出政策文件的路径。",
        _DID_EN + "`vbprules list` shows the policies that ship; or give the path of a policy file.",
    ),
    "unknown_list_name": Entry(
        "D101",
        "档案里没有“$key”这种列表",
        'a dossier has no list "$key"',
        _DID_ZH + "可用的列表见语言说明第 5 节。",
        _DID_EN + "The lists are described in section 5 of the language.",
    ),
    "unknown_field": Entry(
        "D102",
        "$entity 没有“$key”这个字段",
        '$entity has no field "$key"',
        _DID_ZH + "可用的字段见语言说明第 5 节。",
        _DID_EN + "The fields are described in section 5 of the language.",
    ),
    "bad_value": Entry(
        "D103",
        "“$field”的值“$value”不合要求，应为：$expected",
        '"$value" is not a value for "$field"; expected: $expected',
        "请按要求改写；不知道时请整个不写，未写的就是未知。",
        "Write it as expected. Leave the field out if it is not known: absent means unknown.",
    ),
    "bad_reference": Entry(
        "D104",
        "没有编号为“$value”的 $entity",
        'there is no $entity "$value"',
        _DID_ZH + "请检查编号，或先在相应的列表里写上这一行。",
        _DID_EN + "Check the id, or add the row to its list.",
    ),
    "repeated_row": Entry(
        "D105",
        "编号“$id”重复",
        'the id "$id" is repeated',
        "每一行的编号必须不同。若是同一行写了两遍，请删去一遍。",
        "Every row needs an id of its own. If a row was entered twice, remove one.",
    ),
    "after_as_of": Entry(
        "D106",
        "日期 $date 晚于基准日[[ $as_of]]",
        "the date $date is after the as-of day[[ $as_of]]",
        "基准日之后的事还没有发生，不能作为事实。请检查日期，或改用较晚的基准日。",
        "What lies after the as-of day has not happened. Check the date, or use a later as-of day.",
    ),
    "complete_after_as_of": Entry(
        "D107",
        "complete_through $date 晚于基准日 $as_of",
        "complete_through $date is after the as-of day $as_of",
        "记录最多只能完整到基准日。",
        "Records can be complete up to the as-of day at most.",
    ),
    "empty_list": Entry(
        "D108",
        "“$list”是空列表，什么也没有说明：仍可能有记录",
        'the list "$list" is empty, which says nothing: there may be records',
        "确实没有时请写 none；记录完整到某日时请写 {complete_through: 日期, entries: []}。",
        "Write `none` if there are none, or {complete_through: date, entries: []} if the records are complete so far.",
    ),
    "contradiction": Entry(
        "D109",
        "事实互相矛盾：$what",
        "the facts contradict each other: $what",
        "请对照原始记录，改正其中一处。",
        "Compare with the original records and correct one of them.",
    ),
    "negative": Entry(
        "D110",
        "“$value”是负数",
        '"$value" is negative',
        "数量和金额不能为负。退货、冲销请从原记录中扣除。",
        "Quantities and amounts cannot be negative. Deduct returns from the record they belong to.",
    ),
    "paid_twice": Entry(
        "D111",
        "收货记录“$receipt”的付款合计超过了它的金额",
        'the payments for the receipt "$receipt" exceed its amount',
        "请检查是否重复登记了付款，或付款属于别的收货记录。",
        "Check whether a payment was entered twice or belongs to another receipt.",
    ),
    "bad_range": Entry(
        "D112",
        "范围“$text”不成立",
        '"$text" is not a range',
        "范围写作 100..200，日期写作 2020-01-01..2020-02-15，前一个不大于后一个。",
        "Write 100..200 or 2020-01-01..2020-02-15; the first is not greater than the second.",
    ),
    "missing_complete_through": Entry(
        "D113",
        "“$list”没有说明记录完整到哪一天",
        '"$list" does not say through which day it is complete',
        "请写 {complete_through: 日期, entries: […]}；否则只当作已知的一部分，可能还有别的记录。",
        "Write {complete_through: date, entries: […]}; otherwise it is only a part and there may be more.",
    ),
}

RULINGS: dict[str, Entry] = {
    "bad_ruling": Entry(
        "R101",
        "裁断写法不对：$what",
        "the ruling is not well formed: $what",
        "裁断写作“解读名: 选项名”。",
        "A ruling is written `reading: option`.",
    ),
    "unknown_ruling_reading": Entry(
        "R102",
        "政策里没有名为“$name”的解读问题",
        'the policy has no reading "$name"',
        _DID_ZH + "请对照政策文件的 readings 一节。",
        _DID_EN + "See the section `readings` of the policy file.",
    ),
    "ruling_option": Entry(
        "R103",
        "解读“$name”没有“$option”这个选项",
        'the reading "$name" has no option "$option"',
        "可选：$choices。",
        "Options: $choices.",
    ),
}

CASES: dict[str, Entry] = {
    "bad_case": Entry(
        "C101",
        "案例写法不对：$what",
        "the case is not well formed: $what",
        "案例的写法见语言说明第 7 节。",
        "Case files are described in section 7 of the language.",
    ),
    "unknown_expectation": Entry(
        "C102",
        "不认识的预期项“$key”",
        'unknown expectation "$key"',
        _DID_ZH + "可用的预期项见语言说明第 7 节。",
        _DID_EN + "The expectations are described in section 7 of the language.",
    ),
    "no_cases": Entry(
        "C190",
        "没有找到“$policy”的案例：$places",
        'no cases for "$policy" in $places',
        "用 --cases 写出案例文件或文件夹；文件里 policy 一项要与政策相符。",
        "Name case files or folders with --cases; their policy must be this one.",
    ),
}
