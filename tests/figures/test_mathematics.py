"""One-line mathematics: lines written by hand, values computed again, brackets never lost, hostile input."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from line_evaluation import RAISED, evaluate
from write_formulas import PAGE, make_page

from quizcnn.figures.mathematics import Span, faults, inline, one_line, split
from quizcnn.grading.reading.arithmetic import compile_node
from quizcnn.grading.reading.formula import read_formula
from quizcnn.grading.reading.syntax import FUNCTIONS as TYPED_FUNCTIONS
from quizcnn.grading.reading.syntax import MAX_LENGTH, parse

FORMULAS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "formulas.yaml").read_text(encoding="utf-8"))
EXPRESSIONS = [formula for formula in FORMULAS if formula.get("expression")]

MEANINGS: dict[str, Callable[..., float]] = {
    "conv-size": lambda n, p, d, k, s: math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1,
    "transposed-size": lambda n, s, p, d, k, o: (n - 1) * s - 2 * p + d * (k - 1) + o + 1,
    "same-size": lambda n, s: math.ceil(n / s),
    "conv-parameters": lambda c_out, c_in, g, k_h, k_w: c_out * (c_in / g * k_h * k_w + 1),
    "separable-ratio": lambda c_out, k: 1 / c_out + 1 / k**2,
    "bce": lambda y, p: -(y * math.log(p) + (1 - y) * math.log(1 - p)),
    "focal": lambda alpha, p, gamma: -alpha * (1 - p) ** gamma * math.log(p),
    "f-beta": lambda beta, p, r: (1 + beta**2) * p * r / (beta**2 * p + r),
    "mcc": lambda tp, tn, fp, fn: (tp * tn - fp * fn) / math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
    "batch-norm": lambda gamma, x, mu, sigma, eps, beta: gamma * (x - mu) / math.sqrt(sigma**2 + eps) + beta,
    "positional": lambda pos, i, d: math.sin(pos / 10000 ** (2 * i / d)),
    "adam": lambda theta, eta, m, b1, t, v, b2, eps: (
        theta - eta * (m / (1 - b1**t)) / (math.sqrt(v / (1 - b2**t)) + eps)
    ),
    "cosine-schedule": lambda low, high, t, end: low + 0.5 * (high - low) * (1 + math.cos(math.pi * t / end)),
    "he-init": lambda a, n: math.sqrt(2 / ((1 + a**2) * n)),
    "sigmoid-nested": lambda x: 1 / (1 + 1 / (1 + math.exp(-x))),
    "gelu": lambda x: 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
    "gaussian": lambda sigma, x, y: 1 / (2 * math.pi * sigma**2) * math.exp(-(x**2 + y**2) / (2 * sigma**2)),
}
"""What the LaTeX of each expression means, its arguments in the order of the table's variables."""


def ids(formulas: list[dict[str, Any]]) -> list[str]:
    return [formula["id"] for formula in formulas]


@pytest.mark.parametrize("formula", FORMULAS, ids=ids(FORMULAS))
def test_formula_on_one_line(formula: dict[str, Any]) -> None:
    assert one_line(formula["latex"]) == formula["one_line"]


@pytest.mark.parametrize("formula", EXPRESSIONS, ids=ids(EXPRESSIONS))
def test_line_has_the_value_of_the_formula(formula: dict[str, Any]) -> None:
    line = one_line(formula["latex"]).rpartition(" = ")[2]
    draw = random.Random(formula["id"])
    for _ in range(50):
        values = {name: draw.uniform(0.05, 0.95) for name in formula["variables"]}
        assert evaluate(line, values) == pytest.approx(MEANINGS[formula["id"]](*values.values()), rel=1e-12)


PARSER_LACKS = {"positional": "sin", "cosine-schedule": "cos", "gelu": "tanh"}
"""Expressions with a function that typed formulas do not have."""


def as_typed(line: str, names: list[str]) -> str:
    """The line as a learner would type it: plain names v0, v1 ..., ``^`` for raised signs, functions with brackets."""
    for name in sorted(names, key=len, reverse=True):
        line = re.sub(
            rf"(?<![A-Za-z_]){re.escape(name)}" if name.isalpha() else re.escape(name), f" v{names.index(name)} ", line
        )
    for sign, function in (("⌊", "floor("), ("⌋", ")"), ("⌈", "ceil("), ("⌉", ")"), ("√(", " sqrt("), ("π", " pi ")):
        line = line.replace(sign, function)
    line = re.sub("[" + "".join(RAISED) + "]+", lambda run: "^(" + "".join(RAISED[sign] for sign in run[0]) + ")", line)
    for name in names:  # a raised name
        line = re.sub(rf"(?<=[(−]){name}(?=\))", f" v{names.index(name)} ", line) if name.isascii() else line
    line = re.sub(r"log +(v\d+)", r"log(\1)", line)
    return re.sub(
        r"(?<=[0-9)]) +(?=v|log|pi|sqrt)|(?<=[0-9]) +(?=\()|(?<=pi) +(?=v)",
        "*",
        line.translate(str.maketrans("·−", "*-")),
    )


@pytest.mark.parametrize("formula", EXPRESSIONS, ids=ids(EXPRESSIONS))
def test_line_is_read_by_the_parser_of_typed_formulas(formula: dict[str, Any]) -> None:
    line = one_line(formula["latex"]).rpartition(" = ")[2]
    if formula["id"] in PARSER_LACKS:
        assert PARSER_LACKS[formula["id"]] not in TYPED_FUNCTIONS
        return
    names = formula["variables"]
    read = compile_node(parse(as_typed(line, names), implicit=True))
    draw = random.Random(formula["id"])
    for _ in range(20):
        drawn = [Fraction(draw.randint(5, 95), 100) for _ in names]
        value = read({f"v{index}": number for index, number in enumerate(drawn)})
        assert float(value) == pytest.approx(MEANINGS[formula["id"]](*map(float, drawn)), rel=1e-9)


def test_every_expression_has_a_meaning() -> None:
    assert {formula["id"] for formula in EXPRESSIONS} == set(MEANINGS)


@pytest.mark.parametrize("formula", FORMULAS, ids=ids(FORMULAS))
def test_line_in_ascii(formula: dict[str, Any]) -> None:
    assert one_line(formula["latex"], ascii=True).isascii()


LINES = [
    (r"\left\lfloor \frac{81}{2} \right\rfloor+1 = 40+1 = 41", "⌊81/2⌋ + 1 = 40 + 1 = 41"),
    (r"n+2p-7 = 80+2 \cdot 4-7 = 81", "n + 2p − 7 = 80 + 2 · 4 − 7 = 81"),
    (r"\frac12 x", "1/2 · x"),
    (r"x\frac{a}{b}", "x · a/b"),
    (r"\frac{-b}{2a}", "(−b)/(2a)"),
    (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
    (r"a/\frac{b}{c}", "a/(b/c)"),
    (r"{\frac{a}{b}}^2", "(a/b)²"),
    (r"\frac{1}{d(k-1)}", "1/(d(k − 1))"),
    (r"\frac{P(x)}{Q(x)}", "P(x)/Q(x)"),
    (r"\frac{\partial^2 f}{\partial x \partial y}", "∂²f/(∂x∂y)"),
    (r"\frac{dL}{dx}", "dL/dx"),
    (r"\sigma(x)(1-\sigma(x))", "σ(x) · (1 − σ(x))"),
    (r"\sqrt{2}x", "√2 · x"),
    (r"\sqrt{x}^2", "(√x)²"),
    (r"\sqrt{x^2}", "√(x²)"),
    (r"\sqrt[3]{x} + \sqrt[n]{x+1}", "∛x + (x + 1)^(1/n)"),
    (r"\binom{n}{k}", "(n choose k)"),
    (r"36{,}992 \text{ params}", "36,992 params"),
    (r"|x| + \|w\|_2^2", "|x| + ‖w‖₂²"),
    (r"p(y|x)", "p(y | x)"),
    (r"\arg\max_c p_c", "arg max_c p_c"),
    (r"\int_0^1 f(x)\,dx", "∫₀¹ f(x) dx"),
    (r"\mathbb{E}[\ell(\mathbf{x})]", "E[ℓ(x)]"),
    (r"x_{ij} + x_{i,j} + x_{out}", "xᵢⱼ + x_(i,j) + x_out"),
    (r"e^{x}(1+y) + e^{\gamma}(1+y)", "eˣ(1 + y) + e^γ (1 + y)"),
    (r"TP \cdot P R", "TP · P·R"),
    (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a = b; c = d"),
    (r"\begin{bmatrix}1 & 0\\0 & 1\end{bmatrix}^{-1}", "[[1, 0], [0, 1]]⁻¹"),
    (r"\begin{pmatrix}1\\2\end{pmatrix}^T", "([1, 2]ᵀ)ᵀ"),
    (r"\begin{cases} 1 & \text{if } x>0 \\ 0 & \text{若 } x \le 0\end{cases}", "{1 if x > 0; 0 若 x ≤ 0}"),
    (r"\frac{\text{correct predictions}}{n}", "(correct predictions)/n"),
    (r"[0, 1)", "[0, 1)"),
    (r"\left.\frac{dy}{dx}\right|_{x=0}", "dy/dx|ₓ₌₀"),
    (r"a \not= b", "a ≠ b"),
    (r"a \bmod b", "a mod b"),
    (r"\hat{x}_i + \bar{x} + \overline{ab}", "x̂ᵢ + x̄ + bar(ab)"),
    (r"\underbrace{a+b}_{\text{sum}}", "(a + b)_sum"),
    (r"x_1, \dots, x_n", "x₁, …, xₙ"),
    (r"-\frac{1}{N}\sum_i \log p_i", "−1/N · Σᵢ log pᵢ"),
    (r"\text{参数量} = 64 \times 3", "参数量 = 64 × 3"),
    (r"f'(x) + W'_{same}", "f′(x) + W′_same"),
    (r"\frac{TP(t)}{TP(t)+FP(t)}", "TP(t)/(TP(t) + FP(t))"),
    (r"1 - yf(x)", "1 − y f(x)"),
    (r"\frac{\max-\min}{\max}", "(max − min)/max"),
    (r"\min\tfrac12\|w\|^2", "min 1/2 · ‖w‖²"),
    (r"x[c][2i+1] \mathrel{+}= w", "x[c][2i + 1] + = w"),
    (r"x\ (x > 0)", "x (x > 0)"),
    (r"H^{-1}\nabla f(x_t)", "H⁻¹ ∇f(xₜ)"),
    (r"x\,\mathrm{ReLU6}(x)", "x ReLU6(x)"),
    (r"D_{KL} + L_{aux1} + P_{fc}", "D_KL + L_aux1 + P_fc"),
]


@pytest.mark.parametrize(("latex", "line"), LINES)
def test_line(latex: str, line: str) -> None:
    assert one_line(latex) == line


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\left\lfloor \frac{n}{s} \right\rfloor + 1", "floor(n/s) + 1"),
        (r"64 \times 3 \cdot 3", "64 by 3 * 3"),
        (r"\frac12 \alpha x_i^2", "1/2 * alpha x_i^2"),
        (r"\sqrt{\hat\mu}", "sqrt(mu_hat)"),
        (r"\sum_{i=1}^{K} \Sigma", "sum_(i=1..K) Sigma"),
        (r"W^\top x \le 3", "W^T x <= 3"),
        (r"\text{参数量} = 64", "参数量 = 64"),
    ],
)
def test_ascii_line(latex: str, line: str) -> None:
    assert one_line(latex, ascii=True) == line


def test_page_of_formulas_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == make_page(), "run python tests/figures/write_formulas.py"


class Tree:
    """A random expression with its LaTeX and its value; products are written without a sign where LaTeX allows it."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.values = {name: round(draw.uniform(0.2, 0.9), 3) for name in ("x", "y", "α", "σ")}

    def make(self, depth: int) -> tuple[str, float]:
        if depth == 0 or self.draw.random() < 0.1:
            name = self.draw.choice([*self.values, "2", "0.5"])
            latex = {"α": r"\alpha ", "σ": r"\sigma "}.get(name, name)
            return latex, self.values[name] if name in self.values else float(name)
        return getattr(
            self,
            self.draw.choice(
                ["add", "times", "over", "power", "negative", "root", "grouped", "applied", "slash", "rounded"]
            ),
        )(depth - 1)

    def add(self, depth: int) -> tuple[str, float]:
        (a, left), (b, right) = self.make(depth), self.grouped(depth)
        return (f"{a} + {b}", left + right) if self.draw.random() < 0.5 else (f"{a} - {b}", left - right)

    def grouped(self, depth: int) -> tuple[str, float]:
        latex, value = self.make(depth)
        left, right = self.draw.choice([("(", ")"), (r"\left(", r"\right)"), (r"\bigl(", r"\bigr)")])
        return f"{left}{latex}{right}", value

    def times(self, depth: int) -> tuple[str, float]:
        (a, left), (b, right) = self.factor(depth), self.factor(depth)
        sign = self.draw.choice(["", r"\,", r"\cdot ", r"\times "])
        return a + (r"\cdot " if not sign and b[0].isdigit() else sign) + b, left * right

    def factor(self, depth: int) -> tuple[str, float]:
        return getattr(self, self.draw.choice(["grouped", "over", "power", "root"]))(depth)

    def over(self, depth: int) -> tuple[str, float]:
        (a, top), (b, bottom) = self.make(depth), self.make(depth)
        return rf"\frac{{{a}}}{{{b}}}", top / bottom

    def slash(self, depth: int) -> tuple[str, float]:
        (a, top), (b, bottom) = self.factor(depth), self.factor(depth)
        return f"{a}/{b}", top / bottom

    def power(self, depth: int) -> tuple[str, float]:
        base, value = self.grouped(depth)
        exponent, by = self.draw.choice(
            [("2", 2.0), ("{-1}", -1.0), (r"{\frac{2}{1}}", 2.0), ("{(1+1)}", 2.0), ("{1+1}", 2.0)]
        )
        return f"{base}^{exponent}", value**by

    def negative(self, depth: int) -> tuple[str, float]:
        latex, value = self.grouped(depth)
        return f"-{latex}", -value

    def root(self, depth: int) -> tuple[str, float]:
        latex, value = self.make(depth)
        return rf"\sqrt{{{latex}}}", math.sqrt(value)

    def rounded(self, depth: int) -> tuple[str, float]:
        latex, value = self.make(depth)
        left, right, round_to = self.draw.choice(
            [(r"\left\lfloor ", r"\right\rfloor ", math.floor), (r"\lceil ", r"\rceil ", math.ceil)]
        )
        return f"{left}{latex}{right}", float(round_to(value))

    def applied(self, depth: int) -> tuple[str, float]:
        latex, value = self.over(depth) if self.draw.random() < 0.5 else self.grouped(depth)
        return rf"\exp{latex}", math.exp(value)


TYPED_NAMES = {"α": "alpha", "σ": "sigma"}


def random_expressions(count: int) -> Iterator[tuple[str, float, dict[str, float]]]:
    """LaTeX of trees with a finite value, the value, and those of the names."""
    for seed in range(count):
        tree = Tree(random.Random(seed))
        try:
            latex, value = tree.make(4)
        except (ZeroDivisionError, ValueError, OverflowError):
            continue
        if not isinstance(value, complex) and 1e-6 < abs(value) < 1e6:
            yield latex, value, tree.values


def test_no_bracket_is_lost_in_random_expressions() -> None:
    """Trees of fractions, roots, powers, rounding and products: the line has the tree's value."""
    compared = 0
    for latex, value, values in random_expressions(3000):
        line = one_line(latex)
        assert evaluate(line, values) == pytest.approx(value, rel=1e-6), f"{latex} became {line}"
        compared += 1
    assert compared > 1000


@pytest.mark.parametrize("ascii_only", [False, True])
def test_line_typed_as_an_answer_has_the_value_of_the_formula(ascii_only: bool) -> None:
    """What is shown can be typed: the learner's own reader gives the random line, as it stands, the tree's value."""
    compared = 0
    for latex, value, values in random_expressions(2000):
        line = one_line(latex, ascii=ascii_only)
        if len(line) > MAX_LENGTH or (ascii_only and "by" in line):
            continue
        names = {TYPED_NAMES.get(name, name) if ascii_only else name: number for name, number in values.items()}
        read = read_formula(line, tuple(names)).at(names)
        assert read is not None, line
        assert float(read) == pytest.approx(value, rel=1e-6), f"{latex} became {line}"
        compared += 1
    assert compared > 500


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"costs $2^{10}$ now", "costs 2¹⁰ now"),
        (r"a \$5 bill and `$x$` and $x_1$", "a $5 bill and `$x$` and x₁"),
        (r"from $5 to $6", "from $5 to $6"),
        (r"$$\frac{a}{b}$$ alone", "a/b alone"),
        (r"``a ` $x$`` $\alpha$", "``a ` $x$`` α"),
        (r"取 $k_{\text{eff}}$ 个", "取 k_eff 个"),
        ("no formula", "no formula"),
        (r"$\text{a \$ b}$", "a $ b"),
    ],
)
def test_inline(text: str, shown: str) -> None:
    assert inline(text) == shown


def test_split_keeps_order_and_kind() -> None:
    assert split(r"see `a` then $x$.") == (
        Span("text", "see "),
        Span("code", "`a`"),
        Span("text", " then "),
        Span("math", "x"),
        Span("text", "."),
    )


HOSTILE = [
    "{" * 5000 + "}" * 5000,
    r"\frac" * 2000,
    r"\frac \frac \frac \frac" * 60 + "x",
    "x^" * 900,
    r"\left(" * 300,
    "(" * 1900,
    "|" * 1999,
    r"\begin{matrix}" * 100,
    "a" * 10_000,
    r"\def\a{\a\a}\a",
    r"\newcommand{\a}{\a\a}\a",
    r"\hat " * 400 + "x",
    "$" * 999,
    r"\unknowncommand{x",
    r"\frac{1",
    "}",
    "",
    "\\",
    "\\\\" * 500,
    r"\text{<b>&amp;</b>}",
    "\x00\x1b[31m",
]


@pytest.mark.parametrize("latex", HOSTILE, ids=[str(index) for index in range(len(HOSTILE))])
def test_hostile_latex_comes_back_without_backslash(latex: str) -> None:
    assert "\\" not in one_line(latex)
    assert isinstance(inline(f"${latex}$"), str)
    assert isinstance(faults(latex), tuple)


def test_unknown_command_is_shown_by_name_and_reported() -> None:
    assert one_line(r"\fooo x") == "fooo x"
    assert faults(r"\fooo x") == (r"\fooo is not known",)
    assert faults(r"\frac{1") == ("a fraction or script lacks a part",)
    assert faults(r"\left( x")[0].startswith("the formula cannot be parsed")
    assert all(faults(formula["latex"]) == () for formula in FORMULAS)


def test_broken_latex_keeps_its_words() -> None:
    assert one_line(r"\left( \alpha + 1") == "left ( alpha + 1"
