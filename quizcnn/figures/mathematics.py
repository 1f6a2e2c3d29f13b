"""LaTeX as text that can be read on one line, in any terminal and by a screen reader.

Keeps two rules: raw LaTeX is never shown, and no bracket is lost. latex2mathml parses (imported on first use), the row is ours.
LaTeX that cannot be parsed, or that is too long or too deep, comes back as its text without backslashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_LENGTH = 2_000
MAX_DEPTH = 30
MISREAD = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)
"""What the parser raises on broken LaTeX beside its own errors."""
DEFINITIONS = re.compile(
    r"\\(?:re|provide)?newcommand|\\[gex]?def(?![a-z])|\\let(?![a-z])|\\newenvironment|\\DeclareMathOperator|\\unicode"
)
LETTERS_APART = re.compile(
    r"\\(?:[tdc]?frac|binom|sqrt|stackrel|overset|underset)\s*[A-Za-z]\s+[A-Za-z]"
    r"|\\(?:text\w*|mbox|hbox|mathrm|mathtt|mathsf|operatorname\*?|begin|end)\s*\{[^{}]*\}(?:\s*\{[^{}]*\})?"
    r"|(?<![\\A-Za-z])([A-Za-z])\s+(?=[A-Za-z](?![A-Za-z]))"
)
SPANS = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<escaped>\\\$)"
    r"|\$\$(?P<display>(?:\\.|[^$\\])+?)\$\$"
    r"|\$(?!\s)(?P<inline>(?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of Markdown: text, code (with its backticks) or the LaTeX of a formula (without its dollars)."""

    kind: Literal["text", "code", "math"]
    text: str


@lru_cache(maxsize=2048)
def one_line(latex: str, *, ascii: bool = False) -> str:  # noqa: A002  the word for it
    r"""``latex`` as one readable line: ``\frac{a}{b+1}`` is ``a/(b + 1)``. Never raises.

    ``ascii`` keeps to letters and signs that every terminal shows (``floor(n/s)``, ``x^2``, ``*`` for a dot); Chinese text stays.
    """
    tree = parse(latex)
    if tree is None:
        return _without_commands(latex)
    from quizcnn.figures.mathml import Writer

    try:
        line = Writer(ascii=ascii).row(tree).text
    except RecursionError:
        return _without_commands(latex)
    return _spelled_out(line) if ascii else line


def inline(text: str, *, ascii: bool = False) -> str:  # noqa: A002
    r"""Markdown with each ``$...$`` as one line; code stays as it is, ``\$`` becomes a dollar."""
    return "".join(one_line(span.text, ascii=ascii) if span.kind == "math" else span.text for span in split(text))


def split(text: str) -> tuple[Span, ...]:
    r"""The stretches of a Markdown text in order. A dollar before a blank, or a closing one before a digit, is a dollar."""
    return tuple(_spans(text)) if "$" in text else (Span("text", text),)


def faults(latex: str) -> tuple[str, ...]:
    """What is wrong with a formula, for lint: English, empty where it can be shown well."""
    tree = parse(latex)
    if tree is None:
        return ("the formula cannot be parsed; check its braces, \\left with \\right, \\begin with \\end",)
    unknown = sorted(
        {
            element.text
            for element in tree.iter()
            if element.text and element.text.startswith("\\") and element.text[1:].isalpha()
        }
        - {"\\arg"}
    )
    halves = [
        element.tag for element in tree.iter() if element.tag in {"mfrac", "msub", "msup", "mroot"} and len(element) < 2
    ]
    return tuple(f"{name} is not known" for name in unknown) + (
        ("a fraction or script lacks a part",) if halves else ()
    )


def _spans(text: str) -> Iterator[Span]:
    start, plain = 0, ""
    for match in SPANS.finditer(text):
        plain += text[start : match.start()]
        start = match.end()
        if match["escaped"]:
            plain += "$"
            continue
        if plain:
            yield Span("text", plain)
        plain = ""
        yield (
            Span("code", match["code"])
            if match["code"]
            else Span("math", (match["display"] or match["inline"]).strip())
        )
    if plain + text[start:]:
        yield Span("text", plain + text[start:])


@lru_cache(maxsize=2048)
def parse(latex: str) -> Element | None:
    """The MathML tree of a formula, its texts still entities; nothing where the parser cannot or should not read it."""
    if len(latex) > MAX_LENGTH or not latex.strip() or _depth(latex) > MAX_DEPTH or DEFINITIONS.search(latex):
        return None
    from latex2mathml import exceptions
    from latex2mathml.converter import Converter

    own = [error for error in vars(exceptions).values() if isinstance(error, type) and issubclass(error, Exception)]
    refusals: tuple[type[Exception], ...] = (*MISREAD, *own)
    try:
        return Converter().convert_to_element(LETTERS_APART.sub(_set_apart, latex))
    except refusals:
        return None


def _set_apart(match: re.Match[str]) -> str:
    """``P R`` is a product of two letters, ``TP`` is one name: the blank between them is kept."""
    return rf"{match[1]}\, " if match[1] else match[0]


def _depth(latex: str) -> int:
    """The deepest nesting of what the parser descends into."""
    depth = deepest = 0
    for match in re.finditer(
        r"\\\\|\\[{}]|[{}]|\\left(?![a-z])|\\right(?![a-z])|\\begin(?![a-z])|\\end(?![a-z])", latex
    ):
        sign = match[0]
        depth += 1 if sign in {"{", "\\left", "\\begin"} else -1 if sign in {"}", "\\right", "\\end"} else 0
        deepest = max(deepest, depth)
    return deepest


def _spelled_out(line: str) -> str:
    """The signs that the row itself puts in, in ASCII; letters of other scripts (Chinese text) stay."""
    return line.replace("·", "*").replace("ᵀ", "^T")


def _without_commands(latex: str) -> str:
    """The text of LaTeX that cannot be set: names of commands stay, backslashes and line ends go."""
    return " ".join(re.sub(r"\\([A-Za-z]+)|\\([^\\])|\\", r" \1\2 ", latex).split())
