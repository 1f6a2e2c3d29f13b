"""What torch.nn.init hands to the random generator; the other moment of a uniform distribution by scipy.stats."""

from __future__ import annotations

import random
from typing import Any

SCHEMES = ("xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal", "pytorch_default")


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "scheme": rng.choice(SCHEMES),
        "fan_in": rng.choice((rng.randint(1, 64), 9 * rng.randint(1, 512), rng.randint(1, 4096))),
        "fan_out": rng.choice((rng.randint(1, 64), 9 * rng.randint(1, 512), rng.randint(1, 4096))),
    }
    if rng.random() < 0.5:
        inputs["mode"] = rng.choice(("fan_in", "fan_out", "fan_out"))
    if rng.random() < 0.5:
        inputs["negative_slope"] = rng.choice((0.01, 0.1, 0.2, 0.25, 0.3, 1, -0.5))
    return inputs


def edges() -> list[dict[str, Any]]:
    return [{"scheme": scheme, "fan_in": 1, "fan_out": 1} for scheme in SCHEMES]


def refusals() -> list[dict[str, Any]]:
    return [{"scheme": "orthogonal", "fan_in": 3, "fan_out": 4}, {"scheme": "xavier_normal", "fan_in": 0, "fan_out": 0}]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    import scipy.stats

    name, first, second = handed_over(inputs)
    if name == "normal_":
        return {"std": second, "bound": None}
    return {"std": float(scipy.stats.uniform(first, second - first).std()), "bound": second}


def handed_over(inputs: dict[str, Any]) -> tuple[str, float, float]:
    """Name and arguments of the first call to ``uniform_`` or ``normal_``."""
    from unittest.mock import patch

    import torch

    calls: list[tuple[str, float, float]] = []

    def recorder(name: str) -> Any:
        def record(tensor: Any, first: float, second: float, **_: Any) -> Any:
            calls.append((name, float(first), float(second)))
            return tensor

        return record

    with (
        patch.object(torch.Tensor, "uniform_", recorder("uniform_")),
        patch.object(torch.Tensor, "normal_", recorder("normal_")),
    ):
        initialise(inputs)
    return calls[0]


def initialise(inputs: dict[str, Any]) -> None:
    import torch

    scheme, fans = inputs["scheme"], (inputs["fan_out"], inputs["fan_in"])
    if scheme == "pytorch_default":
        torch.nn.Linear(inputs["fan_in"], inputs["fan_out"], device="meta")
        return
    weight = torch.empty(fans, device="meta")
    if scheme.startswith("xavier"):
        getattr(torch.nn.init, f"{scheme}_")(weight)
        return
    mode, slope = inputs.get("mode", "fan_in"), inputs.get("negative_slope", 0)
    getattr(torch.nn.init, f"{scheme}_")(weight, a=slope, mode=mode, nonlinearity="leaky_relu")
