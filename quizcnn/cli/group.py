"""A group whose commands are the files and folders of a package: their names are listed, and only the one asked for is imported."""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from typing import Any

import click


class LazyGroup(click.Group):
    """Finds ``grade-text`` in ``grade_text.py`` of a ``package`` (``import`` in ``import_.py``), as its ``command``; ``others`` are modules that are none."""

    def __init__(self, *args: Any, package: str, others: frozenset[str] = frozenset(), **options: Any) -> None:
        super().__init__(*args, **options)
        self._package, self._others = package, others
        self._folder = sys.modules[package].__path__[0]

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = {_command_of(name) for name in os.listdir(self._folder) if not name.startswith(("_", "."))}
        return sorted(name.replace("_", "-") for name in names - self._others - {""})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._summary(name)) for name in self.list_commands(ctx)])

    def _summary(self, command: str) -> str:
        """What a command's file says of it: its first line is ``quizcnn name``: what it does."""
        place = os.path.join(self._folder, _module_of(command))
        path = os.path.join(place, "__init__.py") if os.path.isdir(place) else f"{place}.py"
        with open(path, encoding="utf-8") as file:
            words = file.readline().strip().strip('"').partition("``: ")[2]
        return words[:1].upper() + words[1:]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{self._package}.{_module_of(cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = (
                f"did you mean `{ctx.command_path} {near[0]}`?"
                if near
                else f"`{ctx.command_path} --help` lists the commands."
            )
            raise click.UsageError(f"no command {args[0]!r}; {hint}", ctx) from error


def _command_of(name: str) -> str:
    """The command that a file or folder is; empty where it is none (a folder of compiled modules, a leftover)."""
    return name.removesuffix(".py").rstrip("_") if "." not in name or name.endswith(".py") else ""


def _module_of(command: str) -> str:
    """The module of a command: no module can be called as a word of the language is, so it has ``_`` behind it."""
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name
