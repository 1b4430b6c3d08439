"""The coverage board as HTML, for the editors' page and for a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, select_autoescape

from knowledge.coverage import CoverageRow, CoverageStatus, coverage, share_verified
from knowledge.figures import say_date
from knowledge.workbench_words import words

if TYPE_CHECKING:
    import datetime as dt

    from knowledge.knowledge_base import KnowledgeBase

HERE = Path(__file__).parent
environment = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class BoardCountry:
    """One row of the board: a country, its cells by language, and how much of it is verified."""

    code: str
    name: str
    flag: str
    cells: dict[str, list[CoverageRow]]
    share: float


def board_countries(knowledge: KnowledgeBase, as_of: dt.date, language: str) -> list[BoardCountry]:
    """The rows of the board."""
    rows = coverage(knowledge, as_of)
    made = []
    for code, place in sorted(knowledge.countries.items()):
        mine = [row for row in rows if row.country == code]
        cells = {spoken: [row for row in mine if row.language == spoken] for spoken in knowledge.languages}
        flag = place.country.flag if place.country else ""
        made.append(BoardCountry(code, knowledge.country_name(code, language), flag, cells, share_verified(mine)))
    return made


def board_values(knowledge: KnowledgeBase, as_of: dt.date, language: str) -> dict[str, object]:
    """What the template of the board needs."""
    return {
        "words": words(language),
        "language": language,
        "countries": board_countries(knowledge, as_of, language),
        "topics": list(knowledge.register.topics),
        "titles": {topic: topic_title(knowledge, topic, language) for topic in knowledge.register.topics},
        "statuses": [str(status) for status in reversed(CoverageStatus)],
        "share": share_verified(coverage(knowledge, as_of)),
        "date": say_date(as_of, language),
    }


def topic_title(knowledge: KnowledgeBase, topic: str, language: str) -> str:
    """What people see a topic called."""
    found = knowledge.common.words_of(topic, language)
    return found.title if found else topic.replace("_", " ").capitalize()


def board_file(knowledge: KnowledgeBase, as_of: dt.date, language: str) -> str:
    """The board as one HTML page that needs no other file."""
    style = (HERE / "static" / "board.css").read_text(encoding="utf-8")
    return environment.get_template("board_file.html").render(
        style=style, alone=True, **board_values(knowledge, as_of, language)
    )
