"""The result of checking a line that the user is typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Validation:
    """The message about a typed line, and the verdict: `yes` (valid), `no` (invalid), or `again` (valid after a warning and a second Enter)."""

    message: str
    verdict: Literal["yes", "no", "again"] = "yes"
    hint: str = ""
