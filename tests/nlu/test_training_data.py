"""The training data and the register of topics name the same intents."""

from __future__ import annotations

from nlu.dataset import read_examples


def test_every_intent_of_the_register_is_trained(knowledge) -> None:
    trained = {example.intent for example in read_examples()}
    assert trained == {*knowledge.register.topics, *knowledge.register.conversation_intents}
