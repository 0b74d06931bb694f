"""Names of a case file held against its policy: each that the policy does not have is a finding at its place."""

from __future__ import annotations

from functools import partial

from vbprules.cases.expectations import Expectation, assignment
from vbprules.cases.keys import ABSENT, FIGURES, NONE
from vbprules.diagnostics import Report, suggest
from vbprules.language import policy as p
from vbprules.program.ir import Norm, Program
from vbprules.reading import Mapping, Mark, Node, Scalar, Sequence


def figures_of(norm: Norm) -> tuple[str, ...]:
    """The figures that an outcome of a norm may have, in the order in which case files name them."""
    source = norm.source
    found = {*norm.values, *source.silent}
    if norm.done is not None and source.modality != p.PROHIBITION:
        found.add("done")
    if "due" in norm.values and source.modality in (p.OBLIGATION, p.ENTITLEMENT):
        found.add("breached_on")
    if "early" in norm.tests:
        found.add("early")
    if source.modality == p.PRICE and "standard" in norm.values:
        found |= {"base", "excess"}
    return tuple(name for name in FIGURES if name in found)


class PolicyCheck:
    """What a policy has, and the report to which goes what it has not."""

    def __init__(self, program: Program, report: Report) -> None:
        self.program, self.policy, self.report = program, program.policy, report
        self.norms = {norm.id: norm for norm in program.norms}
        self.clauses = [clause.no for clause in self.policy.clauses]
        self.named = {"document", *self.norms, *(norm.source.group for norm in program.norms if norm.source.group)}
        self.named |= {f"tasks.{name.removeprefix('task_')}" for name in self.norms if name.startswith("task_")}
        for section in ("parties", "readings", "questions", "lists", "terms", "quantities"):
            for name in getattr(self.policy, section):
                self.named |= {name, f"{section}.{name}"}

    def reading(self, name: str, option: str, at: Node, at_option: Node) -> None:
        """A reading that the policy declares, with one of its options."""
        found = self.policy.readings.get(name)
        if found is None:
            suggestion = partial(suggest, name, self.policy.readings)
            self.report.error("unknown_ruling_reading", at, name=name, suggestion=suggestion)
        elif option not in found.options:
            self.report.error("ruling_option", at_option, name=name, option=option, choices=", ".join(found.options))

    def instrument(self, at: Scalar) -> None:
        """Another document that the policy names."""
        known = self.policy.instruments
        if at.text not in known:
            self.report.error("unknown_instrument", at, name=at.text, suggestion=partial(suggest, at.text, known))

    def expectation(self, expected: Expectation) -> None:
        """An outcome with everything that is expected of it."""
        norm = self.provision(expected.provision, expected.mark)
        for key, value in expected.values.items():
            self.value(norm, key, value)

    def provision(self, name: str, at: Node | Mark) -> Norm | None:
        """A provision, or a step of one."""
        norm = self.norms.get(name)
        if norm is None:
            self.report.error("expected_provision", at, name=name, suggestion=partial(self._near, name))
        return norm

    def value(self, norm: Norm | None, key: str, value: Node) -> None:
        """One expected thing of an outcome, with the readings it names."""
        if key == "clause":
            self._names("unknown_clause", "clause", value, self.clauses)
        elif key in ("by", "toward"):
            self._names("unknown_party", "name", value, list(self.policy.parties))
        elif norm is not None and key in FIGURES:
            self._figure(norm, key, value)
        self.options(value)

    def options(self, value: Node) -> None:
        """The readings under which a value is expected."""
        if isinstance(value, Mapping):
            for option, _ in value.entries:
                for name, chosen in (assignment(option.text) or {}).items():
                    self.reading(name, chosen, option, option)

    def address(self, at: Scalar) -> None:
        """A place of the policy begins with something that the policy names, perhaps after its section."""
        place = at.text.partition(" ")[0]  # conditions are counted: ``terms.late 2``
        head, _, rest = place.partition(".")
        step = f"{head}.{rest.partition('.')[0]}"
        if head not in self.named and step not in self.named:
            near = partial(suggest, step if hasattr(self.policy, head) else head, self.named)
            self.report.error("unknown_address", at, address=at.text, suggestion=near)

    def _near(self, name: str) -> str:
        """The provision nearest to a name; of a sanction with measures, the first of them."""
        steps = [norm.id for norm in self.norms.values() if norm.source.group == name]
        return steps[0] if steps else suggest(name, self.norms)

    def _figure(self, norm: Norm, key: str, value: Node) -> None:
        known = figures_of(norm)
        if key in known or (isinstance(value, Scalar) and value.text == ABSENT):
            return
        self.report.error("figure_not_of", value, key=key, provision=norm.id, choices=", ".join(known))

    def _names(self, code: str, field: str, value: Node, known: list[str]) -> None:
        for item in value.items if isinstance(value, Sequence) else (value,):
            text = item.text if isinstance(item, Scalar) else ""
            name = text.replace("（", "(").replace("）", ")")
            if name not in known and (name != NONE or isinstance(value, Sequence)):
                self.report.error(code, item, **{field: text, "suggestion": partial(suggest, name, known)})
