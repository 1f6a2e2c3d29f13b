"""``quizcnn grade-text``: free text against key points or a reference answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.options import answer_lines, global_options, globals_of
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.grading.keypoints.lexicon import Lexicon
    from quizcnn.text import Lang


@click.command()
@click.option(
    "--batch", is_flag=True, required=True, help='Read {"question", "key_points" or "reference(s)", "answer"} lines.'
)
@global_options
def command(batch: bool) -> None:
    """Grade free text line by line: the score, which points were hit, missed or contradicted, and by which words.

    \b
    echo '{"question": "Why share weights?", "reference": "It reduces the number of parameters.", "answer": "fewer parameters"}' | quizcnn grade-text --batch
    """
    options = globals_of()
    lang, lexicon = options.lang or "en", options.context().lexicon
    answer_lines(lambda given: grade_line(given, lang, lexicon))


def grade_line(given: dict[str, Any], lang: Lang, lexicon: Lexicon) -> dict[str, Any]:
    """The grade of one batch line."""
    from quizcnn.grading.keypoints.texts import grade_text

    for name in ("question", "answer"):
        if not isinstance(given.get(name), str):
            raise UsageError(f'"{name}" must be text')
    references = given.get("references", given.get("reference", []))
    references = [references] if isinstance(references, str) else references
    points = given.get("key_points", [])
    if not isinstance(references, list) or not all(isinstance(text, str) for text in references):
        raise UsageError('"references" must be a list of texts')
    if not isinstance(points, list):
        raise UsageError('"key_points" must be a list of sentences or point objects')
    wanted = given.get("lang", lang)
    if wanted not in ("en", "zh"):
        raise UsageError('"lang" must be en or zh')
    graded = grade_text(
        given["question"], given["answer"], key_points=points, references=references, lang=wanted, lexicon=lexicon
    )
    return {**({"id": given["id"]} if "id" in given else {}), **graded}
