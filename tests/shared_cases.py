"""Inputs of the issue on real files, which lie beside the checkout. Tests skip where they are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

CASES = Path(__file__).parent.parent.parent / "shared" / "cases"


def shared_case(name: str) -> Path:
    """Return the path of an input. Skips the test where it is missing."""
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{path} is missing: it is not part of the repository")
    return path
