"""Countries, regions, cities and sectors named in a message, found by lookup tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.gazetteer import Gazetteer
from nlu.rasa_components.stored import Stored


class GazetteerExtractor(Stored[Gazetteer]):
    """Writes `entities` in Rasa's shape; the lookup tables of the training data are its knowledge."""

    @classmethod
    def unlearnt(cls) -> Gazetteer:
        """Return a gazetteer that knows no name."""
        return Gazetteer({})

    def learn(self, training_data: TrainingData) -> Gazetteer:
        """Take over the lookup tables."""
        tables: dict[str, list[str]] = {}
        for table in training_data.lookup_tables:
            tables.setdefault(table["name"], []).extend(table["elements"])
        return Gazetteer(tables)

    @staticmethod
    def write(learnt: Gazetteer, folder: Path) -> None:
        """Write the lookup tables."""
        text = json.dumps(learnt.tables, ensure_ascii=False, sort_keys=True)
        (folder / "lookups.json").write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, config: dict[str, Any]) -> Gazetteer:
        """Read the lookup tables."""
        return Gazetteer(json.loads((folder / "lookups.json").read_text(encoding="utf-8")))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message names."""
        for message in messages:
            found = [place.as_rasa() for place in self.learnt.find(message.get(TEXT) or "")]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
