"""JSON output: readable UTF-8, with control characters that affect a terminal escaped."""

from __future__ import annotations

import json
import re

# json escapes C0 itself, but not DEL, C1, bidi controls, separators and surrogates.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: object) -> str:
    """Return the value as indented JSON with a newline at the end."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, indent=2, ensure_ascii=False)) + "\n"
