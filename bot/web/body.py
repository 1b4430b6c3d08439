"""Reading a request body no longer than is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request


class BodyTooLargeError(Exception):
    """The body is longer than allowed; the rest is not read."""


async def read_body(request: Request, most: int) -> bytes:
    """The body.

    Args:
        request: the request.
        most: bytes allowed.

    Raises:
        BodyTooLargeError: announced or found to be longer.
    """
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > most:
        raise BodyTooLargeError
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise BodyTooLargeError
        parts.append(part)
    return b"".join(parts)
