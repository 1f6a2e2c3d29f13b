"""Lessons: where topics stand, what hangs together, the worked example, words, and what stands beside a question."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.errors import UsageError
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.services import lesson_words
from quizcnn.services.context import Context
from quizcnn.services.drill import Drill
from quizcnn.services.lesson import Lesson, read_lesson, work_example
from quizcnn.services.panel import read_panel
from quizcnn.services.requests import DrillRequest
from quizcnn.services.topics import read_map, read_topics
from quizcnn.text import display_width

QUESTIONS = Path(__file__).parent / "small_bank" / "shapes" / "questions.yaml"
TOPICS = """\
- id: words
  title: {en: Words, zh: 名词}
  area: shapes
  kinds: [concept]
  difficulty: 1
  interview_frequency: 1
- id: conv-size
  title: {en: Size of a convolution, zh: 卷积的尺寸}
  area: shapes
  kinds: [numeric]
  prerequisites: [words]
  difficulty: 2
  interview_frequency: 3
  facts:
  - The output has floor((n + 2p - k)/s) + 1 rows.
  - {en: Each axis counts for itself., zh: 每个轴各算各的。}
  mistakes:
  - {en: forgets the + 1, zh: 漏了加 1}
  formulas:
  - H' = \\left\\lfloor\\frac{H + 2p - k}{s}\\right\\rfloor + 1
- id: boxes
  title: {en: Overlap of boxes, zh: 框的重叠}
  area: shapes
  kinds: [numeric]
  prerequisites: [words, conv-size]
  difficulty: 2
  interview_frequency: 2
- id: nothing-yet
  title: {en: Nothing yet, zh: 暂空}
  area: pooling
  kinds: [concept]
  prerequisites: [words]
  difficulty: 1
  interview_frequency: 3
"""


@pytest.fixture
def context(home: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    bank = home / "bank"
    (bank / "shapes").mkdir(parents=True)
    (bank / "topics.yaml").write_text(TOPICS, encoding="utf-8")
    (bank / "shapes" / "questions.yaml").write_text(QUESTIONS.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr("quizcnn.locations.bank_folder", lambda: bank)
    return Context(lang="en")


@pytest.fixture
def lesson(context: Context) -> Lesson:
    return read_lesson(context, "conv-size")


def answer(context: Context, question_id: str, *, is_right: bool) -> Grade:
    """One counted answer, rated as proposed: the key, or another option, or one row too few."""
    drill = Drill.open(context, DrillRequest(questions=(question_id,)))
    ask = drill.ask()
    assert ask is not None
    expected = ask.variant.fields[0].answer
    if isinstance(expected, ChoiceAnswer):
        typed = next(place for place, option in enumerate(expected.options, 1) if option.key is is_right)
    else:
        typed = int(expected.shown()["en"]) - (not is_right)
    grade = drill.submit([str(typed)], 20.0).grade
    assert (grade.verdict is Verdict.CORRECT) is is_right
    drill.rate()
    drill.leave()
    return grade


# ---------------------------------------------------------------------- where topics stand


def test_a_topic_counts_its_questions_seen_and_due(context: Context) -> None:
    before = read_map(context).standing("words")
    assert (before.total, before.seen, before.due, before.grasp) == (2, 0, 0, "new")
    answer(context, "stride-word", is_right=False)
    after = read_map(context).standing("words")
    assert (after.seen, after.due, after.grasp) == (1, 1, "begun")


def test_a_topic_is_known_when_half_of_it_is_in_review(context: Context) -> None:
    drill = Drill.open(context, DrillRequest(questions=("say-it",)))
    drill.ask()
    drill.reveal(5.0)
    drill.rate(4)
    drill.leave()
    assert read_map(context).standing("words").grasp == "known"


def test_a_topic_without_questions_is_empty(context: Context) -> None:
    assert read_map(context).standing("nothing-yet").grasp == "empty"


def test_all_topics_stand_in_the_order_of_the_bank(context: Context) -> None:
    assert [each.topic_id for each in read_topics(context)] == ["words", "conv-size", "boxes", "nothing-yet"]


def test_what_builds_on_a_topic_comes_with_questions_first_then_by_how_often_it_is_asked(context: Context) -> None:
    known = read_map(context)
    assert [each.topic_id for each in known.leads_to("words")] == ["conv-size", "boxes", "nothing-yet"]
    assert [each.topic_id for each in known.needs("boxes")] == ["words", "conv-size"]


# ---------------------------------------------------------------------- the lesson


def test_a_lesson_holds_what_the_topic_says(lesson: Lesson) -> None:
    assert [fact.zh for fact in lesson.facts] == ["The output has floor((n + 2p - k)/s) + 1 rows.", "每个轴各算各的。"]
    assert [row.id for row in lesson.questions] == ["conv-rows"]
    assert [each.topic_id for each in lesson.needs] == ["words"]
    assert [each.topic_id for each in lesson.leads_to] == ["boxes"]


def test_an_unknown_topic_is_refused_with_the_nearest(context: Context) -> None:
    with pytest.raises(UsageError, match="conv-siez") as refusal:
        read_lesson(context, "conv-siez")
    assert "conv-size" in str(refusal.value)


def test_the_example_is_worked_to_the_answer_of_its_numbers(context: Context, lesson: Lesson) -> None:
    example = work_example(context, lesson.examples)
    assert example is not None
    facts = example.variant.facts
    rows = (facts["in_height"] + 2 * facts["padding"] - facts["kernel_size"]) // facts["stride"] + 1
    assert lesson_words.answer_line(example, "en") == f"Answer: {rows}"
    assert str(rows) in example.steps[-1].latex


def test_the_example_stays_for_a_day_and_others_follow(
    context: Context, lesson: Lesson, at: Callable[[str], None]
) -> None:
    def numbers(k: int = 0) -> object:
        example = work_example(context, lesson.examples, k)
        assert example is not None
        return example.variant.facts

    first = numbers()
    assert numbers() == first
    assert any(numbers(k) != first for k in range(1, 4))
    at("2026-11-21T20:00:00+00:00")
    assert numbers() == first
    days = []
    for day in (22, 23, 24):
        at(f"2026-11-{day}T09:00:00+00:00")
        days.append(numbers())
    assert any(each != first for each in days)


def test_a_seed_gives_its_numbers(context: Context, lesson: Lesson) -> None:
    example = work_example(context, lesson.examples, seed=7)
    assert example is not None
    assert example.variant.facts == context.variant("conv-rows", 7).facts


def test_a_topic_without_numbers_has_no_example(context: Context) -> None:
    assert work_example(context, read_lesson(context, "words").examples) is None


# ---------------------------------------------------------------------- words


def test_a_lesson_reads_from_facts_to_what_follows(context: Context, lesson: Lesson) -> None:
    lines = list(lesson_words.lesson_lines(lesson, work_example(context, lesson.examples, seed=7), "en"))
    heads = [line for line in lines[2:] if line and line[0] != " "]
    assert heads == [
        "Facts",
        "Formula",
        "Common mistakes",
        "Worked example (conv-rows)",
        "Questions",
        "Needs",
        "Leads to",
    ]
    assert lines[:2] == ["Size of a convolution (conv-size)", "shapes, difficulty 2, asked often, 1 question"]
    assert "  - forgets the + 1" in lines
    assert any(line.startswith("    H′ = ⎢") for line in lines)


def test_chinese_stands_where_there_is_any_and_english_where_not(context: Context, lesson: Lesson) -> None:
    lines = list(lesson_words.lesson_lines(lesson, None, "zh"))
    assert "  1 The output has floor((n + 2p - k)/s) + 1 rows." in lines
    assert "  2 每个轴各算各的。" in lines
    assert "  - 漏了加 1" in lines
    assert "例题 (conv-rows)" not in lines


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_prose_keeps_to_the_width(context: Context, lesson: Lesson, width: int, lang: str) -> None:
    example = work_example(context, lesson.examples, seed=7)
    lines = list(lesson_words.lesson_lines(lesson, example, "zh" if lang == "zh" else "en", width))
    tables = lines.index("题目" if lang == "zh" else "Questions")
    assert max(display_width(line) for line in lines[2:tables]) <= width


def test_parts_that_are_empty_are_left_out(context: Context) -> None:
    lines = list(lesson_words.lesson_lines(read_lesson(context, "nothing-yet"), None, "en"))
    assert lines[1].endswith("no questions yet")
    assert [line for line in lines[2:] if line and line[0] != " "] == ["Needs"]


def test_a_lesson_as_json_has_all_of_it(context: Context, lesson: Lesson) -> None:
    answer(context, "conv-rows", is_right=False)
    again = read_lesson(context, "conv-size")
    given = json.loads(json.dumps(lesson_words.lesson_json(again, work_example(context, again.examples, seed=7), "zh")))
    assert given["facts"][1] == "每个轴各算各的。"
    assert given["formulas"][0]["latex"].startswith("H'")
    assert given["questions"][0]["states"] == ["due", "learning"]
    assert given["example"]["seed"] == 7
    assert [each["id"] for each in given["leads_to"]] == ["boxes"]


def test_the_list_of_topics_is_by_area_with_counts(context: Context) -> None:
    lines = list(lesson_words.topic_lines(read_topics(context), "en"))
    assert lines[0] == "shapes (4 questions)"
    assert [line.split()[0] for line in lines[1:4]] == ["words", "conv-size", "boxes"]
    assert lines[-1].split() == ["nothing-yet", "-", "Nothing", "yet"]


# ---------------------------------------------------------------------- beside a question


def test_before_the_answer_the_panel_gives_nothing_away(context: Context) -> None:
    answer(context, "conv-rows", is_right=False)
    panel = read_panel(context, "conv-rows", answered=False)
    assert panel.formulas == ()
    assert [trace.mistake for trace in panel.history] == [None]
    assert (panel.answers, panel.missed) == (1, 1)


def test_after_the_answer_it_names_formula_and_mistakes(context: Context) -> None:
    grade = answer(context, "conv-rows", is_right=False)
    panel = read_panel(context, "conv-rows", answered=True)
    assert len(panel.formulas) == 1
    (trace,) = panel.history
    assert trace.is_today
    assert (trace.verdict, trace.rating) == ("wrong", 1)
    assert grade.mistakes
    assert trace.mistake is not None


def test_the_panel_shows_the_last_answers_oldest_first(context: Context) -> None:
    answer(context, "stride-word", is_right=False)
    answer(context, "stride-word", is_right=False)
    for _ in range(9):
        answer(context, "stride-word", is_right=True)
    panel = read_panel(context, "stride-word", answered=True)
    assert (panel.answers, panel.missed) == (11, 2)
    assert [trace.verdict for trace in panel.history] == ["correct"] * 8
