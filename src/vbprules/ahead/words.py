"""What is to be done, in words: pay, buy, use, perform; by whom, and under which reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from vbprules.ahead.model import Todo
from vbprules.decision.words import GIVERS
from vbprules.facts.rows import Code, Dossier, Row
from vbprules.language.policy import Policy
from vbprules.language.vocabulary import BY_LIST, BY_NAME, PERFORMANCES
from vbprules.printing.figures import figure
from vbprules.printing.page import Lang
from vbprules.printing.subjects import Subjects
from vbprules.values.figures import COUNT, MONEY, TRUTH

_VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "purchases": ("采购", "buy"),
    "uses": ("使用", "use"),
    "payments": ("付", "pay"),
    "fund_payments": ("拨付医保费用", "pay from the fund"),
    "prepayments": ("预付", "prepay"),
}


class Words:
    """Puts what is to be done into words, with the names of the dossier."""

    def __init__(self, policy: Policy, dossier: Dossier, subjects: Subjects, lang: Lang) -> None:
        self.policy, self.subjects, self.lang = policy, subjects, lang
        self._rows = {(name, row.id): row for name, rows in dossier.rows.items() for row in rows}

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def all_of(self, todo: Sequence[Todo]) -> str:
        return self.joined([self.one(item) for item in todo])

    def joined(self, doing: Sequence[str]) -> str:
        return self.say("，并", ", and ").join(doing)

    def one(self, item: Todo) -> str:
        """``付 R2 货款 120,000.00 元``; ``buy 8,000 tablets of A``."""
        if item.list == PERFORMANCES:
            return self._performance(item)
        return self._told(item, self._amount(item, item.amount))

    def at_most(self, item: Todo, headroom: str) -> str:
        """So much and no more."""
        amount = self._amount(item, headroom)
        return self._told(item, self.say(f"不超过 {amount}", f"no more than {amount}"))

    def by(self, todo: Sequence[Todo]) -> str:
        """Who can do it."""
        return self.say("、", ", ").join(dict.fromkeys(text.lang(self.lang) for item in todo for text in item.by))

    def options(self, chosen: Mapping[str, str]) -> str:
        """Options of readings as the policy words them."""
        told = []
        for reading, option in chosen.items():
            known = self.policy.readings.get(reading)
            words = known.options.get(option, option) if known is not None and self.lang == "zh" else option
            told.append(words if self.lang == "zh" else f"{reading}={option}")
        return self.say("＋", " & ").join(told)

    def giver(self, kind: str) -> str:
        return GIVERS[kind][self.lang == "en"]

    def _performance(self, item: Todo) -> str:
        provision = self.policy.provisions.get(item.of)
        title = item.of if provision is None else provision.title.text(self.lang)
        named = self.subjects.named("" if provision is None else provision.for_each, item.subject, self.lang)
        what = f" {named}" if named else ""
        return self.say(f"履行“{title}”{what}", f'perform "{title}"{what}')

    def _told(self, item: Todo, amount: str) -> str:
        verb = self.say(*_VERBS[item.list])
        whose = self._whose(item)
        fields = self._fields(item)
        if self.lang == "zh":
            goods = " 货款" if item.list == "payments" else ""
            return f"{verb}{' ' if whose else ''}{whose}{goods} {amount}{fields}"
        of = {"payments": "for", "prepayments": "under"}.get(item.list, "of")
        return f"{verb} {amount}{f' {of} {whose}' if whose else ''}{fields}"

    def _whose(self, item: Todo) -> str:
        named = []
        for entity, id in item.refs.items():
            row = self._rows.get((entity, id))
            plain = row is None or not row.name
            named.append(id if plain else self.subjects.named(entity, id, self.lang))
        text = " ".join(named)
        if not item.also:
            return text
        return text + self.say(f"（或另 {len(item.also)} 种）", f" (or {len(item.also)} others)")

    def _amount(self, item: Todo, amount: str) -> str:
        if item.unit == COUNT:
            return self.say(f"{amount} 笔", f"{amount} {'entry' if amount == '1' else 'entries'}")
        counted = "" if item.unit == MONEY else self._counting_unit(item)
        return figure(amount, item.unit, self.lang) + (f" {counted}" if counted else "")

    def _counting_unit(self, item: Todo) -> str:
        row = self._rows.get(("product", item.refs.get("product", "")))
        drug: Row | None = None if row is None else row.refs.get("drug")
        cell = None if drug is None else drug.cells.get("counting_unit")
        return cell.text or "" if isinstance(cell, Code) else self.say("", "units")

    def _fields(self, item: Todo) -> str:
        """What the entry has to be beside its amount."""
        columns = BY_NAME[BY_LIST[item.list].name].field_map
        told = []
        for name, text in item.fields.items():
            column = columns[name]
            label = self.say(column.zh, column.en)
            told.append(label if column.unit == TRUTH else f"{label} {column.options.get(text, text)}")
        return self.say(f"（{'，'.join(told)}）", f" ({', '.join(told)})") if told else ""
