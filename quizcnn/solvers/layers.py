"""The layers of a network as data, and what each does to a map: its output, its trainable parameters, its multiply-accumulates.

Names and defaults are those of torch.nn. A map is channels x height x width; ``flatten`` and ``linear`` leave height = width = 1.
Integers stay exact. A layer that does not fit its input is refused by the name of the argument (``kernel_size``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator

from quizcnn.solvers.inputs import CountPair, Inputs, Refusal, Size, SizePair
from quizcnn.solvers.primitives import check_groups, conv_size, conv_weights, pool_size, transposed_size

Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Map:
    """A feature map of one image: channels, and pixels per axis (height, width)."""

    channels: int
    height: int = 1
    width: int = 1

    @property
    def size(self) -> Pair:
        return self.height, self.width

    @property
    def elements(self) -> int:
        return self.channels * self.height * self.width

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W)."""
        return self.channels, self.height, self.width


@dataclass(frozen=True, slots=True)
class Cost:
    """Trainable parameters, kept apart by what they are, and multiply-accumulates of one image without bias additions."""

    weights: int = 0
    biases: int = 0
    norms: int = 0
    macs: int = 0

    @property
    def parameters(self) -> int:
        return self.weights + self.biases + self.norms


Reach: TypeAlias = tuple[tuple[int, int, int], tuple[int, int, int]] | None
"""Per axis kernel size, stride and dilation; None where every output sees the whole map."""
POINT: Reach = ((1, 1, 1), (1, 1, 1))


class _Layer(Inputs):
    """Base: keeps the map, costs nothing, sees one pixel."""

    def output(self, given: Map) -> Map:
        """The map after the layer; ``Refusal`` naming the argument where it does not fit."""
        return given

    def cost(self, given: Map) -> Cost:
        return Cost()

    def reach(self, given: Map) -> Reach:
        return POINT


class Conv(_Layer):
    """torch.nn.Conv2d."""

    type: Literal["conv"]
    out_channels: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)
    groups: Size = 1
    bias: bool = True

    def output(self, given: Map) -> Map:
        check_groups(given.channels, self.out_channels, self.groups)
        sizes = []
        for n, k, s, p, d in zip(given.size, self.kernel_size, self.stride, self.padding, self.dilation, strict=True):
            if d * (k - 1) >= n + 2 * p:
                raise Refusal(f"the kernel covers {d * (k - 1) + 1} pixels, the padded input has {n + 2 * p}", "kernel_size")  # fmt: skip
            sizes.append(conv_size(n, k, s, p, d))
        return Map(self.out_channels, *sizes)

    def cost(self, given: Map) -> Cost:
        out, weights = (
            self.output(given),
            conv_weights(given.channels, self.out_channels, self.kernel_size, self.groups),
        )
        return Cost(weights, self.out_channels if self.bias else 0, macs=weights * out.height * out.width)

    def reach(self, given: Map) -> Reach:
        (kh, kw), (sh, sw), (dh, dw) = self.kernel_size, self.stride, self.dilation
        return (kh, sh, dh), (kw, sw, dw)


class ConvTranspose(_Layer):
    """torch.nn.ConvTranspose2d; multiply-accumulates are counted by input pixel."""

    type: Literal["conv_transpose"]
    out_channels: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    output_padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)
    groups: Size = 1
    bias: bool = True

    def output(self, given: Map) -> Map:
        check_groups(given.channels, self.out_channels, self.groups)
        sizes = []
        for n, k, s, p, extra, d in zip(given.size, self.kernel_size, self.stride, self.padding, self.output_padding, self.dilation, strict=True):  # fmt: skip
            if extra >= max(s, d):
                raise Refusal(f"must be smaller than stride or dilation, not {extra}", "output_padding")
            size = transposed_size(n, k, s, p, extra, d)
            if size < 1:
                raise Refusal(f"the output would have {size} pixels", "padding")
            sizes.append(size)
        return Map(self.out_channels, *sizes)

    def cost(self, given: Map) -> Cost:
        weights = conv_weights(given.channels, self.out_channels, self.kernel_size, self.groups)
        return Cost(weights, self.out_channels if self.bias else 0, macs=weights * given.height * given.width)


class Pool(_Layer):
    """torch.nn.MaxPool2d and AvgPool2d; ``stride`` defaults to ``kernel_size``."""

    type: Literal["pool"]
    mode: Literal["max", "avg"] = "max"
    kernel_size: SizePair
    stride: SizePair | None = None
    padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)
    ceil_mode: bool = False

    def output(self, given: Map) -> Map:
        sizes = []
        if self.mode == "avg" and self.dilation != (1, 1):
            raise Refusal("average pooling has no dilation", "dilation", "mode")
        for n, k, s, p, d in zip(given.size, self.kernel_size, self.steps, self.padding, self.dilation, strict=True):
            if p > k // 2:
                raise Refusal(f"may be at most half the kernel, {k // 2}, not {p}", "padding", "kernel_size")
            size = pool_size(n, k, s, p, d, self.ceil_mode)
            if size < 1:
                raise Refusal(f"the window covers {d * (k - 1) + 1} pixels, the padded input has {n + 2 * p}", "kernel_size")  # fmt: skip
            sizes.append(size)
        return Map(given.channels, *sizes)

    @property
    def steps(self) -> Pair:
        return self.stride or self.kernel_size

    def reach(self, given: Map) -> Reach:
        (kh, kw), (sh, sw), (dh, dw) = self.kernel_size, self.steps, self.dilation
        return (kh, sh, dh), (kw, sw, dw)


class AdaptivePool(_Layer):
    """torch.nn.AdaptiveAvgPool2d and AdaptiveMaxPool2d."""

    type: Literal["adaptive_pool"]
    output_size: SizePair
    mode: Literal["max", "avg"] = "avg"

    def output(self, given: Map) -> Map:
        return Map(given.channels, *self.output_size)

    def reach(self, given: Map) -> Reach:
        if self.output_size == given.size:
            return POINT
        if any(n % out for n, out in zip(given.size, self.output_size, strict=True)):
            return None
        (high, wide), (down, across) = given.size, self.output_size
        return (
            None
            if self.output_size == (1, 1)
            else ((high // down, high // down, 1), (wide // across, wide // across, 1))
        )


class BatchNorm(_Layer):
    """torch.nn.BatchNorm2d: gamma and beta are trained, the running statistics are not."""

    type: Literal["batchnorm"]

    def cost(self, given: Map) -> Cost:
        return Cost(norms=2 * given.channels)


class Activation(_Layer):
    type: Literal["activation", "dropout"]


class Flatten(_Layer):
    type: Literal["flatten"]

    def output(self, given: Map) -> Map:
        return Map(given.elements)

    def reach(self, given: Map) -> Reach:
        return POINT if given.size == (1, 1) else None


class Linear(_Layer):
    """torch.nn.Linear on everything that the map holds."""

    type: Literal["linear"]
    out_features: Size
    bias: bool = True

    def output(self, given: Map) -> Map:
        return Map(self.out_features)

    def cost(self, given: Map) -> Cost:
        weights = given.elements * self.out_features
        return Cost(weights, self.out_features if self.bias else 0, macs=weights)

    def reach(self, given: Map) -> Reach:
        return POINT if given.size == (1, 1) else None


Layer: TypeAlias = Annotated[
    Conv | ConvTranspose | Pool | AdaptivePool | BatchNorm | Activation | Flatten | Linear, Discriminator("type")
]
