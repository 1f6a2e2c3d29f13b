"""The question: prompt with live gaps, figure, and the line that says what to type. It scrolls where room is short."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from quizcnn.figures.figure import Figure
from quizcnn.generation.variant import Variant
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services.presentation import form_line
from quizcnn.text import Lang
from quizcnn.tui.prose import Block, Prose

FIGURE_ROWS, ROOMY_FIGURE_ROWS = 8, 14
"""Rows of a figure's drawing on a low terminal and on one that is high enough."""
_NO_MARKDOWN = str.maketrans({"*": "∗", "`": "'", "$": "＄", "\n": " "})


class Picture(Block):
    """A figure in characters."""

    def __init__(self) -> None:
        super().__init__(id="figure")
        self._figure: Figure | None = None
        self._lang: Lang = "en"

    def show(self, figure: Figure | None, lang: Lang) -> None:
        """Put this figure in place."""
        self._figure, self._lang = figure, lang
        self.put()

    def shows_nothing(self) -> bool:
        return self._figure is None

    def content_at(self, width: int) -> Content:
        from quizcnn.figures.terminal import draw_lines

        if self._figure is None:
            return Content("")
        rows = ROOMY_FIGURE_ROWS if self.is_roomy else FIGURE_ROWS
        width = max(20, width - 1)
        return Content("\n".join(draw_lines(self._figure, self._lang, width, rows=rows, ascii=self.ascii_only)))


class QuestionBlock(VerticalScroll, can_focus=False):
    """Everything that is asked."""

    def compose(self) -> ComposeResult:
        yield Prose(id="prompt")
        yield Picture()
        yield Prose(id="form", classes="quiet")

    def show(
        self, variant: Variant, lang: Lang, texts: tuple[str, ...] = (), head: str = "", *, figure: bool = True
    ) -> None:
        """Put a question in place under a ``head``; ``texts`` are what stands in its gaps. Its ``figure`` may stand elsewhere."""
        prompt, gaps = fill_gaps(variant, lang, texts)
        prompt = f"{head}\n{prompt}" if head else prompt
        self.query_one("#prompt", Prose).show(prompt, bold=gaps)
        self.query_one(Picture).show(variant.figure if figure else None, lang)
        self.query_one("#form", Prose).show(_form(variant, lang) if _needs_form(variant) else "", "$quiet")

    def rows_at(self, width: int) -> int:
        """The rows that all of it takes."""
        return sum(block.rows_at(width) for block in self.query(Block))


def fill_gaps(variant: Variant, lang: Lang, texts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The prompt with its gaps numbered and filled, and the gaps as they stand in it."""
    prompt, gaps = variant.prompt[lang], []
    if variant.kind != "cloze":
        return prompt, ()
    for number, field in enumerate(variant.fields, 1):
        typed = texts[number - 1].strip().translate(_NO_MARKDOWN) if number <= len(texts) else ""
        gap = f"[{number} {typed or '____'}]"
        prompt = prompt.replace(f"[[{field.name}]]", gap)
        gaps.append(gap)
    return prompt, tuple(gaps)


def _form(variant: Variant, lang: Lang) -> str:
    line = form_line(variant, lang)
    return f"（{line}）" if lang == "zh" else f"({line})"


def _needs_form(variant: Variant) -> bool:
    """Options and self-rated cards show how they are answered."""
    answer = variant.fields[0].answer
    single = isinstance(answer, ChoiceAnswer) and not answer.multiple
    return variant.convention is not None or not (single or isinstance(answer, RecallAnswer))
