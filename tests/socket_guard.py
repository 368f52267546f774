"""No test and no part of the program reaches a network. Sockets of this machine that have a path, such as those of asyncio, are no network."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS = (
    "socket.connect",
    "socket.sendto",
    "socket.sendmsg",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
)
attempts: list[str] = []
"""The attempts since the last look, which fail the test even when the program catches the error."""
_local = 0


class NetworkError(RuntimeError):
    """Raised in place of a connection."""


@contextmanager
def this_machine() -> Iterator[None]:
    """Allow connections to this machine during the block, for a test with another program that is a server."""
    global _local  # noqa: PLW0603 - an audit hook has no other place
    _local += 1
    try:
        yield
    finally:
        _local -= 1


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in EVENTS:
        return
    address = arguments[1] if event.startswith(("socket.connect", "socket.send", "socket.bind")) else arguments[0]
    if isinstance(address, (str, bytes)) and event not in ("socket.getaddrinfo", "socket.gethostbyname"):
        return  # a path
    host = address[0] if isinstance(address, tuple) else address
    if _local and host in ("127.0.0.1", "localhost", "::1", ""):
        return
    attempts.append(f"{event} {address!r}")
    raise NetworkError(f"a test reached for the network: {event} {address!r}")


def install() -> None:
    sys.addaudithook(refuse)
