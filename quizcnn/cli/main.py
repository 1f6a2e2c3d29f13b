"""The group of all commands, found by file name and imported when asked for; turns errors into exit codes."""

from __future__ import annotations

import os
import sys

import click

from quizcnn import __version__
from quizcnn.cli.group import LazyGroup
from quizcnn.cli.options import global_options
from quizcnn.errors import QuizError

OTHERS = frozenset({"main", "group", "options", "plain", "plain_exam"})
"""Modules beside the commands."""


@click.group(
    cls=LazyGroup,
    package="quizcnn.cli",
    others=OTHERS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@global_options
@click.version_option(__version__, prog_name="quizcnn")
@click.pass_context
def program(context: click.Context) -> None:
    """Interview drill for CNNs, deep learning and computer vision.

    Without a command the terminal program opens at home.

    \b
    quizcnn drill                      a session in the terminal
    quizcnn solve conv2d_output_shape in_height=56 in_width=56 kernel_size=3 --steps
    quizcnn exam new --seed 7 --format pdf -o paper
    """
    if context.invoked_subcommand is None:
        drill = program.get_command(context, "drill")
        if drill is not None:
            context.invoke(drill, home=True)


def run(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code is 0, or 2 for bad use, 3 for storage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        result = program.main(arguments, prog_name="quizcnn", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except QuizError as error:
        sys.stderr.write(f"quizcnn: {error}\n")
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has gone; keep the interpreter from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
