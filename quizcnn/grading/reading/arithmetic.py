"""The value of arithmetic, formulas and conditions: exact on integers and fractions, never ``eval``, never long.

Decimals and floats count as the decimal number that they show (0.1 is 1/10), so ``iou > 0.1`` is false for an IoU of 0.1. Powers are
bounded before they are computed and every intermediate by its bits. Only functions that leave the fractions give floats.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from quizcnn.grading.reading.syntax import (
    CONSTANTS,
    MAX_EXPONENT,
    Binary,
    Call,
    Compare,
    FormulaError,
    Logic,
    Minus,
    Node,
    Num,
    Var,
    parse,
    simple,
)
from quizcnn.text import Text

Number: TypeAlias = int | Fraction | float
Names: TypeAlias = Mapping[str, Number]
Compiled: TypeAlias = Callable[[Names], Number]

TYPED_BITS = 8_192
"""Bits of an intermediate of typed arithmetic."""
BANK_BITS = 70_000
"""Bits of an intermediate over drawn numbers, which may have a thousand digits each."""

_UNDEFINED = Text("it divides by zero", "除数为零")
_TOO_LARGE = Text("the result is too large", "结果太大")
_NO_VALUE = Text("it has no value here", "在这里没有值")
_CONSTANTS: Mapping[str, Number] = {"pi": math.pi, "e": math.e, "true": 1, "false": 0}


def evaluate(text: str, names: Names) -> Number:
    """The value of ``text`` over ``names``; exact unless a function or a fractional power leaves the fractions.

    Raises ``FormulaError`` for text that is no formula, names without a value, and results that do not exist.
    """
    wanted = names_in(text)
    for name in wanted:
        if name not in names:
            raise unknown(name, names)
    return _compiled(text)(exactly({name: names[name] for name in wanted}))


def evaluate_condition(text: str, names: Names) -> bool:
    """Whether the condition holds: ``kernel_size < in_height and iou > 0.1``. Raises as :func:`evaluate`."""
    return bool(evaluate(text, names))


@lru_cache(maxsize=2048)
def names_in(text: str) -> tuple[str, ...]:
    """The names that ``text`` needs, in order, each once; functions and constants are no names."""
    return tuple(dict.fromkeys(name for name in _variables(parse(text)) if name not in CONSTANTS))


def value_of(text: str) -> int | Fraction:
    """The value of typed arithmetic over numbers alone, exact but for roots, logarithms and the like; raises ``FormulaError``."""
    value = compile_node(parse(text, formula=False), TYPED_BITS)({})
    return decimal_value(value) if isinstance(value, float) else value


def exactly(names: Names) -> dict[str, Number]:
    """``names`` with floats as the decimal numbers that they show."""
    return {name: decimal_value(value) if isinstance(value, float) else value for name, value in names.items()}


def decimal_value(value: float) -> int | Fraction:
    """The decimal number that a finite float shows; ``FormulaError`` for any other."""
    if not math.isfinite(value):
        raise FormulaError(_NO_VALUE)
    return int(value) if value.is_integer() else Fraction(*Decimal(repr(value)).as_integer_ratio())


@lru_cache(maxsize=2048)
def _compiled(text: str) -> Compiled:
    return compile_node(parse(text), BANK_BITS)


def _variables(node: Node) -> list[str]:
    match node:
        case Var(name):
            return [name]
        case Minus(operand):
            return _variables(operand)
        case Binary(_, left, right):
            return _variables(left) + _variables(right)
        case Compare(first, rest):
            return _variables(first) + [name for _, side in rest for name in _variables(side)]
        case Call(_, parts) | Logic(_, parts):
            return [name for part in parts for name in _variables(part)]
    return []


def compile_node(node: Node, bits: int = TYPED_BITS) -> Compiled:
    """The tree as a function of the names; it raises ``FormulaError`` where there is no value."""
    match node:
        case Num(value):
            return lambda names: value
        case Var(name):
            return lambda names: _named(name, names)
        case Minus(operand):
            inner = compile_node(operand, bits)
            return lambda names: -inner(names)
        case Binary(sign, left, right):
            return _binary(_OPERATIONS[sign], compile_node(left, bits), compile_node(right, bits), bits)
        case Call(name, arguments):
            return _call(name, tuple(compile_node(argument, bits) for argument in arguments))
        case Compare(first, rest):
            sides = tuple((_RELATIONS[sign], compile_node(side, bits)) for sign, side in rest)
            return _comparison(compile_node(first, bits), sides)
        case Logic(word, sides):
            return _logic(word, tuple(compile_node(side, bits) for side in sides))


def _named(name: str, names: Names) -> Number:
    if name in names:
        value = names[name]
        return int(value) if isinstance(value, bool) else value
    if name in _CONSTANTS:
        return _CONSTANTS[name]
    raise unknown(name, names)


def unknown(name: str, names: Names) -> FormulaError:
    """The refusal of a name without a value, with the nearest one that has one."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), n=1)
    hint = Text(f"; did you mean {near[0]}?", f"，是不是 {near[0]}？") if near else Text("", "")
    return FormulaError(Text(f"nothing is called {name[:40]!r}{hint.en}", f"没有叫 {name[:40]!r} 的量{hint.zh}"))


def _binary(operate: Callable[[Number, Number, int], Number], left: Compiled, right: Compiled, bits: int) -> Compiled:
    def value(names: Names) -> Number:
        try:
            return bounded(operate(left(names), right(names), bits), bits)
        except ZeroDivisionError:
            raise FormulaError(_UNDEFINED) from None
        except ValueError:
            raise FormulaError(_NO_VALUE) from None
        except OverflowError:
            raise FormulaError(_TOO_LARGE) from None

    return value


def bounded(value: Number, bits: int) -> Number:
    """``value``, a whole fraction as an integer; ``FormulaError`` where it has too many bits or is not finite."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise FormulaError(_TOO_LARGE)
        return value
    if isinstance(value, Fraction):
        if value.numerator.bit_length() + value.denominator.bit_length() > bits:
            raise FormulaError(_TOO_LARGE)
        return simple(value)
    if value.bit_length() > bits:
        raise FormulaError(_TOO_LARGE)
    return value


def _divide(left: Number, right: Number, bits: int) -> Number:
    if isinstance(left, float) or isinstance(right, float):
        return left / right
    return Fraction(left) / right


def _power(base: Number, exponent: Number, bits: int) -> Number:
    if not -MAX_EXPONENT <= exponent <= MAX_EXPONENT:
        raise FormulaError(Text(f"the exponent is beyond {MAX_EXPONENT}", f"指数超过 {MAX_EXPONENT}"))
    if isinstance(exponent, int) and not isinstance(base, float):
        size = max(abs(base.numerator), base.denominator).bit_length()
        if (size - 1) * abs(exponent) > bits:
            raise FormulaError(_TOO_LARGE)
        result: Fraction = Fraction(base) ** exponent
        return result
    if base < 0 and exponent != int(exponent):
        raise FormulaError(_NO_VALUE)
    return math.pow(base, exponent)


_OPERATIONS: Mapping[str, Callable[[Number, Number, int], Number]] = {
    "+": lambda left, right, bits: left + right,
    "-": lambda left, right, bits: left - right,
    "*": lambda left, right, bits: left * right,
    "/": _divide,
    "//": lambda left, right, bits: left // right,
    "%": lambda left, right, bits: left % right,
    "^": _power,
}
_RELATIONS: Mapping[str, Callable[[Number, Number], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def _comparison(first: Compiled, sides: tuple[tuple[Callable[[Number, Number], bool], Compiled], ...]) -> Compiled:
    def value(names: Names) -> Number:
        left = first(names)
        for holds, side in sides:
            right = side(names)
            if not holds(left, right):
                return 0
            left = right
        return 1

    return value


def _logic(word: str, sides: tuple[Compiled, ...]) -> Compiled:
    if word == "not":
        return lambda names: int(not sides[0](names))
    judge = all if word == "and" else any
    return lambda names: int(judge(side(names) for side in sides))


def square_root(value: Number) -> Number:
    """The root, exact where it is a fraction."""
    if value < 0:
        raise FormulaError(_NO_VALUE)
    if not isinstance(value, float):
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return simple(Fraction(top, bottom))
    return math.sqrt(value)


_ONE_VALUE: Mapping[str, Callable[[Number], Number]] = {
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "sqrt": square_root,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "abs": lambda value: -value if value < 0 else value,
}


def _call(name: str, arguments: tuple[Compiled, ...]) -> Compiled:
    choose = {"max": max, "min": min}.get(name)
    if choose is not None:
        return lambda names: choose(argument(names) for argument in arguments)
    function, argument = _ONE_VALUE[name], arguments[0]

    def value(names: Names) -> Number:
        try:
            return function(argument(names))
        except ValueError:
            raise FormulaError(_NO_VALUE) from None
        except OverflowError:
            raise FormulaError(_TOO_LARGE) from None

    return value
