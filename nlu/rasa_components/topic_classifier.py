"""Which topic a message is about and how sure that is, whether it is about any topic, and whether someone is in danger.

Editors mark examples of danger: a block of examples with `metadata: {danger: true}` (see nlu/README.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.features import features_of
from nlu.rasa_components.spelling_variants import is_variant
from nlu.rasa_components.stored import Stored
from nlu.rasa_components.topic_model import TopicModel

RANKING_LENGTH = 10
DIGITS = 4
NOTHING_LEARNT = "nothing_learnt"


class TopicClassifier(Stored[TopicModel | None], IntentClassifier):
    """Writes `intent` and `intent_ranking` in Rasa's shape, and beside them `in_scope` and `danger`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before it in the pipeline."""
        return [Featurizer]

    @classmethod
    def unlearnt(cls) -> None:
        """Return no model."""

    def learn(self, training_data: TrainingData) -> TopicModel | None:
        """Learn from every labelled example; a single intent teaches nothing."""
        examples = [m for m in training_data.training_examples if m.get(INTENT) and m.get(TEXT)]
        topics = [message.get(INTENT) for message in examples]
        if len(set(topics)) < 2:
            return None
        originals = np.flatnonzero([not is_variant(message) for message in examples])
        danger = [is_danger(message) for message in examples]
        return TopicModel.fit(features_of(examples), topics, danger, originals)

    @staticmethod
    def write(learnt: TopicModel | None, folder: Path) -> None:
        """Write the model, or that there was nothing to learn."""
        if learnt is None:
            (folder / NOTHING_LEARNT).touch()
        else:
            learnt.save(folder)

    @classmethod
    def read(cls, folder: Path, config: dict[str, Any]) -> TopicModel | None:
        """Read the model; a classifier that had nothing to learn stays silent."""
        return None if (folder / NOTHING_LEARNT).exists() else TopicModel.load(folder)

    def process(self, messages: list[Message]) -> list[Message]:
        """Write the ten likeliest intents and the probabilities of being in scope and in danger."""
        for message in messages:
            ranking, in_scope, danger = self._judge(message)
            message.set("intent", ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set("in_scope", {"confidence": round(in_scope, DIGITS)}, add_to_output=True)
            message.set("danger", {"confidence": round(danger, DIGITS)}, add_to_output=True)
        return messages

    def _judge(self, message: Message) -> tuple[list[dict[str, Any]], float, float]:
        if self.learnt is None:
            return [], 1.0, 0.0
        judged = self.learnt.judge(features_of([message]))
        topics, probabilities = self.learnt.classes.topics, judged.topics[0]
        order = np.argsort(-probabilities, kind="stable")[:RANKING_LENGTH]
        ranking = [{"name": topics[i], "confidence": round(float(probabilities[i]), DIGITS)} for i in order]
        return ranking, float(judged.in_scope[0]), float(judged.danger[0])


def is_danger(message: Message) -> bool:
    """Return whether a training example, or the block it stands in, is marked as danger."""
    metadata = message.get("metadata") or {}
    marks = (metadata.get("intent"), metadata.get("example"))
    return any(isinstance(mark, dict) and mark.get("danger") is True for mark in marks)
