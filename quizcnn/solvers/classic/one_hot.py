"""Width of a one-hot encoding, and the distance of two categories in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Size
from quizcnn.solvers.notation import line
from quizcnn.text import Text

TITLE = Text("One-hot encoding", "独热编码")
CONVENTION = Text(
    "One column a category, none dropped; Euclidean distance between two different categories.",
    "每个类别一列，不去掉任何一列；距离为两个不同类别之间的欧氏距离。",
)
DIMENSIONS = Text("number of columns", "列数")
DISTANCE = Text("distance of two categories", "两个类别的距离")
STEPS = {
    "dimensions": Text("a column for each category, and the numeric features", "每个类别一列，再加数值特征"),
    "distance": Text(
        "two different categories differ in two places, by 1 in each", "两个不同类别有两个位置不同，各差 1"
    ),
}
MISTAKES = {
    "distance_one": (
        Text("counts a single place that differs", "只算了一个不同的位置"),
        Text("The place of one category falls from 1 to 0 and that of the other rises from 0 to 1: two places differ.", "一个类别的位置由 1 变 0，另一个由 0 变 1，共有两个位置不同。"),
    ),
    "distance_two": (
        Text("leaves out the root", "漏了开方"),
        Text("2 is the squared distance; the Euclidean distance is its root.", "2 是距离的平方，欧氏距离还要开方。"),
    ),
    "drops_one_category": (
        Text("drops the column of one category", "去掉了一个类别的列"),
        Text("A reference level may be dropped in linear models; here each of the {categories} categories keeps its column.", "线性模型可以去掉一个参照类别，这里 {categories} 个类别各占一列。"),
    ),
    "forgets_numeric_features": (
        Text("leaves out the numeric features", "漏了数值特征"),
        Text("The {numeric_features} numeric features stay as they are, beside the new columns.", "{numeric_features} 个数值特征原样保留，与新列并列。"),
    ),
}  # fmt: skip


class OneHotInputs(Inputs):
    """How many categories a feature has, and how many numeric features stand beside it."""

    categories: Size
    numeric_features: Count = 0


def solve(i: OneHotInputs) -> Outputs:
    return {"dimensions": i.categories + i.numeric_features, "pair_distance": math.sqrt(2)}


def steps(i: OneHotInputs) -> Sequence[Step]:
    columns = i.categories + i.numeric_features
    return [
        Step(STEPS["dimensions"], f"D = {i.categories}+{i.numeric_features} = {columns}", columns, "dimensions"),
        Step(STEPS["distance"], line("d", r"\sqrt{(1-0)^2+(0-1)^2}", math.sqrt(2)), math.sqrt(2), "pair_distance"),
    ]


FAMILY = Family(
    id="one_hot",
    title=TITLE,
    inputs=OneHotInputs,
    outputs={"dimensions": Output("integer", DIMENSIONS), "pair_distance": Output("real", DISTANCE)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "distance_one": lambda _: {"pair_distance": 1.0},
            "distance_two": lambda _: {"pair_distance": 2.0},
            "drops_one_category": lambda i: {"dimensions": i.categories - 1 + i.numeric_features},
            "forgets_numeric_features": lambda i: {"dimensions": i.categories},
        },
        conventions=("drops_one_category",),
    ),
    symbols={"categories": "K", "numeric_features": "F"},
)
