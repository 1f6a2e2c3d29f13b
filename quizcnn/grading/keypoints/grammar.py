"""The pattern language: text to pattern. Errors say what was expected, with line and column.

pattern = part ";" part ...            each part in a clause of its own
a b c           all, any order            a | b  (a b | c)  [a]    alternatives, group, optional
"a b"  a .. b  a ~4 b                     exact run, in this order, at most 4 words apart
{iou} {a|b}     concepts                  =eps  conv*  !a          exactly so, prefix, absent
up(x) down(x) same(x) change(x) zero(x) most(x) least(x)  with(up(x), down(y))  not(p)
more(a, x, b) less(...) equal(...)        ratio(a, b)  in(train: p)  num(7) num(7x7) num(0.5..0.6)  eq(a = b/c)
"""

from __future__ import annotations

import re
from functools import lru_cache

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.normal import plain, stem
from quizcnn.grading.keypoints.vocabulary import tokens_of

_TOKEN = re.compile(r"""\s+|\.\.|~\d+|[{}()\[\]|!;,:"=*]|[^\s{}()\[\]|!;,:"=*~.]+(?:\.[^\s{}()\[\]|!;,:"=*~.]+)*""")
_CALLS = frozenset(
    [
        "up",
        "down",
        "same",
        "change",
        "zero",
        "most",
        "least",
        "with",
        "more",
        "less",
        "equal",
        "not",
        "ratio",
        "in",
        "num",
        "eq",
        "about",
    ]
)
_SIGNS = frozenset('{}()[]|!;,:"=*~')
_DECIMAL = r"(-?(?:\d+(?:\.\d+)?|\.\d+)%?)"
_NUMBER = re.compile(rf"{_DECIMAL}(?:\.\.{_DECIMAL})?(?:\s+(\{{.*\}}))?|(\d+(?:x\d+)+)")
_LOOKS = re.compile(
    r"""\{[a-z0-9_|]+\}|^\s*"|\s\.\.\s|\s~\d+\s|\b(?:up|down|same|change|zero|most|least|with|more|less|equal|not|ratio|in|num|eq|about)\("""
)
PHASES = {
    "train": "training",
    "training": "training",
    "test": "inference",
    "inference": "inference",
    "eval": "inference",
}


class PatternError(ValueError):
    """A pattern that cannot be read: what, at which line and column of its text."""

    def __init__(self, what: str, text: str, place: int) -> None:
        line = text.count("\n", 0, place) + 1
        column = place - text.rfind("\n", 0, place)
        super().__init__(f"{what} (line {line}, column {column} of the pattern)")
        self.what, self.line, self.column = what, line, column


def is_pattern(text: str) -> bool:
    """Whether a text is written in the pattern language, not as a plain sentence."""
    return _LOOKS.search(text) is not None


@lru_cache(maxsize=8192)
def parse_pattern(text: str, lexicon: Lexicon) -> p.Rule:
    """The pattern of a text. Raises ``PatternError``."""
    return _Parser(text, lexicon).whole()


class _Parser:
    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens = [(found[0], found.start()) for found in _TOKEN.finditer(text) if found[0].strip()]
        self.at = 0

    def whole(self) -> p.Rule:
        parts = [self.either()]
        while self.take(";"):
            parts.append(self.either())
        if self.at < len(self.tokens):
            raise self.error(f"{self.tokens[self.at][0]!r} stands alone")
        return p.Rule(tuple((1.0, part) for part in parts), self.text)

    def error(self, what: str) -> PatternError:
        place = self.tokens[self.at][1] if self.at < len(self.tokens) else len(self.text)
        return PatternError(what, self.text, place)

    @property
    def next(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, sign: str) -> bool:
        if self.next == sign:
            self.at += 1
            return True
        return False

    def expect(self, sign: str) -> None:
        if not self.take(sign):
            raise self.error(
                f"{sign!r} expected, {self.next!r} found" if self.next else f"{sign!r} expected at the end"
            )

    def either(self) -> p.Pattern:
        parts = [self.row()]
        while self.take("|"):
            parts.append(self.row())
        return parts[0] if len(parts) == 1 else p.Either(tuple(parts))

    def row(self) -> p.Pattern:
        parts: list[p.Pattern] = []
        while self.next and self.next not in ("|", ")", "]", ";", ",", ":", "}"):
            part = self.part()
            if self.next == ".." or self.next.startswith("~"):
                row, gap = [part], None
                while self.next == ".." or self.next.startswith("~"):
                    gap = None if self.next == ".." else int(self.next[1:])
                    self.at += 1
                    row.append(self.part())
                part = p.Row(tuple(row), gap)
            parts.append(part)
        if not parts:
            raise self.error("a word, a concept or a relation expected")
        return parts[0] if len(parts) == 1 else p.All(tuple(parts))

    def part(self) -> p.Pattern:
        token = self.next
        if token == "{":
            return self.concept()
        if token == "(":
            self.at += 1
            inner = self.either()
            self.expect(")")
            return inner
        if token == "[":
            self.at += 1
            inner = self.either()
            self.expect("]")
            return p.Maybe(inner)
        if token == "!":
            self.at += 1
            return p.Without(self.part())
        if token == '"':
            return self.quoted()
        if token == "=":
            self.at += 1
            return p.Word(self.word(), "", exact=True)
        if token in _CALLS and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][0] == "(":
            return self.call(token)
        if token in _SIGNS or token == "..":
            raise self.error(f"{token!r} is out of place")
        word = self.word()
        if self.next == "*" and self.tokens[self.at][1] == self.tokens[self.at - 1][1] + len(word):
            self.at += 1
            return p.Word(plain(word).text, "", prefix=True)
        return self.plain_word(word)

    def plain_word(self, word: str) -> p.Pattern:
        """A word as reading makes it; Chinese of several words is all of them."""
        from quizcnn.grading.keypoints.items import items_of

        items = [item for item in items_of(word, self.lexicon.vocabulary) if item.keys]
        if len(items) > 1:
            return p.All(tuple(p.Concept(item.own) for item in items))
        if items and items[0].own and not word.isascii():
            return p.Concept(items[0].own)
        text = plain(word).text
        tokens = tokens_of(text)
        return p.Word(text, stem(tokens[0]) if len(tokens) == 1 else text)

    def word(self) -> str:
        token = self.next
        if not token or token in _SIGNS:
            raise self.error("a word expected")
        self.at += 1
        return token

    def concept(self) -> p.Concept:
        self.expect("{")
        ids = [self.concept_id()]
        while self.take("|"):
            ids.append(self.concept_id())
        self.expect("}")
        return p.Concept(tuple(ids))

    def concept_id(self) -> str:
        if self.next not in self.lexicon.by_id:
            raise self.error(f"the lexicon has no concept {self.next!r}{_nearest(self.next, self.lexicon)}")
        return self.word()

    def quoted(self) -> p.Pattern:
        self.expect('"')
        words: list[p.Pattern] = []
        while self.next and self.next != '"':
            words.append(self.part())
        self.expect('"')
        return words[0] if len(words) == 1 else p.Row(tuple(words), 0)

    def call(self, name: str) -> p.Pattern:
        self.at += 1
        self.expect("(")
        inner = self.arguments(name)
        self.expect(")")
        return inner

    def arguments(self, name: str) -> p.Pattern:
        if name == "eq":
            return p.Equation(self.raw())
        if name == "num":
            return self.number()
        if name == "in":
            phase = self.word()
            self.expect(":")
            return p.Phase(PHASES.get(phase, phase), self.either())
        if name in ("more", "less", "equal"):
            one, of, other = self.side(), self.comma_side(), self.comma_side()
            return p.Compare({"more": 1, "less": -1, "equal": 0}[name], one, of, other)
        if self.next == "it" and name in ("up", "down", "same", "change"):
            self.at += 1
            return p.Quantity({"up": 1, "down": -1, "same": 0, "change": 2}[name], None)
        first = self.either()
        if name == "with":
            self.expect(",")
            second = self.either()
            if not (isinstance(first, p.Quantity) and isinstance(second, p.Quantity)):
                raise self.error("with() takes two of up(), down()")
            return p.Together(first, second)
        if name == "ratio":
            self.expect(",")
            return p.Ratio(first, self.either())
        if name == "not" and isinstance(first, p.Quantity):
            return p.Quantity(first.side, first.part, denied=True)
        if name in ("not", "zero"):
            return p.Denied(first)
        if name == "about":
            return p.About(first)
        if name in ("most", "least"):
            return p.Quantity(1 if name == "most" else -1, first, extreme=True)
        return p.Quantity({"up": 1, "down": -1, "same": 0, "change": 2}[name], first)

    def side(self) -> p.Pattern | None:
        if self.next in ("it", "any"):
            self.at += 1
            return None
        return self.either()

    def comma_side(self) -> p.Pattern | None:
        self.expect(",")
        return self.side()

    def raw(self) -> str:
        """Everything up to the bracket that closes the call."""
        opened, place = self.tokens[self.at - 1]
        start, depth = place + len(opened), 0
        while self.next and not (self.next == ")" and depth == 0):
            depth += (self.next == "(") - (self.next == ")")
            self.at += 1
        end = self.tokens[self.at][1] if self.next else len(self.text)
        return self.text[start:end].strip()

    def number(self) -> p.Number:
        start = self.at
        said = self.raw()
        found = _NUMBER.fullmatch(said)
        if found is None:
            self.at = start
            raise self.error("a number, an interval (0.5..0.6) or a shape (7x7) expected")
        if found[4]:
            return p.Number(0, 0, found[4])
        low, high = _value(found[1]), _value(found[2] or found[1])
        unit = _Parser(found[3], self.lexicon).either() if found[3] else None
        return p.Number(low, high, "", unit)


def _value(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def _nearest(name: str, lexicon: Lexicon) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(lexicon.by_id), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
