"""From Rasa messages to the matrices that the classifiers work on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT, TEXT_TOKENS
from rasa.shared.nlu.training_data.message import Message
from scipy import sparse


@dataclass(frozen=True, slots=True)
class Features:
    """The n-gram weights (sparse) and the sentence vectors (dense) of some messages, a row each."""

    ngrams: sparse.csr_matrix
    vectors: NDArray[np.float32]

    def __len__(self) -> int:
        """Return the number of messages."""
        return int(self.vectors.shape[0])

    def rows(self, index: NDArray[np.intp]) -> Features:
        """Return the features of some of the messages."""
        return Features(self.ngrams[index], self.vectors[index])


def folded_text(message: Message) -> str:
    """Return the folded words that the tokenizer found, with one space between them."""
    return " ".join(token.text for token in message.get(TEXT_TOKENS))


def features_of(messages: list[Message]) -> Features:
    """Collect what the featurizers left in the messages."""
    ngrams, vectors = [], []
    for message in messages:
        for feature in message.features:
            if feature.type == FEATURE_TYPE_SENTENCE and feature.attribute == TEXT:
                (ngrams if feature.is_sparse() else vectors).append(feature.features)
    return Features(sparse.vstack(ngrams, format="csr"), np.concatenate(vectors).astype(np.float32, copy=False))
