"""Which typed word is a slip of which word: a small number of edits, and never another word of the field.

One edit (a swap of neighbours counts one) from five letters, two from eight, first letter equal; digits and symbols never differ.
"""

from __future__ import annotations

from collections.abc import Iterable

ONE_EDIT, TWO_EDITS = 5, 8
_WORDS = """
macro micro adaptive additive minimize maximize minimise maximise minimization maximization minimizing maximizing minimized maximized
interclass intraclass inter intra internal interval forward backward encoder decoder encode decode sparse dense local global
precision prediction recall batch patch stride kernel weight weights height bias variance invariance covariance mean median
positive negative overfitting underfitting overfit underfit increase decrease increases decreases larger smaller upsampling downsampling
padding pooling max min softmax sigmoid linear nonlinear bilinear convex concave sensitivity specificity implicit explicit
inductive deductive supervised unsupervised static dynamic train test training testing validation horizontal vertical
"""
KNOWN = frozenset(_WORDS.split())
"""Words near to other words: typing one of them is meant."""


def is_slip(typed: str, meant: str, known: Iterable[str] = KNOWN) -> bool:
    """Whether ``typed`` is a misspelt ``meant`` (both lower case)."""
    allowed = edits_allowed(typed)
    if not allowed or abs(len(typed) - len(meant)) > allowed or not typed.isalpha() or not typed.isascii():
        return False
    if typed[0] != meant[:1] or typed == meant or typed in known:
        return typed == meant
    from rapidfuzz.distance import OSA

    return bool(OSA.distance(typed, meant, score_cutoff=allowed) <= allowed)


def edits_allowed(word: str) -> int:
    """Edits forgiven in a word of this length."""
    return 2 if len(word) >= TWO_EDITS else 1 if len(word) >= ONE_EDIT else 0
