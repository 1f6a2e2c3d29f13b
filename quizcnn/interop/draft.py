"""Found questions as drafts of our bank: YAML in a folder of its own, tagged ``draft``, for a person to finish.

The same input gives the same ids. A text that is there in one language stands in both, and ``bank check`` then lists what to add.
What would not be a fair question is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from pydantic import JsonValue, ValidationError

from quizcnn.bank.models import QUESTION
from quizcnn.bank.structure import check_structure
from quizcnn.interop.found import Found, FoundGap, FoundOption, Skipped
from quizcnn.text import Text

INBOX = "inbox"
_SLUG = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\[\[([^\[\]]*)\]\]")
_LONGEST_SLUG = 60
_TAG = re.compile(r"^(topic|difficulty)::(.+)$")
Draft = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Drafts:
    """The questions as YAML would hold them, and a line for each thing that did not come."""

    questions: tuple[Draft, ...]
    lines: tuple[str, ...]

    @property
    def needs_inbox(self) -> bool:
        return any(each["topic"] == INBOX for each in self.questions)


def to_drafts(found: Iterable[Found | Skipped], topics: frozenset[str]) -> Drafts:
    """The drafts; ``topics`` are those of the bank."""
    questions: dict[str, Draft] = {}
    lines = []
    for number, each in enumerate(found, 1):
        called = f'question {number} "{each.name[:60]}"'
        if isinstance(each, Skipped):
            lines.append(f"{called}: left out: {each.why}")
            continue
        draft, notes = _draft(each, topics)
        fault = _fault(draft)
        if fault or draft["id"] in questions:
            lines.append(f"{called}: left out: {fault or 'the same stands there already'}")
            continue
        questions[str(draft["id"])] = draft
        lines += [f"{called} ({each.kind}): {note}" for note in (*each.lost, *notes)]
    return Drafts(tuple(questions.values()), tuple(lines))


def _draft(found: Found, topics: frozenset[str]) -> tuple[Draft, list[str]]:
    named = {match[1]: match[2] for tag in found.tags if (match := _TAG.match(tag))}
    topic, notes = named.get("topic", ""), list[str]()
    if topic not in topics:
        notes.append(f"topic unknown (tags: {' '.join(found.tags) or 'none'})")
        topic = INBOX
    if found.prompt.en == found.prompt.zh:
        notes.append("one language")
    level = named.get("difficulty", "")
    draft: Draft = {
        "id": "",
        "kind": found.kind,
        "topic": topic,
        "difficulty": int(level) if level in ("1", "2", "3", "4", "5") else 3,
        "tags": ["draft", *(tag for tag in found.tags if "::" not in tag and tag)],
        "prompt": _text(found.prompt.map(lambda text: _without_other_gaps(text, found))),
        **_body(found),
        "hints": [_text(hint) for hint in found.hints if hint.en],
        "explanation": _text(found.explanation if found.explanation.en else Text("...", "...")),
        "source": found.source,
    }
    draft = {name: value for name, value in draft.items() if value not in ([], "")}
    draft = {"id": _id(found, draft), **draft}
    return draft, notes


def _without_other_gaps(text: str, found: Found) -> str:
    """Nested lists are no gaps: their brackets are parted."""
    if found.kind != "cloze":
        return text
    names = {gap.name for gap in found.gaps}
    return _BRACKETS.sub(lambda match: match[0] if match[1] in names else f"[ [{match[1]}] ]", text)


def _id(found: Found, draft: Draft) -> str:
    slug = _SLUG.sub("-", found.name.lower()).strip("-")[:_LONGEST_SLUG].strip("-") or "question"
    return f"imported-{slug}-{blake2b(repr(sorted(draft.items())).encode(), digest_size=2).hexdigest()}"


def _body(found: Found) -> Draft:
    match found.kind:
        case "choice":
            return {
                "options": [_option(each) for each in found.options],
                **({"multiple": True} if found.multiple else {}),
            }
        case "cloze":
            return {"gaps": {gap.name: _gap(gap) for gap in found.gaps}}
        case "ordering":
            return {"items": [_text(each) for each in found.items]}
        case "matching":
            pairs: list[JsonValue] = [{"left": _text(left), "right": _text(right)} for left, right in found.pairs]
            return {"pairs": pairs, "spare": [_text(each) for each in found.spare]}
        case "recall":
            return {"back": [_text(each) for each in found.back if each.en]}


def _text(text: Text) -> JsonValue:
    return {"en": text.en, "zh": text.zh}


def _option(option: FoundOption) -> JsonValue:
    why = option.why if option.why.en else Text("...", "...")
    return {"text": _text(option.text), "why": _text(why), **({"key": True} if option.key else {})}


def _gap(gap: FoundGap) -> JsonValue:
    if not gap.number:
        return {"accept": list(gap.accept)}
    if "." not in gap.number:
        return {"number": int(gap.number)}
    return {"number": float(gap.number), "decimals": len(gap.number.partition(".")[2])}


def _fault(draft: Draft) -> str:
    """Why a draft would be no fair question; empty where it is one."""
    try:
        question = QUESTION.validate_python(draft)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}"
    return next((message for _, message in check_structure(question)), "")
