"""Split a message into folded words (no case, no accents, no letters repeated for emphasis) and mend their spelling."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.rasa_components.spelling_repair import SpellingRepair
from nlu.rasa_components.spelling_variants import is_variant
from nlu.rasa_components.stored import Stored
from nlu.text_folding import folded_words


class MendingTokenizer(Stored[SpellingRepair], Tokenizer):
    """Tokens carry the mended word and the offsets of the original."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's usual tokenizer settings: intents are not split."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def bare(cls, config: dict[str, Any], name: str) -> Self:
        """Return a tokenizer made the way Rasa's tokenizers are."""
        return cls(config)

    @classmethod
    def unlearnt(cls) -> SpellingRepair:
        """Return a repair that knows no word yet."""
        return SpellingRepair({})

    def learn(self, training_data: TrainingData) -> SpellingRepair:
        """Learn the words of the training data as the editors wrote it."""
        originals = [m for m in training_data.training_examples if m.get(TEXT) and not is_variant(m)]
        return SpellingRepair.learn(message.get(TEXT) for message in originals)

    @staticmethod
    def write(learnt: SpellingRepair, folder: Path) -> None:
        """Write the vocabulary."""
        text = json.dumps(learnt.counts, ensure_ascii=False, sort_keys=True)
        (folder / "words.json").write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, config: dict[str, Any]) -> SpellingRepair:
        """Read the vocabulary."""
        return SpellingRepair(json.loads((folder / "words.json").read_text(encoding="utf-8")))

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the mended words of the text; a text without any word becomes one empty token."""
        words = folded_words(message.get(attribute))
        return [Token(self.learnt.word(w.text), w.start, w.end) for w in words] or [Token("", 0)]
