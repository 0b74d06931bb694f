"""The order between dossiers (SEMANTICS 7): ``d ⊑ d'`` where d' knows more.

A dossier is a plain dict as a caller would write it, every list in the long form ``{complete…, entries: […]}``.
Down: ``weaker`` lists every single step (forget a scalar, widen a range, forget completeness, an entry outside it, an
answer), ``blurred`` takes many at random. Up: ``refinements`` fill, narrow, add outside what is declared complete, extend
completeness and answer; ``completions`` go up as far as it goes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import strategies as st

from vbprules.calendar import Period
from vbprules.diagnostics import InputError, Report
from vbprules.engine.case import Case
from vbprules.engine.checks import check_facts
from vbprules.facts.dossier import read_dossier
from vbprules.language.vocabulary import BY_LIST, BY_NAME, is_dated
from vbprules.law import build_case
from vbprules.program import ir
from vbprules.program.ir import Program
from vbprules.values.figures import CODE, DATE, MONEY, TEXT, TRUTH

Dossier = dict[str, Any]
Cells = dict[str, str]
Draw = Callable[[st.SearchStrategy[Any]], Any]

DAYS = (
    "2019-12-30",
    "2020-01-17",
    "2020-01-31",
    "2020-02-15",
    "2020-02-29",
    "2020-03-02",
    "2020-03-31",
    "2020-04-01",
    "2020-04-30",
    "2020-05-08",
)
UNITS = ("0", "3", "5", "7", "8", "10", "20")
AMOUNTS = ("0.00", "10.00", "30.00", "50.00", "70.00", "100.00")
GROUNDS = ("g1", "g2", "g3")
ACTIONS = ("acts", "performances")
STATEMENTS = (*ACTIONS, "determinations", "given")
_LATER = "9999-12-31"


# ── Reading and writing dossiers ─────────────────────────────────────────────────────────────────────────────────────


def entries(record: Mapping[str, Any], list_name: str) -> list[Cells]:
    found = record.get(list_name)
    return found.get("entries", []) if isinstance(found, dict) else []


def whole(rows: Iterable[Cells]) -> Dossier:
    return {"complete": "yes", "entries": list(rows)}


def with_list(record: Dossier, list_name: str, rows: list[Cells] | None = None, **stated: str) -> Dossier:
    """The dossier with one list replaced; without ``stated`` it says nothing of its completeness."""
    return {**record, list_name: {**stated, "entries": entries(record, list_name) if rows is None else rows}}


def with_cells(record: Dossier, list_name: str, index: int, **cells: str | None) -> Dossier:
    """The dossier with cells of one row replaced, or forgotten where None."""
    node = record[list_name]
    row = {name: text for name, text in {**node["entries"][index], **cells}.items() if text is not None}
    return {**record, list_name: {**node, "entries": [*node["entries"][:index], row, *node["entries"][index + 1 :]]}}


def without(record: Dossier, list_name: str, index: int) -> Dossier:
    node = record[list_name]
    return {**record, list_name: {**node, "entries": node["entries"][:index] + node["entries"][index + 1 :]}}


def through(record: Mapping[str, Any], list_name: str) -> str:
    """The day through which a list is complete: empty if it does not say, beyond every day if it is whole."""
    node = record.get(list_name)
    if not isinstance(node, dict):
        return ""
    if "complete_through" in node:
        return iso(span_of(str(node["complete_through"]), DATE)[1])
    return _LATER if node.get("complete") in ("yes", True) else ""


def long_form(record: Mapping[str, Any]) -> Dossier:
    """A dossier with every list as a mapping and every row with an id, saying the same."""
    made: Dossier = {}
    for key, node in record.items():
        if (key not in BY_LIST and key not in STATEMENTS) or key == "institution":
            made[key] = copy.deepcopy(node)
            continue
        if isinstance(node, str):
            made[key] = whole([])
        elif isinstance(node, (list, tuple)):
            made[key] = {"entries": [dict(row) for row in node]}
        else:
            inner = node.get("entries", [])
            made[key] = {**node, "entries": [] if isinstance(inner, str) else [dict(row) for row in inner]}
        for number, row in enumerate(made[key]["entries"], 1):
            if key in BY_LIST and "id" not in row:
                period = Period.parse(row["period"]) if key == "targets" else None
                drug = row.get("drug", "")
                row["id"] = f"{drug}@{period.label()}" if drug and period else f"{BY_LIST[key].name}{number}"
    return made


Ends = tuple[Any, Any]


def span_of(text: str, unit: str) -> Ends:
    """Both ends of a cell as written; None for an open one. Days are ordinals, money is in yuan."""
    word, _, rest = text.partition(" ")
    if word in ("at_least", "at_most"):
        end = span_of(rest, unit)[0]
        return (end, None) if word == "at_least" else (None if unit == DATE else Fraction(0), end)
    if text == "unknown":
        return None, None
    if unit == DATE:
        period = Period.parse(text)
        assert period is not None, text
        return period.start, period.end
    low, _, high = text.replace(",", "").partition("..")
    return Fraction(low), Fraction(high or low)


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def text_of_span(low: Any, high: Any, unit: str) -> str | None:
    """The cell for a range; None where nothing is known."""

    def end(value: Any) -> str:
        return iso(value) if unit == DATE else f"{Decimal(value.numerator) / Decimal(value.denominator):f}"

    if high is None:
        return None if low is None or (unit != DATE and low == 0) else f"at_least {end(low)}"
    if low is None:
        return f"at_most {end(high)}"
    return end(low) if low == high else f"{end(low)}..{end(high)}"


def widened(text: str, unit: str, widths: Iterable[int] = (1, 7, 40)) -> Iterator[str]:
    """Cells that say less: the range around a value, or one end of it."""
    low, high = span_of(text, unit)
    floor = None if unit == DATE else Fraction(0)
    spans = [(low, None), (floor, high)]
    for width in widths:
        less = low if low is None else low - width if unit == DATE else max(Fraction(0), low - width)
        spans.append((less, high if high is None else high + width))
    for span in spans:
        made = text_of_span(*span, unit)
        if made is not None and made != text:
            yield made


# ── What a policy looks at ───────────────────────────────────────────────────────────────────────────────────────────


class Relevant(NamedTuple):
    lists: frozenset[str]
    cells: frozenset[tuple[str, str]]


def relevant(program: Program) -> Relevant:
    """The lists and cells that some norm can consult: to forget another changes nothing."""
    lists: set[str] = set()
    cells: set[tuple[str, str]] = set()
    seen: set[str] = set()

    def entity(name: str) -> None:
        known = BY_NAME[name]
        lists.add(known.list_name)
        cells.update((known.list_name, ref) for ref in known.refs)
        if known.day not in (None, "period"):
            cells.add((known.list_name, known.day))
        if name in ("month", "quarter", "year"):
            for other in ("targets", "purchases", "uses"):
                lists.add(other)

    def visit(root: ir.IR) -> None:
        for node in ir.walk(root):
            place = getattr(node, "place", None)
            if isinstance(place, ir.Place):
                entity(place.entity)
            if isinstance(node, ir.Fact):
                cells.add((BY_NAME[node.place.entity].list_name, node.name))
            elif isinstance(node, ir.PeriodEnd):
                cells.update((BY_NAME[node.place.entity].list_name, name) for name in ("start", "end"))
            elif isinstance(node, ir.Fold):
                entity(node.child)
                for own, _ in node.link.equal:
                    for hop in own:
                        entity(hop)
            elif isinstance(node, ir.ActDay):
                lists.add(node.record)
            elif isinstance(node, ir.Count):
                visit(node.count)
            elif isinstance(node, ir.Share):
                visit(node.of)
            if isinstance(node, ir.Ref) and node.id not in seen:
                seen.add(node.id)
                visit(program.definitions[node.id].body)

    for norm in program.norms:
        entity(norm.entity)
        roots = (norm.gate, norm.when, *norm.values.values(), *norm.tests.values())
        for root in (*roots, *(() if norm.done is None else (norm.done,))):
            visit(root)
    cells.add(("products", "price"))
    return Relevant(frozenset(lists), frozenset(cells))


# ── Down ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

Step = tuple[str, Callable[[Dossier], Dossier]]


def weaker(record: Dossier, as_of: str, seen: Relevant | None = None) -> list[Step]:
    """Every single step down: less by one scalar, range, entry, statement of completeness or answer."""
    found: list[Step] = []
    for name in record.get("institution", {}):
        if seen is None or ("institution", name) in seen.cells:
            found.append(
                (f"forget institution.{name}", lambda d, n=name: {**d, "institution": _less(d["institution"], n)})
            )
    for list_name in record:
        if list_name in BY_LIST and list_name != "institution" and (seen is None or list_name in seen.lists):
            found += _weaker_list(record, list_name, as_of, seen)
        elif list_name in ACTIONS and (seen is None or list_name in seen.lists):
            found += _weaker_acts(record, list_name)
        elif list_name in ("determinations", "given"):
            for index, _ in enumerate(entries(record, list_name)):
                found.append((f"forget {list_name} {index}", lambda d, n=list_name, i=index: without(d, n, i)))
    return found


def _less(row: Cells, name: str) -> Cells:
    return {key: text for key, text in row.items() if key != name}


def _weaker_list(record: Dossier, list_name: str, as_of: str, seen: Relevant | None) -> Iterator[Step]:
    entity, known = BY_LIST[list_name], through(record, list_name)
    if known:
        yield f"{list_name}: forget completeness", lambda d: with_list(d, list_name)
    if known and is_dated(entity.name):
        for earlier in ("2019-12-31", "2020-02-15", "2020-03-31"):
            if earlier < min(known, as_of):
                yield (
                    f"{list_name}: complete only through {earlier}",
                    lambda d, e=earlier: with_list(d, list_name, complete_through=e),
                )
    for index, row in enumerate(entries(record, list_name)):
        if may_be_forgotten(record, list_name, row):
            yield f"forget {list_name} {row['id']}", lambda d, i=index: without(d, list_name, i)
        for name in row:
            if name in ("id", "period", "note") or (seen is not None and (list_name, name) not in seen.cells):
                continue
            yield (
                f"forget {list_name} {row['id']} {name}",
                lambda d, i=index, n=name: with_cells(d, list_name, i, **{n: None}),
            )
            unit = _unit(list_name, name)
            for wide in widened(str(row[name]), unit) if unit else ():
                yield (
                    f"widen {list_name} {row['id']} {name} to {wide}",
                    lambda d, i=index, n=name, w=wide: with_cells(d, list_name, i, **{n: w}),
                )


def _unit(list_name: str, name: str) -> str:
    """The unit of a cell that can be a range; empty for codes, flags, texts and references."""
    column = BY_LIST[list_name].field_map.get(name)
    return column.unit if column is not None and column.unit not in (TRUTH, CODE, TEXT) else ""


def _weaker_acts(record: Dossier, kind: str) -> Iterator[Step]:
    known = through(record, kind)
    if known:
        yield f"{kind}: forget completeness", lambda d: with_list(d, kind)
    for index, act in enumerate(entries(record, kind)):
        if not known:
            yield f"forget {kind} {act['of']}", lambda d, i=index: without(d, kind, i)
            if "lifted_on" in act:  # the list of acts says whether a sanction was lifted
                yield f"forget lifting of {act['of']}", lambda d, i=index: with_cells(d, kind, i, lifted_on=None)
        if "subject" in act:
            yield f"forget subject of {kind} {act['of']}", lambda d, i=index: with_cells(d, kind, i, subject=None)
        for wide in widened(str(act["day"]), DATE):
            yield f"widen {kind} {act['of']} to {wide}", lambda d, i=index, w=wide: with_cells(d, kind, i, day=w)


def may_be_forgotten(record: Mapping[str, Any], list_name: str, row: Cells) -> bool:
    """An entry surely outside what its list says it holds, to which nothing refers."""
    for other in BY_LIST.values():
        if BY_LIST[list_name].name in other.refs and any(
            r.get(BY_LIST[list_name].name) == row["id"] for r in entries(record, other.list_name)
        ):
            return False
    known, day = through(record, list_name), BY_LIST[list_name].day
    if not known:
        return True
    if not is_dated(BY_LIST[list_name].name) or day not in row:
        return False
    low = span_of(str(row[day]), DATE)[0]
    return low is not None and known < iso(low)


@st.composite
def blurred(draw: Draw, record: Dossier, as_of: str, seen: Relevant) -> Dossier:
    """A dossier below the record, many steps down among what the policy looks at. Shrinks towards the record itself."""

    def chance(out_of: int) -> bool:
        return bool(draw(st.integers(0, out_of - 1)) == out_of - 1)

    made = dict(record)
    made["institution"] = {
        n: t for n, t in record.get("institution", {}).items() if ("institution", n) not in seen.cells or not chance(7)
    }
    for list_name in sorted(seen.lists & set(record)):
        if list_name in ACTIONS:
            made = _blurred_acts(draw, made, list_name, chance)
        elif list_name != "institution":
            made = _blurred_list(draw, made, list_name, as_of, seen, chance)
    for kind in ("determinations", "given"):
        made[kind] = {"entries": [row for row in entries(record, kind) if not chance(4)]}
    return made


def _blurred_list(
    draw: Draw, record: Dossier, list_name: str, as_of: str, seen: Relevant, chance: Callable[[int], bool]
) -> Dossier:
    known, dated = through(record, list_name), is_dated(BY_LIST[list_name].name)
    made = record
    if known and chance(2):
        earlier = [day for day in (*DAYS, "2020-01-01") if day < min(known, as_of)] if dated else []
        kept = draw(st.sampled_from(["", *earlier]))
        made = with_list(record, list_name, **({"complete_through": kept} if kept else {}))
    rows = []
    for row in entries(made, list_name):
        if may_be_forgotten(made, list_name, row) and chance(3):
            continue
        rows.append(
            {
                name: text
                for name, old in row.items()
                if (text := _blurred_cell(draw, list_name, name, old, seen, chance)) is not None
            }
        )
    return {**made, list_name: {**made[list_name], "entries": rows}}


def _blurred_cell(
    draw: Draw, list_name: str, name: str, old: str, seen: Relevant, chance: Callable[[int], bool]
) -> str | None:
    if (list_name, name) not in seen.cells or not chance(5):
        return old
    unit = _unit(list_name, name)
    wider: list[str | None] = list(widened(str(old), unit)) if unit else []
    return draw(st.sampled_from([*wider, None]))  # type: ignore[no-any-return]


def _blurred_acts(draw: Draw, record: Dossier, kind: str, chance: Callable[[int], bool]) -> Dossier:
    made = with_list(record, kind) if through(record, kind) and chance(2) else record
    rows = []
    for row in entries(made, kind):
        if not through(made, kind) and chance(3):
            continue
        cells = dict(row)
        if chance(6):
            cells.pop("subject", None)
        if chance(6):
            cells["day"] = draw(st.sampled_from([*widened(row["day"], DATE), "unknown"]))
        if not through(made, kind) and chance(3):
            cells.pop("lifted_on", None)
        rows.append(cells)
    return {**made, kind: {**made[kind], "entries": rows}}


# ── Up ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

# Two records of one figure must agree, so these are never filled at random.
_TWICE = frozenset(
    {("products", "selected"), ("products", "class"), ("receipts", "due_on")}
    | {("agreements", name) for name in ("amount", "payment_days", "payment_from")}
    | {("agreement_lines", name) for name in ("amount", "quantity", "price")}
)


def stronger(record: Dossier, as_of: str, program: Program, draw: Draw) -> list[Step]:
    """Single steps up: fill, narrow, add outside what is declared complete, extend completeness, answer."""

    def pick(options: Iterable[Any]) -> Any:
        return draw(st.sampled_from(tuple(options)))

    past = [day for day in DAYS if day <= as_of]
    found: list[Step] = []
    for name, column in BY_NAME["institution"].field_map.items():
        if name not in record.get("institution", {}) and column.unit != TEXT:
            text = pick(column.options or ("yes", "no"))
            found.append(
                (
                    f"fill institution.{name}",
                    lambda d, n=name, t=text: {**d, "institution": {**d.get("institution", {}), n: t}},
                )
            )
    for list_name in [name for name in record if name in BY_LIST and name != "institution"]:
        for index, row in enumerate(entries(record, list_name)):
            for name, text in _fillings(record, list_name, row, as_of, pick):
                found.append(
                    (
                        f"fill {list_name} {row['id']} {name} {text}",
                        lambda d, li=list_name, i=index, n=name, t=text: with_cells(d, li, i, **{n: t}),
                    )
                )
        known = through(record, list_name)
        if known < as_of:
            found.append((f"{list_name}: complete", lambda d, li=list_name: with_list(d, li, complete="yes")))
            later = [day for day in past if day > known]
            if later:
                new = _new_row(record, list_name, pick(later), pick)
                if new is not None:
                    found.append(
                        (
                            f"add {new}",
                            lambda d, li=list_name, r=new: {**d, li: {**d[li], "entries": [*d[li]["entries"], r]}},
                        )
                    )
    for list_name in ("payments", "purchases", "uses", "prepayments", *ACTIONS):
        if through(record, list_name) < as_of:
            found.append((f"{list_name}: complete", lambda d, li=list_name: with_list(d, li, complete="yes")))
    answered = {(row["question"], row.get("subject", "")) for row in entries(record, "determinations")}
    for question in program.policy.questions.values():
        rows = entries(record, BY_NAME[question.per].list_name)
        for subject in [""] if question.per == "institution" else [row["id"] for row in rows]:
            if (question.id, subject) not in answered:
                answer = {"question": question.id, "answer": pick(("yes", "no")), "by": question.by[0], "day": past[0]}
                made = answer | ({"subject": subject} if subject else {})
                found.append(
                    (
                        f"answer {made}",
                        lambda d, r=made: with_list(d, "determinations", [*entries(d, "determinations"), r]),
                    )
                )
    return found


def _fillings(
    record: Dossier, list_name: str, row: Cells, as_of: str, pick: Callable[[Iterable[Any]], Any]
) -> Iterator[tuple[str, str]]:
    """Cells that an absent one, or one with a range, may come to be."""
    entity = BY_LIST[list_name]
    past = [day for day in DAYS if day <= as_of]
    for name, column in entity.field_map.items():
        if column.unit == TEXT or (name not in row and (list_name, name) in _TWICE):
            continue
        if name not in row:
            if column.unit in (TRUTH, CODE):
                yield name, pick(column.options or (("yes", "no") if column.unit == TRUTH else GROUNDS))
            elif column.unit == DATE:
                yield name, pick(past if name == entity.day else DAYS)
            else:
                yield name, pick(AMOUNTS if column.unit == MONEY else UNITS)
        elif column.unit not in (CODE, TRUTH):
            low, high = span_of(str(row[name]), column.unit)
            if low != high:
                yield name, pick(_inside(low, high, column.unit, as_of if name == entity.day else ""))
    for ref in entity.refs:
        ids = [other["id"] for other in entries(record, BY_NAME[ref].list_name)]
        if ref not in row and ids:
            yield ref, pick(ids)


def _inside(low: Any, high: Any, unit: str, last: str) -> list[str]:
    """Some narrower cells. A governing day stays on or before the as-of date: later entries are no facts yet."""
    if unit == DATE and last:
        cap = date.fromisoformat(last).toordinal()
        high = cap if high is None else min(high, cap)
    base = low if low is not None else high
    ends = {
        end
        for end in (low, high, *((base + n for n in (-5, 0, 1, 5)) if base is not None else ()))
        if end is not None and (low is None or end >= low) and (high is None or end <= high)
    }
    ordered = sorted(ends)
    return [text for a in ordered for b in ordered if a <= b and (text := text_of_span(a, b, unit)) is not None]


def _new_row(record: Dossier, list_name: str, day: str, pick: Callable[[Iterable[Any]], Any]) -> Cells | None:
    entity = BY_LIST[list_name]
    if not is_dated(entity.name) or entity.name in ("receipt", "agreement"):
        return None
    row = {"id": f"{entity.name}_new{len(entries(record, list_name))}", "day": day}
    for name, column in entity.field_map.items():
        if column.unit in (MONEY, "units"):
            row[name] = pick(AMOUNTS if column.unit == MONEY else UNITS)
    for ref in entity.refs:
        ids = [other["id"] for other in entries(record, BY_NAME[ref].list_name)]
        if ids and pick((True, True, False)):
            row[ref] = pick(ids)
    return row


def consistent(record: Dossier) -> bool:
    """What the order presumes of a dossier: a sum owed is not paid twice."""
    for receipt in entries(record, "receipts"):
        own = [row for row in entries(record, "payments") if row.get("receipt") == receipt["id"] and "amount" in row]
        paid = sum((span_of(row["amount"], MONEY)[0] for row in own), Fraction(0))
        high = span_of(receipt["amount"], MONEY)[1] if "amount" in receipt else None
        if high is not None and paid > high:
            return False
    return True


@st.composite
def refinements(draw: Draw, record: Dossier, as_of: str, program: Program, most: int = 4) -> Dossier:
    """A dossier above the record: ``record ⊑ refinement``."""
    made = record
    for _ in range(draw(st.integers(1, most))):
        after = draw(st.sampled_from(stronger(made, as_of, program, draw)))[1](made)
        if consistent(after):
            made = after
    return made


@st.composite
def completions(draw: Draw, record: Dossier, as_of: str, program: Program) -> Dossier:
    """A complete record above the record: every cell of every known row filled, every list complete."""
    made = record
    for _ in range(6):
        steps = [step for step in stronger(made, as_of, program, draw) if not step[0].startswith("add ")]
        after = made
        for _, change in steps:
            tried = change(after)
            after = tried if consistent(tried) else after
        if after == made:
            break
        made = after
    return made


# ── Cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def case(program: Program, record: Mapping[str, Any], as_of: str, readings: Mapping[str, str] | None = None) -> Case:
    """A checked case; InputError if the record has errors."""
    made = build_case(program, read_dossier(dict(record)), date.fromisoformat(as_of).toordinal(), readings or {})
    report = Report()
    check_facts(made, report)
    report.raise_if_errors()
    return made


def readable(record: Mapping[str, Any], as_of: str, program: Program) -> Case | None:
    """The case, or None where the record has errors."""
    try:
        return case(program, record, as_of)
    except InputError:
        return None


# ── Answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Asked(NamedTuple):
    """What a set of needs asks for."""

    cells: frozenset[tuple[str, str]]  # row (or provision, or outcome) and cell
    lists: frozenset[str]
    questions: frozenset[tuple[str, str]]
    elsewhere: bool

    def cell(self, list_name: str, row: Cells, name: str) -> bool:
        if list_name not in ACTIONS:
            return (row["id"], name) in self.cells
        keys = {row["of"], f"{row['of']}@{row.get('subject', '')}", row["of"].partition(".")[0]}
        return any((key, asked) in self.cells for key in keys for asked in (name, f"{list_name}.{name}"))


def asked_by(needs: Iterable[Any]) -> Asked:
    found = list(needs)
    cells = set()
    for need in found:
        if need.kind == "fact":
            row, _, name = (
                ("institution", "", need.what.partition(".")[2])
                if need.what.startswith("institution.")
                else (need.subject, "", need.what)
            )
            cells.add((row, name))
    return Asked(
        cells=frozenset(cells),
        lists=frozenset(need.what for need in found if need.kind == "list"),
        questions=frozenset((need.what, need.subject) for need in found if need.kind == "judgement"),
        elsewhere=any(need.kind in ("instrument", "silent") or need.what == "document.issued" for need in found),
    )


def answered(record: Dossier, world: Dossier, asked: Asked, all_but: bool = False) -> Dossier:
    """The record with what is asked (or with everything else) taken from a complete record above it."""

    def wanted(is_asked: bool) -> bool:
        return is_asked != all_but

    made: Dossier = {**record}
    known = dict(record.get("institution", {}))
    for name, text in world.get("institution", {}).items():
        if name not in known and wanted(("institution", name) in asked.cells):
            known[name] = text
    made["institution"] = known
    for list_name in [name for name in world if (name in BY_LIST or name in ACTIONS) and name != "institution"]:
        made[list_name] = _answered_list(record.get(list_name, {}), world[list_name], list_name, asked, wanted)
    answers = {(row["question"], row.get("subject", "")): row for row in entries(record, "determinations")}
    for row in entries(world, "determinations"):
        key = (row["question"], row.get("subject", ""))
        if key not in answers and wanted(key in asked.questions):
            answers[key] = row
    made["determinations"] = {"entries": list(answers.values())}
    if wanted(asked.elsewhere):
        made["given"] = world.get("given", {"entries": []})
    return made


def _answered_list(
    mine: Dossier, whole_list: Dossier, list_name: str, asked: Asked, wanted: Callable[[bool], bool]
) -> Dossier:
    rows = {row["id"]: dict(row) for row in mine.get("entries", [])}
    restore = wanted(list_name in asked.lists)
    for row in whole_list["entries"]:
        own = rows.get(row["id"])
        if own is None:
            if restore:
                rows[row["id"]] = row
            continue
        for name, text in row.items():
            if own.get(name) != text and wanted(asked.cell(list_name, own, name)):
                own[name] = text
    stated = whole_list if restore else mine
    return {**{name: text for name, text in stated.items() if name != "entries"}, "entries": list(rows.values())}
