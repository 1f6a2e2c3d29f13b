"""sklearn: mutual_info_score of child and class for entropy, DecisionTreeClassifier's impurities of a one-level tree for Gini."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    children, classes = rng.randint(1, 4), rng.randint(1, 4)
    rows = [[rng.choice([0, rng.randint(0, 9), rng.randint(0, 60)]) for _ in range(classes)] for _ in range(children)]
    if not any(map(any, rows)):
        return draw(rng)
    found: dict[str, Any] = {"children": rows}
    if rng.random() < 0.5:
        found["criterion"] = rng.choice(["entropy", "gini", "gini"])
    return found


def edges() -> list[dict[str, Any]]:
    return [
        {"children": [[5, 0], [0, 5]]},
        {"children": [[5, 5], [0, 0]]},
        {"children": [[3, 3], [7, 7]]},
        {"children": [[5, 0], [0, 5]], "criterion": "gini"},
        {"children": [[1, 0], [99, 100]], "criterion": "gini"},
        {"children": [[4]]},
        {"children": [[100, 101], [101, 100]]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"children": [[0, 0], [0, 0]]},
        {"children": [[1, -1], [2, 2]]},
        {"children": [[1, 2], [3]]},
        {"children": [[1.5, 2]]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.stats import entropy
    from sklearn.metrics import mutual_info_score
    from sklearn.tree import DecisionTreeClassifier

    rows = inputs["children"]
    if len({len(row) for row in rows}) > 1 or any(count < 0 or count != int(count) for row in rows for count in row):
        raise ValueError("counts")
    table = np.array(rows)
    if not table.any():
        raise ValueError("no samples")
    shares = table.sum(axis=1) / table.sum()
    if inputs.get("criterion", "entropy") == "entropy":
        parent = float(entropy(table.sum(axis=0), base=2))
        children = sum(
            float(share * entropy(row, base=2)) for share, row in zip(shares, table, strict=True) if row.any()
        )
        child, group = np.nonzero(table)
        repeats = table[child, group]
        gain = mutual_info_score(np.repeat(child, repeats), np.repeat(group, repeats)) / np.log(2)
        return {"parent": parent, "weighted_children": children, "gain": max(0.0, float(gain))}

    def impurity(counts: Any) -> float:
        labels = np.repeat(np.arange(len(counts)), counts)
        return float(DecisionTreeClassifier(max_depth=1).fit(np.zeros((len(labels), 1)), labels).tree_.impurity[0])

    parent = impurity(table.sum(axis=0))
    children = sum(share * impurity(row) for share, row in zip(shares, table, strict=True) if row.any())
    gain = parent - float(children)
    return {"parent": parent, "weighted_children": float(children), "gain": 0.0 if abs(gain) < 1e-14 else gain}
