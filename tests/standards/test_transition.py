"""Payment standards that move in steps, under the rule of 2019: what holds on each day, and what a decision says of it.

Figures by hand: the selected price is 1.00; the originator's earlier price 5.00, so at most 3.50 in transition; its
steps are 3.50 from 2019-04-01, 2.00 from 2020-04-01 and 1.00 from 2021-01-01.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules import timeline
from vbprules.cli.main import main
from vbprules.decision.words import SECONDARY
from vbprules.evaluation import evaluate

EXAMPLE = Path(__file__).parents[2] / "examples" / "standard_transition.yaml"
POLICY = "nhsa_2019_18"


def test_each_product_and_day_of_the_example() -> None:
    decision = evaluate(POLICY, EXAMPLE, "2021-06-30")
    expected = {
        "in_steps@原研2019": ("3.50", "3.50", "1.30"),
        "in_steps@原研2020": ("2.00", "2.00", "2.80"),
        "in_steps@原研2021": ("1.00", "1.00", "3.80"),
        "selected_standard@中选": ("1.00", "1.00", "0.00"),
        "at_once@过评": ("1.00", "1.00", "0.80"),
        "actual_price@参比": ("0.80", "0.80", "0.00"),
        "unpassed@未过评": ("0.90", "0.90", "0.60"),
    }
    for id, figures in expected.items():
        found = decision.outcome(id)
        assert (found.state.value, found.state.standing) == ("applies", "settled"), id
        assert tuple(found.attributes[name].value for name in ("standard", "base", "excess")) == figures, id
    applying = {item.id for item in decision.outcomes if item.modality == "price" and item.state.value == "applies"}
    assert applying == set(expected)  # one standard for each dispensing


def test_the_steps_in_time_with_their_causes() -> None:
    found = timeline(POLICY, EXAMPLE, "2019-01-01", "2021-06-30", readings={"last_step": "from_january"})
    steps = [event for event in found.events if event.outcome == "standard_by_day@O"]
    told = [(event.day, event.shifts[-1].after, [cause.zh for cause in event.causes]) for event in steps]
    assert told == [
        ("2019-04-01", "3.50", ["支付标准步骤 O@2019-04-01"]),
        ("2020-04-01", "2.00", ["支付标准步骤 O@2020-04-01"]),
        ("2021-01-01", "1.00", ["支付标准步骤 O@2021-01-01"]),
    ]


@given(
    selected=st.integers(1, 2_000),
    earlier=st.integers(1, 9_000),
    step=st.one_of(st.none(), st.integers(1, 9_000)),
    price=st.integers(1, 9_000),
)
def test_the_rule_of_2019_for_any_prices(selected: int, earlier: int, step: int | None, price: int) -> None:
    """W, P and a step in fen: over 2W the step, within [W, 0.7 P] where none is known; to 2W W; below W the price."""
    yuan = lambda fen: f"{fen // 100}.{fen % 100:02d}"  # noqa: E731
    steps = [] if step is None else [{"product": "O", "day": "2019-01-01", "standard": yuan(step)}]
    drug = {"id": "A", "in_catalogue": True, "selected": True, "selected_price": yuan(selected)}
    product = {"id": "O", "drug": "A", "class": "originator", "selected": False, "earlier_price": yuan(earlier)}
    dispensed = {"id": "D", "product": "O", "day": "2019-06-03", "price": yuan(price), "quantity": 1}
    dossier = {
        "institution": {"designated": True},
        "drugs": {"complete": True, "entries": [drug]},
        "products": {"complete": True, "entries": [product]},
        "standard_steps": {"complete": True, "entries": steps},
        "dispensings": [dispensed],
    }
    decision = evaluate(POLICY, dossier, "2019-12-31", check=False, explain=False)
    name = "in_steps" if earlier > 2 * selected else "at_once" if earlier >= selected else "actual_price"
    found = decision.outcome(f"{name}@D").attributes
    assert [i.id for i in decision.outcomes if i.modality == "price" and i.state.value == "applies"] == [f"{name}@D"]
    if name == "in_steps" and step is None:
        low, high = (Fraction(end) * 100 for end in (found["standard"].value or "").split(".."))
        assert (low, high) == (selected, Fraction(7 * earlier, 10))
        assert {need.kind for need in found["standard"].needs} == {"instrument", "undefined"}  # no step is recorded
        return
    standard = {"in_steps": max(step or 0, selected), "at_once": selected, "actual_price": price}[name]
    assert found["standard"].value == yuan(standard)
    assert found["base"].value == yuan(min(price, standard))
    assert found["excess"].value == yuan(max(price - standard, 0))


@pytest.mark.parametrize(("lang", "told"), [("zh", "未与原文核对"), ("en", "not checked against the document")])
def test_secondary_knowledge_is_said_wherever_it_decides(
    lang: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in SECONDARY[lang == "en"]
    where = [POLICY, str(EXAMPLE)]
    for command in (
        ["evaluate", *where, "--as-of", "2021-06-30"],
        ["explain", *where, "in_steps@原研2020", "--as-of", "2021-06-30"],
        ["show", POLICY],
    ):
        assert main([*command, "--lang", lang]) == 0
        assert told in capsys.readouterr().out.replace("\n", "").replace("  ", " "), command


def test_a_program_can_tell_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(POLICY, EXAMPLE, "2021-06-30", check=False, explain=False).known_from == "secondary"
    assert main(["list", "--json"]) == 0
    known = {item["id"]: item["known_from"] for item in json.loads(capsys.readouterr().out)}
    assert known[POLICY] == "secondary" and known["guizhou_2019"] == "text"
