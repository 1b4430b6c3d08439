"""`amparo knowledge preview`: the editors' page on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.knowledge_options import Folder, Language


def preview_command(
    folder: Folder = None,
    language: Language = "es",
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.")] = 8090,
    classifier: Annotated[bool, typer.Option(help="Classify questions, where a model is trained.")] = True,
) -> None:
    """Open the editors' page: every answer as a phone shows it, following the files as they are saved."""
    from bot.preview.serving import serve_preview  # noqa: PLC0415  # each command loads what it needs

    serve_preview(folder, language, port, classifier=classifier)
