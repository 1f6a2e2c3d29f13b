"""The examples of README and docs: ``console`` blocks whose lines after ``$`` are commands and the rest what they print.

``python -m tests.documented`` writes the outputs anew; the test runs every example and compares. A line ``...`` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "cli.md")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
NOW = "2026-11-21T09:00:00+00:00"


@dataclass(frozen=True)
class Example:
    """One command with what is typed into it and what the page says it prints."""

    page: str
    line: int
    command: str
    printed: str


def examples(page: Path) -> Iterator[Example]:
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        start = text.count("\n", 0, block.start()) + 2
        for command, printed, offset in commands(block[1]):
            yield Example(page.name, start + offset, command, printed)


def commands(block: str) -> Iterator[tuple[str, str, int]]:
    """Command, output and line offset of each command in a block."""
    found: list[tuple[str, list[str], int]] = []
    for offset, line in enumerate(block.splitlines()):
        if line.startswith("$ "):
            found.append((line[2:], [], offset))
        elif found:
            found[-1][1].append(line)
    for command, lines, offset in found:
        yield command, "\n".join(lines), offset


def run(command: str, home: Path) -> str:
    """What a command prints, both streams, in a folder of its own; ``quizcnn`` is this checkout's."""
    program = shlex.quote(str(Path(sys.executable).parent / "quizcnn"))
    line = re.sub(r"(^|\| |&& )quizcnn\b", rf"\1{program}", command)
    environment = {
        **os.environ,
        "QUIZCNN_HOME": str(home),
        "QUIZCNN_NOW": NOW,
        "NO_COLOR": "1",
        "TZ": "UTC",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["bash", "-c", line], cwd=home, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return (done.stdout + done.stderr).rstrip("\n")


def matches(expected: str, printed: str) -> bool:
    """Whether the output is what the page says, ``...`` lines standing for anything."""
    pattern = ".*".join(re.escape(part) for part in re.split(r"^\.\.\.$\n?", expected, flags=re.M))
    return (
        re.fullmatch(
            pattern, printed if printed.endswith("\n") or not expected.endswith("\n") else printed + "\n", re.S
        )
        is not None
    )


def rewrite(page: Path, home: Path) -> None:
    """Put the present output under every command; outputs with a ``...`` line stay as they are."""

    def block(found: re.Match[str]) -> str:
        lines: list[str] = []
        for command, printed, _ in commands(found[1]):
            output = run(command, home)
            lines += [f"$ {command}", *([printed] if "\n...\n" in f"\n{printed}\n" else [output] if output else [])]
        return "```console\n" + "\n".join(lines) + "\n```"

    page.write_text(BLOCK.sub(block, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for each in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            rewrite(each, Path(folder))
