"""The empty answer files of a paper: text, YAML and CSV, each with the printed number and the id of every question."""

from __future__ import annotations

import csv
import io
import json

from quizcnn.grading.answers import Field
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services.exams.manifest import Manifest, PrintedPaper, PrintedQuestion
from quizcnn.text import Lang, Text

HEAD = Text(
    "Type each answer after its number. Lines that begin with # are not read; leave empty what you do not know.",
    "把答案写在题号之后。以 # 开头的行不读取；不会的题留空。",
)
PARTS = Text("Several parts: {example}", "多个空：{example}")
QUOTES = Text('Put decimals in quotes ("0.2300"); several parts as a list.', '小数加引号（"0.2300"）；多个空写成列表。')
LETTER, LETTERS = Text("a letter, A-{last}", "一个字母，A-{last}"), Text("letters, A C", "若干字母，如 A C")
IN_ROWS = Text("a letter for each row, in order: C A B", "按行写字母，如 C A B")
WORDS = Text("a few sentences; they may go on over the next lines", "几句话，可以换行继续写")
RATING = Text("your own rating: 1 not yet, 2 partly, 3 or 4 right", "自评：1 没答上来，2 答出一部分，3 或 4 答对")


def letter_of(place: int) -> str:
    """How a part is called: a, b, ..."""
    return chr(ord("a") + place)


def text_form(manifest: Manifest, paper: PrintedPaper, lang: Lang) -> str:
    """The form to fill in with any editor."""
    lines = [f"# {_title(manifest, paper, lang)}", f"# {HEAD[lang]}", f"paper: {paper.code}", "name: ", ""]
    for question in paper.questions:
        lines += [f"# {question.number}  {question.id}: {hint(question, lang)}", f"{question.number}. "]
    return "\n".join(lines) + "\n"


def yaml_form(manifest: Manifest, paper: PrintedPaper, lang: Lang) -> str:
    """The form as YAML; written by hand, because a comment stands beside every key."""
    lines = [f"# {_title(manifest, paper, lang)}", f"# {QUOTES[lang]}", f"paper: {paper.code}", 'name: ""', "answers:"]
    for question in paper.questions:
        empty = json.dumps([""] * len(question.fields)) if len(question.fields) > 1 else '""'
        lines.append(f"  {question.number}: {empty}  # {question.id}: {hint(question, lang)}")
    return "\n".join(lines) + "\n"


def csv_form(paper: PrintedPaper) -> str:
    """The form as CSV, one line a part."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["person", "paper", "question", "id", "part", "answer"])
    for question in paper.questions:
        parts = [letter_of(place) for place in range(len(question.fields))] if len(question.fields) > 1 else [""]
        writer.writerows([["", paper.code, question.number, question.id, part, ""] for part in parts])
    return out.getvalue()


def _title(manifest: Manifest, paper: PrintedPaper, lang: Lang) -> str:
    words = "version {letter}" if lang == "en" else "试卷 {letter}"
    return f"{manifest.title[lang]} · {words.format(letter=paper.letter)} · {paper.code}"


def hint(question: PrintedQuestion, lang: Lang) -> str:
    """What to type, in a few words."""
    hints = [_hint(field, lang) for field in question.fields]
    return hints[0] if len(hints) == 1 else PARTS[lang].format(example=" | ".join(_named(question, lang)))


def _named(question: PrintedQuestion, lang: Lang) -> list[str]:
    return [field.label[lang] for field in question.fields]


def _hint(field: Field, lang: Lang) -> str:
    match field.answer:
        case ChoiceAnswer(options=options, multiple=multiple):
            return LETTERS[lang] if multiple else LETTER[lang].format(last=chr(ord("A") + len(options) - 1))
        case MatchingAnswer():
            return IN_ROWS[lang]
        case KeypointsAnswer():
            return WORDS[lang]
        case RecallAnswer():
            return RATING[lang]
    return field.answer.hint_of_form()[lang]
