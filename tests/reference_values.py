"""Reference values of the analysis: published examples, and values computed from the kept sample study."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

METHOD = Path(__file__).parent / "data" / "method"


@cache
def _values() -> dict[str, Any]:
    listed = json.loads((METHOD / "reference_values_2.json").read_text(encoding="utf-8"))
    return {each["id"]: each for each in listed}


def reference(identifier: str) -> Any:
    """Return the reference value with this id, with its source and its expected figures."""
    return _values()[identifier]
