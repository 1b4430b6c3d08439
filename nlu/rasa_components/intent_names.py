"""While training, take the name of each intent for one more example of it; while parsing, do nothing.

Whoever names an intent says in two or three words what it is about. It tells most where there are few examples.
"""

from __future__ import annotations

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.extended import extended


class IntentNames(GraphComponent):
    """Adds "wage unpaid" as an example of `wage_unpaid`."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create the component; there is nothing to train."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave messages as they are."""
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples followed by the names of their intents."""
        names = sorted({message.get(INTENT) for message in training_data.training_examples if message.get(INTENT)})
        return extended(training_data, [Message(data={TEXT: words_of(name), INTENT: name}) for name in names])


def words_of(name: str) -> str:
    """Return the name of an intent as words.

    >>> words_of("wage_unpaid")
    'wage unpaid'
    """
    return name.lower().replace("_", " ")
