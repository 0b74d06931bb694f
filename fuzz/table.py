"""The targets, and how the inputs of each are mutated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Literal

Kind = Literal["tree", "tables", "bytes"]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader under test. ``kind``: what its inputs are taken for when they are mutated."""

    name: str
    kind: Kind
    longest: int = 8_000

    def one(self) -> Callable[[bytes], None]:
        """What takes one input; imported now, and not before."""
        found: Callable[[bytes], None] = import_module(f"fuzz.targets.{self.name}").one
        return found


_ALL = (
    Target("yaml", "tree"),
    Target("policy", "tree", 16_000),
    Target("dossier", "tree"),
    Target("cases", "tree"),
    Target("rulings", "tree"),
    Target("calendar", "tree"),
    Target("headings", "tree"),
    Target("choices", "bytes", 400),
    Target("document", "bytes"),
    Target("formatting", "tree", 16_000),
    Target("csv", "bytes"),
    Target("parquet", "bytes", 16_000),
    Target("xlsx", "bytes", 16_000),
    Target("frames", "tables"),
)
TARGETS: Mapping[str, Target] = MappingProxyType({target.name: target for target in _ALL})
