"""A case file in Chinese words: keys from the words of the language, values from the words in which decisions speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vbprules.cases.keys import ABSENT, CHOICES, FIGURES, NONE, NOT_APPLICABLE, SETS
from vbprules.cases.trees import Change, each_item, each_value, keyed, path, worded
from vbprules.decision.words import CHOICES as CHOOSE
from vbprules.decision.words import MODALITIES, MODES, SHORT_STATES, STANDINGS, STATES, TRUTHS
from vbprules.language.words import dossier_in_english
from vbprules.reading import Node, Scalar

ABSENT_ZH: Final = "没有"
NONE_ZH: Final = "无"
_STATES: Final = {code: zh for code, (zh, _) in STATES.items()}
_FIGURE: Final = {ABSENT: ABSENT_ZH, "open": STANDINGS["open"][0], "silent": STANDINGS["silent"][0]}

# For every key of an expectation: the Chinese forms of its words, the one to write first.
CHINESE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "state": {code: tuple(dict.fromkeys((SHORT_STATES.get(code, zh), zh))) for code, zh in _STATES.items()},
    "standing": {code: (zh,) for code, (zh, _) in STANDINGS.items()},
    "triggered": {code: (TRUTHS[code][0],) for code in CHOICES["triggered"]},
    "mode": {code: (zh,) for code, (zh, _) in MODES.items()},
    "modality": {code: (zh,) for code, (zh, _) in MODALITIES.items()},
    "hedge": {NONE: (NONE_ZH,)},
    "choose": {code: (zh,) for code, (zh, _) in CHOOSE.items()},
    **{key: {NONE: (NONE_ZH,)} for key in SETS},
    **{key: {code: (zh,) for code, zh in _FIGURE.items()} for key in FIGURES},
    "early": {"yes": (TRUTHS["yes"][0],), "no": (TRUTHS["no"][0],), ABSENT: (ABSENT_ZH,)},
}
# What may stand for a whole outcome.
OUTCOME: Final[Mapping[str, tuple[str, ...]]] = {
    ABSENT: (ABSENT_ZH,),
    NOT_APPLICABLE: (_STATES[NOT_APPLICABLE],),
}


def in_english(root: Node, blocks: Mapping[str, Change]) -> Node:
    """The same case file with every Chinese word of the language, and of what is expected, as its English one.

    ``blocks`` says how what a case asserts besides single outcomes is changed, by the name of the block.
    """
    table = keyed({"set": path, "rows": each_item(keyed({"expect": EXPECT}))})
    case = keyed({"facts": dossier_in_english, "expect": EXPECT, "variants": table, **blocks})
    file = keyed(
        {
            "fixtures": each_value(dossier_in_english),
            "cases": each_item(case),
            "equivalent": each_item(keyed()),
            "unreachable": each_item(keyed()),
        }
    )
    return file(root)


def _expectation(node: Node) -> Node:
    return worded(OUTCOME)(node) if isinstance(node, Scalar) else VALUES(node)


VALUES: Final[Change] = keyed({key: worded(forms) for key, forms in CHINESE.items()})  # of one outcome
EXPECT: Final[Change] = each_value(_expectation)
