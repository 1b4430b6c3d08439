"""The composition root: the one place where settings, storage, classifier, knowledge, clock and channels are wired.

Nothing else asks for the time.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
import uvicorn
from telegram.error import TelegramError

from bot.engine import Engine
from bot.identity import ChatKeys
from bot.knowledge_store import KnowledgeStore
from bot.nlu_server import NluServer
from bot.settings import Settings, secret_key
from bot.storage.database import make_engine, make_sessions, migrate
from bot.storage.repositories import PreferenceRepository, UpdateRepository
from bot.telegram.application import ALLOWED_UPDATES, describe, explain, make_application
from bot.telegram.handlers import Handlers
from bot.telegram.polling import Poller
from bot.web.application import make_web_application
from bot.web.chat_page import ChatPage
from bot.web.webhook import PATH, webhook
from nlu.client import RasaClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sqlalchemy.ext.asyncio import AsyncEngine
    from telegram.ext import Application

log = structlog.get_logger(__name__)

#: Profiles and update ids out of use are looked for this often, in seconds.
PURGE_EVERY = 6 * 3600.0


def today() -> dt.date:
    """The day, in UTC."""
    return now().date()


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the channels share."""

    settings: Settings
    store: KnowledgeStore
    database: AsyncEngine
    preferences: PreferenceRepository
    updates: UpdateRepository
    classifier: RasaClient
    engine: Engine
    keys: ChatKeys


@contextlib.asynccontextmanager
async def parts(settings: Settings, nlu_url: str, nlu_token: str) -> AsyncIterator[Parts]:
    """Build the parts, and close them in the end.

    Raises:
        InvalidKnowledgeError: the knowledge is broken.
        SettingsError: production without a secret key.
    """
    keys = ChatKeys(secret_key(settings))
    store = await asyncio.to_thread(KnowledgeStore, settings.knowledge_dir, today)
    await migrate(settings.database)
    database = make_engine(settings.database)
    sessions = make_sessions(database)
    preferences, updates = PreferenceRepository(sessions), UpdateRepository(sessions)
    async with RasaClient(nlu_url, nlu_token) as classifier:
        engine = Engine(classifier, preferences, lambda: store.current, today)
        try:
            yield Parts(settings, store, database, preferences, updates, classifier, engine, keys)
        finally:
            await database.dispose()


async def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Run everything this installation has until SIGTERM or SIGINT; then end cleanly, losing nothing."""
    child = None if settings.nlu_url else NluServer(say)
    url, token = (child.url, child.token) if child else _remote_nlu(settings)
    async with parts(settings, url, token) as shared, asyncio.TaskGroup() as background:
        tasks = [background.create_task(shared.store.follow()), background.create_task(_purge(shared))]
        if child:
            tasks.append(background.create_task(child.run()))
        try:
            await _serve_channels(shared, say)
        finally:
            for task in tasks:
                task.cancel()


def _remote_nlu(settings: Settings) -> tuple[str, str]:
    token = settings.nlu_token.get_secret_value() if settings.nlu_token else ""
    return settings.nlu_url or "", token


async def _serve_channels(shared: Parts, say: Callable[[str], None]) -> None:
    settings = shared.settings
    if settings.telegram_bot_token is None:
        await _serve_http(shared, None, say)
        return
    application = make_application(settings, _handlers(shared))
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(_started(application, say))
        task = stack.enter_context(_described(application, shared))
        if settings.webhook_url:
            await _register_webhook(application, settings, say)
            await _serve_http(shared, application, say)
        else:
            await _poll(shared, application, say)
        task.cancel()


def _handlers(shared: Parts) -> Handlers:
    return Handlers(shared.engine, shared.keys, shared.updates, lambda: shared.store.current, now, shared.preferences.erase)


@contextlib.asynccontextmanager
async def _started(application: Application, say: Callable[[str], None]) -> AsyncIterator[None]:  # type: ignore[type-arg]
    """The application, initialised as soon as Telegram can be reached."""
    pause = 1.0
    while True:
        try:
            await application.initialize()
            break
        except TelegramError as error:
            say(explain(error))
            if type(error).__name__ == "InvalidToken":
                raise
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)
    say(f"Telegram: @{application.bot.username}")
    try:
        yield
    finally:
        await application.shutdown()


@contextlib.contextmanager
def _described(application: Application, shared: Parts):  # type: ignore[no-untyped-def,type-arg]  # noqa: ANN202
    task = asyncio.create_task(describe(application, shared.store.current))
    try:
        yield task
    finally:
        task.cancel()


async def _register_webhook(application: Application, settings: Settings, say: Callable[[str], None]) -> None:  # type: ignore[type-arg]
    url = f"{settings.webhook_url}{PATH}"
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    await application.bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
    say(f"Webhook: {url}")


async def _poll(shared: Parts, application: Application, say: Callable[[str], None]) -> None:  # type: ignore[type-arg]
    """Polling beside the local page; either ending ends the other."""
    poller = asyncio.create_task(Poller(application).run())
    page = asyncio.create_task(_serve_http(shared, None, say))
    done, pending = await asyncio.wait((poller, page), return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()


async def _serve_http(shared: Parts, application: Application | None, say: Callable[[str], None]) -> None:  # type: ignore[type-arg]
    settings = shared.settings
    page = ChatPage(shared.engine, shared.keys, lambda: shared.store.current) if settings.chat_page else None
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    receive = webhook(application, secret) if application else None
    app = make_web_application(lambda: shared.store.current, shared.classifier.healthy, page, receive)
    server = _Server(uvicorn.Config(app, host=settings.http_host, port=settings.http_port, log_config=None, access_log=False))
    server.on_listening = lambda port: say(f"Chat page: http://{settings.http_host}:{port}/" if page else f"HTTP: port {port}")
    await server.serve()


class _Server(uvicorn.Server):
    """uvicorn that says where it listens and leaves the signal's meaning to us (a clean stop is exit code 0)."""

    on_listening: Callable[[int], None] = staticmethod(lambda _port: None)

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.servers:
            self.on_listening(self.servers[0].sockets[0].getsockname()[1])

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # noqa: ANN201, D102
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


async def _purge(shared: Parts) -> None:
    """Forget profiles out of use and old update ids, now and then."""
    while True:
        before = today() - dt.timedelta(days=shared.settings.purge_after_days)
        await _quietly(shared.preferences.purge(before))
        await _quietly(shared.updates.purge(now()))
        await asyncio.sleep(PURGE_EVERY)


async def _quietly(work: Awaitable[object]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001  # the next round tries again
        log.error("purge_failed", error=type(error).__name__)
