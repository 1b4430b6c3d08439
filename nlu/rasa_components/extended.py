"""Training data with examples added by a component."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


def extended(training_data: TrainingData, more: Sequence[Message]) -> TrainingData:
    """Return the training data with more examples behind its own."""
    return TrainingData(
        training_examples=[*training_data.training_examples, *more],
        entity_synonyms=training_data.entity_synonyms,
        regex_features=training_data.regex_features,
        lookup_tables=training_data.lookup_tables,
        responses=training_data.responses,
    )
