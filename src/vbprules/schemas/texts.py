"""What an editor says of each key: Chinese, then English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from vbprules.values.figures import CODE, COUNT, DATE, DAYS, MONEY, NUMBER, TEXT, TRUTH
from vbprules.values.figures import UNITS as DRUG_UNITS

Texts: TypeAlias = Mapping[str, tuple[str, str]]

# Case files

FILE: Final[Texts] = {
    "policy": (
        "要检验的政策：随库政策的标识（见 vbprules list），或政策文件的路径，相对于本文件。",
        "The policy under test: the id of one that ships, or the path of a policy file, relative to this file.",
    ),
    "note": ("给读者的说明。", "A note for readers."),
    "fixtures": (
        "公用的事实，各有一个标识；案例用 use（采用事实）采用。",
        "Facts that cases share, each under an id; a case takes them with `use`.",
    ),
    "expect_nothing_of": (
        "这些规定在任何案例里都不得有结论。可以写别处的规定，防止混入。",
        "No case may have an outcome of these provisions. They may be those of other regions.",
    ),
    "equivalent": (
        "对政策的这些改动，任何结论都看不出来；写明原因。",
        "Changes of the policy that no outcome shows, and why.",
    ),
    "equivalent.at": ("政策里的位置，如 quarterly_warning.when.completion.below。", "The place in the policy."),
    "equivalent.becomes": ("改成什么；可写列表。", "What it becomes; one or a list."),
    "equivalent.why": ("为什么看不出来。", "Why no outcome shows it."),
    "unreachable": (
        "界限旁边的这些点，没有事实能到达；写明原因。",
        "Points at a figure that no facts can reach, and why.",
    ),
    "unreachable.at": ("政策里那个数的位置。", "The place of the figure in the policy."),
    "unreachable.point": ("到不了的点；可写列表。", "The point that is out of reach; one or a list."),
    "unreachable.why": ("为什么到不了。", "Why it is out of reach."),
    "cases": ("各个案例。", "The cases."),
}
CASE: Final[Texts] = {
    "case": (
        "案由：一句话，说明检验什么。同一文件里不要重复。",
        "What is tested, in a sentence. No two should be the same.",
    ),
    "as_of": (
        "基准日，如 2020-04-10；按这一天结束时判断。",
        "The day at whose close the case is decided, as 2020-04-10.",
    ),
    "use": (
        "采用哪些公用事实，依次合并：同名的一组内容逐项合并，列表整个换掉。",
        "The fixtures to use, merged in order: mappings key by key, lists replaced.",
    ),
    "facts": (
        "本案例自己的事实，写法同档案，并入公用事实。",
        "The facts of this case, as in a dossier, merged into the fixtures.",
    ),
    "readings": (
        "指定读法，写作 解读: 选项。不写的各读法都算。",
        "Readings to adopt, written reading: option. All others are tried.",
    ),
    "calendar": (
        "工作日安排：original、latest、某年的一个版本，或本文件旁边的地方日历文件；默认取当日已公布的。",
        "Working days: original, latest, a version of a year, or a file of local days beside this one.",
    ),
    "instruments": (
        "由这些政策定本政策留给它们的数；须是政策 instruments 里的标识。",
        "Policies that set what this one leaves to them, by their ids among its instruments.",
    ),
    "expect": (
        "期望：每个结论（规定@对象）一组预期项，或 absent（没有）、not_applicable（不适用）。",
        "What each outcome (provision@subject) must be, or `absent`, or `not_applicable`.",
    ),
    "must_not": (
        "这些规定不得有任何结论；可以写政策里没有的标识。",
        "No outcome of these provisions may occur; they need not exist in the policy.",
    ),
    "variants": ("变体：一张表，每行是一个案例。", "A table: every row is a case."),
    "note": ("给读者的说明。", "A note for readers."),
}
TABLE: Final[Texts] = {
    "set": (
        "要换的位置：targets.0.set_volume、institution.grade、as_of；数字从 0 起，那一行要先写在事实里。",
        "The places to replace; rows count from 0 and must be in the facts already.",
    ),
    "rows": ("各行，每行一个案例。", "The rows, each one case."),
}
TABLE_ROW: Final[Texts] = {
    "values": ("取值，与 set（改动）一一对应。", "One value for each place of `set`."),
    "case": ("这一行的名称；不写就用取值。", "The name of this row; its values if left out."),
    "as_of": ("这一行的基准日。", "The as-of date of this row."),
    "readings": ("这一行另外指定的读法。", "Readings that this row adopts."),
    "expect": (
        "这一行的期望，按结论取代案例的期望。",
        "What this row expects; it replaces the case's, outcome by outcome.",
    ),
}
EXPECTED: Final[Texts] = {
    "state": (
        "状态，如 met（已履行）、due（应作出）。视解读而定的写成一组：{first_day=next: open, first_day=same: …}。",
        "The state. Where it depends on readings: {first_day=next: open, first_day=same: …}.",
    ),
    "standing": (
        "把握：settled（已定）、by_reading（视解读而定）、open（待定）、silent（文件未规定）。",
        "How sure the outcome is.",
    ),
    "triggered": ("条件是否成立：yes、no、open。", "Whether the condition holds: yes, no, open."),
    "mode": ("must（应当）或 may（可以）。", "must or may."),
    "modality": ("规定的种类，如 sanction（制裁）。", "The kind of provision."),
    "hedge": ("原文的缓和用语；没有的写 none（无）。", "The text's own hedge, or `none`."),
    "choose": (
        "机关怎样采取各项措施或各方面：all（全部）、any（择一或几项）、in_order（依次）。",
        "How the authority takes the measures or fields.",
    ),
    "fields": (
        "惩戒恰好及于这些方面（中文名称），一个或列表；没有的写 none（无）。",
        "Exactly these fields of discipline.",
    ),
    "clause": (
        "恰好引用了这些条款，一个或列表；成立的例外，其条款也在内。",
        "Exactly these clauses, one or a list; an exception that holds adds its own.",
    ),
    "by": (
        "恰好由这些主体作出，一个或列表；没有的写 none（无）。",
        "Exactly these parties act, one or a list, or `none`.",
    ),
    "toward": (
        "恰好对这些主体，一个或列表；没有的写 none（无）。",
        "Exactly toward these parties, one or a list, or `none`.",
    ),
    "needs": (
        "还缺什么，每项都要出现，可只写开头：fact、list、time、judgement、instrument、calendar、silent、undefined。",
        "What is still needed; each must occur, its beginning is enough.",
    ),
    "reason": ("理由里含有这段文字，一段或列表。", "A text that the reasons contain, one or a list."),
    "early": (
        "早于最早日期（not_before）履行的写 yes（是）；没有的写 absent（没有）。",
        "yes: performed before the earliest day.",
    ),
    "breached_on": ("违反日：期限的次日。", "The day of the breach: the day after the deadline."),
}
FIGURE: Final = (
    "写显示的样子（300000.00、at_least 600000.00、2020-04-01），或 open（待定）、silent（文件未规定）、absent（没有）；"
    "视解读而定的写成一组。",
    "As it is shown (300000.00, 2020-04-01), or open, silent, absent; by reading as a mapping.",
)

# Dossiers

STATEMENT: Final[Texts] = {
    "policy": ("适用的政策，仅供参考。", "The policy that the dossier is for."),
    "note": ("给读者的说明。", "A note for readers."),
    "institution": ("本机构。没写的字段是未知。", "The institution. A field left out is unknown."),
    "acts": (
        "机关采取的措施。none（无）：到基准日为止机关没有采取任何措施。",
        "Measures that the authority took. `none`: none up to the as-of date.",
    ),
    "performances": (
        "没有自己事实的义务（如“上报方案”）的履行记录。none（无）：一项也没有履行。",
        "Performances of duties that have no facts of their own. `none`: nothing was performed.",
    ),
    "determinations": ("有权机关的认定。", "Determinations of those who may decide."),
    "given": ("别的来源给的数，必须写明出处。", "Figures from another source, which must be named."),
}
LIST: Final = (
    "写出来的是下限；要说没有别的了，写 none（无），或 {complete_through: 日期, entries: […]}，或 complete: yes。",
    "What is written is a lower bound; say `none`, or that it is complete.",
)
ROW: Final[Texts] = {
    "complete_through": ("到这一天为止，只有下面这些；不得晚于基准日。", "Complete up to this day."),
    "complete": ("yes（是）：到基准日为止全在这里。", "yes: complete up to the as-of date."),
    "entries": ("各行；没有的写 none（无）。", "The rows, or `none`."),
    "id": ("编号，别的行用它来指这一行。", "The id by which other rows refer to this one."),
    "note": ("给读者的说明。", "A note for readers."),
    "period": ("期间：2020-03、2020Q1、2020，或 2020-01-01..2020-02-15。", "A month, quarter, year, or a span."),
    "of": ("规定或措施的标识，措施写作 规定.措施。", "The provision; a step is provision.step."),
    "day": ("日期：2020-03-05。", "The day."),
    "by": (
        "由谁作出：主体的标识或中文名；调用者的假设写 assumption。",
        "Who: a party's id or name; `assumption` for one's own.",
    ),
    "subject": (
        "所涉行的编号（R7、A@2020Q1、2020Q1）；按机构的不写。",
        "The id of the row concerned; left out for the institution.",
    ),
    "lifted_on": ("解除日。", "The day on which it was lifted."),
    "source": ("出处。", "The source."),
    "question": ("认定事项的标识，或开放清单、禁止的标识。", "The question; or an open list, or a prohibition."),
    "answer": ("认定的结论：yes（是）或 no（否）。", "yes or no."),
    "replaces": ("取代同一人先前的认定。", "Replaces an earlier answer of the same decider."),
    "name": (
        "量的标识，或 规定.项（prepay.amount），或 document.issued。",
        "The quantity, or provision.key, or document.issued.",
    ),
    "value": ("所给的数，带单位。", "The figure with its unit."),
}
UNITS: Final[Texts] = {
    MONEY: (
        "金额（元，精确到分），如 120000.00；不确切的写 100..200、at_least 100、at_most 100。",
        "yuan, as 120000.00; or 100..200, at_least 100, at_most 100.",
    ),
    "price": ("单价（元），可以比分更细，如 0.125。", "yuan per unit, perhaps less than a fen."),
    DRUG_UNITS: ("数量，如 79999；不确切的写 100..200、at_least 100。", "a number of units, or a range."),
    DATE: (
        "日期 2020-03-05；只知道月份、季度、年份的写 2020-03、2020Q1、2020，一段时间写 2020-01-01..2020-02-15。",
        "a day, or the month, quarter, year or span in which it lies.",
    ),
    DAYS: ("天数。", "days."),
    COUNT: ("个数。", "a count."),
    NUMBER: ("数。", "a number."),
    TRUTH: ("是（yes）或否（no）。", "yes or no."),
    CODE: ("从所列各项中选，中英文都可以。", "one of the choices, or a code of the policy's own lists."),
    TEXT: ("文字。", "text."),
}
