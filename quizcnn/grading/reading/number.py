"""One typed number, read exactly, or why it is none.

Takes thousands separators in their right places, multipliers and Chinese units, ``%``, fractions, powers, scientific notation, bounded
arithmetic with roots, logarithms and the like, "about", a leading ``=`` and the units that the field declares. Two numbers, a range, a denial, code or a stray letter
are not read. What was written (its last place, whether it is an estimate) is kept, because grading asks for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from quizcnn.grading.base import Invalid
from quizcnn.grading.reading.arithmetic import value_of
from quizcnn.grading.reading.normalize import bracketed_roots, normalize
from quizcnn.grading.reading.numerals import read_numeral
from quizcnn.grading.reading.refusals import COMMA, EMPTY, NO_NUMBER, TOO_LONG, UnreadError, reason_for
from quizcnn.grading.reading.syntax import FUNCTIONS, MAX_LENGTH, OF_NUMBERS, FormulaError, number_of, simple
from quizcnn.grading.reading.units import ending, multipliers
from quizcnn.grading.reading.written import Rational, Reading
from quizcnn.text import Text

MAX_DIGITS = 5_000
"""Digits of a plain whole number; everything else is at most ``MAX_LENGTH`` characters long."""

INTEGER_EXAMPLES = ("73856", "73,856", "3*3*64*128+128")
REAL_EXAMPLES = ("0.659", "1.5e-3", "3/4", "75%")

_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"([+-]?[0-9]*)\.([0-9]+)")
_RATIO = re.compile(r"([+-]?[0-9]+) ?/ ?([0-9]+)")
_LITERAL = re.compile(
    r"(?P<sign>[+-]?) ?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])|[0-9]{1,3}(?:_[0-9]{3})+(?![0-9_])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]*)(?:\.(?P<places>[0-9]*))?(?:[eE](?P<exponent>[+-]?[0-9]+))?"
)
_GROUPED = re.compile(r"(?<![0-9.,_])([1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:_[0-9]{3})+))(?![0-9,_])")
_POWER = re.compile(r" ?[*x] ?10 ?(?:\^|\*\*) ?(?:\((?P<inside>[+-]?[0-9]+)\)|(?P<bare>[+-]?[0-9]+))", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:大约为|大约是|约为|约是|大约|大概|约|approximately|approx\.?|about|around|roughly|circa|ca\.|~|≈)",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(r" ?(?:左右|上下)$")
_PERCENT = re.compile(r" ?(?:%|percent|per cent|pct\.?)$", re.IGNORECASE)
_MULTIPLIER = re.compile(r" ?([A-Za-z]+|[十百千万亿]+)$")
_CALLED = "|".join(sorted(OF_NUMBERS.intersection(FUNCTIONS)))
_ARITHMETIC = re.compile(rf"(?:[0-9.eE+\-*/^%() ]|\b(?:{_CALLED}) ?(?=\()|\bpi\b)+")
_APPLIED = re.compile(rf"\b({_CALLED}) ([0-9]+(?:\.[0-9]+)?)")
_NOTHING = ("none", "null", "n/a", "无", "没有", "不存在", "undefined", "does not exist")


def read_number(
    text: str, units: tuple[str, ...] = (), examples: tuple[str, ...] = INTEGER_EXAMPLES
) -> Reading | Invalid:
    """The number that ``text`` writes; ``units`` are those that the field declares. Never raises."""
    if len(text) > MAX_DIGITS:
        return Invalid(TOO_LONG, examples)
    text = normalize(text)
    try:
        return _plain(text) or _read(text, units)
    except UnreadError as unread:
        return Invalid(unread.why, examples)
    except FormulaError as error:
        return Invalid(error.why, examples)


def _plain(text: str) -> Reading | None:
    """Digits, digits with a point, or a fraction of two whole numbers, at any length."""
    if _WHOLE.fullmatch(text):
        return Reading(int(text), 1, text=text)
    if (found := _DECIMAL.fullmatch(text)) is not None:
        power = 10 ** len(found[2])
        return Reading(simple(Fraction(int(found[1] + found[2]), power)), Fraction(1, power), True, text=text)
    if (found := _RATIO.fullmatch(text)) is not None:
        bottom = int(found[2])
        if not bottom:
            raise UnreadError(Text("it divides by zero", "除数为零"))
        return Reading(simple(Fraction(int(found[1]), bottom)), text=text)
    return None


def _read(text: str, units: tuple[str, ...]) -> Reading:
    if len(text) > MAX_LENGTH:
        raise UnreadError(TOO_LONG)
    if text.casefold() in _NOTHING:
        return Reading(None, text=text)
    body, about = _without_marks(text)
    if not body:
        raise UnreadError(NO_NUMBER if text else EMPTY)
    pattern = ending(units)
    while pattern is not None and (found := pattern.search(body)) is not None and found.start():
        body = body[: found.start()]
    percent = _PERCENT.search(body)
    if percent is not None:
        body = body[: percent.start()]
    reading = _literal(body, units) or _numeral(body) or _arithmetic(body, text)
    if percent is not None:
        reading = _scaled(reading, Fraction(1, 100), percent=True)
    return replace(reading, rough=reading.rough or about, text=text)


def _without_marks(text: str) -> tuple[str, bool]:
    """The text without ``=``, "about" and a full stop, and whether "about" stood there."""
    about = False
    text = text.removeprefix("=").lstrip()
    if text.startswith(("–", "—")):  # a dash that stands for a minus sign
        text = "-" + text[1:]
    if (found := _ABOUT.match(text)) is not None:
        text, about = text[found.end() :].lstrip().removeprefix("=").lstrip(), True
    if text.endswith(("。", ".")) and not text.endswith(".."):
        text = text[:-1]
    if (after := _ABOUT_AFTER.search(text)) is not None:
        text, about = text[: after.start()], True
    return text.rstrip(), about


def _literal(text: str, units: tuple[str, ...]) -> Reading | None:
    """A number with at most a power of ten or a multiplier after it."""
    found = _LITERAL.match(text)
    if found is None or not (found["whole"] or found["places"]):
        return None
    rest, scale = text[found.end() :], None
    if rest:
        scale = _scale(rest, units)
        if scale is None:
            return None
    digits = found["whole"]
    if not digits.isdigit() and digits:
        if digits[0] == "0":
            raise UnreadError(COMMA)
        digits = digits.replace(",", "").replace("_", "").replace(" ", "")
    reading = _written(found, digits)
    return reading if scale is None else _scaled(reading, scale, rough=True)


def _written(found: re.Match[str], digits: str) -> Reading:
    places, exponent = found["places"] or "", found["exponent"]
    power = number_of("1e" + exponent) if exponent else 1
    value = number_of(f"{digits or '0'}.{places}") * power
    step = simple(Fraction(power, 10 ** len(places)))
    return Reading(
        simple(Fraction(-value if found["sign"] == "-" else value)),
        step,
        found["places"] is not None,
        exponent is not None,
    )


def _scale(rest: str, units: tuple[str, ...]) -> Rational | None:
    """The factor that stands after the digits; None where something else does."""
    power: Rational = 1
    if (found := _POWER.match(rest)) is not None:
        power = number_of("1e" + (found["inside"] or found["bare"]))
        rest = rest[found.end() :]
    if not rest:
        return power
    word = _MULTIPLIER.fullmatch(rest)
    known = multipliers(units)
    if word is None:
        return None
    size = known.get(word[1]) or known.get(word[1].casefold())
    return None if size is None else power * size


def _scaled(reading: Reading, factor: Rational, *, rough: bool = False, percent: bool = False) -> Reading:
    value, step = reading.value, reading.step
    return Reading(
        None if value is None else simple(Fraction(value * factor)),
        None if step is None else simple(Fraction(step * factor)),
        reading.pointed,
        reading.rough or rough,
        reading.percent or percent,
    )


def _numeral(text: str) -> Reading | None:
    if text.isascii():
        return None
    numeral = read_numeral(text.replace(" ", ""))
    if numeral is None:
        return None
    return Reading(numeral.value, numeral.step, rough=numeral.step is not None and numeral.step >= 1000)


def _arithmetic(text: str, typed: str) -> Reading:
    joined = _GROUPED.sub(lambda found: found[0].replace(",", "").replace("_", ""), bracketed_roots(text))
    joined = _APPLIED.sub(r"\1(\2)", joined.casefold().replace("π", "pi"))
    if _ARITHMETIC.fullmatch(joined) is None or not any(character.isdigit() for character in joined):
        raise UnreadError(reason_for(typed))
    try:
        return Reading(value_of(joined))
    except FormulaError as error:
        raise UnreadError(reason_for(typed, error.why)) from None
