"""What a search says: how many it found, what to try instead, where a question stands with the learner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizcnn.services.search.filters import NAMES, STATE_NAMES
from quizcnn.services.search.record import Record
from quizcnn.services.search.search import Found, Trouble
from quizcnn.services.words import say
from quizcnn.text import Lang, Text

COUNT = Text("{hits} of {total} questions", "{total} 题中的 {hits} 题")
NO_NAME = Text("There is no filter {name}:", "没有 {name}: 这个筛选项")
NO_VALUE = Text("No {name} is called '{value}'", "没有叫“{value}”的{name}")
NO_WORD = Text("No question has '{word}'", "没有题目含“{word}”")
HIDES = Text("Without {part} there are {count}.", "去掉 {part} 有 {count} 题。")
NONE = Text("No question fits.", "没有符合的题目。")
MEAN = Text("; try {nearest}.", "，试试 {nearest}。")
NAMES_ARE = Text("; there are {names}.", "，可用的有 {names}。")
END = Text(".", "。")
OR, COMMA = Text(" or ", " 或 "), Text(", ", "、")
DUE_TODAY = Text("due today", "今天到期")
TOMORROW = Text("tomorrow", "明天")
IN_DAYS = Text("in {days} days", "{days} 天后")


def count_line(found: Found, lang: Lang) -> str:
    """``3 of 912 questions``."""
    return say(COUNT, lang, hits=len(found.hits), total=found.total)


def trouble_lines(found: Found, lang: Lang) -> list[str]:
    """Why nothing was found and what to do, one sentence each; empty where there are hits."""
    if found.hits:
        return []
    return [line for trouble in found.troubles for line in _lines(trouble, lang)] or [NONE[lang]]


def _lines(trouble: Trouble, lang: Lang) -> Iterator[str]:
    if trouble.what == "hides":
        yield say(HIDES, lang, part=trouble.part.text, count=trouble.count)
        return
    names = {label.en: label[lang] for label in NAMES.values()}
    line = {
        "name": say(NO_NAME, lang, name=trouble.name),
        "value": say(NO_VALUE, lang, name=names.get(trouble.name, trouble.name), value=trouble.value),
        "word": say(NO_WORD, lang, word=trouble.part.text),
    }[trouble.what]
    if trouble.nearest:
        yield line + say(MEAN, lang, nearest=_either(trouble.nearest, lang))
    elif trouble.what == "name":
        yield line + say(NAMES_ARE, lang, names=COMMA[lang].join(f"{name}:" for name in names))
    else:
        yield line + END[lang]


def _either(words: Sequence[str], lang: Lang) -> str:
    """``a, b or c``."""
    *some, last = words
    return f"{COMMA[lang].join(some)}{OR[lang]}{last}" if some else last


def standing(record: Record, question_id: str, lang: Lang) -> str:
    """Where a question stands with the learner, in a word or two: ``due today``, ``in 11 days``, ``new``."""
    states = record.states(question_id)
    for state in ("suspended", "new"):
        if state in states:
            return STATE_NAMES[state][lang]
    days = record.days_left(question_id)
    if "due" in states or not days:
        return DUE_TODAY[lang]
    return TOMORROW[lang] if days == 1 else say(IN_DAYS, lang, days=days)
