"""What cases assert besides single outcomes: that it holds, that anything else is told, in Chinese words as in English.

A receipt accepted 2020-03-02 is due on 2020-04-01 (30 days from the next day); paid 2020-05-20, 49 days late. Warned on
Friday 2020-04-17; its tenth working day is 2020-04-30: 20 to 24, Sunday 26 (worked), 27 to 30 April.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from vbprules.cases.checks import load_case_file
from vbprules.cases.compare import run_case
from vbprules.cases.report import failure_text, summary
from vbprules.cases.values import Mismatch
from vbprules.cli.main import main
from vbprules.diagnostics import InputError

DOCS = (Path(__file__).parents[2] / "docs" / "language.zh.md").read_text("utf-8")
(POLICY,) = (text for text in re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL) if text.startswith("language: 1"))
HEAD = """\
policy: ./sample_2020.yaml
fixtures:
  bill:
    institution: {kind: hospital, ownership: public}
    receipts: {complete: yes, entries: [{id: R7, accepted_on: 2020-03-02, amount: 1000.00}]}
    payments: {complete_through: 2020-05-31, entries: [{receipt: R7, day: 2020-05-20, amount: 1000.00}]}
    acts: {complete_through: 2020-05-31, entries: [{of: late_warning, subject: R7, day: 2020-04-17, by: insurance_agency}]}
    performances: none
cases:
  - case: 一笔迟付
    as_of: 2020-05-31
    use: [bill]
    readings: {first_day: next}
"""
# Of each block: lines that hold, and in them what to put for what so that they do not, with the mismatch that tells it.
TIMELINE = """\
    timeline:
      from: 2020-04-01
      changes:
        pay_supplier@R7:
          - {day: 2020-04-01, state: open}
          - {day: 2020-04-02, state: breached_unperformed, cause: 期限 2020-04-01 已过, clause: 二(一)}
          - {day: 2020-05-20, state: breached_met_late}
        hold@R7:
          - {day: 2020-04-17, from: 2020-05-01}
          - {day: 2020-04-30, state: due_later}
          - {day: 2020-05-01, state: due}
          - {day: 2020-05-20, state: no_longer_due}
"""
EXPLAIN = """\
    explain:
      pay_supplier@R7:
        decided_by:
          - {says: 付清日, value: 2020-05-20, threshold: 2020-04-01, margin: 49, truth: no}
        missing: none
"""
WHAT_IF = """\
    what_if:
      set: {payments.0.day: 2020-04-01}
      changes:
        pay_supplier@R7: {state: [breached_met_late, met], done: [2020-05-20, 2020-04-01, -49 days]}
        hold@R7: {state: [no_longer_due, not_triggered], from: [2020-05-01, absent]}
        low_completion: unchanged
      only: yes
      corrections: 1
"""


def write(folder: Path, text: str) -> Path:
    (folder / "sample_2020.yaml").write_text(POLICY, "utf-8")
    path = folder / "例.yaml"
    path.write_text(HEAD + text, "utf-8")
    return path


def mismatches(folder: Path, text: str) -> list[Mismatch]:
    (case,) = load_case_file(write(folder, text)).cases
    return run_case(case)[1]


def told(found: list[Mismatch]) -> list[tuple[str, str, str, str, str]]:
    return [(item.outcome, item.about, item.key, item.expected, item.actual) for item in found]


@pytest.mark.parametrize("text", [TIMELINE, EXPLAIN, WHAT_IF, TIMELINE + EXPLAIN + WHAT_IF])
def test_what_holds(text: str, tmp_path: Path) -> None:
    assert mismatches(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        (TIMELINE, "04-01, state: open", "04-01, state: met", ("pay_supplier@R7", "2020-04-01", "state", "met", "open")),
        (TIMELINE, "breached_unperformed", "breached_unrecorded", ("pay_supplier@R7", "2020-04-02", "state", "breached_unrecorded", "breached_unperformed")),
        (TIMELINE, "二(一)}", "二(二)}", ("pay_supplier@R7", "2020-04-02", "clause", "二(二)", "二(一)")),
        (TIMELINE, "期限 2020-04-01", "期限 2020-04-02", ("pay_supplier@R7", "2020-04-02", "cause", "期限 2020-04-02 已过", "期限 2020-04-01 已过 | the deadline 2020-04-01 has passed")),
        (TIMELINE, "          - {day: 2020-05-20, state: breached_met_late}\n", "", ("pay_supplier@R7", "2020-05-20", "state", "no change", "breached_met_late")),
        (TIMELINE, "05-01, state: due}", "05-02, state: due}", ("hold@R7", "2020-05-01", "state", "no change", "due")),
        (TIMELINE, "from: 2020-05-01", "from: 2020-05-02", ("hold@R7", "2020-04-17", "from", "2020-05-02", "2020-05-01")),
        (TIMELINE, "hold@R7", "hold@R8", ("hold@R8", "", "", "an outcome", "absent")),
        (EXPLAIN, "付清日", "付请日", ("pay_supplier@R7", "", "decided_by", "付请日", "")),
        (EXPLAIN, "value: 2020-05-20", "value: 2020-05-21", ("pay_supplier@R7", "付清日", "value", "2020-05-21", "2020-05-20")),
        (EXPLAIN, "threshold: 2020-04-01", "threshold: {first_day=next: 2020-04-02}", ("pay_supplier@R7", "付清日", "threshold (first_day=next)", "2020-04-02", "2020-04-01")),
        (EXPLAIN, "margin: 49", "margin: 48", ("pay_supplier@R7", "付清日", "margin", "48", "49")),
        (EXPLAIN, "truth: no", "truth: yes", ("pay_supplier@R7", "付清日", "truth", "yes", "no")),
        (EXPLAIN, "missing: none", "missing: [list payments]", ("pay_supplier@R7", "", "missing", "list payments", "none")),
        (EXPLAIN, "pay_supplier@R7", "pay_supplier@R8", ("pay_supplier@R8", "", "", "an outcome", "absent")),
        (WHAT_IF, "[breached_met_late, met]", "[met, met]", ("pay_supplier@R7", "before", "state", "met", "breached_met_late")),
        (WHAT_IF, "[breached_met_late, met]", "[breached_met_late, open]", ("pay_supplier@R7", "after", "state", "open", "met")),
        (WHAT_IF, "-49 days", "-48 days", ("pay_supplier@R7", "difference", "done", "-48 days", "-49 days")),
        (WHAT_IF, "[2020-05-01, absent]", "[2020-05-01, 2020-05-01]", ("hold@R7", "after", "from", "2020-05-01", "absent")),
        (WHAT_IF, "corrections: 1", "corrections: 0", ("corrections", "", "", "0", "1 changed payments payment1.day")),
        (WHAT_IF, "        hold@R7: {state: [no_longer_due, not_triggered], from: [2020-05-01, absent]}\n", "", ("hold@R7", "", "", "unchanged", "")),
        (WHAT_IF, "low_completion: unchanged", "low_completion: appeared", ("low_completion", "", "", "appeared", "unchanged")),
        (WHAT_IF, "low_completion: unchanged", "serious_notice: {state: [trigger_unknown, due]}", ("serious_notice", "", "", "a change", "unchanged")),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told(text: str, old: str, new: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    assert old in text
    first = told(mismatches(tmp_path, text.replace(old, new, 1)))[0]
    assert first[:2] == expected[:2] or (first[0] == expected[0] and expected[1] in first[1])
    assert first[2:4] == expected[2:4] and (first[4] == expected[4] or not expected[4])


CHINESE = """\
    时间线:
      自: 2020-04-01
      到: 2020-05-31
      变化:
        pay_supplier@R7:
          - {日: 2020年4月2日, 状态: 逾期未履行, 起因: 期限 2020-04-01 已过, 条款: 二(一)}
          - {日: 2020-05-20, 状态: 逾期后履行}
        late_warning@R7: [{日: 2020-04-02, 状态: 应作出}, {日: 2020-04-17, 状态: 执行中}, {日: 2020-05-20, 状态: 条件现未成立}]
    解释:
      pay_supplier@R7: {取决于: [{写明: 付清日, 数值: 2020-05-20, 界限: 2020-04-01, 差额: 49, 真假: 否}], 尚缺: 无}
    假设:
      - 改动: {付款.0.日期: 2020-04-01}
        变化: {pay_supplier@R7: {状态: [逾期后履行, 已履行]}, hold@R7: {自: [2020-05-01, 没有]}, low_completion: 不变}
        仅此: 是
        更正项: 1
      - {解读: {first_day: same}, 变化: {pay_supplier@R7: {期限: [2020-04-01, 2020-03-31, -1 day]}}}
      - {截止日: 2020-06-01, 变化: {pay_supplier@R7: 不变}}
"""


def test_the_same_in_chinese_words(tmp_path: Path) -> None:
    assert mismatches(tmp_path, CHINESE) == []


def test_a_failing_case_prints_the_lines_that_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrong = TIMELINE.replace("05-01, state: due}", "05-02, state: due}") + WHAT_IF.replace("met]", "open]")
    (case,) = load_case_file(write(tmp_path, wrong)).cases
    found = run_case(case)[1]
    lines = [line.rstrip() for line in failure_text(case, found, columns=100).splitlines()]
    assert lines == [
        "✗ 例.yaml:10  一笔迟付",
        "  时间线  hold@R7",
        "    例.yaml:21  2020-05-01 state  应为 no change（没有变化）     实为 due（应作出，尚未作出）",
        "    例.yaml:24  2020-05-02 state  应为 due（应作出，尚未作出）   实为 no change（没有变化）",
        "    条款  二(一)“预警后10个工作日内仍未付清的”",
        "  假设  pay_supplier@R7",
        "    例.yaml:29  后 state  应为 open（待履行）   实为 met（已履行）",
        "    条款  二(一)“自验收合格之日起30天内”",
    ]
    assert "no change" in failure_text(case, found, "en") and "after state" in failure_text(case, found, "en")
    assert summary(found) == "timeline hold@R7 2020-05-01 state (+2): no change ≠ due"


def test_the_command_and_pytest_run_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], pytester: pytest.Pytester
) -> None:
    path = write(tmp_path, TIMELINE + EXPLAIN.replace("truth: no", "truth: yes"))
    assert main(["test", str(path)]) == 1
    out = capsys.readouterr().out
    assert "解释  pay_supplier@R7" in out and "1 个案例：0 个相符，1 个不符" in out
    folder = pytester.mkdir("cases")
    write(folder, TIMELINE + EXPLAIN + WHAT_IF)
    result = pytester.runpytest("-p", "no:cacheprovider", "cases/例.yaml::一笔迟付")
    result.assert_outcomes(passed=1)


def test_the_second_engine_is_asked_where_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    original = __import__("vbprules.evaluation", fromlist=["second_opinion"]).second_opinion
    monkeypatch.setattr("vbprules.evaluation.second_opinion", lambda *args: asked.append(True) or original(*args))
    (case,) = load_case_file(write(tmp_path, EXPLAIN + WHAT_IF)).cases
    assert run_case(case, check=False)[1] == [] and asked == []
    assert run_case(case, check=True)[1] == [] and len(asked) == 3  # one explained, two compared


# Calendars


LOCAL = """\
calendar: city_2020
title: 某市的日子
days: [{name: 停工, from: 2020-04-20, through: 2020-04-24, works: no, source: 某市通告}]
"""


@pytest.mark.parametrize(
    ("calendar", "first"), [("original", "2020-05-01"), ("latest", "2020-05-01"), ("地方.yaml", "2020-05-12")]
)
def test_a_case_pins_its_calendar(calendar: str, first: str, tmp_path: Path) -> None:
    """With 20 to 24 April off: 26 to 30 April are five; 6, 7, 8, 9 (a worked Saturday) and 11 May the other five."""
    (tmp_path / "地方.yaml").write_text(LOCAL, "utf-8")
    expect = f"    expect: {{hold@R7: {{from: {first}}}}}\n"
    change = f"    timeline: {{from: 2020-04-25, changes: {{hold@R7: [{{day: {first}, state: due}}, {{day: 2020-05-20, state: no_longer_due}}]}}}}\n"
    found = mismatches(tmp_path, f"    calendar: {calendar}\n" + expect + change)
    assert [item for item in found if item.actual != "due_later"] == []


def test_slips_of_a_local_calendar_are_told_in_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "地方.yaml").write_text(LOCAL.replace("through: 2020-04-24", "through: 2020-04-19"), "utf-8")
    with pytest.raises(InputError) as error:
        load_case_file(write(tmp_path, "    calendar: 地方.yaml\n    must_not: [x]\n"))
    assert [Path(item.file).name for item in error.value.findings] == ["地方.yaml"]


# Several documents


def document(name: str, body: str, issued: str, more: str = "") -> str:
    return f"""\
language: 1
policy: {name}
document:
  title: {name}
  en: {name}
  number: {name}
  issued: {issued}
  issuer: 某局
  region: 某市
  rank: city
  in_force: {{from: issued, until: silent}}
  conventions: {{first_day: next_day}}
{more}clauses:
  - {{no: 一, starts: 一、付款, text: 付款, en: payment}}
provisions:
{body}"""


OLD = """\
  pay: {obligation: 付款, en: Pay, cite: 一“三十日内”, by: institution, toward: supplier, for_each: receipt, matter: payment_of_goods,
      due: {count: 30 days, after: accepted_on}, done: settled_on}
  advance: {entitlement: 预付, en: Advance, cite: 一“预付三成”, by: insurance_fund, toward: institution, matter: prepayment, amount: {exactly: 300.00 yuan}, silent: [due]}
"""
NEW = """\
  pay: {obligation: 付款, en: Pay, cite: 一“六十日内”, by: institution, toward: supplier, for_each: receipt, matter: payment_of_goods,
      due: {count: 60 days, after: accepted_on}, done: settled_on}
  choose: {permission: 选择, en: Choose, cite: 一“自主选择”, by: institution, toward: supplier, matter: distributor_choice}
"""
TOGETHER = """\
policy: ./old_plan.yaml
cases:
  - case: 新旧两份，各有付款期限
    as_of: 2020-06-01
    facts:
      institution: {kind: hospital, ownership: public}
      receipts: {complete: yes, entries: [{id: R1, accepted_on: 2020-03-02, amount: 1000.00}]}
      payments: none
      acts: none
      performances: none
    together:
      with: ./new_plan.yaml
      precedence: [{ranking: ranked, prevails: new_plan, claims: [{policy: new_plan, relation: displaces, applies: yes, clause: 一}]}]
      overlaps: [{sides: {old_plan: pay@R1, new_plan: pay@R1}, matter: payment_of_goods, unlike: none, compared: {due: different}, silent: [amount]}]
      conflicts: [{sides: {new_plan: pay@R1, old_plan: pay@R1}, clash: figures, attribute: due, values: {old_plan: 2020-04-01, new_plan: 2020-05-01}, standing: settled}]
      gaps: [{matter: prepayment, sets: {old_plan: advance}, silent: new_plan}, {matter: distributor_choice, sets: {new_plan: choose}, silent: old_plan}]
      silent: [agreed_volume, payment_standard]
      expect:
        old_plan:pay@R1: {state: breached_unperformed, due: 2020-04-01}
        new_plan:pay@R1: {state: breached_unperformed, due: 2020-05-01}
        new_plan:nothing@R1: absent
"""


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[Path]:
    claim = "  precedence: [{displaces: 此前的规定, en: earlier rules, cite: 一“以本方案为准”, rank: city, dated: earlier}]\n"
    (tmp_path / "old_plan.yaml").write_text(document("old_plan", OLD, "2019-01-01"), "utf-8")
    (tmp_path / "new_plan.yaml").write_text(document("new_plan", NEW, "2020-01-01", claim), "utf-8")
    yield tmp_path / "并列.yaml"


def joint(path: Path, text: str) -> list[tuple[str, str, str, str, str]]:
    path.write_text(text, "utf-8")
    (case,) = load_case_file(path).cases
    return told(run_case(case)[1])


def test_two_documents_side_by_side(plans: Path) -> None:
    assert joint(plans, TOGETHER.replace("        new_plan:nothing@R1: absent\n", "")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ranking: ranked", "ranking: unranked", ("precedence", "ranking", "unranked", "ranked")),
        ("prevails: new_plan", "prevails: old_plan", ("precedence", "prevails", "old_plan", "new_plan")),
        ("applies: yes", "applies: no", ("precedence", "applies", "no", "yes")),
        ("relation: displaces", "relation: yields_to", ("precedence", "relation", "yields_to", "displaces")),
        ("unlike: none", "unlike: bearer", ("overlaps", "unlike", "bearer", "none")),
        ("compared: {due: different}", "compared: {due: same}", ("overlaps", "due", "same", "different")),
        ("silent: [amount]", "silent: [due]", ("overlaps", "silent", "due", "")),
        ("clash: figures", "clash: days", ("conflicts", "clash", "days", "figures")),
        ("old_plan: 2020-04-01", "old_plan: 2020-04-02", ("conflicts", "old_plan", "2020-04-02", "2020-04-01")),
        ("conflicts: [", "conflicts: [] #", ("conflicts", "", "none", "")),
        ("sets: {old_plan: advance}", "sets: {new_plan: pay}", ("gaps", "reason", "", "")),
        ("silent: [agreed_volume", "silent: [prepayment", ("silent", "prepayment", "none", "old_plan:advance")),
        ("due: 2020-05-01}", "due: 2020-05-02}", ("pay@R1", "due", "2020-05-02", "2020-05-01")),
    ],
)  # fmt: skip
def test_what_does_not_hold_between_documents_is_told(
    old: str, new: str, expected: tuple[str, str, str, str], plans: Path
) -> None:
    text = TOGETHER.replace("        new_plan:nothing@R1: absent\n", "")
    assert old in text
    (first, *_) = joint(plans, text.replace(old, new, 1))
    assert (first[0], first[2]) == expected[:2]
    assert all(not wanted or wanted == came for wanted, came in zip(expected[2:], first[3:], strict=True))
