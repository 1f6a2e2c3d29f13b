"""Why a text is no number: the sentences, and which of them fits."""

from __future__ import annotations

import re

from quizcnn.text import Text


class UnreadError(Exception):
    """Raised while reading; ``why`` is what the learner sees."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


TOO_LONG = Text("it is too long for a number", "太长，不像一个数")
EMPTY = Text("nothing is typed", "还没有作答")
ONE_NUMBER = Text("one number is asked", "只填一个数")
COMMA = Text("a comma needs three digits after it", "逗号后面应有三位数字")
UNDERSCORE = Text("an underscore needs three digits after it", "下划线后面应有三位数字")
TWO_POINTS = Text("it has two decimal points", "有两个小数点")
RANGE = Text("a range is no answer; one number is asked", "不能填范围，只填一个数")
INFINITE = Text("it is no finite number", "不是有限的数")
LOG = Text("log may be to any base; write ln, log2 or log10", "log 的底数不明，写 ln、log2 或 log10")
NO_NUMBER = Text("there is no number in it", "里面没有数")

_RANGE = re.compile(r"[0-9.]+ ?(?:\.\.+|~|–|—|至|到| to ) ?[0-9.]+")
_TWO_POINTS = re.compile(r"[0-9]*\.[0-9]*\.[0-9]*")
_TWO_NUMBERS = re.compile(r"[0-9][0-9.]* ?(?:[,;]|or|and|or|或者|或|和| ) ?[+-]?[0-9.]", re.IGNORECASE)


def reason_for(text: str, otherwise: Text | None = None) -> Text:
    """Why a text is no number, as near to its fault as can be told."""
    folded = text.casefold()
    if folded.strip("+-") in ("inf", "infinity", "nan", "∞", "无穷", "无穷大"):
        return INFINITE
    if re.search(r"\blog ?\(", folded):
        return LOG
    if _TWO_POINTS.search(text):
        return TWO_POINTS
    if _RANGE.search(text):
        return RANGE
    if re.search(r"[0-9],[0-9]|[0-9],$|^,", text):
        return COMMA
    if re.search(r"[0-9]_|_[0-9]", text):
        return UNDERSCORE
    if _TWO_NUMBERS.search(folded):
        return ONE_NUMBER
    if otherwise is not None:
        return otherwise
    if not any(character.isdigit() for character in text):
        return NO_NUMBER
    stray = re.search(r"[^\W\d_]+|[^0-9\s.,+\-*/^()%]", text)
    if stray is None:
        return ONE_NUMBER
    shown = stray[0][:20]
    return Text(f"“{shown}” is neither number nor unit here", f"“{shown}” 在这里既不是数也不是单位")
