"""``quizcnn solve``: the calculator."""

from __future__ import annotations

from typing import Any

import click

from quizcnn.cli.options import answer_lines, global_options, globals_of, write_json
from quizcnn.errors import UsageError


@click.command()
@click.argument("family", required=False)
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--steps", is_flag=True, help="Show the worked steps.")
@click.option("--batch", is_flag=True, help='Read {"family", "inputs"} lines, answer {"outputs"} or {"error"} lines.')
@global_options
def command(family: str | None, inputs: tuple[str, ...], steps: bool, batch: bool) -> None:
    """Solve a family for given inputs; values are YAML (3, [3, 5], true).

    \b
    quizcnn solve conv2d_output_shape in_height=56 in_width=56 kernel_size=3 stride=2 padding=1 --steps
    echo '{"family": "box_iou", "inputs": {"a": [0,0,4,4], "b": [2,2,6,6]}}' | quizcnn solve --batch
    """
    if batch:
        answer_lines(solve_line)
    elif not family:
        raise UsageError("no family given", mend="`quizcnn families` lists them")
    else:
        _print(family, read_pairs(inputs), steps)


def solve_line(given: dict[str, Any]) -> dict[str, Any]:
    """The outputs of one batch line as JSON."""
    from quizcnn.solvers.base import get_family
    from quizcnn.solvers.values import to_json

    if not isinstance(given.get("family"), str):
        raise UsageError('"family" must name a family')
    outputs = get_family(given["family"]).answer(given.get("inputs", {}))
    return {"outputs": {name: to_json(value) for name, value in outputs.items()}}


def read_pairs(pairs: tuple[str, ...]) -> dict[str, Any]:
    """``name=value`` words with YAML values."""
    import yaml

    found: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"{pair!r} is no name=value", mend="write kernel_size=3 or kernel_size=[3,5]")
        if name in found:
            raise UsageError(f"{name} is given twice")
        try:
            found[name] = yaml.load(value, Loader=yaml.CSafeLoader)
        except yaml.YAMLError:
            raise UsageError(f"{value!r} is no value", where=name, mend="write 3, [3, 5], true or text") from None
    return found


def _print(name: str, inputs: dict[str, Any], steps: bool) -> None:
    from quizcnn.solvers.base import get_family
    from quizcnn.solvers.values import format_value, to_json

    options = globals_of()
    family = get_family(name)
    read = family.read(inputs)
    outputs = family.solve_checked(read)
    if options.json:
        result: dict[str, Any] = {"family": name, "outputs": {key: to_json(value) for key, value in outputs.items()}}
        if steps:
            result["steps"] = steps_json(family.steps_to(read, tuple(outputs)), options.lang or "en")
        write_json(result)
        return
    lang = options.lang or "en"
    if steps:
        from quizcnn.figures.mathematics import one_line

        for step in family.steps_to(read, tuple(outputs)):
            click.echo(f"  {step.caption[lang]}: {one_line(step.latex)}")
    width = max(len(key) for key in outputs)
    for key, value in outputs.items():
        click.echo(f"{key:<{width}}  {format_value(value)}")


def steps_json(steps: Any, lang: Any) -> list[dict[str, Any]]:
    """Worked steps as ``[{caption, latex, value}]``."""
    from quizcnn.solvers.values import to_json

    return [{"caption": step.caption[lang], "latex": step.latex, "value": to_json(step.value)} for step in steps]
