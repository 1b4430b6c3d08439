"""Which language a message is in, so that the bot can offer to speak it."""

from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.language_identifier import identify
from nlu.rasa_components.component import Component


class LanguageRecogniser(Component):
    """Writes `languages`: the probability of each of the bot's languages, by the text alone."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the probabilities to each message."""
        for message in messages:
            message.set("languages", identify(message.get(TEXT) or ""), add_to_output=True)
        return messages
