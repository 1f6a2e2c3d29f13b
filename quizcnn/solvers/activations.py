"""Activations and their derivatives in decimals of 50 digits: no overflow for arguments of any size, no 1 - a² that cancels."""

from __future__ import annotations

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
