"""Every person is sent somewhere, never to a draft, and is told why it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.consulate_finder import Why, find_consulate
from actions.places import distance_km, named_place
from knowledge.models import Status
from tests.real_knowledge import AS_OF, real_knowledge

CODES = ("bz", "ca", "cr", "do", "gt", "hn", "mx", "ni", "pa", "sv", "us")
PAIRS = list(permutations(CODES, 2))


def find(home, work, text=None, **given_):
    knowledge = real_knowledge()
    place = named_place(knowledge, text, work) if text else None
    point = place.point if place else given_.pop("point", None)
    return find_consulate(knowledge, home, work, as_of=AS_OF, point=point, **given_)


@pytest.mark.parametrize(("home", "work"), PAIRS)
def test_every_pair_is_sent_somewhere_that_can_be_reached(home, work):
    referral = find(home, work)

    assert referral is not None
    assert referral.ministry.directory.startswith("https://")
    assert (referral.post is None) == (referral.why in {Why.PROTECTION_LINE, Why.MINISTRY})


@pytest.mark.parametrize("work", ["us", "ca"])
@pytest.mark.parametrize("home", CODES)
def test_every_region_of_the_north_leads_to_a_post_or_a_line(home, work):
    if home == work:
        return
    for region in real_knowledge().countries[work].country.regions:
        referral = find(home, work, region=region)
        assert referral.why in {Why.JURISDICTION, Why.NEAREST, Why.OTHER_COUNTRY}, region
        assert referral.distance_km is not None or referral.why is Why.JURISDICTION, region


@pytest.mark.parametrize(
    ("home", "work", "where", "city", "why"),
    [
        ("gt", "us", {"region": "US-IA"}, "Omaha", Why.NEAREST),
        ("ni", "cr", {"text": "Upala"}, "San José", Why.NEAREST),
        ("do", "us", {"text": "New York"}, "New York", Why.NEAREST),
        ("hn", "mx", {"text": "Tapachula"}, "Tapachula", Why.NEAREST),
        ("bz", "us", {"text": "Chicago"}, "Chicago", Why.NEAREST),
        ("mx", "ca", {"text": "Leamington"}, "Leamington", Why.NEAREST),
        ("mx", "us", {"region": "US-WI"}, "Milwaukee", Why.NEAREST),
        ("gt", "us", {"region": "US-OK"}, "Oklahoma City", Why.JURISDICTION),
        ("hn", "us", {"text": "dónde está el consulado de Honduras cerca de Dallas"}, "Dallas", Why.NEAREST),
        ("mx", "us", {"text": "Amarillo"}, "Albuquerque", Why.NEAREST),
        ("mx", "us", {"region": "US-TX"}, "Houston", Why.NEAREST),
    ],
)
def test_spot_checks(home, work, where, city, why):
    referral = find(home, work, **where)

    assert (referral.post.city, referral.why) == (city, why)


def test_a_canadian_in_cancun_is_sent_to_a_verified_post_in_mexico():
    referral = find("ca", "mx", "Cancún")

    assert referral.post.host == "mx"
    assert referral.post.status is Status.VERIFIED
    assert referral.region == "MX-ROO"


def test_an_honorary_consulate_names_where_papers_are_done():
    referral = find("bz", "us", "Chicago")

    assert referral.post.honorary
    assert not referral.full_service.honorary


def test_an_embassy_without_consular_section_is_not_chosen_while_another_post_is_there():
    assert find("sv", "us", "Washington DC").post_id == "sv-us-silver-spring"
    assert find("gt", "us", region="US-DC").post_id == "gt-us-rockville"


def test_a_post_in_another_country_is_named_when_there_is_none_here():
    referral = find("bz", "ca")

    assert (referral.why, referral.post.host) == (Why.OTHER_COUNTRY, "us")


def test_nobody_is_sent_to_a_draft_or_to_an_expired_post():
    expired = dt.date(2100, 1, 1)
    for home, work in PAIRS:
        referral = find(home, work)
        assert referral.post is None or referral.post.status is Status.VERIFIED
        later = find_consulate(real_knowledge(), home, work, as_of=expired)
        assert later.post is None
        assert later.why is Why.MINISTRY


def test_the_same_country_and_an_unknown_home_give_nothing():
    assert find("gt", "gt") is None
    assert find("xx", "us") is None


def test_a_region_of_another_country_is_ignored():
    assert find("gt", "us", region="MX-CHP") == find("gt", "us")


degrees = st.tuples(st.floats(7, 60), st.floats(-130, -60))


@settings(max_examples=150, deadline=None)
@given(pair=st.sampled_from(PAIRS), point=degrees)
def test_no_full_post_that_serves_the_place_is_nearer_than_the_one_named(pair, point):
    referral = find(*pair, point=point)
    if referral.why is not Why.NEAREST or referral.post.honorary:
        return
    posts = real_knowledge().consulates[pair[0]].posts.values()
    sharing = [post for post in posts if referral.region in (*post.jurisdiction_part, *post.jurisdiction)]
    rivals = [
        post
        for post in sharing or posts
        if post.host == pair[1] and post.status is Status.VERIFIED and post.consular and not post.honorary
    ]
    nearest = min(distance_km(point, (post.lat, post.lon)) for post in rivals)
    assert referral.distance_km <= nearest + 1e-6


@settings(max_examples=60, deadline=None)
@given(pair=st.sampled_from(PAIRS), point=degrees)
def test_the_answer_does_not_depend_on_the_order_of_the_file(pair, point):
    knowledge = real_knowledge()
    file = knowledge.consulates[pair[0]]
    turned = file.model_copy(update={"posts": dict(reversed(file.posts.items()))})
    other = replace(knowledge, consulates={**knowledge.consulates, pair[0]: turned})
    mine = find_consulate(knowledge, *pair, as_of=AS_OF, point=point)
    theirs = find_consulate(other, *pair, as_of=AS_OF, point=point)
    assert mine.distance_km == theirs.distance_km
    assert mine.why == theirs.why
