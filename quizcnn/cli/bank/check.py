"""``quizcnn bank check``: check every question: texts, names, options, draws, stored samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.bank.counts import print_counts
from quizcnn.cli.bank.places import here
from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.services.check import Report


@click.command()
@click.option(
    "--seeds",
    type=click.IntRange(1, 100_000),
    default=50,
    show_default=True,
    help="Draws of every numeric and inverse entry.",
)
@click.option(
    "--cross", is_flag=True, help="Also hold every typed question's right samples against all others' points."
)
@global_options
def command(seeds: int, cross: bool) -> None:
    """Check every question: texts, names, options, draws, stored samples. Exit code 1 where there are faults.

    \b
    quizcnn bank check
    quizcnn bank check --bank my_questions --json
    quizcnn bank check --cross
    """
    from quizcnn.services.check import check_bank

    options = globals_of()
    report = check_bank(options.context().catalog, seeds, cross=cross)
    if options.json:
        write_json(_report_json(report))
    else:
        _print_report(report)
    if report.faults:
        raise click.exceptions.Exit(1)


def _report_json(report: Report) -> dict[str, Any]:
    faults = [
        {
            "file": here(fault.file),
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
    crossing = report.crossing
    crossed = {"crossing": {"pairs": crossing.pairs, "hits": crossing.hits}} if crossing else {}
    return {"counts": dict(report.counts), "faults": faults, "entries": entries, **crossed}


def _print_report(report: Report) -> None:
    for fault in report.faults:
        owner = f" {fault.id}:" if fault.id else ""
        click.echo(f"{here(fault.file)}:{fault.line}:{fault.column}:{owner} {fault.message}")
    print_counts(report.counts)
    if report.entries:
        smallest = min(report.entries, key=lambda entry: entry.variants)
        slowest = max(report.entries, key=lambda entry: entry.worst_redraws)
        without = sum(entry.without_target for entry in report.entries) / len(report.entries)
        click.echo(
            f"{len(report.entries)} drawn entries; smallest space {smallest.variants} variants ({smallest.id}); ",
            nl=False,
        )
        click.echo(f"worst redraws {slowest.worst_redraws} ({slowest.id}); without target {without:.1%}")
    if report.crossing:
        crossing = report.crossing
        click.echo(
            f"foreign answers: {crossing.hits} of {crossing.pairs} pairs of answer and point hit ({crossing.share:.2%})"
        )
    click.echo(f"{len(report.faults)} fault{'s' * (len(report.faults) != 1)}")
