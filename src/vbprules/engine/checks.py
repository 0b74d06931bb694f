"""Facts against the policy and the day: names that the policy does not know, statements that reach past the as-of date."""

from __future__ import annotations

from vbprules.diagnostics import Report, suggest
from vbprules.engine.case import Case
from vbprules.engine.interpret import given_value
from vbprules.program import ir
from vbprules.values.figures import show_date
from vbprules.values.ranges import INF


def check_facts(case: Case, report: Report) -> None:
    """Report acts of unknown provisions, answers to unknown questions, unreadable figures, completeness after the day."""
    policy = case.program.policy
    provisions = {*policy.provisions, *(item.group for item in policy.provisions.values() if item.group)}
    for act in case.dossier.acts:
        if act.of not in provisions:
            report.error("unknown_provision", None, name=act.of, suggestion=suggest(act.of, provisions))
    prohibitions = {name for name, item in policy.provisions.items() if item.modality == "prohibition"}
    questions = {*policy.questions, *policy.lists, *prohibitions}
    for item in case.dossier.determinations:
        if item.question not in questions:
            report.error("unknown_question", None, name=item.question, suggestion=suggest(item.question, questions))
    slots = _slots(case)
    for given in case.dossier.given:
        unit = slots.get(given.name)
        if unit is None:
            report.error("unknown_name", None, name=given.name, entity="given", suggestion=suggest(given.name, slots))
        elif given_value(given.value, unit) is None:
            report.error("bad_value", None, value=given.value, field=given.name, expected=unit)
    for name, through in case.dossier.complete.items():
        if through != INF and through > case.as_of:
            report.error(
                "complete_after_as_of", None, date=f"{name}: {show_date(through)}", as_of=show_date(case.as_of)
            )


def _slots(case: Case) -> dict[str, str]:
    """Everything that a ``given`` entry may supply, with its unit."""
    found: dict[str, str] = {"document.issued": "date"}
    roots: list[ir.IR] = [definition.body for definition in case.program.definitions.values()]
    for norm in case.program.norms:
        roots += [norm.when, norm.gate, *norm.values.values()]
    for root in roots:
        for node in ir.walk(root):
            if isinstance(node, ir.Elsewhere):
                found[node.name] = node.unit
    return found
