"""Timelines: at every day the state of a fresh evaluation; each change on its day, with its cause and clause."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples
from strategies import settings_of

from vbprules import InputError, evaluate, read_local_calendar, timeline
from vbprules.calendar import chosen_calendar
from vbprules.catalog import load
from vbprules.cli.main import main
from vbprules.decision.shown import show
from vbprules.engine.outcomes import Judge
from vbprules.facts.dossier import read_dossier
from vbprules.facts.rows import Dossier
from vbprules.law import build_case
from vbprules.program.ir import Program
from vbprules.timelines.run import same, turns

EXAMPLES = Path(__file__).parents[2] / "examples"
GUIZHOU = EXAMPLES / "guizhou_city_hospital.yaml"
BILL = {
    "institution": {"name": "甲医院", "kind": "hospital", "ownership": "public", "designated": "yes", "joined": "yes"},
    "products": {"complete": "yes", "entries": [{"id": "AS", "drug": "A", "class": "selected", "selected": "yes"}]},
    "agreements": {
        "complete": "yes",
        "entries": [{"id": "HT", "signed_on": "2019-12-10", "start": "2019-12-30", "payment_days": "30", "payment_from": "acceptance"}],
    },
    "receipts": {
        "complete": "yes",
        "entries": [{"id": "R7", "agreement": "HT", "product": "AS", "accepted_on": "2019-12-16", "amount": "1000.00"}],
    },
    "payments": {"complete_through": "2020-03-10", "entries": [{"receipt": "R7", "day": "2020-02-20", "amount": "1000.00"}]},
    "acts": {
        "complete_through": "2020-03-10",
        "entries": [{"of": "late_warning", "subject": "R7", "day": "2020-01-17", "by": "insurance_agency"}],
    },
}  # fmt: skip


def disagreements(
    program: Program, dossier: Dossier, first: date, days: int, step: int = 1, calendar: str | None = None
) -> list[str]:
    """Days and answers on which the timeline says something else than an evaluation as of that day."""
    begin, end = first.toordinal(), first.toordinal() + days

    chosen = chosen_calendar(version=calendar)

    def case_on(day: int):
        return build_case(program, dossier, day, {}, calendar=chosen.seen_on(day).work)

    found, known = [], {}
    waiting = list(turns(case_on, begin, end, chosen))
    for day in range(begin, end + 1):
        while waiting and waiting[0].day <= day:
            turn = waiting.pop(0)
            known[turn.after.key] = turn.after
        if (day - begin) % step:
            continue
        for judged in Judge(case_on(day)).all():
            if judged.key not in known or not same(known[judged.key], judged):
                found.append(f"{date.fromordinal(day)} {judged.key}")
    return found


@examples(40)
@given(settings_of(), st.sampled_from([None, "original", "latest", "2020-extended"]))
def test_at_every_day_it_is_what_an_evaluation_gives(setting, calendar) -> None:
    """The law of time: state at D = state at the last day ≤ D on which something could change, by any calendar."""
    policy, world, as_of = setting
    first = date.fromisoformat(as_of) - timedelta(days=40)
    assert disagreements(policy.program(), read_dossier(world), first, 80, calendar=calendar) == []


@pytest.mark.parametrize(
    ("policy", "dossier", "first", "days"),
    [
        ("guizhou_2019", "guizhou_city_hospital", "2019-12-20", 60),
        ("xian_2019", "xian_public_hospital", "2019-02-10", 120),
        ("yunnan_2020", "yunnan_county_hospital", "2020-04-01", 120),
        ("hechuan_2025", "hechuan_district_hospital", "2025-08-01", 90),
        ("chongqing_2019", "chongqing_district_hospital", "2019-03-10", 120),
    ],
)
def test_the_shipped_examples(policy: str, dossier: str, first: str, days: int) -> None:
    facts = read_dossier(EXAMPLES / f"{dossier}.yaml")
    assert disagreements(load(policy), facts, date.fromisoformat(first), days, step=3) == []


def test_it_jumps_over_time_in_which_nothing_can_change() -> None:
    """Years without a fact are passed in steps of periods, not of days."""
    seen = []
    program, dossier = load("guizhou_2019"), read_dossier({"institution": {"kind": "hospital"}})

    def case_on(day: int):
        seen.append(day)
        return build_case(program, dossier, day, {})

    list(turns(case_on, date(2021, 2, 1).toordinal(), date(2025, 12, 31).toordinal(), chosen_calendar()))
    assert len(seen) < 200  # of 1,795 days


def states(found, outcome: str) -> list[tuple[str, str | None]]:
    return [(event.day, event.state.after) for event in found.events if event.outcome == outcome and event.state]


def test_a_late_payment_from_warning_to_release() -> None:
    """五(三): accepted 12-16, due 01-15; warned 01-17; the tenth working day is 02-07, after the longer holiday; paid 02-20."""
    found = timeline("guizhou_2019", BILL, "2019-12-20", "2020-03-01", readings={"first_day": "next"})
    assert states(found, "pay_supplier@R7") == [
        ("2020-01-16", "breached_unperformed"),
        ("2020-02-20", "breached_met_late"),
    ]
    assert states(found, "late_warning@R7") == [("2020-01-16", "due"), ("2020-01-17", "in_force")]
    held = states(found, "hold_disbursement@R7")
    assert held[-2:] == [("2020-02-08", "due"), ("2020-02-20", "no_longer_due")]
    by_day = {event.day: event for event in found.events if event.outcome == "hold_disbursement@R7"}
    assert [cause.zh for cause in by_day["2020-02-08"].causes] == ["到起始日 2020-02-08"]
    assert "付款" in by_day["2020-02-20"].causes[0].zh
    assert {cited.clause for cited in by_day["2020-02-08"].clauses} == {"五(三)"}


def test_the_calendar_of_the_day_is_the_one_published_by_then() -> None:
    """Before 2020-01-27 the tenth working day after 01-17 was 02-05; the longer Spring Festival made it 02-07."""
    found = timeline("guizhou_2019", BILL, "2020-01-17", "2020-01-31", readings={"first_day": "next"})
    [event] = [e for e in found.events if e.outcome == "hold_disbursement@R7" and e.day == "2020-01-27"]
    shift = next(item for item in event.shifts if item.key == "from")
    assert (shift.before, shift.after) == ("2020-02-06", "2020-02-08")
    assert "国办发明电〔2020〕1号" in event.causes[0].zh


def test_a_deadline_has_passed_on_the_day_after_it() -> None:
    found = timeline("guizhou_2019", BILL, "2019-12-20", "2020-01-20", readings={"first_day": "next"})
    [event] = [e for e in found.events if e.outcome == "pay_supplier@R7"]
    assert (event.day, event.causes[0].zh, event.causes[0].en) == (
        "2020-01-16",
        "期限 2020-01-15 已过",
        "the deadline 2020-01-15 has passed",
    )


def test_what_a_list_states_ends() -> None:
    """After the last day through which payments are complete, nobody knows."""
    unpaid = {**BILL, "payments": {"complete_through": "2020-01-10", "entries": []}}
    found = timeline("guizhou_2019", unpaid, "2020-01-05", "2020-01-31", readings={"first_day": "next"})
    assert states(found, "pay_supplier@R7") == [("2020-01-11", "open_unrecorded"), ("2020-01-16", "timeliness_unknown")]
    first = next(event for event in found.events if event.outcome == "pay_supplier@R7")
    assert "付款的记录只完整到 2020-01-10" in [cause.zh for cause in first.causes]


def test_the_opening_day_and_the_receipt() -> None:
    found = timeline("guizhou_2019", BILL, date(2020, 1, 16), date(2020, 1, 16))
    assert found.events == () and found.opening["late_warning@R7"] == "due"
    assert (found.first, found.policy_sha256) == ("2020-01-16", load("guizhou_2019").policy.digest)
    assert found.to_json() == timeline("guizhou_2019", BILL, "2020-01-16", "2020-01-16").to_json()


@pytest.mark.parametrize(("first", "last"), [("2020-02-30", "2020-03-01"), ("2020-03-01", "2020-02-01")])
def test_days_that_cannot_be(first: str, last: str) -> None:
    with pytest.raises(InputError) as error:
        timeline("guizhou_2019", BILL, first, last)
    assert error.value.findings[0].code == "E112"


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    span = ("--from", "2020-01-10", "--to", "2020-02-10")
    assert main(["timeline", "guizhou_2019", str(GUIZHOU), *span, "--only", "hold_disbursement@R2"]) == 0
    out = capsys.readouterr().out
    assert "── 2020-02-08 ─" in out and "自次日起算：是否触发未定；当日计入：应作出，尚未作出 → 应作出，尚未作出" in out
    assert "因 工作日安排公布：国办发明电〔2020〕1号" in out and "五(三)" in out
    few = ("--from", "2020-02-05", "--to", "2020-02-09")
    assert main(["timeline", "guizhou_2019", str(GUIZHOU), *few, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert "2020-02-08" in {event["day"] for event in data["events"]} <= {f"2020-02-0{d}" for d in range(6, 10)}
    assert main(["timeline", "guizhou_2019", str(GUIZHOU), *few, "--only", "hold_disbursment", "--lang", "en"]) == 1
    assert "hold_disbursement" in capsys.readouterr().err
    due = ("--from", "2020-01-15", "--to", "2020-01-17")
    assert main(["timeline", "guizhou_2019", str(GUIZHOU), *due, "--all", "--lang", "en"]) == 0
    assert "because the deadline" in capsys.readouterr().out


LOCAL = {
    "calendar": "city_2020",
    "title": "某市推迟开工",
    "days": [
        {"name": "推迟开工", "from": "2020-02-03", "through": "2020-02-07", "works": "no", "source": "某市通告", "published": "2020-02-01"}
    ],
}  # fmt: skip


def pinned(calendar, first: str = "2020-01-17", last: str = "2020-02-28"):
    return timeline("guizhou_2019", BILL, first, last, readings={"first_day": "next"}, calendar=calendar)


def test_a_pinned_calendar_counts_on_every_day_and_no_notice_is_a_cause() -> None:
    """Ten working days after 01-17 end on 02-05 by the first version of 2020, on 02-07 by the longer holiday."""
    for name, end, held in (("original", "2020-02-06", "2020-02-06"), ("latest", "2020-02-08", "2020-02-08")):
        found = pinned(name)
        assert ("2020-02-20", "no_longer_due") in states(found, "hold_disbursement@R7")
        assert (held, "due") in states(found, "hold_disbursement@R7")
        froms = [
            s.after for e in found.events if e.outcome == "hold_disbursement@R7" for s in e.shifts if s.key == "from"
        ]
        assert set(froms) <= {end} and list(found.calendars) == ["2020-01-17"]
        assert found.calendars["2020-01-17"].endswith(f"({name})")
        assert not [c for e in found.events for c in e.causes if "公布" in c.zh]


def test_the_calendars_by_the_day_from_which_they_count() -> None:
    found = pinned(None)
    assert found.calendars == {
        "2020-01-17": "cn-2026.1+2019-mayday",
        "2020-01-27": "cn-2026.1+2019-mayday+2020-extended",
    }


def test_local_days_count_from_their_publication_and_are_a_cause() -> None:
    """02-03 to 02-07 are off: seven working days 01-19 … 01-23 and 02-10 …, the tenth is 02-14."""
    found = pinned(read_local_calendar(LOCAL))
    [event] = [e for e in found.events if e.outcome == "hold_disbursement@R7" and e.day == "2020-02-01"]
    shift = next(item for item in event.shifts if item.key == "from")
    assert (shift.before, shift.after) == ("2020-02-08", "2020-02-15")
    assert [cause.zh for cause in event.causes] == ["地方的日子公布：推迟开工"]
    assert list(found.calendars) == ["2020-01-17", "2020-01-27", "2020-02-01"]
    assert ("2020-02-15", "due") in states(found, "hold_disbursement@R7")


@pytest.mark.parametrize("calendar", [None, "original", "latest", "2019-mayday", "local"])
def test_its_state_on_a_day_is_that_of_an_evaluation_with_the_same_calendar(calendar) -> None:
    """Every day of six weeks around the notice: the state that the timeline has reached, and the receipt's calendar."""
    chosen = read_local_calendar(LOCAL) if calendar == "local" else calendar
    first = date(2020, 1, 17)
    found = timeline("guizhou_2019", BILL, first, first + timedelta(days=42), calendar=chosen)
    known, used, waiting = dict(found.opening), "", list(found.events)
    for number in range(43):
        day = first + timedelta(days=number)
        while waiting and waiting[0].day <= day.isoformat():
            event = waiting.pop(0)
            if event.state is not None:
                known[event.outcome] = event.state.after
        used = found.calendars.get(day.isoformat(), used)
        stated = {"complete_through": min("2020-03-10", day.isoformat())}  # no list is complete beyond the day
        facts = {**BILL, "payments": {**BILL["payments"], **stated}, "acts": {**BILL["acts"], **stated}}
        decision = evaluate("guizhou_2019", facts, day, calendar=chosen, check=False, explain=False)
        told = {item.id: show(item.state) for item in decision.outcomes}
        told |= {item.id: "not_applicable" for item in decision.not_applicable}
        assert {key: value for key, value in known.items() if value != told.get(key)} == {}
        assert set(told) == set(known) and decision.receipt.calendar == used


def test_an_unknown_calendar_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError) as error:
        pinned("orginal")
    assert [finding.code for finding in error.value.findings] == ["K101"]
    span = ("--from", "2020-01-10", "--to", "2020-02-10", "--only", "hold_disbursement@R2")
    assert main(["timeline", "guizhou_2019", str(GUIZHOU), *span, "--calendar", "original"]) == 0
    out = capsys.readouterr().out
    assert "工作日安排：cn-2026.1 (original)" in out and "自次日起算：2020-02-06" not in out
    assert "── 2020-02-06 ─" in out and "── 2020-02-08 ─" not in out
    assert main(["timeline", "guizhou_2019", str(GUIZHOU), *span, "--calendar", "orginal"]) == 1
    assert "K101" in capsys.readouterr().err
