"""The parser's syntax errors in our words."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from vbprules.diagnostics.finding import Report
from vbprules.diagnostics.place import Mark, Source
from vbprules.reading.slips import hint_at_lines, hint_wide_comma

_KEY_VALUE = re.compile(r":(?: |$)")
_END = re.compile(r"^(?:---|\.\.\.)(?:\s|$)")


class Syntax:
    """One syntax error, looked at together with the text around it."""

    def __init__(self, error: MarkedYAMLError, source: Source, bracket: Mark | None) -> None:
        self._source = source
        self._bracket = bracket
        self.problem = str(error.problem or error.context or "")
        self._context = str(error.context or "")
        where = error.problem_mark or error.context_mark
        line, column = (where.line + 1, where.column + 1) if where is not None else (1, 1)
        end = len(source.text.rstrip())
        self.at_end = source.offset(line, column) >= end
        if self.at_end:
            line, column = source.position(end)
        self.mark = Mark(line, column, line, column + 1)
        start = error.context_mark
        self.start = Mark(start.line + 1, start.column + 1, start.line + 1, start.column + 2) if start else self.mark

    def lines(self) -> set[int]:
        """The lines that the error is about."""
        return {self.mark.line, self.start.line}

    def report(self, report: Report) -> None:
        """One error, and a hint where a slip explains it."""
        name, mark, args = self._translated()
        report.error(name, mark, **args)
        if name in ("missing_comma", "unclosed_bracket"):
            hint_wide_comma(self._source, self.mark.line, report)
        if name in ("two_colons", "bad_indentation", "missing_colon", "missing_comma", "unclosed_bracket", "syntax"):
            hint_at_lines(self._source, self._nearby(), report)

    def _nearby(self) -> list[int]:
        lines = [self.start.line, self.mark.line]
        before = self.mark.line - 1
        while before >= 1 and self.mark.line - before < 10 and not self._source.line(before).strip():
            before -= 1
        return list(dict.fromkeys([*lines, before, before - 1]))

    def _char(self, mark: Mark) -> str:
        return self._source.line(mark.line)[mark.column - 1 : mark.column]

    def _translated(self) -> tuple[str, Mark, dict[str, object]]:
        problem, context, here, start = self.problem, self._context, self.mark, self.start
        if "quoted scalar" in context:
            if "end of stream" in problem or "document" in problem:
                return "unclosed_quote", start, {"quote": self._char(start)}
            return "bad_escape", here, {}
        if "block scalar" in context:
            return "block_header", start, {"char": self._char(start)}
        if "directive" in context or "directive" in problem or "YAML document" in problem:
            return "directive", start, {}
        if "anchor" in context or "alias" in context:
            return "bad_start_character", start, {"char": self._char(start)}
        if "tag" in context or "tag handle" in problem:
            return "tag", start, {"tag": self._word(start)}
        if "cannot start any token" in problem:
            return "bad_start_character", here, {"char": self._char(here)}
        if "mapping values are not allowed" in problem:
            before = self._source.line(here.line)[: here.column - 1]
            return ("two_colons" if _KEY_VALUE.search(before) else "bad_indentation"), here, {}
        if "could not find expected ':'" in problem:
            return "missing_colon", start, {"text": self._source.line(start.line).strip()[:60]}
        return self._structure()

    def _structure(self) -> tuple[str, Mark, dict[str, object]]:
        problem, here, start = self.problem, self.mark, self.start
        if "expected ',' or '" in problem:
            if self.at_end or (here.line > start.line and self._indent(here.line) <= self._indent(start.line)):
                return "unclosed_bracket", start, {"bracket": self._char(start)}
            char = self._char(here)
            if char in ("]", "}"):
                return "stray_bracket", here, {"char": char}
            return "missing_comma", here, {}
        if "node content" in problem:
            return self._missing_content()
        if "sequence entries are not allowed" in problem:
            return "misplaced_dash", here, {}
        if "mapping keys are not allowed" in problem:
            return "complex_key", here, {}
        if "unexpected ':'" in problem:
            text = self._source.line(here.line)[: here.column][-40:].split(",")[-1].strip(" {[")
            return "missing_space", here, {"text": text, "fixed": f"{text} …"}
        if "expected key" in problem or "'-' indicator" in problem or "<block end>" in problem:
            return self._out_of_place()
        if "<document start>" in problem:
            if any(_END.match(self._source.line(number)) for number in (here.line, here.line - 1)):
                return "several_documents", here, {}
            return self._out_of_place()
        return "syntax", here, {"problem": problem}

    def _missing_content(self) -> tuple[str, Mark, dict[str, object]]:
        char = self._char(self.mark)
        if self.at_end and self._bracket is not None:
            return "unclosed_bracket", self._bracket, {"bracket": self._char(self._bracket)}
        if char == ":":
            return "empty_key", self.mark, {}
        if char in ("]", "}"):
            return "stray_bracket", self.mark, {"char": char}
        if char and not self.at_end:
            return "missing_item", self.mark, {"char": char}
        return "syntax", self.mark, {"problem": self.problem}

    def _out_of_place(self) -> tuple[str, Mark, dict[str, object]]:
        char = self._char(self.mark)
        before = self._source.line(self.mark.line)[: self.mark.column - 1].rstrip()
        if char in ("]", "}"):
            return "stray_bracket", self.mark, {"char": char}
        if before.endswith(('"', "'")):
            return "text_after_quote", self.mark, {}
        if before.endswith(("]", "}")):
            return "text_after_bracket", self.mark, {}
        if char == ":":
            return "empty_key", self.mark, {}
        return "bad_indentation", self.mark, {}

    def _indent(self, number: int) -> int:
        line = self._source.line(number)
        return len(line) - len(line.lstrip(" "))

    def _word(self, mark: Mark) -> str:
        return self._source.line(mark.line)[mark.column - 1 :][:60].split(" ")[0]
