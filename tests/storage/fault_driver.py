"""Commands of the program under a fault that only a process of its own can have: ``python fault_driver.py FAULT COMMANDS``.

``COMMANDS`` is a JSON list of argument lists; what came of each is printed as JSON.

``plain``     none
``full:N``    no file may grow beyond N bytes
``nobody``    the rights of a user who owns nothing here
``killed:M``  ends itself with SIGKILL where the module function M (``package.module:name``) is called

All that the commands may need is imported before.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module

NEEDED = (
    "difflib", "sqlalchemy.dialects.sqlite", "filelock", "fsrs", "alembic.command", "alembic.config", "pydantic", "platformdirs", "logging.config",
    "quizcnn.cli.db", "quizcnn.cli.import_", "quizcnn.cli.export.progress", "quizcnn.cli.export.writing", "quizcnn.cli.due", "quizcnn.services.context",
    "quizcnn.storage.attempts", "quizcnn.storage.backup", "quizcnn.storage.cards", "quizcnn.storage.condition", "quizcnn.storage.creation",
    "quizcnn.storage.journal", "quizcnn.storage.merging", "quizcnn.storage.migrate", "quizcnn.storage.rebuild", "quizcnn.interop.transfer",
)  # fmt: skip
NOBODY = 65534


def arrange(fault: str) -> None:
    kind, _, value = fault.partition(":")
    if kind == "full":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(value), int(value)))
    elif kind == "nobody" and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    elif kind == "killed":
        module, _, name = value.partition(":")
        setattr(import_module(module), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))


def run_all(commands: list[list[str]]) -> list[tuple[int, str, str]]:
    """Exit code, what was printed and what was said of each."""
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    from quizcnn.cli.main import run

    done = []
    for command in commands:
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
            code = run(command)
        done.append((code, out.getvalue(), err.getvalue()))
    return done


if __name__ == "__main__":
    for name in NEEDED:
        import_module(name)
    arrange(sys.argv[1])
    print(json.dumps(run_all(json.loads(sys.argv[2]))))
