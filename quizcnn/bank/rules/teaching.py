"""Explanations, hints and samples: long enough to teach, never the key before the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizcnn.bank.models import Choice, Cloze, ExpressionQuestion, Matching, Question, Recall, ShortAnswer
from quizcnn.bank.structure import Finding
from quizcnn.text import LANGS, Lang, Text

WORDS = (20, 150)
HAN = (40, 330)
_HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")
_VAGUE = re.compile(r"\b(obviously|simply put|of course|as everyone knows)\b|显然|众所周知|显而易见", re.IGNORECASE)


def check_teaching(question: Question) -> Iterator[Finding]:
    """Findings in what is shown beside the prompt."""
    yield from _explanation(question)
    for number, hint in enumerate(question.hints):
        for lang in LANGS:
            for key in _keys(question, lang):
                # What the prompt shows already gives nothing away.
                if _holds(hint[lang], key) and not _holds(_prompt(question, lang), key):
                    yield ("hints", number, lang), f"the hint holds the key: {key!r}"
    if isinstance(question, ShortAnswer):
        yield from _short_answer(question)
    elif not isinstance(question, Recall) and not question.samples:
        yield ("samples",), "samples are missing; store a right answer and a wrong one with their verdicts"


def _prompt(question: Question, lang: Lang) -> str:
    prompt = getattr(question, "prompt", None)
    return prompt[lang] if isinstance(prompt, Text) else ""


def _explanation(question: Question) -> Iterator[Finding]:
    words, han = len(question.explanation.en.split()), len(_HAN_CHARACTER.findall(question.explanation.zh))
    for lang, count, (least, most), unit in (("en", words, WORDS, "words"), ("zh", han, HAN, "characters")):
        if not least <= count <= most:
            yield ("explanation", lang), f"the explanation has {count} {unit}; good ones have {least} to {most}"
    for lang in LANGS:
        if hit := _VAGUE.search(question.explanation[lang]):
            yield ("explanation", lang), f"{hit[0]!r} teaches nothing; say why it is so"


def _keys(question: Question, lang: Lang) -> Sequence[str]:
    match question:
        case Choice():
            return [option.text[lang] for option in question.options if option.key]
        case Cloze():
            return [
                word
                for gap in question.gaps.values()
                for word in ((*gap.accept, str(gap.number)) if gap.number is not None else gap.accept)
            ]
        case ExpressionQuestion():
            return [question.answer]
        case ShortAnswer():
            return [point.say[lang] for point in question.points]
        case Matching():
            return []
    return []


def _holds(hint: str, key: str) -> bool:
    """Whether ``key`` stands in ``hint`` as a whole; keys of one or two characters say nothing."""
    plain = key.strip().rstrip(".。").casefold()
    if len(plain) < 3:
        return False
    edge = r"(?<![\w.])" if plain[0].isascii() and plain[0].isalnum() else ""
    end = r"(?![\w])" if plain[-1].isascii() and plain[-1].isalnum() else ""
    return re.search(edge + re.escape(plain) + end, hint.casefold()) is not None


def _short_answer(question: ShortAnswer) -> Iterator[Finding]:
    points = {point.id for point in question.points}
    for lang in LANGS:
        samples = question.samples.zh if lang == "zh" else question.samples.en
        if len(samples) < 2:
            yield ("samples",), f"{len(samples)} sample answers in {lang}; store at least a right and a wrong one"
        for number, sample in enumerate(samples):
            for key in ("hit", "contradicted"):
                for name in getattr(sample, key):
                    if name not in points:
                        yield (
                            ("samples", lang, number, key),
                            f"there is no point {name!r}; the points are {', '.join(sorted(points))}",
                        )
