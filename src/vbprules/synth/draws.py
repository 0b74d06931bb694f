"""Chance without state: every draw is a hash of the seed, its own name and the numbers of its row.

So no draw depends on another, on the order of rows or on how they are cut into pieces. Only whole numbers are used
(splitmix64, wrapping at 64 bits), so that every machine and every version of a library draws the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache, lru_cache
from typing import Final

import polars as pl

ONE: Final = 65536  # a unit of normal draws and of powers of two
_WORD: Final = 2**64
_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_STEPS: Final = 4096  # of an octave
_FINE: Final = 20  # bits behind the point of the table of powers
_FAR: Final = 10  # octaves that a power may go up or down: a base below 2**32 stays within 63 bits


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Draws for the rows of a frame, each row with a key of its own."""

    keys: pl.Series

    @staticmethod
    def of(seed: int, kind: str, *numbers: pl.Series) -> Draws:
        """Keys of rows that the numbers name, for one seed and kind of row."""
        start = _constant(f"{seed}:{kind}")
        keys = _series(numbers[0]) * _GOLDEN + start
        for number in numbers[1:]:
            keys = _mixed(keys) + _series(number) * _GOLDEN
        return Draws(_mixed(keys))

    def under(self, number: pl.Series) -> Draws:
        """Keys of rows that lie under these: a part of each."""
        return Draws(_mixed(self.keys + (_series(number) + 1) * _GOLDEN))

    def words(self, name: str) -> pl.Series:
        """64 even bits for each row."""
        return _mixed(self.keys ^ _constant(name))

    def below(self, name: str, n: int) -> pl.Series:
        """Whole numbers from 0 to n - 1, all as likely; ``n`` at most 2**31."""
        return ((self.words(name) // 2**32) * n // 2**32).cast(pl.Int64)

    def between(self, name: str, ends: tuple[int, int]) -> pl.Series:
        """Whole numbers from one end to the other, both included, all as likely."""
        return self.below(name, ends[1] - ends[0] + 1) + ends[0]

    def within(self, name: str, limits: pl.Series) -> pl.Series:
        """Whole numbers from 0 to the row's own limit less one."""
        return ((self.words(name) // 2**32) * _series(limits) // 2**32).cast(pl.Int64)

    def chance(self, name: str, millionths: int) -> pl.Series:
        """True for this share of the rows."""
        return self.below(name, 1_000_000) < millionths

    def pick(self, name: str, weights: Sequence[int]) -> pl.Series:
        """The number of the option drawn, options weighing in thousandths that make up the whole."""
        if sum(weights) != 1000:
            raise ValueError(f"{name}: the weights sum to {sum(weights)}, not 1000")
        drawn = self.below(name, 1000)
        found = pl.Series(name, [0], dtype=pl.Int64).new_from_index(0, len(drawn))
        edge = 0
        for weight in weights[:-1]:
            edge += weight
            found = found + (drawn >= edge).cast(pl.Int64)
        return found

    def normal(self, name: str) -> pl.Series:
        """Nearly normal: twelve even draws summed, less six; in units of 1/65536, so never beyond six."""
        total = pl.Series(name, [-6 * 65535], dtype=pl.Int64).new_from_index(0, len(self.keys))
        for part in range(3):
            word = self.words(f"{name}.{part}")
            for shift in (0, 16, 32, 48):
                total = total + ((word // 2**shift) % ONE).cast(pl.Int64)
        return total


def doubled(base: pl.Series, octaves: pl.Series) -> pl.Series:
    """``base`` times two to the power of ``octaves`` (in units of 1/65536), rounded down; at most 10 octaves off."""
    shifted = (octaves + _FAR * ONE).clip(0, 2 * _FAR * ONE)
    whole, part = shifted // ONE, (shifted % ONE) // (ONE // _STEPS)
    scaled = base * _powers().gather(part)  # ``base`` times 2**20 to 2**21
    up = pl.Series([2 ** max(0, n - _FAR) for n in range(2 * _FAR + 1)], dtype=pl.Int64).gather(whole)
    down = pl.Series([2 ** (_FINE + max(0, _FAR - n)) for n in range(2 * _FAR + 1)], dtype=pl.Int64).gather(whole)
    return scaled * up // down


@cache
def _powers() -> pl.Series:
    """Two to the power of 0/4096 … 4095/4096. Decimal rounds alike everywhere; binary floats need not."""
    with localcontext() as context:
        context.prec = 40
        root = Decimal(2).ln() / _STEPS
        found = [int(((root * step).exp() * 2**_FINE).to_integral_value()) for step in range(_STEPS)]
    return pl.Series(found, dtype=pl.Int64)


@lru_cache(maxsize=4096)
def _constant(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def _series(numbers: pl.Series) -> pl.Series:
    return numbers.cast(pl.UInt64)


def _mixed(word: pl.Series) -> pl.Series:
    """The finaliser of splitmix64: every bit of the key moves every bit of the result."""
    word = (word ^ (word // 2**30)) * _FIRST
    word = (word ^ (word // 2**27)) * _SECOND
    return word ^ (word // 2**31)
