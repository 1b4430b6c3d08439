"""`amparo consulate`: where the posts are, which one serves a person, and what a consulate needs to share the bot."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated

import typer

from actions.consulate_finder import find_consulate
from actions.places import named_place
from bot.commands import consulate_paper, consulate_report, consulate_share
from bot.commands.consulate_rows import as_text, list_rows, referral_row
from bot.commands.consulate_support import known_country, known_language, load_knowledge, refuse

if TYPE_CHECKING:
    from actions.places import Point
    from knowledge.knowledge_base import KnowledgeBase

consulate_app = typer.Typer(help="Consulates: find them, and help them share the bot.", no_args_is_help=True)
consulate_app.command("link")(consulate_share.link)
consulate_app.command("poster")(consulate_share.poster)
consulate_app.command("kit")(consulate_share.kit)
consulate_app.command("events")(consulate_paper.events)
consulate_app.command("slip")(consulate_paper.slip)
consulate_app.command("report")(consulate_report.report)

Home = Annotated[str, typer.Option(help="Country of origin, such as gt.")]
Work = Annotated[str, typer.Option(help="Country of work, such as us.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[str, typer.Option(help="Language of names and hours: es or en.")]
AsOf = Annotated[dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to answer for.")]


def _day(as_of: dt.datetime | None) -> dt.date:
    return as_of.date() if as_of else dt.datetime.now(dt.UTC).date()


@consulate_app.command("list")
def list_command(
    home: Annotated[str | None, typer.Option(help="Only posts of this country of origin.")] = None,
    work: Annotated[str | None, typer.Option(help="Only posts in this country.")] = None,
    language: Language = "es",
    as_of: AsOf = None,
    drafts: Annotated[bool, typer.Option(help="Also those that are not shown to workers.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the posts that may be shown to workers."""
    knowledge = load_knowledge()
    known_language(knowledge, language)
    pair = [known_country(knowledge, code) if code else None for code in (home, work)]
    rows = list(list_rows(knowledge, pair[0], pair[1], _day(as_of), language, drafts=drafts))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        typer.echo(as_text(row))
    typer.echo(f"{len(rows)} posts")


@consulate_app.command()
def nearest(  # noqa: PLR0913, PLR0917  # the options the design fixes
    home: Home,
    work: Work,
    region: Annotated[str | None, typer.Option(help="Region of work (ISO 3166-2), such as US-IA.")] = None,
    lat: Annotated[float | None, typer.Option(min=-90, max=90, help="Latitude in degrees.")] = None,
    lon: Annotated[float | None, typer.Option(min=-180, max=180, help="Longitude in degrees.")] = None,
    city: Annotated[str | None, typer.Option(help="A city or town, such as Upala.")] = None,
    language: Language = "es",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The post that serves a person: by jurisdiction, else the nearest, else the embassy, a line, the ministry."""
    knowledge = load_knowledge()
    origin, host = known_country(knowledge, home), known_country(knowledge, work)
    _refuse_unknown_region(knowledge, host, region)
    point = _point(knowledge, host, region, lat, lon, city)
    day = _day(as_of)
    referral = find_consulate(knowledge, origin, host, as_of=day, region=region, point=point)
    if referral is None:
        refuse("Home and work are the same country: nobody needs a consulate there.")
    row = referral_row(referral, known_language(knowledge, language))
    typer.echo(json.dumps(row, ensure_ascii=False, indent=1) if as_json else as_text(row))


def _refuse_unknown_region(knowledge: KnowledgeBase, host: str, region: str | None) -> None:
    described = knowledge.countries[host].country
    known = described.regions if described else {}
    if region is not None and region not in known:
        refuse(f"There is no region {region!r} in {host}; use one of {', '.join(sorted(known))}.")


def _point(
    knowledge: KnowledgeBase, host: str, region: str | None, lat: float | None, lon: float | None, city: str | None
) -> Point | None:
    if (lat is None) != (lon is None):
        refuse("Give both --lat and --lon, or neither.")
    if lat is not None and lon is not None:
        return lat, lon
    if city is None:
        return None
    place = named_place(knowledge, city, host, region)
    if place is None:
        refuse(f"I know no place called {city!r} in {host}; use --region or --lat and --lon, or add it to places.yaml.")
    return place.point
