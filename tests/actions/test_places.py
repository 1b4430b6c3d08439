"""A town named in a text, or a point, leads to the right region; nothing else does."""

from __future__ import annotations

import pytest

from actions.context import Context
from actions.places import named_place, near_town, nearest_place, region_at
from actions.profile import UserProfile
from tests.real_knowledge import AS_OF, real_knowledge


@pytest.mark.parametrize(
    ("point", "region"),
    [
        ((10.899, -85.014), "CR-A"),  # Upala
        ((11.03, -84.72), "CR-A"),  # Los Chiles, on the border with Nicaragua
        ((14.905, -92.259), "MX-CHP"),  # Tapachula
        ((42.05, -82.6), "CA-ON"),  # Leamington, across the water from Detroit
        ((31.7619, -106.485), "US-TX"),  # El Paso, beside Ciudad Juárez
        ((31.69, -106.42), "MX-CHH"),  # Ciudad Juárez, beside El Paso
        ((21.161, -86.851), "MX-ROO"),  # Cancún
        ((9.5, -82.61), "CR-L"),  # Sixaola, on the border with Panama
        ((18.466, -66.105), "US-PR"),  # San Juan
        ((63.75, -68.52), "CA-NU"),  # Iqaluit
    ],
)
def test_a_point_lies_in_the_region_of_the_nearest_town(point, region):
    assert region_at(real_knowledge(), point) == region


@pytest.mark.parametrize(
    "point",
    [
        (48.85, 2.35),  # Paris
        (4.71, -74.07),  # Bogotá
        (18.54, -72.34),  # Port-au-Prince
        (23.13, -82.38),  # Havana
        (0.0, 0.0),
        (-90.0, 0.0),
    ],
)
def test_a_point_outside_the_eleven_countries_has_no_region(point):
    assert region_at(real_knowledge(), point) is None


@pytest.mark.parametrize(
    ("text", "country", "region"),
    [
        ("vivo en Upala", "cr", "CR-A"),
        ("trabajo cerca de Leamington, Ontario", "ca", "CA-ON"),
        ("estoy en tapachula", None, "MX-CHP"),
        ("CANCUN", None, "MX-ROO"),
        ("soy de honduras y estoy en nueva york", "us", "US-NY"),
        ("San José", "cr", "CR-SJ"),
        ("San Jose", "us", "US-CA"),
        ("where is my consulate near Grand Island", "us", "US-NE"),
        ("en Xela", "gt", None),
    ],
)
def test_a_town_in_a_text_is_found(text, country, region):
    place = named_place(real_knowledge(), text, country)

    assert place is not None
    assert region in {None, place.region}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("no me han pagado", "us"),
        ("en California", "us"),  # the state, not the town in Maryland
        ("", "us"),
        ("mi patrona se llama Mercedes", "us"),
        ("tengo una reforma pendiente", "mx"),
        ("Managua", "us"),
    ],
)
def test_what_is_no_town_is_not_found(text, country):
    assert named_place(real_knowledge(), text, country) is None


def test_every_town_is_the_nearest_to_itself_or_shares_its_region():
    knowledge = real_knowledge()
    for region, towns in knowledge.places.items():
        if region[:2].lower() not in knowledge.countries:
            continue
        name, place = next(iter(towns.items()))
        nearest = nearest_place(knowledge, (place.lat, place.lon))
        assert nearest is not None
        assert nearest.region == region, name


@pytest.mark.parametrize(("work", "known"), [("cr", True), ("us", False), (None, False)])
def test_a_town_of_the_country_of_work_says_where_a_person_is_and_is_not_kept(work, known):
    context = Context(real_knowledge(), UserProfile("es", work, None, "ni"), AS_OF)
    near = near_town(context, "¿dónde está mi consulado? estoy en Upala")

    assert (near.nearby is not None) is known
    assert near.profile == context.profile
