"""vbprules: volume-based procurement policies as data, decided exactly, with reasons and honest doubt.

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for true; the module that defines it would be the first import
if TYPE_CHECKING:
    from typing import Any

    from vbprules.ahead.model import Ahead
    from vbprules.ahead.run import what_next
    from vbprules.batch.model import Decisions
    from vbprules.batch.run import evaluate_tables
    from vbprules.bundles.reading import Bundle
    from vbprules.bundling import make_bundle, open_bundle
    from vbprules.catalog import load, shipped_policies
    from vbprules.comparing.differences import diff_of
    from vbprules.comparing.matrix import matrix_of
    from vbprules.decision.explanation import Explanation
    from vbprules.decision.model import Decision
    from vbprules.diagnostics import InputError
    from vbprules.engine.second_opinion import EngineDisagreement
    from vbprules.evaluation import evaluate
    from vbprules.explaining import explain
    from vbprules.facts.dossier import read_dossier
    from vbprules.facts.local_calendar import read_local_calendar
    from vbprules.facts.rulings import read_rulings
    from vbprules.formatting.format import Formatted, formatted
    from vbprules.limits import Limits, within
    from vbprules.logic.report import logic_findings
    from vbprules.printing.explanation_text import explanation_text
    from vbprules.spread.dask import outcomes_on_dask
    from vbprules.spread.kernel import Kernel
    from vbprules.spread.spark import outcomes_on_spark
    from vbprules.tables.one import read_institution
    from vbprules.timelines.build import timeline
    from vbprules.timelines.model import Timeline
    from vbprules.together.joint import evaluate_together
    from vbprules.together.model import JointDecision
    from vbprules.whatif.model import Comparison
    from vbprules.whatif.whatif import what_if

__version__ = "0.1.0"

_HOMES = {
    "Ahead": "vbprules.ahead.model",
    "Bundle": "vbprules.bundles.reading",
    "Comparison": "vbprules.whatif.model",
    "Decision": "vbprules.decision.model",
    "Decisions": "vbprules.batch.model",
    "EngineDisagreement": "vbprules.engine.second_opinion",
    "Explanation": "vbprules.decision.explanation",
    "Formatted": "vbprules.formatting.format",
    "InputError": "vbprules.diagnostics",
    "JointDecision": "vbprules.together.model",
    "Kernel": "vbprules.spread.kernel",
    "Limits": "vbprules.limits",
    "diff_of": "vbprules.comparing.differences",
    "evaluate": "vbprules.evaluation",
    "evaluate_tables": "vbprules.batch.run",
    "evaluate_together": "vbprules.together.joint",
    "explain": "vbprules.explaining",
    "explanation_text": "vbprules.printing.explanation_text",
    "formatted": "vbprules.formatting.format",
    "load": "vbprules.catalog",
    "logic_findings": "vbprules.logic.report",
    "make_bundle": "vbprules.bundling",
    "matrix_of": "vbprules.comparing.matrix",
    "open_bundle": "vbprules.bundling",
    "outcomes_on_dask": "vbprules.spread.dask",
    "outcomes_on_spark": "vbprules.spread.spark",
    "read_dossier": "vbprules.facts.dossier",
    "read_institution": "vbprules.tables.one",
    "read_local_calendar": "vbprules.facts.local_calendar",
    "read_rulings": "vbprules.facts.rulings",
    "shipped_policies": "vbprules.catalog",
    "timeline": "vbprules.timelines.build",
    "Timeline": "vbprules.timelines.model",
    "what_if": "vbprules.whatif.whatif",
    "what_next": "vbprules.ahead.run",
    "within": "vbprules.limits",
}

__all__ = [
    "Ahead",
    "Bundle",
    "Comparison",
    "Decision",
    "Decisions",
    "EngineDisagreement",
    "Explanation",
    "Formatted",
    "InputError",
    "JointDecision",
    "Kernel",
    "Limits",
    "Timeline",
    "__version__",
    "diff_of",
    "evaluate",
    "evaluate_tables",
    "evaluate_together",
    "explain",
    "explanation_text",
    "formatted",
    "load",
    "logic_findings",
    "make_bundle",
    "matrix_of",
    "open_bundle",
    "outcomes_on_dask",
    "outcomes_on_spark",
    "read_dossier",
    "read_institution",
    "read_local_calendar",
    "read_rulings",
    "shipped_policies",
    "timeline",
    "what_if",
    "what_next",
    "within",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
