"""How a session goes on: pure steps from one session state to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from quizcnn.generation.variant import Variant
from quizcnn.grading.base import Grade, Verdict
from quizcnn.scheduling.card import Rating
from quizcnn.scheduling.queue import BACK_AFTER, put_back
from quizcnn.services.placement import track_of
from quizcnn.services.session import Miss, Probe, SessionState, Slot
from quizcnn.solvers.base import get_family
from quizcnn.storage.records import Answer
from quizcnn.text import Text


def outcome(verdict: Verdict) -> Literal["right", "partial", "wrong"]:
    """What a verdict counts as."""
    if verdict is Verdict.CORRECT:
        return "right"
    return "partial" if verdict is Verdict.PARTIAL else "wrong"


def answered(
    state: SessionState, variant: Variant, grade: Grade, typed: Sequence[str], seconds: float, rating: Rating
) -> SessionState:
    """The session once the open question is answered: counted, and put back about five cards on where it was missed."""
    slot, came_to = state.waiting[0], outcome(grade.verdict)
    after = replace(
        state,
        waiting=state.waiting[1:],
        answered=state.answered + 1,
        right=state.right + (came_to == "right"),
        partly=state.partly + (came_to == "partial"),
        missed=state.missed + (came_to == "wrong"),
        seconds=state.seconds + seconds,
        misses=state.misses if came_to == "right" else (*state.misses, _miss(variant, grade, typed)),
        recent_topics=(*state.recent_topics, variant.topic)[-4:],
    )
    if slot.why == "placement":
        return replace(after, probes=(*state.probes, _probe(variant, came_to == "right")))
    if rating is not Rating.AGAIN or not slot.counted:
        return after
    return with_repeat(after, slot.question_id, grade.mistakes[0] if grade.mistakes else slot.wanted)


def with_repeat(state: SessionState, question_id: str, wanted: str | None = None) -> SessionState:
    """The session with a missed question about five cards on, if it does not wait there yet; a placement repeats nothing."""
    if state.probes or any(slot.question_id == question_id and slot.why == "again" for slot in state.waiting):
        return state
    places = put_back([str(place) for place in range(len(state.waiting))], "back", BACK_AFTER)
    again = Slot(question_id, "again", wanted=wanted)
    waiting = tuple(again if place == "back" else state.waiting[int(place)] for place in places)
    return replace(state, waiting=waiting, put_back=state.put_back + 1)


def without_repeat(state: SessionState, question_id: str) -> SessionState:
    """The session without the repeat that a miss of this question brought."""
    waiting = tuple(slot for slot in state.waiting if not (slot.question_id == question_id and slot.why == "again"))
    return replace(state, waiting=waiting, put_back=state.put_back - (len(state.waiting) - len(waiting)))


def recounted(state: SessionState, answer: Answer, verdict: Verdict, key: Text) -> SessionState:
    """The counts of the session once the verdict on its last answer is another one."""
    was, becomes = outcome(Verdict(answer.verdict)), outcome(verdict)
    counts = {"right": state.right, "partial": state.partly, "wrong": state.missed}
    counts[was] -= 1
    counts[becomes] += 1
    misses = state.misses if was == "right" else state.misses[:-1]
    if becomes != "right":
        misses = (*misses, Miss(answer.question_id, "", (key.en, key.zh), None) if was == "right" else state.misses[-1])
    probes = tuple(
        replace(probe, right=becomes == "right") if probe.question_id == answer.question_id else probe
        for probe in state.probes
    )
    return replace(
        state, right=counts["right"], partly=counts["partial"], missed=counts["wrong"], misses=misses, probes=probes
    )


def reopened(state: SessionState, answer: Answer) -> SessionState:
    """The session with an answer of another one open in front."""
    waiting = tuple(slot for slot in state.waiting if slot.question_id != answer.question_id)
    counted = answer.mode == "scheduled"
    slot = Slot(answer.question_id, "due", seed=answer.seed, drafts=answer.raw, hints=answer.hints, counted=counted)
    return replace(state, waiting=(slot, *waiting))


def _probe(variant: Variant, right: bool) -> Probe:
    return Probe(variant.question_id, track_of(variant.kind), variant.difficulty, right)


def _miss(variant: Variant, grade: Grade, typed: Sequence[str]) -> Miss:
    label: Text | None = None
    if grade.mistakes and variant.family is not None:
        found = [mistake for mistake in get_family(variant.family).mistakes if mistake.slug == grade.mistakes[0]]
        label = found[0].label if found else None
    read = grade.read or "; ".join(typed)
    return Miss(variant.question_id, read, (grade.key.en, grade.key.zh), (label.en, label.zh) if label else None)
