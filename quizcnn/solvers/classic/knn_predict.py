"""The k nearest neighbours of a query and their vote (Cover & Hart 1967)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Many, Real, Refusal, Size, refuse_work
from quizcnn.solvers.notation import list_line
from quizcnn.solvers.vectors import check_dimension, exact_points, exact_vector, floats
from quizcnn.text import Text

Metric = Literal["euclidean", "manhattan"]
TITLE = Text("Vote of the k nearest neighbours", "k 近邻投票")
CONVENTION = Text(
    "Neighbours are indices from 0, nearest first, equally near ones by index; of classes with equally many votes the smallest number wins.",
    "近邻用从 0 开始的下标表示，由近到远，距离相等的按下标；票数相同取类别号最小的。",
)
NEIGHBORS = Text("nearest neighbours", "最近邻")
LABEL = Text("predicted class", "预测类别")
STEPS = {
    "euclidean": Text("squared Euclidean distances to the query, which order like the distances", "到查询点的欧氏距离平方，与距离同序"),
    "manhattan": Text("Manhattan distances to the query", "到查询点的曼哈顿距离"),
    "neighbors": Text("the k nearest, nearest first", "最近的 k 个，由近到远"),
    "labels": Text("their classes", "它们的类别"),
    "label": Text("most votes: {votes} of {k}", "得票最多：{k} 票中的 {votes} 票"),
}  # fmt: skip
MISTAKES = {
    "other_metric": (
        Text("takes the other metric", "用了另一种距离"),
        Text("The Manhattan distance adds absolute differences, the Euclidean one squares them first; they order points differently.", "曼哈顿距离把差的绝对值相加，欧氏距离先平方，二者的远近次序可能不同。"),
    ),
    "nearest_only": (
        Text("takes the class of the nearest point alone", "只看最近的一个点"),
        Text("All {k} neighbours vote, each with one vote.", "{k} 个近邻都投票，一点一票。"),
    ),
    "votes_of_all": (
        Text("lets all points vote", "让所有点投票"),
        Text("Only the {k} nearest points vote; otherwise every query would get the same class.", "只有最近的 {k} 个点投票，否则任何查询点都得到同一类。"),
    ),
}  # fmt: skip


class KnnInputs(Inputs):
    """points, shape (N, D), their class numbers from 0, a query of D numbers, k at most N."""

    points: Many[Many[Real]]
    labels: Many[Count]
    query: Many[Real]
    k: Size
    metric: Metric = "euclidean"

    @model_validator(mode="after")
    def _fits(self) -> KnnInputs:
        check_dimension(self.points, "points")
        if len(self.query) != len(self.points[0]):
            raise Refusal(f"{len(self.query)} numbers do not fit points of {len(self.points[0])}", "query", "points")
        if len(self.labels) != len(self.points):
            raise Refusal(f"{len(self.labels)} labels do not fit {len(self.points)} points", "labels", "points")
        if self.k > len(self.points):
            raise Refusal(f"is {self.k}, and there are {len(self.points)} points", "k", "points")
        refuse_work(len(self.points) * len(self.query), "points", "query")
        return self


def distances(i: KnnInputs, metric: Metric) -> list[Fraction]:
    """Of every point to the query; Euclidean ones squared."""
    query, power = exact_vector(i.query), 2 if metric == "euclidean" else 1
    return [
        sum((abs(x - y) ** power for x, y in zip(point, query, strict=True)), Fraction())
        for point in exact_points(i.points)
    ]


def nearest(i: KnnInputs, metric: Metric) -> tuple[int, ...]:
    found = distances(i, metric)
    return tuple(sorted(range(len(found)), key=lambda place: (found[place], place))[: i.k])


def vote(labels: Sequence[int]) -> int:
    """The most frequent class, of equally frequent ones the smallest."""
    return min(Counter(labels).items(), key=lambda pair: (-pair[1], pair[0]))[0]


def solve(i: KnnInputs) -> Outputs:
    return _outputs(i, i.metric)


def _outputs(i: KnnInputs, metric: Metric) -> Outputs:
    neighbors = nearest(i, metric)
    return {"neighbors": neighbors, "label": vote([i.labels[place] for place in neighbors])}


def steps(i: KnnInputs) -> Sequence[Step]:
    found, neighbors = distances(i, i.metric), nearest(i, i.metric)
    labels = [i.labels[place] for place in neighbors]
    winner = vote(labels)
    first = [
        Step(STEPS[i.metric], list_line("d^2" if i.metric == "euclidean" else "d", found), floats(found)),
        Step(STEPS["neighbors"], list_line("n", neighbors), neighbors),
    ]
    caption = STEPS["label"].map(lambda text: text.format(votes=labels.count(winner), k=i.k))
    second = [
        *first,
        Step(STEPS["labels"], list_line("y_n", labels), tuple(labels)),
        Step(caption, rf"c = {winner}", winner),
    ]
    return [*lead_to(first, "neighbors"), *lead_to(second, "label")]


def _other(i: KnnInputs) -> Outputs:
    return _outputs(i, "manhattan" if i.metric == "euclidean" else "euclidean")


FAMILY = Family(
    id="knn_predict",
    title=TITLE,
    inputs=KnnInputs,
    outputs={"neighbors": Output("list", NEIGHBORS), "label": Output("integer", LABEL)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "other_metric": _other,
            "nearest_only": lambda i: {"label": i.labels[nearest(i, i.metric)[0]]},
            "votes_of_all": lambda i: {"label": vote(i.labels)},
        },
    ),
    symbols={"points": "x", "query": "q"},
)
