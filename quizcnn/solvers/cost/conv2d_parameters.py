"""Parameters of a 2-D convolution, the shape of its weights, and what pruning channels leaves (torch.nn.Conv2d, section Variables)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Refusal, Size, SizePair
from quizcnn.solvers.latex import product, row
from quizcnn.solvers.primitives import check_groups, conv_weights
from quizcnn.solvers.units import COUNT, PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Parameters of a convolution", "卷积层的参数量")
CONVENTION = Text(
    "PyTorch's nn.Conv2d: one bias per output channel when bias=True.",
    "按 PyTorch 的 nn.Conv2d 计算，bias=True 时每个输出通道一个偏置。",
)
OUTPUTS = {
    "weights": Output("integer", Text("weights", "权重数"), PARAMETERS),
    "biases": Output("integer", Text("biases", "偏置数"), PARAMETERS),
    "total": Output("integer", Text("parameters", "参数量"), PARAMETERS),
    "weight_shape": Output("shape", Text("shape of the weight tensor", "权重张量的形状"), axes=("O", "I", "kH", "kW")),
    "filters": Output("integer", Text("filters", "滤波器个数"), COUNT),
    "kernels": Output("integer", Text("2-D kernels", "二维卷积核个数"), COUNT),
    "pruned_total": Output("integer", Text("parameters after pruning", "剪枝后的参数量"), PARAMETERS),
}
STEPS = {
    "seen": Text("input channels that each filter sees", "每个滤波器看到的输入通道数"),
    "weights": Text("weights: kernel area, channels seen, filters", "权重：卷积核面积 × 看到的通道数 × 滤波器数"),
    "biases": Text("biases: one per output channel", "偏置：每个输出通道一个"),
    "no_biases": Text("bias=False: none", "bias=False：没有偏置"),
    "total": Text("parameters: weights and biases", "参数量：权重加偏置"),
    "weight_shape": Text(
        "filters, channels each sees, kernel height, kernel width", "滤波器数、各自看到的通道数、核高、核宽"
    ),
    "filters": Text("one filter per output channel", "每个输出通道一个滤波器"),
    "kernels": Text("each filter has one 2-D slice per channel it sees", "每个滤波器对看到的每个通道各有一个二维切片"),
    "kept_in": Text("input channels that stay", "保留的输入通道数"),
    "kept_out": Text("output channels that stay", "保留的输出通道数"),
    "pruned_weights": Text("weights of the pruned layer", "剪枝后的权重数"),
    "pruned_total": Text("parameters of the pruned layer", "剪枝后的参数量"),
}
MISTAKES = {
    "forgets_bias": (
        Text("leaves out the biases", "漏了偏置"),
        Text("bias=True adds one parameter for each of the {out_channels} output channels.", "bias=True 时 {out_channels} 个输出通道各加一个参数。"),
    ),
    "bias_per_input_channel": (
        Text("counts one bias per input channel", "按输入通道数算了偏置"),
        Text("A bias is added to each output map, so there are {out_channels}.", "偏置加在每张输出图上，所以有 {out_channels} 个。"),
    ),
    "forgets_input_channels": (
        Text("forgets the input channels", "漏乘了输入通道数"),
        Text("Every filter has one kernel for each input channel that it sees.", "每个滤波器对看到的每个输入通道都有一个核。"),
    ),
    "ignores_groups": (
        Text("ignores groups", "没有考虑 groups"),
        Text("With groups={groups} each filter sees only 1/{groups} of the {in_channels} input channels.", "groups={groups} 时每个滤波器只看 {in_channels} 个输入通道的 1/{groups}。"),
    ),
    "in_and_out_exchanged": (
        Text("exchanges the input and output axes", "把输入和输出两个维度弄反了"),
        Text("Conv2d.weight starts with the {out_channels} output channels.", "Conv2d.weight 的第一维是 {out_channels} 个输出通道。"),
    ),
    "weight_shape_ignores_groups": (
        Text("ignores groups", "没有考虑 groups"),
        Text("The second axis holds the channels one filter sees, in_channels/groups.", "第二维是一个滤波器看到的通道数，即 in_channels/groups。"),
    ),
    "filters_for_inputs": (
        Text("counts filters by the input channels", "按输入通道数算了滤波器"),
        Text("Each filter makes one output channel, so there are {out_channels}.", "每个滤波器产生一个输出通道，所以有 {out_channels} 个。"),
    ),
    "kernels_ignore_groups": (
        Text("ignores groups", "没有考虑 groups"),
        Text("With groups={groups} a filter has only in_channels/groups slices.", "groups={groups} 时一个滤波器只有 in_channels/groups 个切片。"),
    ),
    "prunes_one_side": (
        Text("prunes the output channels only", "只剪了输出通道"),
        Text("The {pruned_in_channels} pruned input channels take their slices out of every filter.", "剪掉的 {pruned_in_channels} 个输入通道会从每个滤波器里去掉对应的切片。"),
    ),
    "weights_keep_their_number": (
        Text("keeps the parameters of the unpruned layer", "沿用了剪枝前的参数量"),
        Text("Channel pruning removes whole filters and slices, so the tensor itself is smaller.", "通道剪枝去掉整个滤波器和切片，张量本身会变小。"),
    ),
}  # fmt: skip


class ConvParameterInputs(Inputs):
    """Channel counts; kernel_size per axis (height, width); channels pruned on either side."""

    in_channels: Size
    out_channels: Size
    kernel_size: SizePair
    groups: Size = 1
    bias: bool = True
    pruned_in_channels: Count = 0
    pruned_out_channels: Count = 0

    @model_validator(mode="after")
    def _divides(self) -> ConvParameterInputs:
        check_groups(self.in_channels, self.out_channels, self.groups)
        for side, left in (("in_channels", self.kept[0]), ("out_channels", self.kept[1])):
            if left < 1:
                raise Refusal(f"no channel of {side} is left", f"pruned_{side}", side)
            if left % self.groups:
                raise Refusal(f"groups must divide what is left of {side}", "groups", f"pruned_{side}", side)
        return self

    @property
    def kept(self) -> tuple[int, int]:
        """Input and output channels after pruning."""
        return self.in_channels - self.pruned_in_channels, self.out_channels - self.pruned_out_channels


def counts(weights: int, biases: int, pruned_weights: int, pruned_biases: int) -> Outputs:
    """The counts of parameters, before and after pruning."""
    total, pruned = weights + biases, pruned_weights + pruned_biases
    return {"weights": weights, "biases": biases, "total": total, "pruned_total": pruned}


def parameters(i: ConvParameterInputs, into: int, out: int) -> tuple[int, int]:
    """Weights and biases of the layer with so many channels."""
    return conv_weights(into, out, i.kernel_size, i.groups), out if i.bias else 0


def solve(i: ConvParameterInputs) -> Outputs:
    seen = i.in_channels // i.groups
    return counts(*parameters(i, i.in_channels, i.out_channels), *parameters(i, *i.kept)) | {
        "weight_shape": (i.out_channels, seen, *i.kernel_size),
        "filters": i.out_channels,
        "kernels": i.out_channels * seen,
    }


def layer_steps(i: ConvParameterInputs, into: int, out: int, weights_caption: Text, total_caption: Text) -> list[Step]:
    (kh, kw), seen = i.kernel_size, into // i.groups
    weights, biases = parameters(i, into, out)
    lines = (
        [Step(STEPS["seen"], rf"c = \frac{{C_{{in}}}}{{g}} = \frac{{{into}}}{{{i.groups}}} = {seen}", seen)]
        if i.groups > 1
        else []
    )
    symbol = "c" if i.groups > 1 else "C_{in}"
    caption = STEPS["biases"] if i.bias else STEPS["no_biases"]
    return [
        *lines,
        Step(weights_caption, rf"k_h k_w {symbol} C_{{out}} = {product(kh, kw, seen, out)} = {weights}", weights),
        Step(caption, rf"b = {int(i.bias)} \cdot {out} = {biases}", biases),
        Step(total_caption, f"{weights}+{biases} = {weights + biases}", weights + biases),
    ]


def steps(i: ConvParameterInputs) -> Sequence[Step]:
    (kh, kw), seen, out = i.kernel_size, i.in_channels // i.groups, i.out_channels
    *first, weights, biases, total = layer_steps(i, i.in_channels, out, STEPS["weights"], STEPS["total"])
    shape = (out, seen, kh, kw)
    return [
        *lead_to([*first, weights], "weights"),
        *lead_to([biases], "biases"),
        *lead_to([*first, weights, biases, total], "total"),
        *lead_to(
            [*first, Step(STEPS["weight_shape"], f"[C_{{out}}, C_{{in}}/g, k_h, k_w] = {row(shape)}", shape)],
            "weight_shape",
        ),
        *lead_to([Step(STEPS["filters"], f"C_{{out}} = {out}", out)], "filters"),
        *lead_to([*first, Step(STEPS["kernels"], f"{product(out, seen)} = {out * seen}", out * seen)], "kernels"),
        *lead_to(pruned_steps(i), "pruned_total"),
    ]


def pruned_steps(i: ConvParameterInputs) -> list[Step]:
    into, out = i.kept
    return [
        Step(STEPS["kept_in"], f"C_{{in}} = {i.in_channels}-{i.pruned_in_channels} = {into}", into),
        Step(STEPS["kept_out"], f"C_{{out}} = {i.out_channels}-{i.pruned_out_channels} = {out}", out),
        *layer_steps(i, into, out, STEPS["pruned_weights"], STEPS["pruned_total"]),
    ]


def _biases(i: ConvParameterInputs, biases: int, pruned: int) -> Outputs:
    """So many biases in place of the right number."""
    weights, left = parameters(i, i.in_channels, i.out_channels)[0], parameters(i, *i.kept)[0]
    return (
        {name: value for name, value in counts(weights, biases, left, pruned).items() if name != "weights"}
        if i.bias
        else {}
    )


def _seen(i: ConvParameterInputs, one: bool) -> Outputs:
    """Every filter with one kernel, or with one for each input channel whatever the groups."""
    (kh, kw), (into, out) = i.kernel_size, i.kept
    weights, left = i.out_channels * kh * kw, out * kh * kw
    if not one:
        weights, left = weights * i.in_channels, left * into
    biases, kept = (i.out_channels, out) if i.bias else (0, 0)
    return {name: value for name, value in counts(weights, biases, left, kept).items() if name != "biases"}


def _exchanged(i: ConvParameterInputs) -> Outputs:
    return {"weight_shape": (i.in_channels // i.groups, i.out_channels, *i.kernel_size)}


def _one_side(i: ConvParameterInputs) -> Outputs:
    return {"pruned_total": sum(parameters(i, i.in_channels, i.kept[1]))} if i.pruned_in_channels else {}


def _unpruned(i: ConvParameterInputs) -> Outputs:
    pruned = i.pruned_in_channels or i.pruned_out_channels
    return {"pruned_total": sum(parameters(i, i.in_channels, i.out_channels))} if pruned else {}


FAMILY = Family(
    id="conv2d_parameters",
    title=TITLE,
    inputs=ConvParameterInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_bias": lambda i: _biases(i, 0, 0),
            "bias_per_input_channel": lambda i: _biases(i, i.in_channels, i.kept[0]),
            "forgets_input_channels": lambda i: _seen(i, one=True) | {"kernels": i.out_channels},
            "ignores_groups": lambda i: _seen(i, one=False) if i.groups > 1 else {},
            "in_and_out_exchanged": _exchanged,
            "weight_shape_ignores_groups": lambda i: (
                {"weight_shape": (i.out_channels, i.in_channels, *i.kernel_size)} if i.groups > 1 else {}
            ),
            "filters_for_inputs": lambda i: {"filters": i.in_channels},
            "kernels_ignore_groups": lambda i: {"kernels": i.out_channels * i.in_channels} if i.groups > 1 else {},
            "prunes_one_side": _one_side,
            "weights_keep_their_number": _unpruned,
        },
    ),
    follow={"total": lambda i, own: whole(own["weights"]) + whole(own["biases"])},
    symbols={"in_channels": "C_{in}", "out_channels": "C_{out}", "kernel_size": "k", "groups": "g"},
)
