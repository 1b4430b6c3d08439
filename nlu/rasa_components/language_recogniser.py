"""Which language a message is in, so that the bot can offer to speak it."""

from __future__ import annotations

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.language_identifier import identify


class LanguageRecogniser(GraphComponent):
    """Writes `languages`: the probability of each of the bot's languages, by the text alone."""

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create the recogniser; there is nothing to train."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the probabilities to each message."""
        for message in messages:
            message.set("languages", identify(message.get(TEXT) or ""), add_to_output=True)
        return messages
