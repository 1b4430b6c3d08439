"""The card of a consulate: what is known with its date, what could not be confirmed, and where to turn instead."""

from __future__ import annotations

import pytest

from actions.consulate_card import consulate_card
from actions.context import Context
from actions.dispatch import decide
from actions.incoming import Command, Text
from actions.location import at_location
from actions.profile import UserProfile
from actions.reply import OfficeLine
from bot.rendering.plain import plain_text
from tests.builders import make_prediction, place
from tests.real_knowledge import AS_OF, real_knowledge


def card(home, work, region=None, language="es", nearby=None):
    profile = UserProfile(language, work, region, home)
    return consulate_card(Context(real_knowledge(), profile, AS_OF, nearby))


def offices(reply):
    return {block.name: block for block in reply.blocks if isinstance(block, OfficeLine)}


def test_a_post_without_a_confirmed_number_gives_directory_appointments_and_line():
    reply = card("mx", "us", "US-ID")
    shown = offices(reply)
    text = plain_text(reply)

    assert shown["Consulado de México en Boise"].telephone is None
    assert "No pude confirmar su teléfono" in text
    assert shown["Citas"].url == "https://citas.sre.gob.mx"
    assert any("directorio" in name.lower() for name in shown)
    assert "+1 520-623-7874" in text


def test_an_unconfirmed_number_is_nowhere():
    posts = real_knowledge().consulates["mx"].posts
    doubtful = {post.unconfirmed_telephone for post in posts.values() if post.unconfirmed_telephone}
    texts = "".join(
        plain_text(card("mx", "us", post.region, nearby=(post.lat, post.lon)))
        for post in posts.values()
        if post.host == "us"
    )

    assert doubtful
    assert not any(number in texts for number in doubtful)


def test_a_call_centre_is_called_one():
    line = offices(card("sv", "us", "US-GA"))["Consulado General de El Salvador en Atlanta"]

    assert line.telephone == "+1 888-301-1130"
    assert line.details == ("centro de llamadas, no es la oficina",)


def test_the_emergency_number_stands_apart():
    shown = offices(card("mx", "us", nearby=(34.05, -118.24), region="US-CA"))

    assert shown["Emergencias"].telephone == "+1 213-219-0175"
    assert shown["Consulado General de México en Los Ángeles"].telephone == "+1 213-351-6800"


@pytest.mark.parametrize(
    ("nearby", "said"),
    [
        ((30.27, -97.74), "mi."),  # Austin: miles in the United States
        (None, "Si me dice su ciudad"),
    ],
)
def test_a_distance_is_told_from_where_the_person_is_and_only_then(nearby, said):
    assert said in plain_text(card("gt", "us", "US-TX", nearby=nearby))


def test_a_distance_is_in_kilometres_elsewhere():
    assert "149 km" in plain_text(card("ni", "cr", "CR-A", nearby=(10.899, -85.014)))


def test_every_card_says_when_it_was_checked():
    for home in real_knowledge().consulates:
        for work in real_knowledge().countries:
            if home != work and (reply := card(home, work)).consulate["id"]:
                assert "Verificado el" in plain_text(reply)


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_card_of_every_post_fits_into_a_message(language):
    for home, file in real_knowledge().consulates.items():
        for post in file.posts.values():
            text = plain_text(card(home, post.host, post.region, language, (post.lat, post.lon)))
            assert len(text) < 2500


def test_a_location_is_reduced_to_a_region():
    context = Context(real_knowledge(), UserProfile("es", None, None, "ni"), AS_OF)
    reply = at_location(context, (10.8991, -85.0137))

    assert (reply.profile.work_country, reply.profile.region) == ("cr", "CR-A")
    assert reply.consulate["id"] == "ni-cr-san-jose"
    assert "10.899" not in plain_text(reply)


def test_a_location_elsewhere_asks_for_the_country():
    context = Context(real_knowledge(), UserProfile("es", "cr", None, "ni"), AS_OF)

    assert at_location(context, (48.85, 2.35)).outcome == "ask_country"


def test_a_location_at_home_needs_no_consulate():
    context = Context(real_knowledge(), UserProfile("es", "cr", None, "ni"), AS_OF)

    assert at_location(context, (12.13, -86.25)).consulate is None


def test_a_text_that_names_a_town_leads_to_the_post_near_it():
    prediction = make_prediction("consulate_find", entities=[place("work_country", "us"), place("home_country", "hn")])
    asked = Text("dónde está el consulado de Honduras cerca de Dallas")
    reply = decide(asked, prediction, UserProfile("es", "us", None, "hn"), real_knowledge(), AS_OF)

    assert reply.consulate["id"] == "hn-us-dallas"
    assert reply.consulate["why"] == "nearest"


def test_the_command_shows_the_consulate():
    reply = decide(Command("consulado"), None, UserProfile("es", "us", "US-OK", "gt"), real_knowledge(), AS_OF)

    assert reply.consulate["id"] == "gt-us-oklahoma-city"
    assert reply.request_location
