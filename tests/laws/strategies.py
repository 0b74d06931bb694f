"""Random small policies, complete records, and the order between dossiers (SEMANTICS 7).

A dossier is a plain dict as a caller would write it, every list in the long form ``{complete…, entries: […]}``. A
``Policy`` is a mapping with the sections of a policy file. ``worlds`` are complete records; ``weaker`` steps down the order
(forget a scalar, widen a range, forget completeness, an entry outside it, a determination); ``refinements`` steps up;
``completions`` go up as far as it goes.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from inline import CITE, program_of

from vbprules.calendar import Period
from vbprules.diagnostics import InputError, Report
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.evaluation import build_case
from vbprules.facts.dossier import read_dossier
from vbprules.language.vocabulary import BY_LIST, BY_NAME
from vbprules.program.ir import Program
from vbprules.values.figures import CODE, DATE, MONEY, TEXT, TRUTH

Dossier = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]

AS_OF = ("2020-02-15", "2020-03-31", "2020-04-01", "2020-05-08")
DAYS = ("2019-12-30", "2020-01-17", "2020-01-31", "2020-02-15", "2020-02-29", "2020-03-02", "2020-03-31", "2020-04-01", "2020-04-30", "2020-05-08")
UNITS = ("0", "3", "5", "7", "8", "10", "20")
MONEY_TEXTS = ("0.00", "10.00", "30.00", "50.00", "70.00", "100.00")
SHARES = ("50%", "70%", "80%", "100%")
GROUNDS = ("g1", "g2", "g3")
READINGS = {"ra": ("x", "y"), "rb": ("u", "v", "w"), "first": ("next", "same")}
QUESTIONS = {"q_institution": "institution", "q_receipt": "receipt", "q_target": "target"}
ENTITIES = ("institution", "target", "quarter", "receipt", "agreement", "conduct", "product")
UNDATED = ("drugs", "products", "suppliers", "agreement_lines", "targets")


# ── Policies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Policy:
    """A generated policy: its sections, and what a record of it can hold."""

    sections: dict[str, Any]
    provisions: list[tuple[str, str, str]] = field(default_factory=list)  # id, entity, modality
    open_slots: dict[str, str] = field(default_factory=dict)  # what ``given`` may supply, with its unit

    @property
    def text(self) -> str:
        return json.dumps(self.sections, ensure_ascii=False, indent=1)

    def program(self) -> Program:
        return program_of(self.text)

    def __repr__(self) -> str:
        shown = {k: v for k, v in self.sections.items() if k in ("document", "quantities", "terms", "provisions")}
        return json.dumps(shown, ensure_ascii=False)


_FIELDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("target", "units"): ("purchased", "used", "set_volume", "nonselected_purchased"),
    ("target", "date"): ("finding_on", "period_start", "period_end"),
    ("quarter", "date"): ("period_start", "period_end"),
    ("receipt", "money"): ("amount", "paid", "outstanding"),
    ("receipt", "date"): ("accepted_on", "delivered_on", "settled_on", "contract_due"),
    ("agreement", "money"): ("task_amount", "ordered_amount", "prepaid", "agreed_amount"),
    ("agreement", "date"): ("signed_on", "start", "end"),
    ("conduct", "date"): ("day",),
    ("product", "money"): ("price", "transition_standard"),
}
_FOLDS: Mapping[str, tuple[tuple[str, str | None, str], ...]] = {
    "institution": (
        ("purchase", "quantity", "units"), ("use", "quantity", "units"), ("target", "set_volume", "units"),
        ("payment", "amount", "money"), ("prepayment", "amount", "money"), ("receipt", "amount", "money"),
        ("fund_payment", "amount", "money"), ("receipt", None, "count"), ("conduct", None, "count"), ("agreement", None, "count"),
    ),
    "target": (("purchase", "quantity", "units"), ("use", "quantity", "units"), ("purchase", None, "count")),
    "quarter": (("purchase", "quantity", "units"), ("target", "set_volume", "units"), ("target", "purchased", "units"),
                ("fund_payment", "amount", "money"), ("target", None, "count")),
    "receipt": (("payment", "amount", "money"), ("payment", None, "count")),
    "agreement": (("prepayment", "amount", "money"), ("receipt", "amount", "money"), ("agreement_line", "quantity", "units"),
                  ("receipt", None, "count")),
    "conduct": (("dispensing", "quantity", "units"),),
    "product": (("purchase", "quantity", "units"), ("dispensing", "price", "money")),
}  # fmt: skip
_DATED = {"purchase", "use", "payment", "prepayment", "fund_payment", "conduct", "dispensing"}
_FLAGS: Mapping[str, tuple[str, ...]] = {
    "institution": ("designated", "joined"), "conduct": ("verified", "reasonable_ground"), "receipt": ("centrally_procured",),
    "purchase": ("on_platform", "is_selected"), "use": ("is_selected",), "prepayment": ("separate_account",), "product": ("is_selected", "listed"),
}  # fmt: skip
_CHILDREN: Mapping[str, tuple[str, ...]] = {
    "institution": ("receipt", "conduct", "purchase", "payment"), "target": ("purchase",), "quarter": ("purchase", "target"),
    "receipt": ("payment",), "agreement": ("receipt", "prepayment"), "product": ("purchase",), "conduct": (),
}  # fmt: skip


class _Maker:
    """Draws one policy. Composite values become named quantities, since a condition compares names."""

    def __init__(self, draw: Draw, steady: bool) -> None:
        self.draw, self.steady = draw, steady
        self.quantities: dict[str, Any] = {}
        self.terms: dict[str, Any] = {}
        self.made: list[tuple[str, str, str]] = []
        self.slots: dict[str, str] = {}
        self.owner = ""

    def pick(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def often(self, out_of: int = 4) -> bool:
        return bool(self.draw(st.integers(0, out_of - 1)))

    # Values

    def literal(self, unit: str) -> Any:
        return self.pick(*{"units": tuple(f"{u} units" for u in UNITS), "money": tuple(f"{m} yuan" for m in MONEY_TEXTS), "share": SHARES, "date": DAYS,
                           "count": ("0", "1", "2", "3")}[unit])  # fmt: skip

    def value(self, entity: str, unit: str, depth: int) -> Any:
        """A value expression of a unit on a row of an entity."""
        options: list[Callable[[], Any]] = [lambda: self.literal(unit)]
        names = _FIELDS.get((entity, unit), ())
        if names:
            options += [lambda: self.pick(*names)] * 3
        if self.folds(entity, unit):
            options += [lambda: self.fold(entity, unit)] * 2
        if unit == "share":
            options = [lambda: self.ratio(entity, depth)] * 2
        if depth > 0:
            options += [lambda: self.composite(entity, unit, depth)] * 2
        return self.pick(*options)()

    def folds(self, entity: str, unit: str) -> list[tuple[str, str | None]]:
        return [(child, item) for child, item, found in _FOLDS.get(entity, ()) if found == unit]

    def fold(self, entity: str, unit: str) -> Any:
        child, item = self.pick(*self.folds(entity, unit))
        made: dict[str, Any] = {"count": child} if item is None else {"sum": item, "over": child}
        if item is not None and item not in ("purchased",) and self.draw(st.integers(0, 9)) == 0:
            made = {self.pick("lowest", "highest"): item, "over": child}
        if child in _FLAGS and not self.often(3):
            made["where"] = self.pick(*_FLAGS[child])
        if child in _DATED and entity not in ("target", "quarter") and not self.often(3):
            made["from"] = self.pick(*DAYS)
        if child in _DATED and entity not in ("target", "quarter") and (self.steady or not self.often(3)):
            made["through"] = self.pick(*DAYS)
            if not self.steady and not self.often(4):
                made["so_far"] = "yes"
        return made

    def ratio(self, entity: str, depth: int) -> Any:
        units = [unit for unit in ("units", "money") if (entity, unit) in _FIELDS or self.folds(entity, unit)]
        if not units:
            return {"ratio": ["10.00 yuan", "20.00 yuan"]}
        unit = self.pick(*units)
        return {"ratio": [self.value(entity, unit, depth - 1), self.value(entity, unit, min(depth - 1, 0))]}

    def composite(self, entity: str, unit: str, depth: int) -> Any:
        def sub() -> Any:
            return self.value(entity, unit, depth - 1)

        forms: list[Callable[[], Any]] = [
            lambda: {"if": self.condition(entity, depth - 1), "then": sub(), "else": sub()},
            lambda: {"reading": "ra", "x": sub(), "y": sub()},
            lambda: {"reading": "rb", "u": sub(), "v": sub(), "w": sub()},
        ]
        if unit == "date":
            forms += [
                lambda: {"earliest": [sub(), sub()]}, lambda: {"latest": [sub(), sub()]}, lambda: {"day_after": sub()},
                lambda: {"count": self.pick("1 days", "5 days", "30 days", "2 months", "5 working days"), "after": sub()},
                lambda: {"count": self.pick("1 days", "10 days", "3 working days"), "before": sub()},
                lambda: {"end_of": self.pick("month", "next month", "quarter", "previous quarter"), "of": sub()},
                lambda: {"day": self.pick("25", "31"), "of": "month", "at": sub()},
            ]  # fmt: skip
            acts = [name for name, at, modality in self.made if at == entity and modality in ("sanction", "obligation")]
            if acts:
                forms += [lambda: {"date_of": self.pick(*acts)}] * 2
            money = self.folds(entity, "money")
            if money and entity in ("receipt", "agreement", "institution"):
                child = {"receipt": "payment", "agreement": "prepayment", "institution": "fund_payment"}[entity]
                forms.append(lambda: {"first_day": {"sum": "amount", "over": child}, "reaches": self.literal("money")})
        elif unit != "share":
            forms += [
                lambda: {"plus": [sub(), sub()]}, lambda: {"difference": [sub(), sub()]}, lambda: {"least": [sub(), sub()]},
                lambda: {"greatest": [sub(), sub()]},
            ]  # fmt: skip
            if unit != "count":
                forms.append(lambda: {"share": self.pick(*SHARES), "of": sub()})
        else:
            forms += [lambda: {"least": [sub(), sub()]}, lambda: {"greatest": [sub(), sub()]}]
        return self.pick(*forms)()

    def quantity(self, entity: str, unit: str, depth: int) -> str:
        """A name for a value: a field or built-in, or a quantity made for it."""
        names = _FIELDS.get((entity, unit), ())
        if names and self.often(3):
            return str(self.pick(*names))
        reusable = [name for name, made in self.quantities.items() if made["per"] == entity and made["unit"] == unit and made["is"] is not None]
        if reusable and not self.often(3):
            return str(self.pick(*reusable))
        name = f"v{len(self.quantities)}"
        self.quantities[name] = {"per": entity, "unit": unit, "is": None}  # keeps its number while its parts are made
        body = self.value(entity, unit, depth)
        while not isinstance(body, dict):  # a bare literal is no quantity worth a name
            body = {"least": [body, body]} if unit != "date" else {"latest": [body, body]}
        self.quantities[name]["is"] = body
        return name

    # Conditions

    def condition(self, entity: str, depth: int) -> Any:
        forms: list[Callable[[], Any]] = [lambda: self.comparison(entity, depth)] * 4
        flags = _FLAGS.get(entity, ()) + (_FLAGS["institution"] if entity != "institution" else ())
        forms += [lambda: self.pick(*flags)] * 2
        if entity == "conduct":
            forms += [lambda: {"ground": {"in": self.pick("open_list", "closed_list")}}] * 2
        else:
            forms.append(lambda: {"institution.kind": {self.pick("in", "not_in"): ["hospital", "clinic"]}})
            forms.append(lambda: {"institution.grade": {"is": "tertiary"}})
        forms.append(lambda: {"judge": self.pick(*(q for q, per in QUESTIONS.items() if per in ("institution", entity)))})
        acts = [name for name, at, modality in self.made if at == entity and modality == "sanction"]
        if acts:
            forms += [lambda: {"imposed": self.pick(*acts)}] * 2
        harms = [name for name, at, modality in self.made if modality in ("obligation", "prohibition", "entitlement")
                 and (at == entity or (entity in ("institution", "agreement") and at == "receipt"))]  # fmt: skip
        if harms:
            forms += [lambda: {self.pick("breach_of", "overdue"): self.pick(*harms)}] * 3
        children = _CHILDREN.get(entity, ())
        if children and not self.steady and depth > 0:
            forms.append(lambda: {self.pick("some", "every"): {(child := self.pick(*children)): self.condition_on_child(child)}})
        if depth > 0:
            forms += [lambda: {"all": [self.condition(entity, depth - 1), self.condition(entity, depth - 1)]},
                      lambda: {"any": [self.condition(entity, depth - 1), self.condition(entity, depth - 1)]},
                      lambda: {"not": self.condition(entity, depth - 1)},
                      lambda: {"reading": "ra", "x": self.condition(entity, depth - 1), "y": self.condition(entity, depth - 1)}]  # fmt: skip
        return self.pick(*forms)()

    def condition_on_child(self, child: str) -> Any:
        if child in _FLAGS and not self.often(2):
            return self.pick(*_FLAGS[child])
        if child == "target":
            return {"purchased": {"below": self.pick("set_volume", *UNITS)}}
        name, unit = ("quantity", "units") if child == "purchase" else ("amount", "money")
        if child == "conduct":
            return {"ground": {"in": self.pick("open_list", "closed_list")}}
        return {name: {self.pick("below", "at_least"): self.literal(unit)}}

    def comparison(self, entity: str, depth: int) -> Any:
        units = [unit for unit in ("units", "money", "count") if (entity, unit) in _FIELDS or self.folds(entity, unit)]
        unit = self.pick(*units, "share" if units else "date", "date")
        if unit == "date":
            words = ("before", "on_or_before", "on_or_after", "after")
        else:
            words = ("below", "at_most", "at_least", "above", "exactly")
        subject = self.quantity(entity, unit, depth)
        bound = self.literal(unit) if unit == "share" or self.often(3) else self.value(entity, unit, min(depth, 1))
        if unit == "date" and not self.steady and not self.often(4):
            bound = "as_of"
        return {subject: {self.pick(*words): bound}}

    # Provisions

    def provision(self, number: int) -> tuple[str, dict[str, Any]]:
        entity = self.pick(*ENTITIES)
        modality = self.pick("obligation", "obligation", "sanction", "sanction", "prohibition", "entitlement", "permission", "definition")
        if modality == "definition" and entity == "product":
            modality = "price"
        name = f"p{number}"
        made: dict[str, Any] = {modality: f"第{number}条", "cite": CITE, "by": self.pick("institution", "insurance_agency", "hospital")}
        if entity != "institution":
            made["for_each"] = entity
        if self.often(3):
            made["when"] = self.condition(entity, 2)
        if not self.often(5):
            made["except"] = [{"when": self.condition(entity, 1), "cite": CITE, "instead": "none"}]
        getattr(self, f"_{modality}")(entity, made)
        self.made.append((name, entity, modality))
        return name, made

    def _date(self, entity: str) -> Any:
        return self.value(entity, "date", 2)

    def _obligation(self, entity: str, made: dict[str, Any]) -> None:
        if not self.often(8):
            made["hedge"] = self.pick("鼓励", "原则上")
        if self.often(4):
            made["due"] = self._date(entity)
        else:
            made["silent"] = ["due"]
        kind = self.pick("done", "act", "requires")
        if kind == "done" and (entity, "date") in _FIELDS:
            made["done"] = "settled_on" if entity == "receipt" else self._date(entity)
        elif kind == "requires":
            made["requires"] = self.condition(entity, 1)
            made.pop("silent", None)

    def _entitlement(self, entity: str, made: dict[str, Any]) -> None:
        made["amount"] = self.bounded(entity)
        if self.often(3):
            made["due"] = self._date(entity)
        else:
            made["silent"] = ["due"]
        if entity == "receipt":
            made["received"] = "paid"
        elif entity == "agreement":
            made["received"] = "prepaid"

    def bounded(self, entity: str) -> Any:
        if (entity, "money") in _FIELDS and self.often(3):
            return {self.pick("exactly", "at_least", "at_most"): self.pick(*SHARES), "of": self.value(entity, "money", 1)}
        return {"exactly": self.literal("money")}

    def _sanction(self, entity: str, made: dict[str, Any]) -> None:
        if not self.often(4):
            made["hedge"] = "可"
        silent = []
        if self.often(2):
            made["from"] = self._date(entity)
        else:
            silent.append("from")
        if self.often(3):
            made["once"] = "yes"
        elif self.often(2):
            made["until"] = self._date(entity)
        else:
            silent.append("until")
        if silent:
            made["silent"] = silent
        if not self.often(4):
            made["takes_effect"] = "by_itself"

    def _prohibition(self, entity: str, made: dict[str, Any]) -> None:
        kind = self.pick("requires", "forbids", "judged")
        if kind != "judged":
            made[kind] = self.condition(entity, 1)

    def _permission(self, entity: str, made: dict[str, Any]) -> None:
        if not self.often(3):
            made["from"] = self._date(entity)

    def _definition(self, entity: str, made: dict[str, Any]) -> None:
        made["value"] = self.bounded(entity) if self.often(2) else {"between": "1–3 years"}

    def _price(self, entity: str, made: dict[str, Any]) -> None:
        made["standard"] = self.value(entity, "money", 1)

    def document(self) -> dict[str, Any]:
        made: dict[str, Any] = {"title": "试", "number": "一", "issued": "2019-12-01", "in_force": {"from": "silent", "until": "silent"}}
        if not self.often(4):
            made["in_force"] = {"from": {"reading": "ra", "x": "2019-12-30", "y": "2020-03-02"}, "until": "silent"}
        made["conventions"] = {"first_day": self.pick({"reading": "first", "next": "next_day", "same": "same_day"}, "next_day", "same_day")}
        return made

    def policy(self, most: int) -> Policy:
        provisions = dict(self.provision(number) for number in range(self.draw(st.integers(1, most))))
        open_slots = self.open_points(provisions)
        label = {"label": "量", "en": "quantity"}
        sections: dict[str, Any] = {
            "language": "1",
            "policy": "random",
            "document": self.document(),
            "instruments": {"other": {"number": "二", "title": "他"}},
            "parties": {"hospital": {"label": "医院", "is": {"kind": {"in": ["hospital", "primary_care"]}}}},
            "readings": {name: {"asks": "何", "cite": CITE, "options": {o: "甲" for o in options}} for name, options in READINGS.items()},
            "questions": {name: {"asks": "否", "cite": CITE, "by": "insurance_agency", "per": per} for name, per in QUESTIONS.items()},
            "lists": {"closed_list": {"closed": ["g1"], "cite": CITE}, "open_list": {"open": ["g1"], "cite": CITE}},
            "quantities": {name: {**label, "per": made["per"], "is": made["is"]} for name, made in self.quantities.items()},
            "clauses": [{"no": "一", "starts": "甲", "text": "甲"}],
            "left_out": [{"cite": CITE, "why": "aims"}],
            "provisions": provisions,
        }
        if self.terms:
            sections["terms"] = self.terms
        return Policy(sections, self.made, open_slots)

    def open_points(self, provisions: dict[str, Any]) -> dict[str, str]:
        """Here and there the text is silent, or another instrument decides: a condition ``and``-ed or a date replaced."""
        found = {}
        for name, made in provisions.items():
            if "when" in made and self.draw(st.integers(0, 7)) == 0:
                made["when"] = {self.pick("all", "any"): [made["when"], self.pick({"silent": "无"}, {"set_by": "other"})]}
                found[f"{name}.when"] = TRUTH
            if isinstance(made.get("due"), (str, dict)) and self.draw(st.integers(0, 9)) == 0:
                made["due"] = {"if": self.pick("designated", "joined"), "then": {"set_by": "other"}, "else": made["due"]}
                found[f"{name}.due"] = DATE
        return found


@st.composite
def policies(draw: Draw, most: int = 3, steady: bool = False) -> Policy:
    """Random policies, each without an error. ``steady`` ones read nothing that merely accumulates up to the as-of date."""
    made = _Maker(draw, steady).policy(most)
    made.program()
    return made


# ── Complete records ─────────────────────────────────────────────────────────────────────────────────────────────────


def _listed(entries: list[dict[str, str]]) -> dict[str, Any]:
    return {"complete": "yes", "entries": entries}


@st.composite
def worlds(draw: Draw, policy: Policy, as_of: str) -> Dossier:
    """A complete record: every list complete, every cell that a generated policy can ask for filled, nothing after the day."""

    def pick(*options: str) -> str:
        return str(draw(st.sampled_from(options)))

    past = tuple(d for d in DAYS if d <= as_of)
    units, money = UNITS, MONEY_TEXTS

    def some(name: str, most: int, make: Callable[[], dict[str, str]]) -> dict[str, Any]:
        return _listed([{"id": f"{name}{n}", **make()} for n in range(1, draw(st.integers(0, most)) + 1)])

    payment_days = draw(st.booleans())
    line = {"quantity": pick("5", "10"), "price": pick("2.00", "10.00")}
    line_amount = f"{Decimal(line['quantity']) * Decimal(line['price']):.2f}"
    agreement = {"signed_on": pick(*past), "start": pick(*past), "end": pick("2020-03-31", "2020-12-30"), "amount": line_amount,
                 "task_amount": pick(*money), "ordered_amount": pick(*money)}  # fmt: skip
    if payment_days:
        agreement |= {"payment_days": pick("5", "30"), "payment_from": pick("acceptance", "delivery")}
    receipts = []
    payments = []
    for number in range(1, draw(st.integers(0, 2)) + 1):
        receipt = {"id": f"R{number}", "agreement": "G1", "product": pick("A1", "A0"), "delivered_on": pick(*past), "accepted_on": pick(*past),
                   "amount": pick(*money[1:]), "centrally_procured": pick("yes", "no")}  # fmt: skip
        if not payment_days:
            receipt["due_on"] = pick(*DAYS)
        receipts.append(receipt)
        left = Decimal(receipt["amount"])
        for _ in range(draw(st.integers(0, 3))):
            amount = min(Decimal(pick(*money[1:])), left)
            left -= amount
            if amount:
                payments.append({"id": f"P{len(payments) + 1}", "receipt": receipt["id"], "day": pick(*past), "amount": f"{amount:.2f}",
                                 "payer": "hospital"})  # fmt: skip
    targets = [{"id": f"{drug}@{period}", "drug": drug, "period": period, "set_volume": pick(*units), "finding_on": pick(*DAYS)}
               for drug, period in (("A", "2020Q1"), ("A", "2020Q2"), ("B", "2020Q1")) if draw(st.booleans())]  # fmt: skip
    record: Dossier = {
        "institution": {"kind": pick("hospital", "clinic", "pharmacy"), "ownership": pick("public", "private"), "grade": pick("tertiary", "primary"),
                        "designated": pick("yes", "no"), "joined": pick("yes", "no")},
        "drugs": _listed([{"id": "A", "selected": "yes"}, {"id": "B", "selected": "yes"}]),
        "products": _listed([{"id": "A1", "drug": "A", "selected": "yes", "price": pick(*money), "transition_standard": pick(*money), "listed": pick("yes", "no")},
                             {"id": "A0", "drug": "A", "selected": "no", "price": pick(*money), "transition_standard": pick(*money), "listed": "yes"}]),
        "suppliers": _listed([{"id": "S", "kind": "maker"}]),
        "agreements": _listed([{"id": "G1", "supplier": "S", **agreement}]),
        "agreement_lines": _listed([{"id": "L1", "agreement": "G1", "product": "A1", **line, "amount": line_amount}]),
        "targets": _listed(targets),
        "purchases": some("b", 3, lambda: {"product": pick("A1", "A0"), "day": pick(*past), "quantity": pick(*units), "amount": pick(*money), "on_platform": pick("yes", "no")}),
        "uses": some("u", 2, lambda: {"product": pick("A1", "A0"), "day": pick(*past), "quantity": pick(*units), "amount": pick(*money)}),
        "receipts": _listed(receipts),
        "payments": _listed(payments),
        "fund_payments": some("f", 2, lambda: {"day": pick(*past), "amount": pick(*money)}),
        "prepayments": some("e", 2, lambda: {"agreement": "G1", "day": pick(*past), "amount": pick(*money), "separate_account": pick("yes", "no")}),
        "conducts": some("c", 2, lambda: {"drug": "A", "ground": pick(*GROUNDS), "day": pick(*past), "verified": pick("yes", "no"), "reasonable_ground": pick("yes", "no")}),
        "dispensings": some("d", 2, lambda: {"product": pick("A1", "A0"), "day": pick(*past), "price": pick(*money), "quantity": pick(*units)}),
    }  # fmt: skip
    subjects = subjects_of(record, as_of)
    acts, performances = [], []
    for name, entity, modality in policy.provisions:
        for subject in subjects.get(entity, []):
            if draw(st.integers(0, 2)) == 0:
                act = {"of": name, "day": pick(*past)} | ({"subject": subject} if subject else {})
                if modality != "sanction":
                    performances.append(act)
                    continue
                if draw(st.integers(0, 4)) == 0:
                    later = [d for d in past if d >= act["day"]]
                    act["lifted_on"] = pick(*later)
                acts.append(act)
    record["acts"], record["performances"] = _listed(acts), _listed(performances)
    answers = []
    questions = {**QUESTIONS, **{name: entity for name, entity, modality in policy.provisions if modality == "prohibition"}}
    for question, per in questions.items():
        for subject in subjects.get(per, []):
            if draw(st.integers(0, 3)):
                answers.append({"question": question, "answer": pick("yes", "no"), "by": "insurance_agency", "day": pick(*past)} | ({"subject": subject} if subject else {}))  # fmt: skip
    for code in ("g2", "g3"):
        answers.append({"question": "open_list", "subject": code, "answer": pick("yes", "no"), "by": "insurance_agency", "day": pick(*past)})
    record["determinations"] = {"entries": answers}
    given = []
    for name, unit in policy.open_slots.items():
        if draw(st.booleans()):
            given.append({"name": name, "value": pick("yes", "no") if unit == TRUTH else pick(*DAYS), "source": "合同"})
    record["given"] = {"entries": given}
    return record


def subjects_of(record: Dossier, as_of: str) -> dict[str, list[str]]:
    """The rows that acts and determinations can be about, by entity."""
    found = {"institution": [""]}
    for list_name, entity in (("targets", "target"), ("receipts", "receipt"), ("agreements", "agreement"), ("conducts", "conduct"), ("products", "product")):
        found[entity] = [row["id"] for row in entries(record, list_name)]
    found["quarter"] = sorted({period for period in ("2020Q1", "2020Q2") if any(f"@{period}" in row["id"] for row in entries(record, "targets"))})
    return found


# ── The order between dossiers ───────────────────────────────────────────────────────────────────────────────────────


def entries(record: Dossier, list_name: str) -> list[dict[str, str]]:
    found = record.get(list_name)
    return found.get("entries", []) if isinstance(found, dict) else []


def long_form(record: Mapping[str, Any]) -> Dossier:
    """A dossier with every list as a mapping and every row with an id, saying the same."""
    made: Dossier = {}
    for key, node in record.items():
        if key == "institution":
            made[key] = dict(node)
        elif key in BY_LIST or key in ("acts", "determinations", "given"):
            if isinstance(node, str):
                made[key] = _listed([])
            elif isinstance(node, (list, tuple)):
                made[key] = {"entries": [dict(row) for row in node]}
            else:
                inner = node.get("entries", [])
                made[key] = {**node, "entries": [dict(row) for row in inner] if not isinstance(inner, str) else []}
            for number, row in enumerate(made[key]["entries"], 1):
                if key == "targets" and "id" not in row and "drug" in row:
                    row["id"] = f"{row['drug']}@{Period.parse(row['period']).label()}"  # type: ignore[union-attr]
                elif key in BY_LIST:
                    row.setdefault("id", f"{BY_LIST[key].name}{number}")
        else:
            made[key] = node
    return made


def through(record: Dossier, list_name: str) -> str:
    """The day through which a list is complete: ``""`` if it does not say, a day beyond every other if it is whole."""
    node = record.get(list_name)
    if not isinstance(node, dict):
        return ""
    if "complete_through" in node:
        return _iso(span_of(str(node["complete_through"]), DATE)[1])
    return "9999-12-31" if node.get("complete") in ("yes", True) else ""


Ends = tuple[Any, Any]


def span_of(text: str, unit: str) -> Ends:
    """Both ends of a cell as written; None for an open one. Days are ordinals, money is in yuan."""
    word, _, rest = text.partition(" ")
    if word in ("at_least", "at_most"):
        end = span_of(rest, unit)[0]
        return (end, None) if word == "at_least" else (None if unit == DATE else Fraction(0), end)
    if text == "unknown":
        return None, None
    if unit == DATE:
        period = Period.parse(text)
        assert period is not None
        return period.start, period.end
    low, _, high = text.partition("..")
    return Fraction(low), Fraction(high or low)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def text_of_span(low: Any, high: Any, unit: str) -> str | None:
    """The cell for a range; None where nothing is known."""

    def end(value: Any) -> str:
        return _iso(value) if unit == DATE else f"{Decimal(value.numerator) / Decimal(value.denominator):f}"

    floor = None if unit == DATE else 0
    if high is None:
        return None if low == floor or low is None else f"at_least {end(low)}"
    if low is None:
        return f"at_most {end(high)}"
    return end(low) if low == high else f"{end(low)}..{end(high)}"


Move = tuple[str, Callable[[Dossier], Dossier]]


def weaker(record: Dossier, as_of: str, widths: tuple[int, ...] = (1, 7, 40)) -> list[Move]:
    """Every single step down: a dossier that knows strictly less, by one scalar, range, entry, statement or answer."""
    found: list[Move] = []

    def step(name: str, change: Callable[[Dossier], None]) -> None:
        def apply(source: Dossier) -> Dossier:
            made = copy.deepcopy(source)
            change(made)
            return made

        found.append((name, apply))

    for name in record.get("institution", {}):
        step(f"forget institution.{name}", lambda d, name=name: d["institution"].pop(name))
    referred = {(BY_NAME[ref].list_name, row[ref]) for list_name in BY_LIST for row in entries(record, list_name)
                for ref in BY_LIST[list_name].refs if ref in row}  # fmt: skip
    for list_name in [name for name in record if name in BY_LIST and name != "institution"]:
        entity, known = BY_LIST[list_name], through(record, list_name)
        if known:
            step(f"forget completeness of {list_name}", lambda d, n=list_name: d.__setitem__(n, {"entries": d[n]["entries"]}))
            if entity.day is not None and list_name != "targets":
                for earlier in ("2019-12-31", "2020-02-15", "2020-03-31"):
                    if earlier < min(known, as_of):
                        step(f"{list_name} complete only through {earlier}",
                             lambda d, n=list_name, e=earlier: d.__setitem__(n, {"complete_through": e, "entries": d[n]["entries"]}))  # fmt: skip
        for index, row in enumerate(entries(record, list_name)):
            unreferred = (list_name, row["id"]) not in referred
            if unreferred and _outside(row, entity.day, known):
                step(f"forget {list_name}.{row['id']}", lambda d, n=list_name, i=index: d[n]["entries"].pop(i))
            for name in row:
                if name in ("id", "period", "note"):
                    continue
                step(f"forget {list_name}.{row['id']}.{name}", lambda d, n=list_name, i=index, f=name: d[n]["entries"][i].pop(f))
                unit = entity.field_map[name].unit if name in entity.field_map else ""
                if unit and unit not in (TRUTH, CODE, TEXT):
                    for wide in widened(str(row[name]), unit, widths):
                        step(f"widen {list_name}.{row['id']}.{name} to {wide}", lambda d, n=list_name, i=index, f=name, w=wide: d[n]["entries"][i].__setitem__(f, w))  # fmt: skip
    for kind in ("acts", "performances"):
        found += _weaker_acts(record, kind, widths)
    for kind in ("determinations", "given"):
        for index, _ in enumerate(entries(record, kind)):
            step(f"forget {kind} {index}", lambda d, k=kind, i=index: d[k]["entries"].pop(i))
    return found


def _weaker_acts(record: Dossier, kind: str, widths: tuple[int, ...]) -> Iterator[Move]:
    """Steps down in what authorities did (``acts``) and what was performed."""
    known = through(record, kind)

    def change(index: int, **cells: str | None) -> Callable[[Dossier], Dossier]:
        def apply(source: Dossier) -> Dossier:
            made = copy.deepcopy(source)
            row = made[kind]["entries"][index]
            for name, text in cells.items():
                row.pop(name, None) if text is None else row.__setitem__(name, text)
            return made

        return apply

    if known:
        yield f"forget completeness of {kind}", lambda d: {**d, kind: {"entries": d[kind]["entries"]}}
    for index, act in enumerate(entries(record, kind)):
        if not known:
            yield f"forget {kind} {act['of']}", lambda d, i=index: {**d, kind: {"entries": d[kind]["entries"][:i] + d[kind]["entries"][i + 1 :]}}
            if "lifted_on" in act:  # the list of acts says whether a sanction was lifted
                yield f"forget lifting of {act['of']}", change(index, lifted_on=None)
        if "subject" in act:
            yield f"forget subject of {kind} {act['of']}", change(index, subject=None)
        for wide in widened(str(act["day"]), DATE, widths):
            if not known or span_of(wide, DATE)[1] is not None:
                yield f"widen {kind} {act['of']} to {wide}", change(index, day=wide)


def _outside(row: Mapping[str, str], day: str | None, known: str) -> bool:
    """Whether the entry lies surely outside what the list says it holds."""
    if not known:
        return True
    if day is None or day == "period" or day not in row:
        return False
    low = span_of(str(row[day]), DATE)[0]
    return low is not None and known < "9999" and _iso(low) > known


def widened(text: str, unit: str, widths: tuple[int, ...]) -> Iterator[str]:
    low, high = span_of(text, unit)
    for width in widths:
        less = None if low is None else low - width if unit == DATE else max(Fraction(0), low - width)
        more = None if high is None else high + width
        made = text_of_span(less, more, unit)
        if made is not None and made != text:
            yield made
    for ends in ((low, None), (None if unit == DATE else Fraction(0), high)):
        made = text_of_span(*ends, unit)
        if made is not None and made != text:
            yield made


@st.composite
def forgotten(draw: Draw, record: Dossier, as_of: str, most: int = 12) -> Dossier:
    """A dossier below the record, some steps down."""
    made = record
    for _ in range(draw(st.integers(0, most))):
        moves = weaker(made, as_of)
        if not moves:
            break
        made = draw(st.sampled_from(moves))[1](made)
    # Whole statements are forgotten more often than single cells.
    for list_name in ("payments", "purchases", "uses", "acts", "receipts", "prepayments", "targets"):
        if draw(st.integers(0, 3)) == 0 and "complete" in made.get(list_name, {}):
            made = {**made, list_name: {"entries": made[list_name]["entries"]}}
    return made


# Two records of one figure must agree, so these are never filled at random.
_TWICE = frozenset({("products", "selected"), ("products", "class"), ("agreements", "amount"), ("agreements", "payment_days"), ("agreements", "payment_from"),
                    ("agreement_lines", "amount"), ("agreement_lines", "quantity"), ("agreement_lines", "price"), ("receipts", "due_on")})  # fmt: skip


def stronger(record: Dossier, as_of: str, program: Program, draw: Draw) -> list[Move]:
    """Single steps up: fill, narrow, add outside what is declared complete, extend completeness, answer."""
    found: list[Move] = []

    def pick(options: Any) -> Any:
        return draw(st.sampled_from(tuple(options)))

    def step(name: str, change: Callable[[Dossier], None]) -> None:
        def apply(source: Dossier) -> Dossier:
            made = copy.deepcopy(source)
            change(made)
            return made

        found.append((name, apply))

    def fill(list_name: str, index: int | None, name: str, text: str) -> None:
        def change(d: Dossier) -> None:
            row = d.setdefault("institution", {}) if index is None else d[list_name]["entries"][index]
            row[name] = text

        step(f"fill {list_name}.{index}.{name} = {text}", change)

    past = [d for d in DAYS if d <= as_of]
    for name, column in BY_NAME["institution"].field_map.items():
        if name not in record.get("institution", {}) and column.unit != TEXT:
            fill("institution", None, name, pick(column.options or ("yes", "no")))
    for list_name in [n for n in BY_LIST if n in record and n != "institution"]:
        entity = BY_LIST[list_name]
        for index, row in enumerate(entries(record, list_name)):
            for name, column in entity.field_map.items():
                if name not in row:
                    if column.unit == TEXT or (list_name, name) in _TWICE:
                        continue
                    if column.unit in (TRUTH, CODE):
                        fill(list_name, index, name, pick(column.options or (("yes", "no") if column.unit == TRUTH else GROUNDS)))
                    elif column.unit == DATE:
                        fill(list_name, index, name, pick(past if name == entity.day else DAYS))
                    else:
                        fill(list_name, index, name, pick(MONEY_TEXTS if column.unit == MONEY else UNITS))
                elif column.unit not in (TEXT, CODE, TRUTH):
                    low, high = span_of(str(row[name]), column.unit)
                    if low != high:
                        fill(list_name, index, name, pick(_inside(low, high, column.unit, as_of if name == entity.day else "")))
            for ref in entity.refs:
                ids = [other["id"] for other in entries(record, BY_NAME[ref].list_name)]
                if ref not in row and ids:
                    fill(list_name, index, ref, pick(ids))
        known = through(record, list_name)
        if known < as_of:
            step(f"{list_name} complete", lambda d, n=list_name: d.__setitem__(n, {"complete": "yes", "entries": d[n]["entries"]}))
            later = [d for d in past if d > known]
            if entity.day is not None and list_name != "targets" and later:
                day = pick(later)
                step(f"{list_name} complete through {day}", lambda d, n=list_name, c=day: d.__setitem__(n, {"complete_through": c, "entries": d[n]["entries"]}))
        days = [d for d in past if d > known]
        if list_name in ("purchases", "uses", "payments", "prepayments", "fund_payments", "conducts", "dispensings") and days:
            row = {"id": f"new{len(entries(record, list_name))}_{list_name}", "day": pick(days)}
            for name, column in entity.field_map.items():
                if name != "day" and column.unit in (MONEY, "units"):
                    row[name] = pick(MONEY_TEXTS if column.unit == MONEY else UNITS)
            for ref in entity.refs:
                ids = [other["id"] for other in entries(record, BY_NAME[ref].list_name)]
                if ids and draw(st.booleans()):
                    row[ref] = pick(ids)
            step(f"add {row}", lambda d, n=list_name, r=row: d[n]["entries"].append(dict(r)))
    for list_name in ("payments", "purchases", "uses", "acts", "prepayments"):
        if list_name not in record:
            step(f"no {list_name}", lambda d, n=list_name: d.__setitem__(n, _listed([])))
    answered = {(a["question"], a.get("subject", "")) for a in entries(record, "determinations")}
    for question in program.policy.questions.values():
        subjects = [""] if question.per == "institution" else [row["id"] for row in entries(record, BY_NAME[question.per].list_name)]
        for subject in subjects:
            if (question.id, subject) not in answered:
                row = {"question": question.id, "answer": pick(("yes", "no")), "by": question.by[0], "day": past[0]} | ({"subject": subject} if subject else {})
                step(f"answer {row}", lambda d, r=row: d.setdefault("determinations", {"entries": []})["entries"].append(dict(r)))
    return found


def _inside(low: Any, high: Any, unit: str, last: str) -> list[str]:
    """Some narrower cells. A governing day stays on or before the as-of date: later entries are no facts yet."""
    base = low if low is not None else high
    if unit == DATE and last:
        cap = date.fromisoformat(last).toordinal()
        high = cap if high is None else min(high, cap)
    ends = {e for e in (low, high, base, *((base + n for n in (0, 1, 5)) if base is not None else ())) if e is not None
            and (low is None or e >= low) and (high is None or e <= high)}  # fmt: skip
    ordered = sorted(ends)
    return [text for a in ordered for b in ordered if a <= b and (text := text_of_span(a, b, unit)) is not None]


def consistent(record: Dossier) -> bool:
    """What the order presumes of a dossier: a sum owed is not paid twice."""
    for receipt in entries(record, "receipts"):
        paid = sum((span_of(str(p["amount"]), MONEY)[0] for p in entries(record, "payments") if p.get("receipt") == receipt["id"] and "amount" in p), Fraction(0))
        if "amount" in receipt and (high := span_of(str(receipt["amount"]), MONEY)[1]) is not None and paid > high:
            return False
    return True


@st.composite
def refinements(draw: Draw, record: Dossier, as_of: str, program: Program, most: int = 4) -> Dossier:
    """A dossier above the record: ``record ⊑ refinement``."""
    made = record
    for _ in range(draw(st.integers(1, most))):
        moves = stronger(made, as_of, program, draw)
        if not moves:
            break
        after = draw(st.sampled_from(moves))[1](made)
        if consistent(after) and readable(after, as_of, program):
            made = after
    return made


@st.composite
def completions(draw: Draw, record: Dossier, as_of: str, program: Program) -> Dossier:
    """A complete record above the record: every known row filled, every list complete."""
    made = record
    for _ in range(120):
        moves = [move for move in stronger(made, as_of, program, draw) if not move[0].startswith(("add ", "no "))
                 and " complete through " not in move[0]]  # fmt: skip
        if not moves:
            break
        after = made
        for move in moves:
            tried = move[1](after)
            after = tried if consistent(tried) else after
        if after == made:
            break
        made = after
    return made


# ── Cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def case(program: Program, record: Mapping[str, Any], as_of: str, readings: Mapping[str, str] | None = None) -> Case:
    """A checked case; InputError if the record cannot be read."""
    dossier = read_dossier(dict(record))
    made = build_case(program, dossier, date.fromisoformat(as_of).toordinal(), readings or {})
    report = Report()
    check_facts(made, report)
    report.raise_if_errors()
    return made


def readable(record: Mapping[str, Any], as_of: str, program: Program) -> bool:
    try:
        case(program, record, as_of)
    except InputError:
        return False
    return True


@st.composite
def settings_of(draw: Draw, most: int = 3, steady: bool = False) -> tuple[Policy, Dossier, str]:
    """A policy, a complete record of it and an as-of date."""
    made = draw(policies(most=most, steady=steady))
    as_of = draw(st.sampled_from(AS_OF))
    return made, draw(worlds(made, as_of)), as_of
