"""`python -m bot`: the same as `amparo`."""

from bot.cli import app

app()
