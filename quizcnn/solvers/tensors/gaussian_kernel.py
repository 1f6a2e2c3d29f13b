"""The weights of a Gaussian blur (Gonzalez & Woods 2018, section 3.5; cv2.getGaussianKernel)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Refusal, Size, refuse_work
from quizcnn.solvers.notation import given, line, matrix_line, near
from quizcnn.text import Text

Matrix = tuple[tuple[float, ...], ...]
TITLE = Text("Gaussian kernel", "高斯卷积核")
CONVENTION = Text(
    "exp(−(x² + y²)/(2σ²)) from the centre, scaled to sum 1; σ = 0 stands for 0.3·((k − 1)/2 − 1) + 0.8, OpenCV's rule.",
    "以中心为原点取 exp(−(x² + y²)/(2σ²))，归一化使和为 1；σ = 0 表示 0.3·((k − 1)/2 − 1) + 0.8，即 OpenCV 的规则。",
)
SIGMA = Text("σ in use", "实际使用的 σ")
KERNEL = Text("kernel", "卷积核")
STEPS = {
    "sigma": Text("σ from the size", "由尺寸定 σ"),
    "given": Text("σ as given", "给定的 σ"),
    "row": Text("one axis: exponentials from the edge to the centre", "单个方向：从边缘到中心的指数值"),
    "sum": Text("their sum along the whole axis", "整个方向上的和"),
    "kernel": Text("products of both axes over the squared sum", "两个方向相乘，再除以和的平方"),
}
MISTAKES = {
    "unnormalized": (
        Text("does not scale the kernel to sum 1", "没有归一化"),
        Text("Weights that sum to more than 1 would brighten the image.", "权重之和大于 1 会使图像变亮。"),
    ),
    "variance_for_sigma": (
        Text("takes σ for σ²", "把 σ 当成了 σ²"),
        Text("The exponent divides by 2σ², the variance.", "指数里除的是 2σ²，即方差。"),
    ),
}  # fmt: skip
MOST_WEIGHTS = 10**6


class GaussianInputs(Inputs):
    """An odd kernel_size; sigma 0 is chosen by the size."""

    kernel_size: Size
    sigma: NonNegative = 0.0

    @model_validator(mode="after")
    def _is_odd(self) -> GaussianInputs:
        if self.kernel_size % 2 == 0:
            raise Refusal("must be odd, so that there is a centre", "kernel_size")
        refuse_work(self.kernel_size**2, "kernel_size", most=MOST_WEIGHTS)
        return self


def sigma_of(i: GaussianInputs) -> float:
    return i.sigma or (3 * ((i.kernel_size - 1) / 2 - 1) + 8) / 10


def axis(i: GaussianInputs, variance: float) -> list[float]:
    half = i.kernel_size // 2
    return [
        math.exp(-(place**2) / (2 * variance)) if variance else float(place == 0) for place in range(-half, half + 1)
    ]


def kernel(i: GaussianInputs, variance: float, *, scaled: bool = True) -> Matrix:
    weights = axis(i, variance)
    whole = math.fsum(weights) if scaled else 1.0
    shares = [weight / whole for weight in weights]
    return tuple(tuple(a * b for b in shares) for a in shares)


def solve(i: GaussianInputs) -> Outputs:
    sigma = sigma_of(i)
    return {"sigma": sigma, "kernel": kernel(i, sigma**2)}


def steps(i: GaussianInputs) -> Sequence[Step]:
    sigma, half = sigma_of(i), i.kernel_size // 2
    latex = given(i.sigma) if i.sigma else rf"0.3 \cdot (\frac{{{i.kernel_size}-1}}{{2}}-1)+0.8"
    first = Step(STEPS["given" if i.sigma else "sigma"], line(r"\sigma", latex, sigma), sigma)
    weights = axis(i, sigma**2)
    row = ", ".join(near(weight) for weight in weights[: half + 1]) if half < 6 else r"\dots, 1"
    shown = Step(STEPS["row"], rf"w \approx [{row}]", None)
    whole = math.fsum(weights)
    terms = "+".join(near(weight, 6) for weight in weights) if half < 5 else ""
    added = Step(STEPS["sum"], line("Z", terms, whole, rough=True), whole if terms and half else None)
    found = kernel(i, sigma**2)
    return [
        *lead_to([first], "sigma"),
        *lead_to([first, shown, added, Step(STEPS["kernel"], matrix_line("K", found), found)], "kernel"),
    ]


FAMILY = Family(
    id="gaussian_kernel",
    title=TITLE,
    inputs=GaussianInputs,
    outputs={"sigma": Output("real", SIGMA), "kernel": Output("matrix", KERNEL, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "unnormalized": lambda i: {"kernel": kernel(i, sigma_of(i) ** 2, scaled=False)},
            "variance_for_sigma": lambda i: {"kernel": kernel(i, sigma_of(i))},
        },
    ),
    symbols={"kernel_size": "k", "sigma": r"\sigma"},
)
