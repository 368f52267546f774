"""The figures that the tests print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .figures import Figures

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Figures:
    return Figures(record_property)
