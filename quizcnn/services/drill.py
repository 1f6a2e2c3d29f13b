"""A drill: which question stands open, what an answer comes to, when it comes back.

Every answer is saved, with the card and the session, at the moment it is graded and with the proposed rating; another rating amends it.
So nothing is lost whenever the program ends, and a session that was killed goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING
from uuid import uuid4

from quizcnn.clock import now
from quizcnn.errors import BankError, UsageError
from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import work_steps
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.sheet import grade_texts
from quizcnn.scheduling.card import Rating
from quizcnn.scheduling.day import learning_day
from quizcnn.scheduling.fsrs import previews
from quizcnn.scheduling.rating import ESTIMATE_SECONDS, SLOW_FACTOR, propose_rating, usual_time
from quizcnn.services.context import LEARNER, Context
from quizcnn.services.placement import QUESTIONS, Levels, find_levels, next_slot, track_of
from quizcnn.services.plan import policy_of, read_outlook, wait_list
from quizcnn.services.progression import answered, outcome, recounted, reopened, with_repeat, without_repeat
from quizcnn.services.requests import DrillRequest
from quizcnn.services.selection import choose_variant, other_seed
from quizcnn.services.session import Probe, SessionState, Slot
from quizcnn.services.views import Ask, Missed, Placed, Result, Summary, Undone
from quizcnn.settings import save_changes
from quizcnn.storage.records import Answer, Recorded, SessionRecord
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.storage.repositories import Store

REVEALED = Text("The answer was shown.", "已显示答案。")


class Drill:
    """One session over the learner's record. Raises ``StorageError`` where something cannot be saved; then nothing has changed."""

    def __init__(
        self, context: Context, request: DrillRequest, state: SessionState, session: SessionRecord | None
    ) -> None:
        self._context, self._request, self._state = context, request, state
        self._store: Store = context.store
        self._session = session
        self._variant: tuple[Slot, Variant, int] | None = None
        self._usual_of: tuple[Variant, float | None] | None = None
        self._open_result: tuple[Result, Recorded] | None = None
        self._until = None if request.minutes is None else state.seconds + request.minutes * 60
        """Seconds of answering after which nothing more is asked."""
        self._before: dict[str, SessionState] = {}
        """By attempt, the session before it: what undo gives back where no session is stored."""

    @staticmethod
    def open(context: Context, request: DrillRequest) -> Drill:
        """The session that was left today, or a new one."""
        day = learning_day(now(), context.settings.rollover_hour).isoformat()
        saved = context.store.open_session() if request.is_plain else None
        if saved is not None:
            state = SessionState.from_json(json.loads(saved.state))
            if state.day == day and state.waiting:
                if request.limit is not None:
                    state = replace(state, waiting=state.waiting[: request.limit])
                return Drill(context, request, state, saved)
        state = SessionState(day=day, waiting=wait_list(context, request))
        drill = Drill(
            context,
            request,
            state,
            SessionRecord(uuid4().hex, now(), "") if request.is_plain and state.waiting else None,
        )
        drill._save(state)
        return drill

    # ------------------------------------------------------------------ the open question

    def ask(self) -> Ask | None:
        """The open question, or None when nothing is left or time is up."""
        slot = self._ready()
        return None if slot is None else self._view(slot, self._variant_of(slot))

    def _ready(self) -> Slot | None:
        """The open slot, with the seed of the variant that was drawn. What cannot be drawn is left out and named in the summary."""
        while slot := self._next():
            try:
                self._variant_of(slot)
            except (BankError, UsageError) as error:
                out = (*self._state.left_out, f"{slot.question_id}: {error}")
                self._save(replace(self._state, waiting=self._state.waiting[1:], left_out=out))
                continue
            return self._state.waiting[0]
        return None

    def _next(self) -> Slot | None:
        state = self._state
        if self._open_result is None and self._is_time_up():
            return None
        if not state.waiting and self._request.placement:
            slot = next_slot(self._context, state.probes, [line.partition(":")[0] for line in state.left_out])
            self._state = state = replace(state, waiting=(slot,) if slot else ())
        return state.waiting[0] if state.waiting else None

    def _is_time_up(self) -> bool:
        return self._until is not None and self._state.seconds >= self._until

    def _view(self, slot: Slot, variant: Variant) -> Ask:
        state = self._state
        topic = self._context.catalog.topic(variant.topic)
        return Ask(
            variant=variant,
            topic=topic.title,
            area=topic.area,
            number=(len(state.probes) if self._request.placement else state.answered) + 1,
            total=QUESTIONS if self._request.placement else state.total,
            again=state.put_back,
            new_left=sum(each.why == "new" for each in state.waiting),
            due_left=sum(each.why in ("due", "again") for each in state.waiting),
            is_new=slot.why in ("new", "placement"),
            counted=slot.counted,
            hints=variant.hints[: slot.hints],
            tries=slot.tries,
            drafts=slot.drafts,
            usual_seconds=self._usual(variant),
            minutes_left=None if self._until is None else max(1, ceil((self._until - state.seconds) / 60)),
        )

    def _variant_of(self, slot: Slot) -> Variant:
        if (
            self._variant is None
            or self._variant[0].question_id != slot.question_id
            or self._variant[0].seed != slot.seed
        ):
            variant, k = choose_variant(self._context, slot)
            slot = replace(slot, seed=variant.seed)
            self._variant = (slot, variant, k)
            self._state = self._state.with_open(seed=variant.seed)
        return self._variant[1]

    def _usual(self, variant: Variant) -> float | None:
        """Seconds that the learner usually takes for the kind; an estimate has a minute, whoever makes it."""
        if variant.is_estimate:
            return ESTIMATE_SECONDS / SLOW_FACTOR
        if self._usual_of is None or self._usual_of[0] is not variant:
            usual = usual_time(self._store.right_times(variant.kind))
            self._usual_of = (variant, None if usual is None else usual / 1000)
        return self._usual_of[1]

    # ------------------------------------------------------------------ answering

    def submit(self, texts: Sequence[str], seconds: float) -> Result:
        """Grade what was typed. Unreadable text and a first near miss leave the question open; everything else is recorded."""
        slot, variant = self._open()
        typed = tuple(texts)
        grade = grade_texts(variant.fields, typed, self._context.language)
        if grade.verdict is Verdict.UNREADABLE:
            self._save(replace(self._state.with_open(drafts=typed), unread=self._state.unread + 1))
            return Result(grade=grade, recorded=False, typed=typed)
        if slot.tries == 0 and is_nearly_right(grade):
            self._save(self._state.with_open(drafts=typed, tries=1))
            return Result(grade=grade, recorded=False, second_try=True, typed=typed, counted=slot.counted)
        return self._record(slot, variant, grade, typed, seconds, revealed=False)

    def reveal(self, seconds: float) -> Result:
        """Show the answer: recorded as not answered, rated Again."""
        slot, variant = self._open()
        key = Text(
            "; ".join(field.answer.shown().en for field in variant.fields),
            "；".join(field.answer.shown().zh for field in variant.fields),
        )
        grade = Grade(verdict=Verdict.BLANK, score=0.0, read="", key=key, feedback=(REVEALED,))
        return self._record(slot, variant, grade, (), seconds, revealed=True)

    def _open(self) -> tuple[Slot, Variant]:
        if self._open_result is not None or self._ready() is None:
            raise UsageError("no question is open")
        slot = self._state.waiting[0]
        return slot, self._variant_of(slot)

    def _record(
        self, slot: Slot, variant: Variant, grade: Grade, typed: tuple[str, ...], seconds: float, *, revealed: bool
    ) -> Result:
        usual = self._usual(variant)
        proposed = self._propose(slot, variant, grade, seconds, usual)
        at = now()
        day = learning_day(at, self._context.settings.rollover_hour)
        before = self._store.card(slot.question_id)
        intervals = {
            int(each.rating): each.interval for each in previews(before, at, day, policy_of(self._context.settings))
        }
        state = answered(self._state, variant, grade, typed, seconds, proposed)
        answer = self._answer(slot, variant, grade, typed, seconds, proposed, at)
        recorded = self._store.record_answer(
            answer, policy=policy_of(self._context.settings), session=self._as_record(state)
        )
        self._before[recorded.attempt.id] = self._state
        self._state = state
        back = next(
            (
                place
                for place, each in enumerate(state.waiting, 1)
                if each.question_id == slot.question_id and each.why == "again"
            ),
            None,
        )
        result = Result(
            grade=grade,
            recorded=True,
            revealed=revealed,
            typed=typed,
            proposed=int(proposed),
            intervals=intervals if slot.counted else None,
            counted=slot.counted,
            steps=work_steps(variant),
            seconds=seconds,
            usual_seconds=usual,
            comes_back_in=back,
            leech_lapses=recorded.after.lapses if recorded.leech else None,
        )
        self._open_result = (result, recorded)
        return result

    def _propose(self, slot: Slot, variant: Variant, grade: Grade, seconds: float, usual: float | None) -> Rating:
        if variant.kind == "recall" and grade.verdict is not Verdict.BLANK:
            return Rating.GOOD
        return propose_rating(
            outcome(grade.verdict),
            grade.score,
            hints=slot.hints,
            tries=slot.tries + 1,
            duration_ms=round(seconds * 1000),
            usual_ms=None if usual is None else round(usual * 1000),
        )

    def _answer(
        self,
        slot: Slot,
        variant: Variant,
        grade: Grade,
        typed: tuple[str, ...],
        seconds: float,
        rating: Rating,
        at: datetime,
    ) -> Answer:
        k = self._variant[2] if self._variant else 0
        return Answer(
            question_id=slot.question_id,
            revision=variant.revision,
            topic=variant.topic,
            kind=variant.kind,
            lang=self._context.language,
            seed=variant.seed,
            k=k,
            parameters=variant.identity,
            key=json.dumps([field.answer.typed() for field in variant.fields], ensure_ascii=False),
            raw=typed,
            verdict=str(grade.verdict),
            score=grade.score,
            mistakes=grade.mistakes,
            guesses=grade.guesses,
            hints=slot.hints,
            tries=slot.tries + 1,
            duration_ms=round(seconds * 1000),
            proposed=rating,
            chosen=rating,
            answered_at=at,
            day=learning_day(at, self._context.settings.rollover_hour),
            mode="scheduled" if slot.counted else "practice",
        )

    # ------------------------------------------------------------------ rating and moving on

    def rate(self, rating: int | None = None) -> None:
        """Take the proposed rating, or another, and go to the next question."""
        if self._open_result is None:
            raise UsageError("no answer waits for a rating")
        result, recorded = self._open_result
        if rating is not None and rating != result.proposed:
            self._amend(recorded, Rating(rating))
        self._open_result = self._variant = None

    def _amend(self, recorded: Recorded, rating: Rating) -> None:
        """Another rating: the card anew, and its place in the session."""
        question_id = recorded.attempt.answer.question_id
        again = rating is Rating.AGAIN and recorded.attempt.answer.mode == "scheduled"
        state = with_repeat(self._state, question_id) if again else without_repeat(self._state, question_id)
        if recorded.attempt.answer.kind == "recall":
            self._judge(recorded, rating, state)
            return
        self._store.amend_rating(recorded.attempt.id, rating, session=self._as_record(state))
        self._state = state

    def _judge(self, recorded: Recorded, rating: Rating, state: SessionState) -> None:
        """A self-rated card: the rating is the verdict as well."""
        answer = recorded.attempt.answer
        grade = grade_texts(self._open_variant().fields, [str(int(rating))], self._context.language)
        state = recounted(state, answer, grade.verdict, grade.key)
        attempt, session = recorded.attempt.id, self._as_record(state)
        self._store.overrule(attempt, str(grade.verdict), grade.score, rating, now(), session=session)
        self._state = state

    def _open_variant(self) -> Variant:
        if self._variant is None:
            raise UsageError("no question is open")
        return self._variant[1]

    def overrule(self) -> Result:
        """Count the last answer as right on the learner's word; the overruling is stored with the question."""
        if self._open_result is None:
            raise UsageError("no answer to overrule")
        result, recorded = self._open_result
        state = without_repeat(self._state, recorded.attempt.answer.question_id)
        state = recounted(state, recorded.attempt.answer, Verdict.CORRECT, result.grade.key)
        attempt = recorded.attempt.id
        self._store.overrule(attempt, str(Verdict.CORRECT), 1.0, Rating.GOOD, now(), session=self._as_record(state))
        self._state = state
        result = replace(result, proposed=int(Rating.GOOD), comes_back_in=None)
        self._open_result = (result, recorded)
        return result

    # ------------------------------------------------------------------ commands

    def hint(self) -> Text | None:
        """The next hint, or None when none is left."""
        slot, variant = self._open()
        if slot.hints >= len(variant.hints):
            return None
        self._save(self._state.with_open(hints=slot.hints + 1))
        return variant.hints[slot.hints]

    def skip(self) -> None:
        """Put the open question last; nothing is recorded. A placement takes it as not known and goes on."""
        slot, variant = self._open()
        self._variant = None
        if slot.why == "placement":
            probes = (*self._state.probes, Probe(slot.question_id, track_of(variant.kind), variant.difficulty, False))
            self._save(replace(self._state, waiting=(), probes=probes))
            return
        self._save(
            replace(self._state, waiting=(*self._state.waiting[1:], replace(slot, seed=None, drafts=(), tries=0)))
        )

    def new_numbers(self) -> None:
        """Another variant of the open question; nothing is recorded."""
        _, variant = self._open()
        self._variant = None
        self._save(self._state.with_open(seed=other_seed(self._context, variant), drafts=(), tries=0))

    def more_like_this(self) -> None:
        """From a result: one more of the same question, uncounted, as the next."""
        if self._open_result is None:
            raise UsageError("no result is open")
        answer = self._open_result[1].attempt.answer
        self.rate(None)
        seed = seed_for(answer.question_id, LEARNER, answer.seed, 1)
        slot = Slot(answer.question_id, "extra", seed=seed, counted=False)
        self._save(replace(self._state, waiting=(slot, *self._state.waiting)))

    def suspend(self) -> str:
        """Set the card aside until it is resumed, and go on; gives its question."""
        question_id = self._at_hand()
        self._store.suspend(question_id)
        waiting = tuple(slot for slot in self._state.waiting if slot.question_id != question_id)
        self._open_result = self._variant = None
        self._save(replace(self._state, waiting=waiting))
        return question_id

    def flag(self, note: str) -> str:
        """Mark the question at hand to be looked at; gives the question."""
        seed = self._variant[1].seed if self._variant else None
        question_id = self._at_hand()
        self._store.flag(question_id, now(), seed=seed, note=note)
        return question_id

    def _at_hand(self) -> str:
        if self._open_result is not None:
            return self._open_result[1].attempt.answer.question_id
        return self._open()[0].question_id

    def add_new(self, count: int = 5) -> None:
        """More new cards today."""
        known = {slot.question_id for slot in self._state.waiting}
        more = wait_list(self._context, DrillRequest(new=count, limit=count), only_new=True)
        self._save(
            replace(
                self._state, waiting=(*self._state.waiting, *(slot for slot in more if slot.question_id not in known))
            )
        )

    def undo(self) -> Undone | None:
        """Take the last answer back, also one of an earlier session: its question is open again with the text that was typed."""
        undone = self._store.undo(now())
        if undone is None:
            return None
        answer = undone.attempt.answer
        own = undone.session if undone.session and self._session and undone.session.id == self._session.id else None
        known = self._before.get(undone.attempt.id) or reopened(self._state, answer)
        state = SessionState.from_json(json.loads(own.state)) if own and own.state else known
        self._open_result = self._variant = None
        typed = state.waiting[0] if state.waiting else None
        if typed is not None and typed.question_id == answer.question_id:
            state = state.with_open(seed=answer.seed, drafts=answer.raw)
        self._save(state)
        return Undone(answer.question_id, answer.answered_at)

    # ------------------------------------------------------------------ leaving

    @property
    def request(self) -> DrillRequest:
        """What was asked for."""
        return self._request

    @property
    def goes_on(self) -> bool:
        """Whether the session goes on where it was left, another time."""
        return self._session is not None

    def leave(self) -> None:
        """End the sitting. What is left waits for the next one; a session without anything left is closed, a whole placement taken up."""
        self._open_result = None
        levels = self._levels()
        if levels is not None:
            save_changes(numeric_level=levels.numeric, concept_level=levels.concept)
            self._context.forget_settings()
        if self._session is not None and not self._state.waiting:
            at = now()
            self._store.save_session(replace(self._session, state=_dump(self._state), finished_at=at), at)

    def _levels(self) -> Levels | None:
        """What a placement came to, once all of it was answered."""
        probes = self._state.probes
        return find_levels(probes) if probes and next_slot(self._context, probes) is None else None

    def summary(self) -> Summary:
        """What the session came to so far, and what tomorrow holds."""
        state = self._state
        tomorrow = read_outlook(self._context)
        return Summary(
            answered=state.answered,
            right=state.right,
            partly=state.partly,
            missed=state.missed,
            unread=state.unread,
            seconds=state.seconds,
            misses=tuple(
                Missed(miss.question_id, miss.typed, Text(*miss.key), Text(*miss.mistake) if miss.mistake else None)
                for miss in state.misses
            ),
            due_tomorrow=tomorrow.due,
            new_tomorrow=tomorrow.new,
            interview=self._context.settings.interview_date,
            left_out=state.left_out,
            waiting=len(state.waiting),
            time_is_up=self._is_time_up() and bool(state.waiting),
            placement=self._placed(),
        )

    def _placed(self) -> Placed | None:
        levels = self._levels()
        if levels is None:
            return None
        rows = self._context.catalog.rows()
        return Placed(levels.numeric, levels.concept, waiting=sum(levels.masters(row) for row in rows), total=len(rows))

    def _save(self, state: SessionState) -> None:
        record = self._as_record(state)
        if record is not None:
            self._store.save_session(record, now())
        self._state = state

    def _as_record(self, state: SessionState) -> SessionRecord | None:
        return replace(self._session, state=_dump(state)) if self._session is not None else None


def is_nearly_right(grade: Grade) -> bool:
    """Whether a second try is worth while. What goes against a point is told with that point, so there is none after it."""
    states = {point.state for point in grade.points}
    return grade.is_near or ("near" in states and "contradicted" not in states and not grade.is_correct)


def _dump(state: SessionState) -> str:
    return json.dumps(state.to_json(), ensure_ascii=False)
