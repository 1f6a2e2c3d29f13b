"""The ring played through: reduce-scatter, then all-gather, in chunks whose bytes are counted where they leave a device."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any


def draw(rng: random.Random) -> dict[str, Any]:
    inputs: dict[str, Any] = {
        "devices": rng.choice([1, 2, 3, 4, 8, 16, rng.randint(1, 20)]),
        "parameters": rng.choice([1, 1000, 61706, 11689512, 25557032, rng.randint(1, 10**9)]),
    }
    if rng.random() < 0.6:
        inputs["bits"] = rng.choice([1, 4, 8, 16, 32, 64])
    return inputs


def edges() -> list[dict[str, Any]]:
    return [
        {"devices": 1, "parameters": 5},
        {"devices": 2, "parameters": 3, "bits": 1},
        {"devices": 4, "parameters": 25557032},
    ]


def refusals() -> list[dict[str, Any]]:
    return [
        {"devices": 0, "parameters": 5},
        {"devices": 2, "parameters": 0},
        {"devices": 2, "parameters": 5, "bits": 0},
    ]


def oracle(inputs: dict[str, Any]) -> dict[str, Any]:
    devices, parameters, bits = inputs["devices"], inputs["parameters"], inputs.get("bits", 32)
    if min(devices, parameters, bits) < 1:
        raise ValueError("nothing there")
    size = (parameters * bits + 7) // 8
    chunk = Fraction(size, devices)
    sums = [[{device} for _ in range(devices)] for device in range(devices)]  # whose gradients a device's chunk holds
    sent = [Fraction() for _ in range(devices)]

    def pass_on(chunk_of: Any) -> None:
        moving = [(device, chunk_of(device), set(sums[device][chunk_of(device)])) for device in range(devices)]
        for device, part, content in moving:
            sent[device] += chunk
            sums[(device + 1) % devices][part] |= content

    while not all(any(len(parts[c]) == devices for parts in sums) for c in range(devices)):
        round_ = max(len(held) for parts in sums for held in parts) - 1
        pass_on(lambda device, r=round_: (device - r) % devices)
    round_ = 0
    while not all(len(held) == devices for parts in sums for held in parts):
        pass_on(lambda device, r=round_: (device + 1 - r) % devices)
        round_ += 1
    if len(set(sent)) != 1:
        raise ValueError("uneven")
    return {"gradient_bytes": size, "sent_per_device": sent[0], "total_sent": int(sum(sent))}
