"""Formulas in two dimensions: drawings made by hand, every symbol there, every line as wide as it says, hostile input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from quizcnn.figures.boxes import draw_formula, formula_box
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
