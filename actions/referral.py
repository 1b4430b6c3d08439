"""Who can help: offices, the person's own consulate, emergency numbers; as lines of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions import consulate_words
from actions.consulate_finder import ConsulateReferral, Why, find_consulate
from actions.events import event_blocks
from actions.reply import Block, Heading, Labelled, OfficeLine, Paragraph
from knowledge.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actions.context import Context
    from knowledge.card import Office
    from knowledge.models import Contact


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
    """The consulate as one line of a card; which it is must be asked first where there are several."""
    if referral.why is Why.ONE_OF_SEVERAL:
        country = context.country(referral.work)
        word = country.region_word[context.language] if country else ""
        return (Labelled(context.say("label_consulate"), context.say("consulate_several", word=word)),)
    return (Labelled(context.say("label_consulate"), ""), short_line(context, referral))


def short_line(context: Context, referral: ConsulateReferral) -> OfficeLine:
    """Country and city, the number to call, the way: a post without a number of its own gives its country's line."""
    post = referral.post
    if post is None:
        return (consulate_words.lines(context, referral) or (consulate_words.directory(context, referral),))[0]
    line = next((line for line in referral.lines if line.telephone), None)
    telephone = post.telephone or post.emergency_telephone
    details = (context.say("consulate_phone_shared"),) if post.telephone and post.telephone_shared else ()
    if telephone is None and line is not None:
        telephone, details = line.telephone, (line.name[context.language],)
    return OfficeLine(
        name=context.say("post_short", country=context.country_name(referral.home), city=post.city_in(context.language)),
        telephone=telephone,
        url=None if telephone else referral.ministry.directory,
        details=details,
        map_url=consulate_words.map_url(post),
        map_label=context.say("button_map"),
    )


def full_consulate(context: Context, referral: ConsulateReferral) -> tuple[Block, ...]:
    """All that is known of a post: what it is and why this one, how to reach it, the lines behind it."""
    blocks: list[Block] = [Heading(context.say("consulate_title"))]
    if referral.post is None:
        blocks.append(Paragraph(consulate_words.why(context, referral)))
    else:
        blocks.extend(consulate_words.post_blocks(context, referral, referral.post))
        blocks.extend(event_blocks(context, referral))
    blocks.extend(consulate_words.lines(context, referral))
    if referral.post is None or referral.post.telephone is None:
        blocks.append(consulate_words.directory(context, referral))
    return tuple(blocks)


def consulate_data(context: Context, referral: ConsulateReferral) -> Mapping[str, object]:
    """The referral as the `consulate` key of `amparo ask --json`."""
    post = referral.post
    line = short_line(context, referral)
    return {
        "id": referral.post_id,
        "city": post.city_in(context.language) if post else None,
        "telephone": line.telephone,
        "url": line.url,
        "why": referral.why.value,
    }
