"""What is said of each thing that a policy names: label, unit, per what, its definition in words, where it is cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from vbprules.comparing.sentences import Sentences
from vbprules.decision.words import MODALITIES, NOT_ENCODED
from vbprules.language import chinese
from vbprules.language import policy as p
from vbprules.language.ledger import citations
from vbprules.language.vocabulary import BY_NAME, HEDGES, INSTITUTION, PARTIES
from vbprules.program.figures import Users
from vbprules.program.ir import Definition
from vbprules.reading import Mapping as MappingNode
from vbprules.reading import Node, Scalar
from vbprules.schemas.texts_policy import UNIT
from vbprules.serving.notes import Note
from vbprules.serving.things import Thing, declared_at
from vbprules.serving.understood import Understood
from vbprules.values.figures import MONTHS, SHARE, WORKING_DAYS, YEARS

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    **UNIT,
    SHARE: ("比例", "a share"),
    WORKING_DAYS: ("工作日", "working days"),
    MONTHS: ("月数", "months"),
    YEARS: ("年数", "years"),
}
_PER: Final = ("按", "per")
_UNIT: Final = ("单位", "unit")
_MEANS: Final = ("含义", "means")
_USED: Final = ("用它的规定引用", "cited where it is used")
_STEPS: Final = ("分几项措施的制裁", "sanction in several measures")
_MOST: Final = 12


def thing_note(known: Understood, thing: Thing, note: Note) -> bool:
    """Write what a thing is; False where the policy has no such thing."""
    return _NOTES[thing.kind](known, thing.id, note)


def _name(known: Understood, id: str, note: Note) -> bool:
    policy = known.program.policy
    if id in policy.parties:
        return _party(known, id, note)
    named = policy.quantities.get(id) or policy.terms.get(id)
    if named is None:
        return False
    kind = ("术语（条件）", "term (a condition)") if named.condition else ("量", "quantity")
    note.head(named.label.zh, named.label.en, kind, id)
    _defined(known, f"{named.per}.{id}", named.cites, note)
    return True


def _built_in(known: Understood, id: str, note: Note) -> bool:
    found = known.program.definitions.get(id)
    if found is None:
        return False
    note.head(found.label.zh, found.label.en, ("内建的量", "built-in quantity"), known.called(id.partition(".")[2]))
    _defined(known, id, (), note)
    return True


def _defined(known: Understood, key: str, cites: tuple[p.Citation, ...], note: Note) -> None:
    found = known.program.definitions.get(key)
    if found is not None:
        note.line(_UNIT, note.say(*UNITS.get(found.body.unit, (found.body.unit, found.body.unit))))
        note.line(_PER, _row(found.per, note))
        note.line(_MEANS, _in_words(known, found, note))
    note.cites(cites)
    if not cites:
        note.cites(Users(known.program).cites(key), _USED)


def _in_words(known: Understood, found: Definition, note: Note) -> str:
    return Sentences(known.program).of(found.body, 1).lang(note.lang)


def _row(entity: str, note: Note) -> str:
    return note.say(BY_NAME[entity].zh, BY_NAME[entity].en)


def _field(known: Understood, id: str, note: Note) -> bool:
    entity, _, name = id.partition(".")
    item = BY_NAME[entity].field_map[name]
    note.head(item.zh, item.en, ("档案的字段", "field of a dossier"), known.called(id))
    note.line(_UNIT, note.say(*UNITS.get(item.unit, (item.unit, item.unit))))
    note.line(_PER, _row(entity, note))
    between = note.say("、", ", ")
    note.line(("代码", "codes"), between.join(_called_code(known, name, code, zh) for code, zh in item.options.items()))
    return True


def _called_code(known: Understood, field: str, code: str, zh: str) -> str:
    """A code with its label; in a Chinese file the code is the label, or nearly so."""
    written = chinese.codes(field).get(code, code) if known.surface == "zh" else code
    return zh if written == zh else f"{zh} {written}"


def _party(known: Understood, id: str, note: Note) -> bool:
    party = known.program.policy.parties[id]
    built_in = id in PARTIES and declared_at(known, Thing("name", id)) is None
    kind = ("内建的主体", "built-in party") if built_in else ("主体", "party")
    note.head(party.label.zh, party.label.en, kind, known.called(id) if built_in else id)
    if party.test is None and id != INSTITUTION:
        note.item(note.say("本机构以外的人：不因它而适用", "somebody else: nothing applies to the institution for it"))
    elif party.test is not None:
        note.item(note.say("本机构须符合：", "a test of the institution:"))
        note.code(known.written(party.test.mark).strip())
    note.cites(party.cites)
    return True


def _reading(known: Understood, id: str, note: Note) -> bool:
    reading = known.program.policy.readings.get(id)
    if reading is None:
        return False
    note.head(reading.asks.zh, reading.asks.en, ("解读", "reading"), id)
    for option, words in reading.options.items():
        mark = note.say("（倾向，只作显示）", " (preferred, for display only)") if option == reading.preferred else ""
        note.item(f"{option} — {words}{mark}")
    note.cites(reading.cites)
    return True


def _option(known: Understood, id: str, note: Note) -> bool:
    of, _, option = id.rpartition(".")
    reading = known.program.policy.readings.get(of)
    if reading is None or option not in reading.options:
        return False
    note.head(reading.options[option], "", ("解读的一个选项", "option of a reading"), option)
    note.line(("解读", "reading"), f"{of} — {note.of(reading.asks)}")
    note.cites(reading.cites)
    return True


def _question(known: Understood, id: str, note: Note) -> bool:
    policy = known.program.policy
    question = policy.questions.get(id)
    if question is None:
        return False
    note.head(question.asks.zh, question.asks.en, ("认定事项", "question left to judgement"), id)
    note.line(("由", "decided by"), _parties(policy, question.by, note))
    note.line(_PER, _row(question.per, note))
    note.cites(question.cites)
    return True


def _parties(policy: p.Policy, names: tuple[str, ...], note: Note) -> str:
    return note.say("、", ", ").join(note.of(policy.parties[name].label) for name in names if name in policy.parties)


def _list(known: Understood, id: str, note: Note) -> bool:
    found = known.program.policy.lists.get(id)
    if found is None:
        return False
    kind = ("封闭的清单", "closed list") if found.closed else ("开放的清单（等）", "open list (等)")
    note.head(id, "", kind)
    for code in found.codes[:_MOST]:
        note.item(f"{code} {found.labels.get(code, '')}".strip())
    if len(found.codes) > _MOST:
        note.item("…")
    note.cites(found.cites)
    return True


def _code(known: Understood, id: str, note: Note) -> bool:
    lists = [item for item in known.program.policy.lists.values() if id in item.codes]
    label = next((item.labels[id] for item in lists if id in item.labels), chinese.codes("").get(id))
    if label is None:
        return False
    note.head(label, "", ("代码", "code"), id)
    note.line(("清单", "lists"), note.say("、", ", ").join(item.id for item in lists))
    return True


def _instrument(known: Understood, id: str, note: Note) -> bool:
    found = known.program.policy.instruments.get(id)
    if found is None:
        return False
    note.head(found.title.zh, found.title.en, ("其他文件", "other instrument"), id)
    note.line(("文号", "number"), found.number)
    return True


def _provision(known: Understood, id: str, note: Note) -> bool:
    policy = known.program.policy
    norms = [norm for norm in policy.provisions.values() if norm.id == id]
    steps = [norm for norm in policy.provisions.values() if norm.group == id]
    for norm in norms:
        note.head(norm.title.zh, norm.title.en, MODALITIES[norm.modality], id)
        note.line(("由", "by"), _parties(policy, norm.by, note))
        note.line(("对", "toward"), _parties(policy, norm.toward, note))
        note.line(("限定语", "hedge"), norm.hedge or "")
        if norm.for_each != INSTITUTION:
            note.line(("逐一", "for each"), _row(norm.for_each, note))
        note.cites(norm.cites)
    if not norms and steps:
        body = _declared(known, "provisions", id)
        title = body.get("sanction") if body is not None else None
        en = body.get("en") if body is not None else None
        note.head(_text(title) or id, _text(en), _STEPS, id)
        for norm in steps:
            note.item(f"{norm.id} {note.of(norm.title)}")
    return bool(norms or steps)


def _declared(known: Understood, section: str, id: str) -> MappingNode | None:
    """What the file has under an id."""
    found = known.root.get(section)
    body = found.get(id) if isinstance(found, MappingNode) else None
    return body if isinstance(body, MappingNode) else None


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _clause(known: Understood, id: str, note: Note) -> bool:
    policy = known.program.policy
    clause = next((clause for clause in policy.clauses if clause.no == id), None)
    if clause is None:
        return False
    note.head(f"{clause.no} {clause.title.zh}", clause.title.en, ("条款", "clause"))
    note.line(("起句", "begins"), clause.starts)
    if clause.not_encoded is not None:
        note.line(("不编入", "not encoded"), note.say(*NOT_ENCODED[clause.not_encoded]))
    cited: dict[str, list[str]] = {}
    for name, cite in citations(policy):
        if cite.clause == id:
            cited.setdefault(name, []).append(f"“{cite.phrase}”")
    for name, phrases in list(cited.items())[:_MOST]:
        norm = policy.provisions.get(name)
        title = f" {note.of(norm.title)}" if norm is not None else ""
        note.item(f"{name}{title} {''.join(phrases)}")
    if len(cited) > _MOST:
        note.item("…")
    return True


def _hedge(known: Understood, id: str, note: Note) -> bool:
    if id not in HEDGES:
        return False
    en, discretionary = HEDGES[id]
    note.head(id, en, ("限定语", "hedge"))
    told = (
        "裁量：不自动成为义务、违反或应作出的制裁",
        "discretion: never by itself a duty, a breach or a sanction due",
    )
    note.item(note.say(*(told if discretionary else ("只标明，不改变结论", "shown; changes no outcome"))))
    return True


_Write = Callable[[Understood, str, Note], bool]
_NOTES: Final[Mapping[str, _Write]] = {
    "name": _name,
    "built_in": _built_in,
    "field": _field,
    "party": _party,
    "reading": _reading,
    "option": _option,
    "question": _question,
    "list": _list,
    "code": _code,
    "instrument": _instrument,
    "provision": _provision,
    "clause": _clause,
    "hedge": _hedge,
}
