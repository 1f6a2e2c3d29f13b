"""A learner's own paper: what was seen lately, stood in the last papers or is set aside is left out, and the weak come first.

Personal papers that were printed are remembered, one JSON line each, beside the record; those taken at the terminal are sittings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from quizcnn.clock import now
from quizcnn.errors import StorageError
from quizcnn.generation.blueprint import Blueprint
from quizcnn.generation.exam import Exam
from quizcnn.generation.personal import Personal
from quizcnn.scheduling.card import CardState, State
from quizcnn.scheduling.day import learning_day
from quizcnn.scheduling.fsrs import retrievability
from quizcnn.scheduling.policy import Policy
from quizcnn.services.context import Context
from quizcnn.services.exams.sitting import open_desk
from quizcnn.services.plan import policy_of

FILE = "papers.jsonl"
LEARNING = 0.5
"""By so much what is being learned or relearned counts as less known than its chance of today: it was missed a moment ago."""


def personal_for(context: Context, blueprint: Blueprint, *, allow_seen: bool = False) -> Personal:
    """What the record says to a paper by this blueprint; with ``allow_seen`` only what is set aside is left out."""
    policy, today = policy_of(context.settings), learning_day(now(), context.settings.rollover_hour)
    cards = context.store.cards_among([row.id for row in context.catalog.rows()])
    exclude = blueprint.exclude
    excluded = {name for name, card in cards.items() if exclude.suspended and card.suspended is not None}
    if not allow_seen:
        excluded |= {name for name, card in cards.items() if exclude.seen_days and _is_seen(card, today, exclude.seen_days)}  # fmt: skip
        excluded |= set().union(*last_papers(exclude.in_last_papers)) if exclude.in_last_papers else set()
    return Personal(
        excluded=frozenset(excluded),
        strength={name: _strength(card, today, policy) for name, card in cards.items() if not card.is_new},
        mistakes={name: card.last_mistake for name, card in cards.items() if card.last_mistake},
        unseen=policy.retention,
    )


def _is_seen(card: CardState, today: date, days: int) -> bool:
    return card.last_day is not None and today - card.last_day < timedelta(days=days)


def _strength(card: CardState, today: date, policy: Policy) -> float:
    chance = retrievability(card, today, policy)
    return chance if card.state is State.REVIEW else LEARNING * chance


def last_papers(count: int) -> list[frozenset[str]]:
    """The questions of the learner's last papers, printed or taken, newest first."""
    found = [*_printed(), *_taken()]
    newest = sorted(found, key=lambda paper: (paper[0], paper[1]), reverse=True)
    by_code = {code: ids for _, code, ids in reversed(newest)}
    order = list(dict.fromkeys(code for _, code, _ in newest))
    return [by_code[code] for code in order[:count]]


def _printed() -> Iterator[tuple[datetime, str, frozenset[str]]]:
    """Papers that were printed; a line that cannot be read is passed over."""
    try:
        lines = _file().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        try:
            told = json.loads(line)
            yield datetime.fromisoformat(told["at"]), str(told["code"]), frozenset(map(str, told["questions"]))
        except (ValueError, KeyError, TypeError):
            continue


def _taken() -> Iterator[tuple[datetime, str, frozenset[str]]]:
    for sitting in open_desk().all():
        yield sitting.started_at, sitting.paper.code, frozenset(question.id for question in sitting.paper.questions)


def remember(exam: Exam) -> None:
    """Note a printed paper of the learner's; the same one again changes nothing. ``StorageError`` where it cannot be written."""
    version = exam.versions[0]
    if any(code == version.code for _, code, _ in _printed()):
        return
    line = json.dumps({"at": now().isoformat(), "code": version.code, "questions": [item.id for item in version.items]})
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise StorageError(f"the paper cannot be noted: {error.strerror}", where=str(file), mend="make room there, or print without --personal") from None  # fmt: skip


def _file() -> Path:
    from quizcnn.locations import data_folder

    return data_folder() / FILE
