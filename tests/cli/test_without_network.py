"""Nothing that is written reaches for a network: papers in every format, exports, the class report, hostile text.

Every command runs in a process in which the Internet families of sockets, name look-ups and connections raise, its own child
processes included; where the system lets an ordinary user have an empty network of his own, it runs in one as well, so that code
outside Python finds none either.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUARD = """
import socket
import sys


def refuse(event, given):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"):
        raise RuntimeError(f"reached for the network: {event} {given}")
    if event == "socket.__new__" and given[1] in (socket.AF_INET, socket.AF_INET6):
        raise RuntimeError("reached for the network: a socket")


sys.addaudithook(refuse)
"""
HOSTILE = """
from quizcnn.printing.files import write_document
from quizcnn.printing.layout import Layout
from quizcnn.printing.typst import set_documents
from tests.printing.sample_paper import HIDDEN, HOSTILE, everywhere, formulas

pictures = "https://example.org/a.png ![](https://example.org/b.svg)"
papers = [formulas(), *(everywhere(text) for text in (*HOSTILE, HIDDEN, pictures))]
if PDF:
    assert all(each.pdf.startswith(b"%PDF") for each in set_documents(papers, Layout("pdf")).documents)
else:
    assert all(write_document(paper, Layout(form)) for paper in papers for form in ("html", "docx", "md"))
"""


@lru_cache(maxsize=1)
def _apart() -> tuple[str, ...]:
    """The command that gives a process a network with nothing in it, where that can be had."""
    command = ("unshare", "--map-root-user", "--net")
    if shutil.which("unshare") is None:
        return ()
    done = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if done.returncode == 0 else ()


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that cannot open an Internet socket."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    path = os.pathsep.join((str(tmp_path / "guard"), str(ROOT)))
    return {**os.environ, "PYTHONPATH": path, "QUIZCNN_DATA_DIR": str(tmp_path / "home"), "COVERAGE_PROCESS_START": ""}


def _run(environment: dict[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_apart(), sys.executable, *arguments], capture_output=True, text=True, env=environment, cwd=folder, check=False)  # fmt: skip


def _quiz(environment: dict[str, str], folder: Path, *arguments: str) -> None:
    done = _run(environment, folder, "-m", "quizcnn", *arguments)
    assert done.returncode == 0, done.stderr[-2000:]


def _needs_typst(form: str) -> None:
    if form == "pdf":
        pytest.importorskip("typst")


def test_the_guard_refuses_a_look_up_a_socket_and_those_of_a_child(guarded: dict[str, str], tmp_path: Path) -> None:
    child = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', 'import socket; socket.socket()']).returncode)"  # fmt: skip
    for code in (
        "import urllib.request; urllib.request.urlopen('http://example.org/')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        child,
    ):
        done = _run(guarded, tmp_path, "-c", code)
        assert done.returncode != 0, code
        assert "reached for the network" in done.stderr, code


@pytest.mark.parametrize("form", ["pdf", "html", "docx", "md"])
def test_papers_and_keys_are_made_without_a_network(form: str, guarded: dict[str, str], tmp_path: Path) -> None:
    _needs_typst(form)
    options = ("--seed", "3", "--lang", "both", "--versions", "2", "--format", form, "-o", "out")
    _quiz(guarded, tmp_path, "exam", "new", "numbers-15", *options)
    assert len(list((tmp_path / "out").rglob(f"*.{form}"))) == 4


@pytest.mark.parametrize("form", ["anki", "moodle", "csv", "markdown"])
def test_exports_are_made_without_a_network(form: str, guarded: dict[str, str], tmp_path: Path) -> None:
    _quiz(guarded, tmp_path, "export", form, "topic:conv-output-size", "-o", "out")
    assert (tmp_path / "out").stat().st_size > 1000


def test_a_class_is_marked_and_reported_without_a_network(guarded: dict[str, str], tmp_path: Path) -> None:
    _quiz(guarded, tmp_path, "exam", "new", "numbers-15", "--seed", "3", "--format", "md", "-o", "out")
    manifest, sheet = "out/key/manifest.json", "out/hand-out/answers-A.txt"
    _quiz(guarded, tmp_path, "exam", "grade", manifest, sheet)
    _quiz(guarded, tmp_path, "exam", "report", manifest, sheet, "--html", "class.html")
    assert "<table" in (tmp_path / "class.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["pdf", "md"])
def test_hostile_text_is_written_without_a_network(form: str, guarded: dict[str, str], tmp_path: Path) -> None:
    """Every string and formula in every place of a paper; the other formats are written with the Markdown."""
    _needs_typst(form)
    done = _run(guarded, tmp_path, "-c", f"PDF = {form == 'pdf'}\n{HOSTILE}")
    assert done.returncode == 0, done.stderr[-2000:]
