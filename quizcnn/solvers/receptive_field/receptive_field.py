"""Receptive field, total stride and centre of a stack of layers on one axis (Araujo et al. 2019, Computing Receptive Fields)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.fields import Layer, Spec, Trace, specs, trace
from quizcnn.solvers.inputs import Count, Inputs, Many
from quizcnn.solvers.latex import factor, tex
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.values import Value, exact
from quizcnn.text import Text

TITLE = Text("Receptive field of a stack of layers", "多层网络的感受野")
CONVENTION = Text(
    "One axis, layers from input to output; padding does not change the receptive field; the first pixel's centre is at 0.",
    "只看一个方向，各层按从输入到输出的顺序；填充不改变感受野；第一个像素的中心在 0 处。",
)
OUTPUTS = {
    "receptive_field": Output("integer", Text("receptive field", "感受野"), PIXELS),
    "jump": Output("integer", Text("total stride", "总步幅"), PIXELS),
    "per_layer": Output("table", Text("receptive field and total stride after each layer", "每层之后的感受野和总步幅")),
    "covered_positions": Output(
        "integer", Text("input positions that reach the output", "能影响该输出的输入位置数"), PIXELS
    ),
    "center": Output("real", Text("input coordinate of the feature's centre", "该特征中心对应的输入坐标"), PIXELS),
}
STEPS = {
    "field": Text("layer {n}: the field grows by d(k − 1) times the stride so far", "第 {n} 层：感受野增加 d(k − 1) 乘以此前的总步幅"),
    "jump": Text("layer {n}: total stride so far", "第 {n} 层：到此为止的总步幅"),
    "per_layer": Text("receptive field and total stride, layer by layer", "逐层的感受野和总步幅"),
    "covered": Text("the field without the positions that no path reaches", "感受野减去任何路径都到不了的位置"),
    "start": Text("layer {n}: centre of the first feature", "第 {n} 层：第一个特征的中心"),
    "center": Text("centre of the feature asked for", "所求特征的中心"),
}  # fmt: skip
MISTAKES = {
    "adds_kernels": (
        Text("adds the kernel sizes", "把卷积核尺寸直接相加"),
        Text("After the first layer each one adds only d(k − 1) steps of the stride so far, as neighbouring windows overlap.", "相邻窗口会重叠，第一层之后每层只增加 d(k − 1) 个此前的总步幅。"),
    ),
    "multiplies_strides_into_own_layer": (
        Text("multiplies a layer's own stride into its growth", "把本层步幅也乘进了本层的增长"),
        Text("A layer's stride spaces its outputs, so it counts from the next layer on.", "一层的步幅决定它输出之间的间距，从下一层起才起作用。"),
    ),
    "ignores_stride": (
        Text("ignores the strides", "没有考虑步幅"),
        Text("After a stride of s neighbouring features are s input pixels apart, so later kernels reach s times as far.", "步幅 s 之后相邻特征在输入上相隔 s 个像素，后面的卷积核覆盖范围也放大 s 倍。"),
    ),
    "ignores_dilation": (
        Text("ignores the dilation", "没有考虑空洞率"),
        Text("A dilation of d puts d steps between neighbouring taps, so the layer adds d(k − 1) steps.", "空洞率 d 让相邻采样点相隔 d 步，这一层增加 d(k − 1) 步。"),
    ),
    "forgets_minus_one": (
        Text("adds k where k − 1 belongs", "该加 k − 1 处加了 k"),
        Text("The first tap covers what was seen already, so a kernel adds k − 1 steps.", "第一个采样点覆盖的是已经看到的部分，所以只增加 k − 1 步。"),
    ),
    "whole_span": (
        Text("counts the whole receptive field", "把整个感受野都算上了"),
        Text("Between the taps of dilated or strided layers lie positions that no path reaches.", "空洞或大步幅层的采样点之间有任何路径都到不了的位置。"),
    ),
    "center_is_stride_times_index": (
        Text("takes the index times the total stride", "直接用下标乘以总步幅"),
        Text("The first feature's centre lies at ((k − 1)d/2 − p) of each layer's steps, which is 0 only with centred padding.", "第一个特征的中心由各层的 (k − 1)d/2 − p 累加而成，只有对称填充时才为 0。"),
    ),
    "center_ignores_padding": (
        Text("ignores the padding", "没有考虑填充"),
        Text("Padding moves the first window out of the input and its centre with it.", "填充会把第一个窗口连同它的中心往输入之外移。"),
    ),
}  # fmt: skip
MAX_COVERED = 10**6


class FieldInputs(Inputs):
    """Layers from input to output; ``index`` counts features of the last layer from 0."""

    layers: Many[Layer]
    index: Count = 0


def table(found: Trace) -> tuple[Value, ...]:
    return tuple({"receptive_field": field, "jump": jump} for field, jump in found)


def start_halves(layers: Sequence[Spec], found: Trace) -> list[int]:
    """Twice the centre of the first feature after each layer: start += ((k-1)d/2 - p)*jump, jump before the layer."""
    start, jump, starts = 0, 1, []
    for (k, _, d, p), (_, after) in zip(layers, found, strict=True):
        start += ((k - 1) * d - 2 * p) * jump
        jump = after
        starts.append(start)
    return starts


def halved(twice: int) -> float | int:
    """Half of ``twice``; a whole number where no float is large enough."""
    try:
        return twice / 2
    except OverflowError:
        return twice // 2


def center(layers: Sequence[Spec], found: Trace, index: int) -> float | int:
    return halved(start_halves(layers, found)[-1] + 2 * index * found[-1][1])


def covered(layers: Sequence[Spec], found: Trace) -> int | None:
    """Distinct sums of i*dilation*jump, i < k, one term a layer; None where the field is above 10^6.

    Layers with the same step between taps act as one, so that few steps are left however long the stack is.
    """
    if found[-1][0] > MAX_COVERED:
        return None
    taps: dict[int, int] = {}
    jump = 1
    for (k, _, d, _), (_, after) in zip(layers, found, strict=True):
        if k > 1:
            taps[d * jump] = taps.get(d * jump, 1) + k - 1
        jump = after
    reached = 1
    for step, count in taps.items():
        reached = spread(reached, step, count)
    return reached.bit_count()


def spread(reached: int, step: int, count: int) -> int:
    """The positions (bits) of ``reached`` repeated at 0, step, ... (count-1)*step, by doubling."""
    done = 1
    while done < count:
        more = min(done, count - done)
        reached |= reached << (more * step)
        done += more
    return reached


def outputs_of(layers: Sequence[Spec], index: int) -> Outputs:
    found = trace(layers)
    return {
        "receptive_field": found[-1][0],
        "jump": found[-1][1],
        "per_layer": table(found),
        "covered_positions": covered(layers, found),
        "center": center(layers, found, index),
    }


def solve(i: FieldInputs) -> Outputs:
    return outputs_of(specs(i.layers), i.index)


def numbered(caption: Text, n: int) -> Text:
    return caption.map(lambda text: text.format(n=n))


def steps(i: FieldInputs) -> Sequence[Step]:
    layers = specs(i.layers)
    found = trace(layers)
    fields, jumps = field_steps(layers, found), jump_steps(layers, found)
    both = [step for pair in zip(fields, jumps, strict=True) for step in pair]
    rows = ", ".join(f"[{field}, {jump}]" for field, jump in found)
    whole = Step(STEPS["per_layer"], f"[r_l, j_l] = [{rows}]", table(found))
    return [
        *lead_to(both[:-1], "receptive_field"),
        *lead_to(jumps, "jump"),
        *lead_to([*both, whole], "per_layer"),
        *covered_steps(both[:-1], covered(layers, found), found[-1][0]),
        *lead_to([*jumps, *center_steps(i, layers, found)], "center"),
    ]


def field_steps(layers: Sequence[Spec], found: Trace) -> list[Step]:
    lines, field, jump = [], 1, 1
    for n, ((k, _, d, _), (after, next_jump)) in enumerate(zip(layers, found, strict=True), 1):
        latex = rf"r_{{{n}}} = r_{{{n - 1}}}+d(k-1)j_{{{n - 1}}} = {field}+{d} \cdot ({k}-1) \cdot {jump} = {after}"
        lines.append(Step(numbered(STEPS["field"], n), latex, after))
        field, jump = after, next_jump
    return lines


def jump_steps(layers: Sequence[Spec], found: Trace) -> list[Step]:
    before = [1, *(jump for _, jump in found)]
    return [
        Step(
            numbered(STEPS["jump"], n),
            rf"j_{{{n}}} = j_{{{n - 1}}} s = {before[n - 1]} \cdot {s} = {before[n]}",
            before[n],
        )
        for n, (_, s, _, _) in enumerate(layers, 1)
    ]


def covered_steps(lines: Sequence[Step], reached: int | None, field: int) -> list[Step]:
    if reached is None:
        return []
    last = Step(STEPS["covered"], f"{field}-{field - reached} = {reached}", reached)
    return lead_to([*lines, last], "covered_positions")


def center_steps(i: FieldInputs, layers: Sequence[Spec], found: Trace) -> list[Step]:
    lines, before, jump = [], exact(0), 1
    for n, (layer, twice) in enumerate(zip(layers, start_halves(layers, found), strict=True), 1):
        (k, _, d, p), start = layer, exact(twice) / 2
        growth = rf"\left(\frac{{({k}-1) \cdot {d}}}{{2}}-{p}\right) \cdot {jump}"
        symbols = rf"c_{{{n}}} = c_{{{n - 1}}}+\left(\frac{{(k-1)d}}{{2}}-p\right)j_{{{n - 1}}}"
        lines.append(Step(numbered(STEPS["start"], n), f"{symbols} = {tex(before)}+{growth} = {tex(start)}", start))
        before, jump = start, found[n - 1][1]
    value = before + i.index * jump
    last = rf"{tex(before)}+{i.index} \cdot {factor(jump)} = {tex(value)}"
    return [*lines, Step(STEPS["center"], last, center(layers, found, i.index))]


def _of_fields(slug: str, growth: Callable[[int, int, int, int], int], start: int = 1) -> Mistake[FieldInputs]:
    """A wrong growth per layer from ``growth(k, s, d, jump)``; the total strides are right."""

    def wrong(i: FieldInputs) -> Outputs:
        field, jump, found = start, 1, []
        for k, s, d, _ in specs(i.layers):
            field, jump = field + growth(k, s, d, jump), jump * s
            found.append((field, jump))
        return {"receptive_field": found[-1][0], "per_layer": table(found)}

    return Mistake(slug, *MISTAKES[slug], wrong)


def _of_layers(slug: str, change: Callable[[int, int, int, int], Spec], *names: str) -> Mistake[FieldInputs]:
    """The right rule on other layers; nothing where the layers stay the same."""

    def wrong(i: FieldInputs) -> Outputs:
        changed = [change(*spec) for spec in specs(i.layers)]
        if changed == specs(i.layers):
            return {}
        return {
            name: value for name, value in outputs_of(changed, i.index).items() if name in names and value is not None
        }

    return Mistake(slug, *MISTAKES[slug], wrong)


def _whole_span(i: FieldInputs) -> Outputs:
    field = trace(specs(i.layers))[-1][0]
    return {"covered_positions": field} if field <= MAX_COVERED else {}


def _stride_times_index(i: FieldInputs) -> Outputs:
    return {"center": halved(2 * i.index * trace(specs(i.layers))[-1][1])}


FAMILY = Family(
    id="receptive_field",
    title=TITLE,
    inputs=FieldInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _of_fields("adds_kernels", lambda k, s, d, jump: k, start=0),
        _of_fields("multiplies_strides_into_own_layer", lambda k, s, d, jump: d * (k - 1) * jump * s),
        _of_layers("ignores_stride", lambda k, s, d, p: (k, 1, d, p), *OUTPUTS),
        _of_layers("ignores_dilation", lambda k, s, d, p: (k, s, 1, p), *(name for name in OUTPUTS if name != "jump")),
        _of_fields("forgets_minus_one", lambda k, s, d, jump: d * k * jump),
        Mistake("whole_span", *MISTAKES["whole_span"], _whole_span),
        Mistake("center_is_stride_times_index", *MISTAKES["center_is_stride_times_index"], _stride_times_index),
        _of_layers("center_ignores_padding", lambda k, s, d, p: (k, s, d, 0), "center"),
    ),
    symbols={"index": "i"},
)
