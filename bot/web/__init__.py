"""HTTP: Telegram's webhook, the local chat page, health. One Starlette application."""
