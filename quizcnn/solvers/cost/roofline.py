"""The least time of a piece of work on hardware with a peak and a bandwidth (Williams et al. 2009, the roofline model)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Real, Size
from quizcnn.solvers.notation import given, is_exact, line, near
from quizcnn.solvers.values import Value, exact, rational
from quizcnn.text import Text

TITLE = Text("Roofline model", "Roofline 模型")
CONVENTION = Text(
    "flops and bytes are those of one whole batch, peak_flops and bandwidth are per second; computing and moving overlap, so the longer of the two times counts. Bound by computing at intensity ≥ ridge point.",
    "flops 和 bytes 指整批的计算量与访存量，peak_flops 和 bandwidth 按每秒计；计算与访存可以重叠，取两者中较长的时间。计算强度 ≥ 拐点时受计算限制。",
)
OUTPUTS = {
    "intensity": Output("real", Text("arithmetic intensity (FLOP per byte)", "计算强度（FLOP/字节）")),
    "ridge_point": Output("real", Text("ridge point (FLOP per byte)", "拐点（FLOP/字节）")),
    "compute_time": Output("real", Text("time for computing (s)", "计算时间（秒）"), ("s", "秒")),
    "memory_time": Output("real", Text("time for moving data (s)", "访存时间（秒）"), ("s", "秒")),
    "time": Output("real", Text("least time (s)", "最短时间（秒）"), ("s", "秒")),
    "fps": Output("real", Text("images per second", "每秒图像数"), ("fps", "FPS", "帧/秒")),
    "bound": Output("word", Text("bound by (compute or memory)", "受限于（compute 计算 / memory 访存）")),
}
STEPS = {
    "intensity": Text("work for each byte moved", "每搬运一个字节所做的计算"),
    "ridge": Text("what the hardware can do for each byte", "硬件每个字节能做的计算"),
    "compute": Text("time at peak", "按峰值算力所需的时间"),
    "memory": Text("time at full bandwidth", "按满带宽所需的时间"),
    "time": Text("both at once: the longer one", "两者同时进行：取较长的"),
    "fps": Text("images of the batch in that time", "该时间内处理整批图像"),
    "bound_compute": Text("intensity at or above the ridge point: bound by computing", "强度不低于拐点：受计算限制"),
    "bound_memory": Text("intensity below the ridge point: bound by memory", "强度低于拐点：受访存限制"),
}
MISTAKES = {
    "adds_times": (
        Text("adds both times", "把两个时间相加"),
        Text("Computing and moving data overlap, so only the longer one counts.", "计算与访存同时进行，只算较长的。"),
    ),
    "takes_the_shorter": (
        Text("takes the shorter time", "取了较短的时间"),
        Text("The work is done only when the slower of the two is.", "较慢的一方完成，工作才算完成。"),
    ),
    "intensity_inverted": (
        Text("divides bytes by FLOPs", "用字节数除以 FLOPs"),
        Text("Intensity is work per byte: flops divided by bytes.", "计算强度是每字节的计算量：flops 除以 bytes。"),
    ),
    "fps_forgets_batch": (
        Text("counts the batch as one image", "把整批当成一张图"),
        Text("One pass handles {batch_size} images.", "一次前向处理 {batch_size} 张图。"),
    ),
}
Positive = Annotated[Real, Field(gt=0)]


class RooflineInputs(Inputs):
    """Operations and bytes of a batch, operations and bytes a second, images of the batch."""

    flops: NonNegative
    bytes: Positive
    peak_flops: Positive
    bandwidth: Positive
    batch_size: Size = 1


def times(i: RooflineInputs) -> tuple[Fraction, Fraction]:
    """Seconds of computing and of moving data."""
    return exact(i.flops) / exact(i.peak_flops), exact(i.bytes) / exact(i.bandwidth)


def intensity(i: RooflineInputs) -> Fraction:
    return exact(i.flops) / exact(i.bytes)


def ridge(i: RooflineInputs) -> Fraction:
    return exact(i.peak_flops) / exact(i.bandwidth)


def bound_of(i: RooflineInputs, found: Fraction) -> str:
    return "compute" if found >= ridge(i) else "memory"


def paced(i: RooflineInputs, time: Fraction) -> dict[str, Value]:
    """Time and what follows from it."""
    return {"time": float(time), "fps": float(i.batch_size / time)}


def solve(i: RooflineInputs) -> Outputs:
    computing, moving = times(i)
    return {
        "intensity": float(intensity(i)),
        "ridge_point": float(ridge(i)),
        "compute_time": float(computing),
        "memory_time": float(moving),
        **paced(i, max(computing, moving)),
        "bound": bound_of(i, intensity(i)),
    }


def steps(i: RooflineInputs) -> Sequence[Step]:
    found, edge, computing, moving = (float(value) for value in (intensity(i), ridge(i), *times(i)))
    time = max(times(i))
    rate, least = float(i.batch_size / time), float(time)
    bound = bound_of(i, intensity(i))
    first = Step(STEPS["intensity"], line("I", _over(i.flops, i.bytes), found), found)
    second = Step(STEPS["ridge"], line("R", _over(i.peak_flops, i.bandwidth), edge), edge)
    third = Step(STEPS["compute"], line("t_c", _over(i.flops, i.peak_flops), computing), computing)
    fourth = Step(STEPS["memory"], line("t_m", _over(i.bytes, i.bandwidth), moving), moving)
    longer = rf"\max({near(computing)}, {near(moving)})"
    fifth = Step(STEPS["time"], line("t", longer, least, rough=not is_exact(computing, moving)), least)
    sixth = Step(
        STEPS["fps"], line("f", rf"\frac{{{i.batch_size}}}{{{near(least)}}}", rate, rough=not is_exact(least)), rate
    )
    relation = r"I \ge R" if bound == "compute" else "I < R"
    last = Step(STEPS[f"bound_{bound}"], relation, bound)
    return [
        *lead_to([first], "intensity"),
        *lead_to([second], "ridge_point"),
        *lead_to([third], "compute_time"),
        *lead_to([fourth], "memory_time"),
        *lead_to([third, fourth, fifth], "time"),
        *lead_to([third, fourth, fifth, sixth], "fps"),
        *lead_to([first, second, last], "bound"),
    ]


def _over(top: float, bottom: float) -> str:
    return rf"\frac{{{given(top)}}}{{{given(bottom)}}}"


def _inverted(i: RooflineInputs) -> Mapping[str, Value]:
    found = exact(i.bytes) / exact(i.flops)
    return {"intensity": float(found), "bound": bound_of(i, found)}


def _without_batch(i: RooflineInputs) -> Mapping[str, Value]:
    return {"fps": float(1 / max(times(i)))} if i.batch_size > 1 else {}


FAMILY = Family(
    id="roofline",
    title=TITLE,
    inputs=RooflineInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "adds_times": lambda i: paced(i, sum(times(i), Fraction())),
            "takes_the_shorter": lambda i: paced(i, min(times(i))),
            "intensity_inverted": _inverted,
            "fps_forgets_batch": _without_batch,
        },
    ),
    follow={
        "time": lambda i, own: float(max(rational(own["compute_time"]), rational(own["memory_time"]))),
        "fps": lambda i, own: float(i.batch_size / rational(own["time"])),
        "bound": lambda i, own: "compute" if rational(own["intensity"]) >= rational(own["ridge_point"]) else "memory",
    },
    symbols={"flops": "F", "bytes": "Q", "peak_flops": "P", "bandwidth": "B", "batch_size": "N"},
)
