"""Validation of a line while it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Validation:
    """The message for a typed line, and the verdict: `yes` (valid), `no` (invalid), or `again` (valid at a second Enter, after a warning)."""

    message: str
    verdict: Literal["yes", "no", "again"] = "yes"
    hint: str = ""
