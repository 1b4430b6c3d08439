"""Telegram: updates in, messages out, over python-telegram-bot; by polling or by webhook."""
