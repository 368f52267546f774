"""The guard over the whole suite: a connection fails the test that makes it."""

from __future__ import annotations

import asyncio
import socket
import urllib.request

import pytest

from tests import socket_guard


def test_a_connection_is_refused_and_noted() -> None:
    with socket.socket() as made, pytest.raises(socket_guard.NetworkError):
        made.connect(("192.0.2.1", 80))
    with pytest.raises(socket_guard.NetworkError):
        socket.getaddrinfo("example.org", 80)
    with pytest.raises(socket_guard.NetworkError):
        urllib.request.urlopen("http://example.org/")
    assert len(socket_guard.attempts) == 3
    socket_guard.attempts.clear()


def test_the_sockets_of_asyncio_are_no_network() -> None:
    asyncio.run(asyncio.sleep(0))
    first, second = socket.socketpair()
    first.send(b"x")
    assert second.recv(1) == b"x"
    first.close()
    second.close()
    assert socket_guard.attempts == []
