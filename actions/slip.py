"""The hand-over slip: four taps, and a summary in the consulate's language to show or forward. It is kept nowhere.

The state of the choice travels in the data of the buttons: `c.<category>`, then `t.<topic>[.<since>[.<wish>]]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions import navigation
from actions.buttons import encode
from actions.reply import Block, Button, Fine, Heading, Labelled, Paragraph, Reply
from actions.slip_code import SINCE, WISHES, Slip, encode_slip
from knowledge.figures import say_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.context import Context


def slip_button(context: Context, topic: str | None = None) -> Button:
    """Begins a slip, on `topic` where it is known."""
    return Button(context.say("button_slip"), encode("slip", f"t.{topic}" if topic else ""))


def slip_step(context: Context, state: str) -> Reply | None:
    """The next question of a slip, or the slip; None when the state is none of ours."""
    profile = context.profile
    if profile.work_country is None:
        return navigation.ask_country(context, "work", topic="consulate_find")
    if profile.home_country is None:
        return navigation.ask_country(context, "home", topic="consulate_find")
    if profile.home_country == profile.work_country:
        return navigation.notice(context, "consulate_same_country", "answer")
    return _ask_or_make(context, state.split(".") if state else [])


def _ask_or_make(context: Context, parts: list[str]) -> Reply | None:
    register = context.knowledge.register
    match parts:
        case []:
            choices = [(f"c.{name}", context.say(f"category_{name}")) for name in register.categories]
            return _ask(context, "slip_ask_category", choices)
        case ["c", category] if category in register.categories:
            topics = [name for name, topic in register.topics.items() if topic.category == category]
            return _ask(context, "slip_ask_topic", [(f"t.{name}", context.topic_title(name)) for name in topics])
        case ["t", topic] if topic in register.topics:
            choices = [(f"t.{topic}.{name}", context.say(f"slip_since_{name}")) for name in _unsaid_last(SINCE)]
            return _ask(context, "slip_ask_since", choices)
        case ["t", topic, since] if topic in register.topics and since in SINCE:
            choices = [(f"t.{topic}.{since}.{name}", context.say(f"slip_wish_{name}")) for name in _unsaid_last(WISHES)]
            return _ask(context, "slip_ask_wish", choices)
        case ["t", topic, since, wish] if topic in register.topics and since in SINCE and wish in WISHES:
            return _made(context, topic, since, wish)
        case _:
            return None


def _unsaid_last(names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names[1:], names[0])


def _ask(context: Context, key: str, choices: Iterable[tuple[str, str]]) -> Reply:
    buttons = [Button(label, encode("slip", state)) for state, label in choices]
    rows = (*navigation.in_rows(buttons, 1), (navigation.menu_button(context),))
    return Reply((Paragraph(context.say(key)),), rows, context.profile, outcome="ask")


def _made(context: Context, topic: str, since: str, wish: str) -> Reply:
    profile = context.profile
    slip = Slip(
        home=profile.home_country or "",
        work=profile.work_country or "",
        topic=topic,
        day=context.as_of,
        region=profile.region if context.region_name(profile.region) else None,
        since=since,
        wish=wish,
    )
    blocks: list[Block] = [Heading(context.say("slip_title"))]
    languages = dict.fromkeys((office_language(context, slip.home), context.language))
    for language in languages:
        blocks.extend(slip_lines(context, slip, language))
    blocks.append(Paragraph(context.say("slip_show"), strong=True))
    consulate = Button(context.say("button_consulate"), encode("consulate"))
    rows = ((consulate,), (Button(context.say("slip_again"), encode("slip")),), (navigation.menu_button(context),))
    return Reply(tuple(blocks), rows, profile, outcome="slip", topic=topic, country=slip.work)


def office_language(context: Context, home: str) -> str:
    """The language of the offices of a country, where the bot speaks it."""
    country = context.country(home)
    spoken = country.office_language if country else context.language
    return spoken if spoken in context.knowledge.languages else context.knowledge.original_language


def slip_lines(context: Context, slip: Slip, language: str) -> tuple[Block, ...]:
    """The slip in a language: code, who, about what, since when, what they ask for, the day."""
    knowledge = context.knowledge
    lines = {
        "slip_label_code": encode_slip(slip, knowledge),
        "slip_label_who": _who(context, slip, language),
        "slip_label_topic": _topic_title(context, slip.topic, language),
        "slip_label_since": knowledge.say(language, f"slip_since_{slip.since}"),
        "slip_label_wish": knowledge.say(language, f"slip_wish_{slip.wish}"),
        "slip_label_day": say_date(slip.day, language),
    }
    fine = Fine(knowledge.say(language, "slip_fine"))
    return (*(Labelled(knowledge.say(language, label), text) for label, text in lines.items()), fine)


def _who(context: Context, slip: Slip, language: str) -> str:
    country = context.country(slip.work)
    where = country.in_country[language] if country else slip.work.upper()
    region = context.region_name(slip.region)
    home = context.knowledge.country_name(slip.home, language)
    return context.knowledge.say(language, "slip_who", home=home, where=f"{where} ({region})" if region else where)


def _topic_title(context: Context, topic: str, language: str) -> str:
    words = context.knowledge.common.words_of(topic, language)
    return words.title if words else context.topic_title(topic)
