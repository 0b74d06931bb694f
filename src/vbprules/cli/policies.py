"""``vbprules list``: the policies that ship."""

from __future__ import annotations

import json
from typing import Any, Final

from vbprules import catalog
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, render
from vbprules.language.policy import Policy
from vbprules.printing.page import Page, dim
from vbprules.printing.terminal import padded, to_terminal

_HEAD: Final = {
    "id": ("政策", "policy"),
    "number": ("文号", "number"),
    "region": ("地区", "region"),
    "clauses": ("条款", "clauses"),
    "provisions": ("规定", "provisions"),
    "readings": ("解读", "readings"),
}


def run_list(args: Namespace, console: Console) -> int:
    """One line per policy with its title beneath. A policy that cannot be read is reported; the others are listed."""
    policies: list[Policy] = []
    code = 0
    for name in catalog.shipped_policies():
        try:
            policies.append(catalog.load(name).policy)
        except InputError as error:
            console.tell(render(error.findings, args.lang, console.error_color))
            code = 1
    if args.json:
        console.write_utf8(json.dumps([_row(policy) for policy in policies], ensure_ascii=False, indent=2) + "\n")
        return code
    page = Page()
    rows = [_row(policy) for policy in policies]
    head = [words[args.lang == "en"] for words in _HEAD.values()]
    page.table(head, [[str(row[key]) for key in _HEAD] for row in rows], right=(3, 4, 5))
    page.gap()
    longest = max((len(policy.id) for policy in policies), default=0)
    for policy in policies:
        title, told = policy.document.title.text(args.lang), policy.document.known_from == "secondary"
        note = ("（依转述编写）" if args.lang == "zh" else " (from secondary knowledge)") if told else ""
        page.item(title, dim(note), marker=padded(policy.id, longest + 1), style="strong")
    if not policies:
        page.item(dim("没有随库的政策" if args.lang == "zh" else "no policies ship with this installation"))
    console.write(to_terminal(page, console.columns, console.color))
    return code


def _row(policy: Policy) -> dict[str, Any]:
    document = policy.document
    return {
        "id": policy.id,
        "number": document.number,
        "title": {"zh": document.title.zh, "en": document.title.text("en")},
        "region": document.region,
        "clauses": len(policy.clauses),
        "provisions": len(policy.provisions),
        "readings": len(policy.readings),
        "known_from": document.known_from,
    }
