"""Formulas in two dimensions: drawings made by hand, every symbol there, every line as wide as it says, hostile input."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizcnn.figures.boxes import draw_formula, fit_formula, formula_box
from quizcnn.text import display_width

FORMULAS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "formulas.yaml").read_text(encoding="utf-8"))

PICTURES = {
    r"\left\lfloor \frac{n - k}{s} \right\rfloor + 1": """
⎢n − k⎥
⎢─────⎥ + 1
⎣  s  ⎦
""",
    r"p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}": """
        zᵢ
       e
pᵢ = ───────
      K   zⱼ
      Σ  e
     j=1
""",
    r"\sqrt{\frac{a+b}{2}} + \sqrt{x+y} + \sqrt{2}": """
 ┌─────
 │a + b    _____
 │───── + √x + y + √2
╲│  2
""",
    r"f(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}": """
       ⎧x   x > 0
f(x) = ⎨
       ⎩0   otherwise
""",
    r"\begin{bmatrix} 1 & 20 \\ 3 & 4 \end{bmatrix}^2": """
⎡1  20⎤²
⎢     ⎥
⎣3  4 ⎦
""",
    r"y_{o,i} = b_o + \hat{x}\,\overline{ab}": """
              __
y    = bₒ + x̂ ab
 o,i
""",
    r"-\frac{1}{\frac{1}{2}}": """
   1
− ───
   1
   ─
   2
""",
    r"\underbrace{a + b}_{n} + \int_0^1 f": """
        1
a + b + ∫ f
╰─┬─╯   0
  n
""",
    r"\text{召回率} = \frac{TP}{\text{正例数}}": """
           TP
召回率 = ──────
         正例数
""",
    r"\left.\frac{a}{b}\right|_{x=0}": """
a│
─│
b│ₓ₌₀
""",
}


@pytest.mark.parametrize("latex", PICTURES)
def test_formula_as_drawn_by_hand(latex: str) -> None:
    assert draw_formula(latex, 60) == tuple(PICTURES[latex].strip("\n").split("\n"))


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: str(formula["id"]))
def test_every_formula_is_a_box_in_cells(formula: dict[str, Any], ascii_only: bool) -> None:
    box = formula_box(formula["latex"], ascii=ascii_only)
    assert box is not None
    assert all(display_width(line) == box.width for line in box.lines)
    assert 0 <= box.baseline < box.height
    assert not ascii_only or all(line.isascii() for line in box.lines)


def test_formula_without_room_is_its_line_wrapped() -> None:
    latex = r"y = \frac{a}{b} + \frac{c}{d}"
    assert draw_formula(latex, 13) == ("    a   c", "y = ─ + ─", "    b   d")
    assert draw_formula(latex, 8) == ("y = a/b", "+ c/d")
    assert draw_formula(r"a + b", 80) == ("a + b",)


HOSTILE = ["", "{" * 3000, r"\frac" * 900, "x^" * 400, "(" * 900, r"\sqrt" * 20 + "x", r"\left( x", "\x1b[31m", "}"]


@pytest.mark.parametrize("latex", HOSTILE, ids=[str(index) for index in range(len(HOSTILE))])
def test_hostile_latex_is_drawn_without_backslash(latex: str) -> None:
    for width in (1, 40):
        assert all("\\" not in line for line in draw_formula(latex, width))


def test_formulas_side_by_side_go_below_each_other_where_it_is_narrow() -> None:
    latex = r"P = \frac{a}{b + c}, \qquad R = \frac{a}{d} = \frac{2a}{2d} = 4"
    picture = """
      a
P = ─────,
    b + c

    a   2a
R = ─ = ── = 4
    d   2d
"""
    assert draw_formula(latex, 14) == tuple(picture.strip("\n").split("\n"))
    picture = """
      a
P = ─────,
    b + c

    a
R = ─
    d

    2a
  = ──
    2d

  = 4
"""
    assert draw_formula(latex, 10) == tuple(picture.strip("\n").split("\n"))
    assert draw_formula(latex, 9)[0] == "P = a/(b"


class Leaves:
    """Random LaTeX of every construct, and the letters and digits that it must show."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.shown: Counter[str] = Counter()

    def make(self, depth: int) -> str:
        if depth == 0 or self.draw.random() < 0.15:
            return self.leaf()
        return str(getattr(self, self.draw.choice(CONSTRUCTS))(depth - 1))

    def leaf(self) -> str:
        text = self.draw.choice([*"abcdnxyzCKLN", *"123", r"\alpha ", r"\text{感受野}", r"\mathrm{out}"])
        self.shown.update({r"\alpha ": "α", r"\text{感受野}": "感受野", r"\mathrm{out}": "out"}.get(text, text))
        return text

    def fraction(self, depth: int) -> str:
        return rf"\frac{{{self.make(depth)}}}{{{self.make(depth)}}}"

    def root(self, depth: int) -> str:
        return rf"\sqrt{{{self.make(depth)}}}"

    def sum(self, depth: int) -> str:
        return f"{self.make(depth)} + {self.make(depth)}"

    def product(self, depth: int) -> str:
        return rf"{self.make(depth)} \cdot {self.make(depth)}"

    def brackets(self, depth: int) -> str:
        left, right = self.draw.choice(["()", "[]", "||", (r"\lfloor", r"\rfloor"), (r"\{", r"\}"), (r"\|", r"\|")])
        return rf"\left{left} {self.make(depth)} \right{right}"

    def scripts(self, depth: int) -> str:
        base = rf"\left({self.make(depth)}\right)" if self.draw.random() < 0.5 else "x"
        self.shown.update("x" if base == "x" else "")
        return f"{base}_{{{self.make(depth)}}}^{{{self.make(depth)}}}"

    def big(self, depth: int) -> str:
        sign = self.draw.choice([r"\sum", r"\prod", r"\int"])
        return rf"{sign}_{{{self.make(0)} = {self.make(depth)}}}^{{{self.make(depth)}}} {self.make(depth)}"

    def matrix(self, depth: int) -> str:
        cells = [self.make(depth) for _ in range(4)]
        return rf"\begin{{bmatrix}} {cells[0]} & {cells[1]} \\ {cells[2]} & {cells[3]} \end{{bmatrix}}"

    def cases(self, depth: int) -> str:
        cells = [self.make(depth) for _ in range(4)]
        self.shown["0"] += 2
        return rf"\begin{{cases}} {cells[0]} & {cells[1]} > 0 \\ {cells[2]} & {cells[3]} \le 0 \end{{cases}}"

    def braced(self, depth: int) -> str:
        return rf"\underbrace{{{self.make(depth)}}}_{{{self.make(depth)}}}"

    def barred(self, depth: int) -> str:
        return rf"\overline{{{self.make(depth)} + {self.make(0)}}}"


CONSTRUCTS = ["fraction", "root", "sum", "product", "brackets", "scripts", "big", "matrix", "cases", "braced", "barred"]
SIGNS_OF_NO_LEAF = set("ΣΠ∏∫")


def letters(lines: tuple[str, ...]) -> Counter[str]:
    """Letters and digits of a drawing, raised and lowered ones as what they stand for, signs that are letters left out."""
    found = unicodedata.normalize("NFKC", "".join(lines))
    return Counter(char for char in found if char.isalnum() and char not in SIGNS_OF_NO_LEAF)


def random_formulas(count: int) -> Iterator[tuple[str, Counter[str]]]:
    for seed in range(count):
        leaves = Leaves(random.Random(seed))
        latex = leaves.make(3)
        yield latex, leaves.shown


def test_boxes_of_random_formulas_lose_no_symbol() -> None:
    drawn = 0
    for latex, shown in random_formulas(1500):
        box = formula_box(latex)
        if box is None:
            continue
        assert all(display_width(line) == box.width for line in box.lines), latex
        assert 0 <= box.baseline < box.height, latex
        assert letters(box.lines) == shown, latex
        drawn += 1
    assert drawn > 1400


def test_random_formulas_in_any_room_are_within_it() -> None:
    for latex, shown in random_formulas(300):
        for width in (12, 30, 60):
            lines = draw_formula(latex, width)
            assert all(display_width(line) <= width for line in lines), latex
            assert "\\" not in "".join(lines)
            box = fit_formula(latex, width)
            assert box is None or letters(box.lines) == shown
