"""Code interview notes in the terminal; get the tables of a paper from them, each X traceable to its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sibtui.project import Project

__version__ = "0.1.0"
__all__ = ["Project", "__version__"]


def __getattr__(name: str) -> Any:
    """`Project`, imported when it is first asked for: `sibtui --version` needs no database."""
    if name == "Project":
        from sibtui.project import Project  # noqa: PLC0415

        return Project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
