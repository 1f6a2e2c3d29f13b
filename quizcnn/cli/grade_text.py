"""``quizcnn grade-text``: free text against key points or a reference answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.options import answer_lines, global_options, globals_of, read_lines
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.grading.keypoints.lexicon import Lexicon
    from quizcnn.text import Lang


@click.command()
@click.option("--batch", is_flag=True, help='Read {"question", "key_points" or "reference(s)", "answer"} lines.')
@click.option(
    "--explain",
    "explained",
    is_flag=True,
    help="The same lines, answered with a report: how it was read, pattern by pattern.",
)
@global_options
def command(batch: bool, explained: bool) -> None:
    """Grade free text line by line: the score, which points were hit, missed or contradicted, and by which words.

    \b
    echo '{"question": "Why share weights?", "reference": "It reduces the number of parameters.", "answer": "fewer parameters"}' | quizcnn grade-text --batch
    """
    if batch == explained:
        raise UsageError("--batch or --explain must be given")
    options = globals_of()
    lang, lexicon = options.lang or "en", options.context().lexicon
    if explained:
        for given in read_lines():
            for line in _explained(given, lang, lexicon):
                click.echo(line)
        return
    answer_lines(lambda given: grade_line(given, lang, lexicon))


def _explained(given: dict[str, Any], lang: Lang, lexicon: Lexicon) -> Iterator[str]:
    """The report of one line: against its key points, or against the points derived from its reference."""
    from quizcnn.grading.keypoints.explaining import explain
    from quizcnn.grading.keypoints.texts import answer_of

    question, answer, points, references, wanted = _read_line(given, lang)
    yield from explain(answer_of(question, points, references, wanted, lexicon), answer)


def grade_line(given: dict[str, Any], lang: Lang, lexicon: Lexicon) -> dict[str, Any]:
    """The grade of one batch line."""
    from quizcnn.grading.keypoints.texts import grade_text

    question, answer, points, references, wanted = _read_line(given, lang)
    graded = grade_text(question, answer, key_points=points, references=references, lang=wanted, lexicon=lexicon)
    return {**({"id": given["id"]} if "id" in given else {}), **graded}


def _read_line(given: dict[str, Any], lang: Lang) -> tuple[str, str, list[Any], list[str], Lang]:
    """Question, answer, key points, references and language of a line; ``UsageError`` where one of them makes no sense."""
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
    return given["question"], given["answer"], points, references, "zh" if wanted == "zh" else "en"
