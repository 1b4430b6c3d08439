"""The handlers: each turns an update into `Incoming`, asks the engine, and sends what it says."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING

import structlog
from telegram import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from actions.buttons import turns_page
from actions.context import Context
from actions.dispatch import group_reply
from actions.profile import UserProfile
from bot.rendering.telegram_html import html_messages, keyboard
from bot.telegram.updates import incoming_of, press_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Awaitable, Callable

    from telegram import Bot
    from telegram.ext import Application, CallbackContext

    from actions.incoming import Incoming
    from actions.reply import Reply
    from bot.engine import Engine
    from bot.identity import ChatKeys
    from bot.storage.repositories import UpdateRepository
    from knowledge.knowledge_base import KnowledgeBase

log = structlog.get_logger(__name__)

#: A failed send is tried again so often, with these pauses in seconds.
RETRY_PAUSES = (0.5, 2.0, 5.0)
#: Where updates that the network kept from being answered are noted: the webhook then answers 500, and Telegram sends again.
FAILED = "failed_updates"


class Handlers:
    """Everything a Telegram update can lead to."""

    def __init__(  # the composition root hands over the parts
        self,
        engine: Engine,
        keys: ChatKeys,
        updates: UpdateRepository,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], dt.datetime],
        erase: Callable[[str], Awaitable[None]],
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._updates = updates
        self._knowledge = knowledge
        self._now = now
        self._erase = erase

    def register(self, application: Application) -> None:  # type: ignore[type-arg]
        """The one ordered list of handlers."""
        groups = filters.ChatType.GROUPS | filters.ChatType.CHANNEL
        application.add_handler(MessageHandler(groups & filters.UpdateType.MESSAGE, self.in_group))
        application.add_handler(MessageHandler(filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE, self.message))
        application.add_handler(CallbackQueryHandler(self.pressed))
        application.add_handler(ChatMemberHandler(self.member, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(self.failed)

    async def message(self, update: Update, _: CallbackContext) -> None:  # type: ignore[type-arg]
        """A message in a private chat."""
        message = update.effective_message
        if message is None or await self._is_done(update):
            return
        reply = await self._reply(update, incoming_of(message))
        await self._send(message.get_bot(), message.chat_id, reply)
        await self._done(update)

    async def pressed(self, update: Update, _: CallbackContext) -> None:  # type: ignore[type-arg]
        """A button under one of our messages."""
        query = update.callback_query
        if query is None or await self._is_done(update):
            return
        await _acknowledge(query)
        if query.message is None or query.message.chat.type != ChatType.PRIVATE:
            return
        reply = await self._reply(update, press_of(query.data))
        await self._show(query, reply)
        await self._done(update)

    async def in_group(self, update: Update, _: CallbackContext) -> None:  # type: ignore[type-arg]
        """In a group, only when spoken to: the private link and nothing else."""
        message = update.effective_message
        if message is None or not _is_addressed(message) or await self._is_done(update):
            return
        language = (update.effective_user.language_code if update.effective_user else None) or ""
        knowledge = self._knowledge()
        spoken = language[:2] if language[:2] in knowledge.languages else knowledge.original_language
        context = Context(knowledge, UserProfile(language=spoken), self._now().date())
        link = f"https://t.me/{message.get_bot().username}"
        await self._send(message.get_bot(), message.chat_id, group_reply(context, link))
        await self._done(update)

    async def member(self, update: Update, _: CallbackContext) -> None:  # type: ignore[type-arg]
        """Somebody blocked the bot: what is kept of them is erased."""
        changed = update.my_chat_member
        if changed and changed.chat.type == ChatType.PRIVATE and changed.new_chat_member.status == ChatMemberStatus.BANNED:
            await self._erase(self._keys.key("telegram", changed.chat.id))

    async def failed(self, update: object, context: CallbackContext) -> None:  # type: ignore[type-arg]
        """Last resort: log the type of error, never its text; say something human."""
        if not isinstance(update, Update) or update.effective_chat is None:
            log.error("telegram_failed", error=type(context.error).__name__)
            return
        if isinstance(context.error, Forbidden):
            await self._erase(self._keys.key("telegram", update.effective_chat.id))
            log.info("telegram_blocked")
            return
        log.error("telegram_failed", error=type(context.error).__name__, id=uuid.uuid4().hex[:8])
        if isinstance(context.error, NetworkError) and not isinstance(context.error, BadRequest):
            context.application.bot_data.setdefault(FAILED, set()).add(update.update_id)  # to be sent again by Telegram
        else:
            await self._apologise(update)
            await self._done(update)

    async def _apologise(self, update: Update) -> None:
        chat, knowledge = update.effective_chat, self._knowledge()
        if chat is None:
            return
        try:
            await update.get_bot().send_message(chat.id, knowledge.say(knowledge.original_language, "error"))
        except TelegramError as error:
            log.error("apology_not_sent", error=type(error).__name__)

    async def _reply(self, update: Update, incoming: Incoming) -> Reply:
        chat, user = update.effective_chat, update.effective_user
        key = self._keys.key("telegram", chat.id if chat else 0)
        return await self._engine.reply(key, incoming, user.language_code if user else None)

    async def _show(self, query: CallbackQuery, reply: Reply) -> None:
        """Menus replace the message they stand under; cards are sent anew, so that the one before can be read again."""
        message = query.message
        if not isinstance(message, Message):
            if message is not None:
                await self._send(query.get_bot(), message.chat.id, reply)
            return
        in_place = reply.leads_on and turns_page(query.data or "")
        if not in_place or not await _edited(message, reply):
            await self._send(message.get_bot(), message.chat_id, reply)

    async def _send(self, bot: Bot, chat_id: int, reply: Reply) -> None:
        messages = html_messages(reply)
        for number, text in enumerate(messages, 1):
            markup = keyboard(reply.buttons) if number == len(messages) else None
            await _with_retries(lambda text=text, markup=markup: _send_one(bot, chat_id, text, markup))  # type: ignore[misc]

    async def _is_done(self, update: Update) -> bool:
        try:
            return await self._updates.is_handled(update.update_id)
        except Exception as error:  # noqa: BLE001  # better answered twice than not at all
            log.error("update_not_looked_up", error=type(error).__name__)
            return False

    async def _done(self, update: Update) -> None:
        try:
            await self._updates.mark_handled(update.update_id, self._now())
        except Exception as error:  # noqa: BLE001  # as above
            log.error("update_not_marked", error=type(error).__name__)


_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def _send_one(bot: Bot, chat_id: int, text: str, markup: InlineKeyboardMarkup | None) -> None:
    await bot.send_message(chat_id, text, parse_mode=ParseMode.HTML, reply_markup=markup, link_preview_options=_NO_PREVIEW)


async def _edited(message: Message, reply: Reply) -> bool:
    """Whether the message could be replaced in place."""
    texts = html_messages(reply)
    if len(texts) != 1:
        return False
    try:
        await _with_retries(
            lambda: message.edit_text(
                texts[0], parse_mode=ParseMode.HTML, reply_markup=keyboard(reply.buttons), link_preview_options=_NO_PREVIEW
            )
        )
    except BadRequest as error:
        return "not modified" in error.message.lower()
    return True


async def _acknowledge(query: CallbackQuery) -> None:
    """Stop the button's spinning first; a query that is too old is no failure."""
    try:
        await query.answer()
    except TelegramError as error:
        log.info("query_not_acknowledged", error=type(error).__name__)


async def _with_retries(send: Callable[[], Awaitable[object]]) -> None:
    """Send; wait as long as Telegram says after a 429, and try again after network failures.

    Raises:
        TelegramError: it failed in the end, or in a way that trying again does not mend.
    """
    for pause in RETRY_PAUSES:
        try:
            await send()
        except RetryAfter as error:
            wait = error.retry_after
            await asyncio.sleep(wait if isinstance(wait, int | float) else wait.total_seconds())
        except BadRequest:
            raise
        except NetworkError:
            await asyncio.sleep(pause)
        else:
            return
    await send()


def _is_addressed(message: Message) -> bool:
    """Whether a group message speaks to the bot: a command, a mention or an answer to it."""
    bot = message.get_bot()
    text = message.text or ""
    answered = message.reply_to_message and message.reply_to_message.from_user
    return text.startswith("/") or f"@{bot.username}" in text or bool(answered and answered.id == bot.id)
