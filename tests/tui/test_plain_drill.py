"""The plain drill as whole transcripts, and through a real pipe.

Each transcript was read before it became an expectation. ``QUIZCNN_PICTURES=write pytest tests/tui/test_plain_drill.py`` writes
them anew.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal_driver import ask_for

from quizcnn.cli.plain import PlainDrill
from quizcnn.errors import StorageError
from quizcnn.generation.variants import draw_variant
from quizcnn.services.context import Context
from quizcnn.services.drill import Drill
from quizcnn.services.plain import as_plain, ended
from quizcnn.services.requests import DrillRequest
from quizcnn.text import Lang

TRANSCRIPTS = Path(__file__).parent / "transcripts"
NUMBER, CHOICE = "grouped-conv-cost", "overfitting-remedies"
TEXT_EN = "each channel has its own 3x3 kernel, it needs more MACs"
TEXT_ZH = "每个通道先用自己的 3×3 卷积核滤一遍，再用 1×1 卷积混合通道"


class Keyboard(io.StringIO):
    """Somebody at a terminal: what is typed is seen on it."""

    def __init__(self, lines: tuple[str, ...], out: io.StringIO) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self._out = out

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline()
        self._out.write(line or "(end of input)\n")
        return line

    def isatty(self) -> bool:
        return True


def type_lines(*lines: str, request: DrillRequest, lang: Lang = "en") -> str:
    """What stands on the terminal after these lines were typed."""
    context, out = Context(lang=lang), io.StringIO()
    PlainDrill(Drill.open(context, request), lang, Keyboard(lines, out), out, context.speak).run()
    return out.getvalue()


SESSIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Lang]] = {
    "number": ((NUMBER, CHOICE), ("73,85", "3*3*64*128+128", "", "2", "", "36992", ":w", "4"), "en"),
    "number-zh": ((NUMBER,), ("73,85", "3*3*64*128+128", "：w", "4"), "zh"),
    "hints": ((NUMBER,), ("?", "?", "？", ":t", "4"), "en"),
    "near": (("box-iou-two-boxes",), ("0.14", "0.1429", ""), "en"),
    "near-unchanged-zh": (("box-iou-two-boxes",), ("0.14", "", "4"), "zh"),
    "nothing": ((NUMBER,), ("", "", "4"), "en"),
    "gaps": (("eval-statistics",), ("channel", "", "", "running", ""), "en"),
    "parts": (("conv-rows-and-columns",), ("x", "9", "32", "", "9"), "en"),
    "rows": (("nms-order", "metric-formulas"), ("4 3", "3 1 4 2", "", "cad", "4"), "en"),
    "values": (("conv-values-small", "conv-shape"), ("2 5; 1 3", "4", "8x64x111x112", "4"), "en"),
    "formula-zh": (("size-formula", "padding-that-keeps"), ("n+2p-k", "4", "2", ""), "zh"),
    "text": (("depthwise-what-and-why",), (TEXT_EN, ":u", "", ":y", ""), "en"),
    "text-zh": (("depthwise-what-and-why",), (TEXT_ZH, "2"), "zh"),
    "recall": (("why-residuals",), ("", "5", "2"), "en"),
    "commands": (
        (NUMBER, CHOICE, "weight-sharing"),
        (":h", ":s", ":v", ":f", ":z", "3", ":s", ":l", ":u", "2", ":x", ":l", "1 2", "", ":q"), "en",
    ),
    "left": ((NUMBER,), ("1",), "en"),
}  # fmt: skip


@pytest.mark.parametrize("name", SESSIONS)
def test_transcript(name: str) -> None:
    questions, lines, lang = SESSIONS[name]
    compare(name, type_lines(*lines, request=ask_for(*questions), lang=lang))


def compare(name: str, said: str) -> None:
    file = TRANSCRIPTS / f"{name}.txt"
    if os.environ.get("QUIZCNN_PICTURES") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def test_every_transcript_belongs_to_a_session() -> None:
    assert {file.stem for file in TRANSCRIPTS.glob("*.txt")} == set(SESSIONS)


def test_a_session_that_was_left_goes_on_with_the_next_run() -> None:
    first = type_lines("2", "", request=DrillRequest())
    assert first.endswith("Saved at question 2 of 5. 1 right. `quizcnn drill --plain` goes on here.\n")
    assert "\nQuestion 2 of 5." in type_lines(request=DrillRequest())


def test_the_other_language_is_that_of_the_answers_to_come() -> None:
    context, out = Context(lang="en"), io.StringIO()
    typed = Keyboard((":l", "2", ""), out)
    PlainDrill(Drill.open(context, ask_for(CHOICE)), "en", typed, out, context.speak).run()
    assert "答对了。" in out.getvalue()
    assert context.store.attempts()[0].answer.lang == "zh"


def test_a_line_may_go_on_where_words_are_asked() -> None:
    said = type_lines(
        "each channel has its own kernel \\",
        "and a 1x1 layer mixes them",
        "",
        request=ask_for("depthwise-what-and-why"),
    )
    assert "2 of 3 points" in said


def test_nothing_to_ask_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_NEW_PER_DAY", "0")
    assert type_lines(request=DrillRequest()).startswith("Nothing to ask: no card is due")


def test_an_answer_that_cannot_be_saved_is_tried_again_on_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Drill.submit

    def full(self: Drill, *args: object) -> object:
        monkeypatch.setattr(Drill, "submit", real)
        raise StorageError("the disk is full")

    monkeypatch.setattr(Drill, "submit", full)
    said = type_lines("36992", "", "", request=ask_for(NUMBER))
    assert "Not saved: the disk is full. Your answer is kept here; Enter tries again.\n\nRight." in said


# ---------------------------------------------------------------------- lines of words


def test_no_line_needs_symbols_or_another_line() -> None:
    said = "".join(file.read_text(encoding="utf-8") for file in sorted(TRANSCRIPTS.glob("*.txt")))
    assert not set(said) & set("✓✗◐▌█░─│┌┐└┘⌊⌋₁·≈")
    assert "  " not in said


def every_line() -> Iterator[str]:
    context = Context(lang="en")
    for question in context.catalog.questions():
        variant = draw_variant(question, 1)
        for lang, text in (("en", variant.prompt.en), ("zh", variant.prompt.zh)):
            yield from as_plain(text, "zh" if lang == "zh" else "en")


def test_prompts_are_lines_without_markdown() -> None:
    lines = list(every_line())
    assert len(lines) >= 30
    assert not [line for line in lines if "`" in line or "**" in line or "$" in line or not line]


def test_tables_are_read_row_by_row() -> None:
    assert as_plain("Given\n\n|layer|size|\n|---|---|\n|conv|3|", "en") == ["Given", "layer, size", "conv, 3"]


def test_sizes_are_read_as_by_and_products_as_stars() -> None:
    assert as_plain("a 56 × 56 map, $2 \\cdot 3$", "en") == ["a 56 by 56 map, 2 * 3"]


def test_sentences_begin_large_and_end() -> None:
    assert [ended("exact integer", "en"), ended("Why?", "en"), ended("精确整数", "zh")] == [
        "Exact integer.",
        "Why?",
        "精确整数。",
    ]


# ---------------------------------------------------------------------- a real pipe


def run_piped(typed: str, home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizcnn", "drill", "--limit", "2", *options]
    environment = {**os.environ, "QUIZCNN_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=60
    )


def test_a_pipe_gets_plain_lines_and_its_end_saves_and_leaves(tmp_path: Path) -> None:
    ended_early = run_piped("", tmp_path / "piped")
    assert ended_early.returncode == 0, ended_early.stderr
    assert ended_early.stdout.startswith("quizcnn. 2 questions for this session.")
    assert "Saved at question 1 of" in ended_early.stdout
    assert "\x1b" not in ended_early.stdout
    again = run_piped(":q\n", tmp_path / "piped", "--lang", "zh")
    assert "第 1 / 2 题" in again.stdout


def test_an_interrupt_says_what_is_saved_before_it_ends_the_program() -> None:
    class Interrupted(io.StringIO):
        """Somebody who presses Ctrl+C at the second question."""

        answers = iter(("36992", ""))

        def readline(self, size: int | None = -1, /) -> str:
            line = next(self.answers, None)
            if line is None:
                raise KeyboardInterrupt
            return f"{line}\n"

    out = io.StringIO()
    drill = PlainDrill(Drill.open(Context(lang="en"), ask_for(NUMBER, CHOICE)), "en", Interrupted(), out)
    with pytest.raises(KeyboardInterrupt):
        drill.run()
    assert "1 right" in out.getvalue().splitlines()[-1]
