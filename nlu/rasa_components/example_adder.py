"""A component that adds examples while training and does nothing while parsing."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.component import Component


class ExampleAdder(Component):
    """Subclasses say which examples."""

    def more(self, examples: Sequence[Message]) -> list[Message]:
        """Return what to add to the examples."""
        raise NotImplementedError

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave messages as they are."""
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the training data with more examples behind its own."""
        examples = training_data.training_examples
        return TrainingData(
            training_examples=[*examples, *self.more(examples)],
            entity_synonyms=training_data.entity_synonyms,
            regex_features=training_data.regex_features,
            lookup_tables=training_data.lookup_tables,
            responses=training_data.responses,
        )
