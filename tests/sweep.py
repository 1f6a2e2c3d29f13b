"""``make sweep``: many seeds of every numeric entry of the built-in bank; prints what it cost and every fault.

python -m tests.sweep [SEEDS]
"""

from __future__ import annotations

import sys
import time

from quizcnn.bank.models import Numeric
from quizcnn.services.context import Context
from quizcnn.services.sweep import sweep


def main(seeds: int) -> int:
    catalog = Context(lang="en").catalog
    entries = [question for row in catalog.rows() if isinstance(question := catalog.question(row.id), Numeric)]
    start = time.perf_counter()
    tallies = [sweep(question, range(seeds)) for question in entries]
    spent = time.perf_counter() - start
    total = sum(tally.seeds for tally in tallies)
    for tally in sorted(tallies, key=lambda tally: -tally.worst_redraws):
        print(
            f"{tally.entry:<44} worst redraws {tally.worst_redraws:>4}   without target {tally.without_target / tally.seeds:6.1%}   faults {len(tally.faults)}"
        )
    faults = [fault for tally in tallies for fault in tally.faults]
    for fault in faults[:40]:
        print(fault)
    without = sum(tally.without_target for tally in tallies) / total
    worst = max(tally.worst_redraws for tally in tallies)
    print(f"{len(entries)} entries, {total:,} variants in {spent:.1f} s ({spent / total * 1e6:.0f} us each)")
    print(f"worst redraws {worst}, without target {without:.2%}, faults {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000))
