"""A plain sentence as a pattern: what must be said, with its directions and sides; words of the question weigh a quarter.

"A, or B" are two patterns. Several clauses with something to say each are several parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quizcnn.grading.keypoints import chinese, english
from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.clauses import Clause, is_predicate, read_clauses
from quizcnn.grading.keypoints.frames import Frame, covered, frames_of
from quizcnn.grading.keypoints.items import Item, items_of
from quizcnn.grading.keypoints.lexicon import Lexicon

ASKED = 0.25
HALF = 0.5
"""The weight of a word that is part of a phrase of the question."""
OPTIONAL = 0.25
SHARE = 0.52
PARTS_SHARE = 0.6
PART_WEIGHT = 0.9
"""A clause that weighs less is no part of its own."""
LEAST = 0.75
"""A sentence that weighs less says nothing beyond the question."""
ADVERBS = frozenset({"much", "too much", "strongly", "a lot", "further", "further down", "most", "更", "up", "down"})
"""Degrees that a claim can do without."""
TAKES = frozenset({"replace"})
_OPTIONAL = re.compile(
    r"\([^()]*\)|（[^（）]*）|(?:such as|e\.g\.|for example|including|例如|比如|譬如)[^.;。；，]*", re.IGNORECASE
)
_SET_ASIDE = re.compile(
    r",?\s*\b(?:instead of|rather than|unlike|as opposed to)\b[^,.;]*|，?(?:而不是|而非)[^，。；]*", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_ALTERNATIVE = re.compile(r",\s*or\b|;\s*or\b|，或者?|；或者?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def asked_keys(question: str, lexicon: Lexicon) -> frozenset[str]:
    """What the question names."""
    return frozenset(key for item in items_of(question, lexicon.vocabulary) for key in (*item.own, *item.keys))


@lru_cache(maxsize=4096)
def half_asked(question: str, lexicon: Lexicon) -> frozenset[str]:
    """What single words of the question's phrases name."""
    whole = items_of(question, lexicon.vocabulary)
    single = (
        part
        for item in whole
        if " " in item.text
        for word in item.text.split()
        for part in items_of(word, lexicon.vocabulary)
    )
    kinds = {key: entry.kind for key, entry in lexicon.by_id.items()}
    parts = (key for item in single for key in item.own if kinds.get(key, "thing") in ("thing", "quantity"))
    return frozenset(parts)


@lru_cache(maxsize=8192)
def compile_sentence(sentence: str, question: str, lexicon: Lexicon) -> tuple[p.Rule, ...]:
    """The patterns of a sentence: one, or one for each of its alternatives."""
    asked, half = asked_keys(question, lexicon), half_asked(question, lexicon)
    wordings = [piece for piece in _ALTERNATIVE.split(sentence) if piece.strip(" .。")]
    wordings = [_SET_ASIDE.sub("", piece) for piece in wordings]
    rules = (_rule(piece.strip(), asked, half, lexicon, len(wordings) > 1) for piece in wordings)
    return tuple(rule for rule in rules if rule.parts)


def _rule(sentence: str, asked: frozenset[str], half: frozenset[str], lexicon: Lexicon, one_of_many: bool) -> p.Rule:
    optional = [found.span() for found in _OPTIONAL.finditer(sentence)]
    parts = [
        part
        for clause in read_clauses(sentence, lexicon)
        if (part := _part(clause, asked, half, optional, lexicon)) is not None
    ]
    heavy = tuple(part for part in parts if part[0] >= PART_WEIGHT)
    if len(heavy) == 1 and (again := _said_again(sentence, lexicon)) is not None:
        heavy = ((heavy[0][0], p.Either((heavy[0][1], again))),)
    whole = heavy or tuple(part for part in parts if part[0] >= LEAST)
    return p.Rule(whole, sentence, PARTS_SHARE, True, one_of_many)


def _said_again(sentence: str, lexicon: Lexicon) -> p.Pattern | None:
    """What stands in brackets and says the same in a word."""
    found = [item for text in _BRACKETS.findall(sentence) for item in items_of(text, lexicon.vocabulary) if item.own]
    return p.Concept(found[0].own) if len(found) == 1 and found[0].kind == "act" else None


def _part(
    clause: Clause, asked: frozenset[str], half: frozenset[str], optional: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[float, p.Pattern] | None:
    """One clause: its directions all needed, its other words enough of them."""
    frames = frames_of(clause)
    claims = [frame for frame in frames if not _describes(frame) and frame.item.text not in ADVERBS]
    framed: list[p.Pattern] = []
    used: set[int] = set()
    weight = 0.0
    for frame in claims:
        pattern, items = _framed(frame, clause, asked, optional)
        framed.append(pattern)
        used |= {id(item) for item in items}
        weight += 1.0
    ratio = _ratio(clause.items)
    if ratio is not None:
        framed.append(ratio)
        weight += 1.5
        used |= {id(item) for item in clause.items}
    own = any(item.own and not item.is_direction for item in clause.items[:2])
    inherited = (
        []
        if own
        else [
            key
            for key in sorted(clause.subject)
            if key in lexicon.rivals and not any(key in item.own for item in clause.items)
        ]
    )
    terms = [term for term in _terms(clause, asked, half, optional, lexicon) if id(term[2]) not in used]
    spare: list[tuple[float, p.Pattern]] = [(worth, part) for worth, part, _ in terms if worth > 0]
    spare += [(ASKED, p.About(p.Concept((key,)))) for key in inherited[:1]]
    weight += sum(worth for worth, _ in spare)
    denied = _is_denied(clause, claims)
    whole = _together(framed, spare, denied, lexicon)
    return (weight, whole) if whole is not None else None


def _together(
    framed: list[p.Pattern], spare: list[tuple[float, p.Pattern]], denied: bool, lexicon: Lexicon
) -> p.Pattern | None:
    rest: p.Pattern | None = None
    if spare:
        heavy = sum(worth >= 0.5 for worth, _ in spare)
        optional = not any(worth >= 0.5 and not _is_property(part, lexicon) for worth, part in spare) or any(
            isinstance(part, p.Compare) for part in framed
        )
        share = (0.0 if optional else 0.55) if framed else (_both(spare) if heavy <= 2 else SHARE)
        whole: p.Pattern = p.Enough(share, tuple(spare)) if len(spare) > 1 or framed else spare[0][1]
        rest = p.Denied(whole) if denied else whole
        if not denied:
            taken = _taken_away(spare)
            rest = p.Either((whole, taken)) if taken is not None else whole
    parts = [*framed, *([rest] if rest is not None else [])]
    if not parts:
        return None
    return p.All(tuple(parts)) if len(parts) > 1 else parts[0]


def _both(spare: Sequence[tuple[float, p.Pattern]]) -> float:
    """The share of a sentence with one or two heavy words that a clause must say: neither of two stands for both."""
    heavy = [worth for worth, _ in spare if worth >= 0.5]
    total = sum(worth for worth, _ in spare)
    return max(0.65, (total - min(heavy)) / total + 0.01) if len(heavy) == 2 else 0.65


def _is_property(part: p.Pattern, lexicon: Lexicon) -> bool:
    return isinstance(part, p.Concept) and all(
        name in lexicon.by_id and lexicon.by_id[name].kind == "property" for name in part.ids
    )


def _taken_away(spare: Sequence[tuple[float, p.Pattern]]) -> p.Pattern | None:
    """Where a clause says that something takes the place of a thing or removes it: the denial of the thing says it too."""
    if not any(isinstance(part, p.Concept) and TAKES & set(part.ids) for _, part in spare):
        return None
    rest = tuple((worth, part) for worth, part in spare if not (isinstance(part, p.Concept) and TAKES & set(part.ids)))
    heavy = [part for worth, part in rest if worth >= 0.5]
    return p.Denied(p.Enough(0.75, rest) if len(rest) > 1 else heavy[0]) if heavy else None


def _describes(frame: Frame) -> bool:
    """Whether a direction only describes a noun: "small batches"."""
    positive = frame.item.text in english.POSITIVE or frame.item.text in chinese.POSITIVE
    return positive and frame.attributive and not frame.refs


def _framed(
    frame: Frame, clause: Clause, asked: frozenset[str], optional: Sequence[tuple[int, int]]
) -> tuple[p.Pattern, tuple[Item, ...]]:
    targets = _heavy(frame.targets)
    side = frame.side
    if frame.refs:
        left = [item for item in frame.left if item.weight >= 0.5 and not item.is_direction]
        of = (
            p.Concept((frame.item.quantity,))
            if frame.item.quantity
            else _either([item for item in frame.targets if item not in frame.left and item.keys])
        )
        same = _heavy(frame.refs)
        amount = [item for item in left if any(key in asked for key in item.own)] if not of else left
        if of is None:
            # "X 的参数量比 Y 少": the quantities stand before the mark.
            quantity = [item for item in left if item.kind == "quantity"] or left[-1:]
            amount, of = [item for item in left if item not in quantity], _either(quantity)
        one = _all([item for item in amount if item not in same])
        other = _all([item for item in same if not _within(of, item)])
        return p.Compare(side, one, of, other), (*frame.left, *frame.targets, *frame.refs)
    if frame.item.quantity:
        return p.Quantity(side, p.Concept((frame.item.quantity,)), denied=frame.weak), ()
    fresh = [item for item in targets if not any(key in asked for key in item.own)] or targets
    target = _target(fresh, clause.items)
    if target is None:
        own = frame.item.own
        return (p.Concept(own) if own else p.Quantity(side, None)), ()
    extreme = frame.item.is_most and frame.attributive
    quantity_pattern: p.Pattern = p.Quantity(side, target, extreme, frame.weak)
    if frame.item.own and frame.item.role in ("same", "up-verb", "down-verb"):
        words = p.All((p.Concept(frame.item.own), target))
        quantity_pattern = p.Either((quantity_pattern, words))
    return quantity_pattern, tuple(fresh)


def _target(items: Sequence[Item], clause: Sequence[Item]) -> p.Pattern | None:
    """What a direction is said of: any of several that are listed, most of a noun with what belongs to it."""
    if len(items) < 2:
        return _either(items)
    low, high = items[0].end, items[-1].start
    if any(each.role == "link" or each.text in "、,，/" for each in clause if low <= each.start < high):
        return _either(items)
    return p.Enough(0.5, tuple((1.0, p.Concept(item.own)) for item in items))


def _within(of: p.Pattern | None, item: Item) -> bool:
    return isinstance(of, p.Concept) and bool(set(of.ids) & set(item.own))


def _heavy(items: Sequence[Item]) -> list[Item]:
    """The items that carry a subject, or all where none does."""
    nouns = [item for item in items if item.kind not in ("act", "property") and not item.is_direction]
    return [item for item in nouns if item.weight >= 0.5] or nouns or [item for item in items if not item.is_direction]


def _either(items: Sequence[Item]) -> p.Pattern | None:
    ids = tuple(dict.fromkeys(key for item in _heavy(items) for key in item.own))
    return p.Concept(ids) if ids else None


def _all(items: Sequence[Item]) -> p.Pattern | None:
    parts = tuple(p.Concept(item.own) for item in items if item.own)
    return None if not parts else parts[0] if len(parts) == 1 else p.Enough(0.5, tuple((1.0, part) for part in parts))


def _terms(
    clause: Clause, asked: frozenset[str], half: frozenset[str], optional: Sequence[tuple[int, int]], lexicon: Lexicon
) -> Iterator[tuple[float, p.Pattern, Item]]:
    """What a clause names beside its directions, with weights."""
    begun = False
    seen: set[tuple[str, ...]] = set()
    for item in clause.items:
        begun = begun or is_predicate(item) or item.role == "pronoun"
        if not item.own or item.is_direction or item.own in seen:
            continue
        seen.add(item.own)
        in_question = any(key in asked for key in item.own)
        weight = item.weight * (ASKED if in_question else HALF if any(key in half for key in item.own) else 1.0)
        if TAKES & set(item.own):
            weight = item.weight
        if any(low <= item.start < high for low, high in optional):
            weight *= OPTIONAL
        concept: p.Pattern = p.Concept(item.own)
        if item.keys[0].startswith("#"):
            concept = _number(item)
        elif "training" in item.own or "inference" in item.own:
            concept = p.Phase("training" if "training" in item.own else "inference", p.Maybe(concept))
            weight = min(weight, ASKED)
        elif not begun and not is_predicate(item) and (in_question or any(key in lexicon.rivals for key in item.own)):
            concept = p.About(concept)
        yield weight, concept, item


def _number(item: Item) -> p.Pattern:
    text = item.keys[0][1:]
    try:
        value = float(text)
    except ValueError:
        return p.Number(0, 0, text)
    return p.Number(value, value)


def _ratio(items: Sequence[Item]) -> p.Pattern | None:
    at = next((place for place, item in enumerate(items) if item.role == "divide"), None)
    if at is None:
        return None
    over = [item for item in items[:at] if item.own and item.weight >= 0.5]
    under = [item for item in items[at + 1 :] if item.own and item.weight >= 0.5]
    top, bottom = _either(over[-1:]), _either(under[:1])
    return p.Ratio(top, bottom) if top is not None and bottom is not None else None


def _is_denied(clause: Clause, claims: Sequence[Frame]) -> bool:
    """Whether the words beside the directions are denied."""
    skip = frozenset(at for frame in claims for at in frame.negators)
    counts = covered(clause.items, skip)
    free = [
        count
        for item, count in zip(clause.items, counts, strict=True)
        if item.own and item.weight >= 0.5 and not item.is_direction
    ]
    return (max(free, default=0) % 2 == 1) != (clause.flip and not claims)
