"""The result of checking a line while the user types it."""

from __future__ import annotations

from typing import Literal

from sibtui.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Validation:
    """The result of checking a typed line: a message and a verdict.

    The verdict is `yes` (valid), `no` (invalid), or `again`. With `again`, the message is a warning, and a second
    press of Enter accepts the line. `hint` is the id of advice that the screen adds, such as "overwrite".
    """

    message: str
    verdict: Literal["yes", "no", "again"] = "yes"
    hint: str = ""
