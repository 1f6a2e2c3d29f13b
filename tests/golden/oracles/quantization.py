"""torch.quantize_per_tensor with the scale and zero point of the definition where 8 bits hold it and no half decides; decimals at 50 digits."""

from __future__ import annotations

import random
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    low, high = sorted(rng.choice([rng.randint(-80, 80) / 10, rng.randint(-9, 9)]) for _ in range(2))
    found: dict[str, Any] = {
        "minimum": low,
        "maximum": high,
        "value": round(rng.uniform(1.3 * low - 0.5, 1.3 * high + 0.5), rng.choice([1, 2])),
    }
    if rng.random() < 0.45:
        found["bits"] = rng.choice([2, 4, 6, 16])
    if rng.random() < 0.45:
        found["scheme"] = "symmetric"
    return found if low or high else draw(rng)


def edges() -> list[dict[str, Any]]:
    return [
        {"minimum": -1, "maximum": 1, "value": 0},
        {"minimum": 2, "maximum": 6, "value": 3},
        {"minimum": -6, "maximum": -2, "value": -3},
        {"minimum": 0, "maximum": 255, "value": 2.5},
        {"minimum": 0, "maximum": 255, "value": 3.5},
        {"minimum": -1, "maximum": 3, "value": 10},
        {"minimum": -127, "maximum": 50, "value": -0.5, "scheme": "symmetric"},
        {"minimum": 0, "maximum": 1, "value": 0.5, "bits": 1},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"minimum": 1, "maximum": 0, "value": 0},
        {"minimum": 0, "maximum": 0, "value": 0},
        {"minimum": -1, "maximum": 1, "value": 0, "bits": 0},
        {"minimum": -1, "maximum": 1, "value": 0, "bits": 1, "scheme": "symmetric"},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    from decimal import ROUND_HALF_EVEN, Decimal, localcontext

    import torch

    with localcontext() as context:
        context.prec = 50
        low, high, value = (Decimal(str(inputs[name])) for name in ("minimum", "maximum", "value"))
        bits, symmetric = inputs.get("bits", 8), inputs.get("scheme", "affine") == "symmetric"
        if low > high or not (low or high) or bits < 1 or (symmetric and bits < 2):
            raise ValueError("range or bits")
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
        most = 2 ** (bits - 1) - 1 if symmetric else 2**bits - 1
        span, least = (max(-low, high), -most) if symmetric else (high - low, 0)
        scale = span / most
        # Multiplied before it is divided, so that a half stays a half.
        zero = 0 if symmetric else int((-low * most / span).quantize(Decimal(1), ROUND_HALF_EVEN))
        place = value * most / span
        quantized = min(most, max(least, int(place.quantize(Decimal(1), ROUND_HALF_EVEN)) + zero))
        if bits == 8 and abs(abs(place % 1) - Decimal("0.5")) > Decimal("1e-4"):
            kind = torch.qint8 if symmetric else torch.quint8
            found = int(torch.quantize_per_tensor(torch.tensor(float(value)), float(scale), zero, kind).int_repr())
            assert found == quantized or (symmetric and found == -128)
        return {
            "scale": float(scale),
            "zero_point": zero,
            "quantized": quantized,
            "dequantized": float((quantized - zero) * scale),
        }
