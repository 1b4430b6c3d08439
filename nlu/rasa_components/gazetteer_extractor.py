"""Countries, regions, cities and sectors named in a message, found by lookup tables."""

from __future__ import annotations

import json
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.gazetteer import Gazetteer


class GazetteerExtractor(GraphComponent):
    """Writes `entities` in Rasa's shape; the lookup tables of the training data are its knowledge."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, gazetteer: Gazetteer) -> None:
        """Keep the gazetteer and where to store it."""
        self.gazetteer = gazetteer
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create an extractor that knows no name yet."""
        return cls(model_storage, resource, Gazetteer({}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Self:
        """Read the lookup tables back from the model."""
        with model_storage.read_from(resource) as folder:
            tables = json.loads((folder / "lookups.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, Gazetteer(tables))

    def train(self, training_data: TrainingData) -> Resource:
        """Take over the lookup tables."""
        tables: dict[str, list[str]] = {}
        for table in training_data.lookup_tables:
            tables.setdefault(table["name"], []).extend(table["elements"])
        self.gazetteer = Gazetteer(tables)
        with self._model_storage.write_to(self._resource) as folder:
            text = json.dumps(tables, ensure_ascii=False, sort_keys=True)
            (folder / "lookups.json").write_text(text, encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message names."""
        for message in messages:
            found = [place.as_rasa() for place in self.gazetteer.find(message.get(TEXT) or "")]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
