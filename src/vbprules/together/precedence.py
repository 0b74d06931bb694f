"""How documents rank, by their own clauses and nothing else. No general rule of law is applied."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Final

from vbprules.decision.model import Cited, NeedItem, Text
from vbprules.decision.phrases import ask, text_of
from vbprules.engine.case import Case
from vbprules.engine.needs import Need
from vbprules.facts.given import given_value
from vbprules.language.policy import Citation, Policy, Precedence
from vbprules.together.model import Claim, Ranking, Reach, Relation
from vbprules.together.words import DATED, RANKS
from vbprules.values.figures import DATE, show_range
from vbprules.values.ranges import INF, NEG, OPEN, TRUE, Range, below, exactly

UNKNOWN_DAY: Final = Range(NEG, INF)


def relations(cases: Iterable[Case]) -> tuple[Relation, ...]:
    """The relation of every two documents, by the clauses of both."""
    return tuple(_relation(first, second) for first, second in combinations(cases, 2))


def _relation(first: Case, second: Case) -> Relation:
    claims = tuple(_claim(one, other, row) for one, other in ((first, second), (second, first)) for row in _rows(one))
    over = {_over(claim) for claim in claims if claim.reaches == "yes"}
    ranking: Ranking = "unranked"
    if len(over) > 1:
        ranking = "contradictory"
    elif over:
        open_others = {_over(claim) for claim in claims if claim.reaches == "open"} - over
        ranking = "open" if open_others else "ranked"
    elif any(claim.reaches == "open" for claim in claims):
        ranking = "open"
    return Relation(
        documents=(_policy(first).id, _policy(second).id),
        ranking=ranking,
        over=next(iter(over)) if ranking == "ranked" else None,
        claims=claims,
    )


def _over(claim: Claim) -> str:
    """The document that goes before the other by a clause."""
    return claim.other if claim.relation == "yields_to" else claim.policy


def _policy(case: Case) -> Policy:
    return case.program.policy


def _rows(case: Case) -> tuple[Precedence, ...]:
    return _policy(case).document.precedence


def _claim(own: Case, other: Case, row: Precedence) -> Claim:
    """Whether a clause of one document reaches another: by its rank, its region, its date, a finding."""
    tests = list(_tests(own, other, row))
    reach: Reach = "yes"
    if any(found == "no" for found, _, _ in tests):
        reach = "no"
        tests = [test for test in tests if test[0] == "no"]
    elif any(found == "open" for found, _, _ in tests):
        reach = "open"
    return Claim(
        policy=_policy(own).id,
        other=_policy(other).id,
        relation=row.relation,
        text=text_of(row.text),
        clauses=_cited(row.cites),
        reaches=reach,
        why=tuple(why for _, why, _ in tests),
        needs=tuple(need for found, _, need in tests if found == "open" and need is not None),
    )


def _tests(own: Case, other: Case, row: Precedence) -> Iterable[tuple[Reach, Text, NeedItem | None]]:
    document = _policy(other).document
    if row.in_words_only:
        zh = "该条只以文字写明，是否及于另一文件，不由程序判断"
        yield "open", Text(zh=zh, en="the clause is in words only; whether it reaches the other is not judged"), None
        return
    if row.ranks:
        wanted = "、".join(RANKS[rank][0] for rank in row.ranks), ", ".join(RANKS[rank][1] for rank in row.ranks)
        if not document.ranked:
            yield "open", Text(zh="另一文件没有写明层级", en="the other's file does not state its rank"), None
        else:
            zh, en = RANKS[document.rank]
            text = Text(zh=f"该条指{wanted[0]}文件，另一文件为{zh}", en=f"it names {wanted[1]} documents; this is {en}")
            yield "yes" if document.rank in row.ranks else "no", text, None
    if row.regions and not (document.ranked and document.rank == "national"):
        wanted_regions = "、".join(row.regions)
        if not document.region:
            yield "open", Text(zh="另一文件没有写明地区", en="the other's file does not state its region"), None
        else:
            zh = f"该条指{wanted_regions}的文件，另一文件属{document.region}"
            en = f"it names documents of {wanted_regions}; this is of {document.region}"
            yield "yes" if document.region in row.regions else "no", Text(zh=zh, en=en), None
    if row.dated is not None:
        yield _dated(own, other, row.dated)
    if row.question:
        yield _judged(own, row.question)


def _dated(own: Case, other: Case, dated: str) -> tuple[Reach, Text, NeedItem | None]:
    """By the days of issue: of the same day is neither earlier nor later."""
    word, word_en = DATED[dated]
    days = _issued(own), _issued(other)
    holds = below(days[1], days[0]) if dated == "earlier" else below(days[0], days[1])
    if holds == OPEN:
        unknown = own if not days[0].exact else other
        zh = f"该条指{word}的文件，印发日期未知（{_policy(unknown).id}）"
        text = Text(zh=zh, en=f"it names {word_en} documents; day of issue not known ({_policy(unknown).id})")
        return "open", text, _asked(unknown, Need("fact", "document.issued"))
    shown = show_range(days[0], DATE), show_range(days[1], DATE)
    zh = f"该条指{word}的文件，本文件 {shown[0]} 印发，另一文件 {shown[1]} 印发"
    en = f"it names {word_en} documents; this one was issued on {shown[0]}, the other on {shown[1]}"
    return "yes" if holds == TRUE else "no", Text(zh=zh, en=en), None


def _issued(case: Case) -> Range:
    """The day of issue, by the document or by a source that the dossier names."""
    if case.program.issued is not None:
        return exactly(case.program.issued)
    given = (given_value(item.value, DATE) for item in case.dossier.given if item.name == "document.issued")
    return next((day for day in given if isinstance(day, Range)), UNKNOWN_DAY)


def _judged(own: Case, question: str) -> tuple[Reach, Text, NeedItem | None]:
    asks = _policy(own).questions[question].asks
    answers = own.answers(question, "")
    if not answers:
        return "open", text_of(asks), _asked(own, Need("judgement", question))
    answer = answers[-1]
    told = ("是", "yes") if answer.answer else ("否", "no")
    text = Text(zh=f"{asks.zh}：已认定为{told[0]}", en=f"{asks.text('en')}: determined, {told[1]}")
    return "yes" if answer.answer else "no", text, None


def _asked(case: Case, need: Need) -> NeedItem:
    """A need of one document, named as the dossier must name it beside others."""
    what = f"{_policy(case).id}:{need.what}"
    asks = ask(need, _policy(case))
    return NeedItem(kind=need.kind, what=what, subject="", day=None, key=f"{need.kind} {what}", asks=asks)


def _cited(cites: tuple[Citation, ...]) -> tuple[Cited, ...]:
    return tuple(Cited(clause=cite.clause, phrase=cite.phrase) for cite in cites)
