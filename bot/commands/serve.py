"""`amparo run`, `amparo chat`, `amparo ask`."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from actions.dispatch import decide
from actions.incoming import Command, Press, Text
from actions.profile import UserProfile
from bot.app import serve, today
from bot.knowledge_store import KnowledgeStore
from bot.logs import configure_logging
from bot.nlu_session import nlu_session
from bot.rendering.plain import plain_text
from bot.settings import SettingsError, load_settings
from knowledge.errors import InvalidKnowledgeError

if TYPE_CHECKING:
    from actions.incoming import Incoming
    from actions.reply import Reply
    from bot.settings import Settings
    from nlu.prediction import Prediction


def run() -> None:
    """Run everything: the classifier, the chat page, Telegram if a token is set."""
    settings = settings_or_exit()
    configure_logging(settings.log_level)
    try:
        asyncio.run(serve(settings, lambda text: typer.echo(f"· {text}", err=True)))
    except (InvalidKnowledgeError, SettingsError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def settings_or_exit() -> Settings:
    """The settings, or the end of the command with what to do."""
    try:
        return load_settings()
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def chat(
    language: Annotated[str, typer.Option(help="Language to begin in: es or en.")] = "es",
) -> None:
    """Talk to the bot in the console. Choose a button by its number; an empty line ends."""
    settings = settings_or_exit()
    configure_logging("ERROR")
    asyncio.run(_chat(settings, language))


async def _chat(settings: Settings, language: str) -> None:
    store = KnowledgeStore(settings.knowledge_dir, today)
    async with nlu_session(settings) as classify:
        profile = UserProfile(language=language)
        incoming: Incoming = Command("start")
        while True:
            prediction = await classify(incoming.text) if isinstance(incoming, Text) else None
            reply = decide(incoming, prediction, profile, store.current, today())
            profile = reply.profile
            typer.echo(f"\n{plain_text(reply)}\n{_numbered(reply)}")
            line = await asyncio.to_thread(_read_line)
            if not line:
                return
            incoming = typed(line, reply)


def _read_line() -> str:
    typer.echo("> ", nl=False)
    return sys.stdin.readline().strip()


def _numbered(reply: Reply) -> str:
    buttons = [button for row in reply.buttons for button in row]
    return "\n".join(f"  [{number}] {button.label}" for number, button in enumerate(buttons, 1))


def typed(line: str, reply: Reply) -> Incoming:
    """What a line of the console is to the engine: the number of a button of the last reply, a command or a text."""
    buttons = [button for row in reply.buttons for button in row]
    if line.isdigit() and 0 < int(line) <= len(buttons):
        return Press(buttons[int(line) - 1].data)
    if line.startswith("/"):
        name, _, argument = line[1:].partition(" ")
        return Command(name.lower(), argument)
    return Text(line)


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
    try:
        store = KnowledgeStore(settings.knowledge_dir, today)
    except InvalidKnowledgeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
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
