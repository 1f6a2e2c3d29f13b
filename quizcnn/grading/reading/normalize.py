"""Typed characters brought to one form: what an input method, a phone or a formula editor makes of a digit, a sign or a bracket.

NFKC does full-width forms; what it leaves or spoils (superscripts, vulgar fractions, U+2212, Chinese punctuation) has a table here.
Plain ASCII passes through untouched.
"""

from __future__ import annotations

import re
import unicodedata

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᵈᵉᵏˡᵐⁿᵖˢᵗˣʸᶻ", "0123456789+-()abdeklmnpstxyz")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᵈᵉᵏˡᵐⁿᵖˢᵗˣʸᶻ]+")
_ONE_EXPONENT = re.compile(r"[+-]?(?:[0-9]+|[a-z])|\([^()]*\)")
_WORD = re.compile("[a-z]{2,}")
_VULGAR = re.compile("(?<![0-9])([0-9]*+)([¼½¾⅐-⅞])")
_ROOT = re.compile(r"√ ?(?:\(|(\d+\.\d+|\w+))")
_POINT = re.compile("(?<=[0-9])。(?=[0-9])")
_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_TABLE = str.maketrans(
    {
        **dict.fromkeys("−‐‑﹣", "-"),
        **dict.fromkeys("×·⋅∙✕∗⨯•", "*"),
        **dict.fromkeys("÷⁄∕", "/"),
        **dict.fromkeys("〜∼～", "~"),
        **dict.fromkeys("≃≅≒", "≈"),
        **dict.fromkeys("【〔", "["),
        **dict.fromkeys("】〕", "]"),
        "、": ",",
        "≤": "<=",
        "≥": ">=",
        "≠": "!=",
        "⌊": "floor(",
        "⌈": "ceil(",
        "⌋": ")",
        "⌉": ")",
    }
)


def normalize(text: str) -> str:
    """``text`` with one form for every digit, sign and space; no line breaks, no space at the ends."""
    if not text.isascii():
        text = _wide(text)
    return _SPACES.sub(" ", text).strip()


def bracketed_roots(text: str) -> str:
    """``√2`` and ``√(2 + n)`` as ``sqrt(2)`` and ``sqrt(2 + n)``."""
    return _ROOT.sub(lambda found: "sqrt(" + (f"{found[1]})" if found[1] else ""), text)


def fold(text: str) -> str:
    """:func:`normalize` without case: for words that are compared."""
    return normalize(text).casefold()


def _wide(text: str) -> str:
    text = text.translate(_INVISIBLE)
    text = _RAISED.sub(_power, text)
    text = _VULGAR.sub(_fraction, text)
    return _POINT.sub(".", unicodedata.normalize("NFKC", text).translate(_TABLE))


def _power(found: re.Match[str]) -> str:
    """A raised run as an exponent, in brackets where it is a sum or a product; raised words (1ˢᵗ) stay words."""
    exponent = found[0].translate(_SUPERSCRIPTS)
    if _WORD.fullmatch(exponent):
        return exponent
    return f"^{exponent}" if _ONE_EXPONENT.fullmatch(exponent) else f"^({exponent})"


def _fraction(found: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFKC", found[2]).replace("\u2044", "/")
    return f"({found[1]}+{parts})" if found[1] else f"({parts})"
