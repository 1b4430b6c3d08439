"""Is this offer real? In eight taps at most, in both languages, for every corridor, with a place to ask and no verdict."""

from __future__ import annotations

import datetime as dt
import re
from itertools import permutations
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.dispatch import decide
from actions.incoming import Command, Press
from actions.offer_check import ENOUGH_SIGNS, WHATSAPP
from actions.profile import UserProfile
from actions.reply import Heading, Labelled, OfficeLine, Paragraph, SourceLine, Steps
from bot.rendering.plain import plain_text
from bot.rendering.telegram_html import html_messages
from knowledge.loader import load_knowledge_base
from knowledge.offer_models import OfferLevel
from knowledge.validation_offers import LABEL_LIMIT, VERDICTS
from tests.builders import copy_sample
from tests.real_knowledge import AS_OF, real_knowledge, real_offers

if TYPE_CHECKING:
    from pathlib import Path

    from actions.incoming import Incoming
    from actions.reply import Reply
    from knowledge.knowledge_base import KnowledgeBase

KNOWLEDGE = real_knowledge()
OFFERS = real_offers()
COUNTRIES = sorted(KNOWLEDGE.countries)
CODES = sorted(OFFERS.codes)
LANGUAGES = ("es", "en")
#: The six signs that weigh most: the longest result that opens by itself.
WORST = "efprtx"


def reply_to(incoming: Incoming | str, profile: UserProfile | None = None, knowledge: KnowledgeBase = KNOWLEDGE) -> Reply:
    sent = Press(incoming) if isinstance(incoming, str) else incoming
    return decide(sent, None, profile or UserProfile(), knowledge, AS_OF)


def data(reply: Reply) -> list[str]:
    return [button.data for row in reply.buttons for button in row if button.data]


def press_label(reply: Reply, label: str) -> str:
    return next(button.data for row in reply.buttons for button in row if label in button.label)


def level_shown(reply: Reply, language: str) -> OfferLevel:
    titles = {words.title[language]: level for level, words in OFFERS.levels.items()}
    return next(titles[block.text] for block in reply.blocks if isinstance(block, Heading) and block.text in titles)


# --- ticking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("topic", ["recruitment_fraud", "recruitment_fees", "passport_retention", "temporary_programmes"])
def test_button_stands_under_every_recruitment_topic(topic: str) -> None:
    assert "offer" in data(reply_to(f"topic:{topic}"))


def test_button_stands_in_the_recruitment_menu_only() -> None:
    assert data(reply_to("category:recruitment"))[0] == "offer"
    assert "offer" not in data(reply_to("category:wages"))
    assert "offer" not in data(reply_to("topic:wage_unpaid"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_open_one_screen_of_signs(language: str) -> None:
    profile = UserProfile(language)
    for name in ("oferta", "offer"):
        reply = reply_to(Command(name), profile)
        labels = [button.label for row in reply.buttons for button in row]
        assert labels[:-2] == [f"☐ {sign.label[language]}" for sign in OFFERS.signs.values()]
        assert all(len(label) <= LABEL_LIMIT + 2 for label in labels)
        assert len(reply.buttons) <= 15
        assert reply.profile == profile


def test_tap_ticks_and_unticks_and_keeps_nothing() -> None:
    ticked = reply_to("offer:tick.f")
    assert [button.label[0] for row in ticked.buttons[:-1] for button in row].count("☑") == 1
    assert press_label(ticked, "☑") == "offer:tick"
    assert ticked.profile == UserProfile()
    assert ticked.outcome == "ask_offer"


@settings(max_examples=60)
@given(st.permutations(CODES), st.integers(0, len(CODES)), st.sampled_from(LANGUAGES))
def test_any_signs_in_any_order_reach_a_result_in_eight_taps_from_the_menu(
    order: list[str], count: int, language: str
) -> None:
    profile = UserProfile(language)
    reply, taps = reply_to("category:recruitment", profile), 1
    reply, taps = reply_to(press_label(reply, "🔎"), profile), taps + 1
    by_code = {sign.code: sign.label[language] for sign in OFFERS.signs.values()}
    for code in order[:count]:
        reply, taps = reply_to(press_label(reply, by_code[code]), profile), taps + 1
        if reply.outcome == "answer":
            break
    if reply.outcome != "answer":
        reply, taps = reply_to(press_label(reply, "✅"), profile), taps + 1
    assert taps <= 8
    assert level_shown(reply, language) in OfferLevel
    assert reply.topic == "recruitment_fraud"


def test_more_signs_can_be_ticked_after_the_result_opened_by_itself() -> None:
    result = reply_to(f"offer:result.{''.join(CODES[:ENOUGH_SIGNS])}")
    again = reply_to(press_label(result, "←"))
    assert again.outcome == "ask_offer"
    assert reply_to(press_label(again, "☐")).outcome == "answer"
    assert reply_to(press_label(again, "☑")).outcome == "ask_offer"


# --- the result ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "level"), [("", OfferLevel.NO_SIGN_FOUND), (".w", OfferLevel.CAREFUL), (".f", OfferLevel.STOP)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_result_says_its_level_and_why(codes: str, level: OfferLevel, language: str) -> None:
    reply = reply_to(f"offer:result{codes}", UserProfile(language, "us", None, "gt"))
    assert level_shown(reply, language) is level
    steps = [block for block in reply.blocks if isinstance(block, Steps)]
    assert len(steps) == (2 if codes else 1)
    for sign in OFFERS.ticked(codes):
        assert sign.reason[language] in plain_text(reply)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("home", "work"), list(permutations(COUNTRIES, 2)))
def test_every_corridor_says_where_to_check_and_report_at_both_ends(home: str, work: str, language: str) -> None:
    reply = reply_to(f"offer:result.{WORST}", UserProfile(language, work, None, home))
    flags = {code: KNOWLEDGE.countries[code].country.flag for code in (home, work)}
    for label in (KNOWLEDGE.say(language, "offer_verify"), KNOWLEDGE.say(language, "offer_report")):
        start = next(
            index for index, block in enumerate(reply.blocks) if isinstance(block, Labelled) and block.label == label
        )
        named = []
        for block in reply.blocks[start + 1 :]:
            if not isinstance(block, OfficeLine):
                break
            named.append(block)
        for code, flag in flags.items():
            assert any(office.name.startswith(flag) for office in named), (label, code)
        assert all(office.telephone or office.url or office.details for office in named)
    assert sum(isinstance(block, SourceLine) for block in reply.blocks) == 2
    assert len(reply.sources) > 2
    for part in html_messages(reply):
        assert len(part) <= 4000
    assert reply.danger
    assert isinstance(reply.blocks[1], OfficeLine)


@pytest.mark.parametrize(("home", "work"), list(permutations(COUNTRIES, 2)))
def test_usual_result_fits_into_one_message(home: str, work: str) -> None:
    for language in LANGUAGES:
        reply = reply_to("offer:result.afw", UserProfile(language, work, None, home))
        assert len(html_messages(reply)) == 1


def test_result_comes_before_the_countries_are_asked() -> None:
    reply = reply_to("offer:result.fw")
    assert level_shown(reply, "es") is OfferLevel.STOP
    assert "work:us:offer_fw" in data(reply)
    assert KNOWLEDGE.say("es", "offer_ask_work") in plain_text(reply)
    known = reply_to("work:us:offer_fw")
    assert known.profile.work_country == "us"
    assert level_shown(known, "es") is OfferLevel.STOP
    assert "home:gt:offer_fw" in data(known)
    both = reply_to("home:gt:offer_fw", known.profile)
    assert (both.profile.home_country, both.profile.work_country) == ("gt", "us")
    assert level_shown(both, "es") is OfferLevel.STOP
    assert not any(value.startswith(("home:", "work:")) for value in data(both))
    assert "work:ca:offer_fw" in data(reply_to("ask_work:offer_fw", both.profile))


def test_offer_in_ones_own_country_names_it_once() -> None:
    reply = reply_to("offer:result.f", UserProfile("es", "mx", None, "mx"))
    assert sum(isinstance(block, Labelled) and "México" in block.label for block in reply.blocks) == 1


def test_embassy_of_the_country_of_work_is_named() -> None:
    reply = reply_to("offer:result.v", UserProfile("es", "us", None, "gt"))
    assert "Embajada de Estados Unidos en Ciudad de Guatemala" in plain_text(reply)


def test_office_for_one_country_of_origin_is_shown_to_its_people_only() -> None:
    mexican = plain_text(reply_to("offer:result.f", UserProfile("es", "us", None, "mx")))
    nicaraguan = plain_text(reply_to("offer:result.f", UserProfile("es", "us", None, "ni")))
    assert "Consulado de Estados Unidos en Monterrey" in mexican
    assert "Consulado de Estados Unidos en Monterrey" not in nicaraguan


def test_province_gives_its_own_register() -> None:
    anywhere = plain_text(reply_to("offer:result.f", UserProfile("es", "ca", None, "gt")))
    quebec = plain_text(reply_to("offer:result.f", UserProfile("es", "ca", "CA-QC", "gt")))
    assert "CNESST" in quebec
    assert "CNESST" not in anywhere


@pytest.mark.parametrize("profile", [UserProfile(), UserProfile("es", "us"), UserProfile("en", "cr", None, "ni")])
def test_threats_put_the_emergency_numbers_first(profile: UserProfile) -> None:
    reply = reply_to("offer:result.x", profile)
    assert reply.danger
    first = next(block for block in reply.blocks if isinstance(block, OfficeLine))
    assert first.telephone
    verdict = next(index for index, block in enumerate(reply.blocks) if isinstance(block, Heading) and "⛔" in block.text)
    assert reply.blocks.index(first) < verdict
    assert data(reply)[0] == "emergency"
    assert not reply_to("offer:result.f", profile).danger


def test_law_past_its_review_is_not_told() -> None:
    later = dt.date(2031, 1, 1)
    reply = decide(Press("offer:result.fw"), None, UserProfile("es", "us", None, "gt"), KNOWLEDGE, later)
    assert level_shown(reply, "es") is OfferLevel.STOP
    assert reply.sources == ()
    text = plain_text(reply)
    for sign in OFFERS.ticked("fw"):
        assert sign.label["es"] in text
        assert sign.reason["es"] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_has_its_source_one_tap_away(language: str) -> None:
    profile = UserProfile(language, "us", None, "gt")
    laws = reply_to(f"offer:law.{''.join(CODES)}", profile)
    shown = {(block.citation, block.url) for block in laws.blocks if isinstance(block, SourceLine)}
    result = reply_to(f"offer:result.{''.join(CODES)}", profile)
    assert {(source.citation, source.url) for source in result.sources} <= shown
    assert {(sign.citation, sign.source) for sign in OFFERS.signs.values()} <= shown


def test_more_signs_than_reasons_are_counted() -> None:
    assert f"Y {len(CODES) - 6} señales más" in plain_text(reply_to(f"offer:result.{''.join(CODES)}"))


# --- the warning --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("home", "work"), [("gt", "us"), ("mx", "ca"), ("hn", "mx"), ("ni", "cr"), ("ca", "pa"), ("us", "do")]
)
def test_warning_stands_alone_and_can_be_sent_on(home: str, work: str, language: str) -> None:
    reply = reply_to(f"offer:warn.{''.join(CODES)}", UserProfile(language, work, None, home))
    lines = [block.text for block in reply.blocks if isinstance(block, Heading | Paragraph)]
    assert len(lines) == len(reply.blocks)
    for sign in OFFERS.signs.values():
        assert f"• {sign.label[language]}" in lines
    assert lines[-1] == OFFERS.warning.close[language]
    url = reply.buttons[0][0].url
    assert url is not None
    assert unquote(url.removeprefix(WHATSAPP)) == "\n".join(lines)
    assert len(url) <= 4000


def test_warning_without_ticks_names_the_signs_that_mean_stop() -> None:
    text = plain_text(reply_to("offer:warn"))
    for sign in OFFERS.signs.values():
        assert (sign.label["es"] in text) == sign.stop


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("codes", ["", ".w", ".f", f".{''.join(CODES)}"])
@pytest.mark.parametrize("step", ["result", "law", "warn"])
def test_nobody_is_called_guilty_and_nothing_safe(step: str, codes: str, language: str) -> None:
    text = plain_text(reply_to(f"offer:{step}{codes}", UserProfile(language, "us", None, "gt"))).casefold()
    for verdict in VERDICTS:
        assert verdict not in text
    assert not re.search(r"\bestafador|\bscammer|\bcriminal\b|\bdelincuente", text)


# --- distrust -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forged",
    ["offer:tick.zz", "offer:nope", "offer:result.fa", "offer:tick.", "offer:..", "work:us:offer_q", "home:gt:offer_fa"],
)
def test_forged_press_leads_on_and_changes_no_result(forged: str) -> None:
    reply = reply_to(forged)
    assert reply.buttons
    assert reply.topic is None


def test_every_button_on_the_way_can_be_pressed() -> None:
    profile, seen = UserProfile("es", "us", "US-TX", "gt"), set()
    queue = ["offer", "offer:tick.f", "offer:result.fx", "offer:law.fx", "offer:warn.fx", "offer:result"]
    while queue:
        pressed = queue.pop()
        seen.add(pressed)
        reply = reply_to(pressed, profile)
        assert "Ese botón ya no sirve" not in plain_text(reply), pressed
        queue.extend(value for value in data(reply) if value.startswith("offer") and len(value) <= 14 and value not in seen)


def test_content_without_a_checklist_shows_no_button(tmp_path: Path) -> None:
    bare = load_knowledge_base(copy_sample(tmp_path / "knowledge"))
    assert bare.offers is None
    assert "offer" not in data(reply_to("category:recruitment", None, bare))
    assert reply_to("offer:tick.f", None, bare).outcome == "menu"
    assert reply_to(Command("oferta"), None, bare).outcome == "menu"
