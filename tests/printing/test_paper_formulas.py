"""Formulas as trees for the template: the signs and numbers of each formula are all there, in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from quizcnn.printing.mathematics import Node, read_formula
from tests.printing.sample_paper import FORMULAS

KINDS = {"row", "i", "n", "o", "op", "t", "big", "sp", "frac", "stack", "binom", "sqrt", "root", "att", "acc", "lr", "mat", "cases", "overline", "underline", "overbrace", "underbrace"}  # fmt: skip
LATEX = yaml.safe_load((Path(__file__).parents[1] / "figures" / "formulas.yaml").read_text(encoding="utf-8"))


def _nodes(value: object) -> list[Node]:
    if isinstance(value, list):
        return [node for each in value for node in _nodes(each)]
    if isinstance(value, dict):
        return [value, *(node for each in value.values() for node in _nodes(each))]
    return []


def _signs(tree: Node | None) -> str:
    return "".join(str(node["s"]) for node in _nodes(tree) if "s" in node and node["k"] != "acc")


@pytest.mark.parametrize("entry", LATEX, ids=lambda entry: str(entry["id"]))
def test_the_formulas_of_the_terminal_have_trees(entry: dict[str, str]) -> None:
    tree = read_formula(entry["latex"])
    nodes = _nodes(tree)
    assert {node["k"] for node in nodes} <= KINDS
    letters = re.sub(r"\\(?:text|mathrm|begin|end|left|right|bigl|bigr|tfrac|frac|sqrt|mathbb|hat|bar)(?![a-z])|\\[,!;]|\{(?:cases|pmatrix|bmatrix)\}", " ", entry["latex"])  # fmt: skip
    digits = re.sub(r"\D", "", re.sub(r"\\mathbb\{1\}", "", entry["latex"]))
    assert "".join(char for char in _signs(tree) if char.isascii() and char.isdigit()) == digits
    for name in re.findall(r"(?<![\\A-Za-z])([A-Z])(?![A-Za-z])", letters):
        assert name in _signs(tree) or name == "E"


def _kinds(latex: str) -> list[str]:
    return [str(node["k"]) for node in _nodes(read_formula(latex))]


@pytest.mark.parametrize(
    ("latex", "kinds"),
    [
        (r"\frac{a}{b}", ["frac", "i", "i"]),
        (r"x_i^2", ["att", "i", "i", "n"]),
        (r"\sqrt{x}", ["sqrt", "i"]),
        (r"\sqrt[3]{x}", ["root", "i", "n"]),
        (r"\hat{x}", ["acc", "i"]),
        (r"\bar{x}", ["acc", "i"]),
        (r"\vec{x}", ["acc", "i"]),
        (r"\overline{ab}", ["overline", "row", "i", "i"]),
        (r"\binom{n}{k}", ["binom", "i", "i"]),
        (r"\begin{cases} x & y \\ z & w \end{cases}", ["cases", "i", "i", "i", "i"]),
        (r"\begin{pmatrix} a \\ b \end{pmatrix}", ["mat", "i", "i"]),
        (r"25{,}088", ["row", "n", "n", "n"]),
        (r"\mathrm{IoU}", ["t"]),
        (r"\operatorname{softmax}", ["op"]),
        (r"\left(\frac{a}{b}\right)", ["lr", "row", "o", "frac", "i", "i", "o"]),
    ],
)
def test_kinds(latex: str, kinds: list[str]) -> None:
    assert _kinds(latex) == kinds


def test_brackets_of_matrices() -> None:
    assert [(read_formula(rf"\begin{{{name}}} a \end{{{name}}}") or {})["d"] for name in ("pmatrix", "bmatrix")] == ["(", "["]  # fmt: skip


def test_minus_is_a_minus_and_functions_are_upright() -> None:
    assert _signs(read_formula("a - b")) == "a−b"
    assert (read_formula(r"\log") or {})["k"] == "op"
    assert (read_formula(r"\max_i x") or {})["k"] == "row"


@pytest.mark.parametrize("latex", FORMULAS, ids=range(len(FORMULAS)))
def test_hostile_formulas_are_trees_of_known_kinds_or_none(latex: str) -> None:
    tree = read_formula(latex)
    assert tree is None or {node["k"] for node in _nodes(tree)} <= KINDS
    assert "\u202e" not in _signs(tree)
    assert "\u0007" not in _signs(tree)
