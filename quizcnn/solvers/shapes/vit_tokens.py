"""Patches and tokens of a vision transformer (Dosovitskiy et al. 2021, An image is worth 16x16 words, section 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.units import COUNT
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Patches and tokens of a vision transformer", "ViT 的图像块数和 token 数")
CONVENTION = Text(
    "Square image and patches, patches do not overlap and cover the image; one class token more where there is one.",
    "图和图像块都是方形，图像块互不重叠、铺满整张图；有 class token 时再多一个。",
)
OUTPUTS = {
    "patches": Output("integer", Text("patches", "图像块数"), COUNT),
    "tokens": Output("integer", Text("tokens", "token 数"), COUNT),
}
STEPS = {
    "side": Text("patches along one side", "一边上的图像块数"),
    "patches": Text("patches in all", "图像块总数"),
    "class_token": Text("tokens: the patches and the class token", "token 数：图像块再加 class token"),
    "tokens": Text("tokens: the patches alone", "token 数：只有图像块"),
}
MISTAKES = {
    "forgets_class_token": (
        Text("forgets the class token", "漏了 class token"),
        Text("The class token is put before the patches and goes through all layers with them.", "class token 放在图像块之前，和它们一起经过所有层。"),
    ),
    "forgets_square": (
        Text("counts the patches along one side only", "只算了一边的图像块数"),
        Text("Patches tile both directions, so image/patch is squared.", "图像块铺满两个方向，image/patch 要平方。"),
    ),
    "divides_by_the_side_once": (
        Text("divides the pixels by the patch side only once", "像素总数只除了一次图像块边长"),
        Text("A patch holds {patch_size}² pixels.", "一个图像块有 {patch_size}² 个像素。"),
    ),
}  # fmt: skip


class TokenInputs(Inputs):
    """Sides in pixels."""

    image_size: Size
    patch_size: Size
    class_token: bool = True

    @model_validator(mode="after")
    def _tiles(self) -> TokenInputs:
        if self.image_size % self.patch_size:
            raise Refusal("patch_size must divide image_size", "image_size", "patch_size")
        return self


def counts(i: TokenInputs, patches: int) -> Outputs:
    return {"patches": patches, "tokens": patches + i.class_token}


def side(i: TokenInputs) -> int:
    return i.image_size // i.patch_size


def solve(i: TokenInputs) -> Outputs:
    return counts(i, side(i) ** 2)


def steps(i: TokenInputs) -> Sequence[Step]:
    along, patches = side(i), side(i) ** 2
    first = Step(STEPS["side"], rf"\frac{{H}}{{P}} = \frac{{{i.image_size}}}{{{i.patch_size}}} = {along}", along)
    second = Step(STEPS["patches"], f"N = {along}^2 = {patches}", patches)
    last = (
        Step(STEPS["class_token"], f"N+1 = {patches}+1 = {patches + 1}", patches + 1)
        if i.class_token
        else Step(STEPS["tokens"], rf"N = {along}^2 = {patches}", patches)
    )
    return [*lead_to([first, second], "patches"), *lead_to([first, second, last] if i.class_token else [first, last], "tokens")]  # fmt: skip


FAMILY = Family(
    id="vit_tokens",
    title=TITLE,
    inputs=TokenInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_class_token": lambda i: {"tokens": side(i) ** 2} if i.class_token else {},
            "forgets_square": lambda i: counts(i, side(i)),
            "divides_by_the_side_once": lambda i: counts(i, i.image_size**2 // i.patch_size),
        },
    ),
    follow={"tokens": lambda i, own: whole(own["patches"]) + i.class_token},
    symbols={"image_size": "H", "patch_size": "P"},
)
