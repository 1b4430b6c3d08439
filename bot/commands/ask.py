"""`amparo ask`: one answer, as text or as JSON."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated

import typer

from actions.dispatch import decide
from actions.incoming import Text
from actions.profile import UserProfile
from bot.clock import today
from bot.commands.settings import settings_or_exit, store_or_exit
from bot.logs import configure_logging
from bot.nlu_session import nlu_session
from bot.rendering.plain import plain_text

if TYPE_CHECKING:
    from actions.reply import Reply
    from bot.knowledge_store import KnowledgeStore
    from bot.settings import Settings
    from nlu.prediction import Prediction

ask_app = typer.Typer()


@ask_app.command()
def ask(  # the options the design fixes
    text: Annotated[str, typer.Argument(help="The question, in the worker's own words.")],
    country: Annotated[str | None, typer.Option(help="Country of work, such as cr.")] = None,
    home: Annotated[str | None, typer.Option(help="Country of origin, such as ni.")] = None,
    region: Annotated[str | None, typer.Option(help="State or province of work, such as US-TX.")] = None,
    language: Annotated[str, typer.Option(help="Language of the answer: es or en.")] = "es",
    as_of: Annotated[
        dt.datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to answer for.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer one question, as the bot would."""
    settings = settings_or_exit()
    configure_logging("ERROR")
    store = store_or_exit(settings)
    _refuse_unknown(store, country, home, language)
    profile = UserProfile(language, country, region, home)
    prediction = asyncio.run(_classify_once(settings, text))
    day = as_of.date() if as_of else today()
    reply = decide(Text(text), prediction, profile, store.current, day)
    typer.echo(json.dumps(reply_data(reply, prediction), ensure_ascii=False, indent=1) if as_json else plain_text(reply))


def _refuse_unknown(store: KnowledgeStore, country: str | None, home: str | None, language: str) -> None:
    known = store.current.countries
    for code in (country, home):
        if code is not None and code not in known:
            typer.echo(f"There is no country {code!r}; use one of {', '.join(sorted(known))}.", err=True)
            raise typer.Exit(2)
    if language not in store.current.languages:
        typer.echo(f"There is no language {language!r}; use one of {', '.join(store.current.languages)}.", err=True)
        raise typer.Exit(2)


async def _classify_once(settings: Settings, text: str) -> Prediction | None:
    async with nlu_session(settings) as classify:
        return await classify(text)


def reply_data(reply: Reply, prediction: Prediction | None) -> dict[str, object]:
    """A reply as the keys that `amparo ask --json` promises."""
    ranking = [{"name": ranked.name, "confidence": ranked.confidence} for ranked in prediction.ranking] if prediction else []
    entities = [_entity(entity) for entity in prediction.entities] if prediction else []
    return {
        "intent": reply.intent,
        "confidence": prediction.confidence if prediction else None,
        "ranking": ranking,
        "entities": entities,
        "country": reply.profile.work_country,
        "region": reply.profile.region,
        "home": reply.profile.home_country,
        "outcome": reply.outcome,
        "topic": reply.topic,
        "text": plain_text(reply),
        "sources": [
            {"citation": source.citation, "url": source.url, "verified_on": source.verified_on.isoformat()}
            for source in reply.sources
        ],
        "contacts": [{"name": office.name, "telephone": office.telephone, "url": office.url} for office in reply.offices],
        "consulate": reply.consulate,
        "buttons": [{"label": button.label, "data": button.data} for row in reply.buttons for button in row],
        "danger": reply.danger,
    }


def _entity(entity: object) -> dict[str, object]:
    names = ("type", "value", "text", "start", "end", "role")
    return {"entity" if name == "type" else name: getattr(entity, name) for name in names}
