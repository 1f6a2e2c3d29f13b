"""Marks of a paper let into the learner's schedule, because the learner asked for it: one attempt a question, however often it is fed.

An attempt's id is a hash of the paper's code, whose sheet it is and the question; so marks that were corrected since replace those
that were fed before. A blank counts as not known; what was not reached, could not be read, is void or no longer in the bank says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import blake2b

from quizcnn.clock import now
from quizcnn.errors import UsageError
from quizcnn.grading.recall import RecallAnswer
from quizcnn.scheduling.card import Rating
from quizcnn.scheduling.day import learning_day
from quizcnn.scheduling.rating import propose_rating
from quizcnn.services.context import Context
from quizcnn.services.exams.manifest import PrintedQuestion
from quizcnn.services.exams.marks import Mark, Marked
from quizcnn.services.exams.sitting import Sitting
from quizcnn.services.plan import policy_of
from quizcnn.services.progression import outcome
from quizcnn.services.words import say
from quizcnn.storage.records import Answer, Fed, PaperAnswer
from quizcnn.text import Lang, Text

SILENT = frozenset({"not_reached", "unreadable", "void"})
"""States of a mark that tell nothing of what is known."""
NOON = time(12)
FED = Text("The schedule heard of {count} answers", "{count} 道题已计入复习计划")
FED_ONE = Text("The schedule heard of 1 answer", "1 道题已计入复习计划")
FED_BEFORE = Text("The schedule heard of it before: nothing changed", "之前已经计入复习计划，没有变化")
REPLACED = Text("{count} marks replaced earlier ones", "{count} 道题的评分已更新")
WITHDRAWN = Text("{count} were taken back", "{count} 道题已撤回")
LEFT_OUT = Text("{count} are no longer in the bank", "{count} 道题已不在题库中")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the store made of the marks, and the questions that today's bank does not have."""

    fed: Fed
    left_out: tuple[str, ...] = ()

    def line(self, lang: Lang) -> str:
        """It in a sentence."""
        fed = self.fed
        parts = [say(FED_ONE if fed.new == 1 else FED, lang, count=fed.new)] if fed.new else []
        parts += [say(REPLACED, lang, count=fed.replaced)] if fed.replaced else []
        parts += [say(WITHDRAWN, lang, count=fed.withdrawn)] if fed.withdrawn else []
        parts += [] if parts else [FED_BEFORE[lang] if fed.unchanged else say(FED, lang, count=0)]
        parts += [say(LEFT_OUT, lang, count=len(self.left_out))] if self.left_out else []
        return "; ".join(parts) + "." if lang == "en" else "；".join(parts) + "。"


def feed_sitting(context: Context, sitting: Sitting) -> Heard:
    """Let the schedule hear of an exam that was handed in at the terminal, at the moment when it was."""
    if sitting.handed_in_at is None:
        raise UsageError("the exam is not handed in yet")
    marked = sitting.marked(context.language)
    return _feed(context, [(sitting.name, marked)], sitting.handed_in_at, dated=True)


def feed_sheets(context: Context, sheets: Iterable[Marked], day: date | None = None) -> Heard:
    """Let the schedule hear of the learner's own sheets; without a ``day`` at the moment when they are first fed."""
    moment = now() if day is None else datetime.combine(day, NOON).astimezone(now().tzinfo)
    return _feed(context, [(sheet.name.casefold(), sheet) for sheet in sheets], moment, dated=day is not None)


def own_sheets(sheets: Iterable[Marked], name: str | None) -> list[Marked]:
    """The sheets of the learner called ``name``; without a name all, if they are one person's. ``UsageError`` else."""
    found = list(sheets)
    names = sorted({sheet.name for sheet in found})
    if name is None:
        if len(names) > 1:
            raise UsageError(f"the sheets are of {len(names)} people ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})", mend="say with --as which of them is the learner")  # fmt: skip
        return found
    own = [sheet for sheet in found if sheet.name.casefold() == name.casefold()]
    if not own:
        raise UsageError(
            f"no sheet is {name[:40]!r}'s", mend=f"there are {', '.join(names[:5]) or 'no sheets that could be marked'}"
        )
    return own


def _feed(context: Context, sheets: Iterable[tuple[str, Marked]], moment: datetime, *, dated: bool) -> Heard:
    known = {row.id for row in context.catalog.rows()}
    found: dict[str, PaperAnswer] = {}
    left_out: list[str] = []
    for person, sheet in sheets:
        for mark in sheet.marks:
            if mark.question.id not in known:
                left_out.append(mark.question.id)
                continue
            name = attempt_id(sheet.paper.code, person, mark.question.id)
            found[name] = PaperAnswer(name, _answer(context, mark, moment), dated)
    fed = context.store.feed(list(found.values()), now(), policy=policy_of(context.settings))
    return Heard(fed, tuple(dict.fromkeys(left_out)))


def attempt_id(code: str, person: str, question_id: str) -> str:
    """The id of a person's answer to a question of a paper: 32 hexadecimal digits, as every attempt has."""
    return blake2b("\0".join(("paper", code, person, question_id)).encode(), digest_size=16).hexdigest()


def _answer(context: Context, mark: Mark, moment: datetime) -> Answer | None:
    """The mark as a drill would have recorded it; None where it says nothing."""
    if mark.state in SILENT or mark.dropped:
        return None
    question = mark.question
    proposed = propose_rating(outcome(mark.verdict), mark.score)
    return Answer(
        question_id=question.id,
        revision=question.revision,
        topic=question.topic,
        kind=question.kind,
        lang=context.language,
        seed=question.seed,
        k=0,
        parameters=_canonical(question.parameters),
        key=json.dumps([field.answer.typed() for field in question.fields], ensure_ascii=False),
        raw=mark.texts,
        verdict=str(mark.verdict),
        score=mark.score,
        mistakes=mark.mistakes,
        guesses=mark.guesses,
        hints=0,
        tries=1,
        duration_ms=0,
        proposed=proposed,
        chosen=_own_rating(question, mark) or proposed,
        answered_at=moment,
        day=learning_day(moment, context.settings.rollover_hour),
    )


def _own_rating(question: PrintedQuestion, mark: Mark) -> Rating | None:
    """The learner's own rating, where that is what the answer was."""
    text = mark.texts[0].strip() if mark.texts else ""
    if isinstance(question.fields[0].answer, RecallAnswer) and text in {"1", "2", "3", "4"}:
        return Rating(int(text))
    return None


def _canonical(parameters: Mapping[str, object]) -> str:
    return json.dumps(parameters, sort_keys=True, ensure_ascii=False)
