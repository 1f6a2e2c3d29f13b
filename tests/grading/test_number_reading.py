"""What is read as one number, and what is not: one row a way of writing it."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.grading.base import Invalid
from quizcnn.grading.reading.number import read_number
from quizcnn.grading.reading.written import Reading

UNITS = ("params", "parameters", "参数", "个", "px", "MACs", "FLOPs", "像素")
F = Fraction

READ: list[tuple[str, int | Fraction]] = [
    # plain
    ("0", 0), ("7", 7), ("007", 7), ("36992", 36992), ("+5", 5), ("-5", -5), ("- 5", -5), ("0.659", F("0.659")), (".5", F(1, 2)), ("5.", 5), ("-0.25", F(-1, 4)),
    ("0.1", F(1, 10)), ("36992.0", 36992), ("123456789012345678901234567890", 123456789012345678901234567890), ("  42  ", 42), ("\t42\n", 42),
    # full-width, other digits and signs
    ("３６９９２", 36992), ("３６，９９２", 36992), ("０．６５９", F("0.659")), ("−3", -3), ("－3", -3), ("–3", -3), ("＋3", 3), ("0。659", F("0.659")), ("28。", 28), ("\u200b28", 28), ("２８％", F(28, 100)),
    # thousands
    ("1,216", 1216), ("1 216", 1216), ("1_216", 1216), ("25,557,032", 25557032), ("25 557 032", 25557032), ("25_557_032", 25557032), ("1,216.5", F("1216.5")),
    ("1\u00a0216", 1216), ("1\u202f216", 1216), ("-1,216", -1216), ("1，216", 1216), ("999,999", 999999),
    # multipliers
    ("64k", 64000), ("64K", 64000), ("25.6M", 25600000), ("25.6m", 25600000), ("4.1G", 4100000000), ("7B", 7 * 10**9), ("2560万", 25600000), ("2560 万", 25600000), ("1.2亿", 120000000),
    ("3千", 3000), ("1.5百万", 1500000), ("2千万", 20000000), ("1.2万亿", 12 * 10**11), ("25.6 million", 25600000), ("1.5 billion", 1500000000), ("3 thousand", 3000), ("2 trillion", 2 * 10**12), ("-3k", -3000),
    # percent
    ("75%", F(3, 4)), ("75 %", F(3, 4)), ("75％", F(3, 4)), ("0.5%", F(1, 200)), ("75 percent", F(3, 4)), ("75 per cent", F(3, 4)), ("百分之75", F(3, 4)), ("百分之七十五", F(3, 4)), ("100%", 1),
    # fractions
    ("3/4", F(3, 4)), ("3 / 4", F(3, 4)), ("３／４", F(3, 4)), ("-3/4", F(-3, 4)), ("½", F(1, 2)), ("1½", F(3, 2)), ("¾", F(3, 4)), ("6/8", F(3, 4)), ("四分之三", F(3, 4)), ("一半", F(1, 2)), ("1÷3", F(1, 3)), ("12/4", 3),
    # powers and scientific notation
    ("2^10", 1024), ("2**10", 1024), ("10²", 100), ("10⁻³", F(1, 1000)), ("2^-1", F(1, 2)), ("1e6", 10**6), ("2.56e7", 25600000), ("1.5E-3", F("0.0015")), ("1.5×10^-3", F("0.0015")), ("1.5x10^-3", F("0.0015")),
    ("1.5*10^(-3)", F("0.0015")), ("2.56×10⁷", 25600000), ("10^6", 10**6), ("2.5×10^6 参数", 2500000),
    # arithmetic
    ("3*3*64*128+128", 73856), ("3×3×64×128＋128", 73856), ("128·(64÷2)·9 + 128", 36992), ("(224-7+6)//2+1", 112), ("1,216*3", 3648), ("1 - 1/3", F(2, 3)), ("-2^2", -4), ("2*(3+4)", 14), ("0.1+0.2", F(3, 10)), ("（1+2）×3", 9), ("50%*4", 2), ("1_216+4", 1220), ("112²*64", 802816),
    # roots, logarithms and the like: of decimal value, so exact only where that is
    ("sqrt(4)", 2), ("√4", 2), ("√(9/4)", F(3, 2)), ("Sqrt(0.25)*8", 4), ("sqrt 16 / 2", 2), ("log2(8)", 3), ("log10(1000)", 3), ("ln(1) + 1", 1), ("exp(0)", 1), ("e^0", 1), ("0*π", 0), ("4^0.5", 2), ("floor(7/2)", 3), ("⌊(224-7)/2⌋+1", 109), ("⌈7/2⌉", 4), ("sqrt(4) px", 2), ("约 √4", 2),
    # units
    ("36992 params", 36992), ("36992params", 36992), ("36992 Parameters", 36992), ("36,992 参数", 36992), ("36992个", 36992), ("2560万个参数", 25600000), ("28 px", 28), ("28像素", 28), ("28 个像素", 28), ("4.1 GFLOPs", 4100000000), ("4.1G FLOPs", 4100000000), ("118 MMACs", 118000000), ("3*3*64 params", 576),
    # about, equals, full stop
    ("= 28", 28), ("=28", 28), ("约 300", 300), ("约2560万", 25600000), ("大约 300", 300), ("about 300", 300), ("approx. 300", 300), ("Approximately 300", 300), ("~300", 300), ("≈0.66", F("0.66")), ("～300", 300), ("300左右", 300), ("约为 300", 300), ("= 约 300", 300), ("≈ 25.6 million parameters", 25600000), ("28.", 28), ("28 px.", 28), ("1.2.", F(6, 5)),
    # Chinese numerals
    ("三", 3), ("十二", 12), ("二十", 20), ("一百零五", 105), ("三万六千九百九十二", 36992), ("1亿2000万", 120000000), ("三万七", 37000), ("两千", 2000), ("3万6992", 36992),
]  # fmt: skip

UNREADABLE: list[tuple[str, str]] = [
    # nothing
    ("", "nothing"), ("   ", "nothing"), ("=", "no number"), ("约", "no number"), ("%", ""), (".", ""), ("params", ""), ("-", ""),
    # separators in wrong places
    ("1,21,6", "comma"), ("12,16", "comma"), ("1,2160", "comma"), ("1,216,", "comma"), (",216", "comma"), ("0,659", "comma"), ("0，5", "comma"), ("1,216,00", "comma"), ("1 2160", "one number"), ("12 16", "one number"), ("12_16", "underscore"), ("1__216", "underscore"), ("1,216 000", ""), ("_1", ""),
    # points
    ("1.2.3", "two decimal points"), ("1..2", ""), ("..5", ""),
    # not finite, too large
    ("inf", "finite"), ("-inf", "finite"), ("Infinity", "finite"), ("nan", "finite"), ("NaN", "finite"), ("∞", "finite"), ("无穷大", "finite"), ("9**9**9", "400"), ("9^9^9", "400"), ("1e99999999", "400"), ("1e401", "400"), ("10^500", "400"), ("2^400^2", ""), ("9" * 10_000, "long"), ("1" + "+1" * 120, "long"), ("1/0", "zero"), ("5/(3-3)", "zero"),
    # code, other bases, names
    ("int('3')", ""), ("3 if 1 else 4", ""), ("lambda: 3", ""), ("__import__('os').system('ls')", ""), ("[28]", ""), ("{28}", ""), ("0x1c", ""), ("0b11", ""), ("1e5j", ""), ("3j", ""), ("True", ""), ("len('abc')", ""), ("28; 29", ""), ("'28'", ""), ("x", ""), ("pi", ""), ("log(4)", "log2 or log10"), ("2 sqrt(4)", ""), ("sqrt(4", "bracket"), ("sqrt(0-4)", "no value"), ("exp(1000)", "large"), ("max(3,4)", ""), ("1<<3", ""), ("5!", ""),
    # two answers, ranges, denials
    ("28 or 29", "one number"), ("28或29", "one number"), ("28, 29", "one number"), ("28 29", "one number"), ("27~29", "range"), ("27–29", "range"), ("27 to 29", "range"), ("27到29", "range"), ("27至29", "range"), ("not 28", ""), ("不是28", ""), ("≠28", ""), ("!=28", ""), ("<28", ""), (">= 28", ""), ("28±1", ""),
    # stray letters and signs
    ("28x", ""), ("x28", ""), ("28 apples", ""), ("28 kg", ""), ("3 * * 4", ""), ("--3", ""), ("3 +", ""), ("(3", ""), ("3)", ""), ("2+*3", ""), ("7%3", ""), ("56x56", ""), ("28?", ""), ("1e3.5", ""), ("3e", ""), ("１，２１，６", "comma"), ("H=28", ""), ("$28", ""), ("28 or so", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), READ)
def test_reads(text: str, value: int | Fraction) -> None:
    reading = read_number(text, UNITS)
    assert isinstance(reading, Reading), reading
    assert reading.value == value


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("sqrt(2/9)", math.sqrt(2 / 9), "0.471405"),
        ("-ln(0.25)", math.log(4), "1.38629"),
        ("e^-1", math.exp(-1), "0.367879"),
        ("π/2", math.pi / 2, "1.5708"),
    ],
)
def test_what_leaves_the_fractions_is_read_to_the_precision_of_a_float(text: str, value: float, shown: str) -> None:
    reading = read_number(text)
    assert isinstance(reading, Reading), reading
    assert float(reading.value or 0) == pytest.approx(value, rel=1e-15)
    assert (reading.shown, reading.step) == (shown, None)


@pytest.mark.parametrize(("text", "why"), UNREADABLE)
def test_does_not_read(text: str, why: str) -> None:
    refused = read_number(text, UNITS)
    assert isinstance(refused, Invalid), refused
    assert why in refused.why.en
    assert refused.why.zh
    assert refused.examples
    for example in refused.examples:
        assert isinstance(read_number(example), Reading)


def test_there_are_enough_rows() -> None:
    assert len(READ) + len(UNREADABLE) >= 150


@pytest.mark.parametrize("text", ["none", "None", "null", "n/a", "无", "没有", "不存在", "undefined"])
def test_no_value_can_be_typed(text: str) -> None:
    reading = read_number(text)
    assert isinstance(reading, Reading)
    assert reading.value is None


def test_bytes_where_the_field_declares_them() -> None:
    rows = [
        ("16 MB", ("MB",), 16),
        ("16 B", ("bytes",), 16),
        ("16 bytes", ("bytes",), 16),
        ("16k bytes", ("bytes",), 16_000),
        ("16 MB", ("bytes",), 16_000_000),
        ("2 MiB", ("bytes",), 2 * 2**20),
        ("7B", ("params",), 7 * 10**9),
        ("12 bits", ("bits",), 12),
        ("75%", ("%",), 75),
    ]
    for text, units, value in rows:
        reading = read_number(text, units)
        assert isinstance(reading, Reading), text
        assert reading.value == value, text
    assert isinstance(read_number("16 B", ("MB",)), Invalid)
    assert isinstance(read_number("16 MB", ("params",)), Invalid)


WRITTEN = [
    # text, significant digits, decimal places, written as an estimate
    ("0.6590", 4, 4, False),
    ("0.66", 2, 2, False),
    ("0.05", 1, 2, False),
    ("25.6M", 3, 0, True),
    ("2560 万", 4, 0, True),
    ("2.56e7", 3, 0, True),
    ("约 300", 3, 0, True),
    ("36,992", 5, 0, False),
    ("1.5e-3", 2, 4, True),
    ("3*4", 0, 0, False),
    ("65.9%", 3, 3, False),
]


@pytest.mark.parametrize(("text", "digits", "decimals", "rough"), WRITTEN)
def test_how_it_was_written_is_kept(text: str, digits: int, decimals: int, rough: bool) -> None:
    reading = read_number(text)
    assert isinstance(reading, Reading)
    assert (reading.digits, reading.decimals, reading.rough) == (digits, decimals, rough)


SHOWN = [
    ("3*3*64*128+128", "73,856"), ("36_992", "36,992"), ("0.6590", "0.6590"), ("-0.50", "−0.50"), ("25.6M", "25,600,000"), ("1/3", "1/3"), ("3/4", "0.75"), ("75%", "0.75"), ("1.5e-3", "0.0015"), ("none", "none"), ("1,216.50", "1,216.50"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_stands_after_read_as(text: str, shown: str) -> None:
    reading = read_number(text)
    assert isinstance(reading, Reading)
    assert reading.shown == shown


TYPED = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,_ +-*/^%()eEkMGB万亿千百十约≈~=个%½²−×÷", max_size=80),
    st.integers().map(str),
    st.floats().map(repr),
    st.text(alphabet="0123456789", min_size=200, max_size=12_000),
)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(TYPED)
def test_no_text_raises_or_takes_long(text: str) -> None:
    started = time.process_time()
    read = read_number(text, UNITS)
    assert isinstance(read, Reading | Invalid)
    if isinstance(read, Reading):
        assert read.shown
        assert read.digits >= 0
    assert time.process_time() - started < 0.05
