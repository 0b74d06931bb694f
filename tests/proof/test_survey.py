"""Which changes a case tells, which survive and where they would show; declared equivalents; several processes."""

from __future__ import annotations

import json

import pytest
from heyang_document import CASES, POLICY

from vbprules.cases.suite import suite_of
from vbprules.cli.main import main
from vbprules.mutation.bench import Bench
from vbprules.mutation.survey import CasesFail, survey


def fate(bench, at, after):
    number = next(n for n, change in enumerate(bench.changes) if (change.at, change.after) == (at, after))
    return bench.verdict(number)


@pytest.mark.parametrize(
    ("at", "after", "case"),
    [
        ("low.when.completion.below", "81%", "恰为80%不约谈"),
        ("low.when.completion.below", "at_most", "恰为80%不约谈"),
        ("low.when", "dropped", "恰为80%不约谈"),
        ("low.by", "insurance_fund", "恰为80%不约谈"),
        ("low.cite", "三", "恰为80%不约谈"),
        ("low.hedge", "可", "恰为80%不约谈"),
    ],
)
def test_told(bench, at, after, case):
    b = bench()
    if at == "low.by":
        after = next(change.after for change in b.changes if change.at == "low.by")
    found = fate(b, at, after)
    assert (found.fate, found.case) == ("told", case)


def test_boundary_cases_are_what_tells_bounds_and_figures(bench):
    only_far = CASES.replace("quantity: 800}", "quantity: 900}").replace("values: [799]", "values: [100]")
    b = bench(cases=only_far)
    assert fate(b, "low.when.completion.below", "at_most").fate == "survived"
    assert fate(b, "low.when.completion.below", "79%").fate == "survived"
    b = bench()
    assert fate(b, "low.when.completion.below", "79%").fate == "told"  # 799 of 1000 is not below 79%


def test_a_survivor_shows_where_it_would(bench):
    found = fate(bench(), "advance.amount.exactly", "31%")
    assert found.fate == "survived" and found.shows is None  # no case has an agreement
    more = """\
  - case: 有一份合同
    as_of: 2020-04-10
    use: [hospital]
    facts: {agreements: {complete: yes, entries: [{id: H, signed_on: 2020-02-01, amount: 100.00}]}, prepayments: none}
    expect: {advance@H: {state: open}}
"""
    shows = fate(bench(more), "advance.amount.exactly", "31%").shows
    assert (shows.case, shows.outcome, shows.key) == ("有一份合同", "advance@H", "amount")
    assert (shows.original, shows.changed) == ("30.00", "31.00")


def test_what_the_compiler_refuses(bench):
    policy = POLICY.replace("when: {completion: {below: 80%}}", "when: {set_volume: {below: 80}}")
    b = bench(policy=policy, cases=CASES.replace("set_volume: 1000", "set_volume: 80"))
    refused = [c for n, c in enumerate(b.changes) if c.owner == "advance" and b.verdict(n).fate == "refused"]
    assert all(change.kind == "base" for change in refused)


def test_cases_that_fail_prove_nothing(bench, heyang):
    bench(cases=CASES.replace("values: [799]", "values: [800]"))
    with pytest.raises(CasesFail) as error:
        survey("heyang.yaml", suite_of("heyang.yaml", ["cases.yaml"]))
    assert error.value.names == ("cases.yaml:19 恰为80%不约谈 [800]",)
    assert main(["mutate", "heyang.yaml", "--cases", "cases.yaml"]) == 1


def test_declared_equivalents(bench, heyang, capsys):
    declared = """\
equivalent:
  - {at: pay.due.count, becomes: 11 working days, why: 只为试验}
  - {at: low.when.completion.below, becomes: 81%, why: 其实有案例发现}
"""
    bench(declared)
    assert main(["mutate", "heyang.yaml", "--cases", "cases.yaml", "--json"]) == 1
    [found] = json.loads(capsys.readouterr().out)
    assert [(row["at"], row["becomes"], row["why"]) for row in found["equivalent"]] == [
        ("pay.due.count", "11 working days", "只为试验")
    ]
    assert found["stale"] == [{"at": "low.when.completion.below", "becomes": ["81%"], "line": 23}]
    others = len(found["survivors"]) + found["told"] + found["refused"]
    assert others == len(Bench("heyang.yaml", suite_of("heyang.yaml", ["cases.yaml"])).changes) - 1


def test_the_page_names_place_and_text(bench, heyang, capsys):
    bench()
    assert main(["mutate", "heyang.yaml", "--cases", "cases.yaml", "--at", "pay.due", "--kind", "unit"]) == 1
    out = capsys.readouterr().out
    line = next(n for n, text in enumerate(POLICY.splitlines(), 1) if "count: 10 working days" in text)
    assert f"heyang.yaml:{line}  pay.due.count  单位" in out
    assert "10 working days → 10 days" in out
    assert "核对原文 一“10个工作日内付款”" in out
    assert "要写一个新案例" in out
    assert "0 处改动被案例发现，1 处未被发现" in out


def test_processes_do_not_matter(bench, heyang):
    bench()
    files = suite_of("heyang.yaml", ["cases.yaml"])
    seen = []
    one = survey("heyang.yaml", files, lambda change: change.owner in ("low", "pay", "hospital"))
    two = survey("heyang.yaml", files, jobs=2, progress=lambda done, total: seen.append((done, total)))
    owned = [item for item in two.survivors if item.change.owner in ("low", "pay", "hospital")]
    assert [item.change for item in one.survivors] == [item.change for item in owned]
    assert seen[-1][0] == seen[-1][1] and len(seen) > 10


def test_no_cases(heyang, capsys):
    (heyang / "cases.yaml").unlink()
    (heyang / "empty").mkdir()
    assert main(["mutate", "heyang.yaml", "--cases", "empty"]) == 1
    assert "C190" in capsys.readouterr().err
