"""A shared location: reduced to a country, a region and the nearest post, then forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions import navigation
from actions.consulate_card import consulate_rows
from actions.places import region_at
from actions.referral import consulate_data, full_consulate, own_consulate
from actions.reply import Paragraph, Reply

if TYPE_CHECKING:
    from actions.context import Context
    from actions.places import Point


def at_location(context: Context, point: Point) -> Reply:
    """Say the region, and the consulate nearest to the point where the home country is known."""
    region = region_at(context.knowledge, point)
    if region is None:
        notice = context.say("location_outside")
        return navigation.ask_country(context, "work", notice=notice)
    profile = context.profile.working_in(region[:2].lower(), region)
    here = replace(context.with_profile(profile), nearby=point)
    said = Paragraph(here.say("location_received", region=here.region_name(region)))
    if profile.home_country is None:
        asked = navigation.ask_country(here, "home", topic="consulate_find")
        return replace(asked, blocks=(said, *asked.blocks))
    referral = own_consulate(here)
    if referral is None:
        at_home = navigation.notice(here, "consulate_same_country", "location")
        return replace(at_home, blocks=(said, *at_home.blocks))
    blocks = (said, *full_consulate(here, referral))
    data = consulate_data(here, referral)
    return Reply(blocks, consulate_rows(here), profile, outcome="location", topic="consulate_find", consulate=data)
