"""Facts against the policy and the day: unknown names, and statements that reach past the as-of date."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from vbprules.calendar import Period
from vbprules.diagnostics import Report, Source, suggest
from vbprules.engine.case import Case
from vbprules.engine.outcomes import Judge
from vbprules.facts.given import given_value
from vbprules.language.policy import SANCTION, Policy
from vbprules.language.vocabulary import ACTS, INSTITUTION, PERFORMANCES, PERIOD_ENTITIES
from vbprules.program import ir
from vbprules.reading import Mark
from vbprules.values.figures import show_date
from vbprules.values.ranges import INF


def check_facts(case: Case, report: Report) -> None:
    """Report acts of unknown provisions, answers to unknown questions, unreadable figures, statements about later."""
    policy = case.program.policy
    provisions = acted_names(policy)
    for act in case.dossier.acts:
        if act.of not in provisions:
            report.error("unknown_provision", act.mark, name=act.of, suggestion=suggest(act.of, provisions))
        elif act.record != (wanted := _record_of(policy, act.of)):
            report.error("wrong_record", act.mark, name=act.of, record=act.record, wanted=wanted)
    questions = asked_names(policy)
    for item in case.dossier.determinations:
        if item.question not in questions:
            report.error(
                "unknown_question", item.mark, name=item.question, suggestion=suggest(item.question, questions)
            )
    _check_answers(case, report)
    slots = given_slots(case.program) if case.dossier.given else {}
    for given in case.dossier.given:
        unit = slots.get(given.name)
        if unit is None:
            report.error(
                "unknown_name", given.mark, name=given.name, entity="given", suggestion=suggest(given.name, slots)
            )
        elif given_value(given.value, unit) is None:
            report.error("bad_value", given.mark, value=given.value, field=given.name, expected=unit)
    _check_subjects(case, report)
    for name, through in case.dossier.complete.items():
        if through != INF and through > case.as_of:
            report.error(
                "complete_after_as_of",
                case.dossier.stated.get(name),
                date=f"{name}: {show_date(through)}",
                as_of=show_date(case.as_of),
            )


def _record_of(policy: Policy, provision: str) -> str:
    """The list for the acts of a provision: what authorities do to institutions, or what is done of a duty."""
    source = policy.provisions.get(provision)
    return ACTS if source is None or source.modality == SANCTION else PERFORMANCES


def _check_answers(case: Case, report: Report) -> None:
    """Deciders who answer differently contradict each other, unless the later answer replaces the earlier."""
    keys = dict.fromkeys((item.question, item.subject) for item in case.dossier.determinations)
    for question, subject in keys:
        answers = case.answers(question, subject)
        for earlier, later in pairwise(answers):
            if later.answer != earlier.answer and not later.replaces:
                report.error("contradiction", later.mark, what=f"{question} {subject}".strip())


def _check_subjects(case: Case, report: Report) -> None:
    """An act or answer about a row that is not recorded would be lost."""
    policy = case.program.policy
    groups = {item.group: item.for_each for item in policy.provisions.values() if item.group}
    for act in case.dossier.acts:
        source = policy.provisions.get(act.of)
        _check_subject(case, report, source.for_each if source else groups.get(act.of), act.subject, act.mark)
    for item in case.dossier.determinations:
        question = policy.questions.get(item.question)
        _check_subject(case, report, question.per if question else None, item.subject, item.mark)


def _check_subject(case: Case, report: Report, entity: str | None, subject: str, mark: Mark | None) -> None:
    if entity is None or not subject:
        return
    if entity in PERIOD_ENTITIES:
        try:
            known = Period.parse(subject) is not None
        except ValueError:
            known = False
        ids: list[str] = []
    else:
        ids = [row.id for row in case.dossier.rows.get(entity, ())]
        known = subject in ids or entity == INSTITUTION
    if not known:
        report.error("bad_reference", mark, value=subject, entity=entity, suggestion=suggest(subject, ids))


def check_judged(judge: Judge, report: Report) -> None:
    """Report facts that cannot be used together, which shows only once they are judged. Raises InputError."""
    with report.source(judge.case.dossier.source or Source("dossier", "")):
        for (code, _), (row, args) in judge.interpreter.faults.items():
            report.error(code, row.mark, **args)
    report.raise_if_errors()


def check_provisions(names: Iterable[str], policy: Policy, report: Report) -> None:
    """Report names of outcomes or provisions (``provision``, ``provision@subject``) that the policy does not have."""
    known = acted_names(policy)
    for name in names:
        if name.partition("@")[0] not in known:
            report.error("unknown_provision", None, name=name, suggestion=suggest(name, known))


def acted_names(policy: Policy) -> set[str]:
    """What a recorded act or performance can be of."""
    return {*policy.provisions, *(item.group for item in policy.provisions.values() if item.group)}


def asked_names(policy: Policy) -> set[str]:
    """What a determination can answer: a question, an open list, a prohibition."""
    prohibitions = {name for name, item in policy.provisions.items() if item.modality == "prohibition"}
    return {*policy.questions, *policy.lists, *prohibitions}


def given_slots(program: ir.Program) -> dict[str, str]:
    """Everything that a ``given`` entry may supply, with its unit."""
    found: dict[str, str] = {"document.issued": "date"}
    roots: list[ir.IR] = [definition.body for definition in program.definitions.values()]
    for norm in program.norms:
        roots += [norm.when, norm.gate, *norm.values.values()]
    for root in roots:
        for node in ir.walk(root):
            if isinstance(node, ir.Elsewhere):
                found[node.name] = node.unit
    return found
