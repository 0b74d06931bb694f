"""``vbprules mutate``: which slips in a policy its cases would not notice."""

from __future__ import annotations

import json
from concurrent.futures.process import BrokenProcessPool
from typing import Final
from zlib import crc32

from vbprules import catalog
from vbprules.cases.suite import suite_of
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.mutation.edits import Change
from vbprules.mutation.page import MutationPage
from vbprules.mutation.survey import CasesFail, Survey, survey
from vbprules.printing.terminal import fitted, to_terminal

_KILLED: Final = {
    "zh": "一个工作进程被终止（多半是内存不够），没有结果。减少 --jobs 再运行。",
    "en": "A worker process was killed, probably for want of memory: there is no result. Run again with fewer --jobs.",
}


def run(args: Namespace, console: Console) -> int:
    """Try every change and print those that survive. Exit code 1 if any does, or if a case fails as it is."""
    code = 0
    told = []
    for name in args.policies or catalog.shipped_policies():
        try:
            found = _surveyed(name, args, console)
        except BrokenProcessPool:
            console.passing("")
            console.tell(_KILLED[args.lang])
            return 1
        except CasesFail as error:
            code = 1
            console.passing("")
            words = "先改好不符的案例：" if args.lang == "zh" else "these cases fail as it is: "
            console.tell(words + "\n  ".join(("", *error.names)))
            continue
        code = code or (0 if found.clean else 1)
        page = MutationPage(found, catalog.load(name).policy, args.lang)
        if args.json:
            told.append(page.data())
        else:
            console.write(to_terminal(page.page(), console.columns, console.color))
    if args.json:
        console.write_utf8(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return code


def _surveyed(name: str, args: Namespace, console: Console) -> Survey:
    def progress(done: int, total: int) -> None:
        width = 30 * done // max(1, total)
        console.passing(fitted(f"{name}  {'█' * width}{'░' * (30 - width)}  {done}/{total}", console.columns - 1))

    def wanted(change: Change) -> bool:
        at = not args.at or any(change.at == prefix or change.at.startswith(f"{prefix}.") for prefix in args.at)
        taken = args.one_in < 2 or crc32(f"{change.kind} {change.at}".encode()) % args.one_in == 0
        return at and taken and (not args.kind or change.kind in args.kind)

    everything = not args.at and not args.kind and args.one_in < 2
    found = survey(name, suite_of(name, args.cases), None if everything else wanted, args.jobs, progress)
    console.passing("")
    return found
