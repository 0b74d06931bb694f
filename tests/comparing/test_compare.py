"""Policies side by side. The answers are read off the documents by hand."""

from __future__ import annotations

import pytest

from vbprules.catalog import load
from vbprules.comparing.asked import matches
from vbprules.comparing.matrix import CellNorm, matrix_of

FIVE = ("chongqing_2019", "guizhou_2019", "hechuan_2025", "xian_2019", "yunnan_2020")


def cells(asked: str, modality: str = "") -> dict[str, list[CellNorm]]:
    found = matrix_of([load(name) for name in FIVE], asked, modality)
    by_policy: dict[str, list[CellNorm]] = {name: [] for name in FIVE}
    for row in found.rows:
        for law, cell in zip(found.policies, row.cells, strict=True):
            by_policy[law.id] += cell
    return by_policy


def told(norm: CellNorm, name: str, lang: str = "zh") -> list[str]:
    return [text.lang(lang) for line in norm.lines if line.name == name for text in line.texts]


@pytest.mark.parametrize("asked", ["暂停结算", "暂停医保月结算", "suspend settlement", "settlement suspended"])
def test_which_provinces_suspend_settlement_and_at_what_threshold(asked: str) -> None:
    """Only Guizhou 五(三): 低于70％的定点医疗机构，自次月起暂停医保月结算."""
    found = cells(asked)
    assert {name for name, norms in found.items() if norms} == {"guizhou_2019"}
    (norm,) = found["guizhou_2019"]
    assert norm.clauses == ("五(三)",)
    assert "季度完成比例低于 70%" in told(norm, "when")
    assert "completion of the quarter below 70%" in told(norm, "when", "en")
    assert "次月首日" in told(norm, "from")[0]
    assert not norm.may


def test_prepayments_with_their_shares_and_bases() -> None:
    """Chongqing 二(七) 不低于采购金额的50%; Guizhou 五(三) 30%; Xi'an 50%; Yunnan 四(四) 不低于30%; Hechuan none."""
    found = cells("预付", "entitlement")
    amounts = {name: [text for norm in norms for text in told(norm, "amount")] for name, norms in found.items()}
    assert len(amounts["chongqing_2019"]) == 1
    assert amounts["chongqing_2019"][0].startswith("不低于 ")
    assert amounts["chongqing_2019"][0].endswith("的 50%")
    assert all("30%" in text for text in amounts["guizhou_2019"])
    assert any("50%" in text for text in amounts["xian_2019"])
    assert any(text.startswith("不低于 ") and text.endswith("的 30%") for text in amounts["yunnan_2020"])
    assert found["hechuan_2025"] == []


def test_what_the_text_leaves_open_is_silent() -> None:
    """Chongqing gives no day for the prepayment; its contract term for payment is a due day without a number."""
    (norm,) = [norm for norm in cells("预付", "entitlement")["chongqing_2019"] if norm.id == "prepayment"]
    assert [line.silent for line in norm.lines if line.name == "due"] == [True]


def test_a_question_is_words_not_letters() -> None:
    assert matches("暂停结算", "自次月起暂停医保月结算")
    assert not matches("暂停结算", "结算货款；暂停交易资格")  # in another order
    assert not matches("暂停结算", "暂缓拨付定点医疗机构医保费用")
    assert matches("Settlement suspended", "suspension of monthly settlement")
    assert not matches("suspend", "settlement")
    assert not matches("", "anything")
