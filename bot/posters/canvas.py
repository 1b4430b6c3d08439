"""A sheet of paper to draw on, in millimetres: fonts, colours, texts that fit their place, a QR code of sharp squares.

The type is Atkinson Hyperlegible Next (Braille Institute, SIL Open Font License, `fonts/OFL.txt`), made for poor eyesight.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import segno
from fpdf import FPDF
from fpdf.enums import Align

if TYPE_CHECKING:
    from collections.abc import Sequence

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Atkinson"
#: Millimetres in a point of type.
POINT = 25.4 / 72
#: Distance of two lines of text, in sizes of the type.
LEADING = 1.18
#: No text is set smaller than this (points), however long it is.
SMALLEST = 6.0
#: Empty modules around a QR code (ISO/IEC 18004).
QUIET_ZONE = 4

Colour = tuple[int, int, int]
TEAL: Colour = (12, 61, 62)
TEAL_SOFT: Colour = (224, 236, 233)
MARIGOLD: Colour = (250, 182, 40)
CREAM: Colour = (255, 250, 240)
INK: Colour = (24, 28, 30)
GREY: Colour = (86, 94, 98)
RED: Colour = (176, 32, 36)
WHITE: Colour = (255, 255, 255)

Weight = Literal["regular", "bold", "extra"]
_STYLES: dict[Weight, Literal["", "B", "I"]] = {"regular": "", "bold": "B", "extra": "I"}
_ALIGN = {"left": Align.L, "center": Align.C, "right": Align.R}
_FILES = {"": "400Regular", "B": "700Bold", "I": "800ExtraBold"}


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the sheet: left, top, width and height in millimetres."""

    x: float
    y: float
    width: float
    height: float

    def inner(self, margin: float) -> Box:
        """The same place without a margin."""
        return Box(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: the largest size (points) it may have, weight, colour, alignment, lines at most."""

    size: float
    weight: Weight = "regular"
    colour: Colour = INK
    align: Literal["left", "center", "right"] = "left"
    lines: int = 1
    valign: Literal["top", "middle"] = "top"


class Canvas:
    """One PDF file, page by page."""

    def __init__(self, width: float, height: float, title: str, made_on: dt.date) -> None:
        self.width, self.height = width, height
        self._pdf = FPDF(unit="mm", format=(width, height))
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_title(title)
        self._pdf.set_creator("Amparo")
        self._pdf.set_creation_date(dt.datetime.combine(made_on, dt.time(), dt.UTC))
        for style, name in _FILES.items():
            self._pdf.add_font(FAMILY, style, str(FONTS / f"AtkinsonHyperlegibleNext_{name}.ttf"))

    def add_page(self) -> None:
        """Begin a page."""
        self._pdf.add_page()

    def save(self) -> bytes:
        """The finished file; nothing can be drawn after it."""
        finished = bytes(self._pdf.output())
        for font in self._pdf.fonts.values():
            getattr(font, "ttfont").close()  # noqa: B009  # fpdf2 keeps the files open and does not declare the attribute
        return finished

    def fill(self, box: Box, colour: Colour, radius: float = 0) -> None:
        """A filled rectangle, with rounded corners if `radius` is not 0."""
        self._pdf.set_fill_color(*colour)
        if radius:
            self._pdf.rect(box.x, box.y, box.width, box.height, style="F", round_corners=True, corner_radius=radius)
        else:
            self._pdf.rect(box.x, box.y, box.width, box.height, style="F")

    def outline(self, box: Box, colour: Colour, thickness: float = 0.2) -> None:
        """The edge of a rectangle."""
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(thickness)
        self._pdf.rect(box.x, box.y, box.width, box.height)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: Colour, thickness: float) -> None:
        """A straight line with round ends."""
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(thickness)
        self._pdf.line(*start, *end)
        self._pdf.set_fill_color(*colour)
        for x, y in (start, end):  # round ends, so that two lines join without a notch
            self._pdf.circle(x, y, thickness / 2, style="F")

    def tick(self, x: float, y: float, size: float) -> None:
        """A check mark in a circle."""
        self._pdf.set_fill_color(*TEAL)
        self._pdf.ellipse(x, y, size, size, style="F")
        middle = (x + 0.44 * size, y + 0.70 * size)
        self.line((x + 0.27 * size, y + 0.52 * size), middle, WHITE, size * 0.12)
        self.line(middle, (x + 0.74 * size, y + 0.32 * size), WHITE, size * 0.12)

    def text(self, box: Box, text: str, kind: Type) -> float:
        """Set a text into a place, as large as it fits; the height it took (mm)."""
        size, lines = self._fit(box, text, kind)
        height = size * POINT * LEADING
        self._pdf.set_text_color(*kind.colour)
        taken = height * len(lines)
        top = box.y + (box.height - taken) / 2 if kind.valign == "middle" else box.y
        for number, line in enumerate(lines):
            self._pdf.set_xy(box.x, top + number * height)
            self._pdf.cell(box.width, height, line, align=_ALIGN[kind.align])
        return taken

    def common_size(self, boxes: Sequence[tuple[Box, str]], kind: Type) -> float:
        """The largest size (points) in which every text fits its place, so that a list looks like one."""
        return min(self._fit(box, text, kind)[0] for box, text in boxes)

    def _fit(self, box: Box, text: str, kind: Type) -> tuple[float, Sequence[str]]:
        size = kind.size
        while True:
            self._pdf.set_font(FAMILY, _STYLES[kind.weight], size)
            lines = self._wrapped(text, box.width)
            tall = len(lines) * size * POINT * LEADING
            wide = max(self._pdf.get_string_width(line) for line in lines)
            if (len(lines) <= kind.lines and tall <= box.height + 0.1 and wide <= box.width + 0.1) or size <= SMALLEST:
                return size, lines
            size -= 0.5

    def _wrapped(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            candidate = f"{lines[-1]} {word}" if lines else word
            if lines and self._pdf.get_string_width(candidate) <= width:
                lines[-1] = candidate
            else:
                lines.append(word)
        return lines or [""]

    def qr(self, box: Box, address: str) -> None:
        """The QR code of an address with its quiet zone, on a place that is white; a quarter may be soiled (level Q)."""
        code = segno.make(address, error="q", micro=False, boost_error=False)
        size = min(box.width, box.height)
        rows = list(code.matrix)
        module = size / (len(rows) + 2 * QUIET_ZONE)
        self._pdf.set_fill_color(0, 0, 0)
        for y, row in enumerate(rows):
            for start, length in _runs(row):
                left = box.x + (start + QUIET_ZONE) * module
                self._pdf.rect(left, box.y + (y + QUIET_ZONE) * module, length * module, module, style="F")


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """The dark stretches of a row: where each begins and how many modules it has."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
