"""A policy as a page: head, clause ledger, open readings, questions and provisions; or one of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vbprules.decision.words import MODALITIES, NOT_ENCODED, SECONDARY
from vbprules.diagnostics.place import width
from vbprules.language.ledger import citations, encoded_by
from vbprules.language.policy import Citation, Clause, Label, Policy, Provision, Question, Reading
from vbprules.language.vocabulary import BY_NAME, HEDGES, INSTITUTION
from vbprules.printing.entries import question
from vbprules.printing.page import Lang, Page, dim, joined, strong
from vbprules.printing.terminal import padded
from vbprules.reading import Mark, Node, Scalar

_RANKS: Final = {"national": "国家级", "province": "省级", "city": "市级", "district": "区县级"}
_PREFERRED: Final = "★"
Found = tuple[dict[str, Any], Page]


def normal_clause(text: str) -> str:
    """A clause number as the ledger writes it."""
    return text.replace("（", "(").replace("）", ")").replace(" ", "")


@dataclass(slots=True)
class PolicyPage:
    """Pages about one policy. ``source`` holds the lines of its file."""

    policy: Policy
    lang: Lang
    source: Sequence[str]

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def text(self, label: Label) -> str:
        return label.text(self.lang)

    # The whole

    def whole(self) -> Page:
        page = Page()
        self._head(page)
        page.heading(
            self.say("条款台账", "Clauses"),
            self.say(f"{len(self.policy.clauses)} 条", f"{len(self.policy.clauses)} clauses"),
        )
        for clause in self.policy.clauses:
            self._ledger_line(page, clause)
        if self.policy.readings:
            note = self.say(
                f"{_PREFERRED} 为编写者倾向的解读", f"{_PREFERRED} marks the reading that the author prefers"
            )
            page.heading(self.say("文本留下的解读问题", "Readings left open by the text"), note)
        for reading in self.policy.readings.values():
            self._reading(page, reading)
        if self.policy.questions:
            page.heading(self.say("留待认定的问题", "Questions left to judgement"))
        for item in self.policy.questions.values():
            self._question(page, item)
        page.heading(self.say("规定", "Provisions"), str(len(self.policy.provisions)))
        for provision in self.policy.provisions.values():
            self._provision_line(page, provision)
        return page

    def _head(self, page: Page) -> None:
        document = self.policy.document
        page.heading(self.text(document.title), level=1)
        stated = self.say("未写明", "not stated")
        lines = (
            (self.say("文号", "number"), document.number.replace("not_stated", stated)),
            (self.say("印发", "issued"), document.issued.replace("not_stated", stated)),
            (self.say("发文", "issuer"), document.issuer),
            (
                self.say("地区", "region"),
                f"{document.region}{self.say(f'（{_RANKS[document.rank]}）', f' ({document.rank})')}",
            ),
            (self.say("施行", "in force"), self._force(document.start, document.end)),
            (self.say("转发", "forwarded by"), document.forwarded_by),
            (self.say("删减", "abridged"), self._cites(document.abridged)),
            ("id", f"{self.policy.id}  sha256 {self.policy.digest[:12]}…"),
        )
        for name, value in lines:
            if value.strip():
                page.item(dim(f"{name}  "), value)
        if document.known_from == "secondary":
            page.item(self.say(*SECONDARY), marker="!", style="warn")
        for item in document.precedence:
            relation = (
                self.say("让位于：", "yields to: ")
                if item.relation == "yields_to"
                else self.say("取代：", "displaces: ")
            )
            page.item(dim(relation), self.text(item.text), "  ", dim(self._cites(item.cites)))
        for instrument in self.policy.instruments.values():
            page.item(
                dim(self.say("援引  ", "names  ")),
                instrument.number,
                " " if instrument.number else "",
                self.text(instrument.title),
            )

    def _force(self, start: Node | None, end: Node | None) -> str:
        words = {"silent": self.say("文件未写", "not stated"), "issued": self.say("印发之日", "day of issue")}
        told = []
        for node in (start, end):
            text = node.text if isinstance(node, Scalar) else self.say("视解读", "by reading")
            told.append(words["silent"] if node is None else words.get(text, text))
        return self.say(f"自 {told[0]}，至 {told[1]}", f"from {told[0]}, until {told[1]}")

    def _ledger_line(self, page: Page, clause: Clause) -> None:
        """What became of a clause: its norms, what else cites it, or why it holds no rule."""
        if clause.not_encoded is not None:
            fate = self.say("未编码：", "not encoded: ") + NOT_ENCODED[clause.not_encoded][self.lang == "en"]
        else:
            fate = ", ".join(self._encoded(clause.no)) or self.say("由下级条款编入", "encoded through its sub-clauses")
        marker = padded(clause.no, max(width(item.no) for item in self.policy.clauses))
        page.item(strong(self.text(clause.title)), "  ", dim(fate), marker=marker)

    def _encoded(self, no: str) -> Iterable[str]:
        """The norms of a clause; where there are none, whatever else cites it."""
        norms = encoded_by(self.policy).get(no, ())
        return norms or tuple(dict.fromkeys(name for name, cite in citations(self.policy) if cite.clause == no))

    def _reading(self, page: Page, reading: Reading) -> None:
        page.item(
            strong(reading.id),
            "  ",
            question(self.text(reading.asks), self.lang),
            "  ",
            dim(self._cites(reading.cites)),
        )
        for option, label in reading.options.items():
            page.item(_PREFERRED if option == reading.preferred else "", option, dim("  "), label, level=1)

    def _question(self, page: Page, question: Question) -> None:
        about = BY_NAME[question.per]
        per = "" if question.per == INSTITUTION else self.say(f"每一{about.zh}", f"per {about.en}")
        page.item(
            strong(question.id),
            "  ",
            joined(
                (self.text(question.asks), per, dim(self._parties(question.by)), dim(self._cites(question.cites))), "  "
            ),
        )

    def _provision_line(self, page: Page, provision: Provision) -> None:
        about = (self._who(provision), self._hedge(provision), self._cites(provision.cites[:1]))
        page.item(strong(provision.id), "  ", joined((self._modality(provision), self.text(provision.title)), " "))
        page.item(joined([dim(text) for text in about], "  "), level=1)

    # Parts

    def _modality(self, provision: Provision) -> str:
        return MODALITIES[provision.modality][self.lang == "en"]

    def _hedge(self, provision: Provision) -> str:
        if provision.hedge is None:
            return ""
        return self.say(f"“{provision.hedge}”", HEDGES.get(provision.hedge, (provision.hedge, False))[0])

    def _parties(self, names: Sequence[str]) -> str:
        return self.say("、", ", ").join(
            self.text(self.policy.parties[name].label) for name in names if name in self.policy.parties
        )

    def _who(self, provision: Provision) -> str:
        by, toward = self._parties(provision.by), self._parties(provision.toward)
        return f"{by} → {toward}" if by and toward else by or (f"→ {toward}" if toward else "")

    def _cites(self, cites: Sequence[Citation]) -> str:
        return self.say("；", "; ").join(str(cite) for cite in cites)

    # One thing

    def find(self, name: str) -> Found | None:
        """Whatever has this id: a provision, the steps of a sanction, a clause, a reading, a question, a term …"""
        policy = self.policy
        norms = [item for item in policy.provisions.values() if name in (item.id, item.group)]
        if norms:
            return self._norms(norms)
        clause = next((item for item in policy.clauses if item.no == normal_clause(name)), None)
        if clause is not None:
            return self._clause(clause)
        if name in policy.readings:
            page = Page()
            self._reading(page, policy.readings[name])
            page.verbatim(self._block(name, "readings"))
            return self._reading_data(policy.readings[name]), page
        for section in ("questions", "terms", "quantities", "lists", "parties"):
            if name in getattr(policy, section) and (lines := self._block(name, section)):
                page = Page()
                page.verbatim(lines)
                return {"id": name, "section": section, "source": "\n".join(lines)}, page
        return None

    def _norms(self, norms: Sequence[Provision]) -> Found:
        page = Page()
        for norm in norms:
            page.item(strong(norm.id), "  ", self._modality(norm), "  ", strong(self.text(norm.title)))
            page.item(joined((self._who(norm), self._hedge(norm)), "  "), level=1)
            for cite in norm.cites:
                page.item(str(cite), level=1)
            entity = BY_NAME[norm.for_each]
            if norm.for_each != INSTITUTION:
                page.item(self.say(f"对每一{entity.zh}", f"for each {entity.en}"), level=1)
            if norm.silent:
                page.item(self.say("文件未写：", "not stated: "), ", ".join(norm.silent), level=1)
            if norm.note is not None:
                page.item(self.say("注：", "note: "), self.text(norm.note), level=1)
            page.gap()
        lines = self._source_of(norms[0])
        page.verbatim(lines)
        data = [self._norm_data(norm) for norm in norms]
        whole = (
            {"provisions": data, "source": "\n".join(lines)}
            if len(data) > 1
            else {**data[0], "source": "\n".join(lines)}
        )
        return whole, page

    def _clause(self, clause: Clause) -> Found:
        page = Page()
        page.item(strong(clause.no), "  ", self.text(clause.title), "  ", dim(clause.starts))
        if clause.not_encoded is not None:
            page.item(
                self.say("未编码：", "not encoded: "), NOT_ENCODED[clause.not_encoded][self.lang == "en"], level=1
            )
        for name, phrases in self._citing(clause.no).items():
            norm = self.policy.provisions.get(name)
            about = (
                joined((self._modality(norm), self.text(norm.title)), " ") if norm is not None else (self._kind(name),)
            )
            page.item(strong(name), "  ", *about, "  ", dim("".join(f"“{phrase}”" for phrase in phrases)), level=1)
        below = [item for item in self.policy.clauses if item.no.startswith(clause.no) and item.no != clause.no]
        for item in below:
            self._ledger_line(page, item)
        return self._clause_data(clause), page

    def _citing(self, no: str) -> dict[str, list[str]]:
        """What cites a clause, with its phrases."""
        found: dict[str, list[str]] = {}
        for name, cite in citations(self.policy):
            if cite.clause == no:
                found.setdefault(name, []).append(cite.phrase)
        return found

    def _kind(self, name: str) -> str:
        """What an id that is no norm names."""
        kinds = {
            "readings": ("解读", "reading"), "questions": ("认定问题", "question"), "parties": ("主体", "party"),
            "terms": ("条件", "term"), "quantities": ("数量", "quantity"), "lists": ("清单", "list"),
        }  # fmt: skip
        found = next((words for section, words in kinds.items() if name in getattr(self.policy, section)), None)
        others = {"left_out": ("不含规则的句子", "sentence without a rule"), "precedence": ("优先次序", "precedence")}
        return self.say(*(found or others.get(name, ("", ""))))

    def _source_of(self, norm: Provision) -> list[str]:
        """The lines of the file that write a norm; of a step, the sanction to which it belongs."""
        if norm.id.startswith("task_") and norm.group is None:
            return self._lines(norm.mark)
        return self._block(norm.group or norm.id, "provisions") or self._lines(norm.mark)

    def _lines(self, mark: Mark) -> list[str]:
        return _dedented(self.source[mark.line - 1 : mark.end_line])

    def _block(self, name: str, section: str) -> list[str]:
        """The lines from a key of a section of the file to the next line that is not deeper."""
        inside = False
        for number, line in enumerate(self.source):
            if line.strip() and not line[0].isspace() and not line.startswith("#"):
                inside = line.startswith(f"{section}:")
            stripped = line.lstrip()
            if inside and line != stripped and stripped.startswith(f"{name}:"):
                indent = len(line) - len(stripped)
                end = number + 1
                while end < len(self.source) and (not self.source[end].strip() or _indent(self.source[end]) > indent):
                    end += 1
                return _dedented([text for text in self.source[number:end] if text.strip()])
        return []

    # Data

    def data(self) -> dict[str, Any]:
        """The whole as plain data."""
        document = self.policy.document
        return {
            "id": self.policy.id,
            "sha256": self.policy.digest,
            "number": document.number,
            "title": _label(document.title),
            "issuer": document.issuer,
            "region": document.region,
            "rank": document.rank,
            "known_from": document.known_from,
            "issued": document.issued,
            "clauses": [self._clause_data(clause) for clause in self.policy.clauses],
            "readings": [self._reading_data(reading) for reading in self.policy.readings.values()],
            "questions": [
                {"id": q.id, "asks": _label(q.asks), "clauses": _cited(q.cites), "by": list(q.by), "per": q.per}
                for q in self.policy.questions.values()
            ],
            "provisions": [self._norm_data(norm) for norm in self.policy.provisions.values()],
        }

    def _clause_data(self, clause: Clause) -> dict[str, Any]:
        cited = dict.fromkeys(name for name, cite in citations(self.policy) if cite.clause == clause.no)
        return {
            "no": clause.no, "starts": clause.starts, "text": _label(clause.title), "not_encoded": clause.not_encoded,
            "provisions": list(encoded_by(self.policy).get(clause.no, ())), "cited_by": list(cited),
        }  # fmt: skip

    @staticmethod
    def _reading_data(reading: Reading) -> dict[str, Any]:
        return {
            "id": reading.id, "asks": _label(reading.asks), "clauses": _cited(reading.cites),
            "options": dict(reading.options), "preferred": reading.preferred,
        }  # fmt: skip

    @staticmethod
    def _norm_data(norm: Provision) -> dict[str, Any]:
        return {
            "id": norm.id, "modality": norm.modality, "title": _label(norm.title), "by": list(norm.by),
            "toward": list(norm.toward), "hedge": norm.hedge, "for_each": norm.for_each, "clauses": _cited(norm.cites),
            "silent": list(norm.silent), "sanctioned_by": list(norm.sanctioned_by),
            "note": None if norm.note is None else _label(norm.note),
        }  # fmt: skip


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.text("en")}


def _cited(cites: Sequence[Citation]) -> list[dict[str, str]]:
    return [{"clause": cite.clause, "phrase": cite.phrase} for cite in cites]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _dedented(lines: Sequence[str]) -> list[str]:
    least = min((_indent(line) for line in lines if line.strip()), default=0)
    return [line[least:] for line in lines]
