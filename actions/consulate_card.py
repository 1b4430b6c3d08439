"""The person's own consulate, or the question that is missing to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions import navigation
from actions.buttons import encode
from actions.referral import consulate_data, full_consulate, own_consulate
from actions.reply import Button, Reply
from actions.slip import slip_button

if TYPE_CHECKING:
    from actions.context import Context


def consulate_card(context: Context) -> Reply:
    """The post that serves the person, why it is this one, and the lines behind it."""
    profile = context.profile
    if profile.work_country is None:
        return navigation.ask_country(context, "work", topic="consulate_find")
    if profile.home_country is None:
        return navigation.ask_country(context, "home", topic="consulate_find")
    referral = own_consulate(context)
    if referral is None:
        return navigation.notice(context, "consulate_same_country", "answer")
    return Reply(
        full_consulate(context, referral),
        consulate_rows(context),
        profile,
        topic="consulate_find",
        country=profile.work_country,
        consulate=consulate_data(context, referral),
        request_location=True,
    )


def consulate_rows(context: Context) -> navigation.Rows:
    """Buttons under a consulate: another region, the slip to hand over, what consulates do, the menu."""
    country = context.country(context.profile.work_country)
    rows: list[tuple[Button, ...]] = []
    if country and country.regions:
        label = context.say("button_region", word=country.region_word[context.language])
        rows.append((Button(label, encode("ask_region", "consulate_find")),))
    rows.append((slip_button(context),))
    rows.append((navigation.topic_button(context, "consulate_services"),))
    rows.append((navigation.menu_button(context),))
    return tuple(rows)
