"""scipy.stats.entropy; the impurity counted as the chance that two draws differ."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(1 if rng.random() < 0.05 else 2, 6)
    cuts = sorted(rng.choices(range(0, 101, rng.choice((1, 5, 10))), k=count - 1))
    shares = [(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    inputs: dict[str, Any] = {"probabilities": shares}
    if rng.random() < 0.6:
        inputs["base"] = rng.choice((2, "2", "e", "e", "e"))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"probabilities": [0.5, 0.5]},
        {"probabilities": [1]},
        {"probabilities": [0, 1], "base": "e"},
        {"probabilities": [0.25, 0.25, 0.25, 0.25]},
        {"probabilities": [0.3333333, 0.3333333, 0.3333333]},
        {"probabilities": [0.999, 0.001]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"probabilities": [0.5, 0.4]},
        {"probabilities": [0.5, 0.6]},
        {"probabilities": [1.5, -0.5]},
        {"probabilities": [0.5, 0.5], "base": 10},
        {"probabilities": []},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.special import entr

    shares, base = np.array(inputs["probabilities"], float), {"2": 2, "e": np.e}[str(inputs.get("base", 2))]
    if not shares.size or abs(shares.sum() - 1) > 1e-6 or (shares < 0).any() or (shares > 1).any():
        raise ValueError("no distribution")
    # scipy.stats.entropy would rescale shares that do not quite sum to 1; entr is its summand
    differ = 1 - sum(one * one for one in shares)
    return {"entropy": float(entr(shares).sum() / np.log(base)), "gini": float(differ)}
