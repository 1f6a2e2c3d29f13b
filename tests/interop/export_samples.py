"""The built-in bank frozen once, and questions whose texts try to become markup."""

from __future__ import annotations

from functools import lru_cache

from quizcnn.bank.catalog import Catalog, load_catalog
from quizcnn.bank.models import QUESTION, Topic
from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variants import draw_variant, work_steps
from quizcnn.interop.collection import Collection, collect
from quizcnn.interop.item import Item
from quizcnn.locations import bank_folder

HOSTILE = (
    "a < b && c > d; <script>alert(1)</script>",
    '<img src=x onerror="alert(1)"> &amp; &lt;b&gt;',
    r"\(x\) and \[y\] and $$z$$ \$5",
    "[sound:evil.mp3] [anki:tts lang=en] [latex]x[/latex] [\\$]y[/\\$]",
    "{{c1::not a gap}} }} {{Front}} {1:SHORTANSWER:=x}",
    '{ } # ~ / " \\ = % : ;',
    '=HYPERLINK("http://x")',
    "+1 -2 @cmd",
    "line one\nQ: not a card\n---\nA: no\nC: [no]",
    "left => right | [x] | [ ] ; '",
    "]]> <![CDATA[ x ]]> &nbsp; \u202e\u0000\ufffe",
    "@@PLUGINFILE@@/x \u00a0 😀 感受野\u3000“引号”",
)
TOPIC = Topic.model_validate({"id": "hostile-texts", "title": {"en": "t", "zh": "t"}, "area": "data", "difficulty": 1, "interview_frequency": 1})  # fmt: skip


@lru_cache(maxsize=1)
def bank() -> Catalog:
    return load_catalog([bank_folder()])


@lru_cache(maxsize=1)
def exported() -> Collection:
    """Two variants of every question of the bank."""
    return collect(bank(), sorted(row.id for row in bank().rows()), 2)


def _item(question: dict[str, object]) -> Item:
    common = {
        "topic": TOPIC.id,
        "difficulty": 1,
        "explanation": _text(HOSTILE[0]),
        "hints": [_text(HOSTILE[4])],
        "tags": ["a b"],
    }
    made = QUESTION.validate_python(common | question)
    variant = draw_variant(made, seed_for(made.id, "x", 1))
    return Item(made.id, made, variant, TOPIC, work_steps(variant))


def _text(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"中{text}"}


def hostile_items() -> list[Item]:
    """Every hostile text in every place of every authored kind."""
    made = []
    for number, text in enumerate(HOSTILE):
        other = HOSTILE[number - 1]
        made += [
            _item({"id": f"hostile-choice-{number}", "kind": "choice", "prompt": _text(text), "options": [{"text": _text(text), "why": _text(other), "key": True}, {"text": _text(f"not {other}"), "why": _text(text)}]}),
            _item({"id": f"hostile-cloze-{number}", "kind": "cloze", "prompt": _text(f"{text} [[a]] and [[b]]"), "gaps": {"a": {"accept": [text, other]}, "b": {"number": -3}}}),
            _item({"id": f"hostile-ordering-{number}", "kind": "ordering", "prompt": _text(text), "items": [_text(f"{place}{text}") for place in "abc"]}),
            _item({"id": f"hostile-matching-{number}", "kind": "matching", "prompt": _text(text), "pairs": [{"left": _text(f"l{place}{text}"), "right": _text(f"r{place}{other}")} for place in "ab"], "spare": [_text(text)]}),
            _item({"id": f"hostile-recall-{number}", "kind": "recall", "prompt": _text(text), "back": [_text(other)]}),
            _item({"id": f"hostile-short-{number}", "kind": "short_answer", "prompt": _text(text), "points": [{"id": "p", "say": _text(other)}]}),
        ]  # fmt: skip
    return made
