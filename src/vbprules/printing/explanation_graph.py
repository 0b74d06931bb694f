"""Explanations as graphs, for Mermaid and for Graphviz: the outcome above, what it rests on beneath.

A step that is told twice is one node. Without ``full`` only the steps that decided are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from vbprules.decision.explanation import Explanation
from vbprules.decision.model import Reason
from vbprules.printing.conditions import SIGNS, Conditions, record_lines
from vbprules.printing.explanation_page import Readings, conditions_of, verdict
from vbprules.printing.page import Lang
from vbprules.printing.subjects import Subjects
from vbprules.printing.terminal import clean

_COLORS: Final = {  # fill and line by truth; the outcome itself stands out by its shape
    "outcome": ("#f6f6f6", "#333333"),
    "yes": ("#e6f4ea", "#1e7e34"),
    "no": ("#fdecea", "#b3261e"),
    "open": ("#e8f0fe", "#1a56c4"),
    "by_reading": ("#f3e8fd", "#7b2fbf"),
}
_WIDTH: Final = 24  # columns of wide characters in a line of a label
# Everything that either the syntax of Mermaid or the Markdown and HTML within its labels could take for markup.
_MARKUP: Final = frozenset('"#&;<>`\\[]{}()|*_~=%:@')


class Node(NamedTuple):
    name: str
    lines: tuple[str, ...]
    truth: str


@dataclass(slots=True)
class Graph:
    """Nodes in the order in which they are told, and edges from what rests to what it rests on."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[tuple[str, str]] = field(default_factory=list)

    def node(self, text: str, truth: str) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, tuple(_lines(text)), truth))
        return name

    def edge(self, above: str, beneath: str) -> None:
        if (above, beneath) not in self.edges:
            self.edges.append((above, beneath))


def explanation_mermaid(
    explanations: Iterable[Explanation],
    lang: Lang = "zh",
    *,
    subjects: Subjects | None = None,
    readings: Readings | None = None,
    full: bool = False,
) -> str:
    """A Mermaid flowchart."""
    graph = graph_of(explanations, lang, subjects, readings, full)
    lines = ["flowchart TD"]
    for node in graph.nodes:
        label = "<br/>".join(_mermaid(line) for line in node.lines)
        lines.append(f'  {node.name}["{label}"]:::{node.truth}')
    lines += [f"  {above} --> {beneath}" for above, beneath in graph.edges]
    for name, (fill, line) in _COLORS.items():
        wide = ",stroke-width:2px" if name == "outcome" else ""
        lines.append(f"  classDef {name} fill:{fill},stroke:{line},color:#111111{wide}")
    return "\n".join(lines) + "\n"


def explanation_dot(
    explanations: Iterable[Explanation],
    lang: Lang = "zh",
    *,
    subjects: Subjects | None = None,
    readings: Readings | None = None,
    full: bool = False,
) -> str:
    """A Graphviz digraph."""
    graph = graph_of(explanations, lang, subjects, readings, full)
    lines = [
        "digraph explanation {",
        "  rankdir=TB;",
        '  node [shape=box, style="filled,rounded", fontname="sans-serif"];',
    ]
    for node in graph.nodes:
        label = "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in node.lines)
        fill, line = _COLORS[node.truth]
        wide = ", penwidth=2" if node.truth == "outcome" else ""
        lines.append(f'  {node.name} [label="{label}", fillcolor="{fill}", color="{line}"{wide}];')
    lines += [f"  {above} -> {beneath};" for above, beneath in graph.edges]
    return "\n".join([*lines, "}"]) + "\n"


def graph_of(
    explanations: Iterable[Explanation], lang: Lang, subjects: Subjects | None, readings: Readings | None, full: bool
) -> Graph:
    """The nodes and edges of some explanations; each outcome is a root."""
    graph = Graph()
    for one in explanations:
        root = graph.node(verdict(one, lang, subjects), "outcome")
        told: dict[Reason, str] = {}
        writer = conditions_of(one, lang, subjects, readings)
        _draw(graph, root, one.tree if full else one.decisive, writer, told)
    return graph


def _draw(graph: Graph, above: str, steps: Sequence[Reason], writer: Conditions, told: dict[Reason, str]) -> None:
    for step in steps:
        name = told.get(step) if step.parts else None
        if name is None:
            root = "" if step.kind == "row" else record_lines(step.records, writer.lang)
            name = graph.node(f"{SIGNS[step.truth][0]} {writer.line(step)}{root}", step.truth)
            told[step] = name
            _draw(graph, name, step.parts if step.kind != "breach" or len(told) < _MOST else (), writer, told)
        graph.edge(above, name)


_MOST: Final = 400  # nodes of one outcome before what other norms rest on is left out


def _lines(text: str) -> Iterable[str]:
    """A label in lines of some length, broken at spaces where there are any."""
    rest = clean(text).replace("\u00a0", " ").strip()
    while rest:
        width = 0
        cut = len(rest)
        for number, character in enumerate(rest):
            width += 2 if ord(character) > 0x2E7F else 1
            if width > 2 * _WIDTH:
                cut = number
                break
        space = rest.rfind(" ", cut // 2, cut)
        cut = space if cut < len(rest) and space > 0 else cut
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()


def _mermaid(text: str) -> str:
    """Text within the quotes of a Mermaid label: what could be markup stands as its number."""
    return "".join(f"#{ord(character)};" if character in _MARKUP else character for character in text)
