"""From items to clauses: where a claim begins and ends, who reports it, what is taken back, what is merely listed.

A clause without predicate of its own belongs to the next one ("In training, ..."); one without subject inherits the last. Denials from
outside ("it is a myth that", 是错的) flip the clause that they report; doubt and retraction drop it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quizcnn.grading.keypoints.items import Item, items_of
from quizcnn.grading.keypoints.lexicon import Lexicon

STRONG = frozenset(".!?;。；！？\n•")
COMMAS = frozenset(",，")
SET_ASIDE = frozenset({"instead of", "rather than", "而不是", "而非"})
"""What names the thing that something else takes the place of."""
LIST_PIECES = 4
FEWEST_PIECES = 3
BARE = 3
"""A piece of so many items or fewer is bare where nothing joins them."""
RUN_ON = 5
RUNS_ON = 6
LONGEST = 100
"""Items after which a clause is cut: nobody says so much in one, and its words are compared with each other."""
AHEAD = 13
"""Items after a comma among which the predicate of another claim is looked for."""
_CONDITIONED = frozenset({"时", "时候", "的话", "后", "之后", "以后"})
"""What ends a condition in Chinese: the comma after it parts nothing."""
_JOINING = frozenset({"predicate", "glue", "negator", "zero", "pronoun", "divide", "than", "number", "without"})
_PREDICATES = frozenset(
    {"predicate", "up", "down", "up-verb", "down-verb", "same", "change", "negator", "zero", "without"}
)


@dataclass(slots=True)
class Clause:
    """One claim. ``flip`` says that it is denied from outside, ``subject`` what it inherits."""

    items: list[Item]
    flip: bool = False
    without: bool = False
    """What follows would happen without the thing spoken of: it may be told as what is prevented, or as what is so otherwise."""
    subject: frozenset[str] = frozenset()
    opening: tuple[Item, ...] = field(default=())

    @property
    def start(self) -> int:
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end

    @property
    def content(self) -> list[Item]:
        return [item for item in self.items if item.keys]


def read_clauses(raw: str, lexicon: Lexicon, *, mend: bool = False) -> tuple[Clause, ...]:
    """The clauses of a text that assert something, in order; with ``mend`` slips of spelling are put right."""
    return _read(raw, lexicon, mend)


@lru_cache(maxsize=8)
def _read(raw: str, lexicon: Lexicon, mend: bool) -> tuple[Clause, ...]:
    items = items_of(raw, lexicon.vocabulary, mend=mend)
    pieces = _cut(items)
    return tuple(_inherited(_reported(_asserting(pieces))))


def is_predicate(item: Item) -> bool:
    """Whether an item makes a claim of the nouns around it."""
    return item.role in _PREDICATES or item.kind in ("act", "property")


def _cut(items: Sequence[Item]) -> list[tuple[list[Item], str]]:
    """Pieces with the mark or word before which each of them began."""
    pieces: list[tuple[list[Item], str]] = []
    current: list[Item] = []
    opened = "."
    for place, item in enumerate(items):
        if len(current) >= LONGEST:
            pieces.append((current, opened))
            current, opened = [], ","
        mark = item.text if item.role == "mark" else ""
        colon = mark in (":", "：") and any(each.role in ("denied", "correct") for each in current)
        if (
            mark in STRONG
            or colon
            or item.role == "split"
            or ((mark in COMMAS or item.role == "link") and _parts(current, items, place, mark))
        ):
            pieces.append((current, opened))
            current, opened = [], mark if item.role == "mark" else item.role
            continue
        if (
            item.role == "negator"
            and (item.text == "not" or item.text in SET_ASIDE)
            and current
            and _closes(current, items, place)
        ):
            pieces.append((current, opened))
            current, opened = [], "not"
        current.append(item)
    pieces.append((current, opened))
    return [(piece, opened) for piece, opened in pieces if any(each.role != "mark" for each in piece)]


def _closes(current: Sequence[Item], items: Sequence[Item], place: int) -> bool:
    """Whether a negator stands after a comma, so that it denies what follows and nothing before it."""
    return items[place - 1].text in (",", "，", "、") or items[place].text in SET_ASIDE


def _parts(current: Sequence[Item], items: Sequence[Item], place: int, mark: str) -> bool:
    """Whether a comma or an "and" parts two claims: each side has a predicate of its own."""
    if not any(item.role == "denied" for item in current) and not (
        any(is_predicate(item) for item in current) and any(item.keys or item.is_direction for item in current)
    ):
        return False
    if any(item.role == "denied" for item in current):
        return True
    if mark and current[-1].text in _CONDITIONED:
        return False
    if any(item.role == "if" for item in current[:3]) and not any(item.text in COMMAS for item in current):
        return False
    rest: list[Item] = []
    for item in items[place + 1 : place + 1 + AHEAD]:
        if item.role == "split" or (item.role == "mark" and item.text in STRONG):
            break
        if item.role == "mark" and item.text in COMMAS and any(is_predicate(each) for each in rest):
            break
        rest.append(item)
    if not mark:
        # "and" joins nouns as often as claims: a predicate must follow the first noun, or come at once.
        seen = next((at for at, item in enumerate(rest) if is_predicate(item)), None)
        return seen is not None and seen <= 5 and any(item.keys for item in rest)
    return any(is_predicate(item) or item.role == "denied" for item in rest)


def _asserting(pieces: list[tuple[list[Item], str]]) -> list[tuple[list[Item], str]]:
    """The pieces without those that only list."""
    pieces = [each for each in pieces if not _runs_on(each[0])]
    bare = [_bare_parts(piece) for piece, _ in pieces]
    kept: list[tuple[list[Item], str]] = []
    place = 0
    while place < len(pieces):
        run = place
        while run < len(pieces) and bare[run]:
            run += 1
        count = sum(bare[place:run])
        whole = place == 0 and run == len(pieces)
        if not (count >= LIST_PIECES or (whole and count >= FEWEST_PIECES)):
            kept += pieces[place:run]
        if run < len(pieces):
            kept.append(pieces[run])
        place = run + 1
    return kept


def _bare_parts(piece: Sequence[Item]) -> int:
    """How many bare parts a piece consists of; 0 where something in it asserts."""
    if any(item.text in (":", "：") for item in piece):
        return 0
    slashes = sum(item.text == "/" for item in piece) > 1
    parts: list[list[Item]] = [[]]
    for before, item in zip((None, *piece), piece, strict=False):
        gap = before is not None and item.start > before.end and not item.text.isascii() and not before.text.isascii()
        if (item.role == "mark" and item.text in ",，、|+-") or (item.text == "/" and slashes) or gap:
            parts.append([])
        if item.role != "mark" and not (item.text == "/" and slashes):
            parts[-1].append(item)
    parts = [part for part in parts if part]
    return len(parts) if parts and all(_is_bare(part) for part in parts) else 0


def _is_bare(part: Sequence[Item]) -> bool:
    """Whether nothing joins the items of a part: no small word, no denial, no direction beside a noun."""
    if len(part) > 1 and any(item.role in _JOINING and not item.keys for item in part):
        return False
    if any(item.quantity and " " in item.text for item in part):
        return False
    if len(part) > 1 and part[0].kind == "act" and part[1].kind == "thing" and part[0].text.isascii():
        return False
    nouns = sum(bool(item.keys) and not item.is_direction for item in part)
    directions = sum(item.is_direction for item in part)
    return len(part) > RUN_ON or (len(part) <= BARE and not (directions and nouns))


def _runs_on(piece: Sequence[Item]) -> bool:
    """Whether many words follow each other with nothing that joins them."""
    if any(
        item.role in _JOINING - {"zero", "number"} or item.role in ("if", "mark", "link") or item.kind == "quantifier"
        for item in piece
    ):
        return False
    if any(not item.text.isascii() for item in piece):
        return False
    directions = sum(item.is_direction for item in piece)
    return len(piece) >= RUNS_ON or (len(piece) >= RUN_ON and directions >= 2)


def _reported(pieces: Sequence[tuple[list[Item], str]]) -> Iterator[tuple[Clause, str]]:
    """Clauses with who reports them: denied from outside, doubted, taken back."""
    found: list[tuple[Clause, str]] = []
    quoted = False
    flipping = False
    for piece, opened in pieces:
        roles = {item.role for item in piece}
        items = [item for item in piece if item.role not in ("denial", "denied", "report", "correct", "retract")]
        without = "without" in roles
        if any(item.text == "的话" for item in items) and any(item.role == "negator" for item in items):
            # 不这样的话: what follows would happen without it.
            end = next(place for place, item in enumerate(items) if item.text == "的话")
            items, without = [*(item for item in items[:end] if item.role != "negator"), *items[end:]], True
        content = any(item.keys for item in items)
        if opened in STRONG or opened in ("", "."):
            flipping = False
        if "retract" in roles and found:
            found.pop()
        if "doubt" in roles:
            quoted = False
            continue
        if "denied" in roles and found and (not content or _points_back(items)):
            last = found[-1][0]
            last.flip = True
            quoted = False
            continue
        if quoted and found and (opened == "split" or opened == ",") and not found[-1][0].flip:
            found[-1][0].flip = True
        quoted = "report" in roles and "denied" not in roles
        if not content and not any(item.is_direction for item in items):
            continue
        flipped = ("denial" in roles) != ("denied" in roles)
        if "denial" in roles:
            flipping = True
        elif flipping and opened == "link":
            flipped = not flipped
        found.append((Clause(items, flip=flipped, without=without), opened))
    yield from found


def _points_back(items: Sequence[Item]) -> bool:
    """Whether a clause only points at the one before it ("that is false")."""
    return not any(item.keys and item.weight >= 0.8 for item in items)


def _inherited(clauses: Iterator[tuple[Clause, str]] | Sequence[tuple[Clause, str]]) -> Iterator[Clause]:
    """Clauses with what they inherit: an opening without predicate joins the next clause, a clause without subject takes the last."""
    opening: list[Item] = []
    subject: frozenset[str] = frozenset()
    listed = list(clauses)
    for number, (clause, opened) in enumerate(listed):
        if opened in STRONG and clause.items[0].role != "pronoun":
            subject = frozenset()
        last = number + 1 == len(listed)
        strong = last or listed[number + 1][1] in STRONG
        if not strong and not any(is_predicate(item) for item in clause.items) and not clause.flip:
            opening += clause.items
            continue
        if opening:
            clause.items = [*opening, *clause.items]
            opening = []
        clause.subject = subject
        own = _subject(clause)
        if own:
            subject = own
        yield clause


def _subject(clause: Clause) -> frozenset[str]:
    """The concepts before the first predicate; none where the clause begins with a pronoun or a predicate."""
    found: list[str] = []
    for item in clause.items:
        if item.role == "pronoun" and not found and item.text != "that":
            return frozenset()
        if is_predicate(item) and not (item.role in ("up", "down") and not found):
            break
        found += item.keys
    return frozenset(found)
