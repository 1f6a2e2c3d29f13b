"""scipy.stats.norm's log-densities and numpy.average; sklearn's GaussianMixture does the same step where it can be started so."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    count = rng.choice([1, 2, 2, 2, 3])
    weights = {1: [[1]], 2: [[0.5, 0.5], [0.3, 0.7], [0.9, 0.1], [0.25, 0.75]], 3: [[0.2, 0.3, 0.5], [0.6, 0.2, 0.2]]}
    return {
        "values": [rng.choice([rng.randint(-6, 10), rng.randint(-60, 100) / 10]) for _ in range(rng.randint(1, 6))],
        "weights": rng.choice(weights[count]),
        "means": [rng.randint(-3, 8) for _ in range(count)],
        "variances": [rng.choice([1, 0.5, 2, 4, 0.25]) for _ in range(count)],
    }


def edges() -> list[dict[str, Any]]:
    return [
        {"values": [0, 1], "weights": [0.5, 0.5], "means": [0, 1], "variances": [1, 1]},
        {"values": [100, -100, 2], "weights": [0.5, 0.5], "means": [0, 3], "variances": [1, 1]},
        {"values": [5], "weights": [0.2, 0.8], "means": [5, 5], "variances": [1, 9]},
        {"values": [1, 2, 4], "weights": [1], "means": [0], "variances": [2]},
    ]


def refusals() -> list[dict[str, Any]]:
    base: dict[str, Any] = {"values": [0, 1], "weights": [0.5, 0.5], "means": [0, 1], "variances": [1, 1]}
    return [
        {**base, "weights": [0.5, 0.6]},
        {**base, "variances": [1, 0]},
        {**base, "means": [0]},
        {**base, "variances": [1, 1, 1]},
        {**base, "weights": [1, 0]},
        {**base, "weights": [1.5, -0.5]},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import numpy as np
    from scipy.special import logsumexp
    from scipy.stats import norm
    from sklearn.mixture import GaussianMixture

    x, w, m, v = (np.array(inputs[name], float) for name in ("values", "weights", "means", "variances"))
    if not len(w) == len(m) == len(v) or abs(w.sum() - 1) > 1e-6 or (w < 0).any() or (v <= 0).any():
        raise ValueError("parameters")
    with np.errstate(divide="ignore"):
        joint = np.log(w) + norm.logpdf(x[:, None], m, np.sqrt(v))
    shares = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    if (shares.sum(axis=0) == 0).any():
        raise ValueError("empty component")
    means = np.array([np.average(x, weights=column) for column in shares.T])
    variances = np.array(
        [np.average((x - mean) ** 2, weights=column) for mean, column in zip(means, shares.T, strict=True)]
    )
    if (w > 0).all():
        mixture = GaussianMixture(len(w), covariance_type="diag")
        mixture.weights_, mixture.means_, mixture.covariances_ = w, m[:, None], v[:, None]
        mixture.precisions_cholesky_ = 1 / np.sqrt(v)[:, None]
        assert np.allclose(mixture.predict_proba(x[:, None]), shares)
    return {
        "responsibilities": shares.tolist(),
        "weights": shares.mean(axis=0).tolist(),
        "means": [0.0 if abs(mean) < 1e-13 else float(mean) for mean in means],
        "variances": [float(each) if each > 1e-24 else 0.0 for each in variances],
    }
