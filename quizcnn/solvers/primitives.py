"""Arithmetic that several families and the network tables share, per axis or per layer. Integers stay exact."""

from __future__ import annotations


def conv_size(n: int, k: int, s: int, p: int, d: int) -> int:
    """Output size of a convolution on one axis: floor((n + 2p - d(k-1) - 1)/s) + 1 (torch.nn.Conv2d)."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1
