"""A strict reader of the two graph languages, as far as explanations use them. Anything else is an error."""

from __future__ import annotations

import re
from typing import NamedTuple

_MERMAID_NODE = re.compile(r'  (n\d+)\["([^"]*)"\]:::(\w+)')
_MERMAID_EDGE = re.compile(r"  (n\d+) --> (n\d+)")
_MERMAID_CLASS = re.compile(r"  classDef (\w+) (?:[a-z-]+:[#\w]+,?)+")
_LABEL = re.compile(r"(?:<br/>|#\d+;|[^\"#&;<>`\\\[\]{}()|*_~=%:@\n\r])*")
_DOT_NODE = re.compile(
    r'  (n\d+) \[label="((?:[^"\\\n]|\\["\\n])*)", fillcolor="(#\w{6})", color="#\w{6}"(?:, penwidth=2)?\];'
)
_DOT_EDGE = re.compile(r"  (n\d+) -> (n\d+);")
_DOT_HEAD = [
    "digraph explanation {",
    "  rankdir=TB;",
    '  node [shape=box, style="filled,rounded", fontname="sans-serif"];',
]


class Read(NamedTuple):
    labels: dict[str, str]  # by node, lines joined by a line break
    kinds: dict[str, str]
    edges: list[tuple[str, str]]


def read_mermaid(text: str) -> Read:
    lines = text.split("\n")
    assert lines[0] == "flowchart TD" and lines[-1] == ""
    found, classes = Read({}, {}, []), set()
    for line in lines[1:-1]:
        if node := _MERMAID_NODE.fullmatch(line):
            assert _LABEL.fullmatch(node[2]), line
            assert node[1] not in found.labels
            broken = node[2].replace("<br/>", "\n")
            found.labels[node[1]] = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), broken)
            found.kinds[node[1]] = node[3]
        elif edge := _MERMAID_EDGE.fullmatch(line):
            found.edges.append((edge[1], edge[2]))
        elif named := _MERMAID_CLASS.fullmatch(line):
            classes.add(named[1])
        else:
            raise AssertionError(line)
    assert set(found.kinds.values()) <= classes
    return _checked(found)


def read_dot(text: str) -> Read:
    lines = text.split("\n")
    assert lines[:3] == _DOT_HEAD and lines[-2:] == ["}", ""]
    found = Read({}, {}, [])
    for line in lines[3:-2]:
        if node := _DOT_NODE.fullmatch(line):
            assert node[1] not in found.labels
            found.labels[node[1]] = re.sub(r'\\(["\\n])', lambda code: "\n" if code[1] == "n" else code[1], node[2])
            found.kinds[node[1]] = node[3]
        elif edge := _DOT_EDGE.fullmatch(line):
            found.edges.append((edge[1], edge[2]))
        else:
            raise AssertionError(line)
    return _checked(found)


def _checked(found: Read) -> Read:
    """Every edge joins nodes that exist, once; nothing rests on itself; every node but the roots rests under one."""
    assert len(set(found.edges)) == len(found.edges)
    assert {name for edge in found.edges for name in edge} <= set(found.labels)
    assert all(above != beneath for above, beneath in found.edges)
    return found


def roots(found: Read) -> list[str]:
    beneath = {name for _, name in found.edges}
    return [name for name in found.labels if name not in beneath]
