"""``vbprules together``: one institution's case under several policies, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vbprules import catalog
from vbprules.cli.inputs import headings_of_no_tables, root_of
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import InputError, Report, Source, render
from vbprules.diagnostics.finding import Finding
from vbprules.facts.dossier import dossier_of
from vbprules.facts.local_calendar import adopted_calendar
from vbprules.law import as_of_day
from vbprules.printing.joint_page import JointView
from vbprules.printing.joint_text import joint_markdown, joint_text
from vbprules.printing.subjects import Subjects
from vbprules.together.joint import Together, decide_together, prepare

if TYPE_CHECKING:
    from vbprules.program.ir import Program


def run(args: Namespace, console: Console) -> int:
    """Decide under each policy and print. Raises InputError with everything that is wrong with the inputs."""
    refusal = _refusal(args)
    if refusal:
        console.tell(refusal)
        return 2
    inputs, report = _inputs(args)
    console.tell(render(report.sorted_findings(), args.lang, console.error_color))
    joint = decide_together(inputs, check=not args.no_second_opinion, explain=not args.quiet_reasons)
    if args.json:
        console.write_utf8(joint.to_json() + "\n")
        return 0
    subjects = {id: Subjects(program.policy, inputs.dossiers[id]) for id, program in inputs.programs.items()}
    view = JointView(joint, args.lang, subjects, args.all, not args.quiet_reasons)
    decisions = not args.relations_only
    if args.markdown:
        console.write(joint_markdown(view, decisions))
    else:
        console.write(joint_text(view, console.columns, console.color, decisions))
    return 0


def _refusal(args: Namespace) -> str:
    """What makes the arguments contradict each other."""
    refused = headings_of_no_tables(args)
    if refused:
        return refused
    if len(set(args.reading)) > len(dict(args.reading)):
        return "用法错误：同一解读给了两种选项\nusage error: two options are given for one reading"
    if len(dict(args.pins)) < len(args.pins):
        return "用法错误：同一政策给了两个校验值\nusage error: two pins are given for one policy"
    if strange := [name for name, _ in args.pins if name not in args.policies]:
        named = "、".join(strange)
        zh, en = f"--pin 写的 {named} 不在 --policies 里", f"--pin names {named}, which --policies does not"
        return f"用法错误：{zh}\nusage error: {en}"
    if args.output is not None and args.output.exists():
        inputs = [*(Path(name) for name in (*args.policies, args.dossier, args.calendar or "")), *args.rulings_files]
        if any(path.is_file() and path.samefile(args.output) for path in inputs):
            return "用法错误：--output 会覆盖输入文件\nusage error: --output would overwrite an input"
    return ""


def _inputs(args: Namespace) -> tuple[Together, Report]:
    """Everything read and divided among the policies; what is wrong is said together."""
    report = Report()
    programs: list[Program] = []
    findings: list[Finding] = []
    pins = dict(args.pins)
    for name in args.policies:
        try:
            programs.append(catalog.load(name, pin=pins.get(name)))
        except InputError as error:
            findings += error.findings
    root = root_of(args.dossier, report, args.headings)
    dossier = dossier_of(root, report) if root is not None else None
    with report.source(Source("--as-of", "")):
        day = as_of_day(args.as_of, report)
    chosen = adopted_calendar(args.calendar, (program.bundle for program in programs), day, report)
    inputs = None
    if dossier is not None and not findings:
        inputs = prepare(programs, dossier, day, dict(args.reading), args.rulings_files, chosen, report)
    findings += report.sorted_findings()
    if inputs is None or report.has_errors:
        raise InputError(tuple(findings), args.lang)
    return inputs, report
