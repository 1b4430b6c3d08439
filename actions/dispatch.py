"""The only way in: what came, what the classifier made of it, who wrote, what is known -> one `Reply`. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions import conversation, navigation
from actions.answer import answer_topic, in_danger
from actions.buttons import BadButtonError, decode
from actions.consulate_card import consulate_card
from actions.context import Context
from actions.incoming import Command, Location, Press, Text, Unsupported
from actions.language_offer import with_language_offer
from actions.location import at_location
from actions.offer_check import start as start_offer_check
from actions.places import near_town
from actions.presses import press
from actions.reply import Button, Paragraph, Reply
from actions.search import fold, keyword_topics
from actions.start_link import open_link
from actions.understanding import Decision, danger_topic, decide_intent, learn

if TYPE_CHECKING:
    import datetime as dt

    from actions.incoming import Incoming
    from actions.profile import UserProfile
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

_LETTERS = re.compile(r"[^\W\d_]")


def has_words(text: str) -> bool:
    """Whether a text holds at least two letters: an emoji, a number or a lone letter asks nothing."""
    return len(_LETTERS.findall(text)) > 1


def decide(
    incoming: Incoming,
    prediction: Prediction | None,
    profile: UserProfile,
    knowledge: KnowledgeBase,
    as_of: dt.date,
) -> Reply:
    """The reply to one message.

    Args:
        incoming: what the person sent.
        prediction: what the classifier says of a text; None when it is away, or the message is no text.
        profile: what is known of the person.
        knowledge: the content to answer from.
        as_of: the day for which the law is asked.
    """
    context = Context(knowledge, profile, as_of)
    match incoming:
        case Text(text) if not has_words(text):
            return conversation.not_text(context, "sticker")
        case Text(text):
            return _text(context, text, prediction)
        case Press(data):
            return _press(context, data)
        case Command(name, argument):
            return _command(context, name, argument)
        case Location(lat, lon):
            return at_location(context, (lat, lon))
        case Unsupported(kind):
            return conversation.not_text(context, kind)


def _text(context: Context, text: str, prediction: Prediction | None) -> Reply:
    if prediction is None:
        return _by_keywords(context, text)
    known = near_town(context.with_profile(learn(context.profile, prediction, context.knowledge)), text)
    decision = decide_intent(prediction, context.knowledge)
    reply = _danger(known, prediction, decision) if decision.danger else _decided(known, decision)
    return with_language_offer(replace(reply, intent=prediction.intent), context, text, prediction)


def _danger(context: Context, prediction: Prediction, decision: Decision) -> Reply:
    ranked = [ranked.name for ranked in prediction.ranking[:3]]
    return in_danger(context, danger_topic(decision, ranked, context.knowledge))


def _decided(context: Context, decision: Decision) -> Reply:
    if decision.kind == "ask":
        return navigation.choice(context, "unsure", decision.intents, "ask")
    if decision.kind == "decline":
        return conversation.out_of_scope(context)
    intent = decision.intents[0]
    if intent in context.knowledge.register.topics:
        return answer_topic(context, intent)
    return conversation.INTENTS.get(intent, conversation.out_of_scope)(context)


def _by_keywords(context: Context, text: str) -> Reply:
    """Without the classifier: danger words first, then the plain search."""
    if speaks_of_danger(context.knowledge, text):
        return in_danger(context, "emergency")
    topics = keyword_topics(context.knowledge, context.language, text)
    if topics:
        found = navigation.choice(context, "search_results", topics, "search")
        return replace(found, buttons=(navigation.emergency_row(context), *found.buttons))
    return navigation.notice(context, "search_nothing", "search")


def speaks_of_danger(knowledge: KnowledgeBase, text: str) -> bool:
    """Whether every word of one of the danger phrases begins a word of the text."""
    words = re.findall(r"[a-z]+", fold(text))
    return any(
        all(any(word.startswith(stem) for word in words) for stem in fold(phrase).split())
        for phrases in knowledge.danger_phrases.values()
        for phrase in phrases
    )


def _press(context: Context, data: str) -> Reply:
    try:
        pressed = decode(data)
    except BadButtonError:
        return navigation.notice(context, "button_expired", "menu")
    return press(context, pressed) or navigation.notice(context, "button_expired", "menu")


def _command(context: Context, name: str, argument: str) -> Reply:
    if name == "start":
        opened = open_link(context, argument)
        return conversation.greet(opened)
    handler = COMMANDS.get(name)
    return handler(context) if handler else conversation.help_(context)


COMMANDS = {
    "menu": navigation.menu,
    "pais": lambda context: navigation.ask_country(context, "work"),
    "consulado": consulate_card,
    "oferta": start_offer_check,
    "idioma": navigation.ask_language,
    "privacidad": conversation.privacy,
    "borrar": conversation.ask_erase,
    "ayuda": conversation.help_,
}
COMMANDS |= {
    english: COMMANDS[spanish]
    for spanish, english in {
        "pais": "country",
        "consulado": "consulate",
        "oferta": "offer",
        "idioma": "language",
        "privacidad": "privacy",
        "borrar": "delete",
        "ayuda": "help",
    }.items()
}


def group_reply(context: Context, private_link: str) -> Reply:
    """In a group the bot says nothing but where to talk in private."""
    button = Button(context.say("group_button"), url=private_link)
    return Reply((Paragraph(context.say("group")),), ((button,),), context.profile, outcome="group")
