"""A pixel after a change of contrast and brightness."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Real, Refusal
from quizcnn.solvers.notation import given, line, near, operand, plus
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Contrast and brightness", "对比度与亮度")
CONVENTION = Text(
    "contrast·(pixel − centre) + centre + brightness, clipped to 0 … 255, not rounded.",
    "对比度·(像素 − 中心) + 中心 + 亮度，截断到 0 … 255，不取整。",
)
VALUE = Text("pixel value", "像素值")
STEPS = {
    "raw": Text("stretched about the centre, then shifted", "绕中心拉伸，再平移"),
    "clipped": Text("clipped to the range of a pixel", "截断到像素的取值范围"),
}
MISTAKES = {
    "not_centred": (
        Text("stretches about 0", "绕 0 拉伸"),
        Text("Contrast stretches about {center}, so that a middle grey stays where it is.", "对比度绕 {center} 拉伸，中灰才会不变。"),
    ),
    "forgets_clipping": (
        Text("does not clip", "没有截断"),
        Text("A pixel holds 0 to 255; what lies beyond is cut off and lost.", "像素只能取 0 到 255，超出的部分被截掉。"),
    ),
    "scales_brightness": (
        Text("stretches the brightness too", "把亮度也拉伸了"),
        Text("Brightness is added after the stretch, so it is not multiplied.", "亮度在拉伸之后再加，不参与相乘。"),
    ),
}  # fmt: skip
WHITE = 255


class PixelInputs(Inputs):
    """pixel and center from 0 to 255, contrast not negative."""

    pixel: Real
    contrast: NonNegative
    brightness: Real = 0.0
    center: Real = 128.0

    @model_validator(mode="after")
    def _is_a_pixel(self) -> PixelInputs:
        for name in ("pixel", "center"):
            if not 0 <= getattr(self, name) <= WHITE:
                raise Refusal("must be from 0 to 255", name)
        return self


def clip(value: Fraction) -> float:
    return float(max(Fraction(), min(Fraction(WHITE), value)))


def raw(i: PixelInputs, before: Fraction, center: Fraction, after: Fraction) -> Fraction:
    return exact(i.contrast) * (exact(i.pixel) + before - center) + center + after


def right(i: PixelInputs) -> Fraction:
    return raw(i, Fraction(), exact(i.center), exact(i.brightness))


def solve(i: PixelInputs) -> Outputs:
    return {"value": clip(right(i))}


def steps(i: PixelInputs) -> Sequence[Step]:
    value, found = float(right(i)), clip(right(i))
    latex = rf"{given(i.contrast)} \cdot ({given(i.pixel)}-{operand(i.center)})+{given(i.center)}{plus(given(i.brightness))}"
    return [
        Step(STEPS["raw"], line("u", latex, value), value),
        Step(STEPS["clipped"], line("v", rf"\max(0, \min(255, {near(value, 6)}))", found, rough=True), found),
    ]


FAMILY = Family(
    id="contrast_brightness",
    title=TITLE,
    inputs=PixelInputs,
    outputs={"value": Output("real", VALUE)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "not_centred": lambda i: {"value": clip(raw(i, Fraction(), Fraction(), exact(i.brightness)))},
            "forgets_clipping": lambda i: {"value": float(right(i))},
            "scales_brightness": lambda i: {"value": clip(raw(i, exact(i.brightness), exact(i.center), Fraction()))},
        },
    ),
    symbols={"pixel": "x", "contrast": "c", "brightness": "b", "center": "m"},
)
