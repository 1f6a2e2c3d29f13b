"""Hue, saturation and value of a colour (Smith 1978)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from annotated_types import Le

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs
from quizcnn.solvers.notation import line
from quizcnn.text import Text

TITLE = Text("Colour from RGB to HSV", "RGB 转 HSV")
CONVENTION = Text(
    "Channels 0 … 255; hue in degrees from 0 to below 360, saturation and value 0 … 1; grey has hue 0 and saturation 0.",
    "通道取 0 … 255；色相以度计，从 0 到 360（不含），饱和度和明度取 0 … 1；灰色的色相和饱和度为 0。",
)
HUE = Text("hue in degrees", "色相（度）")
SATURATION = Text("saturation", "饱和度")
VALUE = Text("value", "明度")
STEPS = {
    "spread": Text("largest less smallest channel", "最大通道减最小通道"),
    "red": Text("red is largest: 60° times (green − blue) over the spread", "红最大：60° 乘 (绿 − 蓝)/差"),
    "green": Text("green is largest: 120° further", "绿最大：再加 120°"),
    "blue": Text("blue is largest: 240° further", "蓝最大：再加 240°"),
    "grey": Text("all channels are equal: grey", "三个通道相等：灰色"),
    "saturation": Text("spread over the largest channel", "差除以最大通道"),
    "value": Text("largest channel over 255", "最大通道除以 255"),
}
MISTAKES = {
    "hsl_for_hsv": (
        Text("gives the saturation of HSL", "算成了 HSL 的饱和度"),
        Text("HSV divides the spread by the largest channel; HSL by what the lightness leaves room for.", "HSV 用差除以最大通道，HSL 除的是亮度所允许的范围。"),
    ),
    "hue_in_turns": (
        Text("gives the hue as a share of the circle", "色相写成了圆周的比例"),
        Text("Here hue is in degrees, 360 for the whole circle.", "这里色相以度计，一圈 360 度。"),
    ),
    "value_is_the_mean": (
        Text("takes the mean of the channels for the value", "把通道均值当成明度"),
        Text("The value is the largest channel, so a pure red is as bright as white.", "明度是最大的通道，纯红与白的明度相同。"),
    ),
}  # fmt: skip
Channel = Annotated[Count, Le(255)]
NAMES = ("red", "green", "blue")


class ColourInputs(Inputs):
    """Whole numbers from 0 to 255."""

    red: Channel
    green: Channel
    blue: Channel


def channels(i: ColourInputs) -> tuple[int, int, int]:
    return i.red, i.green, i.blue


def spread(i: ColourInputs) -> int:
    return max(channels(i)) - min(channels(i))


def leader(i: ColourInputs) -> int:
    """The place of the largest channel, of equal ones the first."""
    return channels(i).index(max(channels(i)))


def hue(i: ColourInputs) -> Fraction:
    if not spread(i):
        return Fraction()
    place, parts = leader(i), channels(i)
    after, before = parts[(place + 1) % 3], parts[(place + 2) % 3]
    return (120 * place + Fraction(60 * (after - before), spread(i))) % 360


def saturation(i: ColourInputs) -> Fraction:
    top = max(channels(i))
    return Fraction(spread(i), top) if top else Fraction()


def solve(i: ColourInputs) -> Outputs:
    return {
        "hue": float(hue(i)),
        "saturation": float(saturation(i)),
        "value": float(Fraction(max(channels(i)), 255)),
    }


def steps(i: ColourInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    top, low, gap = max(channels(i)), min(channels(i)), spread(i)
    first = Step(STEPS["spread"], rf"D = {top}-{low} = {gap}", gap)
    value = Step(STEPS["value"], line("V", rf"\frac{{{top}}}{{255}}", found["value"]), found["value"])
    if not gap:
        turned = Step(STEPS["grey"], "H = 0", 0.0)
        share = Step(STEPS["grey"], "S = 0", 0.0)
    else:
        place, parts = leader(i), channels(i)
        after, before = parts[(place + 1) % 3], parts[(place + 2) % 3]
        whole = "+360" if place == 0 and after < before else ""
        latex = rf"{120 * place}+60 \cdot \frac{{{after}-{before}}}{{{gap}}}{whole}"
        turned = Step(STEPS[NAMES[place]], line("H", latex, found["hue"]), found["hue"])
        share = Step(
            STEPS["saturation"], line("S", rf"\frac{{{gap}}}{{{top}}}", found["saturation"]), found["saturation"]
        )
    return [*lead_to([first, turned], "hue"), *lead_to([first, share], "saturation"), *lead_to([value], "value")]


def _hsl(i: ColourInputs) -> Outputs:
    light = Fraction(max(channels(i)) + min(channels(i)), 510)
    room = 1 - abs(2 * light - 1)
    return {"saturation": float(Fraction(spread(i), 255) / room)} if room else {}


FAMILY = Family(
    id="rgb_to_hsv",
    title=TITLE,
    inputs=ColourInputs,
    outputs={"hue": Output("real", HUE, ("°", "度", "degrees")), "saturation": Output("real", SATURATION), "value": Output("real", VALUE)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "hsl_for_hsv": _hsl,
        "hue_in_turns": lambda i: {"hue": float(hue(i) / 360)},
        "value_is_the_mean": lambda i: {"value": float(Fraction(sum(channels(i)), 765))},
    }),
    symbols={"red": "R", "green": "G", "blue": "B"},
)  # fmt: skip
