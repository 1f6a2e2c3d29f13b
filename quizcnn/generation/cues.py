"""Cross cues: does one question of a paper give away another's answer?

A key phrase is a form that fills a gap, or the text of a right option; it is looked for as whole words in the other question's
prompt, options and items, each language apart.
"""

from __future__ import annotations

import re
from functools import cached_property

from quizcnn.bank.models import Choice, Cloze, Matching, Ordering, Question
from quizcnn.text import LANGS, Lang, Text

SHORTEST = {"latin": 5, "han": 3}
"""Shorter phrases turn up everywhere and give nothing away."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile(r"[-+−\d.,/ ]+")


class Cues:
    """The key phrases and the printed text of one question."""

    def __init__(self, question: Question) -> None:
        self.id = question.id
        self._question = question

    @cached_property
    def phrases(self) -> tuple[re.Pattern[str], ...]:
        return tuple(
            re.compile(_as_words(phrase)) for phrase in sorted(set(_phrases(self._question))) if _tells(phrase)
        )

    @cached_property
    def printed(self) -> str:
        """All that the candidate reads of the question, in both languages, folded."""
        return "\n".join(text[lang] for text in printed_texts(self._question) for lang in LANGS).casefold()

    def gives_away(self, other: Cues) -> bool:
        """Whether a key phrase of ``other`` stands in what is printed of this question."""
        return any(phrase.search(self.printed) for phrase in other.phrases)


def printed_texts(question: Question) -> tuple[Text, ...]:
    """Prompt (every phrasing), options and items of a question."""
    prompt = getattr(question, "prompt", None)
    texts = [prompt] if isinstance(prompt, Text) else [each.text for each in getattr(question, "phrasings", ())]
    match question:
        case Choice():
            texts += [option.text for option in question.options]
        case Ordering():
            texts += question.items
        case Matching():
            texts += [side for pair in question.pairs for side in (pair.left, pair.right)] + list(question.spare)
    return tuple(texts)


def _phrases(question: Question) -> list[str]:
    langs: tuple[Lang, ...] = LANGS
    if isinstance(question, Cloze):
        return [form.casefold() for gap in question.gaps.values() for form in gap.accept]
    if isinstance(question, Choice):
        return [option.text[lang].casefold() for option in question.options if option.key for lang in langs]
    return []


def _tells(phrase: str) -> bool:
    if _NUMBER.fullmatch(phrase):
        return False
    return len(phrase) >= SHORTEST["han" if _HAN.search(phrase) else "latin"]


def _as_words(phrase: str) -> str:
    """The phrase as whole words; Chinese has none."""
    first, last = phrase[0], phrase[-1]
    before = r"(?<![a-z0-9_])" if first.isascii() and first.isalnum() else ""
    after = r"(?![a-z0-9_])" if last.isascii() and last.isalnum() else ""
    return before + re.escape(phrase) + after
