"""What a message says of the person, and what to do about its topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from nlu.thresholds import THRESHOLDS, outcome_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.profile import UserProfile
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

#: Topics offered when the classifier is unsure.
CHOICES = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """`answer` an intent, `ask` between topics, or `decline`; `danger` is independent of it."""

    kind: Literal["answer", "ask", "decline"]
    intents: tuple[str, ...]
    danger: bool


def decide_intent(prediction: Prediction, knowledge: KnowledgeBase) -> Decision:
    """Apply the shipped thresholds; only topics can be offered to choose from."""
    danger = prediction.danger >= THRESHOLDS.danger
    ranked = [ranked.name for ranked in prediction.ranking]
    topics = tuple(name for name in ranked if name in knowledge.register.topics)[:CHOICES]
    kind = outcome_of(prediction)
    if kind == "answer":
        return Decision("answer", (prediction.intent,), danger)
    if kind == "ask" and topics:
        return Decision("ask", topics, danger)
    return Decision("decline", topics, danger)


def danger_topic(decision: Decision, topics: Sequence[str], knowledge: KnowledgeBase) -> str:
    """The topic whose card follows the emergency numbers.

    The alarm is set low, so that nobody in danger is missed; whoever was alarmed for nothing still gets the answer to the
    question. Where the question is not clear: the likeliest topic that protects or heals, else `emergency`.
    """
    if decision.kind == "answer" and decision.intents[0] in knowledge.register.topics:
        return decision.intents[0]
    protecting = {"protection", "health"}
    register = knowledge.register.topics
    return next((name for name in topics if name in register and register[name].category in protecting), "emergency")


def learn(profile: UserProfile, prediction: Prediction, knowledge: KnowledgeBase) -> UserProfile:
    """The profile with what the message says of it: "estoy en Costa Rica", "soy nica", "aquí en Houston".

    A bare country, with no word on whether the person works there or comes from there, is taken for the work country
    only while none is known.
    """
    work, home, region = prediction.work_country, prediction.home_country, prediction.work_region
    bare = next((entity.country for entity in prediction.entities if entity.type == "country"), None)
    if work is None and profile.work_country is None and bare != home:
        work = bare
    if home in knowledge.countries:
        profile = replace(profile, home_country=home)
    if work in knowledge.countries and work is not None:
        fitting = region if region and region[:2].lower() == work else None
        profile = profile.working_in(work, fitting)
    return profile
