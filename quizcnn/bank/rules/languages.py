"""Both languages: Chinese is Chinese, says the same with the same code and placeholders, and is set as Chinese is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from quizcnn.bank.models import Question, Topic
from quizcnn.bank.rules.walk import LABELS, Found, texts_of
from quizcnn.bank.structure import Finding, gap_names
from quizcnn.bank.templates import code_spans, placeholders, running_text

_HAN = r"\u3400-\u9fff"
_HAS_HAN = re.compile(f"[{_HAN}]")
_PROSE = re.compile(r"(?<![\w.])[a-z]{2,}(?: [a-z]{2,}){3}(?![\w.(])")
_HALF_WIDTH = re.compile(rf"[{_HAN}][,;:?!]|[,;:?!][{_HAN}]|[{_HAN}]\(|\)[{_HAN}]")
_TIGHT = re.compile(rf"[{_HAN}][A-Za-z0-9\0{{\[]|[A-Za-z0-9\0}}\]][{_HAN}]")
_LOOSE = re.compile(r" [，。；：？！（）、]|[，。；：？！（）、] (?! )")
_WORDS = (
    (re.compile("您"), "您 is not used"),
    (re.compile("(?<![申邀])请(?![画写求])"), "请 is not used but in 请画 and 请写"),
    (
        re.compile("(?<![均合单双半低高值度])精度(?!浮点)"),
        "精度 alone is ambiguous: write 精确率 (precision) or 准确率 (accuracy)",
    ),
)


def check_languages(question: Question | Topic) -> Iterator[Finding]:
    """Findings in the texts of a question or a topic, a few for each text at most."""
    for found in texts_of(question):
        if isinstance(question, Topic) and found.key in ("facts", "mistakes") and found.is_plain:
            continue
        yield from _empty(found)
        if found.is_plain:
            if _PROSE.search(running_text(found.text.en)):
                yield found.path, f"{found.key} reads as English in both languages; write {{en: ..., zh: ...}}"
            continue
        yield from _same_content(found)
        yield from _chinese(found)


def _empty(found: Found) -> Iterator[Finding]:
    for lang in ("en", "zh"):
        if not found.text["zh" if lang == "zh" else "en"].strip():
            yield (*found.path, lang), f"the {lang} text is empty"


def _same_content(found: Found) -> Iterator[Finding]:
    en, zh = found.text.en, found.text.zh
    for what, of in (("placeholders", placeholders), ("code spans", code_spans), ("gaps", gap_names)):
        left, right = set(of(en)), set(of(zh))
        if left != right:
            sides = [f"only en has {_some(left - right)}"] * bool(left - right) + [
                f"only zh has {_some(right - left)}"
            ] * bool(right - left)
            yield (*found.path, "zh"), f"the {what} of the two languages differ: {', '.join(sides)}"


def _some(names: set[str]) -> str:
    return ", ".join(repr(name) for name in sorted(names)[:4])


def _chinese(found: Found) -> Iterator[Finding]:
    path, zh = (*found.path, "zh"), found.text.zh
    # A list in square brackets is a formula: [x, y, 宽, 高].
    prose = re.sub(r"\[[^\]]*\]", "[]", running_text(zh))
    if not _HAS_HAN.search(prose):
        if found.key != "title" and re.search(r"[A-Za-z]{3}", prose) and not _is_name(found):
            said = "is a copy of the English" if zh == found.text.en else "has no Chinese character"
            yield path, f"the zh text {said}"
        return
    for pattern, message in (
        (_HALF_WIDTH, "a half-width mark beside Chinese; use ，；：？！（）"),
        (_TIGHT, "no space between Chinese and Latin letters, digits or code"),
        (_LOOSE, "a space beside a full-width mark"),
        *_WORDS,
    ):
        if hit := pattern.search(prose):
            yield path, f"{message}: {_around(prose, hit)}"


def _is_name(found: Found) -> bool:
    """Whether a label only changes its punctuation from one language to the other."""
    en, zh = (re.sub(r"\W", "", unicodedata.normalize("NFKC", text)) for text in (found.text.en, found.text.zh))
    return found.key in LABELS and en == zh


def _around(prose: str, hit: re.Match[str]) -> str:
    return repr(prose[max(0, hit.start() - 6) : hit.end() + 6].replace("\0", "`…`"))
