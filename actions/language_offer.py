"""Somebody writes in another language than the bot speaks to them: the answer stands, and a button offers the other one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions.buttons import encode
from actions.reply import Button
from nlu.language import likeliest_language

if TYPE_CHECKING:
    from actions.context import Context
    from actions.reply import Reply
    from nlu.prediction import Prediction


def with_language_offer(reply: Reply, context: Context, text: str, prediction: Prediction) -> Reply:
    """The reply, and as its first button the offer to say it in the language of the message; nothing is switched unasked."""
    guess = likeliest_language(text, prediction.languages, prior=context.language)
    spoken = guess.language in context.knowledge.languages and reply.outcome != "ask_language"
    if not spoken or not guess.offers_switch_from(context.language):
        return reply
    label = context.knowledge.say(guess.language, "offer_language")
    button = Button(label, encode("language", guess.language, reply.topic or ""))
    return replace(reply, buttons=((button,), *reply.buttons))
