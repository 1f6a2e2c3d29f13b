"""What a reader of a PDF finds in it, by Poppler's tools; tests that need them are skipped where they are not installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def page_texts(pdf: bytes) -> list[str]:
    """The text of every page, in the order of the content."""
    return _told("pdftotext", pdf, "-raw", "-enc", "UTF-8").split("\f")[:-1]


def font_lines(pdf: bytes) -> list[list[str]]:
    """One line of cells for every font: name, type, encoding, embedded, subset, Unicode map, object."""
    return [line.split() for line in _told("pdffonts", pdf).splitlines()[2:]]


def properties(pdf: bytes) -> str:
    """The document's properties and its structure with all alternative texts."""
    return _told("pdfinfo", pdf) + _told("pdfinfo", pdf, "-struct-text")


def _told(tool: str, pdf: bytes, *options: str) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (Poppler) is not installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        last = ["-"] if tool == "pdftotext" else []
        done = subprocess.run([tool, *options, str(file), *last], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")
