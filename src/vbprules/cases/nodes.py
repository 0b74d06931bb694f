"""Names of cases as test ids that can be pasted back: each selects its own case and no other.

pytest splits an id at ``::`` and takes what follows the first ``[`` for a parameter. Names are otherwise kept as they
are; the same file always gives the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vbprules.diagnostics.place import shown

_UNNAMED = "（无名 unnamed）"


def node_names(names: Iterable[str]) -> Iterator[str]:
    """A distinct id for each name, in order; of equal names the second is told by ``#2``."""
    wanted = [_plain(name) for name in names]
    reserved, used = set(wanted), set[str]()
    for name in wanted:
        found, count = name, 1
        while found in used or (count > 1 and found in reserved):
            count += 1
            found = _numbered(name, count)
        used.add(found)
        yield found


def _plain(name: str) -> str:
    name = shown(name.strip()).replace("::", "：：")
    if name.startswith("()"):  # which old versions of pytest refuse
        name = f"（）{name[2:]}"
    head, bracket, rest = name.partition("[")
    if bracket and not rest.endswith("]"):
        return name.replace("[", "［").replace("]", "］")
    if bracket and head and not head.endswith(" "):
        return f"{head} [{rest}"  # else the name before the bracket would select this case as well
    return name or _UNNAMED


def _numbered(name: str, count: int) -> str:
    head, bracket, rest = name.partition("[")
    return f"{head}#{count} [{rest}" if bracket else f"{name} #{count}"
