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
    "no_such_outcome": Entry(
        "D120",
        "“$name”不是这个档案的结论：这条规定判断的有 $choices",
        '"$name" is no outcome of this dossier: the provision is judged on $choices',
        _DID_ZH + "写作“规定@编号”，编号是档案里的那一行或期间；只写规定，就说明它的全部结论。",
        _DID_EN
        + "Write provision@id, the id of a row or period of the dossier; the provision alone means all of them.",
    ),
    "several_outcomes": Entry(
        "D121",
        "“$name”有 $count 个结论：$choices",
        '"$name" has $count outcomes: $choices',
        "请写明是哪一个。",
        "Say which one.",
    ),
    "nothing_judged": Entry(
        "D122",
        "“$name”没有结论：这条规定按 $entity 逐项判断，档案里没有记录",
        '"$name" has no outcome: it is judged for each $entity, and the dossier records none',
        "如果有，请在档案的 $list 里写上。",
        "If there are any, record them in $list.",
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
    "wrong_record": Entry(
        "D114",
        "“$name”的记录不写在 $record 里",
        'records of "$name" do not stand in $record',
        "请移到 $wanted：acts 是机关对机构采取的措施，performances 是义务的履行。",
        "Move it to $wanted: `acts` are measures of authorities, `performances` what is done of a duty.",
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

# C101 was one code for every slip of a case file. It is not used again.
CASES: dict[str, Entry] = {
    "unknown_expectation": Entry(
        "C102",
        "不认识的预期项“$key”",
        'unknown expectation "$key"',
        _DID_ZH + "可用的预期项见语言说明第 7 节。",
        _DID_EN + "The expectations are described in section 7 of the language.",
    ),
    "unknown_fixture": Entry(
        "C103",
        "没有名为“$name”的公用事实",
        'there is no fixture "$name"',
        _DID_ZH + "请在 fixtures（公用事实）里写上它，或改正名称。",
        _DID_EN + "Write it under `fixtures`, or correct the name.",
    ),
    "expectation_form": Entry(
        "C104",
        "“$outcome”之下应是一组预期项，或 absent（没有）、not_applicable（不适用）",
        'under "$outcome" stands a mapping of expectations, or `absent`, or `not_applicable`',
        "写作 {state: met, clause: …}；只看状态的写 {state: …}。",
        "Write {state: met, clause: …}; for the state alone {state: …}.",
    ),
    "unknown_state": Entry(
        "C105",
        "没有“$value”这种状态",
        'there is no state "$value"',
        _DID_ZH + "状态见语言说明第 6 节，中英文都可以。",
        _DID_EN + "The states are in section 6 of the language.",
    ),
    "expected_word": Entry(
        "C106",
        "“$key”不能是“$value”",
        '"$key" cannot be "$value"',
        _DID_ZH + "可选：$choices。",
        _DID_EN + "Choices: $choices.",
    ),
    "not_with_not_applicable": Entry(
        "C107",
        "不适用的规定没有“$key”",
        'a provision that does not apply has no "$key"',
        "state: not_applicable（不适用）之下只能写 clause（条款）和 reason（理由）。请删去这一项，或改正状态。",
        "With `state: not_applicable` only `clause` and `reason` can stand. Remove this, or correct the state.",
    ),
    "expected_provision": Entry(
        "C108",
        "这份政策没有规定“$name”",
        'the policy has no provision "$name"',
        _DID_ZH + "措施写作“规定.措施”。要说别处的规定不得出现，请写 must_not（不得出现）。",
        _DID_EN + "A step is written `provision.step`. To say that a foreign one must not occur, use `must_not`.",
    ),
    "bad_assignment": Entry(
        "C109",
        "“$text”不是读法",
        '"$text" is no reading with its option',
        "写作“解读=选项”，如 first_day=next；几个解读用 & 相连，每个只写一次。",
        "Write reading=option, as first_day=next; join several with &, each reading once.",
    ),
    "figure_not_of": Entry(
        "C110",
        "规定“$provision”没有“$key”这一项",
        'the provision "$provision" has no "$key"',
        "[[它有：$choices。]]请对照政策文件；要说没有这一项，请写 absent（没有）。",
        "[[It has: $choices. ]]Compare with the policy; to say that there is none, write `absent`.",
    ),
    "variant_values": Entry(
        "C111",
        "取值有 $found 个，要换的位置有 $expected 个",
        "there are $found values for $expected places",
        "values（取值）与 set（改动）要一一对应。",
        "`values` and `set` must have the same length, one value for each place.",
    ),
    "bad_set_path": Entry(
        "C112",
        "“$path”在这个案例的事实里找不到：没有“$part”",
        'the place "$path" is not in the facts of this case: there is no "$part"',
        _DID_ZH + "写作 targets.0.set_volume 或 institution.grade；数字从 0 起，那一行要先写在事实里。",
        _DID_EN + "Write targets.0.set_volume or institution.grade; rows count from 0 and must be in the facts.",
    ),
    "repeated_case": Entry(
        "C113",
        "案由“$name”重复：第一次在第 $first_line 行",
        'the case "$name" is repeated: it first stands in line $first_line',
        "每个案例的案由要不同，报告和覆盖率才说得清是哪一个。变体的一行可以写 case（案由）。",
        "Every case needs a name of its own, so that reports can tell which is meant. A row may have a `case`.",
    ),
    "nothing_expected": Entry(
        "C114",
        "案例“$name”没有任何期望",
        'the case "$name" expects nothing',
        "请写 expect（期望）或 must_not（不得出现）；没有期望的案例什么也不检验。",
        "Write `expect` or `must_not`: a case that expects nothing tests nothing.",
    ),
    "too_many_cases": Entry(
        "C115",
        "案例超过 $limit 个（变体的每一行算一个），没有继续读取",
        "there are more than $limit cases (every row of variants is one); reading stopped here",
        "请把案例拆成几个文件。",
        "Split the cases into several files.",
    ),
    "too_many_facts": Entry(
        "C116",
        "各案例的事实合计超过 $limit 项，没有继续读取",
        "the facts of all cases together are more than $limit items; reading stopped here",
        "请减少事实，只写案例要用的各行，或把案例拆成几个文件。",
        "Write only the rows that a case needs, or split the cases into several files.",
    ),
    "empty_table": Entry(
        "C117",
        "变体表没有一行",
        "the table of variants has no row",
        "请写上各行，或删去 variants（变体）。",
        "Add rows, or remove `variants`.",
    ),
    "unknown_address": Entry(
        "C118",
        "这份政策里没有“$address”这个位置",
        'the policy has no place "$address"',
        _DID_ZH + "位置以规定、量或术语等的标识开头，写作 quarterly_warning.when.completion.below。",
        _DID_EN + "A place begins with a provision, quantity or term: quarterly_warning.when.completion.below.",
    ),
    "empty_cases": Entry(
        "C119",
        "文件里没有案例",
        "the file has no cases",
        "请在 cases（案例）下面写上案例。",
        "Write cases under `cases`.",
    ),
    "no_cases": Entry(
        "C190",
        "没有找到“$policy”的案例：$places",
        'no cases for "$policy" in $places',
        "用 --cases 写出案例文件或文件夹；文件里 policy 一项要与政策相符。",
        "Name case files or folders with --cases; their policy must be this one.",
    ),
}
