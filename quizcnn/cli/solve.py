"""``quizcnn solve``: the calculator."""

from __future__ import annotations

from typing import Any

import click

from quizcnn.cli.options import answer_lines, global_options, globals_of, write_json
from quizcnn.errors import UsageError

DEFAULTS = {"en": "by default: ", "zh": "默认值："}
MOST_VALUE = 30
"""Columns of values beside which the outputs are named in a column."""


@click.command()
@click.argument("family", required=False)
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--steps", is_flag=True, help="Show the worked steps.")
@click.option("--latex", is_flag=True, help="Print the worked steps as LaTeX.")
@click.option("--batch", is_flag=True, help='Read {"family", "inputs"} lines, answer {"outputs"} or {"error"} lines.')
@global_options
def command(family: str | None, inputs: tuple[str, ...], steps: bool, latex: bool, batch: bool) -> None:
    """Solve a family for given inputs: NAME=VALUE, names as short as they are clear; a bare 3x224x224 is the input's size.

    \b
    quizcnn solve conv2d_output_shape in_height=56 in_width=56 kernel_size=3 stride=2 padding=1 --steps
    quizcnn solve conv2d_output_shape 224x224 k=3x5 s=2
    quizcnn solve conv2d_parameters in_channels=64 out_channels=128 k=3 --latex
    echo '{"family": "box_iou", "inputs": {"a": [0,0,4,4], "b": [2,2,6,6]}}' | quizcnn solve --batch
    """
    if batch:
        answer_lines(solve_line)
    elif not family:
        raise UsageError("no family given", mend="`quizcnn families` lists them")
    else:
        _print(family, inputs, steps, latex)


def solve_line(given: dict[str, Any]) -> dict[str, Any]:
    """The outputs of one batch line as JSON."""
    from quizcnn.solvers.base import get_family
    from quizcnn.solvers.values import to_json

    if not isinstance(given.get("family"), str):
        raise UsageError('"family" must name a family')
    outputs = get_family(given["family"]).answer(given.get("inputs", {}))
    return {"outputs": {name: to_json(value) for name, value in outputs.items()}}


def _print(name: str, words: tuple[str, ...], steps: bool, latex: bool) -> None:
    from quizcnn.services.calculator import defaults_of, read_words
    from quizcnn.solvers.base import get_family
    from quizcnn.solvers.values import to_json

    options = globals_of()
    family, lang = get_family(name), options.lang or "en"
    given = read_words(family, words)
    read = family.read(given)
    outputs = family.solve_checked(read)
    worked = family.steps_to(read, tuple(outputs)) if steps or latex else ()
    defaults = defaults_of(read, given)
    if options.json:
        result: dict[str, Any] = {"family": name, "outputs": {key: to_json(value) for key, value in outputs.items()}}
        result["defaults"] = {key: to_json(value) for key, value in defaults.items()}
        write_json(result | ({"steps": steps_json(worked, lang)} if worked else {}))
        return
    if latex:
        for step in worked:
            click.echo(f"% {step.caption[lang]}\n\\[ {step.latex} \\]")
        return
    _write(family, outputs, worked, defaults, lang)


def _write(family: Any, outputs: Any, worked: Any, defaults: dict[str, Any], lang: Any) -> None:
    from quizcnn.figures.mathematics import one_line
    from quizcnn.solvers.values import format_value
    from quizcnn.text import display_width, pad

    for step in worked:
        click.echo(f"  {step.caption[lang]}: {one_line(step.latex)}")
    width = max(len(key) for key in outputs)
    shown = {key: format_value(value) for key, value in outputs.items()}
    column = max(display_width(value) for value in shown.values())
    for key, value in shown.items():
        click.echo(
            f"{key:<{width}}  {pad(value, column) if column < MOST_VALUE else value}  {family.outputs[key].label[lang]}"
        )
    if defaults:
        click.echo(f"{DEFAULTS[lang]}{', '.join(f'{key} {_short(value)}' for key, value in defaults.items())}")


def _short(value: Any) -> str:
    """A default as it is typed: a pair of equal numbers is one number."""
    from quizcnn.solvers.values import format_value

    if isinstance(value, tuple) and value and len(set(value)) == 1:
        value = value[0]
    return value if isinstance(value, str) else format_value(value)


def steps_json(steps: Any, lang: Any) -> list[dict[str, Any]]:
    """Worked steps as ``[{caption, latex, value}]``."""
    from quizcnn.solvers.values import to_json

    return [{"caption": step.caption[lang], "latex": step.latex, "value": to_json(step.value)} for step in steps]
