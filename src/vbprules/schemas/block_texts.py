"""What an editor says of the keys of blocks: Chinese, then English. Keys of outcomes have the texts of outcomes."""

from __future__ import annotations

from typing import Final

from vbprules.schemas.texts import Texts

BLOCK: Final[Texts] = {
    "timeline": (
        "时间线：一段时间里，这些结论的状态恰好有这些变化。",
        "In this time the states of these outcomes change just so.",
    ),
    "explain": (
        "解释：起决定作用的各步和所缺。",
        "Which steps decided these outcomes, and what is missing.",
    ),
    "next": (
        "接下来：什么也不发生会怎样；最少做什么、最迟哪天，先问什么。",
        "What can be done by when if nothing more happens, and what to ask first.",
    ),
    "what_if": (
        "假设：改动事实、解读、政策的数、判断日或政策以后，哪些结论怎样改变。一个，或一列。",
        "What differs once facts, readings, figures, the day or the policy are otherwise; one or a list.",
    ),
    "together": (
        "并列：与另外几份政策并列，谁先谁后、同一事项、冲突、缺漏。",
        "The case under several policies: how they rank, what is on one matter, conflicts and gaps.",
    ),
}
NEXT: Final[Texts] = {
    "to": (
        "假定什么也不发生，看到这一天；不写，由程序看到最后一个期限。",
        "Look ahead to this day; by default to the last deadline in sight.",
    ),
    "steps": (
        "逐个结论写可以做的各步，按最后一日先后，一步不多一步不少；[] 是没有。",
        "The steps for each outcome in the order of their last days, all of them; [] for none.",
    ),
    "questions": (
        "最先该问的几项所缺，依次，可只写开头。",
        "The first needs to ask for, in order; their beginnings are enough.",
    ),
    "kind": (
        "避免（不做就会来）、补救（做了就结束）、取得（做了才有）、上限（再多就不行）。",
        "prevent what would come, cure what stands, earn what is not there, allow: so much would be too much.",
    ),
    "add": (
        "增加什么：列表、所指的行、数，如 payments R2 12200.00；全部写出。",
        "What is added: list, row, figure, as payments R2 12200.00; all of it.",
    ),
    "through": ("最迟这一天做；none 是没有哪天太晚。", "The last day for it; none where no day is too late."),
    "day": ("不做，从这一天起。", "Without it, from this day."),
    "state": ("不做时的状态。", "The state without it."),
    "becomes": ("做了以后的状态。", "The state with it."),
}
TIMELINE: Final[Texts] = {
    "from": ("从这一天日终起；次日起的变化都要写。", "From the close of this day; changes count from the next."),
    "to": ("到这一天日终止；不写，到案例的截止日。", "To the close of this day; by default the as-of day of the case."),
    "changes": (
        "逐个结论写它的变化，从早到晚；[] 是没有变化。",
        "The changes of each outcome from the earliest; [] for none.",
    ),
}
CHANGE: Final[Texts] = {
    "day": (
        "变化的那一天；写起点那一天的，是起点的状态。",
        "The day of the change; on the first day, the state as it stands.",
    ),
    "cause": ("起因里含有这段文字，一段或列表。", "A text that the causes contain, one or a list."),
}
EXPLAIN: Final[Texts] = {
    "decided_by": (
        "起决定作用的各步里有这样的步；可以还有别的。",
        "Each of these is among the deciding steps; there may be more.",
    ),
    "missing": (
        "还缺这些，可只写开头；什么也不缺的写 none（无）。",
        "These are missing; their beginning is enough, or `none`.",
    ),
    "says": ("那一步里含有这段文字。", "A text that the step contains."),
    "value": ("现在的值，照显示的样子；视解读而定的写成一组。", "Its value as it is shown, or one for each reading."),
    "threshold": ("所比的界限，照显示的样子。", "What it is compared with, as it is shown."),
    "margin": ("离界限多少，照显示的样子。", "How far it lies from that, as it is shown."),
    "truth": ("这一步是否成立：yes、no、open、by_reading。", "Whether the step holds."),
    "record": ("所依据的一行：列表和编号，如 payments payment1。", "An entry it rests on: its list and id."),
}
WHAT_IF: Final[Texts] = {
    "set": ("位置和新值，如 payments.0.day: 2020-02-06。", "Places in the facts with their new values."),
    "facts": ("并入案例的事实，写法同档案。", "Facts merged into those of the case."),
    "readings": ("假设采用的解读。", "Readings supposed to be adopted."),
    "figures": ("政策的数，位置见 vbprules figures。", "Figures of the policy, by address (see `vbprules figures`)."),
    "as_of": ("假设在这一天判断。", "Supposed to be decided as of this day."),
    "policy": ("假设适用另一份政策文件。", "Another policy, supposed to govern."),
    "changes": (
        "逐个结论写先后两个值，或 appeared（新出现）、disappeared（不再有）、unchanged（不变）。",
        "Of each outcome the values before and after, or a word for the whole.",
    ),
    "only": ("yes（是）：此外没有别的结论改变。", "yes: no other outcome changes."),
    "corrections": ("其中有几处是更正，而不是补充。", "How many facts are corrected rather than added."),
}
CHANGED: Final = (
    "先、后，数和日期可再写相差多少；没有的写 absent（没有）。",
    "Before, after, and perhaps the difference.",
)
TOGETHER: Final[Texts] = {
    "with": (
        "并列的另外几份政策：标识，或相对于本文件的路径。",
        "The other policies: ids, or paths relative to this file.",
    ),
    "readings": (
        "另外几份政策的解读，必要时写作 政策:解读。",
        "Readings of the others, written policy:reading where need be.",
    ),
    "precedence": ("谁先谁后，依据哪些条文。", "How the documents rank, and by which clauses."),
    "ranking": ("是否排定。", "Whether and how they are ranked."),
    "prevails": ("在先的那份政策；没有的写 none（无）。", "The policy that goes first, or `none`."),
    "claims": ("有这样的条文。", "There are such claims."),
    "policy": ("主张出自哪一份。", "The policy whose claim it is."),
    "relation": ("让位于，还是取代。", "It yields, or it displaces."),
    "applies": ("是否及于另一份：yes、no、open。", "Whether it reaches the other: yes, no, open."),
    "sides": (
        "双方：政策: 规定@对象；写先后的，是两份政策的列表。",
        "Both sides, policy: provision@subject; under `precedence` a list of two policies.",
    ),
    "overlaps": ("有这些同一事项的结论；可以还有别的。", "These pairs are on one matter; there may be more."),
    "matter": ("是哪些事项。", "On which matters."),
    "unlike": ("恰好在这些方面不同；相似的写 none（无）。", "In just these respects they differ, or `none`."),
    "compared": ("各项比较的结果。", "How single figures compare."),
    "conflicts": ("恰好有这些冲突；没有的写 none（无）。", "Just these conflicts, or `none`."),
    "clash": ("哪一种冲突。", "What kind of conflict."),
    "attribute": ("哪一项：amount、due、not_before、from、until、standard、value。", "Which figure."),
    "values": ("双方的数：政策: 数。", "The figures of both, policy: figure."),
    "standing": ("已定，还是视解读而定。", "Settled, or by reading."),
    "gaps": (
        "有这些一份写了、另一份没写的；可以还有别的。",
        "What one sets and the other does not; there may be more.",
    ),
    "sets": ("写了的：政策: 规定@对象。", "Which sets it, policy: provision@subject."),
    "silent": (
        "没有写的：缺漏里是那份政策，同一事项里是双方都没写的各项，其余是各份都没有起作用的规定的事项。",
        "The policy that is silent; within an overlap the figures that neither sets; else matters on which none binds.",
    ),
    "expect": ("各份文件的结论：政策:规定@对象。", "Outcomes of all documents, policy:provision@subject."),
}
