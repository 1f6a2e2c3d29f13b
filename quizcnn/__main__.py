"""Entry point: ``quizcnn`` and ``python -m quizcnn``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    # Looking for plugins of the model library costs a sixth of the start and finds none that is wanted.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Modules and questions that are loaded stay; to look for garbage among them after every 700 costs a twentieth of the start.
    gc.set_threshold(50_000)
    from quizcnn.cli.main import run

    sys.exit(run())


if __name__ == "__main__":
    main()
