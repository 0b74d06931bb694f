"""What is measured: processes, loading, evaluation. Every group is timed round by round beside its yardstick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from benchmarks.clock import Failed, Figure, Timer, caches, calls, interleaved, process, statement
from benchmarks.dossier import as_of, make_dossier, rows
from benchmarks.yardstick import dossier_model
from vbprules import catalog
from vbprules.diagnostics import Report
from vbprules.engine.outcomes import Judge
from vbprules.evaluation import evaluate
from vbprules.facts.dossier import read_dossier
from vbprules.law import build_case

POLICY: Final = "guizhou_2019"
EXAMPLE: Final = ("evaluate", POLICY, "examples/guizhou_city_hospital.yaml", "--as-of", "2020-04-15")
_LOAD: Final = "for name in catalog.shipped_policies(): catalog.load(name)"
_CLI: Final = "import sys; from vbprules.cli.main import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table. ``yardstick`` marks what the others are divided by; ``aim`` is a wish, not a test."""

    key: str
    zh: str
    en: str
    yardstick: bool = False
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures measured in one run, with the one they are compared with."""

    zh: str
    en: str
    lines: tuple[Line, ...]
    figures: dict[str, Figure]
    notes: tuple[str, ...] = ()

    def ratio(self, figure: Figure) -> tuple[float, float] | None:
        """Of the minima and of the medians."""
        base = next((self.figures.get(line.key) for line in self.lines if line.yardstick), None)
        return None if base is None else (figure.least / base.least, figure.middle / base.middle)


@dataclass(frozen=True, slots=True)
class Size:
    """The made dossier."""

    drugs: int
    quarters: int
    receipts: int
    seed: int


def processes(repeats: int) -> Table:
    """Importing, loading and the command line, each in a fresh Python process."""
    timers: list[Timer] = [
        process("empty", ["-c", "pass"]),
        statement("pydantic", "import pydantic, yaml"),
        statement("import", "import vbprules"),
        statement("evaluation", "import vbprules.evaluation"),
        statement("load", _LOAD, "from vbprules import catalog"),
    ]
    lines = [
        Line("empty", "空进程 `python -c pass`", "empty process", yardstick=True),
        Line("pydantic", "进程：`import pydantic, yaml`（依赖）", "process: the dependencies alone"),
        Line("pydantic inside", "其中导入语句", "of which the statement"),
        Line("import", "进程：`import vbprules`", "process: `import vbprules`"),
        Line("import inside", "其中导入语句", "of which the statement", aim="< 200 ms"),
        Line("evaluation", "进程：`import vbprules.evaluation`", "process: `import vbprules.evaluation`"),
        Line("evaluation inside", "其中导入语句", "of which the statement"),
        Line("load", "进程：导入并编译全部随附政策", "process: import, load and compile every shipped policy"),
        Line("load inside", "其中读取与编译", "of which loading and compiling"),
    ]
    notes: list[str] = []
    reason = _cannot_run_the_command()
    if reason:
        notes.append(f"命令行未测：{reason}。 The command line was not measured: {reason}.")
    else:
        timers.append(process("cli", ["-c", _CLI, *EXAMPLE]))
        lines.append(Line("cli", f"进程：`vbprules {' '.join(EXAMPLE)}`", "process: the whole command", aim="< 1 s"))
    return Table("进程", "Processes", tuple(lines), interleaved(timers, repeats), tuple(notes))


def _cannot_run_the_command() -> str:
    """Why the command line cannot be timed here; empty if it can. One run beforehand also warms the disk."""
    if find_spec("vbprules.cli.main") is None:
        return "vbprules.cli.main is not there yet"
    try:
        process("cli", ["-c", _CLI, *EXAMPLE])()
    except Failed as failure:
        return str(failure)
    return ""


def loading(repeats: int) -> Table:
    """Reading and compiling the shipped policies in this process, with every cache of the library emptied before."""
    shipped = catalog.shipped_policies()
    texts = {name: path.read_bytes() for name, path in shipped.items()}
    timers: list[Timer] = [_emptied(calls("all", lambda: [_compiled(name, data) for name, data in texts.items()]))]
    timers += [_emptied(calls(name, _compiling(name, data))) for name, data in texts.items()]
    lines = [Line("all", f"全部 {len(texts)} 份", f"all {len(texts)} policies", yardstick=True)]
    for name, data in texts.items():
        length = len(data.splitlines())
        lines.append(Line(name, f"`{name}`，{length} 行", f"{length} lines"))
    figures = interleaved(timers, repeats)
    return Table("读取并编译政策（无缓存）", "Load and compile policies (no caches)", tuple(lines), figures)


def _compiling(name: str, data: bytes) -> Callable[[], object]:
    return lambda: _compiled(name, data)


def _compiled(name: str, data: bytes) -> object:
    report = Report()
    program = catalog.check(data, name, report)
    report.raise_if_errors()
    return program


def _emptied(timer: Timer) -> Timer:
    def emptied() -> Mapping[str, Sequence[float]]:
        for clear in list(caches()):
            clear()
        return timer()

    return emptied


def evaluation(repeats: int, size: Size) -> Table:
    """Judging a made dossier, each way beside the validation of the same data by pydantic."""
    data = make_dossier(drugs=size.drugs, quarters=size.quarters, receipts=size.receipts, seed=size.seed)
    day = as_of(size.quarters)
    model = dossier_model()
    program = catalog.load(POLICY)
    facts = read_dossier(data)
    case_day = day.toordinal()
    decision = evaluate(program, facts, day)  # warms what is kept per program, as the Rete rules
    written = decision.to_json()
    timers: list[Timer] = [
        calls("pydantic", lambda: model.model_validate(data), 10),
        calls("read", lambda: read_dossier(data)),
        calls("judge", lambda: list(Judge(build_case(program, facts, case_day, {})).all())),
        calls("decide", lambda: evaluate(program, facts, day, check=False, explain=False)),
        calls("explain", lambda: evaluate(program, facts, day, check=False)),
        calls("check", lambda: evaluate(program, facts, day)),
        calls("json", decision.to_json),
        calls("back", lambda: type(decision).model_validate_json(written)),
    ]
    lines = (
        Line("pydantic", "pydantic 校验同一份数据", "pydantic validates the same data", yardstick=True),
        Line("judge", "判断：各项规范的状态与数额", "judge: state and attributes of every norm"),
        Line("decide", "判断并给出结果与所需事实，不附理由", "decide: with outcomes and needs, no reasons"),
        Line("explain", "附理由", "with reasons", aim="≤ 10 ×"),
        Line("check", "附理由，并由第二引擎复核", "with reasons and second opinion"),
        Line("read", "读取机构事实", "reading the dossier"),
        Line("json", "结果写成 JSON", "the decision as JSON"),
        Line("back", "pydantic 读回该 JSON（结果之大小）", "pydantic reads that JSON back (how large a decision is)"),
    )
    counts = rows(data), len(decision.outcomes), sum(_reasons(item.reasons) for item in decision.outcomes)
    notes = (
        f"{size.drugs} 个品种、{size.quarters} 个季度、{size.receipts} 笔货款，共 {counts[0]} 行（种子 {size.seed}）；"
        f"{POLICY}，判断日 {day.isoformat()}；{counts[1]} 项结果、{counts[2]} 条理由、"
        f"{len(decision.questions)} 个待补问题；第二引擎：{decision.receipt.second_opinion}。",
        f"{size.drugs} drugs, {size.quarters} quarters, {size.receipts} receipts: {counts[0]} rows (seed {size.seed}); "
        f"{POLICY} as of {day.isoformat()}; {counts[1]} outcomes, {counts[2]} reasons, "
        f"{len(decision.questions)} open questions; second opinion: {decision.receipt.second_opinion}.",
    )
    return Table("评估", "Evaluation", lines, interleaved(timers, repeats), notes)


def _reasons(found: Sequence[object]) -> int:
    parts: Iterable[Sequence[object]] = (getattr(reason, "parts", ()) for reason in found)
    return len(found) + sum(_reasons(part) for part in parts)
