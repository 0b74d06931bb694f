"""placeholder replaced below"""

from __future__ import annotations

from vbprules.engine.outcomes import Judge, Judged


def second_opinion(judge: Judge, judged: list[Judged]) -> str:
    return "not available"
