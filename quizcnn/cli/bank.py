"""``quizcnn bank``: looking into the question bank and checking it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog, Row
    from quizcnn.services.check import Report


@click.group()
@global_options
def command() -> None:
    """Look into the question bank and check it.

    \b
    quizcnn bank list --kind numeric
    quizcnn bank check --bank my_questions
    quizcnn bank show conv-size-dilation-stride-numbers
    """


@command.command()
@click.option(
    "--seeds",
    type=click.IntRange(1, 100_000),
    default=50,
    show_default=True,
    help="Draws of every numeric and inverse entry.",
)
@global_options
def check(seeds: int) -> None:
    """Check every question: texts, names, options, draws, stored samples. Exit code 1 where there are faults.

    \b
    quizcnn bank check
    quizcnn bank check --bank my_questions --json
    """
    from quizcnn.services.check import check_bank

    options = globals_of()
    report = check_bank(options.context().catalog, seeds)
    if options.json:
        write_json(_report_json(report))
    else:
        _print_report(report)
    if report.faults:
        raise click.exceptions.Exit(1)


def _report_json(report: Report) -> dict[str, Any]:
    faults = [
        {
            "file": _here(fault.file),
            "line": fault.line,
            "column": fault.column,
            "id": fault.id,
            "message": fault.message,
        }
        for fault in report.faults
    ]
    entries = [
        {
            "id": entry.id,
            "variants": entry.variants,
            "worst_redraws": entry.worst_redraws,
            "without_target": round(entry.without_target, 4),
        }
        for entry in report.entries
    ]
    return {"counts": dict(report.counts), "faults": faults, "entries": entries}


def _print_report(report: Report) -> None:
    for fault in report.faults:
        owner = f" {fault.id}:" if fault.id else ""
        click.echo(f"{_here(fault.file)}:{fault.line}:{fault.column}:{owner} {fault.message}")
    _print_counts(report.counts)
    if report.entries:
        smallest = min(report.entries, key=lambda entry: entry.variants)
        slowest = max(report.entries, key=lambda entry: entry.worst_redraws)
        without = sum(entry.without_target for entry in report.entries) / len(report.entries)
        click.echo(
            f"{len(report.entries)} drawn entries; smallest space {smallest.variants} variants ({smallest.id}); ",
            nl=False,
        )
        click.echo(f"worst redraws {slowest.worst_redraws} ({slowest.id}); without target {without:.1%}")
    click.echo(f"{len(report.faults)} fault{'s' * (len(report.faults) != 1)}")


def _print_counts(counts: Mapping[str, Any]) -> None:
    for name, value in counts.items():
        words = name.replace("_", " ")
        if isinstance(value, Mapping):
            click.echo(f"{words}: {', '.join(f'{key} {number}' for key, number in value.items())}")
        elif isinstance(value, list):
            click.echo(
                f"{words}: {len(value)}"
                + (f" ({', '.join(value[:12])}{' ...' if len(value) > 12 else ''})" if value else "")
            )
        else:
            click.echo(f"{words}: {value}")


def _here(file: str) -> str:
    """The path from the working folder where that is shorter to type."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


@command.command(name="list")
@click.option("--kind", help="Only this kind.")
@click.option("--area", help="Only this area.")
@click.option("--topic", help="Only this topic.")
@global_options
def list_(kind: str | None, area: str | None, topic: str | None) -> None:
    """List the questions.

    \b
    quizcnn bank list
    quizcnn bank list --area convolution --kind numeric
    quizcnn bank list --json
    """
    options = globals_of()
    catalog = _catalog()
    rows = catalog.rows()
    for name, wanted in (("kind", kind), ("area", area), ("topic", topic)):
        rows = _only(rows, name, wanted, catalog)
    if options.json:
        write_json([_row_json(row) for row in rows])
        return
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        click.echo(f"{row.id:<{width}}  {row.kind:<12}  {row.difficulty}  {row.topic}")


def _only(rows: tuple[Row, ...], name: str, wanted: str | None, catalog: Catalog) -> tuple[Row, ...]:
    if wanted is None:
        return rows
    from quizcnn.bank.faults import nearest
    from quizcnn.bank.models import KINDS
    from quizcnn.errors import UsageError

    legal: Sequence[str] = {"kind": KINDS, "area": catalog.areas, "topic": catalog.topic_ids}[name]
    if wanted not in legal:
        mend = (
            nearest(wanted, tuple(legal)).removeprefix("; ")
            or f"one of {', '.join(legal[:12])}{' ...' if len(legal) > 12 else ''}"
        )
        raise UsageError(f"no {name} is called {wanted[:80]!r}", where=f"--{name}", mend=mend)
    return tuple(row for row in rows if getattr(row, name) == wanted)


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "topic": row.topic,
        "area": row.area,
        "difficulty": row.difficulty,
        "family": row.family,
        "languages": list(row.languages),
        "revision": row.revision,
    }


def _catalog() -> Catalog:
    return globals_of().context().catalog


@command.command()
@click.argument("question_id", metavar="ID")
@global_options
def show(question_id: str) -> None:
    """Show a question as it was written, and where.

    \b
    quizcnn bank show conv-size-dilation-stride-numbers
    """
    options = globals_of()
    catalog = _catalog()
    source = catalog.source(question_id)
    if options.json:
        question = catalog.question(question_id).model_dump(mode="json", exclude_defaults=True)
        place = {"file": str(source.file), "line": source.place.line, "column": source.place.column}
        write_json({"id": question_id, **place, "question": question})
        return
    click.echo(f"{_here(str(source.file))}:{source.place.line}:{source.place.column}")
    lines = source.file.read_text(encoding="utf-8").splitlines()
    click.echo("\n".join(_item(lines, source.place.line - 1)))


def _item(lines: Sequence[str], first: int) -> Iterable[str]:
    """The lines of a list item that begins in line ``first``."""
    indent = len(lines[first]) - len(lines[first].lstrip())
    yield lines[first]
    for line in lines[first + 1 :]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return
        if line.strip():
            yield line


@command.command()
@global_options
def stats() -> None:
    """Count the questions by kind, area and difficulty, and what is not covered yet.

    \b
    quizcnn bank stats
    quizcnn bank stats --json
    """
    from quizcnn.services.check import count

    counts = count(_catalog())
    if globals_of().json:
        write_json(counts)
    else:
        _print_counts(counts)


@command.command()
@global_options
def schema() -> None:
    """Print the JSON Schema of a bank file, for editors.

    \b
    quizcnn bank schema > bank.schema.json
    """
    from pydantic import TypeAdapter

    from quizcnn.bank.models import Question

    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quizcnn bank file"}
    click.echo(json.dumps(described | TypeAdapter(list[Question]).json_schema(), ensure_ascii=False, indent=2))


@command.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("quizcnn-gallery.html"),
    show_default=True,
)
@click.option("--force", is_flag=True, help="Overwrite the file.")
@global_options
def gallery(output: Path, force: bool) -> None:
    """Write three samples of every question, in both languages, into one HTML file.

    \b
    quizcnn bank gallery -o gallery.html
    """
    from quizcnn.errors import UsageError
    from quizcnn.services.gallery import gallery as pages

    if output.exists() and not force:
        raise UsageError(f"{output} exists", mend="choose another name with -o or add --force")
    output.write_text("".join(pages(_catalog())), encoding="utf-8")
    click.echo(output)
