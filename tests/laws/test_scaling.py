"""A share does not change where both sides grow alike: every quantity and sum times k, every state as before."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from typing import Any

import pytest
from algebra import judge_all
from order import Dossier, case
from profiles import EXAMPLES
from test_laws import POLICIES, seeds

from vbprules import catalog
from vbprules.language.vocabulary import ENTITIES, INSTITUTION
from vbprules.values.figures import MONEY, UNITS

PRICES = ("products", "standard_steps")  # what a unit costs stays what it is
SCALED = {
    (entity.list_name, field.name)
    for entity in ENTITIES
    for field in entity.fields
    if field.unit in (UNITS, MONEY) and "price" not in field.name and entity.name != INSTITUTION
    if entity.list_name not in PRICES
}


def times(cell: Any, factor: int) -> Any:
    """A figure or a range of figures, in the words of a dossier."""
    if not isinstance(cell, str):
        return cell
    return re.sub(r"\d+(?:\.\d+)?", lambda figure: f"{Decimal(figure.group()) * factor:f}", cell)


def scaled(record: Dossier, factor: int) -> Dossier:
    def rows(name: str, entries: list[Any]) -> list[Any]:
        return [
            {key: times(cell, factor) if (name, key) in SCALED else cell for key, cell in row.items()}
            for row in entries
        ]

    found: dict[str, Any] = {}
    for name, node in record.items():
        if isinstance(node, list):
            found[name] = rows(name, node)
        elif isinstance(node, dict) and isinstance(node.get("entries"), list):
            found[name] = {**node, "entries": rows(name, node["entries"])}
        else:
            found[name] = node
    return found


@pytest.mark.parametrize("policy", POLICIES)
def test_scaling_all_quantities_changes_no_state(policy: str) -> None:
    program = catalog.load(policy)
    for number, (item, record) in enumerate(seeds(policy)):
        dice = random.Random(f"{policy} scale {number}")
        before = judge_all(case(program, record, item.as_of))
        for factor in [dice.randint(2, 10**6) for _ in range(20 if EXAMPLES else 1)]:
            after = judge_all(case(program, scaled(record, factor), item.as_of))
            assert after.keys() == before.keys(), (item.name, factor)
            for key, judged in before.items():
                assert after[key].state == judged.state, (item.name, key, factor)


def test_both_sides_are_scaled() -> None:
    record: Dossier = {
        "targets": [{"drug": "D", "set_volume": "1000"}],
        "purchases": {"complete_through": "2020-03-31", "entries": [{"quantity": "at_least 799.5", "price": "2.44"}]},
    }
    assert scaled(record, 3) == {
        "targets": [{"drug": "D", "set_volume": "3000"}],
        "purchases": {"complete_through": "2020-03-31", "entries": [{"quantity": "at_least 2398.5", "price": "2.44"}]},
    }
