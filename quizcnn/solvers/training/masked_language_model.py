"""Which tokens BERT's masked language model selects and changes (Devlin et al. 2019, section 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Probability
from quizcnn.solvers.notation import given, line, near
from quizcnn.solvers.units import COUNT
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Masked language model", "掩码语言模型")
CONVENTION = Text(
    "Expectations, not rounded; of the selected tokens 80 % become [MASK], 10 % a random token, 10 % stay.",
    "求期望值，不取整；选中的 token 中 80 % 换成 [MASK]，10 % 换成随机 token，10 % 不变。",
)
SELECTED = Text("selected tokens", "选中的 token 数")
MASKED = Text("tokens replaced by [MASK]", "换成 [MASK] 的 token 数")
RANDOMIZED = Text("tokens replaced by a random one", "换成随机 token 的个数")
UNCHANGED = Text("selected tokens that stay", "选中但不变的 token 数")
SHARES = {"masked": Fraction(8, 10), "randomized": Fraction(1, 10), "unchanged": Fraction(1, 10)}
SYMBOLS = {"masked": "m", "randomized": "r", "unchanged": "u"}
STEPS = {
    "selected": Text("selected for prediction", "被选来预测的 token"),
    "masked": Text("80 % of these become [MASK]", "其中 80 % 换成 [MASK]"),
    "randomized": Text("10 % become a random token", "10 % 换成随机 token"),
    "unchanged": Text("10 % stay, and are predicted too", "10 % 不变，但也要预测"),
}
MISTAKES = {
    "all_selected_are_masked": (
        Text("masks all selected tokens", "把选中的全部换成了 [MASK]"),
        Text("Only 80 % of the selected tokens become [MASK], as it never occurs in fine-tuning.", "选中的只有 80 % 换成 [MASK]，因为微调时没有这个符号。"),
    ),
    "shares_of_all_tokens": (
        Text("takes the shares of all tokens", "按全部 token 计算比例"),
        Text("80, 10 and 10 % are shares of the selected tokens, not of the text.", "80 %、10 %、10 % 是选中 token 的比例，不是全文的。"),
    ),
}  # fmt: skip


class MaskingInputs(Inputs):
    """Tokens of the text, and the fraction that is selected."""

    tokens: Count
    mask_fraction: Probability = 0.15


def selected_of(i: MaskingInputs) -> Fraction:
    return i.tokens * exact(i.mask_fraction)


def solve(i: MaskingInputs) -> Outputs:
    selected = selected_of(i)
    return {"selected": float(selected), **{name: float(selected * share) for name, share in SHARES.items()}}


def steps(i: MaskingInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    latex = line("s", rf"{i.tokens} \cdot {given(i.mask_fraction)}", found["selected"])
    first = Step(STEPS["selected"], latex, found["selected"])
    lines = lead_to([first], "selected")
    for name, share in SHARES.items():
        latex = line(
            SYMBOLS[name], rf"{near(float(share))} \cdot {near(found['selected'], 6)}", found[name], rough=True
        )
        lines += lead_to([first, Step(STEPS[name], latex, found[name])], name)
    return lines


FAMILY = Family(
    id="masked_language_model",
    title=TITLE,
    inputs=MaskingInputs,
    outputs={
        "selected": Output("real", SELECTED, COUNT),
        "masked": Output("real", MASKED, COUNT),
        "randomized": Output("real", RANDOMIZED, COUNT),
        "unchanged": Output("real", UNCHANGED, COUNT),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "all_selected_are_masked": lambda i: {"masked": float(selected_of(i))},
            "shares_of_all_tokens": lambda i: {name: float(i.tokens * share) for name, share in SHARES.items()},
        },
    ),
    symbols={"tokens": "n", "mask_fraction": "p"},
)
