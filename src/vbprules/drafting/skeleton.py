"""The draft as a policy file: the ledger of its clauses, and everything else as comments to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vbprules.drafting.cover import Candidate
from vbprules.drafting.draft import Draft
from vbprules.drafting.passages import Passage
from vbprules.language.confirmation import UNCONFIRMED
from vbprules.language.versions import NEWEST

_PLAIN: Final = re.compile(r"[一-鿿A-Za-z0-9（《〔][一-鿿A-Za-z0-9（）()、，。《》〔〕“”％.．—；]*")
_HEAD: Final = """# 由 vbprules new 生成的骨架：只有条款目录；其余是注释里的线索，由人对照原文确认；没有线索的也要读。
# A skeleton: the clause ledger. All else is a lead in a comment, to be confirmed by a person; the leads are not all.
# 逐条：写成规定（provisions）并引用，或写 not_encoded 和原因；“待确认”改成原文所写。然后 vbprules check 本文件。"""


def skeleton(draft: Draft, policy: str, region: str = "", schema: str = "") -> str:
    """The text of a policy file. ``schema``: the path of the schema from where the file will lie."""
    return "\n".join(_lines(draft, policy, region, schema)) + "\n"


def _lines(draft: Draft, policy: str, region: str, schema: str) -> Iterator[str]:
    if schema:
        yield f"# yaml-language-server: $schema={schema}"
    yield from _HEAD.splitlines()
    yield f"language: {NEWEST}"
    yield f"policy: {policy}"
    yield "document:"
    cover = draft.cover
    yield f"  title: {UNCONFIRMED}"
    yield from _leads("title 标题", cover.titles)
    yield f"  number: {UNCONFIRMED}"
    yield from _leads("number 文号", cover.numbers)
    yield from _leads("issuer 印发机关", cover.issuers)
    if region:
        yield f"  region: {scalar(region)}"
    yield f"  issued: {UNCONFIRMED}"
    yield from _leads("issued 印发日期", cover.days)
    yield "  in_force:"
    yield f"    from: {UNCONFIRMED}"
    yield f"    until: {UNCONFIRMED}"
    for item, found in draft.items:
        for passage in found:
            if passage.force:
                yield f"    # {UNCONFIRMED} 施行：{_cited(item.no, passage)}"
    yield "clauses:"
    for item, found in draft.items:
        yield f"  - no: {scalar(item.no)}"
        yield f"    starts: {scalar(item.starts)}"
        yield f"    text: {scalar(item.heading)}"
        yield f"    # 原文第{_span(item.lines[0].number, item.lines[-1].number)}行"
        for passage in found:
            yield f"    # {UNCONFIRMED} {_cited(item.no, passage)}"
    yield "provisions: {}"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


def _leads(what: str, found: Sequence[Candidate]) -> Iterator[str]:
    for candidate in found:
        yield f"  # {UNCONFIRMED} {what}：{candidate.text}（原文第{candidate.line}行）"


def _cited(no: str, passage: Passage) -> str:
    parts = [f"{no}“{passage.phrase}”"]
    if passage.figure:
        parts.append(f"数：{passage.figure}")
    if passage.words:
        parts.append(f"词：{'、'.join(passage.words)}")
    return "  ".join(parts)


def scalar(text: str) -> str:
    """A scalar of YAML: plain where nothing in it could mean something else."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
