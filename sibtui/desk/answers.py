"""What would become of a line that is being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of what is written: `yes`, `no`, or `again`: only when Enter is pressed a second time, this having been read."""

    told: str
    verdict: Literal["yes", "no", "again"] = "yes"
