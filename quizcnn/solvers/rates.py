"""Rates of events and their weighted harmonic mean, with 0 where a denominator is 0; no family of its own."""

from __future__ import annotations

from fractions import Fraction


def ratio(top: int | Fraction, bottom: int | Fraction) -> Fraction:
    """top/bottom, 0 where bottom is 0."""
    return Fraction(top, bottom) if bottom else Fraction(0)


def f_score(precision: Fraction, recall: Fraction, weight: Fraction) -> Fraction:
    """(1 + b²)PR/(b²P + R) with ``weight`` for b²."""
    return ratio((1 + weight) * precision * recall, weight * precision + recall)
