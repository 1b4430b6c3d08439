"""The parse server: one model, two routes, nothing else. Rasa environment only.

    POST /model/parse   {"text": ...}   the answer of Rasa's own route, plus `danger` and `in_scope`; bearer token
    GET  /healthz                       {"status": "ready"} once the model is loaded

Started by `amparo nlu serve` or `amparo run`. Prints one line of JSON when ready ({"event": "ready", "port": ...}), never
a message, whatever the log level. The token comes from the environment, so that no process list shows it.
"""

from __future__ import annotations

import argparse
import hmac
import json
import logging
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

import structlog
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from nlu.fingerprint import digest_of, manifest_path, model_path
from nlu.loaded_model import LoadedModel

TOKEN_VARIABLE = "AMPARO_NLU_TOKEN"  # noqa: S105  (the name of a variable, not a token)
MAX_CHARACTERS = 1000
MAX_BODY_BYTES = 16 * 1024
KEEP_ALIVE_SECONDS = 75
GRACE_SECONDS = 5.0


class ModelRefused(Exception):
    """The model is missing, has no manifest, or is not the file that its manifest describes."""


def main(arguments: list[str] | None = None) -> int:
    """Load the model and serve it until SIGTERM."""
    parser = argparse.ArgumentParser(prog="nlu.server", description="Serve the classifier.")
    parser.add_argument("--model", type=Path, help="model archive; default: the model of the present inputs")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005, help="0 takes a free port, which the ready line names")
    options = parser.parse_args(arguments)
    silence_logs()
    token = os.environ.get(TOKEN_VARIABLE, "")
    if not token:
        print(f"nlu.server: set {TOKEN_VARIABLE}; the server answers only to those who know it", file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        model = load_verified(options.model or model_path())
    except ModelRefused as error:
        print(f"nlu.server: {error}", file=sys.stderr)
        return 2
    model.parse("hola")
    serve(build_app(model, token), options.host, options.port, started)
    return 0


def silence_logs() -> None:
    """Let only warnings through: Rasa and Sanic write message texts at DEBUG, whatever LOG_LEVEL asks for."""
    logging.disable(logging.INFO)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def load_verified(archive: Path) -> LoadedModel:
    """Load a model after checking it against the SHA-256 in its manifest."""
    manifest = manifest_path(archive)
    if not archive.exists() or not manifest.exists():
        raise ModelRefused(f"{archive.name}: no such model, or no manifest beside it; train one with 'amparo nlu train'")
    expected = json.loads(manifest.read_text(encoding="utf-8")).get("model_sha256")
    if not hmac.compare_digest(str(expected), digest_of([archive], archive.parent)):
        raise ModelRefused(f"{archive.name} is not the file its manifest describes; train again with 'amparo nlu train'")
    return LoadedModel.load(archive)


def build_app(model: LoadedModel, token: str) -> Sanic:
    """Return the application with its two routes."""
    app = Sanic("amparo_nlu", configure_logging=False)
    app.config.update(
        REQUEST_MAX_SIZE=MAX_BODY_BYTES,
        KEEP_ALIVE_TIMEOUT=KEEP_ALIVE_SECONDS,
        ACCESS_LOG=False,
        FALLBACK_ERROR_FORMAT="json",
        GRACEFUL_SHUTDOWN_TIMEOUT=GRACE_SECONDS,
    )
    expected = f"Bearer {token}".encode()

    @app.get("/healthz")
    async def healthz(_: Request) -> HTTPResponse:
        return json_response({"status": "ready"})

    @app.post("/model/parse")
    async def parse(request: Request) -> HTTPResponse:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            return problem(401, "wrong or missing bearer token")
        text = text_of(request.body)
        if text is None:
            return problem(400, 'the body must be {"text": "..."} with 1 to 1,000 characters')
        return json_response(model.parse(text))

    @app.exception(Exception)
    async def failed(_: Request, error: Exception) -> HTTPResponse:
        if isinstance(error, SanicException):
            return problem(error.status_code, type(error).__name__)
        print(f"nlu.server: {type(error).__name__} while parsing", file=sys.stderr, flush=True)
        return problem(500, "internal error")

    return app


def problem(status: int, reason: str) -> HTTPResponse:
    """Return an error that quotes nothing of the request."""
    return json_response({"status": "failure", "reason": reason}, status=status)


def text_of(body: bytes) -> str | None:
    """Return the text to parse, None when the body is not what it should be."""
    try:
        payload: Any = json.loads(body)
    except ValueError:
        return None
    text = payload.get("text") if isinstance(payload, dict) else None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_CHARACTERS:
        return None
    return text.lstrip("/ ") or None


def serve(app: Sanic, host: str, port: int, started: float) -> None:
    """Listen until SIGTERM or SIGINT; requests under way are finished first."""
    listener = socket.create_server((host, port), reuse_port=False)

    @app.listener("after_server_start")
    async def ready(*_: object) -> None:
        line = {"event": "ready", "port": listener.getsockname()[1], "seconds": round(time.monotonic() - started, 2)}
        print(json.dumps(line), flush=True)

    app.run(sock=listener, debug=False, access_log=False, motd=False, workers=1)


if __name__ == "__main__":
    sys.exit(main())
