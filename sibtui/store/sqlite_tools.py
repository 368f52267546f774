"""The library sqlite-utils, imported without pandas.

sqlite-utils 4.1 imports pandas if it is installed. This would take 0.4 s and 50 MB, and sibtui does not need it.
"""

from __future__ import annotations

import sys

_UNUSED = ("pandas", "numpy")
_absent = [name for name in _UNUSED if name not in sys.modules]
try:
    for name in _absent:
        sys.modules[name] = None  # type: ignore[assignment]  # an import of it fails, as if it were not installed
    from sqlite_utils import Database, Migrations
finally:
    for name in _absent:
        del sys.modules[name]

__all__ = ["Database", "Migrations"]
