"""The child process that runs Typst: a task on stdin, PDFs and the places of the questions on stdout.

Nothing of the task is code or a path but the root, which the parent made. Fonts are those of the wheels alone.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias

Press: TypeAlias = "Callable[[dict[str, Any]], dict[str, Any]]"
Laid: TypeAlias = "tuple[dict[str, Any], Any, list[dict[str, Any]]]"
"""A document as it was laid out, the compiler that holds it, its marks."""
WAYS = ("tight", "loose")
"""How a question comes to need less of a page: less room to write in; then it may break."""
MEMORY = 2 * 1024**3
"""Bytes of address space; the fonts are mapped into it as well."""
WORKERS = 2
"""So many documents are set at the same time."""
ACCESSIBLE = "ua-1"
HEAD, FOOT = 18.0, 18.0
"""Millimetres at the upper and the lower edge that no question may reach."""
LEAST_FILLED = 0.6
"""A page that holds less, and no room to work in, is called hardly filled."""
ROOMY = 1.0
"""Below a question with so large a share in what is left of its page, that is room to write in."""
PASSES = 6
"""So often a hardly filled page is looked for and mended."""
SQUEEZES, TIGHTEST = (0.85, 0.7), 0.55
"""What the room to work in is multiplied by where a version has more pages than another."""
HEIGHTS = {"a4": 297.0, "us-letter": 279.4}


def run() -> None:
    """Read the task, set every document, write the answer."""
    _limit_memory()
    import typst

    task = json.loads(sys.stdin.buffer.read())
    root = Path(task["root"])
    for name in ("packages", "cache"):
        (root / name).mkdir()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_font_folder()])

    def press(document: dict[str, Any]) -> dict[str, Any]:
        return _set(typst, fonts, root, document)

    documents = task["documents"]
    with ThreadPoolExecutor(WORKERS) as pool:
        pressed = list(pool.map(press, documents))
    answer = {"typst": version("typst"), "set": even_out(documents, pressed, press)}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _font_folder() -> str:
    import noto_cjk_sans_otc

    return str(Path(str(noto_cjk_sans_otc.FONT_PATH)).parent)


def _set(typst: Any, fonts: Any, root: Path, document: dict[str, Any]) -> dict[str, Any]:
    """The PDF of one document with its marks, as PDF/UA-1, which screen readers follow."""
    compiler, marks = lay_out(typst, fonts, root, document)
    pdf = compiler.compile(format="pdf", timestamp=0, pdf_standards=[ACCESSIBLE])
    return {"pdf": base64.b64encode(pdf).decode(), "marks": marks, "count": _count(marks)}


def lay_out(typst: Any, fonts: Any, root: Path, document: dict[str, Any]) -> tuple[Any, list[dict[str, Any]]]:
    """The compiler that holds a document, and its marks.

    A question that is split or runs off the page, or leaves the heading before it alone, gets less room to write in; where that is
    not enough it may break (those of a key always may). So does one that leaves the page before it hardly filled. The rows of an
    answer sheet that takes two pages stand closer. An odd number of pages gets one more for duplex.
    """

    def place(document: dict[str, Any]) -> Laid:
        return document, *_marks(typst, fonts, root, document)

    laid = place(document)
    if document["kind"] != "key":
        for way in WAYS:
            high = too_high(laid[2], HEIGHTS[document["size"]]) | left_alone(laid[2])
            laid = place(_with(laid[0], way, high)) if high else laid
        laid = _fill(laid, place)
    document, compiler, marks = laid
    rows = [mark["page"] for mark in marks if mark["what"] == "row"]
    if rows and _count(marks) > min(rows) and not document["large"]:
        document = {**document, "dense": True}
        compiler, marks = _marks(typst, fonts, root, document)
    if document["duplex"] and _count(marks) % 2:
        compiler, marks = _marks(typst, fonts, root, {**document, "padded": True})
    return compiler, marks


def _fill(laid: Laid, place: Callable[[dict[str, Any]], Laid]) -> Laid:
    """The same document, a question that did not fit on a hardly filled page moved there where that can be had.

    First it alone comes to need less, then those of the page as well (0 is the head of the paper).
    """
    settled: set[int] = set()
    for _ in range(PASSES):
        document, _, marks = laid
        pages = hardly_filled(marks, document) - settled
        if not pages:
            break
        page = min(pages)
        settled.add(page)
        number = min((mark["number"] for mark in marks if mark["what"] == "start" and mark["page"] > page), default=0)
        there = {mark["number"] for mark in marks if mark["what"] in ("end", "front") and mark["page"] == page}
        for way, numbers in ((_way(document, number), {number}), ("tight", {number, *there})):
            tried = place(_with(document, way, numbers))
            if any(mark["number"] == number and mark["what"] == "start" and mark["page"] == page for mark in tried[2]):
                laid = tried
                break
    return laid


def _with(document: dict[str, Any], way: str, numbers: set[int]) -> dict[str, Any]:
    return {**document, way: sorted({*document.get(way, ()), *numbers})}


def _way(document: dict[str, Any], number: int) -> str:
    """How a question comes to need less of a page: less room and closer rows; in large print ruled lines go on overleaf instead."""
    blocks = [
        block for question in _questions(document) if question["number"] == number for block in question["answer"]
    ]
    return "loose" if document["large"] and any(block["t"] == "Ruled" for block in blocks) else "tight"


def _questions(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in document["sections"]:
        yield from section["questions"]


def hardly_filled(marks: list[dict[str, Any]], document: dict[str, Any]) -> set[int]:
    """The pages but the last that hold little, and where what is left is not room to write in."""
    height = HEIGHTS[document["size"]] - HEAD - FOOT
    roomy = {question["number"] for question in _questions(document) if question["room"] >= ROOMY}
    starts = {mark["number"]: mark["page"] for mark in marks if mark["what"] == "start"}
    ends = [mark for mark in marks if mark["what"] in ("end", "front")]
    last = max((mark["page"] for mark in ends), default=0)
    filled = {page for mark in ends for page in range(starts.get(mark["number"], 1), mark["page"])}
    found: set[int] = set()
    for page in set(range(1, last)) - filled:
        here = [mark for mark in ends if mark["page"] == page]
        used = max((mark["y"] for mark in here), default=HEAD) - HEAD
        if used / height < LEAST_FILLED and not any(mark["number"] in roomy for mark in here):
            found.add(page)
    return found


def even_out(documents: list[dict[str, Any]], pressed: list[dict[str, Any]], press: Press) -> list[dict[str, Any]]:
    """The same documents, a paper that has more pages than another version of it with less room, if that makes them equal."""
    fewest = min((each["count"] for document, each in zip(documents, pressed, strict=True) if document["kind"] == "paper"), default=0)  # fmt: skip
    return [
        _squeezed(document, each, fewest, press) if document["kind"] == "paper" else each
        for document, each in zip(documents, pressed, strict=True)
    ]


def _squeezed(document: dict[str, Any], pressed: dict[str, Any], fewest: int, press: Press) -> dict[str, Any]:
    """A document on ``fewest`` pages with as much room as that leaves; as it was where the least room does not do."""
    if pressed["count"] <= fewest:
        return pressed
    tightest = press({**document, "squeeze": TIGHTEST})
    if tightest["count"] != fewest:
        return pressed
    tried = (press({**document, "squeeze": squeeze}) for squeeze in SQUEEZES)
    return next((each for each in tried if each["count"] == fewest), tightest)


def _count(marks: list[dict[str, Any]]) -> int:
    """The number of pages: the last mark stands at the end of the document."""
    return max((mark["page"] for mark in marks), default=1)


def _marks(typst: Any, fonts: Any, root: Path, document: dict[str, Any]) -> tuple[Any, list[dict[str, Any]]]:
    compiler = typst.Compiler(
        str(root / "paper.typ"),
        root=str(root),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"doc": json.dumps(document)},
        package_path=str(root / "packages"),
        package_cache_path=str(root / "cache"),
    )
    return compiler, json.loads(compiler.query("<mark>", field="value"))


def too_high(marks: list[dict[str, Any]], height: float) -> set[int]:
    """The numbers of the questions that end on another page than they begin, or below the margin."""
    starts = {mark["number"]: mark for mark in marks if mark["what"] == "start"}
    ends = {mark["number"]: mark for mark in marks if mark["what"] == "end"}
    return {
        number
        for number, start in starts.items()
        if ends[number]["page"] != start["page"] or ends[number]["y"] > height - FOOT
    }


def left_alone(marks: list[dict[str, Any]]) -> set[int]:
    """The numbers of the questions whose heading stands on the page before."""
    pages = {mark["number"]: mark["page"] for mark in marks if mark["what"] == "start"}
    return {mark["number"] for mark in marks if mark["what"] == "part" and pages[mark["number"]] != mark["page"]}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


if __name__ == "__main__":
    run()
