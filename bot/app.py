"""The composition root: the one place where settings, storage, classifier, knowledge, clock and channels are wired."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
import uvicorn

from bot.clock import now, today
from bot.engine import Engine
from bot.identity import ChatKeys
from bot.knowledge_store import KnowledgeStore
from bot.nlu_server import WatchedNlu
from bot.settings import Settings, secret_key
from bot.storage.database import make_engine, make_sessions, migrate
from bot.storage.repositories import PreferenceRepository, UpdateRepository
from bot.web.application import make_web_application
from bot.web.chat_page import ChatPage
from nlu.client import RasaClient

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.web.application import WebhookRoute

log = structlog.get_logger(__name__)

#: Profiles and update ids out of use are looked for this often, in seconds.
PURGE_EVERY = 6 * 3600.0


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
    say: Callable[[str], None]


@contextlib.asynccontextmanager
async def parts(settings: Settings, nlu_url: str, nlu_token: str, say: Callable[[str], None]) -> AsyncIterator[Parts]:
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
            yield Parts(settings, store, database, preferences, updates, classifier, engine, keys, say)
        finally:
            await database.dispose()


async def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Run everything this installation has until SIGTERM or SIGINT; then end cleanly, losing nothing."""
    child = None if settings.nlu_url else WatchedNlu(say)
    url, token = (child.url, child.token) if child else _remote_nlu(settings)
    async with parts(settings, url, token, say) as shared, asyncio.TaskGroup() as background:
        tasks = [background.create_task(shared.store.follow()), background.create_task(_purge(shared))]
        if child:
            tasks.append(background.create_task(child.run()))
        try:
            await _serve_channels(shared)
        finally:
            for task in tasks:
                task.cancel()


def _remote_nlu(settings: Settings) -> tuple[str, str]:
    token = settings.nlu_token.get_secret_value() if settings.nlu_token else ""
    return settings.nlu_url or "", token


async def _serve_channels(shared: Parts) -> None:
    """The page alone, or Telegram too; Telegram's library is loaded only for those who use it."""
    if shared.settings.telegram_bot_token is None:
        await serve_http(shared, None)
        return
    from bot.telegram.serving import serve_telegram  # noqa: PLC0415  # half a second and 30 MB that the page alone does not need

    await serve_telegram(shared)


async def serve_http(shared: Parts, receive_update: WebhookRoute | None) -> None:
    """Serve health, the chat page and, where given, the webhook, until a signal ends it."""
    settings = shared.settings
    page = ChatPage(shared.engine, shared.keys, lambda: shared.store.current) if settings.chat_page else None
    app = make_web_application(lambda: shared.store.current, shared.classifier.healthy, page, receive_update)
    config = uvicorn.Config(app, host=settings.http_host, port=settings.http_port, log_config=None, access_log=False)
    server = _Server(config)
    what = "Chat page" if page else "HTTP"
    server.on_listening = lambda port: shared.say(f"{what}: http://{settings.http_host}:{port}/")
    await server.serve()


class _Server(uvicorn.Server):
    """uvicorn that says where it listens, and for which a signal is a clean stop with exit code 0, not 143."""

    on_listening: Callable[[int], None] = staticmethod(lambda _port: None)

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, then say where."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.servers:
            self.on_listening(self.servers[0].sockets[0].getsockname()[1])

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on SIGTERM and SIGINT, without raising the signal again afterwards."""
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
