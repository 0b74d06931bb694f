"""The reference page on case files, from the tables of their reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markdown_tables import key_table, row

from vbprules.cases import keys
from vbprules.cases.blocks import keys as block_keys
from vbprules.cases.words import CHINESE
from vbprules.language.words import WORDS
from vbprules.schemas.block_texts import BLOCK, CHANGE, EXPLAIN, NEXT, TIMELINE, TOGETHER, WHAT_IF
from vbprules.schemas.blocks import of_outcome
from vbprules.schemas.case import MEANINGS
from vbprules.schemas.texts import CASE, FILE, TABLE, TABLE_ROW, Texts

REQUIRED: Mapping[str, tuple[str, ...]] = {**keys.REQUIRED, **block_keys.REQUIRED}


class Part(NamedTuple):
    """A mapping in a block of a case: its heading, its name among ``REQUIRED``, its keys and what is said of them."""

    heading: str
    name: str
    keys: tuple[str, ...]
    texts: Texts


PARTS: Mapping[str, tuple[Part, ...]] = {
    "timeline": (
        Part("", "timeline", block_keys.TIMELINE, TIMELINE),
        Part("一个变化 changes / A change", "change", block_keys.CHANGE, CHANGE),
    ),
    "explain": (
        Part("", "", block_keys.EXPLAINED, EXPLAIN),
        Part("一步 decided_by / A deciding step", "", block_keys.STEP, EXPLAIN),
    ),
    "next": (
        Part("", "", block_keys.NEXT, NEXT),
        Part("一步 steps / A step", "", block_keys.STEP_AHEAD, NEXT),
    ),
    "what_if": (Part("", "", block_keys.WHAT_IF, WHAT_IF),),
    "together": (
        Part("", "together", block_keys.TOGETHER, TOGETHER),
        Part("效力关系 precedence / How two documents rank", "", block_keys.RELATION, TOGETHER),
        Part("主张 claims / A claim", "", block_keys.CLAIM, TOGETHER),
        Part("同一事项 overlaps / Two outcomes on one matter", "overlap", block_keys.OVERLAP, TOGETHER),
        Part("冲突 conflicts / A conflict", "conflict", block_keys.CONFLICT, TOGETHER),
        Part("缺漏 gaps / A gap", "", block_keys.GAP, TOGETHER),
    ),
}


def lines() -> Iterator[str]:
    """The page below its title."""
    yield "案例文件的每个键，英文和中文；● 必写。怎样写见[语言说明第 7 节](../language.zh.md#7-案例文件)。  "
    yield "Every key of a case file, in English and Chinese; ● must stand there."
    yield from _section("## 文件 / The file", keys.TOP, "file", FILE)
    for name, known in (("equivalent", keys.EQUIVALENT), ("unreachable", keys.UNREACHABLE)):
        texts = {key: FILE[f"{name}.{key}"] for key in known}
        yield from _section(f"### {WORDS[name]} {name} / {name}, a row", known, name, texts)
    yield from _section("## 案例 case / A case", keys.CASE, "case", {**CASE, **BLOCK})
    yield from _section("### 变体 variants / Variants, a table", keys.TABLE, "variants", TABLE)
    yield from _section("### 变体的一行 rows / A row of variants", keys.ROW, "", TABLE_ROW)
    yield from _section("## 期望 expect / What is expected of an outcome", keys.EXPECTED, "", {})
    yield from ("", "### 期望的词 / Words", "", "| 键 key | 词 word | 中文 | |", "|---|---|---|---|")
    for key, meanings in MEANINGS.items():
        for code, told in meanings.items():
            form = next(iter(CHINESE[key].get(code, ())), code)
            yield row(f"`{key}`", f"`{code}`", f"`{form}`", " / ".join(told))
    for block, parts in PARTS.items():
        yield from ("", f"## {WORDS[block]} {block} / {block}", "", f"{BLOCK[block][0]}  ", BLOCK[block][1])
        for part in parts:
            yield from _section(part.heading and f"### {part.heading}", part.keys, part.name, part.texts)


def _section(heading: str, known: tuple[str, ...], name: str, texts: Texts) -> Iterator[str]:
    yield from ("", heading, "") if heading else ("",)
    yield from key_table(known, REQUIRED.get(name, ()), lambda key: texts.get(key) or of_outcome(key))
