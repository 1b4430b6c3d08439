"""One message, one reply: answered at once, asked afterwards, danger first, nothing forged believed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from actions.buttons import MAX_BYTES, BadButtonError, decode, encode
from actions.dispatch import COMMANDS, decide, has_words
from actions.incoming import Command, Location, Press, Text, Unsupported
from actions.profile import UserProfile
from actions.reply import Fine, Heading, Labelled, OfficeLine, Paragraph
from bot.rendering.plain import plain_text
from nlu.thresholds import THRESHOLDS
from tests.builders import make_prediction, place

if TYPE_CHECKING:
    from actions.incoming import Incoming
    from actions.reply import Reply
    from knowledge.knowledge_base import KnowledgeBase
    from nlu.prediction import Prediction

AS_OF = dt.date(2026, 11, 25)
IN_TEXAS = UserProfile("es", "us", "US-TX", "gt")


def reply_to(
    knowledge: KnowledgeBase, incoming: Incoming, prediction: Prediction | None = None, profile: UserProfile | None = None
) -> Reply:
    return decide(incoming, prediction, profile or UserProfile(), knowledge, AS_OF)


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def data(reply: Reply) -> list[str]:
    return [button.data for row in reply.buttons for button in row if button.data]


def test_first_question_is_answered_before_anything_is_asked(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("no me han pagado"), make_prediction("wage_unpaid"))
    assert reply.outcome == "answer"
    assert isinstance(reply.blocks[0], Heading)
    assert sum(value.startswith("work:") for value in data(reply)) == len(knowledge.countries)
    assert all(value.endswith(":wage_unpaid") for value in data(reply) if value.startswith("work:"))


def test_known_country_gives_its_law_and_asks_for_the_home_country(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("no me pagan"), make_prediction("wage_unpaid"), UserProfile("es", "us"))
    assert reply.sources
    assert any("866" in (office.telephone or "") for office in reply.offices)
    assert any(value.startswith("home:gt") for value in data(reply))


def test_complete_card_names_limit_office_consulate_law_and_day(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("no me pagan"), make_prediction("wage_unpaid"), IN_TEXAS)
    text = plain_text(reply)
    for part in (
        "Plazo:",
        "180 días",
        "1-866-487-9243",
        "Guatemala en Houston",
        "29 U.S.C.",
        "Verificado el",
        "no es asesoría legal",
    ):
        assert part in text, part
    assert reply.consulate is not None
    assert reply.consulate["id"] == "gt-us-houston"


def test_what_the_text_says_of_the_person_is_used(knowledge: KnowledgeBase) -> None:
    entities = [place("home_country", "ni"), place("work_country", "cr")]
    reply = reply_to(knowledge, Text("x x"), make_prediction("wage_unpaid", entities=entities))
    assert (reply.profile.home_country, reply.profile.work_country) == ("ni", "cr")
    city = reply_to(knowledge, Text("x x"), make_prediction("wage_unpaid", entities=[place("city", "US-TX", "work")]))
    assert (city.profile.work_country, city.profile.region) == ("us", "US-TX")


def test_another_work_country_forgets_the_region_of_the_first(knowledge: KnowledgeBase) -> None:
    moved = make_prediction("wage_unpaid", entities=[place("work_country", "cr", "work")])
    reply = reply_to(knowledge, Text("x x"), moved, IN_TEXAS)
    assert (reply.profile.work_country, reply.profile.region, reply.profile.home_country) == ("cr", None, "gt")


def test_bare_country_does_not_overwrite_a_known_one(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("x x"), make_prediction("wage_minimum", entities=[place("country", "cr")]), IN_TEXAS)
    assert reply.profile.work_country == "us"


def test_unsure_offers_topics_and_answers_none(knowledge: KnowledgeBase) -> None:
    unsure = make_prediction("wage_unpaid", 0.3, others=[("wage_deductions", 0.28), ("greet", 0.2), ("complaint_how", 0.1)])
    reply = reply_to(knowledge, Text("x x"), unsure)
    assert reply.outcome == "ask"
    assert data(reply)[:3] == ["topic:wage_unpaid", "topic:wage_deductions", "topic:complaint_how"]


def test_out_of_scope_is_said_honestly(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("cuánto cuesta un iPhone"), make_prediction("out_of_scope", in_scope=0.01))
    assert (reply.outcome, reply.topic, reply.sources) == ("out_of_scope", None, ())


@pytest.mark.parametrize("profile", [UserProfile(), IN_TEXAS, UserProfile("en", "cr", None, "ni")])
@pytest.mark.parametrize("intent", ["trafficking_forced_labour", "wage_unpaid", "out_of_scope", "passport_retention"])
def test_danger_puts_numbers_before_anything_else(knowledge: KnowledgeBase, intent: str, profile: UserProfile) -> None:
    reply = reply_to(knowledge, Text("x x"), make_prediction(intent, danger=0.99), profile)
    assert reply.danger
    assert isinstance(reply.blocks[0], Heading)
    lines = [block for block in reply.blocks[1:3] if isinstance(block, OfficeLine)]
    assert lines
    assert lines[0].telephone
    if profile.work_country:
        assert "911" in lines[0].telephone
    assert reply.intent == intent


@pytest.mark.parametrize("text", ["", " ", "🙏", "😀😀😀", "1234", "x", "...", "\x00"])
def test_message_without_words_gets_a_kind_answer(knowledge: KnowledgeBase, text: str) -> None:
    assert not has_words(text)
    reply = reply_to(knowledge, Text(text))
    assert reply.outcome == "not_text"
    assert reply.buttons


@pytest.mark.parametrize("kind", ["voice", "photo", "sticker", "document", "other", "unheard-of"])
def test_message_that_is_no_text_gets_a_kind_answer(knowledge: KnowledgeBase, kind: str) -> None:
    assert reply_to(knowledge, Unsupported(kind)).buttons


def test_without_the_classifier_words_are_searched(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("mi patron no me quiere pagar el aguinaldo"))
    assert reply.outcome == "search"
    assert "topic:bonus_13th" in data(reply)


def test_search_bridges_accents_and_typing_errors(knowledge: KnowledgeBase) -> None:
    assert "topic:bonus_13th" in data(reply_to(knowledge, Text("aguinlado")))
    assert "topic:holidays_vacation" in data(reply_to(knowledge, Text("vacasiones")))


def test_without_the_classifier_danger_is_still_seen(knowledge: KnowledgeBase) -> None:
    for text in ("nos tienen ENCERRADOS", "me quiere matar", "he locked us in the trailer", "ya no quiero vivir"):
        assert reply_to(knowledge, Text(text)).danger, text


@pytest.mark.parametrize(
    "forged", ["", "zzz", "work:zz", "topic:nope", "region:XX-YY", "category:x", "useful:yes:nope", "language:zz", "x" * 200]
)
def test_forged_button_leads_back_to_a_choice(knowledge: KnowledgeBase, forged: str) -> None:
    reply = reply_to(knowledge, Press(forged), None, IN_TEXAS)
    assert reply.buttons
    assert reply.profile == IN_TEXAS


def test_every_button_of_every_reply_can_be_pressed(knowledge: KnowledgeBase) -> None:
    """Walk the whole graph of buttons for a new person and for one of whom all is known."""
    for profile in (UserProfile(), IN_TEXAS):
        seen: set[str] = set()
        queue = ["menu"]
        while queue:
            pressed = queue.pop()
            seen.add(pressed)
            reply = reply_to(knowledge, Press(pressed), None, profile)
            assert reply.blocks, pressed
            assert "Ese botón ya no sirve" not in plain_text(reply), pressed
            for value in data(reply):
                assert len(value.encode()) <= MAX_BYTES
                if value not in seen and not value.startswith(("work:", "home:", "region:", "useful:", "offer:")):
                    queue.append(value)
        assert {f"topic:{topic}" for topic in knowledge.register.topics} <= seen


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_answers(knowledge: KnowledgeBase, name: str) -> None:
    assert reply_to(knowledge, Command(name), None, IN_TEXAS).blocks
    assert reply_to(knowledge, Command(name)).blocks


def test_unknown_command_gets_help(knowledge: KnowledgeBase) -> None:
    assert reply_to(knowledge, Command("nonsense")).outcome == "help"


def test_start_link_sets_what_it_says_and_a_forged_one_nothing(knowledge: KnowledgeBase) -> None:
    opened = reply_to(knowledge, Command("start", "gt-us-houston_en_feria2026")).profile
    assert opened == UserProfile("en", "us", "US-TX", "gt", "gt-us-houston_feria2026")
    for forged in ("zz-yy-x", "gt-us-houston_xx", "'; --", "gt-us-houston_es_" + "a" * 40):
        assert reply_to(knowledge, Command("start", forged)).profile == UserProfile()


def test_erasing_asks_first_and_then_forgets(knowledge: KnowledgeBase) -> None:
    asked = reply_to(knowledge, Command("borrar"), None, IN_TEXAS)
    assert not asked.erase
    done = reply_to(knowledge, Press("erase:yes"), None, IN_TEXAS)
    assert done.erase
    assert done.profile == UserProfile("es")
    assert not reply_to(knowledge, Press("erase:no"), None, IN_TEXAS).erase


def test_location_gives_region_and_nearest_post_and_is_not_kept(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Location(29.76, -95.37), None, UserProfile("es", None, None, "gt"))
    assert reply.profile.region == "US-TX"
    assert "29.7" not in repr(reply.profile)
    assert reply.consulate is not None
    assert reply.consulate["city"] == "Houston"


def test_location_far_from_everywhere_asks_for_the_country(knowledge: KnowledgeBase) -> None:
    assert reply_to(knowledge, Location(-45.0, 170.0)).outcome == "ask_country"


def test_unclear_law_before_its_first_day_is_not_covered(knowledge: KnowledgeBase) -> None:
    profile = UserProfile("es", "cr")
    reply = decide(Press("topic:wage_minimum"), None, profile, knowledge, dt.date(2019, 1, 1))
    assert reply.outcome == "not_covered"
    assert reply.offices


def test_person_at_home_is_not_sent_to_a_consulate(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Command("consulado"), None, UserProfile("es", "gt", None, "gt"))
    assert "no necesita consulado" in plain_text(reply)


@pytest.mark.parametrize("language", ["es", "en"])
def test_reply_speaks_one_language(knowledge: KnowledgeBase, language: str) -> None:
    reply = reply_to(knowledge, Press("topic:wage_unpaid"), None, UserProfile(language, "us", "US-TX", "gt"))
    text = plain_text(reply)
    assert ("Time limit" in text) == (language == "en")
    assert ("Plazo" in text) == (language == "es")


def test_useful_vote_is_thanked_and_counted(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Press("useful:no:wage_unpaid"), None, IN_TEXAS)
    assert (reply.useful, reply.topic) == (False, "wage_unpaid")


def test_general_information_is_said_on_every_card(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Press("topic:unions"), None, IN_TEXAS)
    assert isinstance(reply.blocks[-1], Fine)
    assert any(isinstance(block, Labelled | Paragraph) for block in reply.blocks)


def test_encode_refuses_what_decode_would() -> None:
    assert decode(encode("work", "us", "wage_unpaid")).arguments == ("us", "wage_unpaid")
    for verb, argument in (("nope", ""), ("work", "USA"), ("topic", "x" * 70)):
        with pytest.raises(BadButtonError):
            encode(verb, argument)


@pytest.mark.parametrize(
    ("country", "topic", "treaty"),
    [
        ("cr", "domestic_work", "Convenio 189"),
        ("gt", "wage_irregular_status", "Convención de la ONU"),
        ("us", "domestic_work", None),
    ],
)
def test_treaty_is_named_only_where_it_binds(knowledge: KnowledgeBase, country: str, topic: str, treaty: str | None) -> None:
    text = plain_text(reply_to(knowledge, Press(f"topic:{topic}"), None, UserProfile("es", country)))
    assert ("Tratado que vale aquí" in text) == (treaty is not None)
    assert treaty is None or treaty in text


def test_low_alarm_puts_numbers_first_and_still_answers_the_question(knowledge: KnowledgeBase) -> None:
    reply = reply_to(knowledge, Text("x x"), make_prediction("wage_unpaid", danger=THRESHOLDS.danger), IN_TEXAS)
    assert reply.danger
    assert reply.topic == "wage_unpaid"
    assert "1-866-487-9243" in plain_text(reply)


ENGLISH = {"en": 0.99, "es": 0.01}


def test_another_language_is_offered_beside_the_answer_and_the_answer_comes_again_in_it(knowledge: KnowledgeBase) -> None:
    asked = make_prediction("wage_unpaid", languages=ENGLISH)
    reply = reply_to(knowledge, Text("my boss has not paid me"), asked, IN_TEXAS)
    assert reply.profile.language == "es", "nothing is switched unasked"
    assert labels(reply)[0] == "Shall I speak English?"
    switched = reply_to(knowledge, Press(data(reply)[0]), profile=IN_TEXAS)
    assert switched.profile.language == "en"
    assert (switched.topic, switched.outcome) == ("wage_unpaid", "answer")


@pytest.mark.parametrize(
    ("text", "languages"),
    [("thank you", ENGLISH), ("no me han pagado", {"es": 0.99, "en": 0.01}), ("my boss has not paid me", {})],
)
def test_no_other_language_is_offered_on_a_word_or_without_reason(
    knowledge: KnowledgeBase, text: str, languages: dict[str, float]
) -> None:
    reply = reply_to(knowledge, Text(text), make_prediction("wage_unpaid", languages=languages), IN_TEXAS)
    assert not any(value.startswith("language:") for value in data(reply))


def test_who_asks_for_the_languages_is_offered_each_once(knowledge: KnowledgeBase) -> None:
    asked = make_prediction("set_language", languages=ENGLISH)
    offered = data(reply_to(knowledge, Text("please speak english with me"), asked, IN_TEXAS))
    assert sum(value.startswith("language:en") for value in offered) == 1


def test_a_switch_to_no_language_of_ours_asks_which(knowledge: KnowledgeBase) -> None:
    assert reply_to(knowledge, Press("language:xx:wage_unpaid"), profile=IN_TEXAS).outcome == "ask_language"
