"""What a word of the language means where it stands: keys, operations, kinds of rows, choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vbprules.language import chinese
from vbprules.language.vocabulary import BY_NAME, MATTERS
from vbprules.language.words import TERM, WORDS
from vbprules.schemas.texts_policy import CHOICE, CONDITION, FILE, PROVISION, REASON, SHARED, TEST, VALUE
from vbprules.serving.notes import Note
from vbprules.serving.places import path_to
from vbprules.serving.understood import Spot, Understood

Text = tuple[str, str]
_WORD: Final = ("语言的词", "word of the language")
_OF_DOCUMENT: Final = ("document", "in_force", "conventions", "precedence")
_DECLARED: Final = ("instruments", "parties", "readings", "questions", "lists", "terms", "quantities")
_LISTED: Final = ("clauses", "left_out", "not_in_text", "tasks")
_ROWS: Final = ("一种行", "kind of row")
_SPECIAL: Final = ("always", "as_of", "period_start", "period_end", "issued", "silent", "not_stated")
_NOT_STATED: Final = ("原文没有写", "the document does not say")
_TERM: Final[Mapping[str, Text]] = {
    "after": ("期限从哪一天起算。", "The day from which the term runs forward."),
    "before": ("期限从哪一天往前数。", "The day from which the term runs backward."),
}


def word_note(known: Understood, spot: Spot, note: Note) -> bool:
    """Write what a word means; False where the note has nothing to say of it."""
    kind, text = spot.role.kind, spot.text
    if kind == "key":
        return _key(known, spot, note)
    if kind == "entity" and text in BY_NAME:
        _row(known, text, note)
        return True
    if kind == "period" and text in chinese.PERIODS:
        note.head(chinese.PERIODS[text], text, ("期间", "period"))
        _means(CHOICE[text], (chinese.PERIODS[text], text), note)
        return True
    if kind == "choice":
        return _choice(spot, note)
    if kind in ("value", "in_force", "name") and text in _SPECIAL:
        zh = {**chinese.SPECIAL, **chinese.IN_FORCE, **chinese.names()}[text]
        note.head(zh, text, _WORD)
        _means(CHOICE.get(text) or _NOT_STATED, (zh, text), note)
        return True
    return False


def _key(known: Understood, spot: Spot, note: Note) -> bool:
    if spot.text not in WORDS:
        return False
    term = spot.role.of == "term"
    told = _TERM[spot.text] if term else next(_texts(known, spot), None)
    if told is None:
        return False
    note.head(TERM[spot.text] if term else WORDS[spot.text], spot.text, _WORD)
    note.item(note.say(*told))
    note.item(note.say(*reversed(told)))
    return True


def _texts(known: Understood, spot: Spot) -> Iterator[Text]:
    """The texts for a key, the one for just this place first."""
    path = path_to(known.root, spot.mark)
    if path is None:  # a word that stands as a value, under ``silent``
        yield from (texts[spot.text] for texts in (PROVISION, VALUE) if spot.text in texts)
        return
    words, depth = [key.text for key in path], len(path)
    key, section = words[-1], words[0]
    if depth == 1:
        yield from _found(FILE, f"policy.{key}")
    elif section == "document":
        yield from _found(FILE, f"{words[-2]}.{key}" if words[-2] in _OF_DOCUMENT else key)
        yield from _found(SHARED, key)
    elif (section in _DECLARED and depth == 3) or (section in _LISTED and depth == 2):
        yield from _found(FILE, f"{section}.{key}")
        yield from _found(SHARED, key)
        yield from _found(PROVISION, key)
    elif section == "provisions" and (depth == 3 or (words[2] == "steps" and depth == 5)):
        yield from _found(PROVISION, key)
        yield from _found(SHARED, key)
    elif section == "provisions" and words[2] == "except" and depth <= 5:
        yield from _found(FILE, f"{words[-2]}.{key}")
        yield from _found(SHARED, key)
    yield from _in_expressions(known, path[-2].mark if depth > 1 else spot.mark, key)


def _in_expressions(known: Understood, above: object, key: str) -> Iterator[Text]:
    """Under a name stand tests of it; elsewhere operations on values and conditions, then bounds."""
    tested = any(spot.mark == above and spot.role.kind == "name" for spot in known.spots)
    tables = (TEST, VALUE, CONDITION, PROVISION) if tested else (VALUE, CONDITION, TEST, PROVISION)
    for table in tables:
        yield from _found(table, key)


def _found(table: Mapping[str, Text], key: str) -> Iterator[Text]:
    if key in table:
        yield table[key]


def _row(known: Understood, name: str, note: Note) -> None:
    entity = BY_NAME[name]
    note.head(entity.zh, entity.en, _ROWS, entity.zh if known.surface == "zh" else name)
    between = note.say("、", ", ")
    named = ((note.say(item.zh, item.en), known.called(item.name)) for item in entity.fields)
    fields = between.join(label if label == name else f"{label} {name}" for label, name in named)
    note.line(("字段", "fields"), fields)
    note.line(("指向", "refers to"), between.join(note.say(BY_NAME[ref].zh, BY_NAME[ref].en) for ref in entity.refs))


def _choice(spot: Spot, note: Note) -> bool:
    of, text = spot.role.of, spot.text
    zh = chinese.CHOICES[of].get(text)
    if zh is None:
        return False
    told = {"matter": MATTERS, "reason": REASON}.get(of, CHOICE)
    note.head(zh, text, {"matter": ("事项", "matter"), "reason": ("不编入的原因", "why not encoded")}.get(of, _WORD))
    if text in told:
        _means(told[text], (zh, text), note)
    return True


def _means(told: Text, name: Text, note: Note) -> None:
    """What a word means, where that says more than the word."""
    if note.say(*told) not in name:
        note.line(("意思", "means"), note.say(*told))
