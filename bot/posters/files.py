"""Writes posters to disk: PDF for the printer, PNG for a screen or a message, an index page for a whole country."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from jinja2 import Environment, FileSystemLoader, select_autoescape
from PIL import Image

from bot.posters.poster import PAPERS, draw_poster
from bot.posters.wallet import draw_wallet_sheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from bot.posters.content import Poster

#: Dots per inch of the PNG: a printed letter of the smallest type stays sharp.
DPI = 150
#: Colours of the PNG: flat colours and the grey of their edges need no more, and the file is a third.
COLOURS = 64
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one post, by name of the sheet."""

    poster: Poster
    files: tuple[Path, ...]


def write_poster(poster: Poster, folder: Path, made_on: dt.date) -> Written:
    """Write the sheets of a post into `folder`, which is made if need be.

    Raises:
        OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = poster.links.payload
    files: list[Path] = []
    for paper in PAPERS:
        files += _write(draw_poster(poster, paper, made_on), folder / f"{stem}_poster-{paper}")
    files += _write(draw_wallet_sheet(poster, "letter", made_on), folder / f"{stem}_cards-letter")
    return Written(poster, tuple(files))


def _write(pdf: bytes, stem: Path) -> list[Path]:
    printed, shown = Path(f"{stem}.pdf"), Path(f"{stem}.png")
    printed.write_bytes(pdf)
    shown.write_bytes(png_of(pdf))
    return [printed, shown]


def png_of(pdf: bytes, dpi: int = DPI) -> bytes:
    """The first page of a PDF as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        image = document[0].render(scale=dpi / 72).to_pil()
        buffer = io.BytesIO()
        image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(buffer, format="PNG", dpi=(dpi, dpi))
        return buffer.getvalue()
    finally:
        document.close()


def write_index(written: Iterable[Written], folder: Path, country: str, made_on: dt.date) -> Path:
    """The page that shows every poster of a country with its link and its files."""
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape())
    page = environment.get_template("kit.html").render(posts=list(written), country=country, made_on=made_on)
    index = folder / "index.html"
    index.write_text(page, encoding="utf-8")
    return index
