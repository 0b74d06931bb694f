"""Refresh the conformance suites: every case of the case files as plain JSON, one case a line.

Only outcomes on their day are exported: timelines, explanations, suppositions and several documents are left out, and
so are cases that pin a calendar or take instruments, which the protocol does not name.

python tools/conformance.py            writes conformance/cases
python tools/conformance.py --check    fails where a file there is stale
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from os.path import relpath
from pathlib import Path
from typing import Any

from vbprules.cases.expectations import Expectation
from vbprules.cases.files import read_case_file
from vbprules.cases.model import CaseItem
from vbprules.catalog import shipped_policies
from vbprules.diagnostics import InputError
from vbprules.language.words import dossier_in_english
from vbprules.reading import Mapping, Node, Sequence

ROOT = Path(__file__).parents[1]
POLICIES = ROOT / "policies"
SUITES = ROOT / "conformance" / "cases"
FORMAT = "vbprules-conformance 1"
SEMANTICS = ROOT / "conformance" / "semantics"
SOURCES = (ROOT / "tests" / "cases", SEMANTICS)


def suites() -> Iterator[tuple[Path, str]]:
    """The path and text of every suite: one for each policy, with the cases of all its files."""
    cases: dict[Path, list[CaseItem]] = {}
    semantics = set()
    for source in SOURCES:
        for path in sorted(source.rglob("*.yaml")):
            file = read_case_file(path)
            policy = policy_path(path, file.policy)
            cases.setdefault(policy, []).extend(item for item in file.cases if exported(item))
            if source == SEMANTICS:
                semantics.add(policy)
    for policy, items in sorted(cases.items()):
        yield SUITES / f"{policy.stem}.json", suite_text(policy, items, policy in semantics)


def exported(item: CaseItem) -> bool:
    """Whether a case says something that the protocol can ask."""
    return item.asserts_outcomes and item.calendar is None and not item.instruments


def policy_path(case_file: Path, policy: str) -> Path:
    """The policy's file: one of this repository that ships, or a path from the folder of the case file."""
    return POLICIES / f"{policy}.yaml" if policy in shipped_policies() else (case_file.parent / policy).resolve()


def suite_text(policy: Path, items: list[CaseItem], whole_needs: bool) -> str:
    head = {
        "format": FORMAT,
        "policy": Path(relpath(policy, SUITES)).as_posix(),
        "needs": "all" if whole_needs else "some",
    }
    rows = ",\n".join(dump(case_data(item)) for item in items)
    return f'{dump(head)[:-1]}, "cases": [\n{rows}\n]}}\n'


def dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def case_data(item: CaseItem) -> dict[str, Any]:
    return {
        "name": item.name,
        "as_of": item.as_of,
        "readings": dict(item.readings),
        "facts": plain(dossier_in_english(item.facts)),
        "expect": [expectation(expected) for expected in item.expect],
        "must_not": list(item.must_not),
    }


def expectation(expected: Expectation) -> dict[str, Any]:
    values = {key: plain(node) for key, node in expected.values.items() if key != "reason"}
    return {"outcome": expected.outcome, "is": expected.kind, "assert": values}


def plain(node: Node) -> Any:
    """A tree of texts as plain data; nothing is interpreted."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text


def main(arguments: list[str]) -> int:
    try:
        wanted = dict(suites())
    except InputError as error:
        print(error, file=sys.stderr)
        return 1
    there = set(SUITES.glob("*.json"))
    stale = [path for path, text in wanted.items() if path not in there or path.read_text("utf-8") != text]
    gone = sorted(there - set(wanted))
    if "--check" in arguments:
        for path in (*stale, *gone):
            print(f"{path.relative_to(ROOT)} 已过时，请运行 is stale, run: python tools/conformance.py")
        return 1 if stale or gone else 0
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in gone:
        path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
