"""The lesson of a topic: facts, formulas, mistakes, a worked example, and the links to its questions and neighbours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.services import lesson_words
from quizcnn.services.lesson import Example, Lesson, read_lesson, work_example
from quizcnn.services.presentation import readable
from quizcnn.services.requests import DrillRequest
from quizcnn.services.search.wording import standing
from quizcnn.services.topics import Standing
from quizcnn.services.words import KINDS, area_name, say
from quizcnn.text import Text
from quizcnn.tui.footer import Item as Key
from quizcnn.tui.footer import KeyRow
from quizcnn.tui.prose import Item, Items, Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.screens.drill_view import DrillView
from quizcnn.tui.widgets.links import Formulas, Link, Links
from quizcnn.tui.widgets.question import Picture
from quizcnn.tui.widgets.verdict import step_item

PRACTISE = Text("practise these {count}", "练这 {count} 题")
PRACTISE_ONE = Text("practise its question", "练这 1 题")
TRY = Text("try it, not counted", "试做，不计入")
OPEN = Text("open it", "打开")
BACK = Text("back", "返回")
TO_QUESTION = Text("back to the question", "回到题目")
READ = Text("read", "阅读")
LINKS = Text("links", "链接")
OTHER_NUMBERS = Text("other numbers", "换数字")
LINK_LISTS = ("questions", "needs", "leads-to")


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson with its worked example."""

    lesson: Lesson
    example: Example | None


class LessonScreen(QuizScreen[None]):
    """Arrows read, Tab walks over the links, Enter follows one; without one it practises the topic. Esc goes back.

    Beside a session that is under way nothing is practised: topics only are links, and Enter goes back to the question.
    """

    offers = ("variant", "language", "find", "leave", "help")

    def __init__(
        self, topic_id: str, *, draw: int = 0, at: str = "", origin: Callable[[], QuizScreen[None]] | None = None
    ) -> None:
        super().__init__()
        self._topic_id, self._drawn, self._at, self._origin = topic_id, draw, at, origin
        """The topic, the number of the example today, the link under the cursor, and the screen to go back to at last."""
        self._page: Page | None = None
        self._error = ""

    def compose(self) -> ComposeResult:
        yield TitleRow()
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="about", classes="quiet")
            yield Prose(id="facts-head")
            yield Items(id="facts")
            yield Formulas(indent=2, id="formulas")
            yield Prose(id="mistakes-head")
            yield Items(id="mistakes")
            yield Prose(id="example-head")
            yield Prose(id="prompt")
            yield Picture()
            yield Prose(id="form", classes="quiet")
            yield Items(id="steps")
            yield Prose(id="answer")
            for name in LINK_LISTS:
                yield Links(id=name)
        yield KeyRow()

    def on_mount(self) -> None:
        self.show_words()
        self._read()

    def on_screen_resume(self) -> None:
        """Back from practice or another lesson: what stands with the learner may have changed."""
        if self._page is not None:
            self._read()

    def _read(self) -> None:
        context, topic_id, draw = self.quiz.context, self._topic_id, self._drawn

        def read() -> Page:
            lesson = read_lesson(context, topic_id)
            return Page(lesson, work_example(context, lesson.examples, draw))

        self.quiz.run_quietly(read, self._take, self._fail)

    def _take(self, page: Page) -> None:
        if self.stands:
            is_first = self._page is None
            self._page = page
            self.show_words()
            if is_first and self._at:
                self.call_after_refresh(self._show_link)

    def _fail(self, error: QuizError) -> None:
        self._error = str(error)
        if self.stands:
            self.show_words()

    def again(self) -> Callable[[], QuizScreen[None]]:
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack else None
        origin = (below.again() if isinstance(below, QuizScreen) else None) or self._origin
        topic_id, draw, at = self._topic_id, self._drawn, self._at
        return lambda: LessonScreen(topic_id, draw=draw, at=at, origin=origin)

    # ------------------------------------------------------------------ words

    def show_words(self) -> None:
        page = self._page
        if self._error:
            self._put("about", self._error, "$wrong")
        if page is not None:
            self._show_lesson(page.lesson)
            self._show_example(page.example)
            self._show_links(page.lesson)
        self.show_keys()

    def _put(self, name: str, text: str, style: str = "", lead: str = "") -> None:
        self.query_one(f"#{name}", Prose).show(text, style, lead)

    def _show_lesson(self, lesson: Lesson) -> None:
        lang, of = self.lang, lesson.standing
        self.query_one(TitleRow).show(of.title[lang], of.topic_id)
        about = (area_name(of.area, lang), lesson_words.about(of, lang), lesson_words.counts(of, lang))
        self._put("about", lesson_words.COMMA[lang].join(about), "$quiet")
        self._put("facts-head", lesson_words.FACTS[lang] if lesson.facts else "", "bold")
        facts = [Item(readable(fact[lang]), f"  {number} ", plain=True) for number, fact in enumerate(lesson.facts, 1)]
        self.query_one("#facts", Items).show(facts)
        self.query_one("#formulas", Formulas).show(lesson_words.FORMULA[lang], lesson.formulas)
        self._put("mistakes-head", lesson_words.MISTAKES[lang] if lesson.mistakes else "", "bold")
        mistakes = [Item(readable(mistake[lang]), "  ✗ ", plain=True) for mistake in lesson.mistakes]
        self.query_one("#mistakes", Items).show(mistakes)

    def _show_example(self, example: Example | None) -> None:
        lang = self.lang
        steps = self.query_one("#steps", Items)
        self.query_one(Picture).show(example.variant.figure if example else None, lang)
        self._put("example-head", lesson_words.EXAMPLE[lang] if example else "", "bold")
        self._put("prompt", example.variant.prompt[lang] if example else "", "", "  ")
        self._put("form", lesson_words.form(example.variant, lang) if example else "", "$quiet", "  ")
        steps.show([step_item(step, lang, steps.ascii_only) for step in example.steps] if example else [])
        self._put("answer", lesson_words.answer_line(example, lang) if example else "", "$right bold", "  ")

    def _show_links(self, lesson: Lesson) -> None:
        lang = self.lang
        questions = [
            Link(
                (
                    row.id,
                    KINDS[row.kind][lang],
                    say(lesson_words.DIFFICULTY, lang, level=row.difficulty),
                    standing(lesson.record, row.id, lang),
                ),
                row.id,
            )
            for row in lesson.questions
        ]
        self._links("questions").show(lesson_words.QUESTIONS[lang], questions)
        for name, head, topics in (
            ("needs", lesson_words.NEEDS, lesson.needs),
            ("leads-to", lesson_words.LEADS_TO, lesson.leads_to),
        ):
            self._links(name).show(head[lang], [self._topic_link(each) for each in topics])
        self._point()

    def _topic_link(self, of: Standing) -> Link:
        mark = lesson_words.MARKS[of.grasp]
        return Link((f"{mark} {of.title[self.lang]}", lesson_words.share(of)), of.topic_id, is_topic=True)

    def _links(self, name: str) -> Links:
        return self.query_one(f"#{name}", Links)

    def resized(self) -> None:
        if self.is_mounted:
            self.show_words()

    # ------------------------------------------------------------------ links

    def _is_beside_a_session(self) -> bool:
        return any(isinstance(screen, DrillView) for screen in self.app.screen_stack)

    def _all_links(self) -> list[tuple[Links, int, Link]]:
        """Every link that can be followed now, in reading order."""
        beside = self._is_beside_a_session()
        lists = (self._links(name) for name in LINK_LISTS)
        return [
            (block, place, link)
            for block in lists
            for place, link in enumerate(block.links)
            if link.is_topic or not beside
        ]

    def _chosen(self) -> tuple[Links, int, Link] | None:
        return next((each for each in self._all_links() if each[2].target == self._at), None)

    def _point(self) -> None:
        chosen = self._chosen()
        for block in self.query(Links):
            block.point(chosen[1] if chosen is not None and chosen[0] is block else None)

    def _show_link(self) -> None:
        """Bring the link under the cursor into sight."""
        chosen, body = self._chosen(), self.query_one("#body")
        if chosen is not None:
            row = chosen[0].virtual_region.y + 1 + chosen[1]
            if not body.scroll_y <= row < body.scroll_y + body.size.height:
                body.scroll_to(y=max(0, row - body.size.height // 2), animate=False)

    def _walk(self, step: int) -> None:
        """To the next link; after the last one to none, which is the topic as a whole."""
        links, chosen = self._all_links(), self._chosen()
        if links:
            places = [*range(len(links)), None]
            here = links.index(chosen) if chosen is not None else len(links)
            place = places[(here + step) % len(places)]
            self._at = links[place][2].target if place is not None else ""
            self._point()
            self.show_keys()
            self._show_link()

    # ------------------------------------------------------------------ keys

    def enter_means(self) -> Text:
        chosen = self._chosen()
        if chosen is not None:
            return OPEN if chosen[2].is_topic else TRY
        if self._is_beside_a_session():
            return TO_QUESTION
        return self._practise() or BACK

    def _practise(self) -> Text | None:
        """The words for practising the topic, where it has questions."""
        count = self._page.lesson.standing.total if self._page is not None else 0
        if not count:
            return None
        text = PRACTISE if count > 1 else PRACTISE_ONE
        return Text(text.en.format(count=count), text.zh.format(count=count))

    def key_items(self) -> list[Key]:
        first, *rest = super().key_items()
        links = [("Tab", LINKS[self.lang], "")] if self._all_links() else []
        return [first, ("↑↓", READ[self.lang], ""), *links, *rest]

    def item(self, name: str) -> Key:
        key, label, command = super().item(name)
        if name == "variant":
            label = OTHER_NUMBERS[self.lang]
        elif name == "leave":
            key, label = "Esc", BACK[self.lang]
        return key, label, command

    def applies(self, name: str) -> bool:
        return name != "variant" or (self._page is not None and self._page.example is not None)

    def take_key(self, event: events.Key) -> bool:
        body = self.query_one("#body")
        page = max(1, body.size.height - 1)
        rows = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page}
        if event.key in rows:
            body.scroll_relative(y=rows[event.key], animate=False)
        elif event.key == "home":
            body.scroll_home(animate=False)
        elif event.key == "end":
            body.scroll_end(animate=False)
        elif event.key in ("tab", "shift+tab"):
            self._walk(1 if event.key == "tab" else -1)
        else:
            return super().take_key(event)
        return True

    @on(Links.Chosen)
    def _clicked_link(self, message: Links.Chosen) -> None:
        message.stop()
        self._at = message.link.target
        if self._chosen() is not None:
            self.do_enter()

    # ------------------------------------------------------------------ commands

    def do_enter(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen[2].is_topic:
            self.app.push_screen(LessonScreen(chosen[2].target))
        elif chosen is not None:
            self._start(DrillRequest(questions=(chosen[2].target,), counted=False))
        elif self._is_beside_a_session() or self._practise() is None:
            self.do_back()
        else:
            self._start(DrillRequest(topic=self._topic_id, counted=False))

    def _start(self, request: DrillRequest) -> None:
        self.quiz.start_drill(request, back=self.again())

    def do_variant(self) -> None:
        """The example in other numbers."""
        if self.applies("variant"):
            self._drawn += 1
            self._read()

    def do_back(self) -> None:
        if len(self.app.screen_stack) <= 2 and self._origin is not None:
            self.app.switch_screen(self._origin())
        else:
            super().do_back()

    def do_leave(self) -> None:
        self.do_back()
