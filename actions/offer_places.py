"""The two ends of a corridor: what the law says of fees there, where to check an offer, where to report one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from actions import consulate_words
from actions.consulate_finder import find_consulate
from actions.referral import emergency_lines, office_line
from actions.reply import OfficeLine
from knowledge.card import Reason, Source
from knowledge.lookup import value_on
from knowledge.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.context import Context
    from knowledge.models import Contact
    from knowledge.offer_models import CorridorSide, OffersFile

#: Offices named of one country under one label; more would bury them.
OFFICES_A_SIDE = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One country of the corridor, the other (None if unknown), what `offers.yaml` says of it, the person's region there."""

    country: str
    other: str | None
    words: CorridorSide
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds in one country, in one line, and the sources behind it."""

    label: str
    text: str
    sources: tuple[Source, ...]


def sides(context: Context, offers: OffersFile) -> tuple[Side, ...]:
    """The known ends of the corridor, home first; only the country of work for an offer in one's own country."""
    home, work = context.profile.home_country, context.profile.work_country
    found: list[Side] = []
    if home is not None and home in offers.home and home != work:
        found.append(Side(home, work, offers.home[home]))
    if work is not None and work in offers.work:
        found.append(Side(work, home, offers.work[work], context.profile.region))
    return tuple(found)


def rule_of(context: Context, side: Side) -> Rule | None:
    """The country's rule on fees and recruiters and what else to check there; None when none of it may be said today."""
    said: list[str] = []
    sources: list[Source] = []
    fitting = [check for check in side.words.checks if not check.only_with or side.other in check.only_with]
    statements = [(side.words.rule_text, side.words.rule), *((check.text, check.fact) for check in fitting)]
    for words, fact_id in statements:
        found = _fact(context, side, fact_id)
        if found is not None:
            said.append(_sentence(words[context.language] if words else found[0]))
            sources.append(found[1])
    if not said:
        return None
    return Rule(f"{_flag(context, side.country)}{context.country_name(side.country)}:", " ".join(said), tuple(sources))


def verify_lines(context: Context, places: Iterable[Side]) -> tuple[OfficeLine, ...]:
    """Where to check the offer: offices at both ends, and the embassy that alone decides on a visa."""
    lines = [line for side in places for line in _offices(context, side, side.words.verify)]
    embassy = _embassy(context)
    return (*lines, embassy) if embassy else tuple(lines)


def report_lines(context: Context, places: Iterable[Side]) -> tuple[OfficeLine, ...]:
    """Where to report it, at both ends."""
    lines: list[OfficeLine] = []
    for side in places:
        nearer = side.words.report_from.get(side.other or "", ())
        lines.extend(_offices(context, side, (*nearer, *side.words.report)))
    return tuple(lines)


def danger_lines(context: Context) -> tuple[OfficeLine, ...]:
    """Emergency numbers at both known ends, for it is not known at which the person is; empty when neither is known."""
    lines: list[OfficeLine] = []
    for code in dict.fromkeys((context.profile.work_country, context.profile.home_country)):
        if code is not None and code in context.knowledge.countries:
            flag = _flag(context, code)
            lines.extend(replace(line, name=f"{flag}{line.name}") for line in emergency_lines(context, code))
    return tuple(lines)


def _fact(context: Context, side: Side, fact_id: str) -> tuple[str, Source] | None:
    """The name and source of a fact as it stands today, None for a draft or what is out of date."""
    place = context.knowledge.countries[side.country]
    fact = place.facts.get(fact_id) or context.knowledge.common.facts.get(fact_id)
    value = value_on(fact, context.as_of, side.region) if fact else Reason.NOT_COVERED
    if fact is None or isinstance(value, Reason):
        return None
    return fact.name[context.language], Source(value.citation, value.source, value.verified_on)


def _offices(context: Context, side: Side, ids: Iterable[str]) -> list[OfficeLine]:
    """Offices that may be shown, those of the person's region first, each with the flag of its country."""
    contacts = context.knowledge.countries[side.country].contacts
    known = [contacts[id_] for id_ in dict.fromkeys(ids) if id_ in contacts]
    shown = sorted((one for one in known if _may_show(context, side, one)), key=lambda one: one.region is None)
    flag = _flag(context, side.country)
    lines = [office_line(context, contact) for contact in shown[:OFFICES_A_SIDE]]
    return [replace(line, name=f"{flag}{line.name}") for line in lines]


def _may_show(context: Context, side: Side, contact: Contact) -> bool:
    here = contact.region is None or contact.region == side.region
    return here and contact.status is Status.VERIFIED and context.as_of <= contact.review_by


def _embassy(context: Context) -> OfficeLine | None:
    """The post of the country of work in the country of origin, None where it has none there or one of both is unknown."""
    home, work = context.profile.home_country, context.profile.work_country
    if home is None or work is None:
        return None
    referral = find_consulate(context.knowledge, work, home, as_of=context.as_of)
    if referral is None or referral.post is None or referral.post.host != home:
        return None
    post = referral.post
    name = consulate_words.post_name(context, work, post)
    return OfficeLine(f"{_flag(context, work)}{name}", url=post.website or referral.ministry.directory)


def _flag(context: Context, code: str) -> str:
    described = context.country(code)
    return f"{described.flag} " if described else ""


def _sentence(text: str) -> str:
    """A statement as a sentence of its own."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
