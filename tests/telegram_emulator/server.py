"""The server: Bot API methods over HTTP on loopback, polling and webhook, and faults on demand."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.telegram_emulator.people import Person
from tests.telegram_emulator.rules import ApiError, commands, inline_keyboard, visible_text

if TYPE_CHECKING:
    from starlette.requests import Request

TOKEN = "123456789:AAEmulatorTokenEmulatorTokenEmulator"  # of this emulator only
DATE = 1_790_000_000


class Emulator:
    """Start with `async with Emulator() as telegram`; `telegram.base_url` is the bot's TELEGRAM_API_BASE_URL."""

    def __init__(self) -> None:
        self.me = {"id": 123456789, "is_bot": True, "first_name": "Amparo", "username": "amparo_test_bot"}
        self.blocked: set[int] = set()
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.faults: defaultdict[str, deque[ApiError | float]] = defaultdict(deque)
        self.webhook: dict[str, str] = {}
        self.delivered: list[tuple[int, int]] = []
        self._messages: list[dict[str, Any]] = []
        self._updates: list[dict[str, Any]] = []
        self._queries: set[str] = set()
        self._ids, self._update_ids = itertools.count(1), itertools.count(5000)
        self._activity: defaultdict[int, int] = defaultdict(int)
        self._waiting_from: dict[int, int] = {}
        self._changed = asyncio.Condition()
        self._polling = 0
        self._confirmed = 0
        self._server: uvicorn.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._chat_locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._http = httpx.AsyncClient(trust_env=False)

    # --- life -----------------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        app = Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["GET", "POST"])])
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await self._http.aclose()
        if self._server:
            self._server.should_exit = True
            self._server.force_exit = True
        await self._wake()
        await self._serving

    @property
    def base_url(self) -> str:
        """The value for TELEGRAM_API_BASE_URL."""
        if self._server is None:
            raise RuntimeError("not started")
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}/bot"

    # --- for the tests --------------------------------------------------------------------------------------------------

    def person(self, user_id: int, **kwargs: Any) -> Person:
        """Somebody who talks to the bot."""
        return Person(self, user_id, **kwargs)

    def fail_next(self, method: str, code: int, description: str, **parameters: int) -> None:
        """The next call of `method` is answered with this error."""
        self.faults[method].append(ApiError(code, description, **parameters))

    def sent_to(self, chat_id: int) -> list[dict[str, Any]]:
        """Messages of the bot in a chat."""
        return [message for message in self._messages if message["chat_id"] == chat_id]

    def next_id(self) -> int:
        """A message id."""
        return next(self._ids)

    def new_query(self) -> str:
        """An unanswered callback query."""
        query = f"q{next(self._ids)}"
        self._queries.add(query)
        return query

    def add_update(self, content: dict[str, Any], chat_id: int, update_id: int | None = None) -> int:
        """Hand an update to the bot, by whichever way it gets them; a given `update_id` is a second delivery."""
        update = {"update_id": update_id or next(self._update_ids), **content}
        self._waiting_from[chat_id] = self._activity[chat_id]
        self._updates.append(update)
        self._spawn(self._deliver(update, chat_id) if self.webhook else self._wake())
        return int(update["update_id"])

    def deliver_again(self, update_id: int, chat_id: int) -> None:
        """Telegram sends an update a second time."""
        update = next(update for update in self._updates if update["update_id"] == update_id)
        self._spawn(self._deliver(update, chat_id))

    async def wait_for_answers(self, chat_id: int, count: int, within: float) -> None:
        """Wait for `count` answers since the person's last action."""
        wanted = self._waiting_from.get(chat_id, 0) + count
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: self._activity[chat_id] >= wanted)

    async def wait_until_called(self, method: str, within: float = 60.0) -> None:
        """Wait until the bot has called `method`."""
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(lambda: any(name == method for name, _ in self.calls))

    # --- delivery -------------------------------------------------------------------------------------------------------

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _deliver(self, update: dict[str, Any], chat_id: int) -> None:
        """Post to the webhook until it answers 2xx, in order within a chat."""
        async with self._chat_locks[chat_id]:
            headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
            for _ in range(100):
                try:
                    response = await self._http.post(self.webhook["url"], json=update, headers=headers, timeout=30)
                except httpx.HTTPError:
                    await asyncio.sleep(0.2)
                    continue
                self.delivered.append((update["update_id"], response.status_code))
                if response.is_success:
                    return
                await asyncio.sleep(0.2)

    # --- the Bot API ----------------------------------------------------------------------------------------------------

    async def _call(self, request: Request) -> JSONResponse:
        if request.path_params["token"] != TOKEN:
            return JSONResponse({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        method = request.path_params["method"]
        form = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        data = {**request.query_params, **dict(form)}
        self.calls.append((method, data))
        await self._wake()
        try:
            self._fail(method)
            result = await getattr(self, f"_{method}", self._unknown)(data)
        except ApiError as error:
            body = {"ok": False, "error_code": error.code, "description": error.description, "parameters": error.parameters}
            return JSONResponse(body, error.code)
        finally:
            await self._wake()
        return JSONResponse({"ok": True, "result": result})

    def _fail(self, method: str) -> None:
        if self.faults[method]:
            fault = self.faults[method].popleft()
            if isinstance(fault, ApiError):
                raise fault

    async def _unknown(self, _: dict[str, str]) -> None:
        raise ApiError(404, "Not Found: method not found")

    async def _getMe(self, _: dict[str, str]) -> dict[str, Any]:
        return self.me

    async def _getUpdates(self, data: dict[str, str]) -> list[dict[str, Any]]:
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first",
            )
        if self._polling:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        self._confirmed = max(self._confirmed, int(data.get("offset", 0)))
        self._polling += 1
        try:
            async with asyncio.timeout(float(data.get("timeout", 0)) or 0.001), self._changed:
                await self._changed.wait_for(lambda: self._unconfirmed() or self._stopping())
        except TimeoutError:
            pass
        finally:
            self._polling -= 1
        return self._unconfirmed()[: int(data.get("limit", 100))]

    def _unconfirmed(self) -> list[dict[str, Any]]:
        return [update for update in self._updates if update["update_id"] >= self._confirmed]

    def _stopping(self) -> bool:
        return bool(self._server and self._server.should_exit)

    @property
    def all_confirmed(self) -> bool:
        """Whether the bot has taken every update."""
        return not self._unconfirmed()

    async def _setWebhook(self, data: dict[str, str]) -> bool:
        self.webhook = data
        return True

    async def _deleteWebhook(self, _: dict[str, str]) -> bool:
        self.webhook = {}
        return True

    async def _getWebhookInfo(self, _: dict[str, str]) -> dict[str, Any]:
        return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}

    async def _sendMessage(self, data: dict[str, str]) -> dict[str, Any]:
        chat_id = int(data["chat_id"])
        if chat_id in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        text = visible_text(data.get("text", ""), data.get("parse_mode"))
        buttons = inline_keyboard(data.get("reply_markup"))
        chat = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        raw = {"message_id": self.next_id(), "date": DATE, "chat": chat, "from": self.me, "text": text}
        self._messages.append(
            {
                "chat_id": chat_id,
                "message_id": raw["message_id"],
                "text": text,
                "html": data["text"],
                "buttons": buttons,
                "raw": raw,
            }
        )
        self._activity[chat_id] += 1
        return raw

    async def _editMessageText(self, data: dict[str, str]) -> dict[str, Any]:
        found = next((m for m in self._messages if str(m["message_id"]) == data.get("message_id")), None)
        if found is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        text = visible_text(data.get("text", ""), data.get("parse_mode"))
        buttons = inline_keyboard(data.get("reply_markup"))
        if found["html"] == data["text"] and found["buttons"] == buttons:
            raise ApiError(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            )
        found.update(text=text, html=data["text"], buttons=buttons)
        found["raw"]["text"] = text
        self._messages.remove(found)
        self._messages.append(found)
        self._activity[found["chat_id"]] += 1
        edited: dict[str, Any] = {**found["raw"], "edit_date": DATE}
        return edited

    async def _answerCallbackQuery(self, data: dict[str, str]) -> bool:
        if data.get("callback_query_id") not in self._queries:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.discard(data["callback_query_id"])
        return True

    async def _setMyCommands(self, data: dict[str, str]) -> bool:
        self.commands[data.get("language_code", "")] = commands(data["commands"])
        return True

    async def _setMyDescription(self, data: dict[str, str]) -> bool:
        if len(data.get("description", "")) > 512:
            raise ApiError(400, "Bad Request: description is too long")
        return True

    async def _setMyShortDescription(self, data: dict[str, str]) -> bool:
        if len(data.get("short_description", "")) > 120:
            raise ApiError(400, "Bad Request: short description is too long")
        return True
