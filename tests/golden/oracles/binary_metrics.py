"""sklearn.metrics on lists of labels; the fractions are read back from its floats."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    most = rng.choice((5, 20, 60, 100))
    counts = {name: 0 if rng.random() < 0.12 else rng.randint(0, most) for name in ("tp", "fp", "fn", "tn")}
    if not any(counts.values()):
        return draw(rng)
    if rng.random() < 0.5:
        return counts | {"beta": rng.choice((0, 0.5, 0.5, 0.1, 2, 2, 1.5, 3))}
    return counts


def edges() -> list[dict[str, Any]]:
    names = ("tp", "fp", "fn", "tn")
    alone = [{name: 7 if name == one else 0 for name in names} for one in names]
    pairs = [{name: 4 if name in two else 0 for name in names} for two in (("tp", "fn"), ("fp", "tn"), ("tp", "fp"))]
    return [
        *alone,
        *pairs,
        {"tp": 0, "fp": 3, "fn": 0, "tn": 2, "beta": 0},
        {"tp": 0, "fp": 0, "fn": 3, "tn": 2, "beta": 0},
        {"tp": 5, "fp": 5, "fn": 5, "tn": 5, "beta": 0},
        {"tp": 1, "fp": 0, "fn": 0, "tn": 1, "beta": 2},
    ]


def refusals() -> list[dict[str, Any]]:
    return [{"tp": 1, "fp": 1, "fn": 1, "tn": 1, "beta": -1}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import sklearn.dummy
    from sklearn import metrics

    tp, fp, fn, tn = (inputs[name] for name in ("tp", "fp", "fn", "tn"))
    truth = [1] * tp + [0] * fp + [1] * fn + [0] * tn
    guess = [1] * tp + [1] * fp + [0] * fn + [0] * tn
    zero = {"zero_division": 0}
    features = [[0]] * len(truth)
    dummy = sklearn.dummy.DummyClassifier(strategy="most_frequent").fit(features, truth)
    found = {
        "accuracy": metrics.accuracy_score(truth, guess),
        "precision": metrics.precision_score(truth, guess, **zero),
        "recall": metrics.recall_score(truth, guess, **zero),
        "specificity": metrics.recall_score(truth, guess, pos_label=0, **zero),
        "fpr": metrics.recall_score([1 - label for label in truth], guess, **zero),
        "f1": metrics.f1_score(truth, guess, **zero),
        "f_beta": metrics.fbeta_score(truth, guess, beta=inputs.get("beta", 1), **zero),
        "balanced_accuracy": metrics.recall_score(truth, guess, labels=[0, 1], average="macro", **zero),
        "majority_accuracy": dummy.score(features, truth),
    }
    exact: dict[str, Any] = {name: Fraction(float(value)).limit_denominator(10**6) for name, value in found.items()}
    return exact | {"mcc": float(metrics.matthews_corrcoef(truth, guess))}
