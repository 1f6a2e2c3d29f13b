"""Shape, strides and place in memory of a permuted tensor (torch.Tensor.permute and stride; a view, nothing is copied)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Integer, Many, Refusal, Size, refuse_work
from quizcnn.solvers.latex import row
from quizcnn.solvers.notation import products
from quizcnn.solvers.primitives import MAX_BITS
from quizcnn.solvers.values import Value, whole
from quizcnn.text import Text

TITLE = Text("Shape and strides of a permuted tensor", "张量换轴后的形状与步长")
CONVENTION = Text(
    "A contiguous PyTorch tensor, then permute(dims) where it is given; strides and offset count elements, axes and indices from 0.",
    "PyTorch 的连续张量，给出 dims 时再做 permute(dims)；步长和偏移以元素计，轴和下标从 0 数起。",
)
OUTPUTS = {
    "out_shape": Output("list", Text("shape after permute", "permute 之后的形状")),
    "strides": Output("list", Text("strides after permute", "permute 之后的步长")),
    "offset": Output("integer", Text("place in memory (elements from 0)", "在内存中的位置（从 0 数起的元素序号）")),
}
STEPS = {
    "shape": Text("axis dims[i] comes to place i", "第 dims[i] 个轴放到第 i 位"),
    "same_shape": Text("without permute the shape stays", "没有 permute，形状不变"),
    "contiguous": Text(
        "strides of the contiguous tensor: the product of the sizes after each axis",
        "连续张量的步长：该轴之后各维大小之积",
    ),
    "strides": Text("each axis takes its stride along", "每个轴带着自己的步长换位"),
    "offset": Text("index times stride, summed over the axes", "各轴下标乘步长，再相加"),
}
MISTAKES = {
    "inverse_permutation": (
        Text("permutes the other way round", "换轴方向弄反了"),
        Text("dims[i] says which old axis comes to place i: here {dims}.", "dims[i] 说的是第 i 位放原来的哪个轴，这里是 {dims}。"),
    ),
    "strides_as_contiguous": (
        Text("takes strides as if the data had been copied", "按复制成连续内存之后的步长计算"),
        Text("permute only relabels the axes; the data stay where they are until contiguous() copies them.", "permute 只换轴的标号，调用 contiguous() 之前数据不动。"),
    ),
    "first_axis_fastest": (
        Text("lets the first axis run fastest", "以为第一个轴变化最快"),
        Text("In a contiguous PyTorch tensor the last axis has stride 1.", "PyTorch 连续张量里，最后一个轴的步长是 1。"),
    ),
}  # fmt: skip


class PermuteInputs(Inputs):
    """Sizes of the axes; ``dims[i]`` is the axis that comes to place i; ``index`` is that of one element afterwards."""

    shape: Many[Size]
    dims: Many[Integer] | None = None
    index: Many[Count] | None = None

    @model_validator(mode="after")
    def _agrees(self) -> PermuteInputs:
        axes = len(self.shape)
        bits = sum(n.bit_length() for n in self.shape)
        refuse_work(axes * (1 + bits // 32), "shape")
        if bits > MAX_BITS:
            raise Refusal("the tensor has too many elements", "shape")
        for name, given in (("dims", self.dims), ("index", self.index)):
            if given is not None and len(given) != axes:
                raise Refusal(f"{name} has {len(given)} entries, shape has {axes}", name, "shape")
        if self.dims is not None and sorted(self.dims) != list(range(axes)):
            raise Refusal(f"must hold each of 0 to {axes - 1} once", "dims")
        if self.index is not None and any(
            at >= n for at, n in zip(self.index, pick(self.shape, order(self)), strict=True)
        ):
            raise Refusal("lies outside the permuted shape", "index", "shape")
        return self


def order(i: PermuteInputs) -> tuple[int, ...]:
    return i.dims if i.dims is not None else tuple(range(len(i.shape)))


def pick(values: Sequence[int], dims: Sequence[int]) -> tuple[int, ...]:
    return tuple(values[axis] for axis in dims)


def contiguous(shape: Sequence[int]) -> tuple[int, ...]:
    """Strides in elements where the last axis runs fastest."""
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= size
    return tuple(reversed(strides))


def place(i: PermuteInputs, strides: Sequence[int]) -> int | None:
    return None if i.index is None else sum(at * step for at, step in zip(i.index, strides, strict=True))


def viewed(i: PermuteInputs, strides: Sequence[int]) -> Outputs:
    """Strides, and what follows from them."""
    offset = place(i, strides)
    return {"strides": tuple(strides)} | ({} if offset is None else {"offset": offset})


def solve(i: PermuteInputs) -> Outputs:
    return {
        "out_shape": pick(i.shape, order(i)),
        "offset": None,
        **viewed(i, pick(contiguous(i.shape), order(i))),
    }


def steps(i: PermuteInputs) -> Sequence[Step]:
    found, dims = solve(i), order(i)
    base = contiguous(i.shape)
    strides = pick(base, dims)
    shape = Step(STEPS["shape" if i.dims else "same_shape"], f"n' = {row(pick(i.shape, dims))}", found["out_shape"])
    first = Step(STEPS["contiguous"], f"s = {row(base)}", base)
    lines = [first, Step(STEPS["strides"], f"s' = {row(strides)}", strides)] if i.dims else [first]
    found_steps = [*lead_to([shape], "out_shape"), *lead_to(lines, "strides")]
    if i.index is None:
        return found_steps
    summed = products(list(zip(i.index, strides, strict=True)))
    line = rf"\sum i_a s_a = {f'{summed} = ' if summed else ''}{found['offset']}"
    return [*found_steps, *lead_to([*lines, Step(STEPS["offset"], line, found["offset"])], "offset")]


def _inverse(i: PermuteInputs) -> Outputs:
    back = sorted(range(len(i.shape)), key=order(i).__getitem__)
    return {"out_shape": pick(i.shape, back), **viewed(i, pick(contiguous(i.shape), back))}


def _copied(i: PermuteInputs) -> Outputs:
    return viewed(i, contiguous(pick(i.shape, order(i))))


def _first_fastest(i: PermuteInputs) -> Outputs:
    return viewed(i, pick(contiguous(i.shape[::-1])[::-1], order(i)))


def _offset(i: PermuteInputs, own: Outputs) -> Value:
    strides = own["strides"]
    return place(i, [whole(step) for step in strides]) if isinstance(strides, tuple) else None


FAMILY = Family(
    id="tensor_permute",
    title=TITLE,
    inputs=PermuteInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "inverse_permutation": lambda i: _inverse(i) if i.dims else {},
            "strides_as_contiguous": lambda i: _copied(i) if i.dims else {},
            "first_axis_fastest": _first_fastest,
        },
    ),
    follow={"offset": _offset},
    symbols={"shape": "n", "index": "i"},
)
