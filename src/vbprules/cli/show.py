"""``vbprules show``: a policy, or one thing of it in full."""

from __future__ import annotations

import json
from typing import NoReturn

from vbprules import catalog
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, suggest
from vbprules.language.policy import Policy
from vbprules.printing.policy_page import PolicyPage, normal_clause
from vbprules.printing.terminal import to_terminal


def run(args: Namespace, console: Console) -> int:
    """Print a policy. With an id: that provision (or the steps of that sanction), clause, reading, question or term."""
    path = catalog.find(args.policy)
    policy = catalog.load(args.policy).policy
    source = catalog.policy_bytes(args.policy).decode("utf-8-sig").splitlines()
    printer = PolicyPage(policy, args.lang, source)
    if args.item is None:
        data, page = printer.data(), printer.whole()
    else:
        data, page = printer.find(args.item) or _unknown(args.item, policy, str(path))
    if args.json:
        console.write_utf8(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    else:
        console.write(to_terminal(page, console.columns, console.color))
    return 0


def _unknown(name: str, policy: Policy, path: str) -> NoReturn:
    """Neither a clause nor anything with an id."""
    report = Report()
    report.use(path)
    clauses = [clause.no for clause in policy.clauses]
    if any(normal_clause(name).startswith(no) for no in clauses):
        report.error("unknown_clause", None, clause=name, suggestion=suggest(normal_clause(name), clauses))
    else:
        names = [*policy.provisions, *policy.readings, *policy.questions, *policy.terms, *policy.quantities, *clauses]
        report.error("unknown_provision", None, name=name, suggestion=suggest(name, names))
    raise InputError(tuple(report.findings))
