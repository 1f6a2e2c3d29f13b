"""``quizcnn topic``: the lesson of a topic: facts, formulas, mistakes, a worked example, its questions and neighbours."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@click.argument("topic_id", metavar="[ID]", required=False)
@click.option(
    "--seed", type=click.IntRange(min=0), help="The numbers of the worked example; those of the day without it."
)
@global_options
def command(topic_id: str | None, seed: int | None) -> None:
    """Show what is to be known of a topic; without ID all topics by area.

    \b
    quizcnn topic
    quizcnn topic conv-output-size
    quizcnn topic conv-output-size --lang zh
    quizcnn topic conv-output-size --seed 7 --json
    """
    from quizcnn.services import lesson_words
    from quizcnn.services.lesson import read_lesson, work_example
    from quizcnn.services.topics import read_topics

    options = globals_of()
    context = options.context()
    lang = context.language
    if topic_id is None:
        topics = read_topics(context)
        if options.json:
            write_json([lesson_words.topic_json(each, lang) for each in topics])
        else:
            click.echo("\n".join(lesson_words.topic_lines(topics, lang)))
        return
    lesson = read_lesson(context, topic_id)
    example = work_example(context, lesson.examples, seed=seed)
    if options.json:
        write_json(lesson_words.lesson_json(lesson, example, lang))
    else:
        click.echo("\n".join(lesson_words.lesson_lines(lesson, example, lang)))
