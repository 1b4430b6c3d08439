"""The python-telegram-bot application: pools, pacing, order per chat; the same for polling and webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import BotCommand, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application

from bot.telegram.per_chat import PerChatProcessor

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.telegram.handlers import Handlers
    from knowledge.knowledge_base import KnowledgeBase

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
#: Chats answered side by side.
CONCURRENT_CHATS = 64
#: Commands in the menu of each language, in order; the key of each description is `command_<spanish name>`.
COMMANDS = {
    "es": ("menu", "pais", "consulado", "oferta", "idioma", "privacidad", "borrar", "ayuda"),
    "en": ("menu", "country", "consulate", "offer", "language", "privacy", "delete", "help"),
}


def make_application(settings: Settings, handlers: Handlers) -> Application:  # type: ignore[type-arg]
    """An application without PTB's own updater; `bot.telegram.polling` or the webhook feeds it."""
    token = settings.telegram_bot_token
    if token is None:
        raise ValueError("no token")
    builder = (
        Application.builder()
        .token(token.get_secret_value())
        .updater(None)
        .concurrent_updates(PerChatProcessor(CONCURRENT_CHATS))
        .rate_limiter(AIORateLimiter(overall_max_rate=settings.messages_per_second, max_retries=3))
        .connection_pool_size(128)
        .pool_timeout(5)
        .get_updates_connection_pool_size(4)
        .get_updates_read_timeout(40)
    )
    if settings.telegram_api_base_url:
        builder = builder.base_url(settings.telegram_api_base_url)
    application = builder.build()
    handlers.register(application)
    return application


async def process_in_order(application: Application, update: Update) -> None:  # type: ignore[type-arg]
    """Process an update after those before it in its chat; `Application.process_update` alone would not wait."""
    await application.update_processor.process_update(update, application.process_update(update))


async def describe(application: Application, knowledge: KnowledgeBase) -> None:  # type: ignore[type-arg]
    """Tell Telegram the commands and descriptions of each language; failing that is no reason not to serve."""
    bot = application.bot
    original = knowledge.original_language
    try:
        for language, names in COMMANDS.items():
            commands = [
                BotCommand(name, knowledge.say(language, f"command_{COMMANDS['es'][i]}")) for i, name in enumerate(names)
            ]
            code = "" if language == original else language
            await bot.set_my_commands(commands, language_code=code)
            await bot.set_my_description(knowledge.say(language, "bot_description"), language_code=code)
            await bot.set_my_short_description(knowledge.say(language, "bot_short_description"), language_code=code)
    except TelegramError as error:
        log.warning("bot_not_described", error=type(error).__name__)


def explain(error: TelegramError) -> str:
    """What a failure at the start means and what to do."""
    if isinstance(error, InvalidToken):
        return "Telegram does not know this token. Copy TELEGRAM_BOT_TOKEN again from BotFather."
    if isinstance(error, Conflict):
        return "Another process already receives this bot's updates. Stop it, or remove its webhook; a bot has one receiver."
    if isinstance(error, NetworkError):
        return "Telegram cannot be reached. Check the network; it is tried again."
    return f"Telegram refused: {type(error).__name__}."
