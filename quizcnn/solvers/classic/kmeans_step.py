"""One iteration of k-means: points to the nearest centre, centres to the mean of their points (Lloyd 1982)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, refuse_work
from quizcnn.solvers.notation import list_line, matrix_line
from quizcnn.solvers.vectors import Vector, check_dimension, exact_points, floats, mean_of
from quizcnn.text import Text

TITLE = Text("An iteration of k-means", "k-means 的一次迭代")
CONVENTION = Text(
    "Squared Euclidean distance, ties to the first centre; an empty cluster keeps its centre; centres count from 0.",
    "按欧氏距离平方分配，距离相等归前一个中心；空簇保留原中心；中心从 0 编号。",
)
ASSIGNMENT = Text("centre of each point", "每个点所属的中心")
CENTERS = Text("new centres", "新的中心")
STEPS = {
    "distances": Text("point {place}: squared distances to the centres", "第 {place} 个点到各中心的距离平方"),
    "assignment": Text("nearest centre of each point, counted from 0", "每个点最近的中心，从 0 编号"),
    "mean": Text("centre {place}: mean of its points", "第 {place} 号中心：所属各点的均值"),
    "kept": Text("centre {place} has no point and stays", "第 {place} 号中心没有点，保持不变"),
    "centers": Text("all centres", "全部中心"),
}
MISTAKES = {
    "median_for_mean": (
        Text("takes the median of each coordinate", "取了各坐标的中位数"),
        Text("The mean makes the sum of squared distances smallest; the median belongs to k-medians.", "均值使距离平方和最小，中位数是 k-medians 的做法。"),
    ),
}  # fmt: skip
LINES = 6


class KMeansInputs(Inputs):
    """points, shape (N, D), and centers, shape (K, D)."""

    points: Many[Many[Real]]
    centers: Many[Many[Real]]

    @model_validator(mode="after")
    def _fits(self) -> KMeansInputs:
        check_dimension(self.points, "points")
        check_dimension(self.centers, "centers", len(self.points[0]), "points")
        refuse_work(len(self.points) * len(self.centers) * len(self.points[0]), "points", "centers")
        return self


def distances(i: KMeansInputs) -> list[list[Fraction]]:
    """Squared distance of every point to every centre, shape (N, K)."""
    centers = exact_points(i.centers)
    return [
        [sum(((x - y) ** 2 for x, y in zip(point, center, strict=True)), Fraction()) for center in centers]
        for point in exact_points(i.points)
    ]


def assign(i: KMeansInputs) -> tuple[int, ...]:
    return tuple(row.index(min(row)) for row in distances(i))


def move(i: KMeansInputs, middle: Callable[[Sequence[Vector]], Vector]) -> tuple[tuple[float, ...], ...]:
    """Each centre to the middle of its points."""
    points, assignment = exact_points(i.points), assign(i)
    moved = []
    for number, center in enumerate(exact_points(i.centers)):
        own = [point for point, place in zip(points, assignment, strict=True) if place == number]
        moved.append(floats(middle(own) if own else center))
    return tuple(moved)


def solve(i: KMeansInputs) -> Outputs:
    return {"assignment": assign(i), "centers": move(i, mean_of)}


def steps(i: KMeansInputs) -> Sequence[Step]:
    assignment, centers = assign(i), move(i, mean_of)
    first = [
        Step(_numbered("distances", place), list_line(rf"d_{{{place}}}^2", row), floats(row))
        for place, row in enumerate(distances(i)[:LINES])
    ]
    first.append(Step(STEPS["assignment"], list_line("a", assignment), assignment))
    second = [
        Step(
            _numbered("mean" if number in assignment else "kept", number), list_line(rf"c_{{{number}}}", center), center
        )
        for number, center in enumerate(centers[:LINES])
    ]
    second.append(Step(STEPS["centers"], matrix_line("C", centers), centers))
    return [*lead_to(first, "assignment"), *lead_to([first[-1], *second], "centers")]


def _numbered(step: str, place: int) -> Text:
    return STEPS[step].map(lambda text: text.format(place=place))


def _medians(points: Sequence[Vector]) -> Vector:
    return tuple(median(column) for column in zip(*points, strict=True))


FAMILY = Family(
    id="kmeans_step",
    title=TITLE,
    inputs=KMeansInputs,
    outputs={"assignment": Output("list", ASSIGNMENT), "centers": Output("matrix", CENTERS, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "median_for_mean": lambda i: {"centers": move(i, _medians)},
        },
    ),
    symbols={"points": "x", "centers": "c"},
)
