"""Evaluates the lines of worked solutions: what stands on both sides of an equals sign must be the same number.

A line is a chain ``symbol = numbers = value``. A side that holds only numbers is evaluated; one with a name in it is passed over.
Understood: + - \\cdot \\times / \\frac ^ \\sqrt ( ) \\lfloor \\rfloor \\lceil \\rceil \\lvert \\rvert \\min \\max \\ln \\log_2 \\log_{10}
\\exp e^, lists ``[1, 2]``, ``\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}``; the relations = \\approx < > \\le \\ge \\lt \\gt.
Integers and fractions are compared exactly, decimals within 1e-4, and after \\approx at the digits written.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

RELATIONS = ("=", r"\approx", "<", ">", r"\le", r"\leq", r"\ge", r"\geq", r"\lt", r"\gt", r"\ne", r"\neq")
CONSTANTS = {"e": math.e, r"\pi": math.pi}
TOKEN = re.compile(r"\\[a-zA-Z]+|\\[,;:! \\{}|]|\d+(?:\.\d+)?|\S")
SPACES = {r"\,", r"\;", r"\:", r"\!", "\\ ", r"\left", r"\right", r"\quad", r"\qquad", r"\displaystyle"}
SIGNS = (r"\cdot", r"\times", r"\div", r"\end", r"\rfloor", r"\rceil", r"\rvert")
EXACT_BITS = 10_000
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    r"\ln": lambda x: math.log(x),
    r"\log": lambda x: math.log(x),
    r"\exp": lambda x: math.exp(x),
    r"\Phi": lambda x: math.erfc(-x / math.sqrt(2)) / 2,
    r"\tanh": lambda x: math.tanh(x),
    r"\cos": lambda x: math.cos(x),
    r"\sin": lambda x: math.sin(x),
}


class NotANumberError(Exception):
    """A side that holds a name."""


def tokens_of(latex: str) -> list[str]:
    return [token for token in TOKEN.findall(latex.replace("{,}", "")) if token not in SPACES]


def chain(latex: str) -> list[tuple[str, list[str]]]:
    """The sides of a line in order, each with the relation before it (empty before the first)."""
    sides: list[tuple[str, list[str]]] = [("", [])]
    depth = 0
    for token in tokens_of(latex):
        depth += (token in "{[(") - (token in "}])") if len(token) == 1 else 0
        if token in RELATIONS and depth == 0:
            sides.append((token, []))
        else:
            sides[-1][1].append(token)
    return sides


def value_of(side: list[str]) -> Any:
    """The value of one side: Fraction, float, or nested tuples of them; ``NotANumberError`` where it holds a name."""
    parser = Parser(side)
    found = parser.sum()
    if parser.rest():
        raise NotANumberError(f"{parser.rest()} is left over in {' '.join(side)}")
    return found


def faults_of(latex: str) -> tuple[list[str], int, Any]:
    """What does not hold in a line, how many comparisons were made, and the value of its last side (None if it is no number)."""
    faults: list[str] = []
    compared = 0
    before: Any = None
    has_before = False
    last: Any = None
    for relation, side in chain(latex):
        try:
            now = value_of(side)
        except NotANumberError as fault:
            if side and not names_in(side):
                faults.append(f"cannot be read: {fault} in {latex}")
            last = None
            continue
        last = now
        if has_before:
            compared += 1
            if not holds(before, relation, now, side):
                faults.append(f"{show(before)} {relation} {show(now)} does not hold in {latex}")
        before, has_before = now, True
    return faults, compared, last


def names_in(side: list[str]) -> bool:
    """Whether a side holds more than numbers and signs."""
    text = " ".join(side).replace(" ".join(("{", *"bmatrix", "}")), "")
    return any(
        token.lstrip("\\")[:1].isalpha() and token not in (*GROUPS, *FUNCTIONS, *SIGNS, *CONSTANTS)
        for token in text.split()
    )


def show(value: Any) -> str:
    return str(value) if isinstance(value, tuple) else f"{float(value):.9g}" if abs(value) < 10**300 else str(value)


def holds(left: Any, relation: str, right: Any, written: list[str]) -> bool:
    if isinstance(left, tuple) or isinstance(right, tuple):
        return (
            isinstance(left, tuple)
            and isinstance(right, tuple)
            and len(left) == len(right)
            and all(holds(a, relation, b, []) for a, b in zip(left, right, strict=True))
        )
    if relation == "=":
        return same(left, right)
    if relation == r"\approx":
        return same(left, right, 1e-3) or abs(left - right) <= half_unit(written)
    if relation in ("<", r"\lt"):
        return bool(left < right)
    if relation in (">", r"\gt"):
        return bool(left > right)
    if relation in (r"\ne", r"\neq"):
        return not same(left, right)
    return bool(left <= right) if relation in (r"\le", r"\leq") else bool(left >= right)


def same(left: Any, right: Any, tolerance: float = 1e-4) -> bool:
    """Exactly for integers and fractions, within ``tolerance`` where a decimal is part of it."""
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    return math.isclose(float(left), float(right), rel_tol=tolerance, abs_tol=1e-9)


def half_unit(written: list[str]) -> float:
    """Half a unit of the last digit of a side that is one number."""
    number = written[-1] if written else "0"
    return 0.5000001 * 10.0 ** -len(number.partition(".")[2]) if "." in number else 0.5000001


class Parser:
    """Recursive descent over the tokens of one side."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def rest(self) -> list[str]:
        return self.tokens[self.at :]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def expect(self, token: str) -> None:
        found = self.take()
        if found != token:
            raise NotANumberError(f"{found!r} where {token!r} belongs in {' '.join(self.tokens)}")

    def sum(self) -> Any:
        total = self.product()
        while self.peek() in ("+", "-"):
            total = total + self.product() if self.take() == "+" else total - self.product()
        return total

    def product(self) -> Any:
        total = self.signed()
        while True:
            token = self.peek()
            if token in (r"\cdot", r"\times", "*"):
                self.take()
                total = total * self.signed()
            elif token in ("/", r"\div"):
                self.take()
                total = divide(total, self.signed())
            elif token == "(" or token in (r"\frac", r"\sqrt", r"\lfloor", r"\lceil", r"\ln", r"\max", r"\min"):
                total = total * self.power()
            else:
                return total

    def signed(self) -> Any:
        if self.peek() in ("-", "+"):
            return -self.signed() if self.take() == "-" else self.signed()
        return self.power()

    def power(self) -> Any:
        base = self.primary()
        if self.peek() == "^":
            self.take()
            return raise_to(base, self.argument())
        return base

    def argument(self) -> Any:
        """What stands after ``^`` or ``\\frac``: a group in braces, or one digit of a number."""
        if self.peek() == "{":
            self.take()
            found = self.sum()
            self.expect("}")
            return found
        token = self.peek()
        if token.isdigit() and len(token) > 1:
            self.tokens[self.at : self.at + 1] = list(token)
        return self.primary()

    def primary(self) -> Any:
        token = self.take()
        if token[:1].isdigit():
            return float(token) if "." in token else Fraction(token)
        if token in GROUPS:
            return GROUPS[token](self)
        if token in FUNCTIONS:
            return self.function(token)
        if token in CONSTANTS:
            return CONSTANTS[token]
        raise NotANumberError(f"{token!r} is no number in {' '.join(self.tokens)}")

    def group(self, closing: str) -> Any:
        found = self.sum()
        if closing == ")" and self.peek() == ",":
            return self.items(found, closing)
        self.expect(closing)
        return found

    def items(self, first: Any, closing: str) -> tuple[Any, ...]:
        found = [first]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        self.expect(closing)
        return tuple(found)

    def list(self) -> tuple[Any, ...]:
        return self.items(self.sum(), "]")

    def fraction(self) -> Any:
        return divide(self.argument(), self.argument())

    def root(self) -> Any:
        found = self.argument()
        exact = (
            math.isqrt(found.numerator) if isinstance(found, Fraction) and found >= 0 and found.denominator == 1 else -1
        )
        return Fraction(exact) if exact >= 0 and exact * exact == found else math.sqrt(found)

    def extreme(self, choose: Callable[[Any], Any]) -> Any:
        if self.peek() == r"\{":
            self.take()
            closing = r"\}"
        else:
            self.expect("(")
            closing = ")"
        return choose(self.items(self.sum(), closing))

    def function(self, name: str) -> Any:
        base = None
        if self.peek() == "_":
            self.take()
            base = self.argument()
        found = self.argument() if self.peek() == "{" else self.power()
        return math.log(found) / math.log(base) if base else FUNCTIONS[name](found)

    def matrix(self) -> tuple[tuple[Any, ...], ...]:
        for part in ("{", *"bmatrix", "}"):
            self.expect(part)
        rows: list[list[Any]] = [[self.sum()]]
        while (token := self.take()) != r"\end":
            if token == "&":
                rows[-1].append(self.sum())
            elif token == r"\\":
                rows.append([self.sum()])
            else:
                raise NotANumberError(f"{token!r} in a matrix")
        for part in ("{", *"bmatrix", "}"):
            self.expect(part)
        return tuple(tuple(row) for row in rows)


GROUPS: dict[str, Callable[[Parser], Any]] = {
    "(": lambda parser: parser.group(")"),
    "{": lambda parser: parser.group("}"),
    "[": lambda parser: parser.list(),
    r"\lfloor": lambda parser: Fraction(math.floor(parser.group(r"\rfloor"))),
    r"\lceil": lambda parser: Fraction(math.ceil(parser.group(r"\rceil"))),
    r"\lvert": lambda parser: abs(parser.group(r"\rvert")),
    r"\frac": lambda parser: parser.fraction(),
    r"\sqrt": lambda parser: parser.root(),
    r"\min": lambda parser: parser.extreme(min),
    r"\max": lambda parser: parser.extreme(max),
    r"\begin": lambda parser: parser.matrix(),
}


def divide(top: Any, bottom: Any) -> Any:
    if bottom == 0:
        raise NotANumberError("division by zero")
    return top / bottom


def raise_to(base: Any, exponent: Any) -> Any:
    """Exact for whole powers, but for proper fractions only as long as that is a matter of moments."""
    whole = isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1
    if whole and (base.denominator == 1 or base.denominator.bit_length() * abs(exponent) < EXACT_BITS):
        return base**exponent.numerator
    return float(base) ** float(exponent)
