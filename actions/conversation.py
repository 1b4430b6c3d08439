"""The intents that are no topic: greeting, thanks, language, privacy, out of scope, and messages that are no text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions import navigation
from actions.buttons import encode
from actions.profile import UserProfile
from actions.reply import Block, Button, Fine, Heading, Paragraph, Reply
from knowledge.figures import say_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.context import Context


def greet(context: Context) -> Reply:
    """Who the bot is, and an example of a question."""
    return navigation.notice(context, "greet", "greet", hint="greet_hint")


def thanks(context: Context) -> Reply:
    """You are welcome."""
    return navigation.notice(context, "thanks", "thanks")


def goodbye(context: Context) -> Reply:
    """Take care."""
    return navigation.notice(context, "goodbye", "goodbye")


def help_(context: Context) -> Reply:
    """How to use the bot, and which version of the content it speaks from."""
    version = context.say("help_version", version=context.knowledge.version, date=say_date(context.as_of, context.language))
    blocks = (
        Heading(context.say("help_title")),
        Paragraph(context.say("help_intro")),
        Paragraph(context.say("help_commands")),
        Fine(context.say("general_information")),
        Fine(version),
    )
    return Reply(blocks, navigation.category_rows(context), context.profile, outcome="help")


def set_country(context: Context) -> Reply:
    """Confirm the country the message named; ask for what is missing."""
    profile = context.profile
    if profile.work_country is None:
        return navigation.ask_country(context, "work", notice=_home_notice(context))
    if profile.home_country is None:
        return navigation.ask_country(context, "home", notice=country_notice(context))
    return navigation.notice(
        context, "country_set", "country_set", phrase_country=context.phrase_country(profile.work_country)
    )


def _home_notice(context: Context) -> str | None:
    home = context.profile.home_country
    return context.say("home_set", country=context.country_name(home)) if home else None


def country_notice(context: Context) -> str:
    """The sentence that confirms the work country."""
    return context.say("country_set", phrase_country=context.phrase_country(context.profile.work_country))


def set_language(context: Context) -> Reply:
    """Offer the languages."""
    return navigation.ask_language(context)


def language_set(context: Context) -> Reply:
    """Confirm the language spoken from now on."""
    return navigation.notice(context, "language_set", "language_set", hint="greet_hint")


def ask_erase(context: Context) -> Reply:
    """Ask before erasing."""
    buttons = (
        (Button(context.say("button_erase_yes"), encode("erase", "yes")),),
        (Button(context.say("button_erase_no"), encode("erase", "no")),),
    )
    return Reply((Paragraph(context.say("erase_ask")),), buttons, context.profile, outcome="ask_erase")


def erase(context: Context, answer: str) -> Reply:
    """Erase what is stored of the person, or not."""
    if answer == "ask":
        return ask_erase(context)
    if answer == "no":
        return navigation.notice(context, "not_erased", "not_erased")
    forgotten = UserProfile(language=context.language)
    blocks = (Paragraph(context.say("erased")),)
    return Reply(blocks, ((navigation.menu_button(context),),), forgotten, outcome="erased", erase=True)


def privacy(context: Context) -> Reply:
    """What is kept and what is not."""
    lines = context.say("privacy_text").splitlines()
    paragraphs = tuple(Paragraph(line) for line in lines if line.strip())
    blocks: tuple[Block, ...] = (Heading(context.say("privacy_title")), *paragraphs)
    buttons = ((Button(context.say("button_erase_yes"), encode("erase", "ask")),), (navigation.menu_button(context),))
    return Reply(blocks, buttons, context.profile, outcome="privacy")


def bot_challenge(context: Context) -> Reply:
    """A program, not a person, not the government."""
    return navigation.notice(context, "bot_challenge", "bot_challenge")


def out_of_scope(context: Context) -> Reply:
    """An honest "I do not know about that", and what the bot does know."""
    return navigation.notice(context, "out_of_scope", "out_of_scope", hint="out_of_scope_hint")


def not_text(context: Context, kind: str) -> Reply:
    """A voice note, a photo, an emoji: a kind answer and the menu."""
    known = kind if kind in {"voice", "photo", "sticker", "document"} else "other"
    return navigation.notice(context, f"not_text_{known}", "not_text")


def useful(context: Context, answer: str) -> Reply:
    """Thanks for the vote."""
    key = "useful_thanks" if answer == "yes" else "useful_sorry"
    reply = navigation.notice(context, key, "useful")
    return replace(reply, useful=answer == "yes")


INTENTS: dict[str, Callable[[Context], Reply]] = {
    "greet": greet,
    "thanks": thanks,
    "goodbye": goodbye,
    "help": help_,
    "set_country": set_country,
    "set_language": set_language,
    "delete_my_data": ask_erase,
    "bot_challenge": bot_challenge,
    "out_of_scope": out_of_scope,
}
