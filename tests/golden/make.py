"""Writes the golden vectors: what independent implementations say about drawn inputs, for the ordinary tests to replay.

    python tests/golden/make.py [FAMILY ...]         with an interpreter that has requirements/oracle.txt (``make golden``)

An oracle is one file ``oracles/<family>.py``:

``draw(rng) -> dict``     JSON inputs of one vector, from ``rng`` (a ``random.Random``) alone; an optional input is left out or set;
                          every optional input off its default in at least a fifth of the draws, every branch taken
``oracle(inputs) -> dict``  every output of the family as JSON (a fraction as ``fractions.Fraction``), from an implementation that
                          shares nothing with the program's formula; raises an exception where it refuses
``edges() -> list[dict]``  optional: inputs that must be among the vectors
``refusals() -> list[dict]``  optional: inputs that the oracle and the program must both refuse

What several oracles share stands in ``oracles/_<name>.py``. Heavy imports stand inside ``oracle``, so that the ordinary tests can
repeat the draws without them. One line of ``<family>.jsonl`` is ``{"inputs": ..., "outputs": ...}`` or ``{"inputs": ...,
"refused": true}``. Inputs are the same on every run; floats are kept to 12 significant digits.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import random
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = Path(__file__).parent
DRAWS = 300
TRIES = 100 * DRAWS


def families() -> list[str]:
    """Every family that has an oracle."""
    return sorted(path.stem for path in (FOLDER / "oracles").glob("*.py") if not path.stem.startswith("_"))


def load(family: str) -> ModuleType:
    """The oracle module of a family."""
    path = FOLDER / "oracles" / f"{family}.py"
    spec = importlib.util.spec_from_file_location(f"oracle_{family}", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no oracle at {path}")
    module = importlib.util.module_from_spec(spec)
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))
    spec.loader.exec_module(module)
    return module


def drawn(family: str, module: ModuleType) -> Iterator[dict[str, Any]]:
    """``DRAWS`` distinct inputs, the edges first; the seed is a hash of the family's name."""
    seed = hashlib.sha256(f"golden {family}".encode()).digest()
    rng = random.Random(int.from_bytes(seed, "big"))
    edges = list(module.edges()) if hasattr(module, "edges") else []
    seen: set[str] = set()
    for number in range(TRIES):
        inputs = edges[number] if number < len(edges) else module.draw(rng)
        key = line(inputs)
        if key not in seen:
            seen.add(key)
            yield inputs
        if len(seen) == DRAWS:
            return
    raise SystemExit(f"{family}: only {len(seen)} distinct draws in {TRIES}; widen draw()")


def line(value: Any) -> str:
    """One value as canonical JSON; a non-finite number is refused."""
    return json.dumps(value, sort_keys=True, allow_nan=False, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:
    """``value`` as JSON: fractions exact, floats at 12 significant digits, tuples as lists."""
    if isinstance(value, Fraction):
        return {"fraction": f"{value.numerator}/{value.denominator}", "value": plain(float(value))}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.12g}")
    return value


def refuses(module: ModuleType, inputs: dict[str, Any]) -> bool:
    try:
        module.oracle(inputs)
    except Exception:  # noqa: BLE001  whatever an implementation raises is its refusal
        return True
    return False


def vectors(family: str) -> Iterator[str]:
    """The lines of one family's file."""
    module = load(family)
    for inputs in drawn(family, module):
        yield line({"inputs": inputs, "outputs": plain(module.oracle(inputs))})
    for inputs in module.refusals() if hasattr(module, "refusals") else []:
        if not refuses(module, inputs):
            raise SystemExit(f"{family}: the oracle does not refuse {line(inputs)}")
        yield line({"inputs": inputs, "refused": True})


def write(family: str) -> str:
    """Write one file; says how it differs from the one that was there."""
    path = FOLDER / f"{family}.jsonl"
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    after = list(vectors(family))
    path.write_text("".join(text + "\n" for text in after), encoding="utf-8", newline="\n")
    if not before:
        return f"{family}: {len(after)} vectors, new"
    changed = len(set(after) ^ set(before))
    return f"{family}: {len(after)} vectors, {f'{changed} lines differ' if changed else 'unchanged'}"


def main(names: list[str]) -> int:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("KERAS_BACKEND", "torch")
    unknown = sorted(set(names) - set(families()))
    if unknown:
        print(f"no oracle for {', '.join(unknown)}", file=sys.stderr)
        return 2
    for family in names or families():
        print(write(family), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
