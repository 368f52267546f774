from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.store.connection import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def quick_studies() -> None:
    """Turn the copying of an empty study off: these tests need the migrations and the disk."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.sibtui"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty study, or the upgraded one that the `path` of the module holds."""
    found = Store.open(path) if path.exists() else Store.create(path)
    yield found
    found.close()
