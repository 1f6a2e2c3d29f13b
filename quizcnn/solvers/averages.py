"""Exponential moving averages of reals as they stand on paper: one update, and the correction for a start at 0 (Kingma & Ba 2015, section 3)."""

from __future__ import annotations

from decimal import Decimal

from quizcnn.solvers.decimals import WIDE

ENOUGH_STEPS = 10**18
"""From here on beta^step is below 10^-48 for every beta that a float can be."""


def averaged(old: Decimal, new: Decimal, beta: Decimal) -> Decimal:
    """beta*old + (1 - beta)*new"""
    return WIDE.fma(beta, old, WIDE.multiply(WIDE.subtract(Decimal(1), beta), new))


def correction(beta: Decimal, step: int) -> Decimal:
    """1 - beta^step, by which an average from 0 is divided after ``step`` updates."""
    power = WIDE.power(beta, Decimal(min(step, ENOUGH_STEPS))) if beta else Decimal(0)
    return WIDE.subtract(Decimal(1), power)
