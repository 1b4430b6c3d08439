"""What a button does: one small handler per verb of `actions.buttons`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions import conversation, navigation, offer_check
from actions.answer import answer_topic, in_danger
from actions.consulate_card import consulate_card
from actions.slip import slip_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.buttons import Pressed
    from actions.context import Context
    from actions.reply import Reply


def press(context: Context, pressed: Pressed) -> Reply | None:
    """The reply to a decoded press; None when it names something the knowledge does not have (any more)."""
    handler = _HANDLERS.get(pressed.verb)
    return handler(context, pressed) if handler else None


def open_topic(context: Context, topic: str) -> Reply:
    """A topic chosen by button; `consulate_find` goes straight to the post."""
    if topic == "consulate_find" and context.profile.work_country and context.profile.home_country:
        return consulate_card(context)
    return answer_topic(context, topic)


def _topic(context: Context, pressed: Pressed) -> Reply | None:
    topic = pressed.argument(0) or ""
    return open_topic(context, topic) if topic in context.knowledge.register.topics else None


def _category(context: Context, pressed: Pressed) -> Reply | None:
    name = pressed.argument(0) or ""
    return navigation.category(context, name) if name in context.knowledge.register.categories else None


def _work(context: Context, pressed: Pressed) -> Reply | None:
    code = pressed.argument(0) or ""
    if code not in context.knowledge.countries:
        return None
    known = context.with_profile(context.profile.working_in(code))
    return _go_on(known, pressed.argument(1)) or conversation.set_country(known)


def _home(context: Context, pressed: Pressed) -> Reply | None:
    code = pressed.argument(0) or ""
    if code not in context.knowledge.countries:
        return None
    known = context.with_profile(replace(context.profile, home_country=code))
    return _go_on(known, pressed.argument(1)) or conversation.set_country(known)


def _region(context: Context, pressed: Pressed) -> Reply | None:
    code = pressed.argument(0) or ""
    if context.region_name(code) is None:
        return None
    country = code[:2].lower()
    known = context.with_profile(context.profile.working_in(country, code))
    place = {"region": known.region_name(code), "country": known.country_name(country)}
    reply = _go_on(known, pressed.argument(1))
    return reply or navigation.notice(known, "region_set", "region_set", **place)


def _go_on(context: Context, topic: str | None) -> Reply | None:
    """The topic, or the result of an offer check, that was waiting for the choice."""
    offer = offer_check.resume(context, topic or "")
    if offer is not None:
        return offer
    return open_topic(context, topic) if topic in context.knowledge.register.topics and topic else None


def _regions(context: Context, pressed: Pressed) -> Reply:
    return navigation.ask_region(context, pressed.argument(1), int(pressed.argument(0) or 0))


def _language(context: Context, pressed: Pressed) -> Reply:
    code = pressed.argument(0) or ""
    if code not in context.knowledge.languages:
        return navigation.ask_language(context)
    known = context.with_profile(replace(context.profile, language=code))
    return _go_on(known, pressed.argument(1)) or conversation.language_set(known)


def _erase(context: Context, pressed: Pressed) -> Reply:
    return conversation.erase(context, pressed.argument(0) or "no")


def _useful(context: Context, pressed: Pressed) -> Reply | None:
    topic = pressed.argument(1) or ""
    if topic not in context.knowledge.register.topics:
        return None
    return replace(conversation.useful(context, pressed.argument(0) or "no"), topic=topic)


def _ask_country(context: Context, pressed: Pressed) -> Reply:
    verb = pressed.verb.removeprefix("ask_")
    return navigation.ask_country(context, verb, pressed.argument(0))


_HANDLERS: dict[str, Callable[[Context, Pressed], Reply | None]] = {
    "menu": lambda context, _: navigation.menu(context),
    "category": _category,
    "topic": _topic,
    "work": _work,
    "home": _home,
    "region": _region,
    "regions": _regions,
    "ask_work": _ask_country,
    "ask_home": _ask_country,
    "ask_region": lambda context, pressed: navigation.ask_region(context, pressed.argument(0)),
    "language": _language,
    "ask_language": lambda context, _: navigation.ask_language(context),
    "consulate": lambda context, _: consulate_card(context),
    "offer": lambda context, pressed: offer_check.offer_check(context, pressed.argument(0) or ""),
    "slip": lambda context, pressed: slip_step(context, pressed.argument(0) or ""),
    "useful": _useful,
    "erase": _erase,
    "privacy": lambda context, _: conversation.privacy(context),
    "help": lambda context, _: conversation.help_(context),
    "emergency": lambda context, _: in_danger(context, "emergency"),
}
