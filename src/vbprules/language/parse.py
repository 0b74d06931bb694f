"""From the located tree of a file to a ``Policy``: structure, names and citations; conditions and values stay nodes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vbprules.diagnostics import Report, suggest
from vbprules.language import keys
from vbprules.language import policy as p
from vbprules.language.confirmation import report_unconfirmed
from vbprules.language.document import parse_document
from vbprules.language.ledger import check_ledger
from vbprules.language.own_figures import parse_not_in_text
from vbprules.language.policy import Label
from vbprules.language.shape import Shape, elements, items, text_map
from vbprules.language.versions import reads_language
from vbprules.language.vocabulary import BY_NAME, HEDGES, INSTITUTION, MATTERS, PARTIES
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar

_VALUES: Final = frozenset({*keys.CONDITIONS, *keys.DAYS, *keys.GOVERNED, *keys.BOUNDED, *keys.FIGURES})


def parse_policy(root: Node | None, digest: str, report: Report) -> p.Policy:
    """Read the structure of a policy file. Every slip goes to ``report``; the result is whole only if it has none."""
    top = Shape(root, report, "policy", keys.TOP)
    if root is not None:
        report_unconfirmed(root, report)
    for key in keys.REQUIRED["policy"]:
        top.require(key)
    top.text("language")
    reads_language(root, report)
    declared: dict[str, Scalar] = {}
    parties = _parties(top, report, declared)
    parsed = p.Policy(
        id=top.text("policy"),
        digest=digest,
        document=parse_document(top.get("document"), report),
        instruments=_instruments(top, report),
        parties=parties,
        readings=_readings(top, report),
        questions=_questions(top, report),
        lists=_lists(top, report),
        terms=_named(top, "terms", report, declared, condition=True),
        quantities=_named(top, "quantities", report, declared, condition=False),
        clauses=tuple(_clauses(top, report)),
        left_out=tuple(_left_out(top, report)),
        provisions=_provisions(top, report),
        not_in_text=tuple(parse_not_in_text(top.get("not_in_text"), report)),
        root=root,
    )
    _check_names(parsed, top, report)
    check_ledger(parsed, report)
    return parsed


def _instruments(top: Shape, report: Report) -> dict[str, p.Instrument]:
    found = {}
    for key, node in items(top.get("instruments"), report, "instruments"):
        s = Shape(node, report, f"instruments.{key.text}", keys.SECTIONS["instruments"])
        found[key.text] = p.Instrument(key.text, s.text("number"), Label(s.text("title"), s.text("en")))
    return found


def _parties(top: Shape, report: Report, declared: dict[str, Scalar]) -> dict[str, p.Party]:
    found = {name: p.Party(name, Label(zh, en)) for name, (zh, en) in PARTIES.items()}
    for key, node in items(top.get("parties"), report, "parties"):
        s = Shape(node, report, f"parties.{key.text}", keys.SECTIONS["parties"])
        _declare(key, declared, report)
        found[key.text] = p.Party(key.text, s.label("label"), s.citations("cite", required=False), s.get("is"))
    return found


def _readings(top: Shape, report: Report) -> dict[str, p.Reading]:
    found = {}
    for key, node in items(top.get("readings"), report, "readings"):
        where = f"readings.{key.text}"
        s = Shape(node, report, where, keys.SECTIONS["readings"])
        options = text_map(s.require("options"), report, f"{where}.options")
        preferred = s.choice("preferred", tuple(options), "") or None
        if len(options) < 2:
            report.error("reading_options", key, name=key.text, missing="", extra="")
        found[key.text] = p.Reading(key.text, s.label("asks"), s.citations("cite"), options, preferred)
    return found


def _questions(top: Shape, report: Report) -> dict[str, p.Question]:
    found = {}
    for key, node in items(top.get("questions"), report, "questions"):
        s = Shape(node, report, f"questions.{key.text}", keys.SECTIONS["questions"])
        s.require("by")
        per = s.choice("per", tuple(BY_NAME), INSTITUTION)
        found[key.text] = p.Question(key.text, s.label("asks"), s.citations("cite"), s.names("by"), per)
    return found


def _lists(top: Shape, report: Report) -> dict[str, p.CodeList]:
    found = {}
    for key, node in items(top.get("lists"), report, "lists"):
        where = f"lists.{key.text}"
        s = Shape(node, report, where, keys.SECTIONS["lists"])
        if ("closed" in s) == ("open" in s):
            report.error("missing_key", key, key="closed / open", where=where)
        kind = "closed" if "closed" in s else "open"
        labels = text_map(s.get("labels"), report, f"{where}.labels")
        found[key.text] = p.CodeList(key.text, kind == "closed", s.names(kind), labels, s.citations("cite"))
    return found


def _named(top: Shape, kind: str, report: Report, declared: dict[str, Scalar], condition: bool) -> dict[str, p.Named]:
    found = {}
    for key, node in items(top.get(kind), report, kind):
        named = parse_named(key, node, kind, report, condition)
        _declare(key, declared, report)
        if named is not None:
            found[key.text] = named
    return found


def parse_named(key: Scalar, node: Node, kind: str, report: Report, condition: bool) -> p.Named | None:
    s = Shape(node, report, f"{kind}.{key.text}", keys.SECTIONS["terms"])
    value = s.require("is")
    per = s.choice("per", tuple(BY_NAME), INSTITUTION)
    if value is None:
        return None
    return p.Named(key.text, s.label("label"), per, value, condition, s.citations("cite", required=False))


def _declare(key: Scalar, declared: dict[str, Scalar], report: Report) -> None:
    if key.text in declared:
        report.error("repeated_id", key, value=key.text)
    declared[key.text] = key


def _clauses(top: Shape, report: Report) -> Iterable[p.Clause]:
    for node in elements(top.get("clauses"), report, "clauses"):
        s = Shape(node, report, "clauses", keys.SECTIONS["clauses"])
        no = s.required_text("no").replace("（", "(").replace("）", ")")
        if len(s.text("starts")) > keys.LONGEST_PHRASE:
            report.error("phrase_too_long", s.get("starts"), phrase=s.text("starts"), length=len(s.text("starts")))
        reason = s.choice("not_encoded", p.REASONS_NOT_ENCODED, "") or None
        yield p.Clause(no, s.text("starts"), s.label("text"), reason, node.mark)


def _left_out(top: Shape, report: Report) -> Iterable[tuple[p.Citation, str]]:
    for node in elements(top.get("left_out"), report, "left_out"):
        s = Shape(node, report, "left_out", keys.SECTIONS["left_out"])
        why = s.choice("why", p.REASONS_NOT_ENCODED, "declaratory")
        s.require("why")
        for cited in s.citations("cite"):
            yield cited, why


def _provisions(top: Shape, report: Report) -> dict[str, p.Provision]:
    found: dict[str, p.Provision] = {}
    for key, node in items(top.get("provisions"), report, "provisions"):
        for provision in _provision(key, node, report):
            found[provision.id] = provision
    for node in elements(top.get("tasks"), report, "tasks"):
        task = _task(node, report)
        if task.id in found:
            report.error("repeated_id", node, value=task.id)
        found[task.id] = task
    return found


def _provision(key: Scalar, node: Node, report: Report) -> Iterable[p.Provision]:
    present = [m for m in p.MODALITIES if isinstance(node, MappingNode) and node.get(m) is not None]
    if len(present) != 1:
        report.error("two_modalities" if present else "no_modality", key, id=key.text)
        if not present:
            return
    modality = present[0]
    where = f"provisions.{key.text}"
    others = {name for names in keys.OF_MODALITY.values() for name in names}
    s = Shape(node, report, where, {*p.MODALITIES, *keys.COMMON, *others})
    for name in others - set(keys.OF_MODALITY[modality]):
        if name in s:
            report.error("key_not_for_modality", s.get(name), key=name, modality=modality)
    if modality not in keys.WITHOUT_BEARER and "by" not in s.names("silent"):
        s.require("by")
    steps = s.get("steps")
    whole = _built(key.text, modality, s, s.label(modality), s.citations("cite"), report, None)
    if steps is not None:
        for name in keys.LEFT_TO_STEPS:
            if name in s:
                report.error("key_not_for_modality", s.get(name), key=name, modality="steps")
    if steps is None:
        _check_expected(whole, s, report)
        yield whole
        return
    for step_name, body in items(steps, report, f"{where}.steps"):
        step = Shape(body, report, f"{where}.steps.{step_name.text}", keys.STEP)
        cites = step.citations("cite", required=False) or whole.cites
        built = _built(f"{key.text}.{step_name.text}", modality, step, step.label("does"), cites, report, whole)
        _check_expected(built, step, report)
        yield built


def _built(
    id: str,
    modality: p.Modality,
    s: Shape,
    title: Label,
    cites: tuple[p.Citation, ...],
    report: Report,
    whole: p.Provision | None,
) -> p.Provision:
    hedge = s.text("hedge") or (whole.hedge if whole else None)
    if hedge is not None and hedge not in HEDGES:
        report.error("bad_hedge", s.get("hedge"), value=hedge, choices="、".join(HEDGES))
        hedge = None
    values = {name: value for name in sorted(_VALUES) if (value := s.get(name)) is not None}
    if whole is not None:
        values = {**{k: v for k, v in whole.values.items() if k in ("when", "governed_by")}, **values}
    exemptions = []
    for item in elements(s.get("except"), report, f"provisions.{id}.except"):
        row = Shape(item, report, f"provisions.{id}.except", keys.SECTIONS["except"])
        when = row.require("when")
        set_by: tuple[str, ...] = ()
        if isinstance(instead := row.get("instead"), MappingNode):
            set_by = Shape(instead, report, f"provisions.{id}.except.instead", keys.SECTIONS["instead"]).names("set_by")
        elif instead is not None:
            row.choice("instead", ("none",), "none")
        if when is not None:
            exemptions.append(p.Exemption(when, row.citations("cite"), set_by))
    node = s.node
    assert node is not None
    return p.Provision(
        id=id,
        modality=modality,
        title=title,
        cites=cites,
        by=s.names("by") or (whole.by if whole else ()),
        toward=s.names("toward") or (whole.toward if whole else ()),
        for_each=whole.for_each if whole else s.choice("for_each", tuple(BY_NAME), INSTITUTION),
        hedge=hedge,
        silent=s.names("silent"),
        values=values,
        exemptions=tuple(exemptions) or (whole.exemptions if whole else ()),
        once=s.flag("once"),
        takes_effect=s.choice("takes_effect", keys.TAKES_EFFECT, "when_imposed"),
        sanctioned_by=s.names("sanctioned_by"),
        fields=s.text("fields") or (whole.fields if whole else None),
        choose=_choice(s, whole),
        support=(),
        note=Label(s.text("note"), s.text("note_en")) if "note" in s else None,
        group=whole.id if whole else None,
        mark=node.mark,
        matters=_matters(s) or (whole.matters if whole else ()),
    )


def _matters(s: Shape) -> tuple[str, ...]:
    """What the norm is about, in the closed vocabulary that all policies share."""
    found = s.scalars("matter")
    for item in found:
        if item.text not in MATTERS:
            s.report.error(
                "bad_choice",
                item,
                value=item.text,
                where=f"{s.where}.matter",
                choices=", ".join(MATTERS),
                suggestion=suggest(item.text, MATTERS),
            )
    return tuple(dict.fromkeys(item.text for item in found))


def _choice(s: Shape, whole: p.Provision | None) -> p.Choice:
    default: p.Choice = whole.choose if whole else "all"
    word = s.choice("choose", keys.CHOOSE, default)
    return "any" if word == "any" else "in_order" if word == "in_order" else "all"


def _check_expected(provision: p.Provision, s: Shape, report: Report) -> None:
    for key in keys.EXPECTED.get(provision.modality, ()):
        given = key in provision.values or key in provision.silent or (key == "until" and provision.once)
        judged_at_once = key == "due" and (set(keys.JUDGED_AT_ONCE) & set(provision.values))
        if not given and not judged_at_once:
            report.error("missing_expected", s.node, key=key, modality=provision.modality)


def _task(node: Node, report: Report) -> p.Provision:
    s = Shape(node, report, "tasks", keys.SECTIONS["tasks"])
    task_id = f"task_{s.required_text('no')}"
    s.require("lead")
    if "due" not in s and "due" not in s.names("silent"):
        report.error("missing_expected", node, key="due", modality="obligation")
    due = s.get("due")
    return p.Provision(
        id=task_id,
        modality=p.OBLIGATION,
        title=s.label("does"),
        cites=s.citations("cite"),
        by=s.names("lead"),
        toward=(),
        for_each=INSTITUTION,
        hedge=None,
        silent=s.names("silent"),
        values={} if due is None else {"due": due},
        exemptions=(),
        once=False,
        takes_effect="when_imposed",
        sanctioned_by=(),
        fields=None,
        choose="all",
        support=s.names("support"),
        note=Label(s.text("note"), s.text("note_en")) if "note" in s else None,
        group=None,
        mark=node.mark,
    )


def _check_names(policy: p.Policy, top: Shape, report: Report) -> None:
    """Every party, instrument, list and provision that the structure names is declared."""
    groups = {provision.group for provision in policy.provisions.values() if provision.group}
    known = {*policy.provisions, *groups}
    for provision in policy.provisions.values():
        for name in (*provision.by, *provision.toward, *provision.support):
            if name not in policy.parties:
                report.error("unknown_party", provision.mark, name=name, suggestion=suggest(name, policy.parties))
        for name in provision.sanctioned_by:
            if name not in known:
                report.error("unknown_provision", provision.mark, name=name, suggestion=suggest(name, known))
        if provision.fields is not None and provision.fields not in policy.lists:
            report.error(
                "unknown_list",
                provision.mark,
                name=provision.fields,
                suggestion=suggest(provision.fields, policy.lists),
            )
        for exemption in provision.exemptions:
            for name in exemption.set_by:
                if name not in policy.instruments:
                    report.error(
                        "unknown_instrument", exemption.when, name=name, suggestion=suggest(name, policy.instruments)
                    )
    for item in policy.document.precedence:
        if item.question and item.question not in policy.questions:
            known_questions = policy.questions
            at = top.get("document")
            report.error("unknown_question", at, name=item.question, suggestion=suggest(item.question, known_questions))
    for question in policy.questions.values():
        for name in question.by:
            if name not in policy.parties:
                report.error("unknown_party", top.get("questions"), name=name, suggestion=suggest(name, policy.parties))
