"""The lookup tables and the rules around them: what a sentence names, and whether one works there or comes from there."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import pytest
import yaml

from nlu.dataset import read_lookups
from nlu.gazetteer import DESTINATIONS_ONLY, PLACES, Gazetteer, Mention, parse_table_name
from nlu.place_roles import role_before
from nlu.text_folding import fold

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).with_name("gazetteer_sample.txt")
TABLES = read_lookups()
GAZETTEER = Gazetteer(TABLES)
# Countries of origin beyond the eleven: who says so is not asked again where they come from.
ALSO_ORIGINS = {"ht", "ve", "co", "cu", "ec"}

# Sentence, then entity=value/role of every mention in order.
SENTENCES = [
    ("soy nica y trabajo en Costa Rica", "home_country=ni/home work_country=cr/work"),
    ("vengo de Guatemala, ando en Houston", "home_country=gt/home city=US-TX/work"),
    ("dónde está el consulado de Honduras cerca de Dallas", "home_country=hn/home city=US-TX/work"),
    ("estoy en Costa Rica", "work_country=cr/work"),
    ("catracho en Nueva York", "home_country=hn/home region=US-NY/work"),
    ("trabajo en un restaurante mexicano", "sector=restaurant"),
    ("mi patrón es salvadoreño", ""),
    ("me deportaron a El Salvador", "home_country=sv/home"),
    ("quiero ir a Canadá con visa", "work_country=ca/work"),
    ("a Belizean in Chicago", "home_country=bz/home city=US-IL/work"),
    ("I work in Ontario, I am from Jamaica", "region=CA-ON/work"),
    ("estoy en el norte", "work_country=us/work"),
    ("ando en el norte de Honduras", "work_country=hn/work"),
    ("en Cali", "region=US-CA/work"),
    ("mañana", ""),
    ("la libertad de irme", ""),
    ("los chiles en la cocina", ""),
    ("trabajo en Los Chiles", "city=CR-A/work"),
    ("soy de Santa Ana", "region=SV-SA/home"),
    ("trabajo en Santa Ana", "city=US-CA/work"),
    ("Santa Ana", ""),
    ("Santa Ana, El Salvador", "region=SV-SA"),
    ("soy de Danlí, El Paraíso, Honduras", "city=HN-EP/home region=HN-EP/home home_country=hn/home"),
    ("vivo en Los Ángeles, California", "city=US-CA/work region=US-CA/work"),
    ("Portland, Maine", "city=US-ME"),
    ("Colón, Panamá", "region=PA-3"),
    ("don Cristóbal Colón", ""),
    ("Colón", "region=PA-3"),
    ("estoy en LA", ""),
    ("en la casa de mi jefe", ""),
    ("I live in LA", "city=US-CA/work"),
    ("estoy en los", "city=US-CA/work"),
    ("voy pal norte", "work_country=us/work"),
    ("mandaron los estados de cuenta", ""),
    ("estoy en los Estados", "work_country=us/work"),
    ("the united states", "country=us"),
    ("help us please", ""),
    ("soy chapín, vivo en Immokalee Florida", "home_country=gt/home city=US-FL/work region=US-FL/work"),
    ("we are Hondurans working in Belize", "home_country=hn/home work_country=bz/work"),
    ("my boss is Mexican", ""),
    ("mi esposo es hondureño y lo agarró la migra en Texas", "home_country=hn/home region=US-TX/work"),
    ("comida dominicana", ""),
    ("la ley mexicana", ""),
    ("los ticos no quieren ese trabajo", ""),
    ("un gringo me debe plata", ""),
    ("soy gringo", "home_country=us/home"),
    ("soy gringa trabajando en Tamarindo", "home_country=us/home city=CR-G/work"),
    ("mi pasaporte salvadoreño", "home_country=sv/home"),
    ("el consulado de Tapachula", "city=MX-CHP/work"),
    ("consulado mexicano en Atlanta", "home_country=mx/home city=US-GA/work"),
    ("I was deported to Honduras", "home_country=hn/home"),
    ("mi familia está en Nicaragua", "home_country=ni/home"),
    ("trabajo con una familia en San José", "city=CR-SJ/work"),
    ("the harvest in BC", "sector=farm region=CA-BC/work"),
    ("NC", "region=US-NC"),
    ("estoy en NC", "region=US-NC/work"),
    ("vivo en Washington", "work_country=us/work"),
    ("trabajo en Washington DC", "region=US-DC/work"),
    ("estado de Washington", "region=US-WA"),
    ("soy ngäbe y cojo café en Costa Rica", "home_country=pa/home work_country=cr/work"),
    ("la comarca Ngäbe-Buglé", "region=PA-NB"),
    ("vengo de la comarca", "region=PA-NB/home"),
    ("gracias a Dios", ""),
    ("cobro en lempiras", ""),
    ("me caí de la escalera", ""),
    ("se cayó en la obra", "sector=construction"),
    ("doña Virginia no me paga", ""),
    ("estoy en Virginia", "region=US-VA/work"),
    ("la señora Carolina", ""),
    ("en Carolina del Norte", "region=US-NC/work"),
    ("soy de León", "region=NI-LE/home"),
    ("Nuevo León", "region=MX-NLE"),
    ("trabajo en la pizca en Salinas", "sector=farm city=US-CA/work"),
    ("en la maquila de Choloma", "sector=factory city=HN-CR"),
    ("en la pollera de Mississippi", "sector=meat region=US-MS"),
    ("reading my contract", ""),
    ("in Reading, Pennsylvania", "city=US-PA/work"),
    ("mobile phone", ""),
    ("necesito orden de protección", ""),
    ("el peso mexicano", ""),
    ("soy oaxaqueña y trabajo en Oxnard", "home_country=mx/home city=US-CA/work"),
    ("I am from Guatemala and I clean hotel rooms in Cancun", "home_country=gt/home sector=hotel city=MX-ROO/work"),
    ("bartender en Punta Cana", "sector=restaurant city=DO-11/work"),
    ("soy haitiano en Santo Domingo", "home_country=ht/home city=DO-01/work"),
    ("vine de Honduras a Tapachula", "home_country=hn/home city=MX-CHP/work"),
    ("escribo desde Monterrey", "city=MX-NLE/work"),
    ("quiero regresar a mi país", ""),
    ("quiero regresar a Guatemala", "home_country=gt/home"),
    ("me mandaron a Toronto", "city=CA-ON/work"),
    ("cómo llevo el cuerpo a Olancho", "region=HN-OL/home"),
    ("en el gabacho", "work_country=us/work"),
    ("mi patrón es gabacho", ""),
    ("RD", "country=do"),
    ("vivo en RD", "work_country=do/work"),
    ("estoy en la Dominicana", "work_country=do/work"),
    ("soy dominicana", "home_country=do/home"),
    ("EE.UU.", "country=us"),
    ("aquí en los yunai", "work_country=us/work"),
    ("el Distrito Federal", "region=MX-CMX"),
    ("no soy mexicano", ""),
    ("hola", ""),
    ("estoy escondido", ""),
    ("me piden un adelanto", ""),
    ("cómo se usa esto", ""),
    ("trabajo en USA", "work_country=us/work"),
    ("A los nicas nos pagan menos", "home_country=ni/home"),
    ("a los hondureños les pagan menos", ""),
    ("progreso de mi caso", ""),
    ("en El Progreso, Yoro", "city=HN-YO/work"),
    ("soy de Ometepe, Rivas, Nicaragua", "city=NI-RI/home region=NI-RI/home"),
    ("San José, California", "city=US-CA"),
    ("en San José", "city=CR-SJ/work"),
    ("Kansas City", "country=us"),
    ("Panama City, Florida", "city=US-FL"),
    ("soy de la Ceiba", "city=HN-AT/home"),
    ("Honduras", "country=hn"),
    ("me vine de Honduras hace un año y estoy en Belice", "home_country=hn/home work_country=bz/work"),
    ("Tijuana o Mexicali", "city=MX-BCN city=MX-BCN"),
    ("soy de Jalisco, estoy en Leamington Ontario", "region=MX-JAL/home city=CA-ON/work region=CA-ON/work"),
    ("yo soi de onduras", "home_country=hn/home"),
    ("jornalero en Homestead", "sector=farm city=US-FL/work"),
    ("construcción en Austin", "sector=construction city=US-TX/work"),
    ("Georgia y Florida", "region=US-GA region=US-FL"),
    ("my husband is in detention in Texas, he is Honduran", "region=US-TX/work"),
    ("I clean houses in Nashville", "sector=cleaning city=US-TN/work"),
    ("soy de Xela y corto caña en Belice", "region=GT-09/home work_country=bz/work"),
    ("vine de Choluteca, trabajo en la melonera", "region=HN-CH/home sector=farm"),
    ("working illegally in Toronto, from Mexico", "city=CA-ON/work country=mx"),
    ("canadian in belize who is my consulate", "home_country=ca/home work_country=bz/work"),
    ("la embajada americana", ""),
    ("chamba en la roofa en Dallas", "sector=construction city=US-TX/work"),
    ("me dijeron que la unión me ayuda", ""),
    ("I went to the doctor to get my papers", ""),
    ("vivo en Upala", "city=CR-A/work"),
    ("where is the Guatemalan consulate in Houston", "home_country=gt/home city=US-TX/work"),
    ("mi jefe me mandó a trabajar a otra finca", "sector=farm"),
    ("el viejo no me paga", ""),
    ("¿Hay trabajo en Punta Gorda, Belice?", "city=BZ-TOL/work"),
    ("trabajo de guachimán en Tegucigalpa", "sector=security city=HN-FM/work"),
    ("no soy de aquí", ""),
    ("soy del norte de Nicaragua", "home_country=ni/home"),
    ("salí de mi pueblo a los quince", ""),
    ("nearest nicaragua consulate costa rica", "home_country=ni/home country=cr"),
    ("US embassy Panama emergency line", "country=pa"),
    ("my belize passport expired in Cancun", "home_country=bz/home city=MX-ROO/work"),
]


def short(mention: Mention) -> str:
    return f"{mention.entity}={mention.value}" + (f"/{mention.role}" if mention.role else "")


def found_in(text: str) -> str:
    return " ".join(map(short, GAZETTEER.find(text)))


def sampled() -> list[tuple[str, str]]:
    lines = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(text.strip(), expected.strip()) for text, _, expected in (line.rpartition("|") for line in lines)]


@cache
def region_codes() -> set[str]:
    files = (ROOT / "knowledge" / "countries").glob("*/country.yaml")
    return {code for path in files for code in yaml.safe_load(path.read_text(encoding="utf-8"))["regions"]}


@cache
def country_codes() -> set[str]:
    return {path.parent.name for path in (ROOT / "knowledge" / "countries").glob("*/country.yaml")}


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence(text: str, expected: str) -> None:
    assert found_in(text) == expected


def test_sentences_of_the_training_data() -> None:
    cases = sampled()
    wrong = [f"{text}: {found_in(text)!r}, not {expected!r}" for text, expected in cases if found_in(text) != expected]
    assert len(cases) >= 250
    assert wrong == []


def test_offsets_are_those_of_the_text() -> None:
    text = "¡¡Hola!! Soy de QUETZALTENANGO… y ando en  Núeva   York."
    assert [text[m.start : m.end] for m in GAZETTEER.find(text)] == ["QUETZALTENANGO", "Núeva   York"]


def test_table_names() -> None:
    for table in TABLES:
        type_, value, _ = parse_table_name(table)
        if type_ in ("country", "nationality"):
            assert value in country_codes() | ALSO_ORIGINS, table
        elif type_ in ("region", "city"):
            assert value in region_codes(), table


def test_every_region_can_be_named() -> None:
    named = {parse_table_name(table)[1] for table in TABLES}
    assert region_codes() - named == set()
    assert country_codes() - named == set()


def test_a_name_means_one_place_unless_the_role_decides() -> None:
    meanings: dict[tuple[str, bool], set[str]] = {}
    for table, entries in TABLES.items():
        type_, value, needs_cue = parse_table_name(table)
        for entry in entries:
            if type_ in PLACES:
                meanings.setdefault((fold(entry), needs_cue), set()).add(value[:2].upper())
    doubtful = {name: countries for name, countries in meanings.items() if len(countries) > 1}
    for name, countries in doubtful.items():
        assert len(countries) == 2, name
        assert len(countries & set(DESTINATIONS_ONLY)) == 1, name


def test_a_name_marked_as_a_common_word_needs_its_cue_though_another_table_lists_it_plainly() -> None:
    both = Gazetteer({"city CR-A": ["Los Chiles"], "city? CR-A": ["Los Chiles"]})
    assert both.find("los chiles en la cocina") == []
    assert both.find("vivo en los chiles") != []


@pytest.mark.parametrize(
    ("before", "country", "destination", "role"),
    [
        ("el consulado de", True, False, "home"),
        ("el consulado de", False, False, "work"),
        ("la embajada de", True, True, None),
        ("me mandaron a", True, False, "home"),
        ("me mandaron a", True, True, "work"),
        ("soy de", True, True, "home"),
    ],
)
def test_role_depends_on_what_is_named(before: str, country: bool, destination: bool, role: str | None) -> None:
    assert role_before(before.split(), country=country, destination=destination) == role


def test_it_is_quick() -> None:
    long = " ".join(text for text, _ in sampled())[:1000]
    start = time.perf_counter()
    gazetteer = Gazetteer(TABLES)
    built = time.perf_counter()
    for _ in range(20):
        gazetteer.find(long)
    found = (time.perf_counter() - built) / 20
    assert built - start < 0.5
    assert found < 0.02
