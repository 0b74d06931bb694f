"""What the working days of this installation are: one digest of every version of every year."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

from .china import arrangements, edition


@cache
def calendar_identity() -> tuple[str, str]:
    """The edition of the data, and the SHA-256 of all that its arrangements say, whatever their file looks like."""
    told = [
        [
            item.name,
            item.year,
            item.notice,
            item.dated,
            item.published,
            [[stretch.name, stretch.first, stretch.last] for stretch in item.off],
            item.work,
        ]
        for item in arrangements()
    ]
    text = json.dumps([edition(), told], ensure_ascii=False, separators=(",", ":"))
    return edition(), sha256(text.encode()).hexdigest()
