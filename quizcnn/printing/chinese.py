"""The Chinese form of a paper: headings that count their questions and points, stems that end in brackets, the score table by 题号,
the binding margin, and answers at a glance in the key.

Not a translation of the English form; only its texts are the bank's Chinese ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizcnn.generation.blueprint import Section as Part
from quizcnn.generation.exam import Exam, Item, Version
from quizcnn.generation.lettering import key_on_paper, letter
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.printing import words
from quizcnn.printing.document import Block, Inlines, Paragraph, Quick, Run, ScoreTable, Seal

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
MARK, BRACKETS = "．", ("（", "）")
CLOSING = "（　　）"
KEY_TITLE = "参考答案与评分标准"
AT_A_GLANCE = "答案速查"
SEAL = Seal(("姓名", "学号", "班级"), "密封线", "线内不要答题")
POLICIES = {
    "all-or-half": "全部选对得满分，选对但不全得一半，有选错得 0 分",
    "per-option": "每个选项判断正确即得相应分数",
    "right-minus-wrong": "选错一项抵消选对一项的得分，最低 0 分",
}
ALL_OR_NOTHING = "全部选对才得分"
SEVERAL = "每小题有一个或几个选项正确，"
_TAIL = re.compile(r"[\s：:。.]+$")
MOST_LETTERS = 14
"""Longer keys do not stand in the table of answers at a glance."""


def heading(part: Part, number: int) -> str:
    """ "二、多项选择题"."""
    return f"{NUMERALS[number]}、{part.title.zh}"


def rule(part: Part, items: Sequence[Item]) -> str:
    """How many, how many points each and in all, and what holds for the whole part."""
    return "。".join(filter(None, (_counted(part, items), _holds(part, items))))


def _counted(part: Part, items: Sequence[Item]) -> str:
    total = f"共 {words.amount(part.points)} 分"
    if (each := _points_a_gap(items)) is not None:
        return f"本题共 {sum(len(item.variant.fields) for item in items)} 空，每空 {words.amount(each)} 分，{total}"
    said = [f"本题共 {len(items)} 小题"]
    if len({item.points for item in items}) == 1 and len(items) > 1:
        said.append(f"每小题 {items[0].points} 分")
    if part.choose is not None:
        said.append(f"取得分最高的 {part.choose} 小题计分")
    return "，".join([*said, total])


def _points_a_gap(items: Sequence[Item]) -> float | None:
    """What each gap earns, where all questions have gaps and all gaps the same in whole or half points."""
    shares = {item.points / len(item.variant.fields) for item in items}
    alike = all(item.variant.kind == "cloze" for item in items) and len(shares) == 1
    share = next(iter(shares))
    return share if alike and (2 * share).is_integer() else None


def gives_points_once(items: Sequence[Item]) -> bool:
    """Whether the heading says what each question earns."""
    return len({item.points for item in items}) == 1 or _points_a_gap(items) is not None


def _holds(part: Part, items: Sequence[Item]) -> str:
    answers = [item.variant.fields[0].answer for item in items]
    choices = [answer for answer in answers if isinstance(answer, ChoiceAnswer)]
    said: list[str] = []
    if choices and len(choices) == len(items):
        several = any(answer.multiple for answer in choices)
        policy = POLICIES.get(part.policy or "", ALL_OR_NOTHING)
        said.append(SEVERAL + policy if several else words.SINGLE.zh.replace("每题", "每小题"))
    if any(item.steps for item in items) and part.work_space is None:
        said.append("写出必要的步骤")
    return "。".join(said)


def close(stem: tuple[Block, ...], item: Item) -> tuple[tuple[Block, ...], str]:
    """The stem of a choice without its last stop, and the brackets that follow it; a question mark stays."""
    if not isinstance(item.variant.fields[0].answer, ChoiceAnswer):
        return stem, ""
    places = [place for place, block in enumerate(stem) if isinstance(block, Paragraph)]
    if not places:
        return stem, CLOSING
    last = stem[places[-1]]
    content = _without_stop(last.content) if isinstance(last, Paragraph) else ()
    return (*stem[: places[-1]], Paragraph(content), *stem[places[-1] + 1 :]), CLOSING


def _without_stop(content: Inlines) -> Inlines:
    last = content[-1] if content else None
    return (*content[:-1], replace(last, text=_TAIL.sub("", last.text))) if isinstance(last, Run) else content


def score_table(exam: Exam) -> ScoreTable:
    """题号, 满分, 得分; the parts by Chinese numerals."""
    sections = exam.blueprint.sections
    points = (*(words.amount(section.points) for section in sections), words.amount(exam.blueprint.points))
    return ScoreTable(("题号", "满分", "得分"), (*NUMERALS[: len(sections)], words.TOTAL.zh), points)


def at_a_glance(version: Version) -> tuple[Block, ...]:
    """The short keys of a version, number by number; nothing where there are none."""
    found = tuple((str(item.number), (Run(key),)) for item in version.items for key in _short_key(item))
    return (Quick(AT_A_GLANCE, found),) if found else ()


def _short_key(item: Item) -> Iterator[str]:
    answers = [field.answer for field in item.variant.fields]
    if isinstance(answers[0], KeypointsAnswer | RecallAnswer):
        return
    key = "，".join(_plain(answer) for answer in answers)
    if len(key) <= MOST_LETTERS:
        yield key


def _plain(answer: object) -> str:
    match answer:
        case MatchingAnswer(pairs=pairs):
            return " ".join(letter(place) for place in pairs)
        case OrderingAnswer(order=order):
            return " ".join(map(str, order))
        case NumberAnswer():
            return answer.shown().zh
    return key_on_paper(answer, "zh")  # type: ignore[arg-type]
