"""Channels, rendering, settings, storage and the `amparo` command: the only room that knows Telegram and the database."""
