"""What may be behind a wrong number that no single rule gives: two rules at once, or a slip that fits by its size. Guesses, never named
mistakes, and worded as guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from quizcnn.grading.base import Rival
from quizcnn.grading.closeness import Rational, number_in, size_of
from quizcnn.grading.reading.written import Reading
from quizcnn.text import Text

_SLIPS: tuple[tuple[str, Fraction, Text], ...] = (
    ("sign", Fraction(-1), Text("It has the wrong sign.", "符号反了。")),
    ("twice", Fraction(2), Text("It is twice the right value.", "正好是正确值的两倍。")),
    ("half", Fraction(1, 2), Text("It is half the right value.", "正好是正确值的一半。")),
    ("bits_for_bytes", Fraction(8), Text("It is eight times the right value: perhaps bits for bytes.", "正好是正确值的 8 倍，可能把字节当成了比特。")),
    ("bytes_for_bits", Fraction(1, 8), Text("It is an eighth of the right value: perhaps bytes for bits.", "正好是正确值的 1/8，可能把比特当成了字节。")),
    *((
        f"{small}_for_{large}",
        factor,
        Text(f"It is off by {1000**power:,}/{1024**power:,}: perhaps {small} and {large} were mixed up.", f"差了 {1000**power:,}/{1024**power:,} 倍，可能混淆了 {small} 与 {large}。"),
    ) for power, unit, binary in ((1, "KB", "KiB"), (2, "MB", "MiB"), (3, "GB", "GiB")) for small, large, factor in (
        (unit, binary, Fraction(1024**power, 1000**power)), (binary, unit, Fraction(1000**power, 1024**power)),
    )),
)  # fmt: skip
EARLY = Fraction(1, 100)
"""So near a real is when an intermediate value may have been rounded too early."""
LEAST_GUESSED = 100
"""A whole number below it meets two slips by chance too often."""
ROUNDED_EARLY = Text(
    "It is less than 1 % off: perhaps a number on the way was rounded too early.",
    "误差不到 1 %，可能是中间结果过早取了近似值。",
)
CUT_OFF = Text(
    "Its digits are those of the right value, but the rest was cut off instead of rounded.",
    "写出的数字都对，但后面是直接截掉的，没有四舍五入。",
)


def generic_slip(value: Rational, target: Rational, fits: Callable[[Rational], bool]) -> tuple[str, Text] | None:
    """A slip that fits by its size alone; ``fits`` says whether a value is what was typed."""
    if not target or not value:
        return None
    if isinstance(value, int) and isinstance(target, int) and abs(value - target) == 1:
        return "off_by_one", Text("It is off by one.", "差了 1。")
    top, bottom = target.numerator, target.denominator
    for slug, factor, says in _SLIPS:
        if fits(Fraction(top * factor.numerator, bottom * factor.denominator)):
            return slug, says
    if value * target == 1:
        return "reciprocal", Text("It is the reciprocal of the right value.", "是正确值的倒数。")
    return None


def cut_off(reading: Reading, target: Rational) -> bool:
    """Whether what was typed are the first digits of the target, two at least, with the rest left away instead of rounded."""
    if reading.value is None or reading.step is None or reading.digits < 2 or reading.value == target:
        return False
    kept = size_of(target) // reading.step * reading.step
    return reading.value == (kept if target > 0 else -kept)


def rounded_early(value: Rational, target: Rational) -> bool:
    """Whether a real is so near that rounding on the way may be all that is wrong."""
    return target != 0 and 0 < size_of(value - target) <= EARLY * size_of(target)


def two_slips(
    rivals: Sequence[Rival], target: Rational, fits: Callable[[Rational], bool]
) -> tuple[Rival, Rival] | None:
    """Two wrong rules that together give what was typed: their errors added, or multiplied; None where not exactly one pair does."""
    found = [pair for pair in _pairs(rivals, target) if any(fits(value) for value in _together(*pair, target))]
    return (found[0][0][0], found[0][1][0]) if len(found) == 1 else None


_Valued = tuple[Rival, Rational]


def _pairs(rivals: Sequence[Rival], target: Rational) -> Iterator[tuple[_Valued, _Valued]]:
    valued = [(rival, value) for rival in rivals if (value := number_in(rival.value)) is not None and value != target]
    yield from combinations(valued, 2)


def _together(first: _Valued, second: _Valued, target: Rational) -> Iterator[Rational]:
    (_, one), (_, two) = first, second
    yield one + two - target
    if target:
        top, bottom = one.numerator * two.numerator, one.denominator * two.denominator
        yield Fraction(top * target.denominator, bottom * target.numerator)


def both(first: Rival, second: Rival) -> tuple[str, Text]:
    """The guess that two rules were broken at once."""
    says = Text(
        f"Perhaps two slips at once: {first.label.en}, and {second.label.en}.",
        f"可能同时犯了两个错误：{first.label.zh}；{second.label.zh}。",
    )
    return f"{first.slug}+{second.slug}", says
