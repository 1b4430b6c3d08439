"""The real training data: no conflict, nothing of the held-out set, enough of each topic and language."""

from __future__ import annotations

from nlu.dataset_check import check


def test_training_data_has_no_problem() -> None:
    problems = list(check())
    assert not problems, [problem.text("en") for problem in problems[:10]]


def test_every_intent_of_the_register_is_trained(knowledge) -> None:
    from nlu.dataset import read_examples

    trained = {example.intent for example in read_examples()}
    assert trained == {*knowledge.register.topics, *knowledge.register.conversation_intents}
