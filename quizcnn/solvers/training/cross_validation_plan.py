"""Fold sizes of k-fold cross-validation and the number of models that a grid search fits (scikit-learn's KFold, GridSearchCV)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Refusal, Size, refuse_work
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import MOST_TERMS, list_line
from quizcnn.solvers.units import COUNT
from quizcnn.text import Text

TITLE = Text("Plan of a cross-validation", "交叉验证方案")
CONVENTION = Text(
    "As scikit-learn: the first folds take one sample more where samples are left over; fits counts every model trained, one more when the best is refitted on everything.",
    "同 scikit-learn：分不尽时前几折各多一个样本；fits 数全部训练次数，若用全部数据重新训练最优模型再加一次。",
)
FOLDS = Text("sizes of the folds", "各折的大小")
TRAIN = Text("sizes of the training sets", "各训练集的大小")
CANDIDATES = Text("combinations of the grid", "网格的组合数")
FITS = Text("models trained", "训练的模型数")
STEPS = {
    "base": Text("samples that every fold gets", "每折至少的样本数"),
    "rest": Text("left over: so many folds take one more", "余数：这么多折各多一个"),
    "fold_sizes": Text("sizes of the folds", "各折的大小"),
    "train_sizes": Text("all samples but the fold", "除该折之外的全部样本"),
    "candidates": Text("combinations: the product", "组合数：相乘"),
    "fits": Text("each combination on each fold, and the last refit", "每种组合在每折上各训练一次，再加最后的重新训练"),
    "plain": Text("each combination on each fold", "每种组合在每折上各训练一次"),
}
MISTAKES = {
    "forgets_refit": (
        Text("leaves out the final refit", "漏了最后的重新训练"),
        Text("With refit the best combination is trained once more on all samples.", "refit 时最优组合还要在全部样本上再训练一次。"),
    ),
    "adds_grid": (
        Text("adds the values of the grid", "把网格的取值个数相加"),
        Text("Every value of one hyperparameter meets every value of the others, so they multiply.", "一个超参数的每个取值要与其他的每个取值组合，所以相乘。"),
    ),
    "larger_folds_last": (
        Text("puts the larger folds last", "把较大的折放在最后"),
        Text("KFold gives the samples that are left over to the first folds.", "KFold 把多出的样本分给前几折。"),
    ),
}  # fmt: skip
MOST_FOLDS = 10**6


class PlanInputs(Inputs):
    """Samples, folds from 2 to samples, how many values each hyperparameter has."""

    samples: Size
    folds: Size
    grid: Many[Size] = (1,)
    refit: bool = True

    @model_validator(mode="after")
    def _fits(self) -> PlanInputs:
        if self.folds < 2:
            raise Refusal("must be at least 2", "folds")
        refuse_work(self.folds, "folds", most=MOST_FOLDS)
        if self.folds > self.samples:
            raise Refusal(f"is {self.folds}, and there are {self.samples} samples", "folds", "samples")
        return self


def fold_sizes(i: PlanInputs, larger_first: bool = True) -> tuple[int, ...]:
    base, rest = divmod(i.samples, i.folds)
    sizes = (base + 1,) * rest + (base,) * (i.folds - rest)
    return sizes if larger_first else sizes[::-1]


def counted(i: PlanInputs, candidates: int, refit: bool) -> int:
    return i.folds * candidates + refit


def by_sizes(i: PlanInputs, sizes: tuple[int, ...]) -> Outputs:
    return {"fold_sizes": sizes, "train_sizes": tuple(i.samples - size for size in sizes)}


def solve(i: PlanInputs) -> Outputs:
    candidates = math.prod(i.grid)
    return {**by_sizes(i, fold_sizes(i)), "candidates": candidates, "fits": counted(i, candidates, i.refit)}


def steps(i: PlanInputs) -> Sequence[Step]:
    base, rest = divmod(i.samples, i.folds)
    sizes, candidates, fits = fold_sizes(i), math.prod(i.grid), counted(i, math.prod(i.grid), i.refit)
    first = [
        Step(STEPS["base"], rf"q = \lfloor \frac{{{i.samples}}}{{{i.folds}}} \rfloor = {base}", base),
        Step(STEPS["rest"], rf"r = {i.samples}-{i.folds} \cdot {base} = {rest}", rest),
        Step(STEPS["fold_sizes"], list_line("n", sizes), sizes),
    ]
    train = by_sizes(i, sizes)["train_sizes"]
    trained = Step(STEPS["train_sizes"], list_line("m", [i.samples - size for size in sizes]), train)
    terms = product(*i.grid) if len(i.grid) <= MOST_TERMS else ""
    combined = Step(STEPS["candidates"], f"c = {terms} = {candidates}" if terms else f"c = {candidates}", candidates)
    tail = "+1" if i.refit else ""
    last = Step(STEPS["fits" if i.refit else "plain"], rf"f = {i.folds} \cdot {candidates}{tail} = {fits}", fits)
    return [
        *lead_to(first, "fold_sizes"),
        *lead_to([*first, trained], "train_sizes"),
        *lead_to([combined], "candidates"),
        *lead_to([combined, last], "fits"),
    ]


def _without_refit(i: PlanInputs) -> Outputs:
    return {"fits": counted(i, math.prod(i.grid), False)} if i.refit else {}


def _adds(i: PlanInputs) -> Outputs:
    return {"candidates": sum(i.grid), "fits": counted(i, sum(i.grid), i.refit)}


FAMILY = Family(
    id="cross_validation_plan",
    title=TITLE,
    inputs=PlanInputs,
    outputs={
        "fold_sizes": Output("list", FOLDS),
        "train_sizes": Output("list", TRAIN),
        "candidates": Output("integer", CANDIDATES, COUNT),
        "fits": Output("integer", FITS, COUNT),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_refit": _without_refit,
            "adds_grid": _adds,
            "larger_folds_last": lambda i: by_sizes(i, fold_sizes(i, larger_first=False)),
        },
    ),
    symbols={"samples": "N", "folds": "k"},
)
