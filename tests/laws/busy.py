"""Random policies and records in which much can still be done: quotas, caps, bills, and what may be earned."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from inline import CITE, text_of
from order import Dossier, Draw, whole

AS_OF = ("2020-02-15", "2020-03-20", "2020-03-31")
_PERCENT = ("30%", "50%", "70%", "80%", "100%")
_UNITS = ("3", "5", "7", "8", "10", "20")
_VALUES: tuple[Any, ...] = (
    "purchased",
    "used",
    {"least": ["purchased", "used"]},
    {"greatest": ["purchased", "used"]},
    {"plus": ["purchased", "used"]},
    {"share": "50%", "of": {"plus": ["purchased", "used"]}},
    {"difference": ["purchased", "nonselected_purchased"]},
    {"if": {"set_volume": {"above": "7 units"}}, "then": "purchased", "else": "used"},
    {"reading": "ra", "x": "purchased", "y": {"least": ["purchased", "used"]}},
    {"reading": "ra", "x": "purchased", "y": "used"},
)


@st.composite
def busy(draw: Draw) -> tuple[str, Dossier, str]:
    """The text of a policy, a record complete through the as-of date, and that date."""

    def pick(*options: Any) -> Any:
        return draw(st.sampled_from(options))

    def condition(word: str) -> dict[str, Any]:
        one = {"completion": {word: pick(*_PERCENT)}}
        two = {pick("purchased", "used", "amount_of"): {word: f"{pick(*_UNITS)} units"}}
        return pick(one, one, two, {"all": [one, two]}, {"any": [one, two]}, {"not": {"completion": {pick(
            *(("at_least", "above") if word in ("below", "at_most") else ("below", "at_most"))): pick(*_PERCENT)}}})  # fmt: skip

    first = pick({"reading": "first", "next": "next_day", "same": "same_day"}, "next_day", "same_day")
    term = {"count": pick("30 days", "10 working days", "25 days"), "after": "accepted_on"}
    if draw(st.booleans()):
        term = {pick("earliest", "latest"): [term, "2020-04-02"]}
    made = {
        "pay": {"obligation": "付", "for_each": "receipt", "due": term, "done": "settled_on"},
        "quota": {"sanction": "罚", "for_each": "target", "when": condition(pick("below", "at_most")),
                  "from": {"start_of": "next month", "of": "period_end"}, "silent": ["until"]},
        "quarterly": {"sanction": "警", "for_each": "quarter", "once": "yes", "silent": ["from"],
                      "when": {pick("worst", "pooled"): {"below": pick(*_PERCENT)}}},
        "cap": {"prohibition": "不得", "for_each": "target",
                "requires": {"nonselected_purchased": {pick("at_most", "below"): pick("purchased", "7 units",
                                                                                      "set_volume")}}},
        "earn": {"entitlement": "得", "for_each": "target", "when": condition(pick("at_least", "above")),
                 "silent": ["amount", "due"]},
        "owed": {"obligation": "购", "for_each": "target", "due": "period_end",
                 "done": {"first_day": {"sum": "quantity", "over": pick("purchase", "use"), "where": "is_selected"},
                          "reaches": {"share": pick(*_PERCENT), "of": "set_volume"}}},
        "report": {"obligation": "报", "due": "2020-04-10"},
    }  # fmt: skip
    kept = draw(st.lists(st.sampled_from(sorted(made)), min_size=1, max_size=3, unique=True))
    sections: dict[str, Any] = {
        "readings": {name: {"asks": "何", "cite": CITE, "options": dict.fromkeys(options, "甲")}
                     for name, options in (("ra", "xy"), ("first", ("next", "same")))},
        "quantities": {
            "amount_of": {"per": "target", "is": pick(*_VALUES)},
            "completion": {"per": "target", "is": {"ratio": ["amount_of", "set_volume"]}},
            "worst": {"per": "quarter", "is": {"lowest": "completion", "over": "target"}},
            "pooled": {"per": "quarter", "is": {"ratio": [{"sum": "amount_of", "over": "target"},
                                                          {"sum": "set_volume", "over": "target"}]}},
        },
        "provisions": {name: {**made[name], "cite": CITE, "by": "institution"} for name in kept},
    }  # fmt: skip
    for named in sections["quantities"].values():
        named |= {"label": "量", "en": "quantity"}
    as_of = pick(*AS_OF)
    text = _text(sections, first)
    return text, _record(draw, as_of), as_of


def _text(sections: dict[str, Any], first: Any) -> str:
    written = "\n".join(f"{name}: {json.dumps(node, ensure_ascii=False)}" for name, node in sections.items())
    return text_of(written, conventions=f"{{first_day: {json.dumps(first)}}}")


def _record(draw: Draw, as_of: str) -> Dossier:
    def pick(*options: Any) -> Any:
        return draw(st.sampled_from(options))

    def moved(name: str) -> Dossier:
        rows = [
            {"id": f"{name}{n}", "product": pick("A1", "A2", "A0", "B1"), "day": pick("2020-01-31", "2020-02-15"),
             "quantity": pick("1", *_UNITS)}
            for n in range(draw(st.integers(0, 4)))
        ]  # fmt: skip
        return {"complete_through": as_of, "entries": rows}

    targets = [{"drug": drug, "period": period, "set_volume": pick("5", "8", "10", "20", "0")}
               for drug, period in (("A", "2020Q1"), ("B", "2020Q1"), ("A", "2020Q2")) if draw(st.booleans())]  # fmt: skip
    receipts = [{"id": f"R{n}", "product": "A1", "accepted_on": pick("2020-01-31", "2020-02-15"), "amount": "100.00"}
                for n in range(draw(st.integers(0, 2)))]  # fmt: skip
    payments = [{"receipt": row["id"], "day": "2020-02-15", "amount": pick("10.00", "99.99", "100.00")}
                for row in receipts if draw(st.booleans())]  # fmt: skip
    return {
        "institution": {"kind": "hospital"},
        "drugs": whole([{"id": "A"}, {"id": "B"}]),
        "products": whole([{"id": "A1", "drug": "A", "selected": "yes"}, {"id": "A2", "drug": "A", "selected": "yes"},
                           {"id": "A0", "drug": "A", "selected": "no"}, {"id": "B1", "drug": "B", "selected": "yes"}]),
        "targets": whole(targets),
        "purchases": moved("b"),
        "uses": moved("u"),
        "receipts": {"complete_through": as_of, "entries": receipts},
        "payments": {"complete_through": as_of, "entries": payments},
        "acts": {"complete_through": as_of, "entries": []},
        "performances": {"complete_through": as_of, "entries": []},
    }  # fmt: skip
