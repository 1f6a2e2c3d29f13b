"""Degrees of freedom of plane transforms and the point pairs that fix them (Hartley & Zisserman 2004, chapter 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs
from quizcnn.text import Text

Kind: TypeAlias = Literal["translation", "rigid", "similarity", "affine", "projective"]
TITLE = Text("Degrees of freedom of a plane transform", "平面变换的自由度")
CONVENTION = Text(
    "In the plane, points in general position. With pairs given, spare equations are those beyond the degrees of freedom, negative where some are missing.",
    "平面变换，点处于一般位置。给出 pairs 时，多余方程数等于方程数减自由度，不足时为负。",
)
LABELS = {
    "degrees_of_freedom": Text("degrees of freedom", "自由度"),
    "point_pairs": Text("point pairs needed", "所需点对数"),
    "spare_equations": Text("spare equations", "多余方程数"),
}
FREEDOM: Mapping[Kind, tuple[int, str, Text]] = {
    "translation": (2, "1+1", Text("a shift in x and y", "x、y 两个方向的平移")),
    "rigid": (3, "2+1", Text("a shift and an angle", "平移和一个角度")),
    "similarity": (4, "2+1+1", Text("a shift, an angle and a scale", "平移、角度和一个比例")),
    "affine": (6, r"2 \cdot 3", Text("two rows of three free entries", "两行，各三个自由元素")),
    "projective": (8, r"3 \cdot 3-1", Text("nine entries, one common factor does not matter", "九个元素，整体差一个倍数不算")),
}  # fmt: skip
STEPS = {
    "point_pairs": Text("two equations per pair, rounded up", "每对点两个方程，向上取整"),
    "spare_equations": Text("equations given less degrees of freedom", "已有方程数减自由度"),
}
MISTAKES = {
    "projective_has_six": (
        Text("gives the projective transform the six of the affine one", "把射影变换当成仿射的六个自由度"),
        Text("The bottom row of a homography is free up to scale: two more than affine.", "单应矩阵的最后一行也自由（整体差一个倍数），比仿射多两个。"),
    ),
    "counts_matrix_entries": (
        Text("counts all nine entries of the matrix", "数了矩阵的全部九个元素"),
        Text("Multiplying the whole matrix by a number changes nothing, so one of nine is not free.", "整个矩阵乘一个数，变换不变，九个里有一个不自由。"),
    ),
    "forgets_scale": (
        Text("gives the similarity no scale", "相似变换漏了比例"),
        Text("A similarity may also enlarge; without it it is rigid.", "相似变换还可以缩放，没有缩放就是刚体变换。"),
    ),
    "one_equation_per_pair": (
        Text("takes one equation from a pair", "每对点只算一个方程"),
        Text("A pair gives an equation in x and one in y.", "一对点在 x 和 y 上各给出一个方程。"),
    ),
}  # fmt: skip


class TransformInputs(Inputs):
    """The kind of transform; how many point pairs are at hand, if that is known."""

    kind: Kind
    pairs: Count | None = None


def freed(i: TransformInputs, freedom: int, per_pair: int = 2) -> Outputs:
    """All outputs for these degrees of freedom and equations a pair."""
    spare = None if i.pairs is None else per_pair * i.pairs - freedom
    return {"degrees_of_freedom": freedom, "point_pairs": -(-freedom // per_pair), "spare_equations": spare}


def solve(i: TransformInputs) -> Outputs:
    return freed(i, FREEDOM[i.kind][0])


def steps(i: TransformInputs) -> Sequence[Step]:
    freedom, shown, caption = FREEDOM[i.kind]
    first = Step(caption, rf"f = {shown} = {freedom}", freedom)
    needed = -(-freedom // 2)
    second = Step(STEPS["point_pairs"], rf"\lceil \frac{{{freedom}}}{{2}} \rceil = {needed}", needed)
    lines = [*lead_to([first], "degrees_of_freedom"), *lead_to([first, second], "point_pairs")]
    if i.pairs is None:
        return lines
    spare = 2 * i.pairs - freedom
    third = Step(STEPS["spare_equations"], rf"2 \cdot {i.pairs}-{freedom} = {spare}", spare)
    return [*lines, *lead_to([first, third], "spare_equations")]


def _for_kind(kind: Kind, freedom: int) -> Callable[[TransformInputs], Outputs]:
    return lambda i: freed(i, freedom) if i.kind == kind else {}


FAMILY = Family(
    id="transform_degrees_of_freedom",
    title=TITLE,
    inputs=TransformInputs,
    outputs={name: Output("integer", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "projective_has_six": _for_kind("projective", 6),
            "counts_matrix_entries": _for_kind("projective", 9),
            "forgets_scale": _for_kind("similarity", 3),
            "one_equation_per_pair": lambda i: freed(i, FREEDOM[i.kind][0], 1),
        },
    ),
    symbols={"pairs": "m"},
)
