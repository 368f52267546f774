"""The result of checking a line while the user types it."""

from __future__ import annotations

from typing import Literal

from sibtui.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Validation:
    """The result of checking a typed line: a message and a verdict.

    The verdict is `yes` (valid), `no` (invalid), or `again`. With `again`, there is a warning; the line is accepted if
    the user presses Enter a second time. `hint` is a key such as "overwrite", under which the screen has advice.
    """

    message: str
    verdict: Literal["yes", "no", "again"] = "yes"
    hint: str = ""
