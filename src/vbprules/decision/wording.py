"""What is said of a policy whatever the case: names, titles and clauses, worked out once for a program."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from vbprules.decision.labels import Labels
from vbprules.decision.model import Cited, Text
from vbprules.decision.phrases import text_of
from vbprules.language import policy as p
from vbprules.program.ir import Norm, Program


class NormWording(NamedTuple):
    """What every outcome of a norm says. ``sanctioned``: what follows a breach, of norms that can be breached."""

    mode: Literal["must", "may"]
    title: Text
    clauses: tuple[Cited, ...]
    by: tuple[Text, ...]
    toward: tuple[Text, ...]
    support: tuple[Text, ...]
    fields: tuple[Text, ...]
    note: Text | None
    sanctioned: Text | None


class Wording:
    """The words of one program."""

    def __init__(self, program: Program) -> None:
        self.policy = program.policy
        self.labels = Labels(program.policy, program.definitions)
        self._norms: dict[Norm, NormWording] = {}

    def of(self, norm: Norm) -> NormWording:
        """The words of one norm."""
        found = self._norms.get(norm)
        if found is None:
            found = self._norms[norm] = self._of(norm)
        return found

    def names(self, parties: tuple[str, ...]) -> tuple[Text, ...]:
        """What parties are called."""
        return tuple(text_of(self.policy.parties[name].label) for name in parties)

    def _of(self, norm: Norm) -> NormWording:
        source = norm.source
        return NormWording(
            mode="may" if norm.discretionary or source.modality == p.PERMISSION else "must",
            title=text_of(source.title),
            clauses=cited(source.cites),
            by=self.names(source.by),
            toward=self.names(source.toward),
            support=self.names(source.support),
            fields=self._fields(source),
            note=None if source.note is None else text_of(source.note),
            sanctioned=self._sanctioned(source),
        )

    def _fields(self, source: p.Provision) -> tuple[Text, ...]:
        """Where a sanction bites, by the policy's own list; the list itself says whether it ends in 等."""
        listed = self.policy.lists.get(source.fields or "")
        if listed is None:
            return ()
        named = tuple(Text(zh=listed.labels.get(code, code), en=code.replace("_", " ")) for code in listed.codes)
        return named if listed.closed else (*named, Text(zh="等", en="and others"))

    def _sanctioned(self, source: p.Provision) -> Text | None:
        if source.modality not in (p.OBLIGATION, p.ENTITLEMENT, p.PROHIBITION):
            return None
        if not source.sanctioned_by:
            return Text(zh="文件未对此规定制裁", en="the document attaches no sanction")
        titles = [self.policy.provisions[name].title for name in source.sanctioned_by if name in self.policy.provisions]
        return Text(
            zh="后果：" + "、".join(title.zh for title in titles),
            en="consequence: " + ", ".join(t.text("en") for t in titles),
        )


@lru_cache(maxsize=16)  # programs that are made for a change of a figure, say, are not kept alive by the hundred
def wording_of(program: Program) -> Wording:
    """The words of a program, kept for those that were asked about last."""
    return Wording(program)


def cited(cites: tuple[p.Citation, ...]) -> tuple[Cited, ...]:
    """Citations as a decision tells them."""
    return tuple(Cited(clause=cite.clause, phrase=cite.phrase) for cite in cites)
