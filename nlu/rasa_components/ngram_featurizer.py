"""Tf-idf of word pairs and of letter runs, over the mended text: words carry the topic, letters forgive spelling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

import numpy as np
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.features import folded_text
from nlu.rasa_components.ngrams import ANALYZERS, NgramTable, stacked_row
from nlu.rasa_components.stored import Stored


class NgramFeaturizer(Stored[list[NgramTable]], SparseFeaturizer):
    """Adds the weights of word and character n-grams as one sparse sentence feature."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return for words and characters: shortest run, longest run, least number of examples it stands in."""
        return {**SparseFeaturizer.get_default_config(), "words": [1, 2, 1], "characters": [2, 5, 2]}

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before it in the pipeline."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse ranges that make no sense."""
        for kind in ANALYZERS:
            shortest, longest, at_least = config[kind]
            if not (1 <= shortest <= longest and at_least >= 1):
                raise ValueError(f"{kind}: [shortest, longest, at least], each 1 or more, not {config[kind]}")

    @classmethod
    def bare(cls, config: dict[str, Any], name: str) -> Self:
        """Return a featurizer made the way Rasa's featurizers are."""
        return cls(name, config)

    @classmethod
    def unlearnt(cls) -> list[NgramTable]:
        """Return no table."""
        return []

    def learn(self, training_data: TrainingData) -> list[NgramTable]:
        """Learn the n-grams and how rare each is."""
        texts = [folded_text(message) for message in training_data.training_examples if message.get(TEXT)]
        ranges = {kind: self._config[kind] for kind in ANALYZERS}
        return [NgramTable.learn(k, low, high, texts, at_least=n) for k, (low, high, n) in ranges.items()]

    @staticmethod
    def write(learnt: list[NgramTable], folder: Path) -> None:
        """Write the n-grams and their weights."""
        terms = {table.analyzer: table.terms for table in learnt}
        (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / "idf.npz", **{table.analyzer: table.idf for table in learnt})

    @classmethod
    def read(cls, folder: Path, config: dict[str, Any]) -> list[NgramTable]:
        """Read the n-grams and their weights."""
        terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        with np.load(folder / "idf.npz", allow_pickle=False) as idf:
            return [NgramTable(kind, *config[kind][:2], terms[kind], idf[kind]) for kind in ANALYZERS]

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the weights to each message that has a text."""
        for message in messages:
            if message.get(TEXT):
                self.add_features_to_message(None, stacked_row(self.learnt, folded_text(message)), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the weights to every training example."""
        self.process(training_data.training_examples)
        return training_data
