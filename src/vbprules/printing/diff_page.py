"""A diff as a page: what differs in law, part by part; thresholds with a hospital that the two treat differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vbprules.comparing.model import Difference, Part, PolicyDiff, Seen, SideBySide, WitnessOfDifference
from vbprules.comparing.words import KINDS, NONE, SECTIONS
from vbprules.decision.model import Text
from vbprules.decision.words import ATTRIBUTES, MODALITIES, STATES, TRUTHS
from vbprules.printing.page import ARROW, Lang, Page, dim, strong
from vbprules.reading.flow import flow


class DiffPage:
    """The page of one diff."""

    def __init__(self, found: PolicyDiff, lang: Lang) -> None:
        self.found, self.lang = found, lang

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def whole(self) -> Page:
        page = Page()
        first, second = self.found.first, self.found.second
        page.heading(self.say("法律上的不同", "What differs in law"), level=1)
        for mark, law in (("A", first), ("B", second)):
            page.item(strong(law.title.lang(self.lang)), "  ", dim(f"{law.number}  {law.id}"), marker=mark)
        if not self.found.differs:
            page.item(self.say("没有不同。", "Nothing differs."))
            return page
        if self.found.versions:
            self._versions(page)
        else:
            note = "两份文件并列；同一事项不等于同一规定，只有一对一的才逐项列出不同。"
            other = "Side by side: one matter does not make two norms the same; one against one is told in full."
            page.item(dim(self.say(note, other)))
            for side in self.found.side_by_side:
                self._side(page, side)
        return page

    def _versions(self, page: Page) -> None:
        count = len(self.found.differences)
        page.item(dim(self.say(f"共 {count} 处不同", f"{count} difference{'' if count == 1 else 's'}")))
        for name in self.found.renamed:
            guess = self.say("疑为改名（推测）：", "perhaps renamed (a guess): ")
            page.item(f"{name.before}{ARROW}{name.after}  ", dim(guess + name.why.lang(self.lang)), marker="≈")
        parts = dict.fromkeys((item.section, item.part) for item in self.found.differences)
        for section, part in parts:
            mine = [item for item in self.found.differences if (item.section, item.part) == (section, part)]
            page.heading(mine[0].title.lang(self.lang), f"{SECTIONS[section][self.lang == 'en']} {part}", level=3)
            for item in mine:
                self._difference(page, item)

    def _difference(self, page: Page, item: Difference) -> None:
        kind = KINDS[item.kind][self.lang == "en"]
        before, after = self._texts(item.before), self._texts(item.after)
        if before == after:  # they differ in the other language, or in what sentences do not show
            before, after = (_both(texts) for texts in (item.before, item.after))
        where = item.address or (item.facet if item.facet != "whole" else "")
        page.item(strong(kind), "  ", dim(where), marker="·")
        page.item(f"A  {before}", level=1)
        page.item(f"B  {after}", level=1)
        cited = dict.fromkeys(text for side in item.clauses for text in side)
        if cited:
            page.item(dim(("；" if self.lang == "zh" else "; ").join(cited)), level=1)
        if item.witness is not None:
            self._witness(page, item.witness)
        elif item.sought:
            page.item(
                dim(self.say("没有构造出两者处理不同的档案。", "No dossier was found that tells them apart.")), level=1
            )

    def _witness(self, page: Page, witness: WitnessOfDifference) -> None:
        head = self.say(f"见证：判断日 {witness.as_of}", f"witness, as of {witness.as_of}")
        if witness.readings:
            fixed = ", ".join(f"{name}={option}" for name, option in sorted(witness.readings.items()))
            head += self.say(f"，解读 {fixed}", f", readings {fixed}")
        page.item(head, level=1, marker="◆", style="info")
        for mark, seen in zip("AB", witness.sides, strict=True):
            page.item(f"{mark}  {self._seen(seen)}", level=2)
        page.verbatim(written(witness.dossier), level=1)

    def _seen(self, seen: Seen) -> str:
        told = []
        for name, value in seen.found.items():
            if name == "triggered":
                words = TRUTHS[value][self.lang == "en"]
                told.append(self.say(f"条件成立：{words}", f"condition holds: {words}"))
            elif name == "state":
                told.append(STATES.get(value, (value, value))[self.lang == "en"])
            else:
                label = ATTRIBUTES.get(name, (name, name))[self.lang == "en"]
                told.append(f"{label} {value}")
        return f"{seen.norm}  " + self.say("；", "; ").join(told)

    def _side(self, page: Page, side: SideBySide) -> None:
        modality = MODALITIES[side.modality][self.lang == "en"]
        page.heading(f"{side.title.lang(self.lang)}  {modality}", side.matter, level=3)
        for mark, norms in (("A", side.first), ("B", side.second)):
            if not norms:
                page.item(f"{mark}  {NONE}")
            for norm in norms:
                page.item(f"{mark}  {norm.title.lang(self.lang)}  ", dim(self._named(norm)))
        for item in side.compared:
            page.item(dim(f"{KINDS[item.kind][self.lang == 'en']}  {item.facet}"), level=1, marker="≠")
            page.item(f"A  {self._texts(item.before)}", level=2)
            page.item(f"B  {self._texts(item.after)}", level=2)
            if item.witness is not None:
                self._witness(page, item.witness)

    @staticmethod
    def _named(norm: Part) -> str:
        return f"{'、'.join(norm.clauses)}  {norm.id}"

    def _texts(self, texts: Sequence[Text] | None) -> str:
        if texts is None:
            return NONE
        return self.say("；", "; ").join(text.lang(self.lang) for text in texts) or NONE


def _both(texts: Sequence[Text] | None) -> str:
    return "; ".join(f"{text.zh} | {text.en}" for text in texts or ()) or NONE


def written(dossier: Mapping[str, Any]) -> list[str]:
    """A dossier as lines of YAML, one line for each list entry."""
    lines: list[str] = []
    for name, value in dossier.items():
        if isinstance(value, dict) and "entries" in value:
            lines.append(f"{name}:")
            lines.append("  complete: yes")
            lines.append("  entries:")
            lines += [f"    - {flow(row)}" for row in value["entries"]]
        elif isinstance(value, list):
            lines.append(f"{name}:")
            lines += [f"  - {flow(row)}" for row in value]
        else:
            lines.append(f"{name}: {flow(value)}")
    return lines
