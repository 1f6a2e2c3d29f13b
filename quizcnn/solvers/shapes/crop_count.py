"""How many crops an image has (Krizhevsky et al. 2012, AlexNet, section 4.1, quotes (n − c)² times two)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.units import COUNT
from quizcnn.text import Text

TITLE = Text("Number of crops of an image", "一张图能裁出多少块")
CONVENTION = Text(
    "Square image and square crop, the crop wholly inside the image at every whole pixel; a crop and its mirror image are two.",
    "图和裁剪区域都是方形，裁剪区域完整落在图内，位置取每个整数像素；一个裁剪和它的镜像算两个。",
)
OUTPUTS = {
    "distinct_crops": Output("integer", Text("different crops", "不同的裁剪数"), COUNT),
    "paper_factor": Output(
        "integer",
        Text("factor as the AlexNet paper counts it, (n − c)²", "按 AlexNet 论文的算法 (n − c)² 得到的倍数"),
        COUNT,
    ),
}
STEPS = {
    "places": Text("places of the crop along one side", "裁剪区域沿一边的位置数"),
    "steps": Text("steps of the crop along one side", "裁剪区域沿一边能走的步数"),
    "distinct_crops": Text("places in both directions, and mirrored ones", "两个方向的位置相乘，再算镜像"),
    "plain": Text("places in both directions", "两个方向的位置相乘"),
    "paper_factor": Text("the paper's count: steps in both directions, and mirrored ones", "论文的算法：两个方向的步数相乘，再算镜像"),
    "paper_plain": Text("the paper's count without mirroring: steps in both directions", "论文的算法，不算镜像：两个方向的步数相乘"),
}  # fmt: skip
MISTAKES = {
    "forgets_mirror": (
        Text("forgets the mirrored crops", "漏算了镜像"),
        Text("Every crop and its mirror image are two.", "每个裁剪和它的镜像算两个。"),
    ),
    "counts_one_axis": (
        Text("counts the places along one side only", "只算了一个方向的位置"),
        Text("The crop moves down as well as right, so the places of both directions are multiplied.", "裁剪区域既能横移也能竖移，两个方向的位置数要相乘。"),
    ),
    "forgets_plus_one": (
        Text("leaves out the + 1", "漏了加 1"),
        Text("The crop has one place before it moves, so {image_size} − {crop_size} steps give one place more; the AlexNet paper's figure leaves it out.", "裁剪区域不动时就有一个位置，所以走 {image_size} − {crop_size} 步有再多一个位置；AlexNet 论文的数字没有算它。"),
    ),
}  # fmt: skip


class CropInputs(Inputs):
    """Sides in pixels."""

    image_size: Size
    crop_size: Size
    mirrored: bool = True

    @model_validator(mode="after")
    def _fits(self) -> CropInputs:
        if self.crop_size > self.image_size:
            raise Refusal("is larger than image_size", "crop_size", "image_size")
        return self


def counted(i: CropInputs, power: int = 2, mirrored: bool | None = None, first: int = 1) -> Outputs:
    """Both counts, over so many axes; ``first`` is the place before the first step."""
    steps, twice = i.image_size - i.crop_size, 2 if (i.mirrored if mirrored is None else mirrored) else 1
    return {"distinct_crops": (steps + first) ** power * twice, "paper_factor": steps**power * twice}


def solve(i: CropInputs) -> Outputs:
    return counted(i)


def steps(i: CropInputs) -> Sequence[Step]:
    n, c, found = i.image_size, i.crop_size, counted(i)
    twice = r" \cdot 2" if i.mirrored else ""
    places = Step(STEPS["places"], f"n-c+1 = {n}-{c}+1 = {n - c + 1}", n - c + 1)
    moves = Step(STEPS["steps"], f"n-c = {n}-{c} = {n - c}", n - c)
    distinct, paper = found["distinct_crops"], found["paper_factor"]
    last = Step(STEPS["distinct_crops" if i.mirrored else "plain"], f"{n - c + 1}^2{twice} = {distinct}", distinct)
    quoted = Step(STEPS["paper_factor" if i.mirrored else "paper_plain"], f"{n - c}^2{twice} = {paper}", paper)
    return [*lead_to([places, last], "distinct_crops"), *lead_to([moves, quoted], "paper_factor")]


FAMILY = Family(
    id="crop_count",
    title=TITLE,
    inputs=CropInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_mirror": lambda i: counted(i, mirrored=False) if i.mirrored else {},
            "counts_one_axis": lambda i: counted(i, power=1),
            "forgets_plus_one": lambda i: {"distinct_crops": counted(i)["paper_factor"]},
        },
        conventions=("forgets_plus_one",),
    ),
    symbols={"image_size": "n", "crop_size": "c"},
)
