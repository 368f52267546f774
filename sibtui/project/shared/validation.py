"""The result of checking a line that the user is typing."""

from __future__ import annotations

from typing import Literal

from sibtui.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Validation:
    """The message about a typed line, and the verdict: `yes` (valid), `no` (invalid), or `again` (valid after a warning and a second Enter)."""

    message: str
    verdict: Literal["yes", "no", "again"] = "yes"
    hint: str = ""
