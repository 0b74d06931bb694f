"""Why an outcome is what it is: the outcome with its proof, and the few steps of it that decided."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from vbprules.decision.assemble import Assembler
from vbprules.decision.deciding import deciding
from vbprules.decision.model import Decision, NotApplicable, Outcome, Reason, Receipt
from vbprules.decision.whole import whole_proof
from vbprules.engine.outcomes import Judge, Judged


class Explanation(BaseModel):
    """One outcome, why it is so, and why not otherwise. Frozen.

    ``decision`` holds this outcome alone, with the questions and readings that bear on it and the receipt. ``tree`` is
    the proof: where it is ``whole``, every condition, also those that hold where the whole fails, down to the recorded
    rows; else what the decision carries. ``decisive`` are the steps that made the outcome what it is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    decision: Decision
    decisive: tuple[Reason, ...]
    tree: tuple[Reason, ...]
    whole: bool

    @property
    def answer(self) -> Outcome | NotApplicable:
        """The outcome; or, where the provision does not reach it, why not."""
        return _only(self.decision)


def whole_explanation(judge: Judge, judged: Judged, receipt: Receipt) -> Explanation:
    """Explain what was judged, down to the facts."""
    decision = Assembler(judge).decision([judged], receipt)
    tree = whole_proof(judge, judged, figures=tuple(judged.attributes), gate=True)
    return _explained(decision, tree, whole=True)


def carried_explanation(decision: Decision, id: str) -> Explanation:
    """Explain an outcome of a decision by the reasons that the decision carries. Raises KeyError."""
    outside = [item for item in decision.not_applicable if id in (item.id, item.provision)]
    try:
        found: Outcome | NotApplicable = decision.outcome(id)
    except KeyError:
        if len(outside) != 1:
            raise
        found = outside[0]
    one = decision.model_copy(
        update={
            "outcomes": (found,) if isinstance(found, Outcome) else (),
            "not_applicable": (found,) if isinstance(found, NotApplicable) else (),
            "questions": tuple(item for item in decision.questions if found.id in item.outcomes),
            "readings": tuple(item for item in decision.readings if found.id in item.outcomes),
        }
    )
    return _explained(one, found.reasons if isinstance(found, Outcome) else (), whole=False)


def _explained(decision: Decision, tree: tuple[Reason, ...], whole: bool) -> Explanation:
    return Explanation(decision=decision, decisive=deciding(_only(decision), tree), tree=tree, whole=whole)


def _only(decision: Decision) -> Outcome | NotApplicable:
    return decision.outcomes[0] if decision.outcomes else decision.not_applicable[0]
