"""Metrics of a binary classifier from its confusion matrix (sklearn.metrics, zero_division=0). Fractions are exact."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE
from quizcnn.solvers.inputs import Count, Inputs, NonNegative
from quizcnn.solvers.latex import fraction, tex
from quizcnn.solvers.notation import base, ends
from quizcnn.solvers.rates import f_score, ratio
from quizcnn.solvers.values import Value, exact
from quizcnn.text import Text

TITLE = Text("Metrics of a binary classifier", "二分类指标")
CONVENTION = Text(
    "As in scikit-learn: a metric with a zero denominator is 0.",
    "与 scikit-learn 一致：分母为零时指标记为 0。",
)
LABELS = {
    "accuracy": Text("accuracy", "准确率"),
    "precision": Text("precision", "精确率"),
    "recall": Text("recall", "召回率"),
    "specificity": Text("specificity", "特异度"),
    "fpr": Text("false positive rate", "假正率"),
    "f1": Text("F1", "F1 分数"),
    "f_beta": Text("F-beta", "F-beta 分数"),
    "balanced_accuracy": Text("balanced accuracy", "平衡准确率"),
    "mcc": Text("Matthews correlation", "马修斯相关系数"),
    "majority_accuracy": Text("accuracy of always answering the larger class", "总是答多数类的准确率"),
}
STEPS = {
    "accuracy": Text("right answers among all", "答对的占全部的比例"),
    "precision": Text("true positives among those called positive", "判为正的样本中真正为正的比例"),
    "recall": Text("true positives among the real positives", "真实正样本中被找出的比例"),
    "specificity": Text("true negatives among the real negatives", "真实负样本中判为负的比例"),
    "fpr": Text("false positives among the real negatives", "真实负样本中被误判为正的比例"),
    "f1": Text("harmonic mean of precision and recall", "精确率与召回率的调和平均"),
    "f_beta": Text("harmonic mean with recall weighed β² times", "召回率按 β² 加权的调和平均"),
    "balanced_accuracy": Text("mean of recall and specificity", "召回率与特异度的平均"),
    "product": Text("product of the four margins", "四个边际和的乘积"),
    "mcc": Text("Matthews correlation: over the root of that product", "马修斯相关系数：再除以该乘积的平方根"),
    "majority_accuracy": Text("the larger true class among all", "较大的真实类别占全部的比例"),
    "empty": Text("the denominator is zero", "分母为零"),
    "zero": Text("{name}: a zero denominator gives 0", "{name}：分母为零，按约定记为 0"),
}
MISTAKES = {
    "swaps_precision_and_recall": (
        Text("exchanges precision and recall", "把精确率和召回率弄反了"),
        Text(
            "Precision divides by what was called positive, recall by what is positive.",
            "精确率除以判为正的个数，召回率除以真实为正的个数。",
        ),
    ),
    "arithmetic_mean_for_f1": (
        Text("takes the arithmetic mean", "取了算术平均"),
        Text(
            "F1 is the harmonic mean 2PR/(P + R): it falls with the smaller of the two.",
            "F1 是调和平均 2PR/(P + R)，会被较小的一个拉低。",
        ),
    ),
    "f_beta_without_brackets": (
        Text("divides by beta²·P alone and adds R", "只除以 beta²·P，再加上 R"),
        Text("The whole sum beta²·P + R is the denominator.", "分母是整个 beta²·P + R。"),
    ),
    "accuracy_for_precision": (
        Text("gives the accuracy for the precision", "把准确率当成了精确率"),
        Text(
            "The {tn} true negatives do not enter precision: it looks only at what was called positive.",
            "精确率不含 {tn} 个真负例，它只看判为正的样本。",
        ),
    ),
    "beta_not_squared": (
        Text("takes beta in place of its square", "没有把 beta 平方"),
        Text(
            "The formula weighs recall by the square of beta = {beta}.", "公式中召回率的权重是 beta = {beta} 的平方。"
        ),
    ),
    "majority_of_predictions": (
        Text("takes the class predicted more often", "取了预测较多的类别"),
        Text(
            "The baseline ignores the classifier: what counts is how often each class is true.",
            "多数类基线与分类器无关，只看各类真实样本有多少。",
        ),
    ),
    "false_discovery_for_fpr": (
        Text("divides by what was called positive", "除以了判为正的个数"),
        Text(
            "The false positive rate is about the real negatives: it divides by fp + tn = {fp} + {tn}.",
            "假正率针对真实负样本，除以 fp + tn = {fp} + {tn}。",
        ),
    ),
    "predictive_value_for_specificity": (
        Text("divides by what was called negative", "除以了判为负的个数"),
        Text(
            "Specificity is about the real negatives: it divides by tn + fp = {tn} + {fp}.",
            "特异度针对真实负样本，除以 tn + fp = {tn} + {fp}。",
        ),
    ),
    "forgets_true_negatives": (
        Text("leaves the true negatives out of the right answers", "答对的里面漏了真负例"),
        Text("The {tn} true negatives are right answers too.", "{tn} 个真负例也是答对的。"),
    ),
    "accuracy_for_balanced_accuracy": (
        Text("gives the plain accuracy", "给出的是普通准确率"),
        Text(
            "Balanced accuracy gives both classes the same weight, however many examples each has.",
            "平衡准确率让两类权重相同，与各类样本数无关。",
        ),
    ),
    "forgets_root_in_mcc": (
        Text("leaves out the root", "漏了开方"),
        Text("The denominator is the root of the product of the four margins.", "分母是四个边际和乘积的平方根。"),
    ),
}

SYMBOLS = {
    "accuracy": "A",
    "precision": "P",
    "recall": "R",
    "specificity": "S",
    "fpr": r"\mathrm{FPR}",
    "f1": "F_1",
    "f_beta": r"F_{\beta}",
    "mcc": r"\mathrm{MCC}",
    "majority_accuracy": "A_{max}",
}


class ConfusionInputs(Inputs):
    """Counts of a confusion matrix: predicted positive and right (tp), and wrong (fp), negative and wrong (fn), and right (tn)."""

    tp: Count
    fp: Count
    fn: Count
    tn: Count
    beta: NonNegative = 1.0

    @property
    def everything(self) -> int:
        return self.tp + self.fp + self.fn + self.tn


def f_from_counts(i: ConfusionInputs, weight: Fraction) -> Fraction:
    """The same from the counts: (1 + b²)tp/((1 + b²)tp + b²fn + fp)."""
    n, d = weight.numerator, weight.denominator
    return ratio((d + n) * i.tp, (d + n) * i.tp + n * i.fn + d * i.fp)


def margins(i: ConfusionInputs) -> tuple[int, int, int, int]:
    return i.tp + i.fp, i.tp + i.fn, i.tn + i.fp, i.tn + i.fn


def margin_product(i: ConfusionInputs) -> int:
    a, b, c, d = margins(i)
    return a * b * c * d


def correlation(i: ConfusionInputs) -> float:
    product = margin_product(i)
    if not product:
        return 0.0
    return float(WIDE.divide(Decimal(i.tp * i.tn - i.fp * i.fn), WIDE.sqrt(Decimal(product))))


def solve(i: ConfusionInputs) -> Outputs:
    recall, specificity = ratio(i.tp, i.tp + i.fn), ratio(i.tn, i.tn + i.fp)
    f1 = ratio(2 * i.tp, 2 * i.tp + i.fp + i.fn)
    return {
        "accuracy": ratio(i.tp + i.tn, i.everything),
        "precision": ratio(i.tp, i.tp + i.fp),
        "recall": recall,
        "specificity": specificity,
        "fpr": ratio(i.fp, i.fp + i.tn),
        "f1": f1,
        "f_beta": f1 if i.beta == 1 else f_from_counts(i, exact(i.beta) ** 2),
        "balanced_accuracy": (recall + specificity) / 2,
        "mcc": correlation(i),
        "majority_accuracy": ratio(max(i.tp + i.fn, i.fp + i.tn), i.everything),
    }


def steps(i: ConfusionInputs) -> Sequence[Step]:
    outputs = solve(i)
    whole = ("N", f"{i.tp}+{i.fp}+{i.fn}+{i.tn}", i.everything)
    negatives = ("FP+TN", f"{i.fp}+{i.tn}", i.fp + i.tn)
    precision = _quotient("precision", "TP", str(i.tp), ("TP+FP", f"{i.tp}+{i.fp}", i.tp + i.fp), outputs)
    recall = _quotient("recall", "TP", str(i.tp), ("TP+FN", f"{i.tp}+{i.fn}", i.tp + i.fn), outputs)
    specificity = _quotient("specificity", "TN", str(i.tn), negatives, outputs)
    largest = rf"\max({i.tp}+{i.fn}, {i.fp}+{i.tn})"
    return [
        *_quotient("accuracy", "TP+TN", f"{i.tp}+{i.tn}", whole, outputs),
        *precision,
        *recall,
        *specificity,
        *_quotient("fpr", "FP", str(i.fp), negatives, outputs),
        *lead_to([*precision, *recall], "f1"),
        *_f_steps("f1", Fraction(1), outputs),
        *lead_to([*precision, *recall], "f_beta"),
        *_f_steps("f_beta", exact(i.beta), outputs),
        *lead_to([*recall, *specificity], "balanced_accuracy"),
        _balanced_step(outputs),
        *_mcc_steps(i, outputs),
        *_quotient("majority_accuracy", r"\max(TP+FN, FP+TN)", largest, whole, outputs),
    ]


Denominator = tuple[str, str, int]
"""Symbols, numbers, value."""


def _quotient(name: str, symbol: str, top: str, below: Denominator, outputs: Outputs) -> list[Step]:
    """One line, or two that say that the denominator is zero."""
    value, (symbols, numbers, bottom) = outputs[name], below
    if not bottom:
        return [Step(STEPS["empty"], f"{symbols} = {numbers} = 0", 0, name), _zero(name)]
    number = value if isinstance(value, Fraction) else Fraction(0)
    latex = f"{fraction(symbol, symbols)} = {fraction(top, numbers)} {ends(number)}"
    return [Step(STEPS[name], latex, value, name)]


def _zero(name: str) -> Step:
    label = LABELS[name]
    caption = Text(STEPS["zero"].en.format(name=label.en), STEPS["zero"].zh.format(name=label.zh))
    return Step(caption, f"{SYMBOLS[name]} = 0", Fraction(0), name)


def _f_steps(name: str, beta: Fraction, outputs: Outputs) -> list[Step]:
    precision, recall = (outputs[part] for part in ("precision", "recall"))
    if not isinstance(precision, Fraction) or not isinstance(recall, Fraction):
        return []
    p, r = tex(precision), tex(recall)
    square = "" if beta == 1 else rf"{base(float(beta))}^2 \cdot "
    below, symbols = f"{square}{p}+{r}", "P+R" if beta == 1 else r"\beta^2 P+R"
    if not beta * beta * precision + recall:
        return [Step(STEPS["empty"], f"{symbols} = {below} = 0", 0, name), _zero(name)]
    value = f_score(precision, recall, beta * beta)
    top = rf"2 \cdot {p} \cdot {r}" if beta == 1 else rf"(1+{base(float(beta))}^2) \cdot {p} \cdot {r}"
    return [Step(STEPS[name], f"{SYMBOLS[name]} = {fraction(top, below)} {ends(value)}", value, name)]


def _balanced_step(outputs: Outputs) -> Step:
    recall, specificity, value = (outputs[name] for name in ("recall", "specificity", "balanced_accuracy"))
    terms = "+".join(tex(part) for part in (recall, specificity) if isinstance(part, Fraction))
    number = value if isinstance(value, Fraction) else Fraction(0)
    latex = rf"\frac{{R+S}}{{2}} = {fraction(terms, 2)} {ends(number)}"
    return Step(STEPS["balanced_accuracy"], latex, value, "balanced_accuracy")


def _mcc_steps(i: ConfusionInputs, outputs: Outputs) -> list[Step]:
    product, value = margin_product(i), outputs["mcc"]
    factors = r" \cdot ".join(str(margin) for margin in margins(i))
    first = Step(STEPS["product"], f"D = {factors} = {product}", product, "mcc")
    if not product:
        return [first, _zero("mcc")]
    top = rf"{i.tp} \cdot {i.tn}-{i.fp} \cdot {i.fn}"
    number = value if isinstance(value, float) else 0.0
    symbol = r"\frac{TP \cdot TN-FP \cdot FN}{\sqrt{D}}"
    latex = rf"{symbol} = {fraction(top, rf'{chr(92)}sqrt{{{product}}}')} {ends(number)}"
    return [first, Step(STEPS["mcc"], latex, value, "mcc")]


def _swapped(i: ConfusionInputs) -> Outputs:
    precision, recall = ratio(i.tp, i.tp + i.fn), ratio(i.tp, i.tp + i.fp)
    return {"precision": precision, "recall": recall, "f_beta": f_score(precision, recall, exact(i.beta) ** 2)}


def _arithmetic_mean(i: ConfusionInputs) -> Outputs:
    return {"f1": (ratio(i.tp, i.tp + i.fp) + ratio(i.tp, i.tp + i.fn)) / 2}


def _without_brackets(i: ConfusionInputs) -> Outputs:
    precision, recall, weight = ratio(i.tp, i.tp + i.fp), ratio(i.tp, i.tp + i.fn), exact(i.beta) ** 2
    return {"f_beta": (1 + weight) * precision * recall / (weight * precision) + recall}


def _accuracy_for_precision(i: ConfusionInputs) -> Outputs:
    accuracy, recall = ratio(i.tp + i.tn, i.everything), ratio(i.tp, i.tp + i.fn)
    return {
        "precision": accuracy,
        "f1": f_score(accuracy, recall, Fraction(1)),
        "f_beta": f_score(accuracy, recall, exact(i.beta) ** 2),
    }


def _not_squared(i: ConfusionInputs) -> Outputs:
    return {"f_beta": f_from_counts(i, exact(i.beta))}


def _majority_of_predictions(i: ConfusionInputs) -> Outputs:
    return {"majority_accuracy": ratio(max(i.tp + i.fp, i.fn + i.tn), i.everything)}


def _predictive_value(i: ConfusionInputs) -> Outputs:
    value = ratio(i.tn, i.tn + i.fn)
    return {"specificity": value, "balanced_accuracy": (ratio(i.tp, i.tp + i.fn) + value) / 2}


def _without_root(i: ConfusionInputs) -> Outputs:
    product = margin_product(i)
    return {"mcc": float(Fraction(i.tp * i.tn - i.fp * i.fn, product))} if product else {}


def _own(i: ConfusionInputs, own: Outputs, name: str) -> Fraction:
    value = own.get(name)
    if isinstance(value, int | float | Fraction):
        return exact(value)
    key = solve(i)[name]
    return key if isinstance(key, Fraction) else Fraction(0)


def _follow_f1(i: ConfusionInputs, own: Outputs) -> Value:
    return f_score(_own(i, own, "precision"), _own(i, own, "recall"), Fraction(1))


def _follow_f_beta(i: ConfusionInputs, own: Outputs) -> Value:
    return f_score(_own(i, own, "precision"), _own(i, own, "recall"), exact(i.beta) ** 2)


def _follow_balanced(i: ConfusionInputs, own: Outputs) -> Value:
    return (_own(i, own, "recall") + _own(i, own, "specificity")) / 2


def _follow_fpr(i: ConfusionInputs, own: Outputs) -> Value:
    return 1 - _own(i, own, "specificity") if i.fp + i.tn else Fraction(0)


FAMILY = Family(
    id="binary_metrics",
    title=TITLE,
    inputs=ConfusionInputs,
    outputs={name: Output("real" if name == "mcc" else "fraction", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "swaps_precision_and_recall": _swapped,
            "arithmetic_mean_for_f1": _arithmetic_mean,
            "f_beta_without_brackets": _without_brackets,
            "accuracy_for_precision": _accuracy_for_precision,
            "beta_not_squared": _not_squared,
            "majority_of_predictions": _majority_of_predictions,
            "false_discovery_for_fpr": lambda i: {"fpr": ratio(i.fp, i.fp + i.tp)},
            "predictive_value_for_specificity": _predictive_value,
            "forgets_true_negatives": lambda i: {"accuracy": ratio(i.tp, i.everything)},
            "accuracy_for_balanced_accuracy": lambda i: {"balanced_accuracy": ratio(i.tp + i.tn, i.everything)},
            "forgets_root_in_mcc": _without_root,
        },
    ),
    follow={"fpr": _follow_fpr, "f1": _follow_f1, "f_beta": _follow_f_beta, "balanced_accuracy": _follow_balanced},
    symbols={"tp": "TP", "fp": "FP", "fn": "FN", "tn": "TN", "beta": r"\beta"},
)
