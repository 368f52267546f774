"""Settings of the whole suite: Hypothesis without deadlines, in CI with more examples and the same every time; fast new studies."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from sibtui.store import migrations, opening
from sibtui.store.connection import Store
from sibtui.store.schema import VERSION
from tests import socket_guard
from tests.robustness.figures import summed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

gc.freeze()
gc.set_threshold(
    200_000, 50, 100
)  # an app makes many objects that live long: the usual garbage collection would take a tenth of the time

os.environ["SIBTUI_BACKUPS"] = "0"  # no daily backups while an app of a test is open

if sys.dont_write_bytecode:
    # Keep bytecode aside where none is wanted beside the sources. Otherwise every worker, and every program that a test starts, compiles
    # the modules again: half a second for each program.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": sys.pycache_prefix}

settings.register_profile("local", deadline=None, max_examples=25)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("ci" if os.environ.get("CI") else "local")


socket_guard.install()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """A test fails when it, or the program in it, reaches for a network."""
    yield
    attempts, socket_guard.attempts[:] = list(socket_guard.attempts), []
    assert attempts == []


@pytest.fixture(autouse=True)
def no_open_studies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test fails when it leaves a study open. Otherwise Python warns of the connection later, in any other test."""
    connections: list[sqlite3.Connection] = []
    usual = Store.__init__

    def remembering(self: Store, path: Path, connection: sqlite3.Connection, **options: Any) -> None:
        connections.append(connection)
        usual(self, path, connection, **options)

    monkeypatch.setattr(Store, "__init__", remembering)
    yield
    assert [connection for connection in connections if _is_open(connection)] == []


def _is_open(connection: sqlite3.Connection) -> bool:
    """Return whether a connection is not closed."""
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False


@pytest.fixture(scope="session")
def empty_database() -> Iterator[sqlite3.Connection]:
    """An empty study in memory. A new study that is a copy of it takes a tenth of the time that the migrations take."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        opening._migrate(connection)
        yield connection


@pytest.fixture(autouse=True)
def quick_studies(empty_database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copy new studies instead of migrating them, and let no change wait for the disk. `tests/store` does not do so."""
    migrate, configure = opening._migrate, opening._configure

    def copy_or_migrate(connection: sqlite3.Connection) -> None:
        is_new = connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None
        if is_new and migrations.VERSION == VERSION:
            connection.execute("PRAGMA synchronous = OFF")
            empty_database.backup(connection)
        else:
            migrate(connection)

    def configure_unsynced(connection: sqlite3.Connection) -> None:
        configure(connection)
        connection.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(opening, "_migrate", copy_or_migrate)
    monkeypatch.setattr(opening, "_configure", configure_unsynced)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures of the slow tests: kills, full disks and so on. docs/trust.md has them."""
    for name, number in summed(terminalreporter.stats.get("passed", ())).items():
        terminalreporter.write_line(f"{number:>7,} {name}")
