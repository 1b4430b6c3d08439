"""Tf-idf of word pairs and of letter runs, over the mended text: words carry the topic, letters forgive spelling."""

from __future__ import annotations

import json
from typing import Any, Self

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.features import folded_text
from nlu.rasa_components.ngrams import ANALYZERS, NgramTable, stacked_row


class NgramFeaturizer(SparseFeaturizer, GraphComponent):
    """Adds the weights of word and character n-grams as one sparse sentence feature."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return for words and characters: shortest run, longest run, least number of examples it stands in."""
        return {**SparseFeaturizer.get_default_config(), "words": [1, 2, 1], "characters": [2, 5, 2]}

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        tables: list[NgramTable] | None = None,
    ) -> None:
        """Keep the tables, none until trained, and where to store them."""
        super().__init__(name, config)
        self.tables = tables or []
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create a featurizer that knows no n-gram yet."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Self:
        """Read the tables back from the model."""
        with model_storage.read_from(resource) as folder, np.load(folder / "idf.npz", allow_pickle=False) as idf:
            terms = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
            tables = [NgramTable(kind, *config[kind][:2], terms[kind], idf[kind]) for kind in ANALYZERS]
        return cls(config, execution_context.node_name, model_storage, resource, tables)

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

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the n-grams and how rare each is."""
        texts = [folded_text(message) for message in training_data.training_examples if message.get(TEXT)]
        ranges = {kind: self._config[kind] for kind in ANALYZERS}
        self.tables = [NgramTable.learn(k, low, high, texts, at_least=n) for k, (low, high, n) in ranges.items()]
        with self._model_storage.write_to(self._resource) as folder:
            terms = {table.analyzer: table.terms for table in self.tables}
            (folder / "terms.json").write_text(json.dumps(terms, ensure_ascii=False), encoding="utf-8")
            np.savez(folder / "idf.npz", **{table.analyzer: table.idf for table in self.tables})
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the weights to each message that has a text."""
        for message in messages:
            if message.get(TEXT):
                self.add_features_to_message(None, stacked_row(self.tables, folded_text(message)), TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the weights to every training example."""
        self.process(training_data.training_examples)
        return training_data
