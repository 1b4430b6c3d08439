"""A trained model in memory, without Rasa's agent: no TensorFlow, no tracker, no channels. Rasa environment only.

Only the graph from message to prediction is loaded. Rasa's handler for texts like `/intent{...}`, which forces an intent at
confidence 1.0, is cut out of it.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from tarsafe import TarSafe

MESSAGE = "__message__"
CONVERTER = "nlu_message_converter"
FORCED_INTENTS = "run_RegexMessageHandler"


class LoadedModel:
    """Parses one text at a time."""

    def __init__(self, runner: DaskGraphRunner, target: str) -> None:
        """Keep the graph and the node whose output is the prediction."""
        self._runner = runner
        self._target = target

    @classmethod
    def load(cls, archive: Path) -> Self:
        """Unpack a model archive and load its components.

        The archive's own description is read by hand: Rasa's reader would import every class that training used.
        """
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with TarSafe.open(archive, mode="r:gz") as tar:
                tar.extractall(folder)
            metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
            schema, target = prediction_only(metadata["predict_schema"]["nodes"])
            storage = LocalModelStorage(folder / "components")
            context = ExecutionContext(graph_schema=schema, model_id=metadata["model_id"])
            return cls(DaskGraphRunner.create(schema, storage, context), target)

    def parse(self, text: str) -> dict[str, Any]:
        """Return the prediction in the shape of Rasa's `POST /model/parse`."""
        message = Message(data={TEXT: text})
        result = self._runner.run(inputs={MESSAGE: [message]}, targets=[self._target])
        parsed = result[self._target][0].as_dict(only_output_properties=True)
        return {"text": text, "entities": [], **parsed}


def prediction_only(nodes: dict[str, dict[str, Any]]) -> tuple[GraphSchema, str]:
    """Drop the message converter (messages are handed over directly) and the handler for forced intents."""
    kept = {name: node for name, node in nodes.items() if name not in {CONVERTER, FORCED_INTENTS}}
    fed = {
        name: {**node, "needs": {k: MESSAGE if v == CONVERTER else v for k, v in node["needs"].items()}}
        for name, node in kept.items()
    }
    return GraphSchema.from_dict({"nodes": fed}), nodes[FORCED_INTENTS]["needs"]["messages"]
