"""Batch normalisation folded into the convolution before it, one output channel (torch.nn.utils.fusion.fuse_conv_bn_weights)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Refusal, refuse_work
from quizcnn.solvers.notation import GUARDED, given, is_exact, line, list_line, near, near_operand, operand, plus
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Folding batch normalisation into a convolution", "把批归一化融合进卷积")
CONVENTION = Text(
    "One output channel in inference mode, its weights in one list; eps stands under the root with the running variance.",
    "推理模式下的一个输出通道，权重写成一个列表；eps 与滑动方差一起放在根号内。",
)
OUTPUTS = {
    "scale": Output("real", Text("scale", "缩放系数")),
    "weights": Output("list", Text("folded weights", "融合后的权重"), elements="real"),
    "bias": Output("real", Text("folded bias", "融合后的偏置")),
}
STEPS = {
    "root": Text("root of the running variance with eps", "滑动方差加 eps 后开方"),
    "scale": Text("scale: gamma over the root", "缩放系数：gamma 除以这个根"),
    "weight": Text("weight {place}: times the scale", "第 {place} 个权重：乘缩放系数"),
    "weights": Text("all folded weights", "融合后的全部权重"),
    "bias": Text("bias: less the running mean, times the scale, plus beta", "偏置：减去滑动均值，乘缩放系数，再加 beta"),
}  # fmt: skip
MISTAKES = {
    "bias_not_scaled": (
        Text("leaves the convolution's bias unscaled", "没有缩放卷积自身的偏置"),
        Text("Batch normalisation scales everything that the convolution gives, its bias {bias} included.", "批归一化缩放卷积的全部输出，其中也包括偏置 {bias}。"),
    ),
    "divides_by_variance": (
        Text("divides by the variance without its root", "除以了方差而没有开方"),
        Text("The scale is gamma over the standard deviation, the root of {running_var} with eps.", "缩放系数是 gamma 除以标准差，即 {running_var} 加 eps 后的平方根。"),
    ),
    "forgets_running_mean": (
        Text("leaves out the running mean", "漏减了滑动均值"),
        Text("The running mean {running_mean} comes off before the scale and ends in the folded bias.", "缩放之前要先减去滑动均值 {running_mean}，它最终进入融合后的偏置。"),
    ),
    "forgets_beta": (
        Text("leaves out beta", "漏加了 beta"),
        Text("The shift beta = {beta} comes last and is added to the folded bias unscaled.", "最后还要加上平移量 beta = {beta}，它不再缩放。"),
    ),
}  # fmt: skip
LINES = 4


class FoldingInputs(Inputs):
    """weights and bias of one output channel of the convolution; the others are the batch normalisation's."""

    weights: Many[Real]
    bias: Real = 0.0
    gamma: Real = 1.0
    beta: Real = 0.0
    running_mean: Real
    running_var: NonNegative
    eps: NonNegative = 1e-5

    @model_validator(mode="after")
    def _has_spread(self) -> FoldingInputs:
        if not self.running_var and not self.eps:
            raise Refusal("a variance of 0 needs an eps above 0", "running_var", "eps")
        refuse_work(len(self.weights), "weights", most=10**5)
        return self


def spread(i: FoldingInputs) -> Decimal:
    return WIDE.add(decimal_of(i.running_var), decimal_of(i.eps))


def scale_of(i: FoldingInputs) -> Decimal:
    """gamma/sqrt(running_var + eps)"""
    return WIDE.divide(decimal_of(i.gamma), WIDE.sqrt(spread(i)))


def folded_bias(i: FoldingInputs, scale: Decimal, mean: float) -> float:
    """(bias - mean)*scale + beta"""
    return float(WIDE.fma(WIDE.subtract(decimal_of(i.bias), decimal_of(mean)), scale, decimal_of(i.beta)))


def outputs_by(i: FoldingInputs, scale: Decimal) -> Outputs:
    return {
        "scale": float(scale),
        "weights": tuple(float(WIDE.multiply(decimal_of(weight), scale)) for weight in i.weights),
        "bias": folded_bias(i, scale, i.running_mean),
    }


def solve(i: FoldingInputs) -> Outputs:
    return outputs_by(i, scale_of(i))


def steps(i: FoldingInputs) -> Sequence[Step]:
    root, scale = float(WIDE.sqrt(spread(i))), float(scale_of(i))
    inside = f"{given(i.running_var)}{plus(given(i.eps)) if i.eps else ''}"
    first = [
        Step(STEPS["root"], line(r"\sqrt{v+\epsilon}", rf"\sqrt{{{inside}}}", root, places=GUARDED), root),
        Step(
            STEPS["scale"],
            line("s", rf"\frac{{{given(i.gamma)}}}{{{near(root, GUARDED)}}}", scale, rough=not is_exact(root), places=GUARDED),
            scale,
        ),
    ]  # fmt: skip
    return [
        *lead_to(first, "scale"),
        *lead_to([*first, *_weight_steps(i, scale)], "weights"),
        *lead_to([*first, _bias_step(i, scale)], "bias"),
    ]


def _weight_steps(i: FoldingInputs, scale: float) -> list[Step]:
    folded = [float(WIDE.multiply(decimal_of(weight), scale_of(i))) for weight in i.weights]
    lines = []
    for place in range(len(folded) if len(folded) <= LINES else 1):
        expression = rf"{given(i.weights[place])} \cdot {near_operand(scale, GUARDED)}"
        caption = STEPS["weight"].map(lambda text, place=place: text.format(place=place + 1))  # type: ignore[misc]
        latex = line(f"w'_{{{place + 1}}}", expression, folded[place], rough=not is_exact(scale))
        lines.append(Step(caption, latex, folded[place]))
    return [*lines, Step(STEPS["weights"], list_line("w'", folded), tuple(folded))]


def _bias_step(i: FoldingInputs, scale: float) -> Step:
    value = folded_bias(i, scale_of(i), i.running_mean)
    shift = plus(given(i.beta)) if i.beta else ""
    expression = rf"({given(i.bias)}-{operand(i.running_mean)}) \cdot {near_operand(scale, GUARDED)}{shift}"
    return Step(STEPS["bias"], line("b'", expression, value, rough=not is_exact(scale)), value)


def _unscaled_bias(i: FoldingInputs) -> Outputs:
    shift = WIDE.fma(decimal_of(i.running_mean).copy_negate(), scale_of(i), decimal_of(i.bias))
    return {"bias": float(WIDE.add(shift, decimal_of(i.beta)))}


def _without_beta(i: FoldingInputs) -> Outputs:
    return {"bias": float(WIDE.multiply(WIDE.subtract(decimal_of(i.bias), decimal_of(i.running_mean)), scale_of(i)))}


def _own_scale(own: Outputs) -> Decimal:
    return decimal_of(float(rational(own["scale"])))


def _followed(i: FoldingInputs, own: Outputs) -> dict[str, Value]:
    """Weights and bias by the learner's own scale."""
    return outputs_by(i, _own_scale(own))


FAMILY = Family(
    id="batch_norm_folding",
    title=TITLE,
    inputs=FoldingInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "bias_not_scaled": _unscaled_bias,
        "divides_by_variance": lambda i: outputs_by(i, WIDE.divide(decimal_of(i.gamma), spread(i))),
        "forgets_running_mean": lambda i: {"bias": folded_bias(i, scale_of(i), 0.0)},
        "forgets_beta": _without_beta,
    }),
    follow={
        "weights": lambda i, own: _followed(i, own)["weights"],
        "bias": lambda i, own: _followed(i, own)["bias"],
    },
    symbols={"weights": "w", "bias": "b", "gamma": r"\gamma", "beta": r"\beta", "running_mean": r"\mu", "running_var": "v", "eps": r"\epsilon"},
)  # fmt: skip
