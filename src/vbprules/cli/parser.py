"""The arguments of the command line. Every help text stands in Chinese and in English."""

from __future__ import annotations

import argparse
import os
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

from vbprules import __version__
from vbprules.cli import compared, supposed
from vbprules.cli.arguments import (
    adopted,
    both,
    cases,
    common,
    decided,
    dossier,
    instruments,
    judged,
    lsp_arguments,
    pins,
    policy_id,
    positive,
    reading,
    second_opinion,
    titled,
    working_days,
    year,
)
from vbprules.cli.batch_arguments import batch_arguments
from vbprules.cli.bundle_arguments import bundle_arguments
from vbprules.cli.output import Color, Lang
from vbprules.cli.synth import synth_arguments
from vbprules.coverage.kinds import KINDS as COVERED
from vbprules.coverage.kinds import Kind
from vbprules.mutation.kinds import KINDS

_DESCRIPTION: Final = """带量采购政策规则库：按政策文件判断一家机构的义务、权益、违反与制裁，写明条款、数字和理由。
Decides what a procurement policy means for one institution, with clause, figures and reasons."""
_CODES: Final = """退出码 exit codes:  0 完成 done   1 输入有误或案例不符 errors in the input, failing cases
  2 用法错误 usage   3 两个引擎不一致 the engines disagree   130 中断 interrupted"""
_MESSAGES: Final = (
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): expected (?:one|at least one) argument", r"参数 \1 缺少值"),
    (r"argument (.*): not allowed with argument (.*)", r"参数 \1 不能与 \2 同用"),
    (r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)", r"参数 \1 的值 \2 不在可选之列：\3"),
    (r"argument (.*?): (.*)", r"参数 \1：\2"),
)


class Namespace(argparse.Namespace):
    """The arguments with their types; what a command does not have keeps its default."""

    command: str
    lang: Lang = "zh"
    color: Color = "auto"
    output: Path | None = None
    json: bool = False
    markdown: bool = False
    policy: str
    dossier: str
    headings: Path | None = None
    as_of: str = ""
    reading: list[tuple[str, str]]
    rulings: Path | None = None
    calendar: str | None = None
    instrument: list[str]
    rulings_files: list[Path]
    relations_only: bool = False
    no_second_opinion: bool = False
    all: bool = False
    quiet_reasons: bool = False
    item: str | None = None
    outcome: str
    graph: Literal["mermaid", "dot"] | None = None
    named: str = ""
    files: list[str]
    source: Path | None = None
    format: Literal["text", "json", "sarif"] | None = None
    policies: list[str]
    cases: list[str]
    jobs: int
    at: list[str]
    kind: list[str]
    full: list[Kind]
    html: Path | None = None
    first: str
    last: str
    until: str | None = None
    only: list[str]
    facts: Path | None = None
    set: list[tuple[str, str]]
    figure: list[tuple[str, str]]
    then: str | None = None
    other: str | None = None
    exit_code: bool = False
    no_witness: bool = False
    about: str = ""
    modality: str = ""
    xlsx: Path | None = None
    schema: str
    check: bool = False
    diff: bool = False
    fix: bool = False
    stdout: bool = False
    surface: Lang | None = None
    logic: bool = True
    pages: str = ""
    text: Path
    id: str
    region: str = ""
    day: str | None = None
    term: str | None = None
    year: int | None = None
    first_day: Literal["next", "same", "both"] = "next"
    calendar_version: str | None = None
    local: Path | None = None
    tables: list[str]
    out: Path
    table_format: Literal["parquet", "csv", "xlsx"] = "parquet"
    strict: bool = False
    questions: int = 0
    one_in: int = 1
    rows_at_once: int = 0
    seed: int = 1
    institutions: int
    drugs: int
    gaps: Fraction
    pin: str | None = None
    pins: list[tuple[str, str]]
    action: Literal["make", "show", "verify"]
    file: Path
    signers: Path | None = None
    signer: str = ""
    signature: Path | None = None
    form: Literal["parquet", "csv", "xlsx"] = "parquet"


class Parser(argparse.ArgumentParser):
    """Says what is wrong in both languages."""

    def error(self, message: str) -> NoReturn:
        zh = next(
            (re.sub(pattern, words, message) for pattern, words in _MESSAGES if re.fullmatch(pattern, message)), message
        )
        self.print_usage(sys.stderr)
        lines = f"用法错误：{zh}\n" + (f"usage error: {message}\n" if zh != message else "")
        self.exit(2, lines + f"详见 see: {self.prog} --help\n")

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse swallows OSError here; a full disk or a closed pipe must show
        stream = file or sys.stderr
        if message and stream is not None:
            stream.write(message)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Wraps help by the columns that characters take."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def _split_lines(self, text: str, width: int) -> list[str]:
        from vbprules.printing.page import Page
        from vbprules.printing.terminal import to_terminal

        page = Page()
        for line in text.split("\n"):
            page.item(line)
        return to_terminal(page, width).splitlines()


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = Parser(
        prog="vbprules",
        description=_DESCRIPTION,
        epilog=_CODES,
        formatter_class=_Help,
        allow_abbrev=False,
        add_help=False,
    )
    titled(top)
    version = both("显示版本", "show the version")
    top.add_argument("--version", action="version", version=f"vbprules {__version__}", help=version)
    commands = top.add_subparsers(dest="command", required=True, title="命令 commands", metavar="COMMAND")

    def command(name: str, zh: str, en: str) -> argparse.ArgumentParser:
        text = both(zh, en)
        found = commands.add_parser(
            name, help=text, description=text, epilog=_CODES, formatter_class=_Help, allow_abbrev=False, add_help=False
        )
        titled(found)
        return found

    _evaluate(command("evaluate", "按一份政策判断一家机构", "decide one institution's case under a policy"))
    _explain(command("explain", "为什么、为什么不：一项结论的全部依据", "why and why not: the proof of one outcome"))
    text = "一段时间里各项结论何时、为何改变", "what changes when, why, and by which clause"
    _timeline(command("timeline", *text))
    text = (
        "一家机构同时受几份文件约束：逐份判断，再并列",
        "decide a case under several policies and lay them side by side",
    )
    _together(command("together", *text))
    ahead = "什么也不做会怎样，要做什么、最迟何时，先问什么", "what to do by when, and what to ask first"
    _next(command("next", *ahead))
    text = "许多机构一次判断：读表，写表", "decide many institutions at once: tables in, tables out"
    batch_arguments(command("batch", *text))
    text = "改动事实、解读、政策的数、判断日或政策，比较两个判断", "compare with facts, figures, the day … changed"
    supposed.whatif(command("whatif", *text))
    supposed.figures(command("figures", "列出一份政策的全部数字及其位置", "every figure of a policy with its address"))
    text = "两个版本或两地的政策，法律上有何不同", "what differs in law between two versions or two regions"
    compared.diff_arguments(command("diff", *text))
    text = (
        "几份政策并列：事项、界限、期限、金额、条款",
        "policies side by side, with thresholds and clauses",
    )
    compared.compare_arguments(command("compare", *text))
    text = "政策包：制作、查看、核对", "a policy with its rulings, calendar and cases in one file: make, show, verify"
    bundle_arguments(command("bundle", *text))
    _list(command("list", "列出随库的政策", "list the policies that ship"))
    _show(command("show", "显示一份政策：条款、解读、规定", "show a policy: clauses, readings, provisions"))
    _check(command("check", "检查政策文件", "check policy files"))
    _fmt(
        command(
            "fmt", "整理政策文件的排版，中英文写法互换", "put policy files in normal form; Chinese or English words"
        )
    )
    _test(command("test", "运行回归案例", "run regression cases"))
    text = "政策每次改动一处，看案例能否发现", "change one thing of a policy at a time and see whether the cases notice"
    _mutate(command("mutate", *text))
    text = "案例触及了政策的哪些条款、条件、界限", "which clauses, conditions and boundaries the cases reach"
    _coverage(command("coverage", *text))
    text = "数工作日、天、月、年，逐日列出；查一天、一年的安排", "count a term day by day; look up a day or a year"
    _calendar(command("calendar", *text))
    _new(command("new", "由文件的文本起草一份政策的骨架", "begin a policy from the text of a document"))
    text = "造一省的表：许多虚构的机构，同样的种子得到同样的表", "make the tables of a province that does not exist"
    synth_arguments(command("synth", *text))
    lsp_arguments(command("lsp", "语言服务器，供编辑器检查和说明政策", "a language server: editors check and explain"))
    _schema(command("schema", "输出 JSON Schema，供编辑器补全和检查", "print a JSON Schema, for completion in editors"))
    return top


def _evaluate(found: argparse.ArgumentParser) -> None:
    text = both("政策名（见 list）或政策文件", "name of a policy (see list), or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    text = both("采用一种解读，可多次给出", "adopt one option of an open reading; may be repeated")
    decided(found, text)
    adopted(found)
    instruments(found)
    common(found, json=False)


def _explain(found: argparse.ArgumentParser) -> None:
    text = both("政策名（见 list）或政策文件", "name of a policy (see list), or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    form = judged(found)
    text = both("结论：规定@编号；只写规定，是它的全部结论", "provision@subject; the provision alone for all of them")
    found.add_argument("outcome", metavar="OUTCOME", help=text)
    text = both("输出图：mermaid 或 dot（Graphviz）", "print a graph, for Mermaid or Graphviz")
    form.add_argument("--graph", choices=("mermaid", "dot"), help=text)
    text = both("采用一种解读，可多次给出", "adopt one option of an open reading; may be repeated")
    found.add_argument("--reading", action="append", default=[], type=reading, metavar="NAME=OPTION", help=text)
    adopted(found)
    instruments(found)
    second_opinion(found)
    text = both("列出全部条件，直到档案里的每一行", "every condition, down to the rows of the dossier")
    found.add_argument("--all", action="store_true", help=text)
    text = both("写入文件（UTF-8），不写到标准输出", "write to a file (UTF-8) instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)
    common(found, json=False)


def _together(found: argparse.ArgumentParser) -> None:
    text = both(
        "采用一种解读，可多次给出；几份文件都有的，写 政策:解读=选项",
        "adopt one option of an open reading; may be repeated;\nPOLICY:NAME=OPTION where several policies have it",
    )
    decided(found, text)
    text = both("两份以上的政策名或政策文件，次序不论", "two or more policies, by name or file, in any order")
    found.add_argument("--policies", nargs="+", required=True, metavar="POLICY", help=text)
    pins(found)
    text = both("各份政策的裁断文件，各写明 policy", "rulings, each naming its policy")
    found.add_argument("--rulings", dest="rulings_files", nargs="+", default=[], type=Path, metavar="FILE", help=text)
    working_days(found)
    text = both("只列文件之间的关系，不列各份的全部结论", "only how the documents stand to each other")
    found.add_argument("--relations-only", action="store_true", help=text)
    common(found, json=False)


def _timeline(found: argparse.ArgumentParser) -> None:
    text = both("政策名（见 list）或政策文件", "name of a policy (see list), or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    dossier(found)
    text = both("从哪一天日终起，如 2020-01-01", "from the close of this day, as 2020-01-01")
    found.add_argument("--from", dest="first", required=True, metavar="DATE", help=text)
    text = both("到哪一天日终止", "to the close of this day")
    found.add_argument("--to", dest="last", required=True, metavar="DATE", help=text)
    text = both("采用一种解读，可多次给出", "adopt one option of an open reading; may be repeated")
    found.add_argument("--reading", action="append", default=[], type=reading, metavar="NAME=OPTION", help=text)
    adopted(found)
    instruments(found)
    text = both("只看这些规定或结论", "only these provisions or outcomes")
    found.add_argument("--only", nargs="+", default=[], metavar="ID", help=text)
    text = both("也列日期、金额的变化和机关自己的义务", "also changes of dates and amounts, and duties of authorities")
    found.add_argument("--all", action="store_true", help=text)
    common(found)


def _next(found: argparse.ArgumentParser) -> None:
    text = both("政策名（见 list）或政策文件", "name of a policy (see list), or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    judged(found)
    text = both(
        "看到哪一天；不写则到可见的最后一个期限或期间末日之次日，至多一年",
        "how far to look; by default the day after the last deadline or period in sight, at most a year",
    )
    found.add_argument("--to", dest="until", metavar="DATE", help=text)
    text = both("采用一种解读，可多次给出", "adopt one option of an open reading; may be repeated")
    found.add_argument("--reading", action="append", default=[], type=reading, metavar="NAME=OPTION", help=text)
    adopted(found)
    text = both("只看这些规定或结论", "only these provisions or outcomes")
    found.add_argument("--only", nargs="+", default=[], metavar="PROVISION[@SUBJECT]", help=text)
    text = both("也列机关自己的事、全部变化和全部问题", "also what others owe, every change and every question")
    found.add_argument("--all", action="store_true", help=text)
    text = both("写入文件（UTF-8），不写到标准输出", "write to a file (UTF-8) instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)
    common(found, json=False)


def _list(found: argparse.ArgumentParser) -> None:
    common(found)


def _show(found: argparse.ArgumentParser) -> None:
    text = both("政策名或政策文件", "name of a policy, or a policy file")
    found.add_argument("policy", metavar="POLICY", help=text)
    text = both("只看一条：规定、条款（如 五(三)）、解读等", "one thing in full: a provision, a clause, a reading …")
    found.add_argument("item", nargs="?", metavar="PROVISION|CLAUSE", help=text)
    common(found)


def _check(found: argparse.ArgumentParser) -> None:
    text = both("政策文件或政策名", "policy files, or names of policies")
    found.add_argument("files", nargs="+", metavar="FILE", help=text)
    text = both(
        "文件原文（纯文本）：核对每一条款、每一短语、每一个数；只对一份政策",
        "the document as plain text: every clause, phrase and figure is checked against it; for one policy only",
    )
    found.add_argument("--source", type=Path, metavar="TEXT", help=text)
    text = both(
        "输出格式，默认 text；sarif 供代码平台显示", "form of the output, text by default; sarif is for code hosts"
    )
    found.add_argument("--format", choices=("text", "json", "sarif"), default=None, help=text)
    text = both(
        "不看条件之间的关系：空档、重叠、永不成立等（每份约需几秒）",
        "without what conditions can be together: gaps, overlaps … (which takes some seconds a policy)",
    )
    found.add_argument("--no-logic", dest="logic", action="store_false", help=text)
    text = both("先改正只能是一种意思的笔误，写回文件", "first mend slips of which only one thing can be meant")
    found.add_argument("--fix", action="store_true", help=text)
    text = both("与 --fix 同用：只显示会怎样改", "with --fix: only show what would change")
    found.add_argument("--diff", action="store_true", help=text)
    common(found)


def _fmt(found: argparse.ArgumentParser) -> None:
    text = both(
        "政策文件或文件夹；档案、案例文件也可以，只整理版面",
        "policy files or folders; of dossiers and case files only the layout",
    )
    found.add_argument("files", nargs="+", metavar="FILE|DIR", help=text)
    text = both("只检查：会有改动的，退出码为 1", "only check: exit code 1 where a file would change")
    found.add_argument("--check", action="store_true", help=text)
    text = both("只显示会怎样改", "only show what would change")
    found.add_argument("--diff", action="store_true", help=text)
    text = both("写到标准输出，不改文件", "write to standard output, leaving the file as it is")
    found.add_argument("--stdout", action="store_true", help=text)
    text = both("改用中文或英文的词；不写则照文件原来的", "Chinese or English words; by default those of the file")
    found.add_argument("--surface", choices=("zh", "en"), help=text)
    common(found, json=False)


def _test(found: argparse.ArgumentParser) -> None:
    text = both("案例文件或文件夹，默认 tests/cases", "case files or folders; tests/cases by default")
    found.add_argument("files", nargs="*", default=["tests/cases"], metavar="FILE|DIR", help=text)
    text = both("只运行名称含这段文字的案例", "run only the cases whose name holds these words")
    found.add_argument("-k", dest="named", default="", metavar="WORDS", help=text)
    second_opinion(found)
    common(found, json=False)


def _mutate(found: argparse.ArgumentParser) -> None:
    cases(found)
    text = both(
        "只改这些规定、量或位置（可写开头）", "only these provisions, quantities or addresses (or how they begin)"
    )
    found.add_argument("--at", nargs="+", default=[], metavar="ADDRESS", help=text)
    text = both("只作这几种改动", "only changes of these kinds")
    found.add_argument(
        "--kind", nargs="+", default=[], choices=KINDS, metavar="KIND", help=f"{text}\n{', '.join(KINDS)}"
    )
    text = both("只试其中约 N 分之一，总是同样的那些", "only about one in N of the changes, always the same ones")
    found.add_argument("--one-in", type=positive, default=1, metavar="N", help=text)
    text = both("同时用几个进程，默认与处理器数相同", "how many processes; by default one per processor")
    found.add_argument("--jobs", type=positive, default=os.cpu_count() or 1, metavar="N", help=text)
    common(found)


def _coverage(found: argparse.ArgumentParser) -> None:
    cases(found)
    text = both("这几类须全部触及，否则退出码为 1", "these kinds must be wholly reached, else the exit code is 1")
    choices = tuple(COVERED)
    found.add_argument(
        "--full", nargs="+", default=[], choices=choices, metavar="KIND", help=f"{text}\n{', '.join(choices)}"
    )
    text = both("列出每一点和触及它的案例", "list every point with the cases that reach it")
    found.add_argument("--all", action="store_true", help=text)
    text = both("另写一页 HTML：条款目录，以颜色标明触及多少", "also write HTML: the clauses, coloured by coverage")
    found.add_argument("--html", type=Path, metavar="FILE", help=text)
    common(found)


def _calendar(found: argparse.ArgumentParser) -> None:
    found._negative_number_matcher = re.compile(r"-[0-9].*")  # a term such as -5wd is no option
    text = both(
        "起算的日期，如 2020-01-10；不写则列出各年的版本", "the day to count from; without it all versions are listed"
    )
    found.add_argument("day", nargs="?", metavar="DATE", help=text)
    text = both(
        "期限，紧跟日期：+10wd 工作日、-5wd 往前、+30d 天、+1m 月、+2y 年；不写则查这一天",
        "the term, right after the date: +10wd working days, -5wd backward, +30d days, +1m months, +2y years",
    )
    found.add_argument("term", nargs="?", metavar="TERM", help=text)
    text = both("列出一年的安排", "list the arrangement of a year")
    found.add_argument("--year", type=year, metavar="YEAR", help=text)
    text = both(
        "当日：next 不计（默认），same 计入，both 两种都列", "the day itself: not counted (next), counted, or both"
    )
    found.add_argument("--first-day", choices=("next", "same", "both"), default="next", help=text)
    text = both("只用这一天已公布的版本", "only versions published by this day")
    found.add_argument("--as-of", metavar="DATE", help=text)
    text = both("original 最初、latest 最新，或某年的版本", "original, latest, or one version of a year")
    found.add_argument("--version", dest="calendar_version", metavar="NAME", help=text)
    text = both("加上地方日历文件里的日子", "add the days of a local calendar file")
    found.add_argument("--local", type=Path, metavar="FILE", help=text)
    text = both("逐日列出，不合并", "a line for every day, however many")
    found.add_argument("--all", action="store_true", help=text)
    common(found)


def _new(found: argparse.ArgumentParser) -> None:
    text = both("文件的纯文本（UTF-8）", "the document as plain text in UTF-8")
    found.add_argument("--text", type=Path, required=True, metavar="FILE", help=text)
    text = both("新政策的标识：小写字母、数字、下划线", "id of the new policy: lower-case letters, digits, underscores")
    found.add_argument("--id", type=policy_id, required=True, metavar="ID", help=text)
    text = both("适用的地区", "the region where it applies")
    found.add_argument("--region", default="", metavar="NAME", help=text)
    text = both("写入文件，不覆盖已有的；不写则到标准输出", "write to a new file instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)
    common(found, json=False)


def _schema(found: argparse.ArgumentParser) -> None:
    text = both(
        "哪种文件：policy 政策，case 案例文件，dossier 档案", "of which files: policies, case files, or dossiers"
    )
    found.add_argument("schema", choices=("case", "dossier", "policy"), help=text)
    text = both("补全用哪种写法的词，只对 policy；默认 en", "of a policy: the words that are offered; en by default")
    found.add_argument("--surface", choices=("zh", "en"), default="en", help=text)
    text = both("写入文件（UTF-8），不写到标准输出", "write to a file (UTF-8) instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)
    common(found, json=False)
