"""The poster for a waiting room: one sheet, two languages, a QR code one can read from across the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.posters.canvas import CREAM, GREY, INK, MARIGOLD, RED, TEAL, TEAL_SOFT, WHITE, Box, Canvas, Type
from bot.posters.content import POINTS
from bot.posters.flags import STRIPES

if TYPE_CHECKING:
    import datetime as dt

    from bot.posters.canvas import Colour
    from bot.posters.content import Poster

#: Width and height in millimetres.
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
#: The sheet for which the measures below are written; others are stretched in height.
DESIGNED = (210.0, 297.0)
MARGIN = 12.0


class _Page:
    """Places of the design, stretched to the sheet."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.down = canvas.height / DESIGNED[1]
        self.scale = min(1.0, self.down)

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """A place by the measures of the design; `width` 0 is as wide as the sheet with equal margins."""
        return Box(x, y * self.down, width or self.canvas.width - 2 * x, height * self.down)

    def text(self, box: Box, text: str, kind: Type) -> float:
        """A text in the type of the design, reduced with the sheet."""
        smaller = Type(kind.size * self.scale, kind.weight, kind.colour, kind.align, kind.lines, kind.valign)
        return self.canvas.text(box, text, smaller)


def draw_poster(poster: Poster, paper: str, made_on: dt.date) -> bytes:
    """The PDF of a poster on `paper` (a key of `PAPERS`)."""
    canvas = Canvas(*PAPERS[paper], title=f"Amparo · {poster.name}", made_on=made_on)
    canvas.add_page()
    page = _Page(canvas)
    canvas.fill(Box(0, 0, canvas.width, canvas.height), CREAM)
    _header(page, poster)
    _code(page, poster)
    _points(page, poster)
    _numbers(page, poster)
    _foot(page, poster)
    return canvas.save()


def _header(page: _Page, poster: Poster) -> None:
    canvas = page.canvas
    canvas.fill(page.box(0, 0, canvas.width, 84), TEAL)
    draw_stripes(canvas, page.box(0, 0, canvas.width, 5), STRIPES[poster.origin])
    name = page.box(MARGIN, 10, 0, 12)
    page.text(
        Box(name.x, name.y, name.width - 46, name.height), poster.name, Type(19, "bold", MARIGOLD, lines=2, valign="middle")
    )
    page.text(
        Box(name.x + name.width - 44, name.y, 44, name.height), "Amparo", Type(27, "extra", WHITE, "right", valign="middle")
    )
    page.text(page.box(MARGIN, 22, 0, 24), poster.words["headline"], Type(56, "extra", WHITE, valign="middle"))
    page.text(page.box(MARGIN, 45, 0, 13), poster.second["headline"], Type(30, "bold", MARIGOLD, valign="middle"))
    page.text(page.box(MARGIN, 60, 0, 10), poster.words["tagline"], Type(18, "bold", WHITE, valign="middle"))
    page.text(page.box(MARGIN, 70, 0, 8), poster.second["tagline"], Type(14, "regular", TEAL_SOFT, valign="middle"))


def _code(page: _Page, poster: Poster) -> None:
    canvas = page.canvas
    card = page.box(MARGIN, 91, 112, 112)
    side = min(card.width, card.height)
    canvas.fill(Box(card.x - 1.2, card.y - 1.2, side + 2.4, side + 2.4), MARIGOLD, radius=5)
    canvas.fill(Box(card.x, card.y, side, side), WHITE, radius=4)
    canvas.qr(Box(card.x + 0.5, card.y + 0.5, side - 1, side - 1), poster.links.telegram)
    left = card.x + side + 9
    width = canvas.width - MARGIN - left
    page.text(page.box(left, 92, width, 30), poster.words["scan"], Type(24, "extra", TEAL, lines=3))
    page.text(page.box(left, 122, width, 7), poster.second["scan"], Type(13, "regular", GREY))
    page.text(page.box(left, 131, width, 8), poster.words["opens"], Type(18, "bold", INK))
    page.text(page.box(left, 138.5, width, 6), poster.second["opens"], Type(12, "regular", GREY))
    pill = page.box(left, 147, width, 34)
    canvas.fill(pill, MARIGOLD, radius=4)
    inside = pill.inner(3.5)
    half = inside.height / 2
    page.text(
        Box(inside.x, inside.y, inside.width, half), poster.words["free"], Type(30, "extra", INK, "center", 1, "middle")
    )
    below = Box(inside.x, inside.y + half, inside.width, half * 0.55)
    page.text(below, poster.words["no_name"], Type(18, "bold", INK, "center", 1, "middle"))
    last = Box(inside.x, below.y + below.height, inside.width, half * 0.45)
    both = f"{poster.second['free']}. {poster.second['no_name']}."
    page.text(last, both, Type(12, "regular", INK, "center", 1, "middle"))
    _address(page, poster, left, width)


def _address(page: _Page, poster: Poster, left: float, width: float) -> None:
    page.text(page.box(left, 184, width, 5), f"{poster.words['or_type']}", Type(10.5, "regular", GREY))
    bot, _, payload = poster.links.in_words.partition("?")
    page.text(page.box(left, 189, width, 8), bot, Type(16, "bold", TEAL))
    page.text(page.box(left, 197, width, 6), f"?{payload}", Type(11, "bold", TEAL))


def _points(page: _Page, poster: Poster) -> None:
    """What the bot helps with, in one size of type."""
    width = (page.canvas.width - 2 * MARGIN - 6) / 2
    places = [(MARGIN + (number % 2) * (width + 6), 210 + (number // 2) * 15.5) for number in range(len(POINTS))]
    boxes = [page.box(left + 12, top - 0.6, width - 12, 7.6) for left, top in places]
    kind = Type(17.5 * page.scale, "bold", INK, valign="middle")
    size = page.canvas.common_size([(box, poster.words[key]) for box, key in zip(boxes, POINTS, strict=True)], kind)
    for (left, top), box, key in zip(places, boxes, POINTS, strict=True):
        mark = page.box(left, top, 9, 9)
        page.canvas.tick(mark.x, mark.y + 0.6, 8.6 * page.scale)
        page.canvas.text(box, poster.words[key], Type(size, "bold", INK, valign="middle"))
        page.text(page.box(left + 12, top + 6.6, width - 12, 5.4), poster.second[key], Type(12, "regular", GREY))


def _numbers(page: _Page, poster: Poster) -> None:
    """The numbers to call: police and ambulance on the left, the consulate's on the right."""
    band = page.box(MARGIN, 242, 0, 28)
    page.canvas.fill(band, RED, radius=4)
    inside = band.inner(3.5)
    left = 52.0 if poster.danger else 0.0
    if poster.danger:
        danger = Box(inside.x, inside.y, left - 4, inside.height)
        _number(page, danger, poster.words["danger"], poster.second["danger"], poster.danger)
        page.canvas.fill(Box(inside.x + left - 2, inside.y + 1, 0.4, inside.height - 2), WHITE)
    rest = Box(inside.x + left + 2, inside.y, inside.width - left - 2, inside.height)
    if poster.consular is None:
        _number(page, rest, poster.words["directory"], poster.second["directory"], poster.directory)
        return
    key = next((key for key in _NUMBER_LABELS if poster.words[key] == poster.consular.label), None)
    _number(page, rest, poster.consular.label, poster.second[key] if key else "", poster.consular.number)


_NUMBER_LABELS = ("consular_emergency", "consulate_telephone")


def _number(page: _Page, box: Box, label: str, second: str, number: str) -> None:
    third = box.height / 4.2
    page.text(Box(box.x, box.y, box.width, third), label, Type(13, "bold", WHITE, valign="middle"))
    page.text(Box(box.x, box.y + third, box.width, third * 0.8), second, Type(10.5, "regular", WHITE, valign="middle"))
    rest = Box(box.x, box.y + third * 1.8, box.width, box.height - third * 1.8)
    page.text(rest, number, Type(33, "extra", WHITE, valign="middle"))


def _foot(page: _Page, poster: Poster) -> None:
    page.text(page.box(MARGIN, 272, 0, 5.5), poster.words["fraud"], Type(11.5, "bold", INK))
    page.text(page.box(MARGIN, 277.3, 0, 5), poster.second["fraud"], Type(10.5, "regular", INK))
    fine = f"{poster.words['disclaimer']} {poster.second['disclaimer']}"
    page.text(page.box(MARGIN, 283.5, 0, 4.5), fine, Type(8.5, "regular", GREY))
    draw_stripes(page.canvas, page.box(0, 293, page.canvas.width, 4), STRIPES[poster.origin])


def draw_stripes(canvas: Canvas, box: Box, colours: tuple[Colour, ...]) -> None:
    """A band in the colours of a flag, side by side."""
    width = box.width / len(colours)
    for number, colour in enumerate(colours):
        canvas.fill(Box(box.x + number * width, box.y, width, box.height), colour)
