"""The group of all commands, found by file name and imported when asked for; turns errors into exit codes."""

from __future__ import annotations

import importlib
import os
import sys

import click

from quizcnn import __version__
from quizcnn.cli.options import global_options
from quizcnn.errors import QuizError

FOLDER = os.path.dirname(__file__)
NO_COMMANDS = {"main", "options", "plain", "plain_exam"}


def _summary(command: str) -> str:
    """What a command's file says of it: its first line is ``quizcnn name``: what it does."""
    with open(os.path.join(FOLDER, f"{command.replace('-', '_')}.py"), encoding="utf-8") as file:
        words = file.readline().strip().strip('"').partition("``: ")[2]
    return words[:1].upper() + words[1:]


class LazyGroup(click.Group):
    """Finds ``grade-text`` in ``cli/grade_text.py``, as its ``command``; the list of commands is read, not imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = {name[:-3] for name in os.listdir(FOLDER) if name.endswith(".py") and not name.startswith("_")}
        return sorted(name.replace("_", "-") for name in names - NO_COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(name)) for name in self.list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"quizcnn.cli.{cmd_name.replace('-', '_')}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f"did you mean `quizcnn {near[0]}`?" if near else "`quizcnn --help` lists the commands."
            raise click.UsageError(f"no command {args[0]!r}; {hint}", ctx) from error


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
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
