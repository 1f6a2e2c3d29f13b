"""Arithmetic that several families and the network tables share, per axis or per layer. Integers stay exact."""

from __future__ import annotations

from quizcnn.solvers.inputs import Refusal

MAX_BITS = 66_000
"""Length of the largest product that is worked out, some 20,000 digits."""


def conv_size(n: int, k: int, s: int, p: int, d: int) -> int:
    """Output size of a convolution on one axis: floor((n + 2p - d(k-1) - 1)/s) + 1 (torch.nn.Conv2d)."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


def conv_size_up(n: int, k: int, s: int, p: int, d: int) -> int:
    """The same with the last step rounded up: ceil((n + 2p - d(k-1) - 1)/s) + 1."""
    return ceil_div(n + 2 * p - d * (k - 1) - 1, s) + 1


def spread_kernel(k: int, d: int) -> int:
    """Pixels that a kernel covers once its taps are d apart: d(k-1) + 1, the effective kernel size."""
    return d * (k - 1) + 1


def pool_size(n: int, k: int, s: int, p: int, d: int, ceil_mode: bool) -> int:
    """Output size of pooling on one axis (torch.nn.MaxPool2d).

    With ``ceil_mode`` the last step is rounded up, unless its window would start beyond the input and its left padding.
    """
    if not ceil_mode:
        return conv_size(n, k, s, p, d)
    out = conv_size_up(n, k, s, p, d)
    return out - 1 if (out - 1) * s >= n + p else out


def transposed_size(n: int, k: int, s: int, p: int, extra: int, d: int) -> int:
    """Output size of a transposed convolution on one axis: (n-1)s - 2p + d(k-1) + extra + 1 (torch.nn.ConvTranspose2d)."""
    return (n - 1) * s - 2 * p + d * (k - 1) + extra + 1


def same_size(n: int, s: int) -> int:
    """Output size under "same" padding: ceil(n/s) (TensorFlow, Keras)."""
    return ceil_div(n, s)


def same_padding(n: int, k: int, s: int, d: int, out: int) -> int:
    """Pixels that "same" padding adds in all for ``out`` outputs: max((out-1)s + d(k-1) + 1 - n, 0)."""
    return max((out - 1) * s + d * (k - 1) + 1 - n, 0)


def conv_weights(in_channels: int, out_channels: int, kernel: tuple[int, int], groups: int = 1) -> int:
    """Weights of a convolution: out * (in/groups) * kh * kw."""
    return out_channels * (in_channels // groups) * kernel[0] * kernel[1]


def attention_weights(embed_dim: int, projections: int, bias: bool) -> int:
    """Parameters of so many square projections of multi-head attention: d^2 each, and d with bias."""
    return projections * (embed_dim * embed_dim + (embed_dim if bias else 0))


def grow_field(field: int, jump: int, k: int, d: int) -> int:
    """Receptive field after a layer, from that before it: r + d(k-1)*jump (jump before the layer)."""
    return field + d * (k - 1) * jump


def bytes_of(elements: int, bits: int) -> int:
    """Whole bytes that so many numbers of so many bits fill: ceil(elements*bits/8)."""
    return ceil_div(elements * bits, 8)


def ceil_div(top: int, bottom: int) -> int:
    """ceil(top/bottom), exact at any size."""
    return -(-top // bottom)


def check_groups(in_channels: int, out_channels: int, groups: int) -> None:
    """Refuse groups that do not divide both channel counts."""
    names = [name for name, count in (("in_channels", in_channels), ("out_channels", out_channels)) if count % groups]
    if names:
        raise Refusal(f"groups must divide {' and '.join(names)}", "groups", *names)
