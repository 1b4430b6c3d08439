"""While training, take the name of each intent for one more example of it.

Whoever names an intent says in two or three words what it is about. It tells most where there are few examples.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.rasa_components.example_adder import ExampleAdder


class IntentNames(ExampleAdder):
    """Adds "wage unpaid" as an example of `wage_unpaid`."""

    def more(self, examples: Sequence[Message]) -> list[Message]:
        """Return the name of each intent, as words."""
        names = sorted({message.get(INTENT) for message in examples if message.get(INTENT)})
        return [Message(data={TEXT: name.lower().replace("_", " "), INTENT: name}) for name in names]
