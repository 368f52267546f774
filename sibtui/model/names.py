"""Naming things that are not codes: sources, cases, matrices, attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.codebook import NEAR, listed

if TYPE_CHECKING:
    from collections.abc import Collection


def resolve_name(what: str, wanted: str, names: Collection[str]) -> str:
    """The one of `names` that is meant, letter case and blanks around it aside.

    NotFoundError gives the nearest; `what` is "source", "case" …
    """
    if wanted in names:
        return wanted
    folded = [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
    if len(folded) == 1:
        return folded[0]
    raise NotFoundError(f"No {what} is named “{wanted}”{_nearest(wanted, names)}")


def _nearest(wanted: str, names: Collection[str]) -> str:
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only a misspelling pays for it

    found = process.extract(
        wanted, list(names), scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=NEAR
    )
    if found:
        return f"; did you mean {listed([name for name, _, _ in found], last='or')}?"
    return f": there are {listed(sorted(names))}." if names else ": there are none yet."
