"""Fixtures for all rooms. The network beyond this machine is refused."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
from typing import TYPE_CHECKING, Any

import pytest

from bot.settings import REPOSITORY
from knowledge.loader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.knowledge_base import KnowledgeBase
    from knowledge.loader import Content

#: The day on which the tests take place, whatever the clock says.
AS_OF = dt.date(2026, 11, 25)


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


def _is_here(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


@pytest.fixture
def as_of() -> dt.date:
    """The day of the tests."""
    return AS_OF


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content, read once."""
    return Reader(REPOSITORY / "knowledge").read()


@pytest.fixture(scope="session")
def knowledge(content: Content) -> KnowledgeBase:
    """The real knowledge."""
    assert content.knowledge is not None, [problem.text("en") for problem in content.problems[:5]]
    return content.knowledge


@pytest.fixture(scope="session")
def free_port() -> Any:
    """A function that gives a free loopback port."""

    from nlu.server_process import free_port as find

    return find
