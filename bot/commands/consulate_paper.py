"""`amparo consulate events | slip`: the calendar of mobile consulates, and a slip read out of its code."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer

from actions.consulate_finder import find_consulate
from actions.context import Context
from actions.events import coming_events
from actions.profile import UserProfile
from actions.reply import Labelled
from actions.slip import slip_lines
from actions.slip_code import BadSlipCodeError, decode_slip
from bot.commands.consulate_support import known_country, known_language, load_knowledge, refuse
from bot.reports.calendar import make_calendar

Language = Annotated[str, typer.Option(help="Language of the text: es or en.")]


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def events(
    home: Annotated[str | None, typer.Option(help="Only posts of this country of origin.")] = None,
    work: Annotated[str | None, typer.Option(help="Only posts in this country.")] = None,
    language: Language = "es",
    ics: Annotated[Path | None, typer.Option(help="Write an iCalendar file here instead.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List mobile consulates and other events that are not over, or write them as a calendar."""
    knowledge = load_knowledge()
    spoken = known_language(knowledge, language)
    homes = [known_country(knowledge, home)] if home else sorted(knowledge.consulates)
    works = [known_country(knowledge, work)] if work else sorted(knowledge.countries)
    found = [item for one in homes for other in works for item in coming_events(knowledge, one, other, _today())]
    if ics is not None:
        try:
            ics.write_bytes(make_calendar(knowledge, found, spoken).encode())
        except OSError as error:
            refuse(f"The calendar could not be written to {ics}: {error.strerror}.")
    rows = [{"id": id_, **event.model_dump(mode="json")} for id_, event in found]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for id_, event in found:
        typer.echo(f"{id_} · {event.first}..{event.last} · {event.city} · {event.title[spoken]}")
    typer.echo(f"{len(found)} events")


def slip(
    code: Annotated[str, typer.Argument(help="The nine letters on the slip, with or without hyphens.")],
    language: Language = "es",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read what a worker's slip says out of its code. Nothing was stored: the code itself holds it."""
    knowledge = load_knowledge()
    spoken = known_language(knowledge, language)
    try:
        read = decode_slip(code, knowledge)
    except BadSlipCodeError:
        refuse("This is no code of a slip: check the nine letters. A slip made with an older content cannot be read.")
    day = _today()
    context = Context(knowledge, UserProfile(spoken, read.work, read.region, read.home), day)
    if as_json:
        referral = find_consulate(knowledge, read.home, read.work, as_of=day, region=read.region)
        names = ("home", "work", "region", "topic", "since", "wish")
        row = {name: getattr(read, name) for name in names} | {"day": read.day.isoformat()}
        typer.echo(json.dumps({**row, "post": referral.post_id if referral else None}, ensure_ascii=False, indent=1))
        return
    for block in slip_lines(context, read, spoken):
        typer.echo(f"{block.label} {block.text}" if isinstance(block, Labelled) else getattr(block, "text", ""))
