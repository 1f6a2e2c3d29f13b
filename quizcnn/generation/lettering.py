"""How keys and answers are written on paper: options and targets by capital letters, numbers with their unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizcnn.grading.answers import Answer
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.property import PropertyAnswer
from quizcnn.solvers.values import format_value
from quizcnn.text import Lang

_HAN = re.compile(r"[\u4e00-\u9fff]")


def letter(place: int) -> str:
    """The letter of an option or a target: A, B, ..."""
    return chr(ord("A") + place)


def unit(units: Sequence[str], lang: Lang) -> str:
    """The unit that is printed after a number: the first in the paper's language, else the first that is not Chinese."""
    chinese = [name for name in units if _HAN.search(name)]
    latin = [name for name in units if name not in chinese]
    ranked = [*chinese, *latin] if lang == "zh" else latin
    return ranked[0] if ranked else ""


def key_on_paper(answer: Answer, lang: Lang) -> str:
    """The key of one field as it is marked on paper."""
    match answer:
        case ChoiceAnswer(options=options):
            return " ".join(letter(place) for place, option in enumerate(options) if option.key)
        case MatchingAnswer(pairs=pairs):
            return " ".join(letter(place) for place in pairs)
        case NumberAnswer(units=units):
            after = unit(units, lang)
            return answer.shown()[lang] + (f" {after}" if after else "")
        case PropertyAnswer(asks=asks, example=example) if len(asks) == len(example):
            return ", ".join(f"{name} = {format_value(value)}" for name, value in zip(asks, example, strict=True))
    return answer.shown()[lang]


def read_on_paper(answer: Answer, read: str) -> str:
    """What was read for one field, in the letters of the paper."""
    if isinstance(answer, ChoiceAnswer):
        return " ".join(letter(int(word) - 1) if word.isdecimal() else word for word in read.split())
    return read.upper() if isinstance(answer, MatchingAnswer) else read
