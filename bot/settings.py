"""Settings: environment variables or a `.env` file, read once, frozen. A bad one is named, with what to do."""

from __future__ import annotations

import secrets
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting is missing or bad; the message names it and says what to do."""


class Settings(BaseSettings):
    """Everything that differs between installations."""

    model_config = SettingsConfigDict(
        env_file=".env", env_prefix="AMPARO_", frozen=True, extra="ignore", populate_by_name=True
    )

    telegram_bot_token: SecretStr | None = Field(default=None, alias="TELEGRAM_BOT_TOKEN")
    telegram_api_base_url: str | None = Field(default=None, alias="TELEGRAM_API_BASE_URL")
    messages_per_second: int = Field(default=30, ge=1)
    bot_username: str | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    database_url: str | None = None
    secret_key: SecretStr | None = None
    nlu_url: str | None = None
    nlu_token: SecretStr | None = None
    data_dir: Path = REPOSITORY / "data"
    knowledge_dir: Path = REPOSITORY / "knowledge"
    chat_page: bool = True
    purge_after_days: int = Field(default=365, ge=1)
    log_level: str = "INFO"

    @field_validator("webhook_url", "nlu_url", "telegram_api_base_url", mode="after")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must be an address that begins with https:// (or http:// on this machine)")
        return value.rstrip("/") if value else value

    @property
    def is_production(self) -> bool:
        """Whether this serves people over a webhook or an own database: then nothing is made up on the spot."""
        return self.webhook_url is not None or self.database_url is not None

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database: SQLite in the data folder unless another is set."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'amparo.db'}"


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: a value is bad, or one that production demands is missing.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        lines = [f"{_variable(item['loc'])}: {item['msg']}" for item in error.errors()]
        raise SettingsError("\n".join(lines)) from None
    _demand_complete(settings)
    return settings


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]).upper()
    return name if name.startswith("TELEGRAM") else f"AMPARO_{name}"


def _demand_complete(settings: Settings) -> None:
    if settings.webhook_url and not settings.telegram_bot_token:
        raise SettingsError(
            "AMPARO_WEBHOOK_URL is set but TELEGRAM_BOT_TOKEN is not: set the token that BotFather gave you."
        )
    if settings.webhook_url and not settings.webhook_secret:
        raise SettingsError(
            "AMPARO_WEBHOOK_SECRET is missing: set 1 to 256 letters, digits, - or _; Telegram sends it back."
        )
    if settings.nlu_url and not settings.nlu_token:
        raise SettingsError(
            "AMPARO_NLU_TOKEN is missing: set the token that the NLU server at AMPARO_NLU_URL was started with."
        )


def secret_key(settings: Settings) -> bytes:
    """The key of the HMAC over chat ids: the one set, or (embedded default) one made once and kept in the data folder.

    Raises:
        SettingsError: production without AMPARO_SECRET_KEY.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    if settings.is_production:
        raise SettingsError(
            "AMPARO_SECRET_KEY is missing: set 32 or more random characters and keep them; profiles hang on it."
        )
    kept = settings.data_dir / "secret_key"
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(32), encoding="ascii")
    return kept.read_bytes()


def default_knowledge_dir() -> Path:
    """The knowledge folder of this installation, without reading the rest of the settings."""
    return Settings().knowledge_dir
