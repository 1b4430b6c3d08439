"""A sheet of wallet cards to cut out, of the size of a bank card (ISO/IEC 7810): QR code, numbers, a line on fraud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.posters.canvas import GREY, INK, MARIGOLD, RED, TEAL, WHITE, Box, Canvas, Type
from bot.posters.flags import STRIPES
from bot.posters.poster import PAPERS, draw_stripes

if TYPE_CHECKING:
    import datetime as dt

    from bot.posters.content import Poster

#: ID-1, in millimetres.
CARD = (85.6, 54.0)
COLUMNS, ROWS = 2, 4
GAP = 6.0
#: Length and distance of the marks by which to cut (mm).
CUT, CUT_AWAY = 4.0, 1.0


def draw_wallet_sheet(poster: Poster, paper: str, made_on: dt.date) -> bytes:
    """The PDF of a sheet of cards on `paper` (a key of `PAPERS`)."""
    canvas = Canvas(*PAPERS[paper], title=f"Amparo · {poster.name}", made_on=made_on)
    canvas.add_page()
    left = (canvas.width - COLUMNS * CARD[0] - (COLUMNS - 1) * GAP) / 2
    top = (canvas.height - ROWS * CARD[1] - (ROWS - 1) * GAP) / 2
    for number in range(COLUMNS * ROWS):
        x = left + (number % COLUMNS) * (CARD[0] + GAP)
        y = top + (number // COLUMNS) * (CARD[1] + GAP)
        card = Box(x, y, *CARD)
        _card(canvas, card, poster)
        _cut_marks(canvas, card)
    return canvas.save()


def _card(canvas: Canvas, card: Box, poster: Poster) -> None:
    canvas.fill(card, WHITE)
    canvas.outline(card, (190, 196, 198), 0.15)
    canvas.fill(Box(card.x, card.y, card.width, 11), TEAL)
    draw_stripes(canvas, Box(card.x, card.y + card.height - 1.6, card.width, 1.6), STRIPES[poster.origin])
    title = Box(card.x + 3.5, card.y + 1, card.width - 27, 9)
    canvas.text(title, poster.words["wallet"], Type(14, "extra", WHITE, valign="middle"))
    mark = Box(card.x + card.width - 25, card.y + 1, 21.5, 9)
    canvas.text(mark, "Amparo", Type(13, "extra", MARIGOLD, "right", valign="middle"))
    canvas.qr(Box(card.x + 0.5, card.y + 11.5, 35, 35), poster.links.telegram)
    canvas.text(
        Box(card.x + 1.5, card.y + 46.2, 34, 3.4), poster.links.in_words.partition("?")[0], Type(7.5, "bold", TEAL, "center")
    )
    _side(canvas, Box(card.x + 36.5, card.y + 12.2, card.width - 39, 38), poster)
    _fraud(canvas, card, poster)


def _side(canvas: Canvas, side: Box, poster: Poster) -> None:
    first = f"{poster.words['free']}. {poster.words['no_name']}."
    canvas.text(Box(side.x, side.y, side.width, 4.5), first, Type(10, "bold", INK))
    second = f"{poster.second['free']}. {poster.second['no_name']}."
    canvas.text(Box(side.x, side.y + 4.2, side.width, 4), second, Type(8, "regular", GREY))
    canvas.text(Box(side.x, side.y + 8.8, side.width, 8), poster.name, Type(9, "bold", TEAL, lines=2))
    label, number = (
        (poster.consular.label, poster.consular.number) if poster.consular else (poster.words["directory"], poster.directory)
    )
    canvas.text(Box(side.x, side.y + 17.2, side.width, 4), label, Type(8, "regular", INK))
    canvas.text(Box(side.x, side.y + 20.6, side.width, 7), number, Type(15, "extra", RED))
    if poster.danger:
        danger = f"{poster.words['danger']} {poster.danger}"
        canvas.text(Box(side.x, side.y + 27.2, side.width, 5), danger, Type(10.5, "extra", RED))


def _fraud(canvas: Canvas, card: Box, poster: Poster) -> None:
    place = Box(card.x + 36.5, card.y + 44.6, card.width - 39, 7)
    canvas.text(place, poster.words["fraud"], Type(6.5, "regular", GREY, lines=3))


def _cut_marks(canvas: Canvas, card: Box) -> None:
    """Short lines beside the corners, outside the card."""
    for x in (card.x, card.x + card.width):
        for y, away in ((card.y, -1), (card.y + card.height, 1)):
            canvas.line((x, y + away * CUT_AWAY), (x, y + away * (CUT_AWAY + CUT / 2)), GREY, 0.1)
    for y in (card.y, card.y + card.height):
        for x, away in ((card.x, -1), (card.x + card.width, 1)):
            canvas.line((x + away * CUT_AWAY, y), (x + away * (CUT_AWAY + CUT / 2), y), GREY, 0.1)
