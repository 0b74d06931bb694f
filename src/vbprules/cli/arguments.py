"""Arguments that several commands share. Every help text stands in Chinese and in English."""

from __future__ import annotations

import argparse
import re
from pathlib import Path


def both(zh: str, en: str) -> str:
    return f"{zh}\n{en}"


def titled(found: argparse.ArgumentParser) -> None:
    found._positionals.title = "参数 arguments"
    found._optionals.title = "选项 options"
    found.add_argument("-h", "--help", action="help", help=both("显示帮助", "show this help"))


def common(found: argparse.ArgumentParser, json: bool = True) -> None:
    """Options that every command has."""
    if json:
        found.add_argument("--json", action="store_true", help=both("输出 JSON", "print JSON"))
    text = both("输出语言，默认中文", "language of the output, Chinese by default")
    found.add_argument("--lang", choices=("zh", "en"), default="zh", help=text)
    text = both(
        "颜色：默认只在终端上用，并遵守 NO_COLOR", "colour: by default on a terminal only, unless NO_COLOR is set"
    )
    found.add_argument("--color", choices=("auto", "always", "never"), default="auto", help=text)


def second_opinion(found: argparse.ArgumentParser) -> None:
    text = both("不由第二引擎复核", "do not ask the second engine")
    found.add_argument("--no-second-opinion", action="store_true", help=text)


def adopted(found: argparse.ArgumentParser) -> None:
    """What an authority has settled for one policy: rulings, working days."""
    pin(found)
    text = both("主管部门已定的解读和认定", "readings and determinations that an agency has adopted")
    found.add_argument("--rulings", type=Path, metavar="FILE", help=text)
    working_days(found)


def pin(found: argparse.ArgumentParser) -> None:
    """The one file that is accepted."""
    text = both(
        "只接受这一个文件：政策文件或政策包的 SHA-256",
        "accept this file only: the SHA-256 of the policy file or bundle",
    )
    found.add_argument("--pin", metavar="sha256:HEX", help=text)


def pins(found: argparse.ArgumentParser) -> None:
    """The one file that is accepted for each of several policies."""
    text = both(
        "这份政策只接受这一个文件：它的 SHA-256；可多次给出",
        "for this policy accept this file only, by its SHA-256; may be repeated",
    )
    found.add_argument(
        "--pin", dest="pins", action="append", default=[], type=pinned, metavar="POLICY=sha256:HEX", help=text
    )


def pinned(text: str) -> tuple[str, str]:
    name, equals, digest = text.rpartition("=")  # a path may hold another sign
    if not (equals and name.strip() and digest.strip()):
        raise argparse.ArgumentTypeError(f"应写作 write POLICY=sha256:HEX: {text!r}")
    return name.strip(), digest.strip()


def working_days(found: argparse.ArgumentParser) -> None:
    text = both(
        "工作日安排：original、latest、某年的版本，或地方日历文件；默认取判断日已公布的版本",
        "working days: original, latest, a version of a year, or a file of local days; by default as published",
    )
    found.add_argument("--calendar", metavar="VERSION|FILE", help=text)


def instruments(found: argparse.ArgumentParser) -> None:
    text = both(
        "由这份政策定本政策留给它的数（可多次）；它的解读写 政策:解读=选项",
        "a policy that sets what this one leaves to it (repeatable); its readings are policy:reading=option",
    )
    found.add_argument("--instrument", action="append", default=[], metavar="POLICY", help=text)


def lsp_arguments(found: argparse.ArgumentParser) -> None:
    text = both(
        "findings 各页所在的网址，问题的编号链接到那里",
        "where the pages on findings are (a URL): codes link there",
    )
    found.add_argument("--pages", default="", metavar="URL", help=text)
    text = both("保存时不看条件之间的关系", "on saving, leave out what conditions can be together")
    found.add_argument("--no-logic", dest="logic", action="store_false", help=text)
    text = both("经标准输入输出（本来如此；有的编辑器会加上）", "over standard streams, as always: some clients say so")
    found.add_argument("--stdio", action="store_true", help=text)
    common(found, json=False)


def judged(found: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    """The dossier, the day as of which its case is judged, and the forms in which that is printed."""
    dossier(found)
    text = both("判断日，按当日日终判断，如 2020-04-15", "the day at whose close the case is decided, as 2020-04-15")
    found.add_argument("--as-of", required=True, metavar="DATE", help=text)
    form = found.add_mutually_exclusive_group()
    text = both("只输出 JSON；同样的输入得到同样的字节", "JSON and nothing else; the same input gives the same bytes")
    form.add_argument("--json", action="store_true", help=text)
    form.add_argument("--markdown", action="store_true", help=both("输出 Markdown", "print Markdown"))
    return form


def dossier(found: argparse.ArgumentParser) -> None:
    """The facts of one institution."""
    text = both(
        "机构档案，YAML 文件；- 为标准输入；表中的一家：表的文件夹#机构编号",
        "the institution's dossier, a YAML file; - for standard input; one institution of tables: FOLDER#ID",
    )
    found.add_argument("dossier", metavar="DOSSIER", help=text)
    headings(found)


def headings(found: argparse.ArgumentParser) -> None:
    """What foreign headings of tables mean."""
    text = both(
        "表的列名对照（YAML）：列表: {外来列名: 本库列名}", "foreign headings of tables (YAML): list: {theirs: ours}"
    )
    found.add_argument("--headings", type=Path, metavar="FILE", help=text)


def decided(found: argparse.ArgumentParser, readings: str) -> None:
    """What every command has that decides a dossier's case."""
    judged(found)
    found.add_argument("--reading", action="append", default=[], type=reading, metavar="NAME=OPTION", help=readings)
    second_opinion(found)
    text = both("逐项列出全部结论和全部理由", "list every outcome with its whole proof")
    found.add_argument("--all", action="store_true", help=text)
    text = both("不列理由", "leave out the reasons")
    found.add_argument("--quiet-reasons", action="store_true", help=text)
    text = both("写入文件（UTF-8），不写到标准输出", "write to a file (UTF-8) instead of standard output")
    found.add_argument("--output", type=Path, metavar="FILE", help=text)


def reading(text: str) -> tuple[str, str]:
    name, equals, option = text.partition("=")
    if not (equals and name.strip() and option.strip()) or "=" in option:
        raise argparse.ArgumentTypeError(f"应写作 write NAME=OPTION (volume=both): {text!r}")
    return name.strip(), option.strip()


def cases(found: argparse.ArgumentParser) -> None:
    text = both("政策名或政策文件，默认随库的全部", "names of policies, or policy files; by default all that ship")
    found.add_argument("policies", nargs="*", metavar="POLICY", help=text)
    text = both("案例文件或文件夹，默认 tests/cases", "case files or folders; tests/cases by default")
    found.add_argument("--cases", nargs="+", default=["tests/cases"], metavar="FILE|DIR", help=text)


def year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not 1900 <= int(text) <= 2200:
        raise argparse.ArgumentTypeError(f"应为 1900 到 2200 的年份 a year from 1900 to 2200: {text!r}")
    return int(text)


def positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"应为 1 到 256 的整数 an integer from 1 to 256: {text!r}")
    return int(text)


def policy_id(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,79}", text):
        raise argparse.ArgumentTypeError(
            f"应为小写字母、数字、下划线 lower-case letters, digits, underscores: {text!r}"
        )
    return text
