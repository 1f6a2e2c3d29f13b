"""Shape after pixel shuffle and its inverse (Shi et al. 2016, Sub-pixel CNN; torch.nn.PixelShuffle, section Shape)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.units import CHANNELS, PIXELS
from quizcnn.text import Text

TITLE = Text("Shape after pixel shuffle", "像素重排后的形状")
CONVENTION = Text(
    "Pixel shuffle as PyTorch's nn.PixelShuffle(r); its inverse, space-to-depth, as nn.PixelUnshuffle(r).",
    "像素重排（亚像素上采样）按 PyTorch 的 nn.PixelShuffle(r)，其逆 space-to-depth 按 nn.PixelUnshuffle(r)。",
)
OUTPUTS = {
    "out_channels": Output("integer", Text("output channels", "输出通道数"), CHANNELS),
    "out_height": Output("integer", Text("output height", "输出高"), PIXELS),
    "out_width": Output("integer", Text("output width", "输出宽"), PIXELS),
}
STEPS = {
    "out_channels": Text("r² channels give the r × r pixels of one", "r² 个通道组成一个通道的 r × r 个像素"),
    "out_height": Text("every row becomes r rows", "每行变成 r 行"),
    "out_width": Text("every column becomes r columns", "每列变成 r 列"),
    "inverse_channels": Text("r × r pixels of a channel become r² channels", "一个通道的 r × r 个像素变成 r² 个通道"),
    "inverse_height": Text("r rows become one", "r 行变成一行"),
    "inverse_width": Text("r columns become one", "r 列变成一列"),
}
MISTAKES = {
    "factor_not_squared": (
        Text("takes r once for the channels", "通道数只按 r 换算，没有平方"),
        Text("Both sides change by {upscale_factor}, so the channels change by {upscale_factor}².", "高和宽都变 {upscale_factor} 倍，通道数就要变 {upscale_factor}² 倍。"),
    ),
    "keeps_channels": (
        Text("keeps the channels", "沿用了输入通道数"),
        Text("Nothing is interpolated: all new pixels come from channels, and the number of values stays.", "这里没有插值：新像素全部来自通道，元素总数不变。"),
    ),
    "squares_the_sides": (
        Text("changes the sides by r²", "高和宽按 r² 换算"),
        Text("r² is the change of the area; each side changes by r = {upscale_factor}.", "r² 是面积的变化，每条边只变 r = {upscale_factor} 倍。"),
    ),
}  # fmt: skip


class PixelShuffleInputs(Inputs):
    """Channels and sides of the map that goes in."""

    in_channels: Size
    in_height: Size
    in_width: Size
    upscale_factor: Size
    inverse: bool = False

    @model_validator(mode="after")
    def _divides(self) -> PixelShuffleInputs:
        r = self.upscale_factor
        if not self.inverse and self.in_channels % (r * r):
            raise Refusal("the square of upscale_factor must divide in_channels", "in_channels", "upscale_factor")
        odd = [name for name in ("in_height", "in_width") if self.inverse and getattr(self, name) % r]
        if odd:
            raise Refusal(f"upscale_factor must divide {' and '.join(odd)}", *odd, "upscale_factor")
        return self


Shape = tuple[int, int, int]


def reshaped(i: PixelShuffleInputs) -> Shape:
    """Channels, height and width after it."""
    r = i.upscale_factor
    if i.inverse:
        return i.in_channels * r * r, i.in_height // r, i.in_width // r
    return i.in_channels // (r * r), i.in_height * r, i.in_width * r


def solve(i: PixelShuffleInputs) -> Outputs:
    return dict(zip(OUTPUTS, reshaped(i), strict=True))


def steps(i: PixelShuffleInputs) -> Sequence[Step]:
    r, given, found = i.upscale_factor, (i.in_channels, i.in_height, i.in_width), reshaped(i)
    lines = []
    for output, symbol, before, after in zip(OUTPUTS, "CHW", given, found, strict=True):
        power = "^2" if symbol == "C" else ""
        grows = (symbol == "C") == i.inverse
        symbols = f"{symbol} r{power}" if grows else rf"\frac{{{symbol}}}{{r{power}}}"
        numbers = rf"{before} \cdot {r}{power}" if grows else rf"\frac{{{before}}}{{{r}{power}}}"
        caption = STEPS[output.replace("out", "inverse") if i.inverse else output]
        lines.append(Step(caption, f"{symbols} = {numbers} = {after}", after, output))
    return lines


def _mistake(slug: str, wrong: Callable[[PixelShuffleInputs, int], Outputs]) -> Mistake[PixelShuffleInputs]:
    def applied(i: PixelShuffleInputs) -> Outputs:
        return wrong(i, i.upscale_factor) if i.upscale_factor > 1 else {}

    return Mistake(slug, *MISTAKES[slug], applied)


def _squared(i: PixelShuffleInputs, r: int) -> Outputs:
    sides = {"out_height": i.in_height, "out_width": i.in_width}
    if i.inverse:
        return {name: n // (r * r) for name, n in sides.items() if n % (r * r) == 0}
    return {name: n * r * r for name, n in sides.items()}


FAMILY = Family(
    id="pixel_shuffle_shape",
    title=TITLE,
    inputs=PixelShuffleInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake(
            "factor_not_squared",
            lambda i, r: {"out_channels": i.in_channels * r if i.inverse else i.in_channels // r},
        ),
        _mistake("keeps_channels", lambda i, r: {"out_channels": i.in_channels}),
        _mistake("squares_the_sides", _squared),
    ),
    symbols={"in_channels": "C", "in_height": "H", "in_width": "W", "upscale_factor": "r"},
)
