from __future__ import annotations

import json
import re

import pytest

from nlu.dataset import read_examples, read_lookups
from nlu.gazetteer import Gazetteer, TableNameError, parse_table_name

ANNOTATION = re.compile(r"\[([^\]]+)\](\{[^}]*\})")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(read_lookups())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("soy nica y trabajo en Costa Rica", ["home_country ni", "work_country cr"]),
        ("vengo de Guatemala, ando en Houston", ["home_country gt", "city US-TX work"]),
        ("el consulado de Honduras cerca de Dallas", ["home_country hn", "city US-TX work"]),
        ("catracho aqui en houston", ["home_country hn", "city US-TX work"]),
        ("the Honduran consulate in Houston", ["home_country hn", "city US-TX work"]),
        ("I'm from Honduras working in North Carolina", ["home_country hn", "region US-NC work"]),
        ("estoy en el norte", ["work_country us"]),
        ("ando en gringolandia", ["work_country us"]),
        ("me fui pal gabacho", ["work_country us"]),
        ("trabajo en los yunai", ["work_country us"]),
        ("trabajo en el norte de Honduras", ["work_country hn"]),
        ("Honduras", ["country hn"]),
        ("de guatemala", ["home_country gt"]),
        ("me vine de El Salvador a Guatemala", ["home_country sv", "work_country gt"]),
        ("me quieren deportar a Nicaragua", ["home_country ni"]),
        ("mi mama vive en guatemala y yo en florida", ["home_country gt", "region US-FL work"]),
        ("soy de leon nicaragua y estoy en san jose", ["region NI-LE home", "city CR-SJ work"]),
        ("soy de Houston", ["city US-TX work"]),
        ("trabajo en cancún, soy de belice", ["city MX-ROO work", "home_country bz"]),
        ("soy dominicana", ["home_country do"]),
        ("aqui en dominicana", ["work_country do"]),
    ],
)
def test_tells_work_from_home(gazetteer: Gazetteer, text: str, found: list[str]) -> None:
    mentions = [m for m in gazetteer.find(text) if m.entity != "sector"]

    said = [f"{m.entity} {m.value}" + (f" {m.role}" if m.entity in {"city", "region"} and m.role else "") for m in mentions]
    assert said == found


@pytest.mark.parametrize(
    "text",
    [
        "mi patrón es gringo",
        "el patron mexicano no me paga",
        "un tico me contrató",
        "my boss is American",
        "they don't pay us",
        "comida mexicana",
        "quiero unirme a la union",
        "me tienen sin libertad",
        "trabajo en el corte de limon",
        "el patrón no usa guantes",
        "a victoria le pagan menos",
    ],
)
def test_takes_no_common_word_for_a_place(gazetteer: Gazetteer, text: str) -> None:
    assert [m for m in gazetteer.find(text) if m.entity != "sector"] == []


def test_offsets_point_into_the_original(gazetteer: Gazetteer) -> None:
    text = "¿Hay leyes en MÉXICO, o no?"
    (mention,) = gazetteer.find(text)

    assert text[mention.start : mention.end] == "MÉXICO"


def test_rasa_s_shape(gazetteer: Gazetteer) -> None:
    (mention,) = gazetteer.find("ando en Houston")

    assert mention.as_rasa() == {
        "entity": "city",
        "value": "US-TX",
        "start": 8,
        "end": 15,
        "role": "work",
        "confidence_entity": 1.0,
        "extractor": "GazetteerExtractor",
    }


def test_finds_what_is_annotated_in_the_training_data(gazetteer: Gazetteer) -> None:
    annotated = [example for example in read_examples() if ANNOTATION.search(example.annotated)]
    assert len(annotated) > 1000

    for example in annotated:
        found = {(example.text[m.start : m.end], m.entity, m.value) for m in gazetteer.find(example.text)}
        for text, marks in ANNOTATION.findall(example.annotated):
            entity = json.loads(marks)
            assert (text, entity["entity"], entity["value"]) in found, f"{example.path}:{example.line}"


@pytest.mark.parametrize("name", ["towns US-TX", "city", "city? "])
def test_a_bad_table_name_is_refused(name: str) -> None:
    with pytest.raises(TableNameError):
        parse_table_name(name)


def test_every_region_code_belongs_to_a_known_country(gazetteer: Gazetteer) -> None:
    tables = [parse_table_name(name) for name in read_lookups()]
    countries = {value.upper() for type_, value, _ in tables if type_ == "country"}

    assert {value[:2] for type_, value, _ in tables if type_ in {"region", "city"}} <= countries
