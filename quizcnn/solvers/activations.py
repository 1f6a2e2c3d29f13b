"""Activations and their derivatives in decimals of 50 digits: no overflow for arguments of any size, no 1 - a² that cancels."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from quizcnn.solvers.decimals import WIDE

Activation: TypeAlias = Literal["identity", "sigmoid", "tanh", "relu"]

_ONE = Decimal(1)
_SMALL = Decimal("1e-10")
"""Below it the first terms of the series of tanh are exact to 40 digits."""


def sigmoid(x: Decimal) -> Decimal:
    """1/(1 + e^-x)"""
    decay = WIDE.exp(-abs(x))
    return WIDE.divide(_ONE if x >= 0 else decay, WIDE.add(_ONE, decay))


def tanh(x: Decimal) -> Decimal:
    """(1 - e^-2x)/(1 + e^-2x); x - x³/3 near 0, where that would cancel."""
    if abs(x) < _SMALL:
        cube = WIDE.multiply(x, WIDE.multiply(x, x))
        return WIDE.subtract(x, WIDE.divide(cube, Decimal(3)))
    decay = WIDE.exp(-2 * abs(x))
    return WIDE.divide(WIDE.subtract(_ONE, decay), WIDE.add(_ONE, decay)).copy_sign(x)


def activate(name: Activation, x: Decimal) -> Decimal:
    """The activation's value at ``x``."""
    if name == "sigmoid":
        return sigmoid(x)
    if name == "tanh":
        return tanh(x)
    return max(x, Decimal(0)) if name == "relu" else x


def slope(name: Activation, x: Decimal) -> Decimal:
    """The activation's derivative at ``x``; that of ReLU at 0 is 0 (torch)."""
    if name == "identity":
        return _ONE
    if name == "relu":
        return _ONE if x > 0 else Decimal(0)
    decay = WIDE.exp(-(2 if name == "tanh" else 1) * abs(x))
    rise = WIDE.add(_ONE, decay)
    bell = WIDE.divide(decay, WIDE.multiply(rise, rise))  # a(1 - a) of the sigmoid
    return WIDE.multiply(Decimal(4), bell) if name == "tanh" else bell


Pair: TypeAlias = tuple[Decimal, Decimal]
"""Value and derivative at one point; the derivative at a kink is torch's."""

_ZERO, _TWO, _THREE, _SIX = Decimal(0), Decimal(2), Decimal(3), Decimal(6)


def relu6(x: Decimal) -> Pair:
    """min(max(x, 0), 6)"""
    return min(max(x, _ZERO), _SIX), _ONE if 0 < x < _SIX else _ZERO


def leaky_relu(x: Decimal, alpha: Decimal) -> Pair:
    """x above 0, else alpha*x"""
    return (x, _ONE) if x > 0 else (WIDE.multiply(alpha, x), alpha)


def elu(x: Decimal, alpha: Decimal) -> Pair:
    """x above 0, else alpha*(e^x - 1)"""
    return (x, _ONE) if x > 0 else (WIDE.multiply(alpha, _expm1(x)), WIDE.multiply(alpha, WIDE.exp(x)))


def silu(x: Decimal) -> Pair:
    """x*sigmoid(x)"""
    gate = sigmoid(x)
    return WIDE.multiply(x, gate), WIDE.fma(x, slope("sigmoid", x), gate)


def hardswish(x: Decimal) -> Pair:
    """x*relu6(x + 3)/6"""
    if abs(x) >= _THREE:
        return (x, _ONE) if x > 0 else (_ZERO, _ZERO)
    return WIDE.divide(WIDE.multiply(x, WIDE.add(x, _THREE)), _SIX), WIDE.divide(WIDE.fma(_TWO, x, _THREE), _SIX)


def softplus(x: Decimal) -> Decimal:
    """ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|)"""
    return WIDE.add(max(x, _ZERO), _log1p(WIDE.exp(-abs(x))))


def tanh_of_softplus(x: Decimal) -> Pair:
    """t = tanh(softplus(x)), and 1 - t² (no derivative).

    t = a/(a + 2) with a = e^x(e^x + 2); above 0 all of it is divided by e^2x.
    """
    decay = WIDE.exp(-abs(x))
    top = WIDE.multiply(decay, WIDE.add(decay, _TWO)) if x <= 0 else WIDE.fma(_TWO, decay, _ONE)
    rest = _TWO if x <= 0 else WIDE.multiply(_TWO, WIDE.multiply(decay, decay))
    whole = WIDE.add(top, rest)
    curve = WIDE.divide(top, whole)
    return curve, WIDE.multiply(WIDE.divide(rest, whole), WIDE.add(_ONE, curve))


def mish(x: Decimal) -> Pair:
    """x*tanh(softplus(x))"""
    curve, rest = tanh_of_softplus(x)
    return WIDE.multiply(x, curve), WIDE.fma(WIDE.multiply(x, rest), sigmoid(x), curve)


def normal_share(x: float) -> tuple[float, float]:
    """Standard normal distribution and its density at x; erfc keeps the lower tail."""
    return math.erfc(-x / math.sqrt(2)) / 2, math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def gelu(x: Decimal) -> Pair:
    """x*Phi(x), in floats"""
    number = float(x)
    share, density = normal_share(number)
    return Decimal(number * share), Decimal(share + number * density)


def _expm1(x: Decimal) -> Decimal:
    """e^x - 1; the first terms of its series near 0, where that would cancel."""
    if abs(x) >= _SMALL:
        return WIDE.subtract(WIDE.exp(x), _ONE)
    square = WIDE.multiply(x, x)
    return WIDE.add(WIDE.add(x, WIDE.divide(square, _TWO)), WIDE.divide(WIDE.multiply(square, x), _SIX))


def _log1p(x: Decimal) -> Decimal:
    """ln(1 + x) from 0 on; the first terms of its series near 0."""
    if x >= _SMALL:
        return WIDE.ln(WIDE.add(_ONE, x))
    square = WIDE.multiply(x, x)
    return WIDE.add(WIDE.subtract(x, WIDE.divide(square, _TWO)), WIDE.divide(WIDE.multiply(square, x), _THREE))


PAIRS: Mapping[str, Callable[[Decimal], Pair]] = {
    "sigmoid": lambda x: (sigmoid(x), slope("sigmoid", x)),
    "tanh": lambda x: (tanh(x), slope("tanh", x)),
    "relu": lambda x: (activate("relu", x), slope("relu", x)),
    "relu6": relu6,
    "silu": silu,
    "hardswish": hardswish,
    "mish": mish,
    "gelu": gelu,
    "softplus": lambda x: (softplus(x), sigmoid(x)),
}
"""The activations without a setting."""
SCALED_PAIRS: Mapping[str, Callable[[Decimal, Decimal], Pair]] = {"leaky_relu": leaky_relu, "elu": elu}
"""Those with an alpha."""
