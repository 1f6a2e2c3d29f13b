"""Placeholders: literals in code, formatted numbers in prose, nothing inside mathematics."""

from __future__ import annotations

from quizcnn.bank.templates import placeholders
from quizcnn.generation.prompt import fill_one

VALUES = {"n": 25088, "rate": 0.1, "bias": True, "box": [0, -20, 40, 60], "x": -3, "small": 1e-08, "wide": 12345.678}


def test_code_takes_literals_and_prose_takes_formatted_numbers() -> None:
    assert (
        fill_one("`nn.Linear({n}, 10, bias={bias})` has {n} inputs", VALUES)
        == "`nn.Linear(25088, 10, bias=True)` has 25,088 inputs"
    )


def test_a_real_is_shown_whole() -> None:
    assert fill_one("{rate} {wide} {small} {x}", VALUES) == "0.1 12,345.678 1e-08 −3"


def test_lists_keep_their_brackets() -> None:
    assert fill_one("A = {box}, `{box}`", VALUES) == "A = [0, −20, 40, 60], `[0, -20, 40, 60]`"


def test_mathematics_keeps_its_braces() -> None:
    assert fill_one(r"$\frac{n}{x}$ of {n}", VALUES) == r"$\frac{n}{x}$ of 25,088"
    assert placeholders(r"$\frac{n}{x}$ of {rate}") == ("rate",)


def test_an_unknown_name_stays() -> None:
    assert fill_one("{nobody}", VALUES) == "{nobody}"


def test_a_table_of_layers() -> None:
    layers = [{"kernel_size": 3, "stride": 2}, {"kernel_size": 5, "stride": 1}]
    table = fill_one("{layers:table}", {"layers": layers})
    assert table.strip().splitlines() == [
        "| # | `kernel_size` | `stride` |",
        "|---|---|---|",
        "| 1 | 3 | 2 |",
        "| 2 | 5 | 1 |",
    ]


def test_a_table_of_branches_numbers_each_layer_by_both() -> None:
    branches = [[{"kernel_size": 1}], [{"kernel_size": 1, "stride": 2}, {"kernel_size": 5}]]
    assert fill_one("{branches:table}", {"branches": branches}).strip().splitlines() == [
        "| # | `kernel_size` | `stride` |",
        "|---|---|---|",
        "| 1.1 | 1 | – |",
        "| 2.1 | 1 | 2 |",
        "| 2.2 | 5 | – |",
    ]
