"""The front door for several documents: decide each on its own, then say how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vbprules import catalog
from vbprules.calendar import ChosenCalendar, LocalCalendar
from vbprules.decision.model import Attribute, Branch
from vbprules.decision.phrases import text_of
from vbprules.diagnostics import Report, Source
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.engine.interpret import Interpreter
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier, read_source
from vbprules.facts.local_calendar import adopted_calendar
from vbprules.facts.rows import Dossier
from vbprules.facts.rulings import Rulings, adopted_rulings, check_reading, read_rulings
from vbprules.law import as_of_day, build_case
from vbprules.program.ir import Program
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Scalar
from vbprules.together.model import Document, JointDecision
from vbprules.together.overlaps import compare
from vbprules.together.precedence import relations
from vbprules.together.statements import divided, owner_of
from vbprules.values.figures import show_date
from vbprules.values.forks import leaves, lift
from vbprules.values.ranges import OPEN, TRUE, Range, both, truth

RulingsSource = Rulings | Path | str | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Together:
    """The inputs of several documents, each as one of them reads it, by policy in the order of the ids."""

    programs: Mapping[str, Program]
    dossiers: Mapping[str, Dossier]
    readings: Mapping[str, Mapping[str, str]]
    rulings: Mapping[str, Rulings]
    as_of: int
    calendar: ChosenCalendar


def evaluate_together(
    policies: Iterable[str | Path | Program],
    dossier: Dossier | Path | str | Mapping[str, Any],
    as_of: date | str,
    *,
    readings: Mapping[str, str] | None = None,
    rulings: Sequence[RulingsSource] = (),
    calendar: str | Path | LocalCalendar | None = None,
    check: bool = True,
    explain: bool = True,
) -> JointDecision:
    """Decide one institution's case under several policies as of the close of a day, and lay them side by side.

    Everything is as for ``evaluate``. A name that several of the policies know, of an act, a question, a figure or a
    reading, is written with its policy: ``plan_2019:irregular``. Each of ``rulings`` names its policy.

    Raises InputError with every finding about the inputs, EngineDisagreement if the two engines differ.
    """
    report = Report()
    programs = [item if isinstance(item, Program) else catalog.load(item) for item in policies]
    facts = dossier if isinstance(dossier, Dossier) else read_dossier(dossier, report)
    day = as_of_day(as_of, report)
    chosen = adopted_calendar(calendar, (program.bundle for program in programs), day, report)
    prepared = prepare(programs, facts, day, readings or {}, rulings, chosen, report)
    report.raise_if_errors()
    return decide_together(prepared, check=check, explain=explain)


def prepare(
    programs: Sequence[Program],
    facts: Dossier,
    day: int,
    readings: Mapping[str, str],
    rulings: Sequence[RulingsSource],
    calendar: ChosenCalendar,
    report: Report,
) -> Together:
    """The inputs divided among the documents. What is wrong with any of them goes to ``report``."""
    by_id: dict[str, Program] = {}
    for program in sorted(programs, key=lambda item: item.policy.id):
        if program.policy.id in by_id:
            report.error("document_twice", None, name=program.policy.id)
        by_id[program.policy.id] = program
    if len(by_id) < 2:
        report.error("one_document", None)
    source = facts.source or Source("dossier", "")
    with report.source(source):
        dossiers = divided(facts, by_id, report)
    fixed = _readings(readings, by_id, report)
    adopted = _rulings(rulings, by_id, report)
    found = Together(by_id, dossiers, fixed, adopted, day, calendar)
    if not report.has_errors:
        with report.source(source):
            said: set[tuple[str, object, object]] = set()
            for case in _cases(found):
                own = Report()
                with own.source(source):
                    check_facts(case, own)
                for finding in own.findings:  # a statement about the whole dossier is wrong once, not per document
                    key = (finding.code, finding.mark, finding.args)
                    if key not in said:
                        said.add(key)
                        report.take(finding)
    return found


def decide_together(inputs: Together, *, check: bool = True, explain: bool = True) -> JointDecision:
    """The joint decision on inputs that have no errors."""
    decisions = tuple(
        evaluate(
            program,
            inputs.dossiers[id],
            date.fromordinal(inputs.as_of),
            readings=inputs.readings[id],
            rulings=inputs.rulings.get(id),
            calendar=inputs.calendar.local_calendar or inputs.calendar.pinned,
            check=check,
            explain=explain,
        )
        for id, program in inputs.programs.items()
    )
    cases = _cases(inputs)
    ranked = relations(cases)
    pairs = [(program.policy, one) for program, one in zip(inputs.programs.values(), decisions, strict=True)]
    found = compare(pairs, ranked)
    return JointDecision(
        policies=tuple(inputs.programs),
        institution=decisions[0].institution,
        as_of=show_date(inputs.as_of),
        documents=tuple(_document(case) for case in cases),
        decisions=decisions,
        relations=ranked,
        overlaps=tuple(found.overlaps),
        conflicts=tuple(found.conflicts),
        gaps=tuple(found.gaps),
        facts_sha256=decisions[0].receipt.facts_sha256,
    )


def _cases(inputs: Together) -> list[Case]:
    return [
        build_case(
            program,
            inputs.dossiers[id],
            inputs.as_of,
            inputs.readings[id],
            inputs.rulings.get(id),
            inputs.calendar.work,
        )
        for id, program in inputs.programs.items()
    ]


def _readings(
    readings: Mapping[str, str], programs: Mapping[str, Program], report: Report
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {id: {} for id in programs}
    known = {id: tuple(program.policy.readings) for id, program in programs.items()}
    with report.source(Source("--reading", "")):
        for text, option in readings.items():
            owner = owner_of(text, known, None, "unknown_ruling_reading", report)
            if owner is None:
                continue
            name = text.rpartition(":")[2]
            if check_reading(programs[owner].policy, name, option, None, report):
                found[owner][name] = option
    return found


def _rulings(rulings: Sequence[RulingsSource], programs: Mapping[str, Program], report: Report) -> dict[str, Rulings]:
    found: dict[str, Rulings] = {}
    for source in rulings:
        name = source.policy if isinstance(source, Rulings) else _policy_of(source, report)
        if name is None:
            continue  # it could not be read
        if name not in programs or name in found:
            report.error("ruling_of_none", None, name=name, choices=", ".join(programs))
        elif isinstance(source, Rulings):
            found[name] = source
        else:
            found[name] = read_rulings(source, programs[name].policy, report)
    adopted = {
        id: adopted_rulings(found.get(id), program.policy, program.bundle, report) for id, program in programs.items()
    }
    return {id: rulings for id, rulings in adopted.items() if rulings is not None}


def _policy_of(source: Path | str | Mapping[str, Any], report: Report) -> str | None:
    """The policy that rulings name; None, after a finding, where nothing could be read."""
    own = Report()
    root = read_source(source, "rulings", own)
    if root is None:
        for finding in own.findings:
            report.take(finding)
        return None
    node = root.get("policy") if isinstance(root, MappingNode) else None
    return node.text if isinstance(node, Scalar) else ""


def _document(case: Case) -> Document:
    policy = case.program.policy
    document = policy.document
    return Document(
        policy=policy.id,
        title=text_of(document.title),
        number=document.number,
        rank=document.rank if document.ranked else None,
        region=document.region,
        issued=document.issued,
        in_force=_in_force(case),
    )


def _in_force(case: Case) -> Attribute:
    """Whether the document is in force on the as-of day."""
    program, interpreter = case.program, Interpreter(case)
    rows = (case.dossier.institution,)
    value: Any = TRUE
    if program.start is not None:
        value = lift(
            lambda day: truth(day.hi <= case.as_of, day.lo <= case.as_of), interpreter.value(program.start, rows)
        )
    if program.end is not None:
        end = interpreter.value(program.end, rows)
        value = lift(lambda a, day: both((a, truth(day.lo >= case.as_of, day.hi >= case.as_of))), value, end)
    found = list(leaves(value))
    if len(found) == 1:
        settled = found[0][1] != OPEN
        return Attribute(standing="settled" if settled else "open", unit="truth", value=_word(found[0][1]))
    branches = tuple(
        Branch(
            readings=dict(path),
            preferred=all(program.policy.readings[name].preferred == option for name, option in path),
            value=_word(leaf),
            settled=leaf != OPEN,
        )
        for path, leaf in found
    )
    return Attribute(standing="by_reading", unit="truth", branches=branches)


def _word(leaf: Range) -> str:
    return "yes" if leaf == TRUE else "open" if leaf == OPEN else "no"
