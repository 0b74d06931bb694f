"""What every contender has in common, and the list of them: a new one is a module and a line here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import ClassVar, Final, TypeAlias

from benchmarks.four_rules.work import Row, Truth

Truths: TypeAlias = Sequence[Truth]  # the four of a row, in the order of ``work.Answer``
Figures: TypeAlias = Mapping[str, int | float | None]  # a row as a program would hold it, by the names of ``work.Row``


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer: the engine raised this."""

    why: str


def asked(question: Callable[[], object]) -> object:
    """The engine's own answer to one question, or Refused with what it raised."""
    try:
        return question()
    except Exception as error:  # engines raise what they like
        return Refused(type(error).__name__)


class Contender(ABC):
    """One way to do the work. Every module of the list has a class ``Here`` derived from this one."""

    name: ClassVar[str]
    package: ClassVar[str]  # as it is installed
    most: ClassVar[int | None] = None  # rows that one round can afford; None: all
    in_own_form: ClassVar[bool] = False  # whether ``decide`` gives something else than ``run``

    def version(self) -> str:
        return version(self.package)

    @abstractmethod
    def prepare(self, rows: Sequence[Row]) -> None:
        """Bring the rows into the form the engine likes best, and compile the rules. Not timed."""

    @abstractmethod
    def run(self) -> Sequence[Truths]:
        """Decide every row anew and give the answers as Python values. Timed."""

    def decide(self) -> object:
        """Decide every row anew and leave the answers in the engine's own form. Timed."""
        return self.run()

    def naturally(self, figures: Figures) -> Sequence[object] | None:
        """One row decided by the rules as one would first write them: the four answers, each a truth or Refused.

        None: the contender has no other way than its own. Used for ``honesty`` only, never timed.
        """
        return None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list; the name stands here too, for where the package is not installed."""

    name: str
    module: str


BASE: Final = Listed("Polars", "exact_polars")  # what ratios refer to
LIST: Final = (
    BASE,
    Listed("vbprules", "ours"),
    Listed("NumPy", "exact_numpy"),
    Listed("DuckDB", "duckdb_sql"),
    Listed("OpenFisca", "openfisca_variables"),
    Listed("ZEN", "zen_expression"),
    Listed("CEL", "cel_expression"),
    Listed("CLIPS", "clips_rules"),
    Listed("rule-engine", "rule_engine_rule"),
    Listed("JsonLogic (json-logic-qubit)", "json_logic_rules"),
    Listed("JsonLogic (datalogic)", "datalogic_rules"),
    Listed("durable_rules", "durable_rules"),
)


def load(listed: Listed) -> Contender:
    """The contender of a line. Raises ImportError where its package cannot be imported."""
    here: type[Contender] = import_module(f"benchmarks.four_rules.{listed.module}").Here
    return here()
