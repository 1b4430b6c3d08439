"""Menus and choices: rows of buttons, and the short replies that only lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.buttons import encode
from actions.reply import Button, Fine, Heading, Paragraph, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actions.context import Context

Rows = tuple[tuple[Button, ...], ...]

#: Regions on one page of the choice; more would scroll off a small screen.
REGIONS_A_PAGE = 14


def in_rows(buttons: Iterable[Button], width: int) -> Rows:
    """Buttons in rows of `width`."""
    flat = list(buttons)
    return tuple(tuple(flat[start : start + width]) for start in range(0, len(flat), width))


def menu_button(context: Context) -> Button:
    """Back to the categories."""
    return Button(context.say("button_menu"), encode("menu"))


def topic_button(context: Context, topic: str) -> Button:
    """Opens a topic."""
    return Button(context.topic_title(topic), encode("topic", topic))


def offer_rows(context: Context, category_name: str) -> Rows:
    """The button to the offer check, for what is about recruitment and while the content has the check."""
    if category_name != "recruitment" or context.knowledge.offers is None:
        return ()
    return ((Button(context.say("button_offer"), encode("offer")),),)


def emergency_row(context: Context) -> tuple[Button, ...]:
    """The way to the emergency numbers."""
    return (Button(context.say("button_emergency"), encode("emergency")),)


def category_rows(context: Context) -> Rows:
    """One button a category, and danger first of all."""
    categories = context.knowledge.register.categories
    buttons = [Button(context.say(f"category_{name}"), encode("category", name)) for name in categories]
    return (emergency_row(context), *in_rows(buttons, 2), _foot(context))


def _foot(context: Context) -> tuple[Button, ...]:
    return (
        Button(context.say("button_consulate"), encode("consulate")),
        Button(context.say("button_language"), encode("ask_language")),
    )


def menu(context: Context) -> Reply:
    """The categories."""
    blocks = (Heading(context.say("menu_title")), Paragraph(context.say("menu_intro")))
    return Reply(blocks, category_rows(context), context.profile, outcome="menu")


def category(context: Context, name: str) -> Reply:
    """The topics of one category, one a row."""
    topics = [id_ for id_, topic in context.knowledge.register.topics.items() if topic.category == name]
    rows = in_rows((topic_button(context, topic) for topic in topics), 1)
    blocks = (Heading(context.say(f"category_{name}")),)
    offer = offer_rows(context, name)
    return Reply(blocks, (*offer, *rows, (menu_button(context),)), context.profile, outcome="menu")


def country_rows(context: Context, verb: str, topic: str | None) -> Rows:
    """The eleven countries, flag and name; `verb` is `work` or `home`, `topic` the one to answer next."""
    countries = sorted(context.knowledge.countries, key=context.country_name)
    buttons = []
    for code in countries:
        country = context.country(code)
        flag = f"{country.flag} " if country else ""
        buttons.append(Button(f"{flag}{context.country_name(code)}", encode(verb, code, topic or "")))
    return in_rows(buttons, 2)


def ask_country(context: Context, verb: str, topic: str | None = None, notice: str | None = None) -> Reply:
    """Ask for the work country (`work`) or the country of origin (`home`)."""
    question = context.say("ask_work_country" if verb == "work" else "ask_home_country")
    blocks = tuple(Paragraph(text) for text in (notice, question) if text)
    rows = (*country_rows(context, verb, topic), (menu_button(context),))
    return Reply(blocks, rows, context.profile, outcome="ask_country")


def region_rows(context: Context, country: str, page: int, topic: str | None) -> Rows:
    """One page of the regions of a country, in two columns, by name."""
    described = context.country(country)
    regions = sorted((described.regions if described else {}).items(), key=lambda item: item[1].name)
    shown = regions[page * REGIONS_A_PAGE : (page + 1) * REGIONS_A_PAGE]
    rows = in_rows((Button(region.name, encode("region", code, topic or "")) for code, region in shown), 2)
    turn = []
    if page > 0:
        turn.append(Button(context.say("button_back"), encode("regions", str(page - 1), topic or "")))
    if (page + 1) * REGIONS_A_PAGE < len(regions):
        turn.append(Button(context.say("button_more"), encode("regions", str(page + 1), topic or "")))
    return (*rows, tuple(turn)) if turn else rows


def ask_region(context: Context, topic: str | None = None, page: int = 0) -> Reply:
    """Ask for the state or province of the work country; ask for the country first if it is not known."""
    country = context.profile.work_country
    described = context.country(country)
    if country is None or described is None or not described.regions:
        return ask_country(context, "work", topic)
    question = context.say("ask_region", word=described.region_word[context.language])
    rows = (*region_rows(context, country, page, topic), (menu_button(context),))
    return Reply((Paragraph(question),), rows, context.profile, outcome="ask_region")


def ask_language(context: Context) -> Reply:
    """The languages by their own names."""
    buttons = [Button(language.name, encode("language", code)) for code, language in context.knowledge.languages.items()]
    rows = (*in_rows(buttons, 2), (menu_button(context),))
    return Reply((Paragraph(context.say("ask_language")),), rows, context.profile, outcome="ask_language")


def choice(context: Context, key: str, topics: Sequence[str], outcome: str) -> Reply:
    """Two or three topics to choose from, when the question was not clear."""
    rows = in_rows((topic_button(context, topic) for topic in topics), 1)
    last = (Button(context.say("button_none_of_these"), encode("menu")),)
    return Reply((Paragraph(context.say(key)),), (*rows, last), context.profile, outcome=outcome)


def notice(context: Context, key: str, outcome: str, hint: str | None = None, **values: object) -> Reply:
    """A sentence or two and the menu."""
    blocks = [Paragraph(context.say(key, **values))]
    if hint:
        blocks.append(Paragraph(context.say(hint)))
    return Reply(tuple(blocks), category_rows(context), context.profile, outcome=outcome)


def fine(context: Context, key: str, **values: object) -> Fine:
    """Small print."""
    return Fine(context.say(key, **values))
