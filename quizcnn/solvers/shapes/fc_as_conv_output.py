"""A fully connected layer run as a convolution over a larger map (Sermanet et al. 2014, OverFeat, section 3.5; Long et al. 2015, FCN)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.primitives import conv_size
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Fully connected layer as a convolution", "全连接层改写成卷积")
CONVENTION = Text(
    "The layer was trained on a square F × F map; as a convolution it has stride 1 and no padding.",
    "该层训练时的输入是 F × F 的方形特征图；改写成卷积后步幅为 1，不填充。",
)
OUTPUTS = {
    "kernel_size": Output("integer", Text("kernel size", "卷积核大小"), PIXELS),
    "out_size": Output("integer", Text("side of the score map", "得分图的边长"), PIXELS),
}
STEPS = {
    "kernel_size": Text("the kernel covers what the layer read at once", "卷积核覆盖该层原来一次读入的整张图"),
    "out_size": Text("positions of that kernel on the larger map", "这个卷积核在大图上的位置数"),
}
MISTAKES = {
    "one_by_one_kernel": (
        Text("takes a 1×1 kernel", "用了 1×1 卷积核"),
        Text("Only a layer that reads a single pixel becomes 1×1; this one read {train_feature_size}×{train_feature_size} pixels at once.", "只有输入是单个像素的全连接层才变成 1×1 卷积，这一层一次读入 {train_feature_size}×{train_feature_size} 个像素。"),
    ),
    "out_size_one": (
        Text("expects a single output", "以为输出只有一个位置"),
        Text("On a larger map the kernel can move, and every position gives a vector of scores.", "图变大之后卷积核可以移动，每个位置都给出一组得分。"),
    ),
    "forgets_plus_one": (
        Text("leaves out the + 1", "漏了最后的 + 1"),
        Text("The kernel already has one position before it takes its first step.", "卷积核还没移动时就已经占了一个位置。"),
    ),
}  # fmt: skip


class FcAsConvInputs(Inputs):
    """Sides of the map in training and in use."""

    train_feature_size: Size
    test_feature_size: Size

    @model_validator(mode="after")
    def _fits(self) -> FcAsConvInputs:
        if self.test_feature_size < self.train_feature_size:
            raise Refusal("is smaller than train_feature_size", "test_feature_size", "train_feature_size")
        return self


def scored(i: FcAsConvInputs, kernel: int) -> int:
    return conv_size(i.test_feature_size, kernel, 1, 0, 1)


def solve(i: FcAsConvInputs) -> Outputs:
    return {"kernel_size": i.train_feature_size, "out_size": scored(i, i.train_feature_size)}


def steps(i: FcAsConvInputs) -> Sequence[Step]:
    kernel, out = i.train_feature_size, scored(i, i.train_feature_size)
    first = Step(STEPS["kernel_size"], f"k = F = {kernel}", kernel)
    last = Step(STEPS["out_size"], f"N-k+1 = {i.test_feature_size}-{kernel}+1 = {out}", out)
    return [*lead_to([first], "kernel_size"), *lead_to([first, last], "out_size")]


FAMILY = Family(
    id="fc_as_conv_output",
    title=TITLE,
    inputs=FcAsConvInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "one_by_one_kernel": lambda i: {"kernel_size": 1, "out_size": scored(i, 1)},
        "out_size_one": lambda i: {"out_size": 1},
        "forgets_plus_one": lambda i: {"out_size": scored(i, i.train_feature_size) - 1},
    }),
    follow={"out_size": lambda i, own: scored(i, whole(own["kernel_size"]))},
    symbols={"train_feature_size": "F", "test_feature_size": "N"},
)  # fmt: skip
