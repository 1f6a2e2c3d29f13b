"""Area under the ROC curve as the share of pairs in the right order (Fawcett 2006, section 7). Counted, hence exact."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Label, Many, Real, Refusal
from quizcnn.solvers.notation import MOST_TERMS, ends, given, line, near, total
from quizcnn.text import Text

TITLE = Text("Area under the ROC curve", "ROC 曲线下面积")
CONVENTION = Text(
    "The share of pairs of a positive and a negative in which the positive scores higher; ties count one half.",
    "即正负样本对中正样本得分较高的比例，得分相同的对计一半。",
)
AUC = Text("AUC", "AUC 值")
STEPS = {
    "pairs": Text("pairs of a positive and a negative", "正负样本的配对数"),
    "one": Text("the positive with score {score}: negatives below, ties one half", "得分为 {score} 的正样本：得分更低的负样本数，同分计一半"),
    "won": Text("pairs in the right order, over all positives", "所有正样本排对的对数之和"),
    "auc": Text("share of the pairs", "占全部配对的比例"),
}  # fmt: skip
MISTAKES = {
    "ignores_ties": (
        Text("counts ties as lost", "同分的对没有计分"),
        Text(
            "Equal scores order the pair neither way, so a tie counts one half.",
            "得分相同就分不出先后，所以每对计一半。",
        ),
    ),
    "ties_count_full": (
        Text("counts ties as won", "同分的对计了满分"),
        Text(
            "Equal scores order the pair neither way, so a tie counts one half.",
            "得分相同就分不出先后，所以每对计一半。",
        ),
    ),
    "inverts_order": (
        Text("counts the pairs in the wrong order", "把顺序弄反了"),
        Text(
            "A pair counts when the positive has the higher score; a perfect ranking has AUC 1.",
            "正样本得分更高的对才计分，排序完全正确时 AUC 为 1。",
        ),
    ),
}
LINES = 6


class AucInputs(Inputs):
    """scores and labels of the same examples, label 1 for a positive; both classes occur."""

    scores: Many[Real]
    labels: Many[Label]

    @model_validator(mode="after")
    def _has_both_classes(self) -> AucInputs:
        if len(self.scores) != len(self.labels):
            raise Refusal(f"{len(self.scores)} scores do not fit {len(self.labels)} labels", "scores", "labels")
        if len(set(self.labels)) == 1:
            raise Refusal("must hold both 0 and 1", "labels")
        return self


def pair_counts(i: AucInputs) -> tuple[int, int, int]:
    """Pairs in which the positive scores higher, pairs that tie, all pairs."""
    ranked = sorted(zip(i.scores, i.labels, strict=True))
    higher = ties = below = start = 0
    while start < len(ranked):
        end, positives = start, 0
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            positives += ranked[end][1]
            end += 1
        negatives = end - start - positives
        higher += positives * below
        ties += positives * negatives
        below += negatives
        start = end
    return higher, ties, below * (len(ranked) - below)


def solve(i: AucInputs) -> Outputs:
    higher, ties, pairs = pair_counts(i)
    return {"auc": (2 * higher + ties) / (2 * pairs)}


def steps(i: AucInputs) -> Sequence[Step]:
    higher, ties, pairs = pair_counts(i)
    positives = [score for score, label in zip(i.scores, i.labels, strict=True) if label]
    won = [_won(i, score) for score in positives]
    auc = (2 * higher + ties) / (2 * pairs)
    whole = higher + ties / 2
    counted = f"{len(positives)} \\cdot {len(i.labels) - len(positives)} = {pairs}"
    lines = [Step(STEPS["pairs"], f"n_+ n_- = {counted}", pairs, "auc")]
    for place, score in enumerate(positives if len(positives) <= LINES else []):
        lines.append(_one(i, place, score))
    if len(won) > 1:
        terms = total(near(wins + equal / 2) for wins, equal in won) if len(won) <= MOST_TERMS else ""
        lines.append(Step(STEPS["won"], line("U", terms, whole), whole, "auc"))
    latex = rf"\frac{{U}}{{n_+ n_-}} = \frac{{{near(whole)}}}{{{pairs}}} {ends(auc)}"
    return [*lines, Step(STEPS["auc"], latex, auc, "auc")]


def _won(i: AucInputs, score: float) -> tuple[int, int]:
    """Negatives below a positive's score, and negatives that tie with it."""
    negatives = [other for other, label in zip(i.scores, i.labels, strict=True) if not label]
    return sum(other < score for other in negatives), sum(other == score for other in negatives)


def _one(i: AucInputs, place: int, score: float) -> Step:
    wins, equal = _won(i, score)
    caption = STEPS["one"].map(lambda text: text.format(score=given(score)))
    value = wins + equal / 2
    return Step(caption, rf"u_{{{place + 1}}} = {wins}+\frac{{{equal}}}{{2}} {ends(value)}", value, "auc")


def _by(i: AucInputs, tie: int) -> Outputs:
    """AUC with a tie worth ``tie`` halves."""
    higher, ties, pairs = pair_counts(i)
    return {"auc": (2 * higher + tie * ties) / (2 * pairs)} if ties else {}


def _inverted(i: AucInputs) -> Outputs:
    higher, ties, pairs = pair_counts(i)
    return {"auc": (2 * (pairs - higher) - ties) / (2 * pairs)}


FAMILY = Family(
    id="roc_auc",
    title=TITLE,
    inputs=AucInputs,
    outputs={"auc": Output("real", AUC)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "ignores_ties": lambda i: _by(i, 0),
            "ties_count_full": lambda i: _by(i, 2),
            "inverts_order": _inverted,
        },
    ),
    symbols={"scores": "s", "labels": "y"},
)
