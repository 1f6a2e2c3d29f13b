"""A drill in plain sentences: for pipes, screen readers and Braille. Every line stands alone.

No symbol carries meaning: verdicts are words, ``×`` between sizes is "by", formulas are one line of characters that every
terminal has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from quizcnn.figures.mathematics import inline, one_line
from quizcnn.generation.variant import Variant
from quizcnn.grading.base import Grade, PointResult, Verdict
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.grading.wording import brief
from quizcnn.services import words
from quizcnn.services.points import point_line
from quizcnn.services.presentation import choice_rows, form_line
from quizcnn.services.views import Ask, Missed, Result, Summary
from quizcnn.services.words import area_name, long_interval, say
from quizcnn.solvers.base import Step
from quizcnn.text import Lang, Text

QUESTION = Text(
    "Question {number} of {total}. {area}, {topic}. {asks}", "第 {number} / {total} 题。{area}，{topic}。{asks}"
)
ASKS = {
    "number": Text("Answer with a number.", "填数。"),
    "property": Text("More than one answer may be right.", "答案可能不止一个。"),
    "expression": Text("Answer with a formula.", "填公式。"),
    "shape": Text("Answer with a shape.", "填形状。"),
    "list": Text("Answer with numbers in order.", "按顺序填数。"),
    "matrix": Text("Answer with a matrix.", "填矩阵。"),
    "keypoints": Text("Answer in your own words.", "用自己的话回答。"),
    "recall": Text("Say it aloud, then Enter.", "先说一遍，再按 Enter。"),
}
"""What is asked for, by answer type; the others say it in the line under the prompt."""
GAPS = Text("Fill {count} gaps.", "填 {count} 个空。")
SEVERAL = Text("{count} answers.", "填 {count} 个答案。")
ONE_OF = Text("One of {count}.", "{count} 选 1。")
SOME_OF = Text("One or more of {count}.", "{count} 项中选一项或多项。")
GAP = Text("(gap {number})", "（第 {number} 空）")
OR = Text(" or ", "，")
BY = Text(" by ", " 乘 ")
THE_BACK = Text("The back. {facts}", "背面。{facts}")
DID_YOU_SAY = Text("Did you say it?", "都说到了吗？")
VERDICT = {
    Verdict.CORRECT: Text("Right.", "答对了。"),
    Verdict.PARTIAL: Text("Partly right.", "部分正确。"),
    Verdict.BLANK: Text("Nothing typed.", "没有作答。"),
}
WRONG = Text("Wrong.", "答错了。")
NEARLY = Text("Not yet.", "还差一点。")
READ_AS = Text("Read as {value}.", "读作 {value}。")
NOT_SAID = Text("not said yet.", "还没有答到。")
STEP = Text("Step {number}: {line}, {caption}.", "第 {number} 步：{line}，{caption}。")
COUNTED = (
    Text("{count} right", "答对 {count}"),
    Text("{count} partly right", "部分正确 {count}"),
    Text("{count} wrong", "答错 {count}"),
    Text("{count} not read", "没看懂 {count}"),
)
NOTHING_YET = Text("Nothing answered yet", "还没有作答")
MISSED = Text("{question}: {typed}; right is {key}.", "{question}：{typed}；正确答案 {key}。")
MISSED_RULE = Text("{question}: {typed}; right is {key}; {rule}.", "{question}：{typed}；正确答案 {key}；{rule}。")
NO_ANSWER = Text("no answer", "没有作答")
TOMORROW = Text("Tomorrow {cards}.", "明天{cards}。")
NOTHING_TOMORROW = Text("Nothing is due tomorrow.", "明天没有到期的卡。")
_MARKS = re.compile(r"`([^`\n]+)`|\*\*([^*\n]+)\*\*|(?<![*A-Za-z0-9_])\*([^*\s][^*\n]*)\*(?![*A-Za-z0-9_])")
_SIZES = re.compile(r"(?<=[0-9A-Z]) ?× ?(?=[0-9A-Z])")


def as_plain(markdown: str, lang: Lang) -> list[str]:
    """Markdown as lines of words: code without its marks, formulas on one line, tables row by row."""
    text = _MARKS.sub(lambda match: match[1] or match[2] or match[3], inline(markdown, ascii=True))
    text = _SIZES.sub(BY[lang], text)
    lines = (_row(line, lang) if line.startswith("|") else line.strip() for line in text.split("\n"))
    return [line for line in lines if line]


def _row(line: str, lang: Lang) -> str:
    """A row of a table; nothing for the rule under its head."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
        return ""
    return (", " if lang == "en" else "，").join(cells)


def one(markdown: str, lang: Lang) -> str:
    """Markdown as one line of words."""
    return " ".join(as_plain(markdown, lang))


def joined(sentences: Iterable[str], lang: Lang) -> str:
    """Sentences on one line; Chinese ones need no blank between them."""
    return (" " if lang == "en" else "").join(sentence for sentence in sentences if sentence)


def ended(text: str, lang: Lang) -> str:
    """The text as a sentence: large first letter, a stop at its end."""
    text = text.strip()
    closed = text.endswith((".", "?", "!", "。", "？", "！"))
    return text[:1].upper() + text[1:] + ("" if closed or not text else "." if lang == "en" else "。")


# ---------------------------------------------------------------------- the question


def ask_lines(ask: Ask, lang: Lang) -> Iterator[str]:
    """The question: where it stands, then what is asked."""
    variant = ask.variant
    where = {"area": area_name(ask.area, lang), "topic": ask.topic[lang]}
    yield say(QUESTION, lang, number=ask.number, total=ask.total, asks=_asks(variant, lang), **where).strip()
    yield from prompt_lines(variant, lang)


def prompt_lines(variant: Variant, lang: Lang) -> Iterator[str]:
    """The prompt with its remark, figure and options."""
    prompt = variant.prompt[lang]
    for number, field in enumerate(variant.fields, 1):
        prompt = prompt.replace(f"[[{field.name}]]", GAP[lang].format(number=number))
    *first, last = as_plain(prompt, lang) or [""]
    yield from first
    yield joined((last, _form(variant, lang)), lang)
    if variant.figure is not None:
        from quizcnn.figures.description import describe

        yield describe(variant.figure, lang)
    for field in variant.fields:
        yield from (f"{mark}: {ended(one(text, lang), lang)}" for mark, text in choice_rows(field, lang))


def _asks(variant: Variant, lang: Lang) -> str:
    answer = variant.fields[0].answer
    if isinstance(answer, ChoiceAnswer):
        return (SOME_OF if answer.multiple else ONE_OF)[lang].format(count=len(answer.options))
    if len(variant.fields) > 1:
        return (GAPS if variant.kind == "cloze" else SEVERAL)[lang].format(count=len(variant.fields))
    return ASKS[answer.type][lang] if answer.type in ASKS else ""


def _form(variant: Variant, lang: Lang) -> str:
    """The convention and what to type; options and self-rated cards have said it."""
    answer = variant.fields[0].answer
    if variant.convention is None and isinstance(answer, ChoiceAnswer | KeypointsAnswer | RecallAnswer):
        return ""
    return ended(one(form_line(variant, lang), lang), lang)


# ---------------------------------------------------------------------- the result


def result_lines(variant: Variant, result: Result, lang: Lang) -> Iterator[str]:
    """What the answer came to: verdict, mistake, steps, key, explanation."""
    grade = result.grade
    if isinstance(variant.fields[0].answer, RecallAnswer):
        yield from _back(variant, result, lang)
        return
    shown = words.SHOWN if result.intervals is not None else words.NOT_ANSWERED
    yield ended(say(shown, lang, key=grade.key[lang]), lang) if result.revealed else _verdict(grade, lang)
    for number, point in enumerate(grade.points, 1):
        if point.note is None or point.note not in grade.feedback:
            yield _point(number, point, result, lang)
    if result.second_try:
        yield (words.SECOND_TRY if result.counted else words.SECOND_TRY_UNCOUNTED)[lang]
    if not result.recorded:
        return
    if not grade.is_correct:
        yield from step_lines(result.steps, lang)
        said = grade.feedback[0][lang] if grade.feedback else ""
        if not (result.revealed or grade.points or grade.key[lang] in said):
            yield ended(say(words.RIGHT_ANSWER, lang, key=grade.key[lang]), lang)
    if not grade.is_correct or not result.steps:
        yield from as_plain(variant.explanation[lang], lang)
    if result.leech_lapses:
        yield say(words.LEECH, lang, lapses=result.leech_lapses)


def _back(variant: Variant, result: Result, lang: Lang) -> Iterator[str]:
    answer = variant.fields[0].answer
    facts = [fact[lang] for fact in answer.back] if isinstance(answer, RecallAnswer) else []
    yield say(THE_BACK, lang, facts=joined((ended(one(fact, lang), lang) for fact in facts), lang))
    yield from as_plain(variant.explanation[lang], lang)
    if not result.revealed:
        yield DID_YOU_SAY[lang]


def _verdict(grade: Grade, lang: Lang) -> str:
    """The verdict in one line; what the grade says of the value follows without the value again."""
    lines = [one(line[lang], lang) for line in grade.feedback] or [""]
    if grade.verdict is Verdict.UNREADABLE:
        return joined((lines[0], words.NOT_RECORDED[lang], *(_examples(line, lang) for line in lines[1:])), lang)
    verdict = VERDICT.get(grade.verdict, NEARLY if grade.is_near else WRONG)[lang]
    lines[0] = "" if lines[0] == verdict else _without_value(lines[0], grade.read, lang)
    read = say(READ_AS, lang, value=brief(grade.read)) if grade.read and not (grade.is_correct or grade.points) else ""
    return joined((verdict, read, *(ended(_numbered(line), lang) for line in lines)), lang)


def _without_value(line: str, read: str, lang: Lang) -> str:
    """``Not 3: that ignores groups.`` once the value was read back: ``That ignores groups.``"""
    shown = brief(read)
    starts = (
        (f"Not {shown}: ", f"Not {shown}. ")
        if lang == "en"
        else (f"{shown} 不对：", f"{shown} 不对。", f"{shown} 不对，")
    )
    for start in starts:
        if line.startswith(start):
            return ended(line[len(start) :], lang)
    return line


def _examples(line: str, lang: Lang) -> str:
    """``For example   73856   73,856`` as words."""
    opening, *shown = re.split(r" {2,}", line)
    return f"{opening} {OR[lang].join(shown)}{'.' if lang == 'en' else '。'}" if shown else line


def _numbered(line: str) -> str:
    """``3  reason`` and ``2 b  pair`` with a colon after their marks."""
    return re.sub(r"^(\w+(?: \w)?) {2,}", r"\1: ", line)


def _point(number: int, point: PointResult, result: Result, lang: Lang) -> str:
    text = result.typed[0] if result.typed else ""
    claim = one(point.say[lang], lang)
    if result.second_try and point.state in ("near", "missed"):
        # What is still to be said is not given away.
        claim = point.note[lang] if point.note else NOT_SAID[lang]
    return point_line(number, point, text, claim, lang)


def step_lines(steps: Sequence[Step], lang: Lang) -> Iterator[str]:
    """The worked steps, a sentence each."""
    for number, step in enumerate(steps, 1):
        yield say(STEP, lang, number=number, line=one_line(step.latex, ascii=True), caption=step.caption[lang])


def rating_line(result: Result, lang: Lang, line: Text) -> str:
    """The ratings with their intervals and the one that Enter takes."""
    intervals = result.intervals or {}
    choices = (", " if lang == "en" else "，").join(_rating(number, intervals[number], lang) for number in intervals)
    proposed = words.RATINGS[result.proposed][lang] if result.proposed else ""
    return say(line, lang, choices=choices, proposed=proposed)


def _rating(number: int, interval: timedelta, lang: Lang) -> str:
    return f"{number} {words.RATINGS[number][lang]} {long_interval(interval, lang)}"


# ---------------------------------------------------------------------- the session


def counts(summary: Summary, lang: Lang) -> str:
    """``1 right, 1 wrong.``; what there is none of is left out."""
    numbers = (summary.right, summary.partly, summary.missed, summary.unread)
    said = [say(text, lang, count=number) for text, number in zip(COUNTED, numbers, strict=True) if number]
    return ended((", " if lang == "en" else "，").join(said) or NOTHING_YET[lang], lang)


def summary_lines(summary: Summary, lang: Lang) -> Iterator[str]:
    """The session as sentences: counts, what was missed, tomorrow."""
    yield joined((ended(words.DONE[lang], lang), counts(summary, lang)), lang)
    if summary.time_is_up:
        yield say(words.TIME_IS_UP, lang, waiting=summary.waiting)
    if summary.placement is not None:
        yield words.placed(summary.placement, lang)
    yield from (_miss(miss, lang) for miss in summary.misses)
    cards = words.count_cards(summary.due_tomorrow, summary.new_tomorrow, lang)
    yield say(TOMORROW, lang, cards=cards) if cards else NOTHING_TOMORROW[lang]
    yield from summary.left_out


def _miss(miss: Missed, lang: Lang) -> str:
    typed = " ".join(miss.typed.split()) or NO_ANSWER[lang]
    rule = miss.mistake[lang] if miss.mistake else ""
    key = " ".join(miss.key[lang].split()).rstrip(".。")
    return say(MISSED_RULE if rule else MISSED, lang, question=miss.question_id, typed=typed, key=key, rule=rule)
