"""What outcomes are about, in words: a drug's name for its id, a receipt's amount and supplier, a quarter's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vbprules.decision.model import NeedItem, Outcome
from vbprules.facts.rows import Dossier, Row
from vbprules.language.policy import Policy
from vbprules.language.vocabulary import BY_LIST, BY_NAME, INSTITUTION
from vbprules.printing.figures import shown
from vbprules.printing.page import GLUE, Lang
from vbprules.values.figures import DATE, MONEY, show_date, show_range
from vbprules.values.ranges import Range

_PERIOD: Final = re.compile(r"(\d{4})(?:Q([1-4])|-(\d{2}))?")
_NAMED: Final = ("product", "drug", "supplier")  # whose names tell a row, nearest first
_OWN: Final = frozenset({INSTITUTION, "head_of_institution", "doctor", "pharmacist"})
_GIVEN_ID: Final = re.compile(r"([a-z_]+)\d+")


@dataclass(slots=True)
class Subjects:
    """Names of the rows of a dossier. Without a policy and a dossier only periods are put into words."""

    policy: Policy | None = None
    dossier: Dossier | None = None
    _rows: dict[tuple[str, str], Row] = field(init=False, default_factory=dict)
    _repeated: set[tuple[str, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        seen: set[tuple[str, str]] = set()
        for entity, rows in (self.dossier.rows if self.dossier else {}).items():
            for row in rows:
                self._rows[(entity, row.id)] = row
                if row.name and (entity, row.name) in seen:
                    self._repeated.add((entity, row.name))
                seen.add((entity, row.name))

    def of(self, outcome: Outcome, lang: Lang) -> str:
        """The subject of an outcome; empty where it is the institution itself."""
        return self.named(self._entity(outcome.provision), outcome.subject, lang)

    def entity(self, outcome: Outcome, lang: Lang) -> str:
        """What kind of thing the outcome is about: receipt, drug, quarter."""
        found = BY_NAME.get(self._entity(outcome.provision))
        return "" if found is None else found.zh if lang == "zh" else found.en

    def of_need(self, need: NeedItem, lang: Lang) -> str:
        """The subject of a need."""
        if not need.subject or self.policy is None:
            return period(need.subject, lang)
        if need.kind == "judgement" and need.what in self.policy.questions:
            return self.named(self.policy.questions[need.what].per, need.subject, lang)
        if need.kind == "list":
            return self.named("", need.subject, lang)
        owners = [
            name for name in BY_NAME if need.what in BY_NAME[name].field_map and (name, need.subject) in self._rows
        ]
        return self.named(owners[0] if owners else "", need.subject, lang)

    def list_of(self, need: NeedItem) -> str:
        """The list in which a fact is to be written."""
        if need.what.startswith(f"{INSTITUTION}."):
            return INSTITUTION
        owners = [
            name for name in BY_NAME if need.what in BY_NAME[name].field_map and (name, need.subject) in self._rows
        ]
        return BY_NAME[owners[0]].list_name if len(owners) == 1 else ""

    def named(self, entity: str, subject: str, lang: Lang) -> str:
        """A row in words, by its entity and id."""
        if not subject:
            return ""
        row = (
            self._rows.get((entity, subject)) or self._only(subject)
            if entity not in ("year", "quarter", "month")
            else None
        )
        if row is None:
            return period(subject, lang)
        if row.name:
            return f"{row.name}〔{row.id}〕" if (row.entity, row.name) in self._repeated else row.name
        if row.entity == "target":
            return self._target(row, lang)
        own = _GIVEN_ID.fullmatch(row.id)  # an id that the reader made up says nothing to a person
        told = list(self._told(row, lang, dated=own is not None and own.group(1) == row.entity))
        return " ".join([*([] if own and told and own.group(1) == row.entity else [row.id]), *told])

    def acts(self, outcome: Outcome, as_of: str) -> Iterator[tuple[str, str]]:
        """The recorded acts of an outcome's provision on its subject: day and by whom."""
        for act in self.dossier.acts if self.dossier else ():
            if act.subject != outcome.subject or not act.concerns(outcome.provision):
                continue
            day = show_range(act.day, DATE)
            if act.day.exact and day <= as_of:
                yield day, act.by

    def concerns(self, outcome: Outcome) -> bool:
        """Whether the institution itself owes it, or is the one sanctioned: such a party is described by a test on it.

        Without the policy nothing tells it from the others, and everything is taken to concern it.
        """
        if self.policy is None:
            return True
        named = outcome.toward if outcome.modality == "sanction" else outcome.by
        return any(
            name in _OWN or ((party := self.policy.parties.get(name)) is not None and party.test is not None)
            for name in named
        )

    def codes(self) -> dict[str, str]:
        """Codes of the policy's lists and of the dossier's fields in Chinese."""
        found = {
            code: label for entity in BY_NAME.values() for item in entity.fields for code, label in item.options.items()
        }
        for listed in self.policy.lists.values() if self.policy else ():
            found.update(listed.labels)
        return found

    def party(self, name: str, lang: Lang) -> str:
        found = self.policy.parties.get(name) if self.policy else None
        return name if found is None else found.label.text(lang)

    def _entity(self, provision: str) -> str:
        found = self.policy.provisions.get(provision) if self.policy else None
        return "" if found is None else found.for_each

    def _only(self, subject: str) -> Row | None:
        """The row of that id, if only one list has it."""
        found = [row for (_, row_id), row in self._rows.items() if row_id == subject]
        return found[0] if len(found) == 1 else None

    def _target(self, row: Row, lang: Lang) -> str:
        drug = row.refs.get("drug")
        head, _, tail = row.id.rpartition("@")
        name = (drug.name or drug.id) if drug is not None else head
        return f"{name}{GLUE}{period(tail, lang)}" if name and tail else row.id

    def _told(self, row: Row, lang: Lang, dated: bool) -> Iterator[str]:
        """What tells a row that has no name of its own: whose it is, how much, and when if nothing else names it."""
        named = next((found for ref in _NAMED if (found := _along(row, ref)) is not None and found.name), None)
        if named is not None:
            yield named.name
        value = row.cells.get("amount")
        if isinstance(value, Range) and value.exact and row.entity != "agreement":
            yield shown(show_range(value, MONEY), MONEY, lang)
        if (dated or row.entity == "dispensing") and row.day is not None and row.day.exact:
            yield show_date(row.day.lo)


def _along(row: Row, entity: str) -> Row | None:
    """The row of an entity reached along references, nearest first."""
    rows = [row]
    for found in rows:
        if entity in found.refs:
            return found.refs[entity]
        rows += list(found.refs.values())
    return None


def period(subject: str, lang: Lang) -> str:
    """``2020Q1`` as 2020年第1季度, ``2020-03`` as 2020年3月, ``2020`` as 2020年; anything else as it is."""
    head, at, tail = subject.rpartition("@")
    match = _PERIOD.fullmatch(tail)
    if match is None:
        return subject
    year, quarter, month = match.groups()
    if lang == "zh":
        words = f"{year}年第{quarter}季度" if quarter else f"{year}年{int(month)}月" if month else f"{year}年"
    else:
        words = f"Q{quarter} {year}" if quarter else f"{year}-{month}" if month else year
    return f"{head}{GLUE}{words}" if at else words


def list_label(name: str, lang: Lang) -> str:
    """A list of the dossier in words."""
    others = {
        "acts": ("措施", "acts"),
        "performances": ("履行", "performances"),
        "determinations": ("认定", "determinations"),
    }
    found = BY_LIST.get(name)
    if found is None:
        return others.get(name, (name, name))[lang == "en"]
    return found.zh if lang == "zh" else found.list_name.replace("_", " ")
