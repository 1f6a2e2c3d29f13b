"""``quizcnn network``: the layer table of a known network, or of a file: shapes, parameters, MACs, memory, receptive fields."""

from __future__ import annotations

import shutil

import click

from quizcnn.cli.options import global_options, globals_of, write_json
from quizcnn.errors import UsageError


@click.command()
@click.argument("name", required=False)
@click.option("--input", "size", metavar="CxHxW", help="Another input: channels, height, width.")
@click.option(
    "--depth", type=click.IntRange(1, 9), default=1, help="How many levels of blocks to open; 1 shows stages."
)
@click.option("--compare", "pair", nargs=2, metavar="A B", help="Two networks beside each other.")
@click.option("--markdown", is_flag=True, help="Print a Markdown table.")
@global_options
def command(name: str | None, size: str | None, depth: int, pair: tuple[str, str] | None, markdown: bool) -> None:
    """Show a network layer by layer; NAME is one of the list, or a file. Without NAME the list.

    \b
    quizcnn network
    quizcnn network resnet50 --depth 2
    quizcnn network vgg16 --input 3x256x256 --json
    quizcnn network ./mine.yaml --markdown
    quizcnn network --compare resnet50 vgg16
    """
    if pair is not None:
        if name is not None:
            raise UsageError("--compare takes both names itself", mend=f"write --compare {name} {pair[0]}")
        _compare(pair, size, markdown)
    elif name is None:
        _list()
    else:
        _show(name, size, depth, markdown)


def _show(name: str, size: str | None, depth: int, markdown: bool) -> None:
    from quizcnn.bank.networks import load_trace

    context = globals_of().context()
    found = load_trace(name, context.folders, _size(size))
    if globals_of().json:
        from quizcnn.networks.export import as_json

        write_json(as_json(found, context.language))
        return
    from quizcnn.networks.table import markdown_lines, table_lines

    lang, width = context.language, shutil.get_terminal_size((120, 24)).columns
    lines = markdown_lines(found, lang, depth=depth) if markdown else table_lines(found, lang, depth=depth, width=width)
    click.echo("\n".join(lines))


def _compare(pair: tuple[str, str], size: str | None, markdown: bool) -> None:
    from quizcnn.bank.networks import load_trace

    context = globals_of().context()
    first, second = (load_trace(name, context.folders, _size(size)) for name in pair)
    if globals_of().json:
        from quizcnn.networks.export import as_json

        write_json([as_json(found, context.language) for found in (first, second)])
        return
    from quizcnn.networks.comparison import comparison_lines, comparison_markdown

    write = comparison_markdown if markdown else comparison_lines
    click.echo("\n".join(write(first, second, context.language)))


def _list() -> None:
    from quizcnn.bank.networks import find_networks, load_network

    context = globals_of().context()
    known = {name: load_network(path) for name, path in find_networks(context.folders).items()}
    if globals_of().json:
        write_json([
            {"name": name, "title": network.title[context.language], "variant": network.variant[context.language], "input": list(network.size)}
            for name, network in known.items()
        ])  # fmt: skip
        return
    width = max(map(len, known), default=0)
    for name, network in known.items():
        click.echo(f"{name:<{width}}  {network.title[context.language]}: {network.variant[context.language]}")


def _size(text: str | None) -> tuple[int, int, int] | None:
    from quizcnn.networks.spec import NetworkError, read_size

    if text is None:
        return None
    try:
        return read_size(text)
    except NetworkError as error:
        raise UsageError(error.what, where="--input", mend=error.mend) from None
