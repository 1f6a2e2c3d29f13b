"""Hostile inputs for every family: each must end in outputs or in one clear error, soon and in little memory.

python -m tests.fuzz [LINES]        50,000 unless said; prints the slowest line and the peak memory, and fails on a traceback
"""

from __future__ import annotations

import json
import math
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from quizcnn.cli.solve import solve_line
from quizcnn.errors import QuizError
from quizcnn.solvers.base import family_modules
from tests.golden.make import drawn, load

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300
HOSTILE: tuple[Any, ...] = (
    None, True, False, "", "3", "NaN", "x" * 5000, 0, -1, 1, 2, 3, 0.5, -0.0, 1e-300, 1e308, -1e308, 10**9, 10**18, -(10**18), 10**100, 10**999,
    math.nan, math.inf, -math.inf, [], {}, [[]], [None], [0], [-1], [1e308, 1e308], [[1, 2], [3]], [[[[]]]],
    list(range(1000)), [0.1] * 5000, [[1.0] * 200] * 200, {"a": 1}, [True, False], ["a", "b"], [math.nan, 1], "一二三", [1, 2, 3, 4, 5],
)  # fmt: skip


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def hostile(rng: random.Random, value: Any) -> Any:
    """Something in place of ``value``, or ``value`` bent."""
    bends: list[Callable[[], Any]] = [
        lambda: rng.choice(HOSTILE),
        lambda: nested(rng.choice([5, 100, 700])),
        lambda: value * rng.choice([-1, 0, 10, 10**6, 10**15]) if isinstance(value, int | float) else [value, value],
        lambda: value * rng.choice([0, 2, 50]) if isinstance(value, list) else str(value),
        lambda: (
            [hostile(rng, item) if rng.random() < 0.3 else item for item in value]
            if isinstance(value, list)
            else [value]
        ),
        lambda: (
            {key: hostile(rng, item) for key, item in value.items()} if isinstance(value, dict) else {"value": value}
        ),
    ]
    return rng.choice(bends)()


def lines(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Good inputs of every family with one or more of them made hostile, dropped or added."""
    rng = random.Random(seed)
    good = {name: list(drawn(name, load(name))) for name in sorted(family_modules())}
    names = list(good)
    for number in range(count):
        name = names[number % len(names)]
        inputs = dict(rng.choice(good[name]))
        for key in rng.sample(list(inputs), rng.randint(1, min(3, len(inputs)))):
            inputs[key] = hostile(rng, inputs[key])
        if rng.random() < 0.1:
            inputs.pop(rng.choice(list(inputs)))
        if rng.random() < 0.1:
            inputs[rng.choice(["x", "", "inputs", "卷积"])] = rng.choice(HOSTILE)
        yield {"family": name, "inputs": inputs if rng.random() > 0.02 else rng.choice(HOSTILE)}


def shown(given: dict[str, Any]) -> str:
    """A line's beginning, where it is not too deep to be written."""
    try:
        return repr(given)[:300]
    except RecursionError:
        return f"{given['family']}, nested"


def peak_megabytes() -> float:
    """Most memory of this process. A child's ``ru_maxrss`` begins with that of its parent, so the system's own record is read where there is one."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(count: int) -> int:
    ended: Counter[str] = Counter()
    slowest, slow_line, faults = 0.0, "", list[str]()
    for given in lines(count):
        start = time.process_time()
        try:
            json.dumps(solve_line(given), allow_nan=False)
            ended["outputs"] += 1
        except QuizError as error:
            ended["errors"] += 1
            if not str(error) or "\n" in str(error) or len(str(error)) > 2000:
                faults.append(f"unclear: {given['family']}: {str(error)[:200]!r}")
        except Exception as error:  # noqa: BLE001  anything else is what is looked for
            faults.append(f"{type(error).__name__}: {str(error)[:120]}: {shown(given)}")
        took = time.process_time() - start
        if took > slowest:
            slowest, slow_line = took, shown(given)
        if took > MOST_SECONDS:
            faults.append(f"{took:.1f} s: {shown(given)}")
    peak = peak_megabytes()
    print(
        f"{count:,} lines: {ended['outputs']:,} outputs, {ended['errors']:,} errors, {len(faults)} faults; slowest {slowest:.2f} s, peak {peak:.0f} MB"
    )
    print(f"slowest: {slow_line}")
    for fault, times in Counter(faults).most_common(20):
        print(f"{times} x {fault}")
    return 1 if faults or peak > MOST_MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
