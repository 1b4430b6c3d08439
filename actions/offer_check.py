"""Is this job offer real? One screen of warning signs to tick, a plain result, the laws behind it, a warning to forward.

It informs; it never says that a recruiter is guilty or an offer safe. What is still unknown of the person is asked under the
result, never before it. From the menu eight taps always reach a result: the tap on the sixth sign opens it by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from actions import navigation
from actions.answer import emergency_blocks
from actions.buttons import encode
from actions.offer_places import danger_lines, report_lines, rule_of, sides, verify_lines
from actions.offer_rules import level_of, weightiest_first
from actions.offer_state import OfferState, Step, decode_resume, decode_state, encode_resume, encode_state
from actions.reply import Block, Button, Fine, Heading, Labelled, OfficeLine, Paragraph, Reply, SourceLine, Steps
from knowledge.card import Source
from knowledge.figures import say_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actions.context import Context
    from actions.navigation import Rows
    from actions.offer_places import Rule, Side
    from knowledge.offer_models import LevelWords, OffersFile, Sign

#: Signs after which the result opens by itself: category, offer, six signs are eight taps.
ENOUGH_SIGNS = 6
#: Reasons told in a result; every sign stands on the page of laws.
REASONS_SHOWN = 6
#: Offices in the warning to forward.
OFFICES_IN_WARNING = 4
TOPIC = "recruitment_fraud"
WHATSAPP = "https://wa.me/?text="
_ITEM = "• "


def offer_check(context: Context, argument: str = "") -> Reply | None:
    """The step that a press of the verb `offer` stands for; None for data that is none of ours."""
    offers = context.knowledge.offers
    state = decode_state(argument, offers) if offers else None
    if offers is None or state is None:
        return None
    steps = {Step.TICK: _checklist, Step.RESULT: _result, Step.LAW: _laws, Step.WARN: _warning}
    return steps[state.step](context, offers, state)


def start(context: Context) -> Reply:
    """The command: an empty checklist, or the topic in words where the content has no checklist."""
    return offer_check(context) or navigation.category(context, "recruitment")


def resume(context: Context, argument: str) -> Reply | None:
    """The result again, now that a country was chosen; None when something else was waiting for the choice."""
    offers = context.knowledge.offers
    state = decode_resume(argument, offers) if offers else None
    return _result(context, offers, state) if offers and state else None


# --- ticking ------------------------------------------------------------------------------------------------------------


def _checklist(context: Context, offers: OffersFile, state: OfferState) -> Reply:
    blocks = (Heading(context.say("offer_title")), Paragraph(context.say("offer_intro")))
    signs = ((_toggle(context, state, sign),) for sign in offers.signs.values())
    last = (_step_button(context, "offer_see_result", state.at(Step.RESULT)), navigation.menu_button(context))
    return Reply(blocks, (*signs, last), context.profile, outcome="ask_offer")


def _toggle(context: Context, state: OfferState, sign: Sign) -> Button:
    """Ticks or unticks one sign; the tick that is enough opens the result."""
    ticked = sign.code in state.codes
    after = state.toggled(sign.code)
    if not ticked and len(after.codes) >= ENOUGH_SIGNS:
        after = after.at(Step.RESULT)
    return Button(f"{'☑' if ticked else '☐'} {sign.label[context.language]}", _data(after))


def _step_button(context: Context, key: str, state: OfferState) -> Button:
    return Button(context.say(key), _data(state))


def _data(state: OfferState) -> str:
    return encode("offer", encode_state(state))


# --- the result ---------------------------------------------------------------------------------------------------------


def _result(context: Context, offers: OffersFile, state: OfferState) -> Reply:
    signs = weightiest_first(offers.ticked(state.codes))
    urgent = any(sign.urgent for sign in signs)
    places = sides(context, offers)
    rules = _rules(context, places)
    verify, report = verify_lines(context, places), report_lines(context, places)
    blocks: list[Block] = [
        *(_danger(context) if urgent else ()),
        *_verdict(context, offers.levels[level_of(offers, state.codes)], signs),
        *_labelled(context.say("offer_verify"), verify),
        *_labelled(context.say("offer_report"), report),
        *(Labelled(rule.label, rule.text) for rule in rules),
        *_foot(context, signs, rules),
    ]
    return Reply(
        tuple(blocks),
        _result_buttons(context, state, urgent=urgent),
        context.profile,
        topic=TOPIC,
        country=context.profile.work_country,
        danger=urgent,
        sources=_sources(context, signs, rules),
        offices=(*verify, *report),
    )


def _danger(context: Context) -> tuple[Block, ...]:
    lines = danger_lines(context)
    if not lines:
        return emergency_blocks(context)
    return (Heading(context.say("danger_title")), *lines, Paragraph(context.say("danger_first"), strong=True))


def _verdict(context: Context, words: LevelWords, signs: Sequence[Sign]) -> list[Block]:
    language = context.language
    blocks: list[Block] = [Heading(words.title[language]), Paragraph(words.text[language])]
    if signs:
        shown = tuple(_reason(context, sign) for sign in signs[:REASONS_SHOWN])
        blocks.append(Steps(context.say("offer_reasons"), shown))
    if len(signs) > REASONS_SHOWN:
        blocks.append(Paragraph(context.say("offer_more_signs", number=len(signs) - REASONS_SHOWN)))
    blocks.append(Steps(context.say("label_steps"), words.steps[language]))
    return blocks


def _reason(context: Context, sign: Sign) -> str:
    """The sign and why it is one; without its legal statement once that is due for review."""
    label = sign.label[context.language]
    return f"{label}. {sign.reason[context.language]}" if _is_current(context, sign) else f"{label}."


def _is_current(context: Context, sign: Sign) -> bool:
    return context.as_of <= sign.review_by


def _labelled(label: str, lines: Sequence[OfficeLine]) -> tuple[Block, ...]:
    return (Labelled(label, ""), *lines) if lines else ()


def _sources(context: Context, signs: Iterable[Sign], rules: Iterable[Rule]) -> tuple[Source, ...]:
    """The laws of the countries first, then those behind the signs; each once."""
    behind_signs = (Source(sign.citation, sign.source, sign.verified_on) for sign in signs if _is_current(context, sign))
    every = [*(source for rule in rules for source in rule.sources), *behind_signs]
    return tuple({(source.citation, source.url): source for source in every}.values())


def _foot(context: Context, signs: Sequence[Sign], rules: Sequence[Rule]) -> tuple[Block, ...]:
    """The law of each country, else the first behind the signs; the rest is one tap away."""
    every = _sources(context, signs, rules)
    shown = [rule.sources[0] for rule in rules] or every[:1]
    blocks: list[Block] = [_source_line(context, source) for source in shown]
    if every:
        oldest = min(source.verified_on for source in every)
        blocks.append(navigation.fine(context, "verified_on", date=say_date(oldest, context.language)))
    missing = _missing(context)
    if missing:
        blocks.append(Paragraph(context.say(f"offer_ask_{missing}")))
    blocks.append(Fine(context.say("general_information")))
    return tuple(blocks)


def _source_line(context: Context, source: Source) -> SourceLine:
    return SourceLine(context.say("label_law"), source.citation, context.say("label_source"), source.url)


def _rules(context: Context, places: Iterable[Side]) -> list[Rule]:
    return [rule for side in places if (rule := rule_of(context, side))]


def _missing(context: Context) -> str | None:
    """The country to ask for next: where the job would be, then where the person is from."""
    if context.profile.work_country is None:
        return "work"
    return "home" if context.profile.home_country is None else None


def _result_buttons(context: Context, state: OfferState, *, urgent: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if urgent:
        rows.append((Button(context.say("button_emergency"), encode("emergency")),))
    waiting = encode_resume(state.codes)
    missing = _missing(context)
    if missing:
        rows.extend(navigation.country_rows(context, missing, waiting))
    rows.append((_step_button(context, "offer_warn", state.at(Step.WARN)),))
    rows.append(
        (_step_button(context, "offer_change", state.at(Step.TICK)), _step_button(context, "offer_laws", state.at(Step.LAW)))
    )
    if missing != "work":
        rows.append((Button(context.say("button_other_country"), encode("ask_work", waiting)),))
    rows.append((Button(context.say("offer_more"), encode("topic", TOPIC)), navigation.menu_button(context)))
    return tuple(rows)


# --- the laws -----------------------------------------------------------------------------------------------------------


def _laws(context: Context, offers: OffersFile, state: OfferState) -> Reply:
    """Every statement of the result with the law or office behind it and the page."""
    signs = weightiest_first(offers.ticked(state.codes))
    rules = _rules(context, sides(context, offers))
    blocks: list[Block] = [Heading(context.say("offer_laws_title"))]
    for rule in rules:
        blocks.extend((Labelled(rule.label, rule.text), *(_source_line(context, source) for source in rule.sources)))
    for sign in signs:
        blocks.append(Paragraph(_reason(context, sign)))
        if _is_current(context, sign):
            blocks.append(_source_line(context, Source(sign.citation, sign.source, sign.verified_on)))
    if not rules and not signs:
        blocks.append(Paragraph(context.say(f"offer_ask_{_missing(context)}")))
    blocks.append(Fine(context.say("general_information")))
    rows = ((_step_button(context, "button_back", state.at(Step.RESULT)), navigation.menu_button(context)),)
    sources = _sources(context, signs, rules)
    return Reply(tuple(blocks), rows, context.profile, outcome="offer_laws", topic=TOPIC, sources=sources)


# --- the warning to forward ---------------------------------------------------------------------------------------------


def _warning(context: Context, offers: OffersFile, state: OfferState) -> Reply:
    """A message that stands alone when forwarded: signs, what not to do, where to ask. It names nobody."""
    language, words = context.language, offers.warning
    lines = [words.signs[language], *(_ITEM + sign.label[language] for sign in _warned_of(offers, state))]
    lines.append(words.advice[language])
    places = sides(context, offers)
    for label, offices in ((words.verify, verify_lines(context, places)), (words.report, report_lines(context, places))):
        reachable = [text for office in offices if (text := _in_words(office))][:OFFICES_IN_WARNING]
        if reachable:
            lines.extend([label[language], *(_ITEM + text for text in reachable)])
    lines.append(words.close[language])
    title = words.title[language]
    share = Button(context.say("offer_whatsapp"), url=WHATSAPP + quote("\n".join([title, *lines])))
    rows = ((share,), (_step_button(context, "button_back", state.at(Step.RESULT)), navigation.menu_button(context)))
    blocks: tuple[Block, ...] = (Heading(title), *(Paragraph(line) for line in lines))
    return Reply(blocks, rows, context.profile, outcome="offer_warning", topic=TOPIC, country=context.profile.work_country)


def _warned_of(offers: OffersFile, state: OfferState) -> tuple[Sign, ...]:
    """The ticked signs, or the decisive ones when none is."""
    return offers.ticked(state.codes) or tuple(sign for sign in offers.signs.values() if sign.stop)


def _in_words(office: OfficeLine) -> str | None:
    """An office in one line of plain text, None when there is neither number nor page."""
    reach = office.telephone or office.url
    return f"{office.name}: {reach}" if reach else None
