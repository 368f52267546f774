"""Optional packages: examples that need one which is not installed are left out."""

from __future__ import annotations

from importlib.util import find_spec


def lacks_package(example: str) -> bool:
    """Return whether an example writes a picture, and matplotlib is not installed."""
    return ("--picture" in example or "write_picture" in example) and find_spec("matplotlib") is None
