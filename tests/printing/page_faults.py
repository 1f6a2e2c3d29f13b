"""What a reader of a set paper would call a fault, by the marks that the template leaves: found for many seeds, languages and sizes.

``python -m tests.printing.page_faults [SEEDS]`` sets that many papers of every blueprint, language, size and type and counts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from quizcnn.generation.exam import Exam, make_exam
from quizcnn.printing import press
from quizcnn.printing.both import merge
from quizcnn.printing.document import Paper, Ruled
from quizcnn.printing.layout import SIZES, Layout
from quizcnn.printing.paper import build_paper
from quizcnn.printing.typst import TEMPLATE, document_data
from quizcnn.services.exams.shelf import load_blueprint
from tests.exams.sample_exam import builtin_catalog

BLUEPRINTS = ("cv-45", "dl-90", "numbers-15")
TOP, LEAST_FILLED = 18.0, 0.6
LINES_GO_ON = "lines go on overleaf"
"""In large print the lines below a question may: that is told, and no fault."""


class Marker:
    """Sets documents in this process and gives their marks."""

    def __init__(self) -> None:
        import typst

        self.typst = typst
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        for name in ("packages", "cache"):
            (self.root / name).mkdir()
        (self.root / "paper.typ").write_bytes(TEMPLATE.read_bytes())
        self.fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[press._font_folder()])  # fmt: skip

    def marks(self, paper: Paper, layout: Layout) -> list[dict[str, Any]]:
        """Those of the document as it is set in the end."""
        return press.lay_out(self.typst, self.fonts, self.root, dict(document_data(paper, layout)))[1]


def faults(marks: list[dict[str, Any]], paper: Paper, layout: Layout) -> Iterator[str]:
    """Questions that are split or leave the page, headings without their question, pages that are hardly filled.

    What is left of a page is filled where it is room to write in, below a question with steps or prose.
    """
    height = SIZES[layout.size][1]
    ruled = {question.number for section in paper.sections for question in section.questions if any(isinstance(block, Ruled) for block in question.answer)}  # fmt: skip
    for number in press.too_high(marks, height):
        yield f"{LINES_GO_ON if layout.large and number in ruled else 'split or too high'}: {number}"
    starts = {mark["number"]: mark for mark in marks if mark["what"] == "start"}
    for mark in marks:
        if mark["what"] == "part" and mark["page"] != starts[mark["number"]]["page"]:
            yield f"heading alone before {mark['number']}"
    last = max(mark["page"] for mark in marks if mark["what"] == "end")
    roomy = {question.number for section in paper.sections for question in section.questions if question.room >= 1}
    head = next((mark["page"] for mark in marks if mark["what"] == "front"), 1)
    for page in range(1, last):
        ends = [mark for mark in marks if mark["what"] in ("end", "front") and mark["page"] == page]
        used = max((mark["y"] for mark in ends), default=TOP)
        if page < head or any(starts[number]["page"] == page for number in ruled & press.too_high(marks, height)):
            continue
        share = (used - TOP) / (height - TOP - press.FOOT)
        if share < LEAST_FILLED and not any(mark["number"] in roomy for mark in ends):
            yield f"page filled below {LEAST_FILLED:.0%}: {page}"
    if not layout.large and marks[-1]["page"] > last + 1:
        yield "answer sheet on two pages"


def papers(name: str, seed: int) -> Iterator[tuple[str, Paper]]:
    """The paper of one seed in English, in the Chinese form and in both languages."""
    catalog = builtin_catalog()
    exams: dict[str, Exam] = {kind: make_exam(load_blueprint(catalog.folders, name), catalog, seed, 1, kind) for kind in ("sections", "kinds")}  # type: ignore[arg-type]  # fmt: skip
    plain, kinds = exams["sections"], exams["kinds"]
    en, zh = (build_paper(plain, plain.versions[0], lang, form="plain") for lang in ("en", "zh"))
    yield "en", en
    yield "zh", build_paper(kinds, kinds.versions[0], "zh")
    yield "both", merge(en, zh)


def check(case: tuple[str, int]) -> list[tuple[tuple[str, ...], list[str]]]:
    """The faults of every language, size and type of one blueprint and seed."""
    marker, (name, seed) = Marker(), case
    found: list[tuple[tuple[str, ...], list[str]]] = []
    for lang, paper in papers(name, seed):
        for size, large in product(("a4", "letter"), (False, True)):
            layout = Layout("pdf", size=size, large=large)  # type: ignore[arg-type]
            where = (name, lang, size, "large" if large else "normal")
            found.append((where, list(faults(marker.marks(paper, layout), paper, layout))))
    return found


def main(seeds: int) -> None:
    found, count, start = Counter[tuple[str, ...]](), Counter[tuple[str, ...]](), time.perf_counter()
    # The setter keeps what it has laid out; a process of its own for some seeds gives it back.
    with get_context("spawn").Pool(2, maxtasksperchild=8) as pool:
        for cases in pool.imap(check, product(BLUEPRINTS, range(seeds))):
            for where, told in cases:
                count[where] += 1
                found.update({(*where, fault.split(":")[0]) for fault in told})
    for case, times in sorted(found.items()):
        print(*case, "papers:", times, "of", count[case[:4]])
    bad = sum(times for case, times in found.items() if case[-1] != LINES_GO_ON)
    print(f"{sum(count.values())} papers in {time.perf_counter() - start:.0f} s, {bad} with a fault")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
