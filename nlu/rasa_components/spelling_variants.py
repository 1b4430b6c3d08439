"""While training, add about half of the examples once more in SMS spelling."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, Self

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.rasa_components.example_adder import ExampleAdder
from nlu.spelling_variants import looks_spanish, sms_spelling

VARIANT_OF = "variant_of"


def is_variant(message: Message) -> bool:
    """Return whether a training example was made here rather than written by a person."""
    return message.get(VARIANT_OF) is not None


class SpellingVariants(ExampleAdder):
    """Teaches the classifier hurried spelling; each variant remembers which example it was made of."""

    def __init__(self, share: float) -> None:
        """Keep which share of the examples is added again, from 0 to 1."""
        self.share = share

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the share; see docs/decisions/0011-pipeline.md."""
        return {"share": 0.5}

    @classmethod
    def bare(cls, config: dict[str, Any], name: str) -> Self:
        """Return the component with the share that the configuration names."""
        return cls(float(config["share"]))

    def more(self, examples: Sequence[Message]) -> list[Message]:
        """Return the variants of the chosen examples."""
        return [self._variant(message, index) for index, message in enumerate(examples) if self._chosen(message)]

    def _chosen(self, message: Message) -> bool:
        text = message.get(TEXT)
        return bool(text) and zlib.crc32(text.encode()) % 1000 < 1000 * self.share

    @staticmethod
    def _variant(message: Message, index: int) -> Message:
        text = message.get(TEXT)
        spelt = sms_spelling(text, "es" if looks_spanish(text) else "en", seed=1)
        kept = {key: value for key, value in message.data.items() if key not in {TEXT, ENTITIES}}
        return Message(data={**kept, TEXT: spelt, VARIANT_OF: index})
