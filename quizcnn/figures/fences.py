"""Signs that grow with what they hold: brackets, bars, roots, braces over and under. In box characters, or in ASCII."""

from __future__ import annotations

from typing import NamedTuple

from quizcnn.figures.box import Box, beside, stack, text_box


class Parts(NamedTuple):
    """A tall sign from top to bottom; ``middle`` is its waist, where it has one."""

    top: str
    side: str
    bottom: str
    middle: str = ""


TALL = {
    "(": Parts("⎛", "⎜", "⎝"),
    ")": Parts("⎞", "⎟", "⎠"),
    "[": Parts("⎡", "⎢", "⎣"),
    "]": Parts("⎤", "⎥", "⎦"),
    "⌊": Parts("⎢", "⎢", "⎣"),
    "⌋": Parts("⎥", "⎥", "⎦"),
    "⌈": Parts("⎡", "⎢", "⎢"),
    "⌉": Parts("⎤", "⎥", "⎥"),
    "{": Parts("⎧", "⎪", "⎩", "⎨"),
    "}": Parts("⎫", "⎪", "⎭", "⎬"),
    "⟨": Parts("╱", "│", "╲", "⟨"),
    "⟩": Parts("╲", "│", "╱", "⟩"),
    "|": Parts("│", "│", "│"),
    "‖": Parts("║", "║", "║"),
}
ASCII_TALL = {
    "(": Parts("/", "|", "\\"),
    ")": Parts("\\", "|", "/"),
    "[": Parts("[", "[", "["),
    "]": Parts("]", "]", "]"),
    "{": Parts("/", "|", "\\", "<"),
    "}": Parts("\\", "|", "/", ">"),
    "⟨": Parts("/", "|", "\\", "<"),
    "⟩": Parts("\\", "|", "/", ">"),
    "|": Parts("|", "|", "|"),
    "‖": Parts("||", "||", "||"),
}
ROUNDED = {"⌊": ("floor", "("), "⌋": ("", ")"), "⌈": ("ceil", "("), "⌉": ("", ")")}
"""Signs that ASCII lacks: a name before round brackets."""
BRACES = {"⏞": ("╭", "─", "┴", "╮"), "︷": ("╭", "─", "┴", "╮"), "⏟": ("╰", "─", "┬", "╯"), "︸": ("╰", "─", "┬", "╯")}
ASCII_BRACES = {sign: ("/", "-", "^", "\\") if sign in "⏞︷" else ("\\", "-", "v", "/") for sign in BRACES}


def fence(sign: str, shown: str, like: Box, *, ascii: bool) -> Box:  # noqa: A002  the word for it
    """The bracket ``sign`` as tall as ``like`` and on its baseline; ``shown`` is how it stands on one line."""
    if not like.is_tall or not sign or (ascii and like.height == 2):
        return text_box(shown)
    if ascii and sign in ROUNDED:
        name, bracket = ROUNDED[sign]
        return beside((text_box(name), fence(bracket, bracket, like, ascii=True)))
    parts = (ASCII_TALL if ascii else TALL).get(sign)
    if parts is None:
        return text_box(shown)
    lines = [parts.top, *[parts.side] * (like.height - 2), parts.bottom]
    if parts.middle and like.height > 2:
        lines[(like.height - 1) // 2] = parts.middle
    return Box(tuple(lines), like.baseline, len(parts.side))


def radical(inner: Box, *, ascii: bool, index: str = "") -> Box:  # noqa: A002
    """A root with its bar over ``inner``; ``index`` is the small number before it. In ASCII a function."""
    if ascii:
        left, right = (fence(sign, sign, inner, ascii=True) for sign in "()")
        return beside((text_box(f"root{index}" if index else "sqrt"), left, inner, right))
    if inner.is_tall:
        sign = Box((" ┌", *[" │"] * (inner.height - 1), "╲│"), inner.baseline + 1, 2)
        covered = stack([text_box("─" * inner.width), inner], inner.baseline + 1, align="left")
    else:
        sign = Box((" ", "√"), 1, 1)
        covered = stack([text_box("_" * inner.width), inner], 1)
    before = text_box(index)
    blank = (" " * before.width,)
    lines = blank * (inner.height - 1) + before.lines + blank
    return beside((Box(lines, inner.baseline + 1, before.width), sign, covered))


def brace(sign: str, width: int, *, ascii: bool) -> Box:  # noqa: A002
    """A brace over or under ``width`` columns, its point in the middle."""
    left, line, point, right = (ASCII_BRACES if ascii else BRACES)[sign]
    if width < 3:
        return text_box(point if width < 2 else left + right)
    half = (width - 3) // 2
    return text_box(left + line * half + point + line * (width - 3 - half) + right)
