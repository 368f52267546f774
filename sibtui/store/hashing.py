"""SHA-256 of short texts without OpenSSL, whose library takes 2 ms to load. Over long texts, `hashlib` is several times faster."""

from __future__ import annotations

import sys
from importlib import import_module


def small_sha256(data: bytes) -> str:
    """Return the hexadecimal digits of the hash, computed by the module that `hashlib` itself uses where OpenSSL is missing."""
    try:
        module = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:  # Python was built without it
        module = import_module("hashlib")
    return str(module.sha256(data).hexdigest())
