"""Figures of the year before and after, on columns, however often a policy asks for them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "laws"))

import inline
from same import differences

from vbprules import read_dossier

POLICY = """
    quantities:
      after: {label: 次年, en: after, per: year, is: {next_year: fund_paid}}
      before: {label: 上年, en: before, per: year, is: {last_year: fund_paid}}
    provisions:
      prepay:
        entitlement: 预付
        cite: C
        by: insurance_agency
        toward: institution
        for_each: year
        when: {after: {above: 0.00 yuan}, before: {at_most: 100.00 yuan}}
        amount: {exactly: 50%, of: {next_year: fund_paid}}
        silent: [due]
"""


def test_the_year_after_is_asked_for_twice() -> None:
    program = inline.program_of(inline.text_of(POLICY))
    dossier = read_dossier(
        {
            "institution": {"kind": "hospital"},
            "fund_payments": {
                "complete": "yes",
                "entries": [{"day": "2019-12-01", "amount": "90.00"}, {"day": "2020-02-01", "amount": "70.00"}],
            },
        }
    )
    assert not differences(program, [dossier], date(2021, 3, 1).toordinal())
