"""Which examples online hard example mining keeps (Shrivastava et al. 2016), and SSD's share of negatives (Liu et al. 2016)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Label, Many, Real, Refusal, Size
from quizcnn.solvers.notation import list_line
from quizcnn.text import Text

TITLE = Text("Hard example mining", "难例挖掘")
CONVENTION = Text(
    "Indices from 0, ascending; of equal losses the first by index goes in first. With labels all positives (1) stay, and of the negatives the hardest, at most ratio for each positive.",
    "下标从 0 开始，升序；损失相等的按下标先取。给了标签时保留全部正样本（1），负样本取最难的，每个正样本至多配 ratio 个。",
)
SELECTED = Text("selected examples", "选中的样本")
NEGATIVES = Text("selected negatives", "选中的负样本数")
STEPS = {
    "order": Text("candidates, hardest first", "候选样本，由难到易"),
    "negatives": Text("so many negatives at most: ratio times positives", "负样本至多为 ratio 乘正样本数"),
    "selected": Text("what is kept, in the order of the list", "保留的样本，按原顺序"),
}
MISTAKES = {
    "keeps_all_negatives": (
        Text("keeps all negatives", "保留了所有负样本"),
        Text("Easy negatives by the thousand would drown the positives; only {ratio} for each positive stay.", "成千上万的易分负样本会淹没正样本，每个正样本只配 {ratio} 个。"),
    ),
    "easiest_first": (
        Text("takes the smallest losses", "取了损失最小的"),
        Text("Hard examples are those that the model gets most wrong: the largest losses.", "难例是模型错得最厉害的，即损失最大的。"),
    ),
    "ratio_of_all": (
        Text("takes the ratio of all examples", "按全部样本算比例"),
        Text("The ratio is negatives to positives, not to all examples.", "比例是负样本比正样本，不是比全部样本。"),
    ),
}  # fmt: skip


class MiningInputs(Inputs):
    """Losses, and exactly one of keep (how many) and labels (0 or 1 each)."""

    losses: Many[Real]
    labels: Many[Label] | None = None
    keep: Size | None = None
    ratio: Count = 3

    @model_validator(mode="after")
    def _fits(self) -> MiningInputs:
        if (self.keep is None) == (self.labels is None):
            raise Refusal("exactly one of both is needed", "keep", "labels")
        if self.keep is not None and self.keep > len(self.losses):
            raise Refusal(f"is {self.keep}, and there are {len(self.losses)} losses", "keep", "losses")
        if self.labels is not None and len(self.labels) != len(self.losses):
            raise Refusal(f"{len(self.labels)} labels do not fit {len(self.losses)} losses", "labels", "losses")
        return self


def candidates(i: MiningInputs, hardest: bool = True) -> list[int]:
    """What may be selected: all, or the negatives, hardest first."""
    places = [place for place in range(len(i.losses)) if i.labels is None or not i.labels[place]]
    return sorted(places, key=lambda place: (-i.losses[place] if hardest else i.losses[place], place))


def allowed(i: MiningInputs) -> int:
    """How many of the candidates stay."""
    if i.labels is None:
        return i.keep or 0
    return min(i.ratio * sum(i.labels), len(i.labels) - sum(i.labels))


def selection(i: MiningInputs, count: int, hardest: bool = True) -> tuple[int, ...]:
    positives = [place for place, label in enumerate(i.labels or ()) if label]
    return tuple(sorted([*positives, *candidates(i, hardest)[:count]]))


def solve(i: MiningInputs) -> Outputs:
    count = allowed(i)
    return {"selected": selection(i, count), "negatives": None if i.labels is None else count}


def steps(i: MiningInputs) -> Sequence[Step]:
    count, selected = allowed(i), selection(i, allowed(i))
    order = Step(
        STEPS["order"], list_line("o", candidates(i)) if candidates(i) else r"o = \emptyset", tuple(candidates(i))
    )
    kept = Step(STEPS["selected"], list_line("s", selected) if selected else r"s = \emptyset", selected)
    if i.labels is None:
        return lead_to([order, kept], "selected")
    positives, everything = sum(i.labels), len(i.labels)
    latex = rf"n = \min({i.ratio} \cdot {positives}, {everything}-{positives}) = {count}"
    negatives = Step(STEPS["negatives"], latex, count)
    return [*lead_to([order, negatives, kept], "selected"), *lead_to([negatives], "negatives")]


def _all(i: MiningInputs) -> Outputs:
    if i.labels is None:
        return {}
    return {"selected": tuple(range(len(i.losses)))}


def _of_all(i: MiningInputs) -> Outputs:
    if i.labels is None:
        return {}
    count = min(i.ratio * len(i.labels), len(i.labels) - sum(i.labels))
    return {"selected": selection(i, count), "negatives": count}


FAMILY = Family(
    id="hard_example_mining",
    title=TITLE,
    inputs=MiningInputs,
    outputs={"selected": Output("list", SELECTED), "negatives": Output("integer", NEGATIVES)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "keeps_all_negatives": _all,
            "easiest_first": lambda i: {"selected": selection(i, allowed(i), hardest=False)},
            "ratio_of_all": _of_all,
        },
    ),
    symbols={"losses": "L"},
)
