"""Entry point: ``quizcnn`` and ``python -m quizcnn``."""

from __future__ import annotations

import sys


def main() -> None:
    from quizcnn.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
