"""Receptive field from the top down: the window at each layer's input for one output (Araujo et al. 2019, section 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.fields import MAX_TOTAL_BITS
from quizcnn.solvers.inputs import Inputs, Many, Refusal, Size
from quizcnn.solvers.latex import row
from quizcnn.solvers.primitives import MAX_BITS
from quizcnn.solvers.units import PIXELS
from quizcnn.text import Text

TITLE = Text("Receptive field from the top down", "自上而下算感受野")
CONVENTION = Text(
    "One axis, layers listed from input to output; sizes are listed from the last layer back to the first.",
    "只看一个方向，各层按从输入到输出列出；sizes 从最后一层倒着写到第一层。",
)
OUTPUTS = {
    "receptive_field": Output("integer", Text("receptive field", "感受野"), PIXELS),
    "sizes": Output(
        "list", Text("window at each layer's input, last layer first", "各层输入上的窗口大小，从最后一层写起")
    ),
}
STEPS = {
    "window": Text("layer {n}: window on its input", "第 {n} 层：在其输入上的窗口"),
    "sizes": Text("windows, last layer first", "各窗口，从最后一层写起"),
}
MISTAKES = {
    "multiplies_rf_by_stride": (
        Text("multiplies the whole window by the stride", "用步幅乘了整个窗口"),
        Text("A window of r outputs has r − 1 steps between them, so (r − 1)s + k.", "窗口里有 r 个输出，之间只有 r − 1 步，所以是 (r − 1)s + k。"),
    ),
    "wrong_direction": (
        Text("walks from the first layer to the last", "从第一层往后推"),
        Text("This rule starts at the output: the last layer comes first.", "这个递推从输出开始，最先处理的是最后一层。"),
    ),
    "ignores_stride": (
        Text("ignores the strides", "没有考虑步幅"),
        Text("After a stride of s neighbouring outputs lie s inputs apart, so the steps count s times.", "步幅为 s 时相邻输出在输入上相隔 s，每一步都要乘以 s。"),
    ),
}  # fmt: skip


class Layer(Inputs):
    """One layer on one axis."""

    kernel_size: Size
    stride: Size = 1


class BackwardInputs(Inputs):
    """Layers from input to output."""

    layers: Many[Layer]


Rule = Callable[[int, int, int], int]
"""From the window behind a layer, its kernel and its stride to the window before it."""


def widen(window: int, k: int, s: int) -> int:
    return (window - 1) * s + k


def windows(pairs: Iterable[tuple[int, int]], rule: Rule = widen) -> list[int]:
    """The window before each layer (k, s) in the order given, from 1; ``Refusal`` where it grows beyond use."""
    window, bits, found = 1, 0, []
    for k, s in pairs:
        window = rule(window, k, s)
        bits += window.bit_length()
        if window.bit_length() > MAX_BITS or bits > MAX_TOTAL_BITS:
            raise Refusal("the receptive field has too many digits", "layers")
        found.append(window)
    return found


def pairs(i: BackwardInputs) -> list[tuple[int, int]]:
    """Kernel and stride of each layer, the last layer first."""
    return [(layer.kernel_size, layer.stride) for layer in reversed(i.layers)]


def listed(found: Sequence[int]) -> Outputs:
    return {"receptive_field": found[-1], "sizes": tuple(found)}


def solve(i: BackwardInputs) -> Outputs:
    return listed(windows(pairs(i)))


def numbered(n: int) -> Text:
    return STEPS["window"].map(lambda text: text.format(n=n))


def steps(i: BackwardInputs) -> Sequence[Step]:
    found, count = windows(pairs(i)), len(i.layers)
    lines, window = [], 1
    for place, ((k, s), after) in enumerate(zip(pairs(i), found, strict=True)):
        n = count - place
        latex = rf"r_{{{n - 1}}} = (r_{{{n}}}-1)s+k = ({window}-1) \cdot {s}+{k} = {after}"
        lines.append(Step(numbered(n), latex, after))
        window = after
    whole_list = Step(STEPS["sizes"], rf"[r] = {row(found)}", tuple(found))
    return [*lead_to(lines, "receptive_field"), *lead_to([*lines, whole_list], "sizes")]


def _mistake(slug: str, wrong: Callable[[BackwardInputs], list[int]]) -> Mistake[BackwardInputs]:
    return Mistake(slug, *MISTAKES[slug], lambda i: listed(wrong(i)))


FAMILY = Family(
    id="receptive_field_backward",
    title=TITLE,
    inputs=BackwardInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("multiplies_rf_by_stride", lambda i: windows(pairs(i), lambda r, k, s: r * s + k - 1)),
        _mistake("wrong_direction", lambda i: windows(pairs(i)[::-1])),
        _mistake("ignores_stride", lambda i: windows((k, 1) for k, _ in pairs(i))),
    ),
)
