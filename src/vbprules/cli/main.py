"""The command ``vbprules``: reads the arguments, runs one command, and turns every expected failure into words.

Exit codes: 0 done; 1 the input has errors, or a case fails; 2 usage; 3 the two engines disagree; 130 interrupted.
Commands import what they need when they run, so that ``--help`` and usage errors are quick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace, parser

if TYPE_CHECKING:
    from vbprules.diagnostics import VbprulesError

OK, FAILED, USAGE, DISAGREEMENT, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    console = Console()
    try:
        try:
            code = _run(argv, console)
            console.flush()
            return code
        except BrokenPipeError:
            console.abandon()  # whoever read has had enough: nothing to say
            return OK
        except KeyboardInterrupt:
            console.passing("")
            console.tell("已中断。 Interrupted.")
            return INTERRUPTED
        except OSError as error:
            console.abandon()
            console.tell(_system(error))
            return FAILED
    except BrokenPipeError:  # the other stream is gone as well
        console.abandon()
        return FAILED


def _run(argv: Sequence[str] | None, console: Console) -> int:
    try:
        args = parser().parse_args(argv, Namespace())
    except SystemExit as done:  # argparse has printed help, the version or what is wrong
        return done.code if isinstance(done.code, int) else USAGE
    console.configure(args.color, args.output)
    from vbprules.diagnostics import InputError, VbprulesError, render

    try:
        return _command(args.command)(args, console)
    except InputError as error:
        console.tell(render(error.findings, args.lang, console.error_color))
        console.tell(_count(len(error.findings), args.lang))
        return FAILED
    except VbprulesError as error:
        console.tell(_disagreement(error, args.lang))
        return DISAGREEMENT


def _command(name: str) -> Callable[[Namespace, Console], int]:
    if name == "evaluate":
        from vbprules.cli.evaluate import run
    elif name == "together":
        from vbprules.cli.together import run
    elif name == "explain":
        from vbprules.cli.explain import run
    elif name == "batch":
        from vbprules.cli.batch import run
    elif name == "whatif":
        from vbprules.cli.whatif import run
    elif name == "bundle":
        from vbprules.cli.bundle import run
    elif name == "next":
        from vbprules.cli.next import run
    elif name == "figures":
        from vbprules.cli.figures import run
    elif name == "diff":
        from vbprules.cli.compared import run_diff as run
    elif name == "compare":
        from vbprules.cli.compared import run_compare as run
    elif name == "list":
        from vbprules.cli.policies import run_list as run
    elif name == "show":
        from vbprules.cli.show import run
    elif name == "check":
        from vbprules.cli.check import run
    elif name == "fmt":
        from vbprules.cli.fmt import run
    elif name == "timeline":
        from vbprules.cli.timeline import run
    elif name == "coverage":
        from vbprules.cli.coverage import run
    elif name == "mutate":
        from vbprules.cli.mutate import run
    elif name == "calendar":
        from vbprules.cli.calendar import run
    elif name == "new":
        from vbprules.cli.new import run
    elif name == "synth":
        from vbprules.cli.synth import run
    elif name == "schema":
        from vbprules.cli.schema import run
    elif name == "lsp":
        from vbprules.cli.lsp import run
    else:
        from vbprules.cli.cases import run
    return run


def _count(count: int, lang: str) -> str:
    if lang == "en":
        return f"{count} finding{'' if count == 1 else 's'}"
    return f"共 {count} 处"


def _disagreement(error: VbprulesError, lang: str) -> str:
    """The engines disagree: that is our fault, and a decision that one of them doubts is not given."""
    if lang == "en":
        return f"The two engines disagree, so no decision is given. Please report this: {error}"
    return f"两个引擎的结论不一致，因此不给出任何判断。请把以下内容报告给维护者：{error}"


def _system(error: OSError) -> str:
    """What the operating system refused, with the file where there is one."""
    what = error.strerror or str(error)
    name = "" if error.filename is None else f" {error.filename}"
    return f"无法读写 cannot read or write{name}: {what}"
