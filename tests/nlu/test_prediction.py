from __future__ import annotations

from typing import Any

import pytest

from nlu.errors import NluBadResponse
from nlu.prediction import Entity, Prediction, RankedIntent


def payload(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "text": "soy de Honduras y ando en Houston",
        "intent": {"name": "set_country", "confidence": 0.9},
        "intent_ranking": [{"name": "set_country", "confidence": 0.9}, {"name": "greet", "confidence": 0.04}],
        "entities": [
            {"entity": "home_country", "value": "hn", "start": 7, "end": 15, "role": "home"},
            {"entity": "city", "value": "US-TX", "start": 26, "end": 33, "role": "work"},
        ],
        "danger": {"confidence": 0.01},
        "in_scope": {"confidence": 0.99},
    }
    return {**body, **changes}


def test_reads_rasa_s_shape() -> None:
    prediction = Prediction.from_rasa(payload())

    assert prediction.intent == "set_country"
    assert prediction.ranking == (RankedIntent("set_country", 0.9), RankedIntent("greet", 0.04))
    assert prediction.entities[0] == Entity("home_country", "hn", "Honduras", 7, 15, "home")
    assert prediction.margin == pytest.approx(0.86)


def test_reads_the_languages_where_the_server_says_them() -> None:
    assert Prediction.from_rasa(payload(languages={"es": 0.9, "en": 0.1})).languages == {"es": 0.9, "en": 0.1}
    assert Prediction.from_rasa(payload()).languages == {}


def test_tells_work_from_home() -> None:
    prediction = Prediction.from_rasa(payload())

    assert (prediction.work_country, prediction.work_region, prediction.home_country) == ("us", "US-TX", "hn")


def test_a_place_of_another_country_than_the_one_named_is_not_the_region() -> None:
    entities = [
        {"entity": "work_country", "value": "cr", "start": 0, "end": 1},
        {"entity": "city", "value": "NI-MN", "start": 2, "end": 3},
    ]
    prediction = Prediction.from_rasa(payload(entities=entities))

    assert (prediction.work_country, prediction.work_region) == ("cr", None)


@pytest.mark.parametrize(
    ("nonsense", "says"),
    [
        (None, "not an object"),
        ([], "not an object"),
        (payload(intent=None), "intent is not an object"),
        (payload(languages=["es"]), "languages is not an object"),
        (payload(languages={"es": 2}), "outside 0 to 1"),
        (payload(intent={"name": "", "confidence": 1.0}), "intent.name is not a text"),
        (payload(intent={"name": "greet", "confidence": 1.5}), "outside 0 to 1"),
        (payload(intent={"name": "greet", "confidence": float("nan")}), "no confidence"),
        (payload(intent={"name": "greet", "confidence": True}), "no confidence"),
        (payload(intent_ranking=[]), "is empty"),
        (payload(intent_ranking={}), "is not a list"),
        (payload(danger=None), "danger is not an object"),
        (payload(in_scope={}), "in_scope has no confidence"),
        (payload(entities=[{"entity": "city", "value": "US-TX", "start": -1, "end": 2}]), "not an offset"),
        (payload(entities=[{"entity": "city", "value": 3, "start": 0, "end": 2}]), "entity.value is not a text"),
        (payload(entities=["Houston"]), "entity is not an object"),
    ],
)
def test_refuses_nonsense_and_says_what(nonsense: object, says: str) -> None:
    with pytest.raises(NluBadResponse, match=says):
        Prediction.from_rasa(nonsense)


def test_an_error_never_quotes_the_message() -> None:
    with pytest.raises(NluBadResponse) as caught:
        Prediction.from_rasa(payload(text="mi secreto", intent=None))

    assert "secreto" not in str(caught.value)
