"""Which engine answers wrongly when its rules are written as one would first write them: as a share below 0.8.

The rows are chosen for what they show. Whole numbers up to 10^14 are no trouble for double precision: two such shares
that lie on different sides of 70% or 80% are further apart than the rounding. Single precision, integer division and
figures with decimals are: as doubles 1.2 / 1.5 is below 0.8, and 5.81 / 8.3 below 0.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from benchmarks.four_rules.contender import Contender, Figures, Listed, Refused, asked, load
from benchmarks.four_rules.work import Answer, Row, Truth, right

QUESTIONS: Final = Answer("预警 warn", "暂停 suspend", "逾期 overdue", "逾期超过10个工作日 overdue long")
SANCTIONS: Final = QUESTIONS[:2]


@dataclass(frozen=True, slots=True)
class Probe:
    """A row with figures as they are written; None is not recorded."""

    shows: str
    agreed: str | None
    purchased: str | None
    overdue_days: int | None = 0
    overdue_working_days: int | None = 0

    @property
    def figures(self) -> Figures:
        """As a program reads them: whole numbers as integers, others as floats."""
        return dict(
            zip(
                Row._fields,
                (_read(self.agreed), _read(self.purchased), self.overdue_days, self.overdue_working_days),
                strict=True,
            )
        )

    @property
    def right(self) -> Answer:
        """By exact integers: both quantities in hundredths."""
        return right(
            Row(_hundredths(self.agreed), _hundredths(self.purchased), self.overdue_days, self.overdue_working_days)
        )


FIGURES: Final = (
    Probe("恰为80% exactly 80%", "20", "16"),
    Probe("略低于80% just below 80%", "20000001", "16000000"),
    Probe("略低于80% just below 80%", "99999999999999", "79999999999999"),
    Probe("恰为70% exactly 70%", "100000000000000", "70000000000000"),
    Probe("恰为80%，带小数 exactly 80%, with decimals", "1.5", "1.2"),
    Probe("恰为70%，带小数 exactly 70%, with decimals", "8.3", "5.81"),
)
MISSING: Final = (
    Probe("采购量不详 purchase not recorded", "100", None),
    Probe("约定量不详 agreed quantity not recorded", None, "100"),
    Probe("逾期不详 overdue not recorded", "100", "50", None, None),
    Probe("约定量为零 nothing agreed", "0", "0"),
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Questions of one row that got the same wrong answer; what would have been right, and what was given."""

    probe: Probe
    questions: tuple[str, ...]
    due: Truth
    given: Truth | Refused

    @property
    def kind(self) -> str:
        if isinstance(self.given, Refused):
            return "没有答案 no answer"
        if self.given and any(question in SANCTIONS for question in self.questions):
            return "**误罚 wrong sanction**"
        if self.given:
            return "误报 wrong yes"
        return "漏报 missed" if self.due else "以未知为否 no for unknown"


def honesty(listed: Sequence[Listed]) -> list[str]:
    """The lines of both tables: big and uneven figures, missing facts."""
    contenders = list(_natural(listed))
    return [
        "# 自然写法答错什么 / What the natural way gets wrong",
        "",
        "各引擎按文档最先想到的写法：完成比例低于0.8预警，低于0.7暂停，逾期天数大于0，逾期工作日大于10。",
        "*The rules as one first writes them in each: a completion below 0.8 warns, below 0.7 suspends; more than 0 "
        "days overdue, more than 10 working days.*",
        "",
        *_table("大数与小数 / Big figures and decimals", contenders, FIGURES),
        "",
        *_table("缺事实 / Missing facts", contenders, MISSING),
    ]


def wrong_answers(contender: Contender, probe: Probe) -> list[Wrong]:
    """What the natural way answers wrongly to one row, questions with the same wrong answer together."""
    given = asked(lambda: contender.naturally(probe.figures))
    answers = [given] * 4 if isinstance(given, Refused) else [*given]  # type: ignore[misc]
    together: dict[tuple[Truth, Any], list[str]] = {}
    for question, due, answer in zip(QUESTIONS, probe.right, answers, strict=True):
        if not _same(answer, due):
            together.setdefault((due, answer), []).append(question)
    return [Wrong(probe, tuple(questions), due, answer) for (due, answer), questions in together.items()]


def _natural(listed: Sequence[Listed]) -> Iterator[Contender]:
    for line in listed:
        try:
            contender = load(line)
        except ImportError:
            continue
        if type(contender).naturally is not Contender.naturally:
            yield contender


def _same(given: object, due: Truth) -> bool:
    return given is None if due is None else isinstance(given, bool) and given is due


def _table(title: str, contenders: Sequence[Contender], probes: Sequence[Probe]) -> list[str]:
    by_fault: dict[Wrong, list[str]] = {}
    at_fault = set()
    for probe in probes:
        for contender in contenders:
            for wrong in wrong_answers(contender, probe):
                at_fault.add(contender.name)
                name, fault = contender.name, wrong
                if isinstance(wrong.given, Refused):
                    name, fault = f"{name} ({wrong.given.why})", replace(wrong, given=Refused(""))
                by_fault.setdefault(fault, []).append(name)
    faultless = [contender.name for contender in contenders if contender.name not in at_fault]
    return [
        f"## {title}",
        "",
        "| 采购量 / 约定量 purchased / agreed | 逾期天数，工作日 days, working days overdue | 说明 what it shows "
        "| 问 question | 应答 right | 所答 given | | 谁 who |",
        "|--:|--:|---|---|---|---|---|---|",
        *(_line(fault, names) for fault, names in by_fault.items()),
        "",
        f"全对 all right: {', '.join(faultless) or '–'}",
    ]


def _line(fault: Wrong, names: Sequence[str]) -> str:
    probe = fault.probe
    cells = (
        f"{_grouped(probe.purchased)} / {_grouped(probe.agreed)}",
        f"{_shown(probe.overdue_days)}, {_shown(probe.overdue_working_days)}",
        probe.shows,
        "、".join(fault.questions),
        _said(fault.due),
        _said(fault.given),
        fault.kind,
        ", ".join(names),
    )
    return f"| {' | '.join(cells)} |"


def _read(text: str | None) -> int | float | None:
    if text is None:
        return None
    return float(text) if "." in text else int(text)


def _hundredths(text: str | None) -> int | None:
    if text is None:
        return None
    value = 100 * Fraction(text)
    if value.denominator != 1:
        raise ValueError(f"more than two decimals: {text}")
    return value.numerator


def _grouped(text: str | None) -> str:
    if text is None:
        return "?"
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"


def _shown(value: int | None) -> str:
    return "?" if value is None else str(value)


def _said(answer: Truth | Refused) -> str:
    if isinstance(answer, Refused):
        return "异常 an exception"
    return "未知 unknown" if answer is None else "是 yes" if answer else "否 no"
