"""What every component of ours shares: how Rasa has it made."""

from __future__ import annotations

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class Component(GraphComponent):
    """A component with nothing to train; one that learns is a `stored.Stored`."""

    @classmethod
    def bare(cls, config: dict[str, Any], name: str) -> Self:
        """Return an instance, made the way its class or its other base class wants it; `name` is that of its node."""
        return cls()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create the component."""
        return cls.bare(config, execution_context.node_name)
