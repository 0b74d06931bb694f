"""A policy summed up in law: its norms with parties, conditions, deadlines, amounts; and what norms are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from vbprules.comparing.model import Facet, Kind, Part, PolicyFigureInLaw, PolicyInLaw
from vbprules.comparing.sentences import Sentences
from vbprules.decision.model import Text
from vbprules.decision.phrases import text_of
from vbprules.decision.words import CHOICES, MODALITIES
from vbprules.language import policy as p
from vbprules.language.policy import Citation, Label, Provision
from vbprules.language.vocabulary import BY_NAME, HEDGES, PARTIES
from vbprules.program import ir
from vbprules.program.figures import figures_of
from vbprules.program.ir import IR, Norm, Program
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Mark, Node, Scalar
from vbprules.reading import Sequence as SequenceNode
from vbprules.values.figures import normal

VALUES: Final[dict[str, Kind]] = {
    "requires": "trigger", "forbids": "trigger", "due": "deadline", "not_before": "deadline", "done": "deadline",
    "from": "deadline", "until": "deadline", "amount": "base", "value": "base", "received": "base", "standard": "base",
}  # fmt: skip
SILENT: Final = Text(zh="文件未写", en="the document does not say")
_RANKS: Final = {"national": "国家级", "province": "省级", "city": "市级", "district": "区县级"}
_MASK: Final = "□"


def in_law(program: Program) -> PolicyInLaw:
    """The summary of a compiled policy."""
    return _Summary(program).whole()


class _Summary:
    def __init__(self, program: Program) -> None:
        self.program, self.policy = program, program.policy
        self.sentences = Sentences(program)
        self.figures = figures_of(program)
        self.marks: frozenset[Mark] = frozenset(figure.mark for figure in self.figures)

    def whole(self) -> PolicyInLaw:
        document = self.policy.document
        parts = (self._document(), *self._norms(), *self._others())
        return PolicyInLaw(
            self.policy.id,
            text_of(document.title),
            "" if document.number == "not_stated" else document.number,
            document.region,
            parts,
        )

    # Forms: what is compared

    def form(self, node: Node | None) -> str:
        return json.dumps(self._plain(node), ensure_ascii=False, sort_keys=True)

    def _plain(self, node: Node | None, conjunction: bool = False) -> Any:
        if isinstance(node, Scalar):
            return _MASK if node.mark in self.marks else normal(node.text)
        if isinstance(node, SequenceNode):
            items = [self._plain(item) for item in node.items]
            return sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) if conjunction else items
        if isinstance(node, MappingNode):
            return {key.text: self._plain(value, key.text in ("all", "any")) for key, value in node.entries}
        return None

    def condition(self, node: Node | None) -> str:
        """The form of a condition: a list of them is their conjunction."""
        if isinstance(node, MappingNode) and len(node.entries) == 1 and node.entries[0][0].text == "all":
            node = node.entries[0][1]
        items = self._plain(node, conjunction=True)
        return json.dumps(items if isinstance(items, list) else [items], ensure_ascii=False, sort_keys=True)

    # Norms

    def _norms(self) -> Iterator[Part]:
        compiled = {norm.id: norm for norm in self.program.norms}
        for norm in self.policy.provisions.values():
            yield Part(
                section="provisions",
                id=norm.id,
                title=text_of(norm.title),
                facets=tuple(self._of_norm(norm, compiled[norm.id])),
                figures=self._figures(norm.id, norm.group or ""),
                modality=norm.modality,
                entity=norm.for_each,
                group=norm.group or "",
                matters=norm.matters,
                clauses=_clauses(norm.cites),
                phrases=tuple(cite.phrase for cite in norm.cites),
                hedge=norm.hedge or "",
                may=compiled[norm.id].discretionary,
            )

    def _figures(self, *owners: str) -> tuple[PolicyFigureInLaw, ...]:
        return tuple(
            PolicyFigureInLaw(figure.address, figure.text, figure.unit)
            for figure in self.figures
            if any(owner and figure.address.startswith(f"{owner}.") for owner in owners)
        )

    def _of_norm(self, norm: Provision, compiled: Norm) -> Iterator[Facet]:
        yield _plain_facet("scope", "modality", norm.modality, Text(zh=MODALITIES[norm.modality][0], en=norm.modality))
        yield _plain_facet("party", "by", _codes(norm.by), *self.parties(norm.by))
        yield _plain_facet("party", "toward", _codes(norm.toward), *self.parties(norm.toward))
        yield _plain_facet("party", "support", _codes(norm.support), *self.parties(norm.support))
        entity = BY_NAME[norm.for_each]
        yield _plain_facet("scope", "for_each", norm.for_each, Text(zh=f"每一{entity.zh}", en=f"each {entity.en}"))
        for exemption, (_, test) in zip(norm.exemptions, compiled.exempt, strict=True):
            form = json.dumps([self.condition(exemption.when), exemption.set_by], ensure_ascii=False)
            yield Facet("scope", "except", form, self.sentences.conditions(test))
        if "when" in norm.values:
            found = self.sentences.conditions(compiled.when)
            yield Facet("trigger", "when", self.condition(norm.values["when"]), found)
        for key, kind in VALUES.items():
            if key in norm.values:
                node = norm.values[key]
                written = self.condition(node) if kind == "trigger" else self.form(node)
                yield Facet(kind, key, written, self._value(compiled, key))
            elif key in norm.silent:
                yield Facet(kind, key, "silent", (SILENT,))
        if "governed_by" in norm.values:
            days = (node.by for node in ir.walk(compiled.in_force) if isinstance(node, ir.GoverningDay))
            told = tuple(self.sentences.of(day) for day in days if day is not None)
            yield Facet("force", "governed_by", self.form(norm.values["governed_by"]), told[:1])
        for key in norm.silent:
            if key not in VALUES:
                yield Facet("scope", f"silent {key}", "silent", (SILENT,))
        if norm.hedge:
            yield _plain_facet("scope", "hedge", norm.hedge, Text(zh=norm.hedge, en=HEDGES[norm.hedge][0]))
        yield from self._of_sanction(norm)
        yield from self._words(norm.title, norm.cites)
        if norm.note is not None:
            yield _plain_facet("wording", "note", _label(norm.note), text_of(norm.note))
        yield _plain_facet("wording", "matter", _codes(norm.matters), *(Text(zh=m, en=m) for m in norm.matters))

    def _value(self, norm: Norm, key: str) -> tuple[Text, ...]:
        node: IR | None = norm.done if key == "done" else norm.values.get(key)
        if node is None:
            return ()
        return self.sentences.conditions(node) if key in ("requires", "forbids") else (self.sentences.of(node),)

    def _of_sanction(self, norm: Provision) -> Iterator[Facet]:
        if norm.group:
            yield _plain_facet("ladder", "group", norm.group, Text(zh=norm.group, en=norm.group))
        if norm.group or norm.fields:
            zh, en = CHOICES[norm.choose]
            yield _plain_facet("ladder", "choose", norm.choose, Text(zh=zh, en=en))
        if norm.fields:
            listed = self.policy.lists.get(norm.fields)
            names = () if listed is None else (self.listed(listed),)
            yield _plain_facet("list", "fields", norm.fields, *names)
        if norm.modality == p.SANCTION:
            yield _plain_facet("sanction", "once", str(norm.once), Text(zh=str(norm.once), en=str(norm.once)))
            effect = norm.takes_effect
            yield _plain_facet("sanction", "takes_effect", effect, Text(zh=effect, en=effect))
        titles = [self.policy.provisions[name].title for name in norm.sanctioned_by if name in self.policy.provisions]
        named = [*map(text_of, titles)] or [Text(zh=name, en=name) for name in norm.sanctioned_by]
        yield _plain_facet("sanction", "sanctioned_by", _codes(sorted(norm.sanctioned_by)), *named)

    def parties(self, names: Iterable[str]) -> tuple[Text, ...]:
        found = []
        for name in names:
            party = self.policy.parties.get(name)
            found.append(text_of(party.label) if party else Text(zh=PARTIES[name][0], en=PARTIES[name][1]))
        return tuple(found)

    @staticmethod
    def listed(item: p.CodeList) -> Text:
        names = "、".join(item.labels.get(code, code) for code in item.codes)
        kind = ("（封闭）", " (closed)") if item.closed else ("（开放，等）", " (open)")
        return Text(zh=names + kind[0], en=", ".join(item.codes) + kind[1])

    def _words(self, title: Label, cites: Sequence[Citation]) -> Iterator[Facet]:
        yield _plain_facet("wording", "title", _label(title), text_of(title))
        told = [Text(zh=str(cite), en=str(cite)) for cite in cites]
        yield _plain_facet("clause", "cite", json.dumps([text.zh for text in told], ensure_ascii=False), *told)

    # What norms are made of

    def _others(self) -> Iterator[Part]:
        policy, definitions = self.policy, self.program.definitions
        for section, named, kind in (("terms", policy.terms, "trigger"), ("quantities", policy.quantities, "base")):
            for item in named.values():
                body = definitions[f"{item.per}.{item.id}"].body
                texts = self.sentences.conditions(body) if item.condition else (self.sentences.of(body),)
                form = self.condition(item.node) if item.condition else self.form(item.node)
                facets = [
                    Facet(kind, "is", form, texts),  # type: ignore[arg-type]
                    _plain_facet("scope", "per", item.per, Text(zh=BY_NAME[item.per].zh, en=BY_NAME[item.per].en)),
                    *self._words(item.label, item.cites),
                ]
                yield self._part(section, item.id, item.label, facets, item.cites)
        for party in policy.parties.values():
            facets = [Facet("party", "is", self.condition(party.test), ())] if party.test is not None else []
            yield self._part(
                "parties", party.id, party.label, [*facets, *self._words(party.label, party.cites)], party.cites
            )
        for listed in policy.lists.values():
            form = json.dumps([listed.closed, sorted(listed.codes)], ensure_ascii=False)
            labels = json.dumps(dict(listed.labels), ensure_ascii=False, sort_keys=True)
            title = Label("、".join(listed.labels.get(code, code) for code in listed.codes))
            facets = [
                Facet("list", "codes", form, (self.listed(listed),)),
                _plain_facet("wording", "labels", labels, Text(zh=labels, en=labels)),
                *list(self._words(title, listed.cites))[1:],
            ]
            yield self._part("lists", listed.id, title, facets, listed.cites)
        yield from self._doubts()
        for instrument in policy.instruments.values():
            told = f"{instrument.number} {instrument.title.zh}".strip()
            facet = _plain_facet("wording", "instrument", told + instrument.title.en, Text(zh=told, en=told))
            yield self._part("instruments", instrument.id, instrument.title, [facet], ())
        for clause in policy.clauses:
            told = f"{clause.title.zh} {clause.not_encoded or ''}".strip()
            form = json.dumps([clause.starts, _label(clause.title), clause.not_encoded], ensure_ascii=False)
            facet = _plain_facet("clause", "ledger", form, Text(zh=told, en=told))
            yield self._part("clauses", clause.no, clause.title, [facet], ())
        for cite, why in policy.left_out:
            facet = _plain_facet("clause", "left_out", why, Text(zh=why, en=why))
            yield self._part("left_out", str(cite), Label(cite.phrase), [facet], (cite,))

    def _doubts(self) -> Iterator[Part]:
        for reading in self.policy.readings.values():
            options = [Text(zh=f"{name}：{words}", en=f"{name}: {words}") for name, words in reading.options.items()]
            form = json.dumps(dict(reading.options), ensure_ascii=False, sort_keys=True)
            preferred = reading.preferred or ""
            facets = [
                Facet("reading", "options", form, tuple(options)),
                _plain_facet("reading", "preferred", preferred, Text(zh=preferred or "—", en=preferred or "—")),
                *self._words(reading.asks, reading.cites),
            ]
            yield self._part("readings", reading.id, reading.asks, facets, reading.cites)
        for asked in self.policy.questions.values():
            facets = [
                _plain_facet("party", "by", _codes(asked.by), *self.parties(asked.by)),
                _plain_facet("scope", "per", asked.per, Text(zh=BY_NAME[asked.per].zh, en=BY_NAME[asked.per].en)),
                *self._words(asked.asks, asked.cites),
            ]
            yield self._part("questions", asked.id, asked.asks, facets, asked.cites)

    def _part(self, section: str, id: str, title: Label, facets: Sequence[Facet], cites: Sequence[Citation]) -> Part:
        owner = f"parties.{id}" if section == "parties" else id
        figures = self._figures(owner) if section in ("terms", "quantities", "parties") else ()
        return Part(section, id, text_of(title), tuple(facets), figures, clauses=_clauses(cites))

    def _document(self) -> Part:
        document = self.policy.document
        facets = [
            _plain_facet("wording", "title", _label(document.title), text_of(document.title)),
            *(
                _plain_facet(kind, name, value, Text(zh=zh, en=value))
                for kind, name, value, zh in (
                    ("wording", "number", document.number, document.number),
                    ("wording", "issuer", document.issuer, document.issuer),
                    ("scope", "region", document.region, document.region),
                    ("scope", "rank", document.rank, _RANKS.get(document.rank, document.rank)),
                    ("wording", "forwarded_by", document.forwarded_by, document.forwarded_by),
                    ("wording", "known_from", document.known_from, document.known_from),
                )
            ),
            *(
                Facet("force", name, self.form(node), self._day(node))
                for name, node in (("from", document.start), ("until", document.end))
            ),
            Facet("reading", "first_day", self.form(document.first_day), self._written(document.first_day)),
            *(_plain_facet("force", item.relation, repr(item), text_of(item.text)) for item in document.precedence),
        ]
        if self.program.issued is None:
            facets.append(
                _plain_facet("force", "issued", document.issued, Text(zh=document.issued, en=document.issued))
            )
        return Part("document", "document", text_of(document.title), tuple(facets), self._figures("document"))

    def _day(self, node: Node | None) -> tuple[Text, ...]:
        return (SILENT,) if node is None else self._written(node)

    @staticmethod
    def _written(node: Node | None) -> tuple[Text, ...]:
        if node is None:
            return ()
        text = node.text if isinstance(node, Scalar) else json.dumps(_tree(node), ensure_ascii=False)
        return (Text(zh={"issued": "印发之日", "silent": SILENT.zh}.get(text, text), en=text),)


def _tree(node: Node) -> Any:
    if isinstance(node, MappingNode):
        return {key.text: _tree(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [_tree(item) for item in node.items]
    return node.text


def _plain_facet(kind: str, name: str, form: str, *texts: Text) -> Facet:
    return Facet(kind, name, form, texts)  # type: ignore[arg-type]


def _codes(names: Iterable[str]) -> str:
    return "、".join(names)


def _label(label: Label) -> str:
    return f"{label.zh} | {label.en}"


def _clauses(cites: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite.clause for cite in cites))
