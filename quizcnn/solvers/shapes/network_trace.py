"""A map through a sequence of layers: its shape after each, parameters and multiply-accumulates (torch.nn, the layers' own rules)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Refusal, Size
from quizcnn.solvers.latex import product, row
from quizcnn.solvers.layers import AdaptivePool, BatchNorm, Conv, ConvTranspose, Cost, Flatten, Layer, Linear, Map, Pool
from quizcnn.solvers.primitives import conv_size_up
from quizcnn.solvers.units import CHANNELS, MACS, PARAMETERS, PIXELS
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("A map through a small network", "小网络的逐层形状与计算量")
CONVENTION = Text(
    "PyTorch's names and defaults, sizes rounded down; trainable parameters only (batch norm: gamma and beta); MACs of convolutions and linear layers, no bias additions.",
    "名称和默认值按 PyTorch，尺寸向下取整；只计可训练参数（批归一化算 γ、β）；MACs 只计卷积和线性层，不含偏置加法。",
)
OUTPUTS = {
    "out_channels": Output(
        "integer", Text("output channels (features once flattened)", "输出通道数（展平后为特征数）"), CHANNELS
    ),
    "out_height": Output("integer", Text("output height", "输出高"), PIXELS),
    "out_width": Output("integer", Text("output width", "输出宽"), PIXELS),
    "parameters": Output("integer", Text("parameters", "参数量"), PARAMETERS),
    "macs": Output("integer", Text("multiply-accumulates", "乘加次数"), MACS),
    "rows": Output("table", Text("type, map, parameters and MACs of each layer", "每层的类型、特征图、参数量和 MACs")),
}
STEPS = {
    "channels": Text("layer {n}, {type}: channels after it", "第 {n} 层 {type} 之后的通道数"),
    "height": Text("layer {n}, {type}: height after it", "第 {n} 层 {type} 之后的高"),
    "width": Text("layer {n}, {type}: width after it", "第 {n} 层 {type} 之后的宽"),
    "kept": Text("no layer changes it", "没有层改变它"),
    "rows": Text("channels, height, width, parameters, MACs of each layer", "每层的通道数、高、宽、参数量、MACs"),
    "conv": Text("layer {n}, {type}: weights and biases", "第 {n} 层 {type} 的权重和偏置"),
    "norm": Text("layer {n}, {type}: gamma and beta a channel", "第 {n} 层 {type}：每个通道一个 γ 和一个 β"),
    "macs": Text("layer {n}, {type}: weights at every position", "第 {n} 层 {type}：权重在每个位置各用一次"),
    "total": Text("all layers together", "各层相加"),
}
MISTAKES = {
    "forgets_biases": (
        Text("leaves out the biases", "漏算了偏置"),
        Text("A layer with bias=True has one bias an output channel.", "bias=True 的层每个输出通道有一个偏置。"),
    ),
    "forgets_norm_parameters": (
        Text("leaves out batch norm", "漏算了批归一化"),
        Text("Batch norm trains a gamma and a beta a channel.", "批归一化每个通道训练一个 γ 和一个 β。"),
    ),
    "flops_for_macs": (
        Text("counts FLOPs", "算成了 FLOPs"),
        Text("A multiply-accumulate is one MAC, though two operations.", "一次乘加算一个 MAC，虽然是两次运算。"),
    ),
    "ignores_padding": (
        Text("ignores the padding", "没有考虑填充"),
        Text("Padding lets the window start before the first pixel and end after the last.", "填充让窗口能从第一个像素之前开始，到最后一个像素之后结束。"),
    ),
    "rounds_up": (
        Text("rounds up", "做了向上取整"),
        Text("Without ceil_mode an incomplete last step is dropped.", "没有 ceil_mode 时，最后不足一步要舍去。"),
    ),
    "linear_takes_channels_only": (
        Text("feeds only the channels to the linear layer", "只把通道数送进线性层"),
        Text("Flattening keeps every element of the map, C·H·W of them.", "展平会保留特征图的每个元素，共 C·H·W 个。"),
    ),
}  # fmt: skip
MAX_LAYERS = 10_000


class TraceInputs(Inputs):
    """Layers from input to output, and the map that goes in."""

    layers: Many[Layer]
    in_channels: Size
    in_height: Size
    in_width: Size

    @model_validator(mode="after")
    def _fits(self) -> TraceInputs:
        if len(self.layers) > MAX_LAYERS:
            raise Refusal(f"has {len(self.layers)} layers; {MAX_LAYERS} are the most", "layers")
        trace(self)
        return self


@dataclass(frozen=True, slots=True)
class Passed:
    """A layer with the maps before and after it, and what it costs."""

    layer: Layer
    before: Map
    after: Map
    cost: Cost


Rule = Callable[[Layer, Map], Map]
"""The map after a layer under some rule."""


def trace(i: TraceInputs, rule: Rule = lambda layer, given: layer.output(given)) -> list[Passed]:
    """Every layer in order; ``Refusal`` names the layer's place and argument where one does not fit."""
    given, found = Map(i.in_channels, i.in_height, i.in_width), list[Passed]()
    for place, layer in enumerate(i.layers):
        try:
            found.append(Passed(layer, given, rule(layer, given), layer.cost(given)))
        except Refusal as refusal:
            raise Refusal(str(refusal), *(f"layers[{place}].{name}" for name in refusal.inputs)) from None
        given = found[-1].after
    return found


def row_of(passed: Passed) -> dict[str, Value]:
    channels, height, width = passed.after.shape
    return {
        "type": passed.layer.type,
        "out_channels": channels,
        "out_height": height,
        "out_width": width,
        "parameters": passed.cost.parameters,
        "macs": passed.cost.macs,
    }


def solve(i: TraceInputs) -> Outputs:
    found = trace(i)
    channels, height, width = found[-1].after.shape
    return {
        "out_channels": channels,
        "out_height": height,
        "out_width": width,
        "parameters": sum(each.cost.parameters for each in found),
        "macs": sum(each.cost.macs for each in found),
        "rows": tuple(row_of(each) for each in found),
    }


def steps(i: TraceInputs) -> Sequence[Step]:
    found = trace(i)
    numbered = list(enumerate(found, 1))
    channels = [step for number, each in numbered for step in _channel_steps(number, each)]
    heights = [step for number, each in numbered for step in _axis_steps(number, each, 0)]
    widths = [step for number, each in numbered for step in _axis_steps(number, each, 1)]
    maps = [*heights, *widths, *channels]
    out = found[-1].after
    counts = [step for number, each in numbered for step in _parameter_steps(number, each)]
    macs = [_mac_step(number, each) for number, each in numbered if each.cost.macs]
    counted = [*counts, _total([each.cost.parameters for each in found], "P")]
    multiplied = [*macs, _total([each.cost.macs for each in found], "M")]
    flat = any(isinstance(each.layer, Flatten) for each in found)
    shapes = maps if flat or any(isinstance(each.layer, Linear) for each in found) else []
    rows = ", ".join(row((*each.after.shape, each.cost.parameters, each.cost.macs)) for each in found)
    whole = Step(STEPS["rows"], f"[C_l, H_l, W_l, P_l, M_l] = [{rows}]", tuple(row_of(each) for each in found))
    return [
        *lead_to([*(maps if flat else channels), *_kept(channels, "C", out.channels)], "out_channels"),
        *lead_to([*heights, *_kept(heights, "H", out.height)], "out_height"),
        *lead_to([*widths, *_kept(widths, "W", out.width)], "out_width"),
        *lead_to([*shapes, *counted], "parameters"),
        *lead_to([*maps, *multiplied], "macs"),
        *lead_to([*maps, *counts, *macs, whole], "rows"),
    ]


def _kept(lines: Sequence[Step], symbol: str, size: int) -> list[Step]:
    """The line of a size that no layer changes."""
    return [] if lines else [Step(STEPS["kept"], f"{symbol} = {size}", size)]


def _channel_steps(number: int, passed: Passed) -> list[Step]:
    before, after, caption = passed.before, passed.after, _caption("channels", number, passed)
    if isinstance(passed.layer, Flatten):
        return [Step(caption, f"C_{{{number}}} = {product(*before.shape)} = {after.channels}", after.channels)]
    if isinstance(passed.layer, Conv | ConvTranspose | Linear):
        return [Step(caption, f"C_{{{number}}} = {after.channels}", after.channels)]
    return []


def _axis_steps(number: int, passed: Passed, axis: int) -> list[Step]:
    """The size on one axis after a layer that may change it."""
    layer, n, out = passed.layer, passed.before.size[axis], passed.after.size[axis]
    symbol, caption = f"{'HW'[axis]}_{{{number}}}", _caption("height" if axis == 0 else "width", number, passed)
    if isinstance(layer, ConvTranspose):
        k, s, p, extra, d = (getattr(layer, name)[axis] for name in ("kernel_size", "stride", "padding", "output_padding", "dilation"))  # fmt: skip
        line = rf"{symbol} = ({n}-1) \cdot {s}-2 \cdot {p}+{d} \cdot ({k}-1)+{extra}+1 = {out}"
    elif isinstance(layer, Conv | Pool):
        strides = layer.steps if isinstance(layer, Pool) else layer.stride
        k, s, p, d = layer.kernel_size[axis], strides[axis], layer.padding[axis], layer.dilation[axis]
        up = isinstance(layer, Pool) and layer.ceil_mode
        dropped = "-1" if up and conv_size_up(n, k, s, p, d) != out else ""
        covered, hooks = f"{n}+2 \\cdot {p}-{d} \\cdot ({k}-1)-1", ("ceil" if up else "floor")
        line = rf"{symbol} = \left\l{hooks} \frac{{{covered}}}{{{s}}} \right\r{hooks}+1{dropped} = {out}"
    elif isinstance(layer, AdaptivePool | Flatten | Linear) and (n, out) != (1, 1):
        line = f"{symbol} = {out}"
    else:
        return []
    return [Step(caption, line, out)]


def _parameter_steps(number: int, passed: Passed) -> list[Step]:
    layer, cost = passed.layer, passed.cost
    if isinstance(layer, BatchNorm):
        return [
            Step(_caption("norm", number, passed), f"{product(2, passed.before.channels)} = {cost.norms}", cost.norms)
        ]
    if not cost.parameters:
        return []
    bias = f"+{cost.biases}" if cost.biases else ""
    return [Step(_caption("conv", number, passed), f"{_weights(passed)}{bias} = {cost.parameters}", cost.parameters)]


def _weights(passed: Passed) -> str:
    layer = passed.layer
    if isinstance(layer, Conv | ConvTranspose):
        return product(layer.out_channels, passed.before.channels // layer.groups, *layer.kernel_size)
    return product(passed.before.elements, passed.after.channels)


def _mac_step(number: int, passed: Passed) -> Step:
    places = passed.before if isinstance(passed.layer, ConvTranspose) else passed.after
    line = product(passed.cost.weights, *places.size) if places.size != (1, 1) else str(passed.cost.weights)
    return Step(_caption("macs", number, passed), f"{line} = {passed.cost.macs}", passed.cost.macs)


def _caption(name: str, number: int, passed: Passed) -> Text:
    return STEPS[name].map(lambda text: text.format(n=number, type=passed.layer.type))


def _total(parts: Sequence[int], symbol: str) -> Step:
    counted = [part for part in parts if part] or [0]
    return Step(STEPS["total"], f"{symbol} = {'+'.join(map(str, counted))} = {sum(parts)}", sum(parts))


# ---- wrong rules


def _totals(i: TraceInputs, rule: Rule) -> Outputs:
    """What follows when every map is computed by a wrong rule, in so far as the layers then still fit."""
    try:
        found, right = trace(i, rule), trace(i)
    except Refusal:
        return {}
    if [each.after for each in found] == [each.after for each in right] or min(found[-1].after.shape) < 1:
        return {}
    channels, height, width = found[-1].after.shape
    return {
        "out_channels": channels,
        "out_height": height,
        "out_width": width,
        "parameters": sum(each.cost.parameters for each in found),
        "macs": sum(each.cost.macs for each in found),
    }


def _without_padding(layer: Layer, given: Map) -> Map:
    bare = layer.model_copy(update={"padding": (0, 0)}) if isinstance(layer, Conv | Pool | ConvTranspose) else layer
    return bare.output(given)


def _rounded_up(layer: Layer, given: Map) -> Map:
    out = layer.output(given)
    if not isinstance(layer, Conv | Pool):
        return out
    strides = layer.steps if isinstance(layer, Pool) else layer.stride
    if isinstance(layer, Pool) and layer.ceil_mode:
        return out
    axes = zip(given.size, layer.kernel_size, strides, layer.padding, layer.dilation, strict=True)
    return Map(out.channels, *(conv_size_up(*axis) for axis in axes))


def _channels_only(i: TraceInputs) -> Outputs:
    found, gone, flattened = trace(i), 0, None
    for each in found:
        if isinstance(each.layer, Flatten):
            flattened = each.before
        elif isinstance(each.layer, Linear):
            taken = flattened or each.before
            gone += (taken.elements - taken.channels) * each.after.channels
            flattened = None
    parameters, macs = sum(each.cost.parameters for each in found), sum(each.cost.macs for each in found)
    return {"parameters": parameters - gone, "macs": macs - gone} if gone else {}


def _less(part: Callable[[Cost], int]) -> Callable[[TraceInputs], Outputs]:
    def wrong(i: TraceInputs) -> Outputs:
        found = trace(i)
        gone = sum(part(each.cost) for each in found)
        return {"parameters": sum(each.cost.parameters for each in found) - gone} if gone else {}

    return wrong


def _flops(i: TraceInputs) -> Outputs:
    macs = sum(each.cost.macs for each in trace(i))
    return {"macs": 2 * macs} if macs else {}


FAMILY = Family(
    id="network_trace",
    title=TITLE,
    inputs=TraceInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_biases": _less(lambda cost: cost.biases),
            "forgets_norm_parameters": _less(lambda cost: cost.norms),
            "flops_for_macs": _flops,
            "ignores_padding": lambda i: _totals(i, _without_padding),
            "rounds_up": lambda i: _totals(i, _rounded_up),
            "linear_takes_channels_only": _channels_only,
        },
        conventions=("flops_for_macs",),
    ),
    symbols={"in_channels": "C", "in_height": "H", "in_width": "W"},
)
