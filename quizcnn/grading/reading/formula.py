"""A typed formula over declared symbols: ``2p``, ``d(k - 1)``, ``⌊n/s⌋`` and ``out = ...`` are read, every other name is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quizcnn.grading.reading.arithmetic import Compiled, Number, compile_node
from quizcnn.grading.reading.normalize import bracketed_roots, normalize
from quizcnn.grading.reading.syntax import Binary, Call, Compare, FormulaError, Logic, Minus, Node, Var, parse
from quizcnn.text import Text

MAX_FORMULA = 1_000
_LEFT_SIDE = re.compile(r"^ ?(?:[^\W\d]\w*(?:\([^()=]*\))? ?)?=(?!=)")
_POWERED = re.compile(r"(?<![A-Za-z_])([A-Za-z]{2,}) ?(?:\^|\*\*) ?(\d+|[A-Za-z]|\([^()]*\))")


class Formula:
    """A typed formula that was read: its tree and its value at a point."""

    __slots__ = ("_value", "node")

    def __init__(self, node: Node) -> None:
        self.node = node
        self._value: Compiled = compile_node(node)

    def at(self, point: Mapping[str, Number]) -> Number | None:
        """The value; None where there is none."""
        try:
            return self._value(point)
        except FormulaError:
            return None


def read_formula(text: str, names: tuple[str, ...]) -> Formula:
    """The formula over ``names`` that ``text`` writes; ``FormulaError`` says what is wrong."""
    if len(text) > MAX_FORMULA:
        raise FormulaError(Text("it is too long", "太长"))
    plain = normalize(text).strip("$ ").removesuffix("。")
    plain = _LEFT_SIDE.sub("", bracketed_roots(plain))
    node = _resolved(parse(_parted(plain, names), implicit=True), names)
    return Formula(node)


def _parted(plain: str, names: tuple[str, ...]) -> str:
    """In a run of letters a power belongs to the last one (mnk^2 is m n k^2), and the run stays one factor: 1/mn^2 is 1/(m n^2)."""

    def part(found: re.Match[str]) -> str:
        run, power = found[1], found[2]
        known = _declared(run, names) or not all(_declared(letter, names) for letter in run)
        return found[0] if known else f"({'*'.join(run)}^{power})"

    return _POWERED.sub(part, plain)


def _resolved(node: Node, names: tuple[str, ...]) -> Node:
    """The tree with every symbol as it is declared; ``FormulaError`` for others, and for comparisons."""
    match node:
        case Var(name):
            return _symbol(name, names)
        case Minus(operand):
            return Minus(_resolved(operand, names))
        case Binary(sign, left, right):
            return Binary(sign, _resolved(left, names), _resolved(right, names))
        case Call(name, arguments):
            return Call(name, tuple(_resolved(argument, names) for argument in arguments))
        case Compare() | Logic():
            raise FormulaError(Text("a formula is asked, not a comparison", "要写公式，不是比较"))
    return node


def _symbol(name: str, names: tuple[str, ...]) -> Node:
    if (symbol := _declared(name, names)) is not None:
        return Var(symbol)
    if name in ("pi", "e"):
        return Var(name)
    letters = [_declared(character, names) for character in name]
    if len(name) > 1 and all(letters):
        product: Node = Var(letters[0] or "")
        for letter in letters[1:]:
            product = Binary("*", product, Var(letter or ""))
        return product
    listed = ", ".join(names)
    raise FormulaError(Text(f"{name[:20]!r} is not one of {listed}", f"{name[:20]!r} 不在 {listed} 之中"))


def _declared(name: str, names: tuple[str, ...]) -> str | None:
    """The declared symbol that ``name`` is, in whatever case where that is unambiguous."""
    if name in names:
        return name
    alike = [each for each in names if each.casefold() == name.casefold()]
    return alike[0] if len(alike) == 1 else None
