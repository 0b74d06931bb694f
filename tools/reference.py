"""Write the reference pages from the tables of the library: keys, quantities, dossiers, cases, commands, Python.

python tools/reference.py            writes docs/reference/*.md
python tools/reference.py --check    fails where a page there is stale
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import reference_cases
from markdown_tables import key_table, row

import vbprules
from vbprules.cli.parser import parser
from vbprules.diagnostics import Report
from vbprules.language import chinese, keys, operations
from vbprules.language import policy as p
from vbprules.language.surface import in_chinese
from vbprules.language.vocabulary import (
    BY_NAME,
    ENTITIES,
    HEDGES,
    INSTITUTION,
    MATTERS,
    PARTIES,
    PERIOD_ENTITIES,
    STATEMENTS,
    TARGET,
    Entity,
)
from vbprules.language.words import TERM, WORDS
from vbprules.program import compile as compiled
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar, Sequence, read_file
from vbprules.schemas.texts import STATEMENT
from vbprules.schemas.texts_policy import CHOICE, CONDITION, FILE, PROVISION, REASON, SHARED, TEST, UNIT, VALUE

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- 由 tools/reference.py 写出，勿手改 written by tools/reference.py -->"
SECTIONS = {
    "policy": ("顶层", "The file", keys.TOP),
    "document": ("文件 document", "The document", keys.DOCUMENT),
    **{name: (f"{WORDS.get(name, name)} {name}", "", names) for name, names in keys.SECTIONS.items()},
}


def pages() -> Iterator[tuple[str, list[str]]]:
    """Every page: its name and lines."""
    yield "keys", ["# 键 / Keys", "", NOTE, "", *_keys()]
    yield "operations", ["# 条件和值 / Conditions and values", "", NOTE, "", *_operations()]
    yield "quantities", ["# 量 / Quantities", "", NOTE, "", *_quantities()]
    yield "dossiers", ["# 档案 / Dossiers", "", NOTE, "", *_dossiers()]
    yield "cases", ["# 案例 / Cases", "", NOTE, "", *reference_cases.lines()]
    yield "commands", ["# 命令 / Commands", "", NOTE, "", *_commands()]
    yield "python", ["# Python", "", NOTE, "", *_python()]


# Keys


def _keys() -> Iterator[str]:
    yield "政策文件的每个键，英文和中文；● 必写。另见[条件和值](operations.md)，可以取的名称见[量](quantities.md)。  "
    yield "Every key of a policy file, in English and Chinese; ● must stand there."
    for section, (zh, en, names) in SECTIONS.items():
        if not any(f"{section}.{name}" in FILE or name in SHARED or name in PROVISION for name in names):
            continue
        yield from ("", f"## {zh}{f' / {en}' if en else ''}", "")
        required = keys.REQUIRED.get(section, ())
        yield from key_table(names, required, _texts(section))
    yield from ("", "## 规定 provisions / Provisions", "")
    yield "一条规定写明种类及标题（七种之一），另写：  "
    yield "A provision names its kind, with the title, and further:"
    yield ""
    yield from key_table((*p.MODALITIES, *keys.COMMON), ("cite",), _texts(""))
    for modality in p.MODALITIES:
        expected = keys.EXPECTED.get(modality, ())
        yield from ("", f"### {modality} {WORDS[modality]}", "")
        if expected:
            told = "、".join(f"`{name}`" for name in expected)
            yield f"{told} 写出，或写在 `silent` 里：原文没有说。 {told}: given, or named under `silent`."
            yield ""
        yield from key_table(keys.OF_MODALITY[modality], expected, _texts(""))
    yield from ("", "### 措施 steps / Steps of a sanction", "")
    yield from key_table(keys.STEP, ("does",), _texts(""))
    yield from ("", "## 只有几个词可选的 / Words to choose from", "", "| 词 word | 中文 | |", "|---|---|---|")
    for name, table in chinese.CHOICES.items():
        texts: Mapping[str, tuple[str, str]] = REASON if name == "reason" else MATTERS if name == "matter" else CHOICE
        for word, zh in table.items():
            yield row(f"`{word}`", f"`{zh}`", f"{name}: {' / '.join(texts[word])}")
    for word, (en, may) in HEDGES.items():
        yield row("", f"`{word}`", f"hedge: {en}{'（可为可不为 discretionary）' if may else ''}")
    for name, (zh, en) in PARTIES.items():
        yield row(f"`{name}`", f"`{zh}`", f"{en}（主体 party）")


def _texts(section: str) -> Callable[[str], tuple[str, str]]:
    """What is said of the keys of a mapping: their own texts, or those of the same key elsewhere."""
    return lambda name: FILE.get(f"{section}.{name}") or SHARED.get(name) or PROVISION[name]


# Operations


def _operations() -> Iterator[str]:
    yield from ("## 条件 / Conditions", "", "| 词 word | 中文 | |", "|---|---|---|")
    for name in operations.CONDITIONS:
        yield row(f"`{name}`", f"`{WORDS[name]}`", "<br>".join(CONDITION[name]))
    yield from ("", "## 比较 / Comparisons", "", "| 词 word | 中文 | |", "|---|---|---|")
    for name in operations.COMPARATORS:
        yield row(f"`{name}`", f"`{WORDS[name]}`", "<br>".join(TEST[name]))
    yield from ("", "## 值 / Values", "", "| 运算 operation | 中文 | 旁边可写 beside it | |", "|---|---|---|---|")
    for name, beside in operations.OPERATIONS.items():
        said = " ".join(f"`{key}`" + ("●" if key in operations.NEEDED.get(name, ()) else "") for key in beside)
        texts = VALUE.get(name) or CONDITION[name]
        yield row(f"`{name}`", f"`{WORDS[name]}`", said, "<br>".join(texts))
    yield from ("", "## 运算旁边的键 / Keys beside operations", "", "| 键 key | 中文 | |", "|---|---|---|")
    for name in dict.fromkeys(key for beside in operations.OPERATIONS.values() for key in beside):
        zh = f"`{TERM[name]}`" if name in TERM else f"`{WORDS[name]}`"
        yield row(f"`{name}`", zh, "<br>".join(VALUE[name]))
    yield from ("", "## 期间 / Periods", "", "| 词 word | 中文 |", "|---|---|")
    for name, zh in chinese.PERIODS.items():
        yield row(f"`{name}`", f"`{zh}`")


# Quantities


def _quantities() -> Iterator[str]:
    yield "条件和值里可以直接写的名称：档案的字段，和内建的量。政策自己的量写在 `quantities`、`terms`。  "
    yield "What a condition or value may name: fields of a dossier, and built-in quantities."
    defined, units = _definitions(), _units()
    for entity in ENTITIES:
        built_in = [item for item in compiled.builtin_quantities() if item.per == entity.name]
        if not entity.fields and not built_in and entity.name not in PERIOD_ENTITIES:
            continue
        yield from ("", f"## {entity.zh} {entity.name} / {entity.en}", "")
        if entity.refs:
            there = (f"[{BY_NAME[ref].zh}](#{_slug(BY_NAME[ref], ref)})" for ref in entity.refs)
            yield "所指 refers to: " + "、".join(there)
            yield ""
        yield from ("| 名称 name | 中文 | 单位 unit | |", "|---|---|---|---|")
        for item in entity.fields:
            codes = "；".join(f"`{code}` {zh}" for code, zh in item.options.items())
            zh = chinese.names().get(item.name, item.zh)
            told = f"{item.zh} / {item.en}{'：' if codes else ''}{codes}"
            yield row(f"`{item.name}`", f"`{zh}`", " / ".join(UNIT[item.unit]), told)
        if entity.period:
            for name in ("period_start", "period_end"):
                zh, unit = chinese.names()[name], " / ".join(UNIT["date"])
                yield row(f"`{name}`", f"`{zh}`", unit, " / ".join(CHOICE[name]))
        for quantity in built_in:
            en, zh = defined[quantity.per, quantity.id]
            told = f"{quantity.label.zh} / {quantity.label.en}（内建 built in）<br>`{en}`<br>`{zh}`"
            yield row(f"`{quantity.id}`", f"`{chinese.names()[quantity.id]}`", units[quantity.per, quantity.id], told)


def _units() -> dict[tuple[str, str], str]:
    """The unit of every built-in quantity, in both languages, as a policy finds it that names them all."""
    policy = vbprules.load(next(iter(vbprules.shipped_policies()))).policy
    named = {f"q{number}": item for number, item in enumerate(compiled.builtin_quantities())}
    asks = {name: replace(item, id=name, node=Scalar(item.id, item.node.mark)) for name, item in named.items()}
    report = Report()
    program = compiled.compile_policy(replace(policy, provisions={}, terms={}, quantities=asks), report)
    report.raise_if_errors()
    units = {name: program.definitions[f"{item.per}.{name}"].body.unit for name, item in named.items()}
    return {(item.per, item.id): " / ".join(UNIT[units[name]]) for name, item in named.items()}


def _definitions() -> dict[tuple[str, str], tuple[str, str]]:
    """Every built-in quantity as it is defined, in English and in Chinese words."""
    report = Report()
    root = read_file(Path(compiled.__file__).with_name("prelude.yaml"), report)
    report.raise_if_errors()
    assert isinstance(root, Sequence)
    found = {}
    for item in root.items:
        assert isinstance(item, MappingNode)
        texts = {key.text: value for key, value in item.entries}
        key = "is" if "is" in texts else "condition"
        node, mark = texts[key], item.mark
        section = "quantities" if key == "is" else "terms"
        body = MappingNode(((Scalar("is", mark), node),), mark)
        named = MappingNode(((Scalar("x", mark), body),), mark)
        tree = in_chinese(MappingNode(((Scalar(section, mark), named),), mark))
        zh = _at(tree, 0, 0, 0)
        per, name = texts["per"], texts["id"]
        assert isinstance(per, Scalar) and isinstance(name, Scalar)
        found[per.text, name.text] = (_flow(node), _flow(zh))
    return found


def _at(node: Node, *path: int) -> Node:
    for step in path:
        assert isinstance(node, MappingNode)
        node = node.entries[step][1]
    return node


def _flow(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return "[" + ", ".join(_flow(item) for item in node.items) + "]"
    return "{" + ", ".join(f"{key.text}: {_flow(value)}" for key, value in node.entries) + "}"


# Dossiers


def _dossiers() -> Iterator[str]:
    yield (
        "档案的每个列表和列，名称可以写英文或中文。列表写作一列各行，或 `{complete_through: 日期, entries: […]}`、"
        "`{complete: yes, entries: […]}`；没有一行的写 `none`（无）。  "
    )
    yield "Every list and column, in English or Chinese. What is not stated to be complete may have more rows."
    for entity in ENTITIES:
        if entity.name in PERIOD_ENTITIES:
            continue
        head = f"{entity.zh} {entity.list_name}" if entity.name != INSTITUTION else "机构 institution"
        yield from ("", f"## {head} / {entity.en}", "", "| 列 column | 中文 | |", "|---|---|---|")
        if entity.name != INSTITUTION:
            yield row("`id`", f"`{WORDS['id']}`", "编号 its id")
        for ref in entity.refs:
            other = BY_NAME[ref]
            link = f"[{other.zh}](#{_slug(other, other.list_name)})"
            yield row(f"`{ref}`", f"`{other.zh}`", f"{link}的编号 the id of a {other.en}")
        if entity.name == TARGET:
            yield row("`period`", f"`{WORDS['period']}`", "期间，如 2020Q1、2020-03 the period")
        for item in entity.fields:
            codes = "；".join(f"`{code}` {zh}" for code, zh in item.options.items())
            yield row(f"`{item.name}`", f"`{item.zh}`", f"{' / '.join(UNIT[item.unit])}{'：' if codes else ''}{codes}")
    for name, columns in STATEMENTS.items():
        yield from ("", f"## {WORDS.get(name, name)} {name}", "", "| 列 column | 中文 | |", "|---|---|---|")
        for column in columns:
            texts = STATEMENT.get(f"{name}.{column}") or STATEMENT.get(column) or ("", "")
            yield row(f"`{column}`", f"`{WORDS[column]}`", "<br>".join(texts))


def _slug(entity: Entity, name: str) -> str:
    """Where the heading of an entity is found in a page."""
    head = f"{entity.zh} {name} / {entity.en}".lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", head).strip())


# Commands


def _commands() -> Iterator[str]:
    top = parser()
    yield "退出码：0 完成；1 输入有误或案例不符；2 用法错误；3 两个引擎不一致；130 中断。  "
    yield "Exit codes: 0 done; 1 errors in the input, failing cases; 2 usage; 3 the engines disagree; 130 interrupted."
    (commands,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        yield from ("", f"## vbprules {name}", "", (command.description or "").strip().replace("\n", "  \n"), "")
        yield from ("| | |", "|---|---|")
        for action in command._actions:
            if isinstance(action, argparse._HelpAction):
                continue
            shown = ", ".join(f"`{option}`" for option in action.option_strings) or f"`{action.metavar or action.dest}`"
            takes = _takes(action)
            told = re.sub(r"\s*\n\s*", "<br>", (action.help or "").replace("%%", "%").strip())
            yield row(f"{shown}{f' `{takes}`' if takes and action.option_strings else ''}", told)


def _takes(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices is not None:
        return "|".join(str(choice) for choice in action.choices)
    return " ".join(action.metavar) if isinstance(action.metavar, tuple) else str(action.metavar or action.dest.upper())


# Python


def _python() -> Iterator[str]:
    yield "`import vbprules` 后可用的全部名称；用到时才载入。  "
    yield "Everything that `vbprules` exports, loaded when it is first used."
    functions = [name for name in vbprules.__all__ if name[:1].islower()]
    classes = [name for name in vbprules.__all__ if name[:1].isupper()]
    for title, names in (("函数 Functions", functions), ("结果与错误 Results and errors", classes)):
        yield from ("", f"## {title}")
        for name in names:
            yield from ("", f"::: {vbprules._HOMES[name]}.{name}")


def main() -> int:
    stale = []
    for name, lines in pages():
        path, text = FOLDER / f"{name}.md", "\n".join(lines) + "\n"
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8", newline="\n")
        elif not path.is_file() or path.read_text("utf-8") != text:
            stale.append(path.name)
    if stale:
        print("stale, run python tools/reference.py:", ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
