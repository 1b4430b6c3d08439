"""The QR code of every poster is read by an independent reader, also after a bad photocopy, and leads to its link."""

from __future__ import annotations

import datetime as dt
import io
import time

import pytest
import zxingcpp
from PIL import Image, ImageEnhance, ImageFilter
from typer.testing import CliRunner

from actions.context import Context
from actions.profile import UserProfile
from actions.start_link import make_payload, open_link
from bot.cli import app
from bot.posters.canvas import Box, Canvas, Type
from bot.posters.content import ExpiredPostError, make_poster
from bot.posters.files import png_of
from bot.posters.link import BadUsernameError, make_links
from bot.posters.poster import PAPERS, draw_poster
from bot.posters.wallet import COLUMNS, ROWS, draw_wallet_sheet
from knowledge.models import Status
from tests.real_knowledge import AS_OF, FOLDER, real_knowledge

BOT = "AmparoDerechosBot"
GT_IN_US = [
    id_
    for id_, post in real_knowledge().consulates["gt"].posts.items()
    if post.host == "us" and post.status is Status.VERIFIED
]


def a_poster(post_id="gt-us-houston", campaign=None, languages=("es", "en"), as_of=AS_OF):
    links = make_links(make_payload(post_id, languages[0], campaign), BOT, 8080)
    return make_poster(real_knowledge(), post_id, links, languages, as_of, BOT)


def picture(pdf, dpi=100):
    return Image.open(io.BytesIO(png_of(pdf, dpi))).convert("RGB")


def codes(image):
    return [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)]  # type: ignore[arg-type]


def photocopied(image, degrees=4.0, blur=1.6):
    """Grey, faint, blurred, askew and speckled, as a third copy comes out of an old machine."""
    grey = ImageEnhance.Contrast(image.convert("L")).enhance(0.45)
    askew = grey.rotate(degrees, expand=True, fillcolor=200)
    speckles = Image.effect_noise(askew.size, 60).convert("L")
    return Image.blend(askew.filter(ImageFilter.GaussianBlur(blur)), speckles, 0.18)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("degrees", [-7.0, 4.0, 90.0, 180.0])
def test_the_code_is_read_after_a_photocopy(paper, degrees):
    poster = a_poster("mx-us-houston", campaign="feria2026")

    assert codes(photocopied(picture(draw_poster(poster, paper, AS_OF)), degrees)) == [poster.links.telegram]


def test_every_wallet_card_has_the_code_also_after_a_photocopy():
    poster = a_poster("hn-us-san-francisco", campaign="feria2026")
    sheet = picture(draw_wallet_sheet(poster, "letter", AS_OF), dpi=200)

    assert codes(sheet) == [poster.links.telegram] * (COLUMNS * ROWS)
    assert poster.links.telegram in codes(photocopied(sheet))


def test_the_code_opens_the_profile_of_the_consulate():
    payload = make_payload("gt-us-houston", "es", "feria2026")
    opened = open_link(Context(real_knowledge(), UserProfile("en"), AS_OF), payload)

    assert opened.profile == UserProfile("es", "us", "US-TX", "gt", "gt-us-houston_feria2026")


def test_the_code_of_each_guatemalan_poster_in_the_us_is_its_link():
    for poster in map(a_poster, GT_IN_US):
        assert codes(picture(draw_poster(poster, "a4", AS_OF))) == [poster.links.telegram]


@pytest.mark.e2e
def test_the_kit_of_all_guatemalan_posts_in_the_us_is_made_in_a_minute(tmp_path):
    begun = time.process_time()  # not the wall clock: the machine may be busy with other tests
    result = run("kit", "gt", "--work", "us", "--out", str(tmp_path))
    taken = time.process_time() - begun

    assert result.exit_code == 0, result.output
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    files = [file for file in tmp_path.iterdir() if file.suffix in {".pdf", ".png"}]
    assert len(files) == 6 * len(GT_IN_US)
    assert all(file.name in page for file in files)
    for poster in tmp_path.glob("*poster-letter.png"):
        assert codes(Image.open(poster).convert("RGB")) == [f"https://t.me/{BOT}?start={poster.name.rpartition('_')[0]}"]
    assert taken < 60


def test_a_post_with_an_emergency_number_shows_it():
    poster = a_poster("mx-us-los-angeles")

    assert poster.consular.number == real_knowledge().consulates["mx"].posts["mx-us-los-angeles"].emergency_telephone


def test_a_post_without_a_number_of_its_own_shows_its_countrys_line_or_directory():
    assert a_poster("mx-us-boise").consular.number == "+1 520-623-7874"
    assert a_poster("sv-us-tucson" if "sv-us-tucson" in _shown("sv") else "sv-us-houston").consular is not None
    assert a_poster("ni-us-new-york").consular is None
    assert a_poster("ni-us-new-york").directory == "www.cancilleria.gob.ni"


def _shown(origin):
    return [id_ for id_, post in real_knowledge().consulates[origin].posts.items() if post.status is Status.VERIFIED]


def test_no_poster_is_made_for_a_draft_or_an_expired_post():
    posts = real_knowledge().consulates["do"].posts
    draft = next(id_ for id_, post in posts.items() if post.status is Status.DRAFT)
    with pytest.raises(ExpiredPostError):
        a_poster(draft)
    with pytest.raises(ExpiredPostError):
        a_poster("gt-us-houston", as_of=dt.date(2099, 1, 1))


@pytest.mark.parametrize("name", ["", "Amparo", "a b bot", "x" * 40 + "bot", "evil/bot"])
def test_a_name_that_is_no_bots_is_refused(name):
    with pytest.raises(BadUsernameError):
        make_links("gt-us-houston_es", name, 8080)


def test_a_long_text_is_made_smaller_instead_of_leaving_its_place():
    canvas = Canvas(100, 100, "t", AS_OF)
    canvas.add_page()
    taken = canvas.text(Box(5, 5, 40, 12), "Consulado General de la República Dominicana en San Juan", Type(30, lines=2))

    canvas.save()

    assert taken <= 12.1


def test_the_same_poster_is_the_same_file():
    assert draw_poster(a_poster(), "a4", AS_OF) == draw_poster(a_poster(), "a4", AS_OF)


def run(*arguments):
    environment = {"AMPARO_BOT_USERNAME": BOT, "AMPARO_KNOWLEDGE_DIR": str(FOLDER)}
    return CliRunner().invoke(app, ["consulate", *arguments], env=environment)


def test_the_link_command_prints_both_addresses():
    result = run("link", "gt-us-houston", "--campaign", "feria2026")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"https://t.me/{BOT}?start=gt-us-houston_es_feria2026",
        "http://127.0.0.1:8080/?start=gt-us-houston_es_feria2026",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("link", "gt-us-atlantis"),
        ("link", "gt-us-houston", "--campaign", "Feria 2026"),
        ("link", "gt-us-houston", "--campaign", "x" * 25),
        ("link", "gt-us-houston", "--language", "xx"),
        ("link", "gt-us-houston", "--bot", "nobody"),
        ("kit", "xx"),
    ],
)
def test_wrong_use_ends_with_two_and_a_sentence(arguments):
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.output.strip()
    assert "Traceback" not in result.output


def test_the_poster_command_writes_six_files(tmp_path):
    result = run("poster", "gt-us-houston", "--out", str(tmp_path / "new"))

    assert result.exit_code == 0
    assert len(list((tmp_path / "new").iterdir())) == 6
