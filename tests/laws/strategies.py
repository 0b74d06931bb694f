"""Random small policies, and complete records that they can be asked about."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from inline import CITE, program_of
from order import AMOUNTS, DAYS, GROUNDS, UNITS, Dossier, Draw, entries, relevant, whole

from vbprules.language.vocabulary import BY_NAME
from vbprules.program.ir import Program
from vbprules.values.figures import DATE, TRUTH

AS_OF = ("2020-02-15", "2020-03-31", "2020-04-01", "2020-05-08")
SHARES = ("50%", "70%", "80%", "100%")
READINGS = {"ra": ("x", "y"), "rb": ("u", "v", "w"), "first": ("next", "same")}
QUESTIONS = {"q_institution": "institution", "q_receipt": "receipt", "q_target": "target"}
ENTITIES = ("institution", "target", "quarter", "receipt", "agreement", "conduct", "product", "agreement_line", "year")


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

    def acted(self) -> list[tuple[str, str, str]]:
        """What an act can be of: provisions and their steps."""
        found = []
        for name, entity, modality in self.provisions:
            steps = self.sections["provisions"][name].get("steps", {})
            found += [(step, entity, modality) for step in (name, *(f"{name}.{step}" for step in steps))]
        return found

    def __repr__(self) -> str:
        shown = {k: v for k, v in self.sections.items() if k in ("document", "quantities", "terms", "provisions")}
        return json.dumps(shown, ensure_ascii=False)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


_FIELDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("target", "units"): ("purchased", "used", "set_volume", "nonselected_purchased"),
    ("target", "date"): ("finding_on", "period_start", "period_end"),
    ("quarter", "date"): ("period_start", "period_end"),
    ("receipt", "money"): ("amount", "paid", "outstanding"),
    ("receipt", "date"): ("accepted_on", "delivered_on", "settled_on", "contract_due"),
    ("agreement", "money"): ("task_amount", "ordered_amount", "prepaid", "agreed_amount"),
    ("agreement", "date"): ("signed_on", "start", "end"),
    ("conduct", "date"): ("day",),
    ("product", "money"): ("price", "earlier_price"),
    ("agreement_line", "units"): ("quantity", "monthly_quantity", "purchased"),
    ("agreement_line", "money"): ("price", "line_amount"),
    ("year", "money"): ("fund_paid", "prepaid"),
    ("year", "date"): ("period_start", "period_end"),
}
_FOLDS: Mapping[str, tuple[tuple[str, str | None, str], ...]] = {
    "institution": (
        ("purchase", "quantity", "units"),
        ("use", "quantity", "units"),
        ("target", "set_volume", "units"),
        ("payment", "amount", "money"),
        ("prepayment", "amount", "money"),
        ("receipt", "amount", "money"),
        ("fund_payment", "amount", "money"),
        ("receipt", None, "count"),
        ("conduct", None, "count"),
        ("agreement", None, "count"),
    ),
    "target": (("purchase", "quantity", "units"), ("use", "quantity", "units"), ("purchase", None, "count")),
    "quarter": (
        ("purchase", "quantity", "units"),
        ("target", "set_volume", "units"),
        ("target", "purchased", "units"),
        ("fund_payment", "amount", "money"),
        ("target", None, "count"),
    ),
    "receipt": (("payment", "amount", "money"), ("payment", None, "count")),
    "agreement": (
        ("prepayment", "amount", "money"),
        ("receipt", "amount", "money"),
        ("agreement_line", "quantity", "units"),
        ("receipt", None, "count"),
    ),
    "conduct": (("dispensing", "quantity", "units"),),
    "product": (("purchase", "quantity", "units"), ("dispensing", "price", "money")),
    "agreement_line": (("purchase", "quantity", "units"), ("purchase", None, "count")),
    "year": (("fund_payment", "amount", "money"), ("prepayment", "amount", "money"), ("target", "set_volume", "units")),
}
_WITH_WINDOW = {"target", "quarter", "year", "agreement_line"}  # rows whose period is the window
_ACCUMULATING = {"receipt", "conduct", "agreement"}  # dated rows that no window of ours closes
_SO_FAR = {"paid", "outstanding", "prepaid"}
_DATED = {"purchase", "use", "payment", "prepayment", "fund_payment", "conduct", "dispensing"}
_FLAGS: Mapping[str, tuple[str, ...]] = {
    "institution": ("designated", "joined"),
    "conduct": ("verified", "reasonable_ground"),
    "receipt": ("centrally_procured",),
    "purchase": ("on_platform", "is_selected"),
    "use": ("is_selected",),
    "prepayment": ("separate_account",),
    "product": ("is_selected", "listed"),
}
_CHILDREN: Mapping[str, tuple[str, ...]] = {
    "institution": ("receipt", "conduct", "purchase", "payment"),
    "target": ("purchase",),
    "quarter": ("purchase", "target"),
    "receipt": ("payment",),
    "agreement": ("receipt", "prepayment"),
    "product": ("purchase",),
    "conduct": (),
}


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
        return self.pick(
            *{
                "units": tuple(f"{u} units" for u in UNITS),
                "money": tuple(f"{m} yuan" for m in AMOUNTS),
                "share": SHARES,
                "date": DAYS,
                "count": ("0", "1", "2", "3"),
            }[unit]
        )

    def value(self, entity: str, unit: str, depth: int) -> Any:
        """A value expression of a unit on a row of an entity."""
        options: list[Callable[[], Any]] = [lambda: self.literal(unit)]
        names = self.fields(entity, unit)
        if names:
            options += [lambda: self.pick(*names)] * 3
        if self.folds(entity, unit):
            options += [lambda: self.fold(entity, unit)] * 2
        if unit == "share":
            options = [lambda: self.ratio(entity, depth)] * 2
        if depth > 0:
            options += [lambda: self.composite(entity, unit, depth)] * 2
            options += [lambda: self.special(entity, unit)] * 2
        return self.pick(*options)()

    def special(self, entity: str, unit: str) -> Any:
        """Forms that only some rows have."""
        if entity == "target" and unit == "units":
            return self.of_the_drug(*self.pick(("quantity", "purchase"), ("quantity", "use"), ("set_volume", "target")))
        if entity == "target" and unit == "date":
            total = {"sum": "quantity", "over": "purchase", "in": "drug", "where": "is_selected"}
            return {"first_day": total, "reaches": self.pick("set_volume", self.of_the_drug("set_volume", "target"))}
        if entity == "quarter" and unit in ("units", "share", "date"):
            return self.extreme(unit)
        if entity == "year" and unit == "money":
            return {"ratio": [{self.pick("last_year", "next_year"): "fund_paid"}, "2"]}
        if entity == "agreement_line" and unit == "money":
            return {"product": ["monthly_quantity", "price"]}
        return self.literal(unit) if unit != "share" else self.ratio(entity, 0)

    def folds(self, entity: str, unit: str) -> list[tuple[str, str | None]]:
        found = [(child, item) for child, item, known in _FOLDS.get(entity, ()) if known == unit]
        return [fold for fold in found if fold[0] not in _ACCUMULATING] if self.steady else found

    def fields(self, entity: str, unit: str) -> tuple[str, ...]:
        found = _FIELDS.get((entity, unit), ())
        return tuple(name for name in found if name not in _SO_FAR) if self.steady else found

    def fold(self, entity: str, unit: str) -> Any:
        child, item = self.pick(*self.folds(entity, unit))
        made: dict[str, Any] = {"count": child} if item is None else {"sum": item, "over": child}
        if item is not None and item not in ("purchased",) and self.draw(st.integers(0, 9)) == 0:
            made = {self.pick("lowest", "highest"): item, "over": child}
        if child in _FLAGS and not self.often(3):
            made["where"] = self.pick(*_FLAGS[child])
        if child in _DATED and entity not in _WITH_WINDOW and not self.often(3):
            made["from"] = self.edge(entity)
        if child in _DATED and entity not in _WITH_WINDOW and (self.steady or not self.often(3)):
            made["through"] = self.edge(entity)
            if not self.steady and not self.often(4):
                made["so_far"] = "yes"
        return made

    def edge(self, entity: str) -> Any:
        """An end of a window: a day of the policy, or one that hangs on facts."""
        names = [name for name in self.fields(entity, "date") if name != "settled_on"]
        if not names or self.often(2):
            return self.pick(*DAYS)
        return self.pick(*names, {"count": "30 days", "after": names[0]}, {"day_before": names[-1]})

    def of_the_drug(self, item: str, child: str) -> Any:
        """From a target to all rows of its drug."""
        made: dict[str, Any] = {"sum": item, "over": child, "in": "drug"}
        if child != "target":
            made["where"] = "is_selected"
        if self.steady or self.often(2):
            made["through"] = "period_end"
        return made

    def extreme(self, unit: str) -> Any:
        """The lowest or highest of what each target of a quarter comes to."""
        made: dict[str, Any] = {self.pick("lowest", "highest"): self.quantity("target", unit, 1), "over": "target"}
        if not self.often(2):
            made["where"] = self.comparison("target", 0)
        return made

    def ratio(self, entity: str, depth: int) -> Any:
        units = [unit for unit in ("units", "money") if self.fields(entity, unit) or self.folds(entity, unit)]
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
                lambda: {"earliest": [sub(), sub()]},
                lambda: {"latest": [sub(), sub()]},
                lambda: {"day_after": sub()},
                lambda: {
                    "count": self.pick("1 days", "5 days", "30 days", "2 months", "5 working days"),
                    "after": sub(),
                },
                lambda: {"count": self.pick("1 days", "10 days", "3 working days"), "before": sub()},
                lambda: {"end_of": self.pick("month", "next month", "quarter", "previous quarter"), "of": sub()},
                lambda: {"day": self.pick("25", "31"), "of": "month", "at": sub()},
            ]
            acts = [name for name, at, modality in self.made if at == entity and modality in ("sanction", "obligation")]
            if acts:
                forms += [lambda: {"date_of": self.pick(*acts)}] * 2
            money = self.folds(entity, "money")
            if money and entity in ("receipt", "agreement", "institution"):
                child = {"receipt": "payment", "agreement": "prepayment", "institution": "fund_payment"}[entity]
                forms.append(lambda: {"first_day": {"sum": "amount", "over": child}, "reaches": self.literal("money")})
        elif unit != "share":
            forms += [
                lambda: {"plus": [sub(), sub()]},
                lambda: {"difference": [sub(), sub()]},
                lambda: {"least": [sub(), sub()]},
                lambda: {"greatest": [sub(), sub()]},
            ]
            if unit != "count":
                forms.append(lambda: {"share": self.pick(*SHARES), "of": sub()})
        else:
            forms += [lambda: {"least": [sub(), sub()]}, lambda: {"greatest": [sub(), sub()]}]
        return self.pick(*forms)()

    def quantity(self, entity: str, unit: str, depth: int) -> str:
        """A name for a value: a field or built-in, or a quantity made for it."""
        names = self.fields(entity, unit)
        if names and self.often(3):
            return str(self.pick(*names))
        reusable = [
            name
            for name, made in self.quantities.items()
            if made["per"] == entity and made["unit"] == unit and made["is"] is not None
        ]
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
        forms.append(
            lambda: {"judge": self.pick(*(q for q, per in QUESTIONS.items() if per in ("institution", entity)))}
        )
        acts = [name for name, at, modality in self.made if at == entity and modality == "sanction"]
        if acts and not self.steady:
            forms += [lambda: {"imposed": self.pick(*acts)}] * 2
        harms = [
            name
            for name, at, modality in self.made
            if modality in ("obligation", "prohibition", "entitlement")
            and (at == entity or (entity in ("institution", "agreement") and at == "receipt"))
        ]
        if harms and not self.steady:
            forms += [lambda: {self.pick("breach_of", "overdue"): self.pick(*harms)}] * 3
        children = _CHILDREN.get(entity, ())
        if children and not self.steady and depth > 0:
            forms.append(
                lambda: {self.pick("some", "every"): {(child := self.pick(*children)): self.condition_on_child(child)}}
            )
        if depth > 0:
            forms += [
                lambda: {"all": [self.condition(entity, depth - 1), self.condition(entity, depth - 1)]},
                lambda: {"any": [self.condition(entity, depth - 1), self.condition(entity, depth - 1)]},
                lambda: {"not": self.condition(entity, depth - 1)},
                lambda: {
                    "reading": "ra",
                    "x": self.condition(entity, depth - 1),
                    "y": self.condition(entity, depth - 1),
                },
            ]
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
        units = [unit for unit in ("units", "money", "count") if self.fields(entity, unit) or self.folds(entity, unit)]
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
        modality = self.pick(
            "obligation", "obligation", "sanction", "sanction", "prohibition", "entitlement", "permission", "definition"
        )
        if modality == "definition" and entity == "product":
            modality = "price"
        name = f"p{number}"
        made: dict[str, Any] = {
            modality: f"第{number}条",
            "cite": CITE,
            "by": self.pick("institution", "insurance_agency", "hospital"),
        }
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
            return {
                self.pick("exactly", "at_least", "at_most"): self.pick(*SHARES),
                "of": self.value(entity, "money", 1),
            }
        return {"exactly": self.literal("money")}

    def _sanction(self, entity: str, made: dict[str, Any]) -> None:
        if not self.often(4):
            made["hedge"] = "可"
        if not self.often(6):
            made["steps"] = {
                "one": {"does": "甲", "once": "yes", "silent": ["from"]},
                "two": {"does": "乙", "from": self._date(entity), "silent": ["until"]},
            }
            return
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
        made: dict[str, Any] = {
            "title": "试",
            "number": "一",
            "issued": "2019-12-01",
            "in_force": {"from": "silent", "until": "silent"},
        }
        if not self.often(4):
            made["in_force"] = {"from": {"reading": "ra", "x": "2019-12-30", "y": "2020-03-02"}, "until": "silent"}
        made["conventions"] = {
            "first_day": self.pick({"reading": "first", "next": "next_day", "same": "same_day"}, "next_day", "same_day")
        }
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
            "readings": {
                name: {"asks": "何", "cite": CITE, "options": dict.fromkeys(options, "甲")}
                for name, options in READINGS.items()
            },
            "questions": {
                name: {"asks": "否", "cite": CITE, "by": "insurance_agency", "per": per}
                for name, per in QUESTIONS.items()
            },
            "lists": {"closed_list": {"closed": ["g1"], "cite": CITE}, "open_list": {"open": ["g1"], "cite": CITE}},
            "quantities": {
                name: {**label, "per": made["per"], "is": made["is"]} for name, made in self.quantities.items()
            },
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
                made["when"] = {
                    self.pick("all", "any"): [made["when"], self.pick({"silent": "无"}, {"set_by": "other"})]
                }
                found[f"{name}.when"] = TRUTH
            if isinstance(made.get("due"), (str, dict)) and self.draw(st.integers(0, 9)) == 0:
                made["due"] = {
                    "if": self.pick("designated", "joined"),
                    "then": {"set_by": "other"},
                    "else": made["due"],
                }
                found[f"{name}.due"] = DATE
        return found


@st.composite
def policies(draw: Draw, most: int = 3, steady: bool = False) -> Policy:
    """Random policies, each without an error. ``steady`` ones read nothing that merely accumulates up to the as-of date."""
    made = _Maker(draw, steady).policy(most)
    made.program()
    return made


# ── Complete records ─────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def worlds(draw: Draw, policy: Policy, as_of: str) -> Dossier:
    """A complete record: every list complete, every cell that a generated policy can ask for filled, nothing after the day."""

    def pick(*options: str) -> str:
        return str(draw(st.sampled_from(options)))

    past = tuple(d for d in DAYS if d <= as_of)
    units, money = UNITS, AMOUNTS

    def some(name: str, most: int, make: Callable[[], dict[str, str]]) -> dict[str, Any]:
        return whole([{"id": f"{name}{n}", **make()} for n in range(1, draw(st.integers(0, most)) + 1)])

    payment_days = draw(st.booleans())
    line = {"quantity": pick("5", "10"), "price": pick("2.00", "10.00")}
    line_amount = f"{Decimal(line['quantity']) * Decimal(line['price']):.2f}"
    agreement = {
        "signed_on": pick(*past),
        "start": pick(*past),
        "end": pick("2020-03-31", "2020-12-30"),
        "amount": line_amount,
        "task_amount": pick(*money),
        "ordered_amount": pick(*money),
    }
    if payment_days:
        agreement |= {"payment_days": pick("5", "30"), "payment_from": pick("acceptance", "delivery")}
    receipts = []
    payments = []
    for number in range(1, draw(st.integers(0, 2)) + 1):
        receipt = {
            "id": f"R{number}",
            "agreement": "G1",
            "product": pick("A1", "A0"),
            "delivered_on": pick(*past),
            "accepted_on": pick(*past),
            "amount": pick(*money[1:]),
            "centrally_procured": pick("yes", "no"),
        }
        if not payment_days:
            receipt["due_on"] = pick(*DAYS)
        receipts.append(receipt)
        left = Decimal(receipt["amount"])
        for _ in range(draw(st.integers(0, 3))):
            amount = min(Decimal(pick(*money[1:])), left)
            left -= amount
            if amount:
                payments.append(
                    {
                        "id": f"P{len(payments) + 1}",
                        "receipt": receipt["id"],
                        "day": pick(*past),
                        "amount": f"{amount:.2f}",
                        "payer": "hospital",
                    }
                )
    targets = [
        {
            "id": f"{drug}@{period}",
            "drug": drug,
            "period": period,
            "set_volume": pick(*units),
            "finding_on": pick(*DAYS),
        }
        for drug, period in (("A", "2020Q1"), ("A", "2020Q2"), ("B", "2020Q1"))
        if draw(st.booleans())
    ]
    record: Dossier = {
        "institution": {
            "kind": pick("hospital", "clinic", "pharmacy"),
            "ownership": pick("public", "private"),
            "grade": pick("tertiary", "primary"),
            "designated": pick("yes", "no"),
            "joined": pick("yes", "no"),
        },
        "drugs": whole([{"id": "A", "selected": "yes"}, {"id": "B", "selected": "yes"}]),
        "products": whole(
            [
                {
                    "id": "A1",
                    "drug": "A",
                    "selected": "yes",
                    "price": pick(*money),
                    "earlier_price": pick(*money),
                    "listed": pick("yes", "no"),
                },
                {
                    "id": "A0",
                    "drug": "A",
                    "selected": "no",
                    "price": pick(*money),
                    "earlier_price": pick(*money),
                    "listed": "yes",
                },
            ]
        ),
        "suppliers": whole([{"id": "S", "kind": "maker"}]),
        "agreements": whole([{"id": "G1", "supplier": "S", **agreement}]),
        "agreement_lines": whole(
            [
                {
                    "id": "L1",
                    "agreement": "G1",
                    "product": "A1",
                    **line,
                    "monthly_quantity": pick(*units),
                    "amount": line_amount,
                }
            ]
        ),
        "targets": whole(targets),
        "purchases": some(
            "b",
            3,
            lambda: {
                "product": pick("A1", "A0"),
                "day": pick(*past),
                "quantity": pick(*units),
                "amount": pick(*money),
                "on_platform": pick("yes", "no"),
            },
        ),
        "uses": some(
            "u",
            2,
            lambda: {"product": pick("A1", "A0"), "day": pick(*past), "quantity": pick(*units), "amount": pick(*money)},
        ),
        "receipts": whole(receipts),
        "payments": whole(payments),
        "fund_payments": some("f", 2, lambda: {"day": pick(*past), "amount": pick(*money)}),
        "prepayments": some(
            "e",
            2,
            lambda: {
                "agreement": "G1",
                "day": pick(*past),
                "amount": pick(*money),
                "separate_account": pick("yes", "no"),
            },
        ),
        "conducts": some(
            "c",
            2,
            lambda: {
                "drug": "A",
                "ground": pick(*GROUNDS),
                "day": pick(*past),
                "verified": pick("yes", "no"),
                "reasonable_ground": pick("yes", "no"),
            },
        ),
        "dispensings": some(
            "d",
            2,
            lambda: {"product": pick("A1", "A0"), "day": pick(*past), "price": pick(*money), "quantity": pick(*units)},
        ),
    }
    subjects = subjects_of(record, as_of)
    acts, performances = [], []
    for name, entity, modality in policy.acted():
        for subject in subjects.get(entity, []):
            if draw(st.integers(0, 2)) == 0:
                act = {"id": f"act{len(acts) + len(performances)}", "of": name, "day": pick(*past)}
                act |= {"subject": subject} if subject else {}
                if modality != "sanction":
                    performances.append(act)
                    continue
                source = policy.sections["provisions"].get(name, {"steps": {}})
                lasts = source.get("once") != "yes" and "steps" not in source
                if lasts and draw(st.integers(0, 4)) == 0:
                    later = [d for d in past if d >= act["day"]]
                    act["lifted_on"] = pick(*later)
                acts.append(act)
    record["acts"], record["performances"] = whole(acts), whole(performances)
    answers = []
    questions = {
        **QUESTIONS,
        **{name: entity for name, entity, modality in policy.provisions if modality == "prohibition"},
    }
    for question, per in questions.items():
        for subject in subjects.get(per, []):
            if draw(st.integers(0, 3)):
                answers.append(
                    {"question": question, "answer": pick("yes", "no"), "by": "insurance_agency", "day": pick(*past)}
                    | ({"subject": subject} if subject else {})
                )
    for code in ("g2", "g3"):
        answers.append(
            {
                "question": "open_list",
                "subject": code,
                "answer": pick("yes", "no"),
                "by": "insurance_agency",
                "day": pick(*past),
            }
        )
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
    for list_name, entity in (
        ("targets", "target"),
        ("receipts", "receipt"),
        ("agreements", "agreement"),
        ("conducts", "conduct"),
        ("products", "product"),
        ("agreement_lines", "agreement_line"),
    ):
        found[entity] = [row["id"] for row in entries(record, list_name)]
    found["quarter"] = sorted(
        {
            period
            for period in ("2020Q1", "2020Q2")
            if any(f"@{period}" in row["id"] for row in entries(record, "targets"))
        }
    )
    found["year"] = ["2019", "2020"]
    return found


@st.composite
def settings_of(draw: Draw, most: int = 3, steady: bool = False) -> tuple[Policy, Dossier, str]:
    """A policy, a complete record of what it looks at, and an as-of date."""
    made = draw(policies(most=most, steady=steady))
    as_of = draw(st.sampled_from(AS_OF))
    record = draw(worlds(made, as_of))
    kept = relevant(made.program()).lists | {"institution", "determinations", "given", *_named_by_others(made)}
    return made, {name: node for name, node in record.items() if name in kept}, as_of


def _named_by_others(policy: Policy) -> set[str]:
    """Lists whose rows acts and answers are about."""
    about = {*(entity for _, entity, _ in policy.provisions), *QUESTIONS.values()}
    return {BY_NAME[entity].list_name for entity in about}
