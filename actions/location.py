"""A shared location: reduced to a country, a region and the nearest post, then forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions import navigation
from actions.consulate_card import consulate_rows
from actions.consulate_finder import distance_km
from actions.referral import consulate_data, full_consulate, own_consulate
from actions.reply import Paragraph, Reply

if TYPE_CHECKING:
    from actions.consulate_finder import Point
    from actions.context import Context
    from knowledge.knowledge_base import KnowledgeBase

#: Farther than this from every city we know, a point is taken to lie outside the eleven countries (km).
FARTHEST_KM = 900.0


def region_at(knowledge: KnowledgeBase, point: Point) -> str | None:
    """The ISO 3166-2 code of the region whose city is nearest to `point` (degrees), None when all are far."""
    cities = (
        (code, (region.lat, region.lon))
        for jurisdiction in knowledge.countries.values()
        if jurisdiction.country
        for code, region in jurisdiction.country.regions.items()
        if region.lat is not None and region.lon is not None
    )
    distances = ((distance_km(point, (lat, lon)), code) for code, (lat, lon) in cities)
    nearest = min(distances, default=None)
    return nearest[1] if nearest and nearest[0] <= FARTHEST_KM else None


def at_location(context: Context, point: Point) -> Reply:
    """Say the region, and the consulate nearest to the point where the home country is known."""
    region = region_at(context.knowledge, point)
    if region is None:
        notice = context.say("location_outside")
        return navigation.ask_country(context, "work", notice=notice)
    profile = context.profile.working_in(region[:2].lower(), region)
    here = replace(context.with_profile(profile), nearby=point)
    said = Paragraph(here.say("location_received", region=here.region_name(region)))
    referral = own_consulate(here)
    if referral is None:
        asked = navigation.ask_country(here, "home", topic="consulate_find")
        return replace(asked, blocks=(said, *asked.blocks))
    blocks = (said, *full_consulate(here, referral))
    data = consulate_data(here, referral)
    return Reply(blocks, consulate_rows(here), profile, outcome="location", topic="consulate_find", consulate=data)
