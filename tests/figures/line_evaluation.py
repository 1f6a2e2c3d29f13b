"""Reads a one-line formula as a person does and computes its value: the tests' own reader, built on nothing of the program.

Products without a sign bind like ``·``, from left to right with ``/``; a script is a power or part of a name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

FUNCTIONS = {"log": math.log, "exp": math.exp, "sin": math.sin, "cos": math.cos, "tanh": math.tanh}
CONSTANTS = {"e": math.e, "π": math.pi}
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᵈᵏⁿᵗˣʸ", "0123456789+−()abdkntxy", strict=True))
CLOSING = {"(": ")", "⌊": "⌋", "⌈": "⌉"}


def evaluate(line: str, values: Mapping[str, float]) -> float:
    """The value of ``line``; names are the keys of ``values`` as they stand in it."""
    reader = _Reader(line.replace(" ", ""), {**CONSTANTS, **values})
    value = reader.sum()
    if reader.rest:
        raise ValueError(f"left over: {reader.rest!r}")
    return value


class _Reader:
    def __init__(self, line: str, values: Mapping[str, float]) -> None:
        self.rest, self.values = line, values
        self.names = sorted({*values, *FUNCTIONS}, key=len, reverse=True)

    def take(self, pattern: str) -> str:
        match = re.match(pattern, self.rest)
        if match is None:
            return ""
        self.rest = self.rest[match.end() :]
        return match[0]

    def sum(self) -> float:
        value = self.product()
        while sign := self.take(r"[+−]"):
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self) -> float:
        if self.take("−"):
            return -self.product()
        value = self.power()
        while self.rest:
            if self.take("/"):
                value /= self.power()
            elif self.take("[·×]") or self.starts_factor():
                value *= self.power()
            else:
                break
        return value

    def starts_factor(self) -> bool:
        return (
            self.rest[0] in "(⌊⌈√" or self.rest[0].isdigit() or any(self.rest.startswith(name) for name in self.names)
        )

    def power(self) -> float:
        base = self.factor()
        if raised := self.take(f"[{''.join(RAISED)}]+"):
            return base ** evaluate("".join(RAISED[sign] for sign in raised), self.values)
        if self.take(r"\^"):
            return base ** (-self.factor() if self.take("−") else self.factor())
        return base

    def factor(self) -> float:
        if number := self.take(r"\d+(\.\d+)?"):
            return float(number)
        if self.take("√"):
            return math.sqrt(self.factor())
        if opening := self.take(r"[(⌊⌈]"):
            value = self.sum()
            if not self.take(re.escape(CLOSING[opening])):
                raise ValueError(f"no {CLOSING[opening]} before {self.rest!r}")
            return {"(": float, "⌊": math.floor, "⌈": math.ceil}[opening](value)
        for name in self.names:
            if self.take(re.escape(name)):
                return FUNCTIONS[name](self.power()) if name in FUNCTIONS else self.values[name]
        raise ValueError(f"cannot read {self.rest!r}")
