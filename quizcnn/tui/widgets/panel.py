"""What stands beside a question where there is room: figure, formula, topic with its neighbours, the history of the card.

The question is shown first; the panel is filled when its figures have been read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.figures.figure import Figure
from quizcnn.grading.base import Verdict
from quizcnn.services import lesson_words
from quizcnn.services.presentation import SYMBOLS
from quizcnn.services.words import RATINGS, day_name, say
from quizcnn.text import Lang, Text, pad
from quizcnn.tui.prose import Block, Item, Items, Prose
from quizcnn.tui.widgets.links import Formulas
from quizcnn.tui.widgets.question import Picture

if TYPE_CHECKING:
    from quizcnn.services.panel import Panel, Trace
    from quizcnn.services.topics import Standing

WIDTH = 40
"""Columns of the panel, its rule included."""
LEAST_WIDTH = 120
"""Narrower terminals have no panel."""
INNER = WIDTH - 4
NEIGHBOURS = 4
"""So many topics are named that a topic leads to."""
FIGURE = Text("Figure", "图")
TOPIC = Text("Topic", "主题")
CARD = Text("This card", "这张卡")
MISSED = Text("missed {missed} of {answers}", "{answers} 次中错 {missed} 次")
FIRST_TIME = Text("not answered yet", "还没有答过")
TODAY = Text("today", "今天")
PRACTICE = Text("practice", "加练")
DAY: dict[Lang, int] = {"en": 8, "zh": 12}
"""Columns of a day."""
MORE = Text("and {count} more", "另有 {count} 个")


class SidePanel(VerticalScroll, can_focus=False):
    """One column, top to bottom."""

    DEFAULT_CSS = """
    SidePanel { width: 40; height: 1fr; border-left: solid $panel; padding: 1 1 0 1; }
    SidePanel Prose, SidePanel Items { margin-bottom: 0; }
    SidePanel.plain { border-left: ascii $panel; }
    SidePanel #figure { margin-bottom: 1; }
    SidePanel #panel-card { margin-top: 1; }
    """

    def compose(self) -> ComposeResult:
        yield Prose(id="panel-figure")
        yield Picture()
        yield Formulas(id="panel-formula")
        yield Prose(id="panel-topic")
        yield Items(id="panel-about")
        yield Items(id="panel-neighbours")
        yield Prose(id="panel-card")
        yield Items(id="panel-history")

    def on_mount(self) -> None:
        self.set_class(bool(getattr(self.app, "ascii_symbols", False)), "plain")
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        for block in self.query(Block):
            block.display = False

    def takes(self, figure: Figure | None, lang: Lang) -> bool:
        """Whether a figure can be drawn so narrow without a line being cut."""
        from quizcnn.figures.terminal import draw_lines

        return figure is not None and not any(line.endswith("…") for line in draw_lines(figure, lang, INNER))

    def show_figure(self, figure: Figure | None, lang: Lang) -> None:
        """Put a figure in place, or none."""
        self.query_one("#panel-figure", Prose).show(FIGURE[lang] if figure is not None else "", "bold")
        self.query_one(Picture).show(figure, lang)

    def show(self, panel: Panel, lang: Lang) -> None:
        """Put the surroundings of a question in place."""
        self.query_one("#panel-formula", Formulas).show(lesson_words.FORMULA[lang], panel.formulas)
        of = panel.standing
        self.query_one("#panel-topic", Prose).show(TOPIC[lang], "bold")
        about = Item(lesson_words.about(of, lang), "  ", "$quiet")
        self.query_one("#panel-about", Items).show([Item(of.title[lang], "  "), about])
        self.query_one("#panel-neighbours", Items).show(_neighbours(panel, lang))
        seen = say(MISSED, lang, missed=panel.missed, answers=panel.answers) if panel.answers else FIRST_TIME[lang]
        self.query_one("#panel-card", Prose).show(f"**{CARD[lang]}**   {seen}")
        self.query_one("#panel-history", Items).show([_trace(trace, lang) for trace in panel.history])


def _neighbours(panel: Panel, lang: Lang) -> list[Item]:
    """What the topic needs, then the first of what it leads to."""
    rows = [
        _topic(each, lesson_words.NEEDS[lang] if place == 0 else "", lang) for place, each in enumerate(panel.needs)
    ]
    shown = panel.leads_to[:NEIGHBOURS]
    rows += [_topic(each, lesson_words.LEADS_TO[lang] if place == 0 else "", lang) for place, each in enumerate(shown)]
    left = len(panel.leads_to) - len(shown)
    return rows + ([Item(say(MORE, lang, count=left), " " * _lead(lang), "$quiet")] if left else [])


def _lead(lang: Lang) -> int:
    """The column in which the names of topics begin."""
    return 13 if lang == "en" else 11


def _topic(of: Standing, word: str, lang: Lang) -> Item:
    mark = lesson_words.MARKS[of.grasp]
    return Item(of.title[lang], f"{pad(f'  {word}', _lead(lang) - 2)}{mark} ")


def _trace(trace: Trace, lang: Lang) -> Item:
    """``4 Nov ✗ ignores groups``: the day, how it went, and the mistake, else the rating."""
    day = TODAY[lang] if trace.is_today else day_name(trace.day, lang)
    said = (
        trace.mistake[lang]
        if trace.mistake is not None
        else RATINGS[trace.rating][lang]
        if trace.rating
        else PRACTICE[lang]
    )
    symbol = SYMBOLS.get(Verdict(trace.verdict), "✗")
    return Item(said, f"  {pad(day, DAY[lang])}{symbol} ")
