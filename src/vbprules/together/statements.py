"""One dossier for several documents: each gets the acts, answers and figures that are its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from vbprules.diagnostics import Report, suggest
from vbprules.engine.checks import acted_names, asked_names, given_slots
from vbprules.facts.rows import Dossier
from vbprules.facts.statements import MARK, Statement, kept, name_of, named
from vbprules.program.ir import Program
from vbprules.reading import Mark


def divided(dossier: Dossier, programs: Mapping[str, Program], report: Report) -> dict[str, Dossier]:
    """The dossier as each document reads it, by policy.

    A name that one document knows is that document's. A name that several know must say of which
    (``plan_2019:irregular``); a name that none knows is an error, as it is for one document alone.
    """
    acted = {id: acted_names(program.policy) for id, program in programs.items()}
    asked = {id: asked_names(program.policy) for id, program in programs.items()}
    given = {id: set(given_slots(program)) - _stated(program) for id, program in programs.items()}
    owners: dict[int, str] = {}
    for items, known, code in (
        (dossier.acts, acted, "unknown_provision"),
        (dossier.determinations, asked, "unknown_question"),
        (dossier.given, given, "unknown_name"),
    ):
        for item in items:
            owner = owner_of(name_of(item), known, item.mark, code, report)
            if owner is not None:
                owners[id(item)] = owner
    return {policy: kept(dossier, partial(_of, policy, owners)) for policy in programs}


def _of(policy: str, owners: Mapping[int, str], item: Statement) -> str | None:
    return named(name_of(item)).name if owners.get(id(item)) == policy else None


def owner_of(
    text: str, known: Mapping[str, Collection[str]], mark: Mark | None, code: str, report: Report
) -> str | None:
    """The document to which a name belongs, as ``known`` lists the names of each. None after a finding."""
    policy, name = named(text)
    if policy:
        if policy in known:
            return policy  # whether it knows the name is checked with its other facts
        policies = ", ".join(known)
        report.error("document_not_loaded", mark, name=text, policies=policies, suggestion=suggest(policy, known))
        return None
    found = [id for id, names in known.items() if name in names]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{id}{MARK}{name}" for id in found)
        report.error("of_several_documents", mark, name=name, policies=", ".join(found), choices=choices)
        return None
    every = sorted({other for names in known.values() for other in names})
    extra = {"entity": "given"} if code == "unknown_name" else {}
    report.error(code, mark, name=name, suggestion=suggest(name, every), **extra)
    return None


def _stated(program: Program) -> set[str]:
    """What the document says itself, so that no source need give it."""
    return set() if program.issued is None else {"document.issued"}
