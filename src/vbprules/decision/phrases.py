"""Needs and labels as sentences for people."""

from __future__ import annotations

from vbprules.decision.model import NeedItem, Text
from vbprules.decision.words import NEEDS
from vbprules.engine.needs import Need
from vbprules.language.policy import Label, Policy
from vbprules.language.vocabulary import BY_LIST, ENTITIES, INSTITUTION
from vbprules.values.figures import show_date

_OTHER_LISTS = {
    "acts": ("措施", "acts"),
    "performances": ("履行", "performances"),
    "determinations": ("认定", "determinations"),
}


def text_of(label: Label) -> Text:
    return Text(zh=label.zh, en=label.text("en"))


def need_item(need: Need, policy: Policy) -> NeedItem:
    """A need with its words."""
    day = None if need.day is None else show_date(need.day)
    asks = ask(need, policy)
    return NeedItem(kind=need.kind, what=need.what, subject=need.subject, day=day, key=str(need), asks=asks)


def ask(need: Need, policy: Policy) -> Text:
    """What to do about a need, in one sentence."""
    of = f"（{need.subject}）" if need.subject else ""
    of_en = f" ({need.subject})" if need.subject else ""
    day = "" if need.day is None else show_date(need.day)
    if need.kind == "fact":
        zh, en = _field(need.what)
        return Text(zh=f"请补充{zh}{of}", en=f"record: {en}{of_en}")
    if need.kind == "list":
        found = BY_LIST.get(need.what)
        zh, en = (
            (found.zh, found.list_name.replace("_", " "))
            if found
            else _OTHER_LISTS.get(need.what, (need.what, need.what))
        )
        line = (
            f"{need.what}: {{complete_through: {day}, entries: […]}}"
            if day
            else f"{need.what}: {{complete: yes, entries: […]}}"
        )
        return Text(
            zh=f"请确认{zh}记录{of}{'截至 ' + day + ' ' if day else ''}是否完整：{line}",
            en=f"state that the {en}{of_en} are complete{' through ' + day if day else ''}: {line}",
        )
    if need.kind == "time":
        return Text(zh=f"{day} 之后才能判断", en=f"can be judged after {day}")
    if need.kind == "judgement":
        question = policy.questions.get(need.what)
        if question is None:
            return _judged_otherwise(need, policy, of, of_en)
        by = "、".join(policy.parties[name].label.zh for name in question.by if name in policy.parties)
        by_en = ", ".join(policy.parties[name].label.text("en") for name in question.by if name in policy.parties)
        return Text(
            zh=f"需要{by}认定：{question.asks.zh}{of}",
            en=f"needs a determination by {by_en}: {question.asks.text('en')}{of_en}",
        )
    if need.kind == "instrument":
        instrument = policy.instruments.get(need.what)
        named = [instrument.number, instrument.title.zh] if instrument else []
        named_en = [instrument.number, instrument.title.text("en")] if instrument else []
        return Text(
            zh=f"由{''.join(named) or need.what}规定；可在 given 中写明其数值和出处",
            en=f"set by {' '.join(filter(None, named_en)) or need.what}; its figure may be given with its source",
        )
    if need.kind == "calendar":
        return Text(
            zh=f"{need.what} 年的工作日安排尚未公布", en=f"the working days of {need.what} are not yet published"
        )
    if need.kind == "undefined":
        quantity = policy.quantities.get(need.what)
        what, what_en = (quantity.label.zh, quantity.label.text("en")) if quantity else (need.what, need.what)
        zh, en = NEEDS["undefined"]
        return Text(zh=f"{what}{of}：{zh}", en=f"{what_en}{of_en}: {en}")
    return Text(zh=f"文件对此未作规定：{need.what}{of}", en=f"the document is silent on {need.what}{of_en}")


def _judged_otherwise(need: Need, policy: Policy, of: str, of_en: str) -> Text:
    """A judgement that no question asks: whether a code falls under an open list, or a prohibition is violated."""
    listed, norm = policy.lists.get(need.what), policy.provisions.get(need.what)
    if listed is not None:
        cites = "；".join(str(cite) for cite in listed.cites)
        return Text(
            zh=f"需要认定：是否属于{cites}所称之列{of}", en=f"needs a determination: does it fall under {cites}{of_en}"
        )
    if norm is not None:
        title = norm.title.text("en")
        return Text(
            zh=f"需要认定：是否违反“{norm.title.zh}”{of}", en=f'needs a determination: was "{title}" violated{of_en}'
        )
    return Text(zh=f"需要认定：{need.what}{of}", en=f"needs a determination: {need.what}{of_en}")


def _field(what: str) -> tuple[str, str]:
    owner, _, name = what.rpartition(".")
    if owner == INSTITUTION:
        column = next(e for e in ENTITIES if e.name == INSTITUTION).field_map.get(name)
        return ("机构的" + column.zh, f"institution's {column.en}") if column else (what, what)
    if what == "document.issued":
        return "文件的印发日期（given: document.issued）", "date of issue of the document (given: document.issued)"
    for entity in ENTITIES:
        if name in entity.field_map:
            return entity.field_map[name].zh, entity.field_map[name].en
        if entity.name == name:
            return entity.zh, entity.en
    return what, what
