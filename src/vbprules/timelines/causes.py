"""Why an answer changed on a day: what was recorded for that day, and which date was reached or passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from vbprules.calendar import Arrangement, LocalDays
from vbprules.decision.model import Text
from vbprules.engine.case import subject_of
from vbprules.engine.outcomes import Judge, Judged
from vbprules.facts.rows import Row
from vbprules.language.vocabulary import BY_NAME, INSTITUTION, PERIOD_ENTITIES
from vbprules.program import ir
from vbprules.program.ir import IR, Norm, Program
from vbprules.values.figures import DATE, WORKING_DAYS, show_date
from vbprules.values.forks import leaves
from vbprules.values.ranges import Range, exactly

_REACHED: Final[Mapping[str, tuple[str, str]]] = {
    "not_before": ("到最早日期", "may be done from"),
    "from": ("到起始日", "begins on"),
    "until": ("到终止日", "ends on"),
}
_MOST: Final = 4


def causes(judge: Judge, judged: Judged, published: Sequence[Arrangement | LocalDays]) -> tuple[Text, ...]:
    """The causes in sight for a change today: facts first, then dates. At most four.

    ``published`` are the versions of the working days, and local days, that count from today on.
    """
    found = dict.fromkeys((*_facts(judge, judged, published), *_dates(judge, judged)))
    return tuple(found)[:_MOST] or tuple(dict.fromkeys(_named_dates(judge, judged)))[:_MOST]


def _facts(judge: Judge, judged: Judged, published: Sequence[Arrangement | LocalDays]) -> Iterator[Text]:
    """What is recorded for today."""
    today, case = exactly(judge.case.as_of), judge.case
    used = _used(case.program, judged.norm)
    for name in sorted({judged.norm.entity, *used.lists}):
        for row in case.dossier.rows.get(name, ()):
            if row.day == today and not BY_NAME[name].period and _related(row, judged.row):
                entity = BY_NAME[name]
                yield Text(zh=f"{entity.zh} {row.id}", en=f"{entity.en} {row.id}")
    for act in case.dossier.acts:
        mine = not act.subject or act.subject in _subjects(judged.row)
        if mine and any(act.concerns(of) for of in (judged.norm.id, *used.acts)):
            title = _title(case.program, act.of)
            if act.day == today:
                yield Text(zh=f"“{title.zh}”作出", en=f'"{title.en}" is recorded')
            if act.lifted_on == today:
                yield Text(zh=f"“{title.zh}”解除", en=f'"{title.en}" is lifted')
    for item in case.dossier.determinations:
        if item.day == today and item.question in used.questions:
            question = case.program.policy.questions.get(item.question)
            zh, en = (question.asks.zh, question.asks.text("en")) if question else (item.question, item.question)
            yield Text(
                zh=f"认定：{zh}——{'是' if item.answer else '否'}",
                en=f"determined: {en} {'yes' if item.answer else 'no'}",
            )
    if used.working_days:
        for days in published:
            if isinstance(days, LocalDays):
                yield Text(zh=f"地方的日子公布：{days.name}", en=f"local days published: {days.en or days.name}")
            else:
                yield Text(zh=f"工作日安排公布：{days.notice}", en=f"working days published: {days.notice}")


def _dates(judge: Judge, judged: Judged) -> Iterator[Text]:
    """Dates of the outcome that are reached today, or that passed yesterday."""
    today, case = judge.case.as_of, judge.case
    row = judged.row
    if row.span is not None and row.span[0] == exactly(today):
        yield Text(zh=f"期间自 {show_date(today)} 开始", en=f"the period begins on {show_date(today)}")
    if row.span is not None and row.span[1] == exactly(today - 1):
        yield Text(zh=f"期间于 {show_date(today - 1)} 结束", en=f"the period ended on {show_date(today - 1)}")
    for name, value in judged.attributes.items():
        for _, leaf in leaves(value):
            if name == "due" and leaf == exactly(today - 1):
                yield Text(zh=f"期限 {show_date(today - 1)} 已过", en=f"the deadline {show_date(today - 1)} has passed")
            elif name in _REACHED and leaf == exactly(today):
                zh, en = _REACHED[name]
                yield Text(zh=f"{zh} {show_date(today)}", en=f"{en} {show_date(today)}")
    for name in sorted(_used(case.program, judged.norm).lists):
        through = case.dossier.complete_through(BY_NAME[name].list_name)
        if through == today - 1:
            entity, day = BY_NAME[name], show_date(today - 1)
            yield Text(zh=f"{entity.zh}的记录只完整到 {day}", en=f"{entity.en} is recorded completely only to {day}")


def _named_dates(judge: Judge, judged: Judged) -> Iterator[Text]:
    """Quantities that the provision uses, and that are a day reached today or passed yesterday."""
    today = judge.case.as_of
    names = _used(judge.case.program, judged.norm).names
    for key, row, value in judge.interpreter.remembered():
        definition = judge.case.program.definitions[key]
        if definition.body.unit != DATE or key not in names or row not in _reach(judged.row):
            continue
        for _, leaf in leaves(value):
            if isinstance(leaf, Range) and leaf.exact and leaf.lo in (today, today - 1):
                label, day = definition.label, show_date(leaf.lo)
                yield Text(zh=f"{label.zh} {day}", en=f"{label.text('en')} {day}")


class _Used:
    """What a provision stands on: lists, acts of other provisions, questions, working days."""

    def __init__(self, program: Program, norm: Norm) -> None:
        self.lists: set[str] = set()
        self.acts: set[str] = set()
        self.questions: set[str] = set()
        self.names: set[str] = set()  # of quantities and terms
        self.working_days = False
        self._seen: set[IR] = set()
        roots = [norm.gate, norm.when, *norm.tests.values(), *norm.values.values()]
        for root in (*roots, *(() if norm.done is None else (norm.done,))):
            self._walk(program, root)

    def _walk(self, program: Program, root: IR) -> None:
        for node in ir.walk(root):
            if isinstance(node, ir.Fold):
                self.lists.add(node.child)
            elif isinstance(node, ir.FirstDay):
                self.lists.update(node.lists)
            elif isinstance(node, ir.ActDay):
                self.acts.add(node.of)
            elif isinstance(node, ir.Judge):
                self.questions.add(node.question)
            elif isinstance(node, ir.Member) and node.list_id:
                self.questions.add(node.list_id)
            elif isinstance(node, ir.Count) and node.by == WORKING_DAYS:
                self.working_days = True
            elif isinstance(node, (ir.Ref, ir.OtherYear)):
                body = program.definitions[node.id].body
                self.names.add(node.id)
                if body not in self._seen:
                    self._seen.add(body)
                    self._walk(program, body)


@lru_cache(maxsize=1024)
def _used(program: Program, norm: Norm) -> _Used:
    return _Used(program, norm)


def _related(row: Row, other: Row) -> bool:
    """Two rows that have something in common, or one of them is a period or the institution itself."""
    if {row.entity, other.entity} & {INSTITUTION, *PERIOD_ENTITIES}:
        return True
    if row.refs.get(other.entity, other) is not other:  # it names another row of the same kind
        return False
    return bool(_reach(row) & _reach(other))


def _reach(row: Row) -> set[Row]:
    found = {row}
    for ref in row.refs.values():
        found |= _reach(ref)
    return found


def _subjects(row: Row) -> set[str]:
    return {subject_of(item) for item in _reach(row)}


def _title(program: Program, provision: str) -> Text:
    found = program.policy.provisions.get(provision)
    return Text(zh=found.title.zh, en=found.title.text("en")) if found else Text(zh=provision, en=provision)
