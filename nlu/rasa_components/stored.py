"""What Rasa asks of every component that learns: to be created empty, to store what it learnt, to read it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.component import Component

Learnt = TypeVar("Learnt")


class Stored(Generic[Learnt], Component):  # noqa: PYI059  (Rasa's featurizers have them in this order)
    """A component whose whole knowledge is one value, kept in a folder of the model; subclasses say how."""

    learnt: Learnt
    _storage: ModelStorage
    _resource: Resource

    @classmethod
    def unlearnt(cls) -> Learnt:
        """Return the knowledge of a component that was not trained."""
        raise NotImplementedError

    def learn(self, training_data: TrainingData) -> Learnt:
        """Return what the training data teach."""
        raise NotImplementedError

    @staticmethod
    def write(learnt: Learnt, folder: Path) -> None:
        """Write what was learnt: names as JSON and numbers as numpy arrays, nothing that runs when read."""
        raise NotImplementedError

    @classmethod
    def read(cls, folder: Path, config: dict[str, Any]) -> Learnt:
        """Read what `write` wrote."""
        raise NotImplementedError

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create a component that has learnt nothing yet."""
        return cls._of(cls.bare(config, execution_context.node_name), model_storage, resource, cls.unlearnt())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Self:
        """Read a trained component back from the model."""
        with model_storage.read_from(resource) as folder:
            learnt = cls.read(folder, config)
        return cls._of(cls.bare(config, execution_context.node_name), model_storage, resource, learnt)

    @staticmethod
    def _of(component: Self, storage: ModelStorage, resource: Resource, learnt: Learnt) -> Self:
        component._storage, component._resource, component.learnt = storage, resource, learnt
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and store what was learnt."""
        self.learnt = self.learn(training_data)
        with self._storage.write_to(self._resource) as folder:
            self.write(self.learnt, folder)
        return self._resource
