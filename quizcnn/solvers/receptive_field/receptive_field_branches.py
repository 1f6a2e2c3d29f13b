"""Receptive field of parallel branches that are added or concatenated (Araujo et al. 2019, section 3, arbitrary graphs)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.fields import Layer, specs, trace
from quizcnn.solvers.inputs import Inputs, Many, Refusal
from quizcnn.solvers.units import PIXELS
from quizcnn.text import Text

TITLE = Text("Receptive field of parallel branches", "并行分支的感受野")
CONVENTION = Text(
    "One axis; every branch starts at the same input and is padded so that its windows stay centred; the outputs are added or concatenated.",
    "只看一个方向；各分支读同一个输入，填充使窗口保持居中，输出相加或拼接。",
)
OUTPUTS = {"receptive_field": Output("integer", Text("receptive field", "感受野"), PIXELS)}
STEPS = {
    "layer": Text("branch {b}, layer {n}: the field grows by d(k − 1) times the stride so far", "分支 {b} 第 {n} 层：感受野增加 d(k − 1) 乘以此前的总步幅"),
    "largest": Text("centred windows lie inside the largest", "居中的窗口都落在最大的窗口里"),
}  # fmt: skip
MISTAKES = {
    "sums_branches": (
        Text("adds the fields of the branches", "把各分支的感受野相加"),
        Text("The branches look at the same place of the input, side by side and not one after the other.", "各分支看的是输入的同一处，是并联，不是串联。"),
    ),
    "averages_branches": (
        Text("takes the mean of the branches", "取了各分支的平均"),
        Text("An input pixel counts as soon as one branch reads it, so the widest branch decides.", "只要有一个分支读到，这个像素就算在内，所以由最宽的分支决定。"),
    ),
    "smallest_branch": (
        Text("takes the smallest branch", "取了最小的分支"),
        Text("The result depends on everything that any branch reads.", "输出依赖任意一个分支读到的全部像素。"),
    ),
    "ignores_dilation": (
        Text("ignores the dilation", "没有考虑空洞率"),
        Text("A dilation of d puts d steps between neighbouring taps, so the layer adds d(k − 1) steps.", "空洞率 d 让相邻采样点相隔 d 步，这一层增加 d(k − 1) 步。"),
    ),
}  # fmt: skip


class BranchInputs(Inputs):
    """Each branch from input to output; an identity shortcut is one layer of kernel size 1."""

    branches: Many[Many[Layer]]


def fields(i: BranchInputs) -> list[int]:
    """The receptive field of each branch; ``Refusal`` where their total strides differ."""
    ends = [trace(specs(branch), "branches")[-1] for branch in i.branches]
    strides = [jump for _, jump in ends]
    if len(set(strides)) > 1:
        raise Refusal("the branches have different total strides, so their outputs do not fit each other", "branches")
    return [field for field, _ in ends]


def solve(i: BranchInputs) -> Outputs:
    return {"receptive_field": max(fields(i))}


def steps(i: BranchInputs) -> Sequence[Step]:
    lines = []
    for b, branch in enumerate(i.branches, 1):
        field, jump = 1, 1
        for n, ((k, _, d, _), (after, stride)) in enumerate(zip(specs(branch), trace(specs(branch)), strict=True), 1):
            symbols = rf"r_{{{b},{n}}} = r_{{{b},{n - 1}}}+d(k-1)j_{{{b},{n - 1}}}"
            latex = rf"{symbols} = {field}+{d} \cdot ({k}-1) \cdot {jump} = {after}"
            lines.append(Step(numbered(b, n), latex, after))
            field, jump = after, stride
    found = fields(i)
    if len(found) == 1:
        return lines
    return [*lines, Step(STEPS["largest"], rf"\max({', '.join(map(str, found))}) = {max(found)}", max(found))]


def numbered(b: int, n: int) -> Text:
    return STEPS["layer"].map(lambda text: text.format(b=b, n=n))


def _mistake(slug: str, rule: Callable[[list[int]], int | Fraction]) -> Mistake[BranchInputs]:
    def wrong(i: BranchInputs) -> Outputs:
        return {"receptive_field": rule(fields(i))} if len(i.branches) > 1 else {}

    return Mistake(slug, *MISTAKES[slug], wrong)


def mean(found: list[int]) -> int | Fraction:
    exact = Fraction(sum(found), len(found))
    return int(exact) if exact.denominator == 1 else exact


def _dense(i: BranchInputs) -> Outputs:
    plain = [[(k, s, 1, p) for k, s, _, p in specs(branch)] for branch in i.branches]
    if plain == [specs(branch) for branch in i.branches]:
        return {}
    return {"receptive_field": max(trace(branch)[-1][0] for branch in plain)}


FAMILY = Family(
    id="receptive_field_branches",
    title=TITLE,
    inputs=BranchInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("sums_branches", sum),
        _mistake("averages_branches", mean),
        _mistake("smallest_branch", min),
        Mistake("ignores_dilation", *MISTAKES["ignores_dilation"], _dense),
    ),
)
