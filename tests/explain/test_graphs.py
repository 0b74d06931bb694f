"""Graphs read back: what a strict reader finds is what the explanation says, whatever stands in the texts."""

from __future__ import annotations

from graph_checker import read_dot, read_mermaid, roots
from hypothesis import given
from hypothesis import strategies as st
from inline import policy

import vbprules
from vbprules.decision.explanation import Explanation
from vbprules.printing.explanation_graph import explanation_dot, explanation_mermaid
from vbprules.printing.explanation_page import verdict
from vbprules.reading.characters import suspect_in

HOSTILE = 'a "b" [c] {d} (e) <f> #g; &h \\ `i` |j| *k* _l_ ~m~ 50% "); DROP -- %% end'
BODY = """
provisions:
  odd:
    sanction: TITLE
    en: TITLE
    cite: C
    by: insurance_agency
    toward: institution
    for_each: target
    when: {set_volume: {at_least: 1000 units}}
    once: yes
    silent: [from]
"""
FACTS = "institution: {name: 甲, kind: hospital}\ndrugs: [{id: A}]\ntargets: {complete: yes, entries: [{drug: A, period: 2020Q1, set_volume: 2000}]}\nacts: none\n"


def hostile(title: str) -> Explanation:
    body = BODY.replace("TITLE", '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"')
    return vbprules.explain(policy(body), FACTS, "odd", "2020-07-15", check=False)


def flat(text: str) -> str:
    return "".join(text.replace("\u00a0", " ").split())


def test_hostile_words_come_back_unharmed():
    found = hostile(HOSTILE)
    for read, draw in ((read_mermaid, explanation_mermaid), (read_dot, explanation_dot)):
        for full in (False, True):
            graph = read(draw([found], "en", full=full))
            assert roots(graph) == ["n0"]
            assert flat(graph.labels["n0"]) == flat(verdict(found, "en"))
            assert HOSTILE.replace(" ", "") in flat(graph.labels["n0"])


_TITLES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(_TITLES.filter(lambda title: suspect_in(title) is None))  # an invisible character is refused
def test_any_title(title):
    found = hostile(title)
    for read, draw in ((read_mermaid, explanation_mermaid), (read_dot, explanation_dot)):
        assert flat(read(draw([found])).labels["n0"]) == flat(verdict(found))


def test_the_short_graph_has_the_steps_that_decided_and_the_full_one_every_step():
    found = hostile("甲")
    short, full = read_mermaid(explanation_mermaid([found])), read_mermaid(explanation_mermaid([found], full=True))
    assert [flat(label) for label in short.labels.values()][1:] == ["✓设置量不低于1,000：2,000（多1,000）（档案第3行）"]
    assert short.edges == [("n0", "n1")]
    texts = [flat(label) for label in full.labels.values()]
    assert texts[1:3] == ["✓适用", "✓在文件有效期内"]
    assert full.kinds["n0"] == "outcome" and set(full.kinds.values()) == {"outcome", "yes", "no"}


def test_several_outcomes_are_several_roots():
    found = hostile("甲")
    assert len(roots(read_dot(explanation_dot([found, found])))) == 2
