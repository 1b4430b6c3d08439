"""A question about rights -> the answer card: answer, steps, time limit, who helps, law and source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions import navigation
from actions.buttons import encode
from actions.referral import (
    consulate_data,
    emergency_lines,
    full_consulate,
    labour_office,
    office_lines,
    own_consulate,
    short_consulate,
)
from actions.reply import Block, Button, Fine, Heading, Labelled, OfficeLine, Paragraph, Reply, SourceLine, Steps
from knowledge.card import Answer, Card, HomePart, NotCovered, NotTranslated, OutOfDate, Reason
from knowledge.figures import say_date
from knowledge.lookup import look_up
from knowledge.models import ConventionStatus

if TYPE_CHECKING:
    from actions.context import Context
    from actions.navigation import Rows
    from knowledge.card import Lookup

#: Sources named in a card; all of them are in `Reply.sources`.
SOURCES_SHOWN = 2
#: Offices named in a card.
OFFICES_SHOWN = 3

_BINDING = frozenset({ConventionStatus.IN_FORCE, ConventionStatus.RATIFIED})
_OUTCOMES: dict[type, str] = {
    Answer: "answer",
    OutOfDate: "out_of_date",
    NotCovered: "not_covered",
    NotTranslated: "not_translated",
}


def answer_topic(context: Context, topic: str) -> Reply:
    """The card on `topic` for this person. What is still unknown of them is asked under it, never before it."""
    profile = context.profile
    found = look_up(
        context.knowledge,
        topic,
        country=profile.work_country,
        language=context.language,
        as_of=context.as_of,
        region=profile.region,
        home=profile.home_country,
    )
    card = getattr(found, "card", None)
    blocks = (*_urgent(context, topic), *_body(context, found), *_consulate(context, topic), *_foot(context, card))
    referral = own_consulate(context)
    return Reply(
        blocks=blocks,
        buttons=_buttons(context, topic, card),
        profile=profile,
        outcome=_OUTCOMES[type(found)],
        intent=topic,
        topic=topic,
        country=profile.work_country,
        sources=card.sources if card else (),
        offices=_offices(context, found),
        consulate=consulate_data(context, referral) if referral else None,
    )


def _urgent(context: Context, topic: str) -> tuple[Block, ...]:
    """Emergency numbers before everything else on topics of danger."""
    if not context.knowledge.register.topics[topic].emergency:
        return ()
    return emergency_blocks(context)


def emergency_blocks(context: Context) -> tuple[Block, ...]:
    """The numbers to call now, for the country of work or, when it is not known, for all."""
    lines = emergency_lines(context, context.profile.work_country)
    known = context.profile.work_country is not None
    between: tuple[Block, ...] = () if known else (Paragraph(context.say("danger_numbers_unknown")),)
    return (Heading(context.say("danger_title")), *between, *lines, Paragraph(context.say("danger_first"), strong=True))


def _body(context: Context, found: Lookup) -> tuple[Block, ...]:
    match found:
        case Answer(card):
            return _card_blocks(context, card)
        case OutOfDate(card):
            names = ", ".join(withheld.name for withheld in card.withheld if withheld.reason is Reason.OUT_OF_DATE)
            return (*_refusal(context, "out_of_date", names=names), *_card_blocks(context, card))
        case NotCovered(card):
            phrase = context.phrase_country(context.profile.work_country)
            known = _card_blocks(context, card) if card else ()
            return (*_refusal(context, "not_covered", phrase_country=phrase), *known)
        case NotTranslated(languages):
            names = ", ".join(context.knowledge.languages[code].name for code in languages)
            return _refusal(context, "not_translated", languages=names)


def _refusal(context: Context, key: str, **values: object) -> tuple[Block, ...]:
    return (Paragraph(context.say(key, **values)), *labour_office(context, context.profile.work_country))


def _card_blocks(context: Context, card: Card) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading(_title(context, card))]
    blocks.extend(Paragraph(line) for line in card.answer)
    if card.steps:
        blocks.append(Steps(context.say("label_steps"), card.steps))
    if card.deadline:
        blocks.append(Labelled(context.say("label_deadline"), card.deadline))
    if card.note:
        blocks.append(Labelled(context.say("label_note"), card.note))
    blocks.extend(_withheld(context, card))
    if card.home:
        blocks.extend(_home_blocks(context, card.home))
    shown = office_lines(context, card.offices[:OFFICES_SHOWN])
    if shown:
        blocks.extend((Labelled(context.say("label_who_helps"), ""), *shown))
    return tuple(blocks)


def _title(context: Context, card: Card) -> str:
    """The title, with the place whose law the card tells."""
    country = context.country(card.country)
    if country is None:
        return card.title
    place = context.region_name(card.region) or country.name[context.language]
    return f"{card.title} · {country.flag} {place}"


def _withheld(context: Context, card: Card) -> tuple[Block, ...]:
    expired = [withheld.name for withheld in card.withheld if withheld.reason is Reason.OUT_OF_DATE]
    unconfirmed = [withheld.name for withheld in card.withheld if withheld.reason is not Reason.OUT_OF_DATE]
    pairs = (("withheld_out_of_date", expired), ("withheld", unconfirmed))
    return tuple(Paragraph(context.say(key, names=", ".join(names))) for key, names in pairs if names)


def _home_blocks(context: Context, home: HomePart) -> tuple[Block, ...]:
    country = context.country(home.country)
    label = f"{country.flag} {country.name[context.language]}" if country else home.country.upper()
    first = Labelled(f"{label}:", " ".join(home.answer))
    steps = (Steps("", home.steps),) if home.steps else ()
    return (first, *steps, *office_lines(context, home.offices[:2]))


def _consulate(context: Context, topic: str) -> tuple[Block, ...]:
    referral = own_consulate(context)
    if referral is None:
        return ()
    if topic.startswith("consulate_"):
        return full_consulate(context, referral)
    return short_consulate(context, referral)


def _conventions(context: Context, topic: str) -> tuple[Block, ...]:
    """The first treaty on the topic that binds the country of work, with the page that says so."""
    country = context.country(context.profile.work_country)
    if country is None:
        return ()
    for name in context.knowledge.register.topics[topic].conventions:
        convention = country.conventions.get(name)
        if convention is None or convention.standing not in _BINDING or context.as_of > convention.review_by:
            continue
        said = context.say(f"convention_{name}")
        return (SourceLine(context.say("label_convention"), said, context.say("label_source"), convention.source),)
    return ()


def _foot(context: Context, card: Card | None) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if card:
        blocks.extend(_conventions(context, card.topic))
        labels = context.say("label_law"), context.say("label_source")
        shown = card.sources[:SOURCES_SHOWN]
        blocks.extend(SourceLine(labels[0], source.citation, labels[1], source.url) for source in shown)
        if card.verified_on:
            blocks.append(navigation.fine(context, "verified_on", date=say_date(card.verified_on, context.language)))
    if context.profile.work_country is None:
        blocks.append(Paragraph(context.say("common_guidance_notice")))
    elif context.profile.home_country is None:
        blocks.append(Paragraph(context.say("ask_home_country")))
    blocks.append(Fine(context.say("general_information")))
    return tuple(blocks)


def _offices(context: Context, found: Lookup) -> tuple[OfficeLine, ...]:
    card = getattr(found, "card", None)
    shown = office_lines(context, card.offices) if card else ()
    if isinstance(found, Answer) or shown:
        return shown
    return labour_office(context, context.profile.work_country)


def _buttons(context: Context, topic: str, card: Card | None) -> Rows:
    rows: list[tuple[Button, ...]] = [*_missing(context, topic, card)]
    related = context.knowledge.register.topics[topic].related
    rows.extend(navigation.in_rows((navigation.topic_button(context, name) for name in related), 1))
    rows[:0] = navigation.offer_rows(context, context.knowledge.register.topics[topic].category)
    consulate = Button(context.say("button_consulate"), encode("consulate"))
    other = Button(context.say("button_other_country"), encode("ask_work", topic))
    rows.append((consulate, other))
    useful = ("useful_yes", "yes"), ("useful_no", "no")
    rows.append(tuple(Button(context.say(f"button_{key}"), encode("useful", value, topic)) for key, value in useful))
    rows.append((navigation.menu_button(context),))
    return tuple(rows)


def _missing(context: Context, topic: str, card: Card | None) -> Rows:
    """What would make the answer better: the work country, the region where the law depends on it, the home country."""
    profile = context.profile
    country = context.country(profile.work_country)
    if country is None:
        return navigation.country_rows(context, "work", topic)
    rows: list[tuple[Button, ...]] = []
    if country.ask_region and profile.region is None and card is not None and card.region_matters:
        label = context.say("button_region", word=country.region_word[context.language])
        rows.append((Button(label, encode("ask_region", topic)),))
    if profile.home_country is None:
        rows.extend(navigation.country_rows(context, "home", topic))
    return tuple(rows)


def in_danger(context: Context, topic: str) -> Reply:
    """The emergency card: numbers first, then what helps with `topic`, the consulate last."""
    reply = answer_topic(context, topic)
    first = emergency_blocks(context)
    rest = tuple(block for block in reply.blocks if block not in first)
    offices = (*(block for block in first if isinstance(block, OfficeLine)), *reply.offices)
    return replace(reply, blocks=(*first, *rest), offices=offices, danger=True)
