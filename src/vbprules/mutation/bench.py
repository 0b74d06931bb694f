"""One policy with its cases made ready: which case tells a change from the policy as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from vbprules import catalog
from vbprules.cases.answers import Answer, JudgedAnswers, Trial
from vbprules.cases.files import CaseFile, CaseItem, read_case_file
from vbprules.cases.outcomes import mismatches, needs_of
from vbprules.decision.model import NotApplicable
from vbprules.decision.shown import show
from vbprules.diagnostics import Report
from vbprules.engine.interpret import Figured
from vbprules.engine.outcomes import Judged, State
from vbprules.language.parse import parse_policy
from vbprules.language.surface import in_english
from vbprules.mutation.changes import changes
from vbprules.mutation.edits import Change
from vbprules.mutation.mentions import Mentions
from vbprules.program.compile import compile_policy
from vbprules.program.ir import Program
from vbprules.reading import Node, read_file
from vbprules.reading.edits import applied
from vbprules.values.forks import leaves
from vbprules.values.ranges import Range

Fate = Literal["told", "survived", "refused"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a change would show: an answer to a case's facts that no case asserts."""

    case: str
    file: str
    line: int
    outcome: str
    key: str
    original: str
    changed: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a change: a case tells it, it survives, or the compiler refuses it."""

    change: int
    fate: Fate
    case: str = ""
    file: str = ""
    line: int = 0
    shows: Difference | None = None


class Bench:
    """Everything that the trial of a change needs, built once per process."""

    def __init__(self, policy: str, files: Sequence[CaseFile]) -> None:
        self.path = catalog.find(policy)
        self.program = catalog.load(policy)
        root = read_file(self.path, Report())
        assert root is not None  # it was compiled
        self.root: Node = in_english(root)
        self.files = tuple(files)
        self.mentions = Mentions(self.root)
        self._touched: dict[str, frozenset[str]] = {}
        self._answers: dict[int, JudgedAnswers] = {}
        self._told_last: dict[str, Trial] = {}
        self._equivalent = {(row.at, text) for file in files for row in file.equivalent for text in row.what}

    @classmethod
    def of(cls, policy: str, paths: Sequence[Path]) -> Bench:
        return cls(policy, [read_case_file(path) for path in paths])

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return changes(self.root, self.program)

    @cached_property
    def trials(self) -> tuple[Trial, ...]:
        """Every case that asserts outcomes, its facts read. Raises InputError if facts have errors."""
        return tuple(Trial.of(item) for file in self.files for item in file.cases if item.asserts_outcomes)

    def failing(self) -> Iterator[CaseItem]:
        """Cases that the policy as it is does not pass: while there is one, trials prove nothing."""
        for trial in self.trials:
            if next(mismatches(trial.item, trial.under(self.program)), None) is not None:
                yield trial.item

    def touched(self, owner: str) -> frozenset[str]:
        """The provisions, steps each for itself, that a change of ``owner`` can touch."""
        if owner not in self._touched:
            named = self.mentions.touched(owner)
            every = self.program.policy.provisions.values()
            self._touched[owner] = frozenset(q.id for q in every if q.id in named or q.group in named)
        return self._touched[owner]

    def verdict(self, number: int) -> Verdict:
        """Try one change by every case that asserts something it can touch, until one tells it."""
        change = self.changes[number]
        touched = self.touched(change.owner)
        program = self.compiled(change, touched)
        if program is None:
            return Verdict(number, "refused")
        concerned = [trial for trial in self.trials if _asserts(trial.item, touched)]
        last = self._told_last.get(change.owner)
        for trial in concerned if last is None else (last, *concerned):
            if next(mismatches(trial.item, trial.under(program), touched), None) is not None:
                self._told_last[change.owner] = trial  # its neighbours are often told by the same case
                return Verdict(number, "told", trial.item.name, trial.item.file.name, trial.item.line)
        if (change.at, change.after) in self._equivalent:
            return Verdict(number, "survived")  # where it would show was looked for when it was declared
        shows = next(self._differences(program, touched, concerned), None)
        return Verdict(number, "survived", shows=shows)

    def compiled(self, change: Change, touched: Collection[str]) -> Program | None:
        """The changed policy, as far as it is touched; None if the compiler refuses it."""
        report = Report()
        policy = parse_policy(applied(self.root, change.path, change.edit), self.program.policy.digest, report)
        if report.has_errors:
            return None
        program = compile_policy(policy, report, touched)
        return None if report.has_errors else program

    def _differences(
        self, program: Program, touched: frozenset[str], concerned: Sequence[Trial]
    ) -> Iterator[Difference]:
        """Unasserted differences: first in the cases that assert these provisions, then in all others."""
        first = {id(trial) for trial in concerned}
        for trial in (*concerned, *(trial for trial in self.trials if id(trial) not in first)):
            before, after = self._as_it_is(trial), trial.under(program)
            for provision in sorted(touched):
                for name, key, original, changed in _compared(before, after, provision):
                    item = trial.item
                    yield Difference(item.name, item.file.name, item.line, name, key, original, changed)

    def _as_it_is(self, trial: Trial) -> JudgedAnswers:
        """A case's answers under the unchanged policy, judged once."""
        known = self._answers.get(id(trial))
        if known is None:
            known = self._answers[id(trial)] = trial.under(self.program)
        return known


def _asserts(item: CaseItem, provisions: Collection[str]) -> bool:
    return any(expected.provision in provisions for expected in item.expect) or any(
        name in provisions for name in item.must_not
    )


def _compared(before: JudgedAnswers, after: JudgedAnswers, provision: str) -> Iterator[tuple[str, str, str, str]]:
    """What two versions answer differently, by answer and key, in the words of a case."""
    first = {judged.key: judged for judged in before.judged(provision)}
    second = {judged.key: judged for judged in after.judged(provision)}
    for name in first | second:
        one, two = first.get(name), second.get(name)
        if one is not None and two is not None and _alike(one, two):
            continue
        told = {} if one is None else _told(before.answer(one))
        changed = {} if two is None else _told(after.answer(two))
        for key in told | changed:
            if told.get(key) != changed.get(key):
                yield name, key, told.get(key, "absent"), changed.get(key, "absent")


def _alike(one: Judged, two: Judged) -> bool:
    """The same values, all settled, of the same norm for the same parties: nothing that a case asserts can differ."""
    static = all(getattr(one.norm.source, name) == getattr(two.norm.source, name) for name in _STATIC)
    if not static or one.norm.source.fields or not (one.applies and two.applies):
        return False  # the fields of discipline are a list of the policy, which may have changed
    first, second = ((it.gate, it.trigger, it.state, *it.attributes.values()) for it in (one, two))
    return first == second and all(_settled(leaf) for value in first for _, leaf in leaves(value))


def _settled(leaf: object) -> bool:
    if isinstance(leaf, State):
        return leaf.settled
    value = leaf.value if isinstance(leaf, Figured) else leaf
    return not isinstance(value, Range) or value.exact


_STATIC: Final = ("cites", "by", "toward", "hedge", "modality", "silent", "choose")


def _told(answer: Answer) -> dict[str, str]:
    """An answer as a case would assert it."""
    clauses = ", ".join(dict.fromkeys(cited.clause for cited in answer.clauses))
    if isinstance(answer, NotApplicable):
        return {"state": "not_applicable", "clause": clauses, "reason": answer.reason.zh}
    return {
        "state": show(answer.state),
        "triggered": show(answer.triggered),
        **{name: show(attribute) for name, attribute in answer.attributes.items()},
        "clause": clauses,
        "by": ", ".join(answer.by),
        "toward": ", ".join(answer.toward),
        "mode": answer.mode,
        "hedge": answer.hedge or "none",
        "choose": answer.choose,
        "fields": ", ".join(text.zh for text in answer.fields) or "none",
        "needs": "; ".join(sorted(needs_of(answer))),
    }
