"""Characters that look like others: told where they stand, left alone in prose."""

from __future__ import annotations

import pytest
from inline import findings, text_of

BODY = "terms:\n  {}: {{label: 甲, per: target, cite: C, is: {{set_volume: {{at_least: {}}}}}}}\n"


def said(name: str = "x", figure: str = "10 units", label: str = "甲") -> list[tuple[str, dict[str, str]]]:
    found = findings(text_of(BODY.format(name, figure).replace("label: 甲", f"label: {label}")))
    return [(item.code, dict(item.args)) for item in found if item.code.startswith("L2")]


@pytest.mark.parametrize(
    ("name", "char", "code", "plain"),
    [
        ("p\u0430id", "\u0430", "U+0430", "paid"),  # Cyrillic a
        ("\u0441ost_x", "\u0441", "U+0441", "cost_x"),  # Cyrillic es
        ("v\u03bflume", "\u03bf", "U+03BF", "volume"),  # Greek omicron
        ("ｖolume", "ｖ", "U+FF56", "volume"),  # wide v
        ("late＿now", "＿", "U+FF3F", "late_now"),
    ],
)
def test_lookalikes_in_an_id(name: str, char: str, code: str, plain: str) -> None:
    ((found, args),) = said(name)
    assert found == "L201"
    assert (args["text"], args["char"], args["code"], args["suggestion"]) == (name, char, code, plain)


def test_letters_among_digits() -> None:
    ((found, args),) = said(figure="1OO units")
    assert found == "L202"
    assert (args["text"], args["suggestion"]) == ("1OO", "100")


@pytest.mark.parametrize(
    "label", ["干扰素α", "维生素Ｂ１２", "低于80％", "ＫＮ95口罩", "β受体阻滞剂", "Γ球蛋白", "国办发〔2019〕2号", "O型"]
)
def test_prose_may_hold_any_script(label: str) -> None:
    assert said(label=label) == []


def test_plain_ids() -> None:
    assert said("late_2019", "1000 units") == []
