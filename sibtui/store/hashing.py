"""SHA-256 of short texts without OpenSSL, because OpenSSL takes 2 ms to load. For long texts, `hashlib` is several times faster."""

from __future__ import annotations

import sys
from importlib import import_module


def small_sha256(data: bytes) -> str:
    """Return the SHA-256 of the data in hexadecimal digits. It is computed by the module that `hashlib` uses when OpenSSL is missing."""
    try:
        module = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:  # Python was built without it
        module = import_module("hashlib")
    return str(module.sha256(data).hexdigest())
