"""A consulate in words: why it is this one, how to reach it, and what is not known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from actions.consulate_finder import ConsulateReferral, Why
from actions.reply import Block, Fine, Labelled, OfficeLine, Paragraph
from knowledge.figures import say_date

if TYPE_CHECKING:
    from actions.context import Context
    from knowledge.consulate_models import Post, ProtectionLine
    from knowledge.knowledge_base import KnowledgeBase

KM_PER_MILE = 1.609344
#: Protection lines named in a card.
LINES_SHOWN = 2

_WHY_KEYS = {
    Why.EMBASSY: "consulate_why_embassy",
    Why.OTHER_COUNTRY: "consulate_why_other_country",
    Why.ONE_OF_SEVERAL: "consulate_why_nearest_unknown",
    Why.PROTECTION_LINE: "consulate_why_protection_line",
    Why.MINISTRY: "consulate_why_ministry",
}


def full_name(knowledge: KnowledgeBase, home: str, post: Post, language: str) -> str:
    """The name of a post with its country as one says it: "Consulado General de la República Dominicana en Boston"."""
    described = knowledge.countries[home].country
    _, _, country = described.in_country[language].partition(" ") if described else ("", "", home.upper())
    return knowledge.say(language, f"post_{post.kind}", country=country, city=post.city_in(language))


def post_name(context: Context, home: str, post: Post) -> str:
    """The full name of a post in the person's language."""
    return full_name(context.knowledge, home, post, context.language)


def post_blocks(context: Context, referral: ConsulateReferral, post: Post) -> tuple[Block, ...]:
    """Everything on one post; the emergency number stands apart, what could not be verified is said."""
    name = post_name(context, referral.home, post)
    shared = (context.say("consulate_phone_shared"),) if post.telephone and post.telephone_shared else ()
    blocks: list[Block] = [
        OfficeLine(name, post.telephone, post.website, shared, map_url(post), context.say("button_map")),
        Paragraph(why(context, referral)),
    ]
    if post.telephone is None:
        blocks.append(Paragraph(context.say("consulate_phone_unverified")))
    blocks.extend(_ways_to_reach(context, post))
    appointments = post.appointments or referral.ministry.appointments
    if appointments:
        blocks.append(OfficeLine(context.say("label_appointments").rstrip(":"), url=appointments))
    blocks.extend(_remarks(context, referral, post))
    blocks.append(Fine(context.say("verified_on", date=say_date(post.verified_on, context.language))))
    return tuple(blocks)


def _ways_to_reach(context: Context, post: Post) -> list[Block]:
    blocks: list[Block] = []
    if post.emergency_telephone:
        hint = (post.emergency_hint[context.language],) if post.emergency_hint else ()
        blocks.append(OfficeLine(context.say("label_emergency_line").rstrip(":"), post.emergency_telephone, details=hint))
    if post.whatsapp:
        blocks.append(OfficeLine("WhatsApp", post.whatsapp))
    hours = post.hours[context.language] if post.hours else None
    labels = (("label_address", post.address), ("label_hours", hours), ("label_email", post.email))
    blocks.extend(Labelled(context.say(label), text) for label, text in labels if text)
    return blocks


def _remarks(context: Context, referral: ConsulateReferral, post: Post) -> list[Block]:
    blocks: list[Block] = []
    if post.remark:
        blocks.append(Paragraph(post.remark[context.language]))
    if post.honorary:
        blocks.append(Paragraph(context.say("consulate_honorary")))
    if referral.full_service:
        name = post_name(context, referral.home, referral.full_service)
        blocks.append(Labelled(context.say("consulate_full_service"), name))
    return blocks


def why(context: Context, referral: ConsulateReferral) -> str:
    """Why the person is sent there, in one or two sentences."""
    phrase = context.phrase_country(referral.work)
    match referral.why:
        case Why.JURISDICTION:
            return context.say("consulate_why_jurisdiction", region=context.region_name(referral.region) or phrase)
        case Why.NEAREST if referral.distance_km is not None and not referral.at_point:
            return context.say("consulate_why_nearest_region", region=context.region_name(referral.region) or phrase)
        case Why.NEAREST if referral.distance_km is not None:
            return context.say("consulate_why_nearest", distance=say_distance(context, referral.distance_km))
        case Why.EMBASSY if referral.several:
            return context.say("consulate_why_embassy_of_several", phrase_country=phrase)
        case _:
            key = _WHY_KEYS.get(referral.why, "consulate_why_nearest_unknown")
            return context.say(key, phrase_country=phrase)


def say_distance(context: Context, kilometres: float) -> str:
    """A rounded distance, in miles where the country of work uses them."""
    country = context.country(context.profile.work_country)
    if country and country.distance_unit == "mi":
        return f"{max(1, round(kilometres / KM_PER_MILE))} mi"
    return f"{max(1, round(kilometres))} km"


def map_url(post: Post) -> str | None:
    """A link to the post on OpenStreetMap; None where only its city is known: its centre would be the wrong way."""
    if post.address:
        return f"https://www.openstreetmap.org/search?query={quote(f'{post.address}, {post.city}')}"
    if post.coords == "city":
        return None
    return f"https://www.openstreetmap.org/?mlat={post.lat}&mlon={post.lon}#map=13/{post.lat}/{post.lon}"


def lines(context: Context, referral: ConsulateReferral) -> tuple[OfficeLine, ...]:
    """The first lines for nationals abroad that can be dialled from the country of work."""
    return tuple(_line(context, line) for line in referral.lines[:LINES_SHOWN])


def _line(context: Context, line: ProtectionLine) -> OfficeLine:
    hours = line.hours[context.language] if line.hours else None
    details = (context.say("consulate_always_open"),) if line.always_open else tuple(filter(None, [hours]))
    whatsapp = (f"WhatsApp {line.whatsapp}",) if line.whatsapp else ()
    return OfficeLine(line.name[context.language], line.telephone, details=(*details, *whatsapp))


def directory(context: Context, referral: ConsulateReferral) -> OfficeLine:
    """The ministry's official list of posts."""
    name = f"{context.say('consulate_directory')}: {referral.ministry.name[context.language]}"
    return OfficeLine(name, url=referral.ministry.directory)
