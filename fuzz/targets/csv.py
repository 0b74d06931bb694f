"""A file of csv as it comes, as a table of purchases."""

from __future__ import annotations

from fuzz.batches import decided
from fuzz.files import written


def one(data: bytes) -> None:
    decided({"purchases": written(data, "purchases.csv")})
