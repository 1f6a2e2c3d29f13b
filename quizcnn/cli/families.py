"""``quizcnn families``: the numeric families with their inputs, outputs, conventions and mistakes."""

from __future__ import annotations

from typing import Any

import click

from quizcnn.cli.options import global_options, globals_of, write_json
from quizcnn.errors import UsageError


@click.command()
@click.argument("words", nargs=-1)
@global_options
def command(words: tuple[str, ...]) -> None:
    """List the numeric families; with WORDS only those that mention them.

    \b
    quizcnn families
    quizcnn families padding
    quizcnn families 感受野
    quizcnn families --json
    """
    from quizcnn.solvers.base import family_modules, get_family

    options = globals_of()
    lang = options.lang or "en"

    found = [get_family(name) for name in sorted(family_modules())]
    found = [family for family in found if all(word.lower() in _text(family) for word in words)]
    if not found:
        raise UsageError(f"no family mentions {' '.join(words)}", mend="`quizcnn families` lists all")
    if options.json:
        write_json([_describe(family, lang) for family in found])
        return
    for family in found:
        inputs = ", ".join(
            name if field.is_required() else f"[{name}]" for name, field in family.inputs.model_fields.items()
        )
        click.echo(f"{family.id}  {family.title[lang]}\n    {inputs} -> {', '.join(family.outputs)}")


def _text(family: Any) -> str:
    """All that a family says of itself, in both languages."""
    said = [family.title, family.convention, *(output.label for output in family.outputs.values())]
    said += [text for mistake in family.mistakes for text in (mistake.label, mistake.why)]
    names = [family.id, *family.inputs.model_fields, *family.outputs]
    return " ".join([*names, *(text[lang] for text in said for lang in ("en", "zh"))]).lower()


def _describe(family: Any, lang: Any) -> dict[str, Any]:
    fields = family.inputs.model_fields
    schema = family.inputs.model_json_schema()["properties"]
    return {
        "id": family.id,
        "title": family.title[lang],
        "inputs": [
            {"name": name, "required": field.is_required(), "default": schema[name].get("default")}
            for name, field in fields.items()
        ],
        "outputs": [
            {"name": name, "kind": output.kind, "label": output.label[lang]} for name, output in family.outputs.items()
        ],
        "convention": family.convention[lang],
        "mistakes": [
            {
                "slug": mistake.slug,
                "label": mistake.label[lang],
                "why": mistake.why[lang],
                "convention": mistake.convention,
            }
            for mistake in family.mistakes
        ],
    }
