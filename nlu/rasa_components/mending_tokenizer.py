"""Split a message into folded words (no case, no accents, no letters repeated for emphasis) and mend their spelling."""

from __future__ import annotations

import json
from typing import Any, Self

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.spelling_repair import SpellingRepair
from nlu.rasa_components.spelling_variants import is_variant
from nlu.text_folding import folded_words


class MendingTokenizer(Tokenizer):
    """Tokens carry the mended word and the offsets of the original."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, repair: SpellingRepair
    ) -> None:
        """Keep the vocabulary, empty until trained, and where to store it."""
        super().__init__(config)
        self.repair = repair
        self._model_storage = model_storage
        self._resource = resource

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's usual tokenizer settings: intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Self:
        """Create a tokenizer that knows no word yet."""
        return cls(config, model_storage, resource, SpellingRepair({}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Self:
        """Read the vocabulary back from the model."""
        with model_storage.read_from(resource) as folder:
            counts = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, SpellingRepair(counts))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of the training data as the editors wrote it."""
        originals = [m for m in training_data.training_examples if m.get(TEXT) and not is_variant(m)]
        self.repair = SpellingRepair.learn(message.get(TEXT) for message in originals)
        with self._model_storage.write_to(self._resource) as folder:
            text = json.dumps(self.repair.counts, ensure_ascii=False, sort_keys=True)
            (folder / "words.json").write_text(text, encoding="utf-8")
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the mended words of the text; a text without any word becomes one empty token."""
        words = folded_words(message.get(attribute))
        return [Token(self.repair.word(w.text), w.start, w.end) for w in words] or [Token("", 0)]
