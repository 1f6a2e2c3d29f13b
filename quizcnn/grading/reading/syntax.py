"""From the text of arithmetic, a formula or a condition to a small tree. Nothing is computed here and nothing is ever run.

Owns the grammar: ``+ - * / // ^ ** ( )``, a trailing ``%``, function calls, comparisons (chained) and ``and or not``. ``^`` is power,
``-2^2`` is -4. Numbers keep their decimal source text exactly. Length and depth are bounded, so no text costs more than a moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from quizcnn.errors import QuizError
from quizcnn.text import Text

MAX_LENGTH = 200
MAX_DEPTH = 40
MAX_EXPONENT = 400

FUNCTIONS = ("floor", "ceil", "round", "sqrt", "exp", "log", "ln", "log2", "log10", "max", "min", "abs")
CONSTANTS = ("pi", "e", "true", "false")
OF_NUMBERS = frozenset({"floor", "ceil", "sqrt", "exp", "ln", "log2", "log10", "pi", "e"})
"""Names that typed arithmetic knows; ``log`` is left out, for it may mean either base."""
_COMPARISONS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "==", "=": "==", "!=": "!="}
_POWERS = {"+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "^": 9, "**": 9, "and": 2, "or": 1} | dict.fromkeys(
    _COMPARISONS, 4
)
_UNARY, _NOT, _IMPLICIT = 7, 3, 6
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/^%()<>=,]))"
)


class FormulaError(QuizError):
    """Text that is no arithmetic, or arithmetic that has no value: ``why`` says it in both languages."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


class Num(NamedTuple):
    value: int | Fraction


class Var(NamedTuple):
    name: str


class Minus(NamedTuple):
    operand: Node


class Binary(NamedTuple):
    sign: str
    left: Node
    right: Node


class Call(NamedTuple):
    name: str
    arguments: tuple[Node, ...]


class Compare(NamedTuple):
    first: Node
    rest: tuple[tuple[str, Node], ...]


class Logic(NamedTuple):
    """``and`` or ``or`` over two sides; ``not`` over one."""

    word: str
    sides: tuple[Node, ...]


Node: TypeAlias = Num | Var | Minus | Binary | Call | Compare | Logic


class Token(NamedTuple):
    kind: str
    text: str


END = Token("end", "")


@lru_cache(maxsize=2048)
def parse(text: str, *, formula: bool = True, implicit: bool = False) -> Node:
    """The tree of ``text``. ``FormulaError`` says what is wrong with it.

    Without ``formula`` only arithmetic over numbers is read: no names but ``OF_NUMBERS``, no comparisons, and ``%`` is never a remainder.
    ``implicit`` reads ``2p`` and ``d(k - 1)`` as products.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(Text(f"it is longer than {MAX_LENGTH} characters", f"超过了 {MAX_LENGTH} 个字符"))
    return _Parser(tuple(_tokens(text)), formula, implicit).whole()


def _tokens(text: str) -> Iterator[Token]:
    place, end = 0, len(text.rstrip())
    while place < end:
        found = _TOKEN.match(text, place)
        if found is None:
            rest = text[place:].lstrip()
            raise FormulaError(Text(f"{rest[:1]!r} has no meaning here", f"{rest[:1]!r} 在这里没有意义"))
        yield Token(found.lastgroup or "", found[found.lastgroup or 0])
        place = found.end()


class _Parser:
    """Reads by binding power; every level of nesting is counted."""

    def __init__(self, tokens: tuple[Token, ...], formula: bool, implicit: bool) -> None:
        self._tokens = (*tokens, END)
        self._place = 0
        self._formula = formula
        self._implicit = implicit

    def whole(self) -> Node:
        node = self._expression(0, 0)
        left_over = self._peek()
        if left_over.kind != "end":
            raise _misplaced(left_over)
        return node

    def _peek(self) -> Token:
        return self._tokens[self._place]

    def _next(self) -> Token:
        token = self._tokens[self._place]
        if token.kind != "end":
            self._place += 1
        return token

    def _expression(self, least: int, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise FormulaError(Text(f"it is nested deeper than {MAX_DEPTH} levels", f"嵌套超过 {MAX_DEPTH} 层"))
        node = self._operand(depth)
        while True:
            token = self._peek()
            if token.text == "%" and not self._begins_operand(self._tokens[self._place + 1]):
                self._next()
                node = Binary("/", node, Num(100))
                continue
            if self._implicit and self._begins_operand(token):
                if least >= _IMPLICIT:
                    return node
                node = Binary("*", node, self._expression(_IMPLICIT, depth + 1))
                continue
            power = self._power(token)
            if power <= least:
                return node
            node = self._infix(node, power, depth)

    def _power(self, token: Token) -> int:
        """How tightly an operator binds; 0 for anything else."""
        if not self._formula and (token.text in _COMPARISONS or token.text == "%" or token.kind == "name"):
            raise _misplaced(token)
        if token.kind == "sign" or token.text in ("and", "or"):
            return _POWERS.get(token.text, 0)
        return 0

    def _infix(self, left: Node, power: int, depth: int) -> Node:
        sign = self._next().text
        if sign in ("^", "**"):
            return Binary("^", left, self._expression(power - 1, depth + 1))
        right = self._expression(power, depth + 1)
        if sign in ("and", "or"):
            return Logic(sign, (left, right))
        if sign not in _COMPARISONS:
            return Binary(sign, left, right)
        pair = (_COMPARISONS[sign], right)
        return Compare(left.first, (*left.rest, pair)) if isinstance(left, Compare) else Compare(left, (pair,))

    def _begins_operand(self, token: Token) -> bool:
        return token.kind == "number" or token.text == "(" or (token.kind == "name" and token.text not in ("and", "or"))

    def _operand(self, depth: int) -> Node:
        token = self._next()
        if token.kind == "number":
            return Num(number_of(token.text))
        if token.kind == "name":
            return self._named(token, depth)
        if token.text == "(":
            node = self._expression(0, depth + 1)
            self._close()
            return node
        if token.text in ("+", "-") and self._peek().text not in ("+", "-"):
            node = self._expression(_UNARY, depth + 1)
            return Minus(node) if token.text == "-" else node
        raise _misplaced(token)

    def _named(self, token: Token, depth: int) -> Node:
        if not self._formula and token.text not in OF_NUMBERS:
            raise FormulaError(Text(f"{token.text[:20]!r} is no number", f"{token.text[:20]!r} 不是数"))
        if token.text == "not":
            return Logic("not", (self._expression(_NOT, depth + 1),))
        if token.text not in FUNCTIONS:
            return Var(token.text)
        if self._next().text != "(":
            raise FormulaError(
                Text(f"{token.text} needs brackets: {token.text}(x)", f"{token.text} 后面要加括号：{token.text}(x)")
            )
        arguments = [self._expression(0, depth + 1)]
        while self._peek().text == ",":
            self._next()
            arguments.append(self._expression(0, depth + 1))
        self._close()
        if len(arguments) > 1 and token.text not in ("max", "min"):
            raise FormulaError(Text(f"{token.text} takes one value", f"{token.text} 只接受一个值"))
        return Call("log" if token.text == "ln" else token.text, tuple(arguments))

    def _close(self) -> None:
        if self._next().text != ")":
            raise FormulaError(Text("a bracket is not closed", "括号没有配对"))


def number_of(source: str) -> int | Fraction:
    """The number that digits with an optional point and exponent write, exactly; the exponent is bounded before anything is built."""
    if source.isdigit():
        return int(source)
    mantissa, _, exponent = source.replace("E", "e").partition("e")
    whole, _, places = mantissa.partition(".")
    if len(exponent) > 5 or abs(int(exponent or 0)) > MAX_EXPONENT:
        raise FormulaError(Text(f"the exponent is beyond {MAX_EXPONENT}", f"指数超过 {MAX_EXPONENT}"))
    power = int(exponent or 0) - len(places)
    digits = int(whole + places or "0")
    return digits * 10**power if power >= 0 else simple(Fraction(digits, 10**-power))


def simple(value: Fraction) -> int | Fraction:
    """A whole fraction as an integer."""
    return value.numerator if value.denominator == 1 else value


def _misplaced(token: Token) -> FormulaError:
    if token.kind == "end":
        return FormulaError(Text("something is missing at the end", "末尾缺了一部分"))
    shown = repr(token.text[:20])
    if token.text == ")":
        return FormulaError(Text("a bracket is not opened", "括号没有配对"))
    return FormulaError(Text(f"{shown} is out of place", f"{shown} 的位置不对"))
