"""scipy.special.rel_entr and entr, the summands of scipy.stats.entropy, which would rescale what does not quite sum to 1."""

from __future__ import annotations

import random
from typing import Any


def shares(rng: random.Random, count: int, least: int) -> list[float]:
    """``count`` shares in hundredths, each at least so many."""
    cuts = sorted(rng.choices(range(101 - least * count), k=count - 1))
    sizes = zip([0, *cuts], [*cuts, 100 - least * count], strict=True)
    return [(high - low + least) / 100 for low, high in sizes]


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.randint(2, 5)
    return {"p": shares(rng, count, rng.choice((0, 1, 5))), "q": shares(rng, count, rng.choice((1, 2, 5)))}


def edges() -> list[dict[str, Any]]:
    return [
        {"p": [0.5, 0.5], "q": [0.5, 0.5]},
        {"p": [1, 0], "q": [0.5, 0.5]},
        {"p": [0.5, 0.5], "q": [0.9, 0.1]},
        {"p": [1, 0], "q": [1, 0]},
        {"p": [0, 1, 0], "q": [0, 0.25, 0.75]},
        {"p": [1], "q": [1]},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"p": [0.5, 0.5], "q": [1, 0]},
        {"p": [0.5, 0.4], "q": [0.5, 0.5]},
        {"p": [0.5, 0.5], "q": [0.5, 0.6]},
        {"p": [0.5, 0.5], "q": [0.2, 0.3, 0.5]},
        {"p": [1.2, -0.2], "q": [0.5, 0.5]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.special import entr, rel_entr

    p, q = (np.array(inputs[name], float) for name in ("p", "q"))
    if p.shape != q.shape or any(abs(d.sum() - 1) > 1e-6 or (d < 0).any() or not d.size for d in (p, q)):
        raise ValueError("no distribution")
    kl, entropy = rel_entr(p, q).sum(), entr(p).sum()
    if not np.isfinite(kl):
        raise OverflowError("infinite")
    return {"kl": float(kl), "cross_entropy": float(entropy + kl), "entropy": float(entropy)}
