"""What is worth changing: harm that comes if nothing more happens, harm that stands, what may be earned or exceeded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from vbprules.engine.outcomes import Judge, Judged, State
from vbprules.language import policy as p
from vbprules.program.ir import IR
from vbprules.timelines.run import Turn
from vbprules.values.forks import Assignment, leaves, lift
from vbprules.values.ranges import FALSE, TRUE, both

Kind = Literal["prevent", "cure", "earn", "allow"]
_HARM: Final = frozenset(
    {
        "breached",
        "breached_met_late",
        "breached_unperformed",
        "breached_unrecorded",
        "timeliness_unknown",
        "due",
        "due_unrecorded",
        "due_later",
        "starts_later",
        "in_force",
        "may_be_imposed",
        "may_be_imposed_unrecorded",
    }
)
_CURABLE: Final = _HARM - {"breached", "breached_met_late", "timeliness_unknown"}
_TO_BEGIN: Final = frozenset({"due_later", "starts_later"})
_PERFORMED: Final = (p.OBLIGATION, p.ENTITLEMENT)


@dataclass(frozen=True, slots=True)
class Goal:
    """A condition of an outcome to be made ``want`` as of ``day``, under the readings of ``paths``."""

    kind: Kind
    key: str
    norm: str
    entity: str
    row: str
    name: str  # gate, trigger or a test, as ``Judge.node`` knows them
    want: bool
    day: int
    paths: tuple[Assignment, ...]

    def node(self, judge: Judge) -> IR | None:
        norm = next((norm for norm in judge.case.program.norms if norm.id == self.norm), None)
        return None if norm is None else judge.node(norm, self.name)


def harmful(state: State | None) -> bool:
    """A breach, or a sanction that is to be, may be or is imposed; a performance of which it is not known whether."""
    return state is not None and state.code in _HARM


def prevented(turn: Turn) -> Goal | None:
    """What keeps a turn for the worse from coming; None for any other turn."""
    if turn.before is None:
        return None
    came = lift(lambda b, a: harmful(a) and not harmful(b), turn.before.state, turn.after.state)
    paths = tuple(path for path, is_so in leaves(came) if is_so)
    aim = _against(turn.after)
    if not paths or aim is None:
        return None
    return _goal("prevent", turn.after, *aim, turn.day, paths)


def cured(judged: Judged, day: int) -> Iterator[Goal]:
    """What ends the harm that stands: performance of what is late, an end or no more ground of a sanction."""
    paths = tuple(path for path, state in leaves(judged.state) if state.code in _CURABLE)
    if not paths:
        return
    modality = judged.norm.source.modality
    if modality in _PERFORMED and "performed" in judged.norm.tests:
        yield _goal("cure", judged, "performed", True, day, paths)
    elif modality == p.SANCTION:
        begun = tuple(path for path, state in leaves(judged.state) if state.code in _CURABLE - _TO_BEGIN)
        if "until" in judged.norm.values and begun:
            yield _goal("cure", judged, "ended", True, day, begun)
        yield _goal("cure", judged, "trigger", False, day, paths)


def earned(judged: Judged, day: int) -> Goal | None:
    """What makes an entitlement or a permission arise that does not stand yet."""
    if judged.norm.source.modality not in (p.ENTITLEMENT, p.PERMISSION) or not judged.applies:
        return None
    standing = lift(lambda g, t: g == TRUE and t != TRUE, judged.gate, judged.trigger)
    paths = tuple(path for path, is_so in leaves(standing) if is_so)
    return _goal("earn", judged, "trigger", True, day, paths) if paths else None


def allowed(judged: Judged, day: int) -> Goal | None:
    """What would violate a prohibition or give ground for a sanction: as much, less one, is still allowed."""
    norm = judged.norm
    if not judged.applies or judged.gate == FALSE or any(harmful(state) for _, state in leaves(judged.state)):
        return None
    if norm.source.modality == p.PROHIBITION:
        paths = tuple(path for path, truth in leaves(lift(_both, judged.gate, judged.trigger)) if truth == TRUE)
        return _goal("allow", judged, "breached", True, day, paths) if paths else None
    if norm.source.modality == p.SANCTION:
        paths = tuple(path for path, truth in leaves(judged.gate) if truth == TRUE)
        return _goal("allow", judged, "trigger", True, day, paths) if paths else None
    return None


def _both(one: Any, two: Any) -> Any:
    return both((one, two))


def _against(judged: Judged) -> tuple[str, bool] | None:
    modality = judged.norm.source.modality
    if modality in _PERFORMED:
        return ("in_time", True) if "in_time" in judged.norm.tests else None
    if modality == p.SANCTION:
        return "trigger", False
    return ("breached", False) if modality == p.PROHIBITION else None


def _goal(kind: Kind, judged: Judged, name: str, want: bool, day: int, paths: Iterable[Assignment]) -> Goal:
    norm, row = judged.norm, judged.row
    return Goal(kind, judged.key, norm.id, norm.entity, row.id, name, want, day, tuple(paths))
