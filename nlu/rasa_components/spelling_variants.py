"""While training, add about half of the examples once more in SMS spelling; while parsing, do nothing."""

from __future__ import annotations

import zlib
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.extended import extended
from nlu.spelling_variants import looks_spanish, sms_spelling

VARIANT_OF = "variant_of"


def is_variant(message: Message) -> bool:
    """Return whether a training example was made here rather than written by a person."""
    return message.get(VARIANT_OF) is not None


class SpellingVariants(GraphComponent):
    """Teaches the classifier hurried spelling; each variant remembers which example it was made of."""

    def __init__(self, share: float) -> None:
        """Keep which share of the examples is added again, from 0 to 1."""
        self.share = share

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the share; see docs/decisions/0011-pipeline.md."""
        return {"share": 0.5}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create the component; there is nothing to train."""
        return cls(float(config["share"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave messages as they are."""
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples followed by their variants."""
        examples = enumerate(training_data.training_examples)
        variants = [self._variant(message, index) for index, message in examples if self._chosen(message)]
        return extended(training_data, variants)

    def _chosen(self, message: Message) -> bool:
        text = message.get(TEXT)
        return bool(text) and zlib.crc32(text.encode()) % 1000 < 1000 * self.share

    @staticmethod
    def _variant(message: Message, index: int) -> Message:
        text = message.get(TEXT)
        spelt = sms_spelling(text, "es" if looks_spanish(text) else "en", seed=1)
        kept = {key: value for key, value in message.data.items() if key not in {TEXT, ENTITIES}}
        return Message(data={**kept, TEXT: spelt, VARIANT_OF: index})
