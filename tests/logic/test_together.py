"""Two rules on one row: duties that cannot both be kept, two standards for one sale, measures that wait for each other."""

from __future__ import annotations

from asked import decided, names, only
from inline import policy

DUTY = "cite: C, by: institution, for_each: target, silent: [due]"
BAN = "cite: C, by: institution, for_each: target"


def duties(first: str, second: str, when: str = "always") -> list[str]:
    return names(
        policy(
            f"provisions:\n  buy: {{obligation: 采购, {DUTY}, requires: {first}}}\n"
            f"  cap: {{prohibition: 超购, {BAN}, when: {when}, forbids: {second}}}\n"
        )
    )


def test_a_duty_to_do_what_is_forbidden() -> None:
    assert duties("{purchased: {at_least: set_volume}}", "{purchased: {at_least: set_volume}}") == [
        "cannot_both_be_obeyed"
    ]
    assert duties("{purchased: {at_least: set_volume}}", "{purchased: {above: set_volume}}") == []  # exactly the volume


def test_only_where_both_apply() -> None:
    same = ("{purchased: {at_least: set_volume}}", "{purchased: {at_least: set_volume}}")
    assert duties(*same, when="{set_volume: {above: 100 units}}") == ["cannot_both_be_obeyed"]
    assert duties(*same, when="{set_volume: {below: 0 units}}") == ["never_holds"]


PRICE = "cite: C, by: insurance_fund, toward: patient, for_each: dispensing"


def prices(first: str, second: str, standards: tuple[str, str] = ("selected_price", "earlier_price")) -> list[str]:
    return names(_priced(first, second, standards))


def _priced(first: str, second: str, standards: tuple[str, str] = ("selected_price", "earlier_price")):
    return policy(
        f"provisions:\n  one: {{price: 甲, {PRICE}, when: {first}, standard: {standards[0]}}}\n"
        f"  two: {{price: 乙, {PRICE}, when: {second}, standard: {standards[1]}}}\n"
    )


def test_two_standards_for_one_sale() -> None:
    both = ("in_catalogue", "{not: is_selected}")
    program = _priced(*both)
    item = only(program, "two_standards")
    assert dict(item.args) == {"first": "one", "second": "two"}
    found = {outcome.provision: outcome for outcome in decided(program, item).outcomes}
    assert found["one"].attributes["base"].value != found["two"].attributes["base"].value
    assert prices("is_selected", "{not: is_selected}") == []
    assert prices(*both, standards=("selected_price", "selected_price")) == []


def test_a_standard_that_depends_on_a_reading() -> None:
    body = (
        "readings:\n  basis: {asks: 甲, cite: C, options: {equal: 是, other: 否}}\n"
        f"provisions:\n  one: {{price: 甲, {PRICE}, when: in_catalogue, standard: {{reading: basis, equal: selected_price, other: {{silent: 另定的标准}}}}}}\n"
        f"  two: {{price: 乙, {PRICE}, when: {{not: is_selected}}, standard: earlier_price}}\n"
    )
    assert "two_standards" in names(policy(body))


def test_the_actual_price_below_the_standard_is_no_second_standard() -> None:
    """The fund bears the lesser of price and standard, so that below the standard both say the same."""
    assert prices("in_catalogue", "{price: {below: selected_price}}", ("selected_price", "price")) == []
    assert prices("in_catalogue", "{price: {at_most: selected_price}}", ("selected_price", "price")) == []
    assert "two_standards" in prices("in_catalogue", "{price: {above: selected_price}}", ("selected_price", "price"))


def test_measures_that_wait_for_each_other() -> None:
    rule = "cite: C, by: insurance_agency, toward: institution, once: yes, silent: [from]"
    shape = f"provisions:\n  warn: {{{{sanction: 预警, {rule}, when: {{}}}}}}\n  hold: {{{{sanction: 暂停, {rule}, when: {{}}}}}}\n"
    assert names(policy(shape.format("{imposed: hold}", "{imposed: warn}"))) == ["waits_for_each_other"]
    assert (
        names(
            policy(
                shape.format(
                    "{any: [{imposed: hold}, {designated: yes}]}".replace("{designated: yes}", "designated"),
                    "{imposed: warn}",
                )
            )
        )
        == []
    )
    assert names(policy(shape.format("designated", "{imposed: warn}"))) == []
