"""Small policies and dossiers written inside a test, and short ways to ask what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from textwrap import dedent, indent
from typing import Any

from vbprules.catalog import check
from vbprules.decision.model import Attribute, Decision, Outcome
from vbprules.diagnostics import Finding, Report
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.engine.interpret import Interpreter
from vbprules.engine.needs import NeedsFinder
from vbprules.engine.outcomes import Judge, Judged
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Dossier, Row
from vbprules.law import build_case
from vbprules.program.ir import Program

CITE = "一“甲”"
HEAD = """\
language: 1
policy: inline
document:
  title: 试
  number: 试〔2019〕1号
  issued: 2019-01-01
  in_force: {from: silent, until: silent}
"""
CLAUSES = "clauses:\n  - {no: 一, starts: 甲, text: 甲}\nleft_out:\n  - {cite: 一“甲”, why: aims}\n"


def text_of(
    body: str, conventions: str = "", issued: str = "2019-01-01", in_force: str = "{from: silent, until: silent}"
) -> str:
    """A whole policy file around some sections; ``cite: C`` stands for a citation."""
    head = HEAD.replace("2019-01-01", issued).replace("{from: silent, until: silent}", in_force)
    if conventions:
        head += f"  conventions: {conventions}\n"
    body = dedent(body).replace("cite: C", f"cite: {CITE}")
    if "provisions:" not in body:
        body += "\nprovisions:\n  nothing: {permission: 无, cite: 一“甲”, by: institution}\n"
    return head + CLAUSES + body


@lru_cache(maxsize=512)
def program_of(text: str) -> Program:
    """Compile a policy file that must have no errors."""
    report = Report()
    program = check(text.encode(), "inline.yaml", report)
    report.raise_if_errors("en")
    assert program is not None
    return program


def policy(
    body: str, conventions: str = "", issued: str = "2019-01-01", in_force: str = "{from: silent, until: silent}"
) -> Program:
    return program_of(text_of(body, conventions, issued, in_force))


def findings(text: str) -> list[Finding]:
    """Every finding about a policy file."""
    report = Report()
    check(text.encode(), "inline.yaml", report)
    return list(report.findings)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def case_of(
    program: Program, facts: Mapping[str, Any] | Dossier, as_of: str, readings: Mapping[str, str] | None = None
) -> Case:
    """A checked case; InputError if the facts have errors."""
    report = Report()
    dossier = facts if isinstance(facts, Dossier) else read_dossier(facts, report)
    case = build_case(program, dossier, day(as_of), readings or {})
    check_facts(case, report)
    report.raise_if_errors("en")
    return case


def judged(
    program: Program, facts: Mapping[str, Any], as_of: str, readings: Mapping[str, str] | None = None
) -> dict[str, Judged]:
    return {item.key: item for item in Judge(case_of(program, facts, as_of, readings)).all()}


def decide(
    program: Program, facts: Mapping[str, Any], as_of: str, readings: Mapping[str, str] | None = None
) -> Decision:
    return evaluate(program, dict(facts), as_of, readings=readings, check=False, explain=False)


def outcome(
    program: Program, facts: Mapping[str, Any], as_of: str, id: str, readings: Mapping[str, str] | None = None
) -> Outcome:
    return decide(program, facts, as_of, readings).outcome(id)


def shown(attribute: Attribute) -> str | dict[str, str]:
    """``settled value``, ``open value``, or a mapping from options to that."""
    if not attribute.branches:
        return f"{attribute.standing} {attribute.value}" if attribute.value is not None else attribute.standing
    return {
        "&".join(
            f"{r}={o}" for r, o in branch.readings.items()
        ): f"{'settled' if branch.settled else 'open'} {branch.value}"
        for branch in attribute.branches
    }


def needs(attribute: Attribute) -> list[str]:
    """The needs of an attribute, of every branch."""
    found = [need.key for need in attribute.needs]
    found += [need.key for branch in attribute.branches for need in branch.needs]
    return sorted(set(found))


def row_of(case: Case, entity: str, id: str = "") -> Row:
    rows = case.rows(entity)
    return rows[0] if not id else next(row for row in rows if row.id == id)


def value_of(case: Case, name: str, entity: str = "institution", id: str = "") -> Any:
    """The value of a quantity or term on a row."""
    return Interpreter(case).defined(f"{entity}.{name}", row_of(case, entity, id))


def needs_of(case: Case, name: str, entity: str = "institution", id: str = "") -> list[str]:
    """The needs of a quantity or term on a row, under whatever reading."""
    finder = NeedsFinder(Interpreter(case))
    body = case.program.definitions[f"{entity}.{name}"].body
    return [str(need) for need in finder.under(body, (row_of(case, entity, id),), {})]


def attributes(decision: Decision) -> Iterator[tuple[str, str, Attribute]]:
    """Every attribute of every outcome: outcome id, name, attribute."""
    for item in decision.outcomes:
        yield item.id, "state", item.state
        yield item.id, "triggered", item.triggered
        for name, attribute in item.attributes.items():
            yield item.id, name, attribute


def block(text: str, by: int = 2) -> str:
    return indent(dedent(text), " " * by)
