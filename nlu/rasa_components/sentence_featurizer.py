"""One dense vector per message from the multilingual Universal Sentence Encoder.

The encoder (Google, Apache-2.0; Yang et al. 2019, "Multilingual Universal Sentence Encoder for Semantic Retrieval") comes as
a wheel of 31 MB that needs numpy only, and nothing is fetched at run time. Why: docs/decisions/0012-sentence-encoder.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

from joblib import Parallel, delayed
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT, TEXT_TOKENS
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.component import Component
from nlu.rasa_components.sentence_encoder import SentenceEncoder, Vector
from nlu.rasa_components.spelling_repair import mended_text

SHARE = 1000  # examples encoded at a time when training


@lru_cache(maxsize=1)
def _encoder() -> SentenceEncoder:
    """Return the encoder, loaded once per process."""
    return SentenceEncoder()


def _mended(message: Message) -> str:
    """Return the text with its spelling mended, accents and punctuation kept."""
    return mended_text(message.get(TEXT), ((t.text, t.start, t.end) for t in message.get(TEXT_TOKENS)))


def _vectors(texts: Sequence[str]) -> list[Vector]:
    return [_encoder().encode(text) for text in texts]


class SentenceFeaturizer(DenseFeaturizer, Component):
    """Adds the encoder's 512 numbers as a sentence feature."""

    @classmethod
    def bare(cls, config: dict[str, Any], name: str) -> Self:
        """Return a featurizer made the way Rasa's featurizers are."""
        return cls(name, config)

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before it in the pipeline."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any configuration: there are no settings."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector to each message that has a text."""
        written = [message for message in messages if message.get(TEXT)]
        self._add(_vectors([_mended(message) for message in written]), written)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector to every training example; all cores share the work."""
        written = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = [_mended(message) for message in written]
        shares = [texts[start : start + SHARE] for start in range(0, len(texts), SHARE)]
        for index, vectors in enumerate(Parallel(n_jobs=-1)(delayed(_vectors)(share) for share in shares)):
            self._add(vectors, written[index * SHARE :][:SHARE])
        return training_data

    def _add(self, vectors: list[Vector], messages: Sequence[Message]) -> None:
        for vector, message in zip(vectors, messages, strict=True):
            self.add_features_to_message(None, vector[None, :], TEXT, message)
