"""JSON as sibtui writes it: UTF-8 that can be read, with every character that a terminal might obey escaped."""

from __future__ import annotations

import json
import re

# json escapes C0 itself; DEL, C1, bidi controls, separators and surrogates would pass
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: object) -> str:
    """The value as indented JSON with a newline at the end."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, indent=2, ensure_ascii=False)) + "\n"
