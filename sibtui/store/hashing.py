"""SHA-256 without OpenSSL, for short texts. Loading OpenSSL takes 5 ms, which is long for a command.

For long texts, `hashlib` with OpenSSL is several times faster.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_FEW = 100


def small_sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal digits. This is fast for short data only."""
    return str(sha256_for(1)(data).hexdigest())


def sha256_for(rows: int) -> Any:
    """Return the constructor of SHA-256 objects that is fastest for this number of rows, with or without OpenSSL."""
    small = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
    try:
        module = import_module(small if rows <= _FEW else "hashlib")
    except ImportError:  # Python was built without this module
        module = import_module("hashlib")
    return module.sha256
