"""What came with a policy in its bundle."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bundled:
    """The bundle that a policy came in, and what in it counts beside the policy.

    ``digest``: SHA-256 of the whole bundle; ``rulings``, ``local_calendar``: the bytes of these files, None where the
    bundle has none; ``version``: the version of the working days that it pins.
    """

    name: str
    digest: str
    rulings: bytes | None = None
    local_calendar: bytes | None = None
    version: str | None = None

    @property
    def label(self) -> str:
        """What a receipt says."""
        return f"sha256:{self.digest}"
