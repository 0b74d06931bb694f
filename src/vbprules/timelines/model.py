"""A timeline: what systems and people get. Frozen, typed, and the same bytes for the same input."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from vbprules.decision.model import Cited, Text


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing of an outcome that is another from this day on; ``key`` is ``state``, ``due``, ``amount`` …

    Values are as a decision shows them; by reading: ``volume=both: due; volume=used: not_triggered``.
    """

    key: str
    unit: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One outcome that changes on a day, and why. ``causes`` is empty where nothing on record names the reason."""

    day: str
    outcome: str
    provision: str
    subject: str
    title: Text
    clauses: tuple[Cited, ...]
    about_institution: bool
    standing: str
    shifts: tuple[Shift, ...]
    causes: tuple[Text, ...]

    @property
    def state(self) -> Shift | None:
        """The change of the state itself, if it is one."""
        return next((shift for shift in self.shifts if shift.key == "state"), None)


class Timeline(BaseModel):
    """Every change of one policy's outcomes for one institution, from the day after ``first`` to ``last``.

    ``opening`` is the state of every outcome at the close of ``first``, by id. ``calendars`` names the working days as
    a receipt does, by the first day on which they count; one entry where a calendar is pinned or none was amended.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: str
    policy_sha256: str
    bundle: str = ""  # the bundle that the policy came in, as receipts name it
    facts_sha256: str
    institution: str
    first: str
    last: str
    readings: dict[str, str]
    calendars: dict[str, str]
    opening: dict[str, str]
    events: tuple[Event, ...]

    def to_json(self) -> str:
        """Stable JSON: the same timeline gives the same bytes."""
        return self.model_dump_json(indent=2)
