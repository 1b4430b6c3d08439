"""Who can help: offices, the person's own consulate, emergency numbers; as lines of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from actions.consulate_finder import ConsulateReferral, Why, find_consulate
from actions.reply import Block, Fine, Heading, Labelled, OfficeLine, Paragraph
from knowledge.figures import say_date
from knowledge.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actions.context import Context
    from knowledge.lookup import Office
    from knowledge.models import Contact, Post, ProtectionLine

KM_PER_MILE = 1.609344


def office_line(context: Context, contact: Contact) -> OfficeLine:
    """One office, its telephone first."""
    language = context.language
    details = []
    if contact.free_call and contact.telephone:
        details.append(context.say("free_call"))
    if contact.hours:
        details.append(contact.hours[language])
    if language not in contact.languages and contact.languages:
        spoken = ", ".join(context.say(f"language_{code}") for code in contact.languages if code in _NAMED_LANGUAGES)
        details.append(context.say("in_language", languages=spoken))
    return OfficeLine(
        name=contact.name[language],
        telephone=contact.telephone or contact.whatsapp,
        url=contact.website,
        details=tuple(details),
    )


_NAMED_LANGUAGES = frozenset({"es", "en", "fr", "ht"})


def office_lines(context: Context, offices: Iterable[Office]) -> tuple[OfficeLine, ...]:
    """Several offices."""
    return tuple(office_line(context, office.contact) for office in offices)


def labour_office(context: Context, country: str | None) -> tuple[OfficeLine, ...]:
    """The office to ask in doubt: the labour ministry of the country, nothing when no country is known."""
    described = context.country(country)
    if described is None:
        return ()
    contact = context.knowledge.countries[described.code].contacts.get(described.labour_office)
    return (office_line(context, contact),) if contact and _current(context, contact) else ()


def emergency_lines(context: Context, country: str | None) -> tuple[OfficeLine, ...]:
    """The emergency numbers of the country, or of every country when it is not known."""
    codes = [country] if country in context.knowledge.countries else list(context.knowledge.countries)
    lines = [line for code in codes if code for line in _emergency_of(context, code, named=len(codes) > 1)]
    return tuple(lines)


def _emergency_of(context: Context, code: str, *, named: bool) -> list[OfficeLine]:
    described = context.country(code)
    contacts = context.knowledge.countries[code].contacts
    known = [contacts[id_] for id_ in (described.emergency_contacts if described else ()) if id_ in contacts]
    current = [contact for contact in known if _current(context, contact)]
    if not named or described is None:
        return [office_line(context, contact) for contact in current]
    numbers = dict.fromkeys(contact.telephone for contact in current if contact.telephone)
    return (
        [OfficeLine(name=f"{described.flag} {described.name[context.language]}", telephone=", ".join(numbers))]
        if numbers
        else []
    )


def _current(context: Context, contact: Contact) -> bool:
    return contact.status is Status.VERIFIED and context.as_of <= contact.review_by


# --- the person's own consulate -----------------------------------------------------------------------------------------


def own_consulate(context: Context) -> ConsulateReferral | None:
    """The referral to the consulate of the person, None while home or work country are unknown or the same."""
    profile = context.profile
    if profile.home_country is None or profile.work_country is None:
        return None
    return find_consulate(
        context.knowledge,
        profile.home_country,
        profile.work_country,
        as_of=context.as_of,
        region=profile.region,
        point=context.nearby,
    )


def short_consulate(context: Context, referral: ConsulateReferral) -> tuple[Block, ...]:
    """The consulate as one line of a card."""
    line = _short_line(context, referral)
    return (Labelled(context.say("label_consulate"), ""), line)


def _short_line(context: Context, referral: ConsulateReferral) -> OfficeLine:
    post = referral.post
    if post is None:
        return (_protection_lines(context, referral) or (_directory(context, referral),))[0]
    country = context.country_name(referral.home)
    line = referral.lines[0] if referral.lines else None
    telephone = post.telephone or post.emergency_telephone
    shared = post.telephone_shared and post.telephone
    details = (context.say("consulate_phone_shared"),) if shared else ()
    if telephone is None and line is not None and line.telephone:
        telephone, details = line.telephone, (line.name,)
    return OfficeLine(
        name=context.say("post_short", country=country, city=post.city),
        telephone=telephone,
        url=None if telephone else referral.ministry.directory,
        details=details,
        map_url=map_url(post),
        map_label=context.say("button_map"),
    )


def full_consulate(context: Context, referral: ConsulateReferral) -> tuple[Block, ...]:
    """All that is known of a post: what it is and why this one, how to reach it, the lines behind it."""
    blocks: list[Block] = [Heading(context.say("consulate_title"))]
    phrase = context.phrase_country(referral.work)
    if referral.post is None:
        key = "consulate_why_protection_line" if referral.why is Why.PROTECTION_LINE else "consulate_why_ministry"
        blocks.append(Paragraph(context.say(key, phrase_country=phrase)))
    else:
        blocks.extend(_post_blocks(context, referral, referral.post))
    blocks.extend(_protection_lines(context, referral))
    if referral.post is None or referral.post.telephone is None:
        blocks.append(_directory(context, referral))
    return tuple(blocks)


def _post_blocks(context: Context, referral: ConsulateReferral, post: Post) -> list[Block]:
    name = context.say(f"post_{post.kind}", country=context.country_name(referral.home), city=post.city)
    blocks: list[Block] = [
        OfficeLine(
            name, post.telephone, post.website, _post_details(context, post), map_url(post), context.say("button_map")
        ),
        Paragraph(_why(context, referral)),
    ]
    if post.telephone is None:
        blocks.append(Paragraph(context.say("consulate_phone_unverified")))
    if post.emergency_telephone:
        blocks.append(OfficeLine(context.say("label_emergency_line").rstrip(":"), post.emergency_telephone))
    labels = (("label_address", post.address), ("label_hours", post.hours))
    blocks.extend(Labelled(context.say(label), text) for label, text in labels if text)
    appointments = post.appointments or referral.ministry.appointments
    if appointments:
        blocks.append(OfficeLine(context.say("label_appointments").rstrip(":"), url=appointments))
    if post.honorary:
        blocks.append(Paragraph(context.say("consulate_honorary")))
    blocks.append(Fine(context.say("verified_on", date=say_date(post.verified_on, context.language))))
    return blocks


def _post_details(context: Context, post: Post) -> tuple[str, ...]:
    return (context.say("consulate_phone_shared"),) if post.telephone and post.telephone_shared else ()


def _why(context: Context, referral: ConsulateReferral) -> str:
    phrase = context.phrase_country(referral.work)
    match referral.why:
        case Why.JURISDICTION:
            return context.say(
                "consulate_why_jurisdiction", region=context.region_name(context.profile.region) or phrase
            )
        case Why.NEAREST if referral.distance_km is not None:
            return context.say("consulate_why_nearest", distance=say_distance(context, referral.distance_km))
        case Why.EMBASSY:
            return context.say("consulate_why_embassy")
        case _:
            return context.say("consulate_why_nearest_unknown", phrase_country=phrase)


def say_distance(context: Context, kilometres: float) -> str:
    """A rounded distance, in miles where the country of work uses them."""
    country = context.country(context.profile.work_country)
    if country and country.distance_unit == "mi":
        return f"{max(1, round(kilometres / KM_PER_MILE))} mi"
    return f"{max(1, round(kilometres))} km"


def map_url(post: Post) -> str:
    """A link to the post on OpenStreetMap: its address where it is known, else the centre of its city."""
    if post.address:
        return f"https://www.openstreetmap.org/search?query={quote(f'{post.address}, {post.city}')}"
    return f"https://www.openstreetmap.org/?mlat={post.lat}&mlon={post.lon}#map=13/{post.lat}/{post.lon}"


def _protection_lines(context: Context, referral: ConsulateReferral) -> tuple[OfficeLine, ...]:
    return tuple(_protection_line(context, line) for line in referral.lines[:2])


def _protection_line(context: Context, line: ProtectionLine) -> OfficeLine:
    details = (context.say("consulate_always_open"),) if line.always_open else tuple(filter(None, [line.hours]))
    whatsapp = (f"WhatsApp {line.whatsapp}",) if line.whatsapp and line.telephone else ()
    return OfficeLine(line.name, line.telephone or line.whatsapp, details=(*details, *whatsapp))


def _directory(context: Context, referral: ConsulateReferral) -> OfficeLine:
    return OfficeLine(
        f"{context.say('consulate_directory')}: {referral.ministry.name[context.language]}",
        url=referral.ministry.directory,
    )


def consulate_data(context: Context, referral: ConsulateReferral) -> Mapping[str, object]:
    """The referral as the `consulate` key of `amparo ask --json`."""
    post = referral.post
    line = _short_line(context, referral)
    return {
        "id": referral.post_id,
        "city": post.city if post else None,
        "telephone": line.telephone,
        "url": line.url,
        "why": referral.why.value,
    }
