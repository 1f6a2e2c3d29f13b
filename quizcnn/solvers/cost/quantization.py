"""Affine and symmetric quantisation of one value (Jacob et al. 2018; torch.quantize_per_tensor). Decided on the decimals as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Real, Refusal, Size
from quizcnn.solvers.notation import given, line, near, near_operand, operand
from quizcnn.solvers.values import exact, format_value
from quizcnn.text import Text

TITLE = Text("Quantisation of a value", "数值量化")
CONVENTION = Text(
    "Affine: unsigned, range widened to hold 0, quantised = clamp(round(value/scale) + zero point). Symmetric: signed, scale = largest |bound|/(2^(bits − 1) − 1), zero point 0. Halves round to even.",
    "仿射：无符号，范围扩展到含 0，量化值 = 截断(取整(数值/scale) + 零点)。对称：有符号，scale = 最大绝对边界/(2^(bits − 1) − 1)，零点为 0。恰好一半时取偶数。",
)
SCALE = Text("scale", "缩放系数 scale")
ZERO_POINT = Text("zero point", "零点")
QUANTIZED = Text("quantised value", "量化值")
DEQUANTIZED = Text("value after dequantisation", "反量化后的值")
STEPS = {
    "range": Text("range, widened to hold 0", "扩展到含 0 的范围"),
    "scale": Text("range over the number of steps", "范围除以级数"),
    "symmetric": Text("largest bound over the largest integer", "最大边界除以最大整数"),
    "above": Text("steps from the lower end up to 0", "0 比下端高出的级数"),
    "zero_point": Text("rounded: the integer that stands for 0", "取整：代表 0 的整数"),
    "no_shift": Text("symmetric: 0 stands for 0", "对称量化：0 就用 0 表示"),
    "level": Text("value over scale, rounded to {level}", "数值除以 scale，取整为 {level}"),
    "shifted": Text("shifted by the zero point, kept within the range", "加上零点，并限制在范围内"),
    "kept": Text("kept within the range", "限制在范围内"),
    "back": Text("back to a real number", "还原为实数"),
}
MISTAKES = {
    "forgets_zero_point": (
        Text("leaves out the zero point", "漏了零点"),
        Text("Unsigned integers begin at the minimum, so 0 lies at the zero point.", "无符号整数从最小值开始，所以 0 落在零点上。"),
    ),
    "divides_by_two_to_the_bits": (
        Text("divides by 2^bits", "除以了 2^bits"),
        Text("2^bits values leave one step less between them.", "2^bits 个值之间只有 2^bits − 1 级。"),
    ),
    "symmetric_by_unsigned_range": (
        Text("takes the unsigned range for the symmetric scheme", "对称量化用了无符号范围"),
        Text("Signed integers of {bits} bits reach to half of the unsigned range.", "{bits} 位有符号整数只到无符号范围的一半。"),
    ),
    "not_clamped": (
        Text("does not keep the value within the range", "没有截断到范围内"),
        Text("A value beyond the range gets the outermost integer.", "超出范围的值取最外侧的整数。"),
    ),
}  # fmt: skip


class QuantizationInputs(Inputs):
    """The range that was observed, how many bits, and a value."""

    minimum: Real
    maximum: Real
    bits: Size = 8
    value: Real
    scheme: Literal["affine", "symmetric"] = "affine"

    @model_validator(mode="after")
    def _has_a_range(self) -> QuantizationInputs:
        if self.minimum > self.maximum:
            raise Refusal("must not be above maximum", "minimum", "maximum")
        if not self.minimum and not self.maximum:
            raise Refusal("the range is only 0", "minimum", "maximum")
        if self.bits == 1 and self.scheme == "symmetric":
            raise Refusal("must be at least 2 for symmetric", "bits", "scheme")
        if self.bits > 64:
            raise Refusal("must be at most 64", "bits")
        return self


Range = tuple[Fraction, Fraction]


def bounds(i: QuantizationInputs) -> Range:
    """The range with 0 in it."""
    return min(exact(i.minimum), Fraction()), max(exact(i.maximum), Fraction())


def steps_of(i: QuantizationInputs) -> int:
    """The largest integer."""
    return (1 << (i.bits - 1)) - 1 if i.scheme == "symmetric" else (1 << i.bits) - 1


def scale_of(i: QuantizationInputs, divisor: int) -> Fraction:
    low, high = bounds(i)
    return max(-low, high) / divisor if i.scheme == "symmetric" else (high - low) / divisor


def level(i: QuantizationInputs, scale: Fraction) -> int:
    return round(exact(i.value) / scale)


def quantize(i: QuantizationInputs, scale: Fraction) -> tuple[int, int]:
    """Zero point and quantised value."""
    top = steps_of(i)
    if i.scheme == "symmetric":
        return 0, max(-top, min(top, level(i, scale)))
    zero = round(-bounds(i)[0] / scale)
    return zero, max(0, min(top, level(i, scale) + zero))


def outputs_by(i: QuantizationInputs, scale: Fraction) -> Outputs:
    zero, quantized = quantize(i, scale)
    return {
        "scale": float(scale),
        "zero_point": zero,
        "quantized": quantized,
        "dequantized": float((quantized - zero) * scale),
    }


def solve(i: QuantizationInputs) -> Outputs:
    return outputs_by(i, scale_of(i, steps_of(i)))


def steps(i: QuantizationInputs) -> Sequence[Step]:
    scale, top, (low, high) = scale_of(i, steps_of(i)), steps_of(i), bounds(i)
    zero, quantized = quantize(i, scale)
    size, raw = float(scale), level(i, scale)
    symmetric = i.scheme == "symmetric"
    if symmetric:
        latex = rf"\frac{{\max({given(abs(float(low)))}, {given(float(high))})}}{{2^{{{i.bits - 1}}}-1}}"
    else:
        latex = rf"\frac{{{given(float(high))}-{operand(float(low))}}}{{2^{{{i.bits}}}-1}}"
    scaled = Step(STEPS["symmetric" if symmetric else "scale"], line("s", latex, size), size)
    rounded = Step(
        STEPS["level"].map(lambda text: text.format(level=format_value(raw))),
        rf"q_0 \approx \frac{{{given(i.value)}}}{{{near(size, 8)}}} \approx {near(float(exact(i.value) / scale), 6)}",
        None,
    )
    inner = f"{raw}+{zero}" if not symmetric else f"{raw}"
    least = f"-{top}" if symmetric else "0"
    kept = Step(
        STEPS["kept" if symmetric else "shifted"], rf"q = \max({least}, \min({top}, {inner})) = {quantized}", quantized
    )
    point = Step(
        STEPS["above"],
        rf"m \approx \frac{{{given(-float(low))}}}{{{near(size, 8)}}} \approx {near(float(-low / scale), 6)}",
        None,
    )
    if symmetric:
        zeros = [Step(STEPS["no_shift"], "z = 0-0 = 0", 0)]
    else:
        zeros = [point, Step(STEPS["zero_point"], rf"z = \max(0, \min({top}, {zero})) = {zero}", zero)]
    back = float((quantized - zero) * scale)
    latex = rf"({quantized}-{zero}) \cdot {near_operand(size, 8)}"
    last = Step(STEPS["back"], line("v", latex, back, rough=True), back)
    shift = [] if symmetric else zeros
    return [
        *lead_to([scaled], "scale"),
        *lead_to([scaled, *zeros], "zero_point"),
        *lead_to([scaled, *shift, rounded, kept], "quantized"),
        *lead_to([scaled, *zeros, rounded, kept, last], "dequantized"),
    ]


def _without_zero(i: QuantizationInputs) -> Outputs:
    return {"quantized": level(i, scale_of(i, steps_of(i)))} if i.scheme == "affine" else {}


def _two_to_the_bits(i: QuantizationInputs) -> Outputs:
    return outputs_by(i, scale_of(i, 2**i.bits)) if i.scheme == "affine" else {}


def _unsigned(i: QuantizationInputs) -> Outputs:
    if i.scheme == "affine":
        return {}
    scale = scale_of(i, 2**i.bits - 1)
    top = 2**i.bits - 1
    return {"scale": float(scale), "quantized": max(-top, min(top, level(i, scale)))}


def _unclamped(i: QuantizationInputs) -> Outputs:
    return {"quantized": level(i, scale_of(i, steps_of(i)))} if i.scheme == "symmetric" else {}


FAMILY = Family(
    id="quantization",
    title=TITLE,
    inputs=QuantizationInputs,
    outputs={
        "scale": Output("real", SCALE),
        "zero_point": Output("integer", ZERO_POINT),
        "quantized": Output("integer", QUANTIZED),
        "dequantized": Output("real", DEQUANTIZED),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_zero_point": _without_zero,
            "divides_by_two_to_the_bits": _two_to_the_bits,
            "symmetric_by_unsigned_range": _unsigned,
            "not_clamped": _unclamped,
        },
    ),
    symbols={"minimum": "a", "maximum": "b", "value": "x"},
)
