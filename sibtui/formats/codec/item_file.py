"""A temporary file of Python values, for data that would take too much memory."""

from __future__ import annotations

import marshal
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

_IN_MEMORY = 1 << 22


class ItemFile:
    """A temporary file of values of plain types (tuples, lists, texts, numbers, None).

    Each value is found by its index. The file has no name, so that a killed process leaves no data on the disk.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - `finalize` closes it
        self._places: list[tuple[int, int]] = []
        self._end = 0
        self._is_at_end = True
        finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self._places)

    def put(self, item: Any) -> int:
        """Add a value to the file, and return its index."""
        data = marshal.dumps(item)
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        self._file.write(data)
        self._places.append((self._end, len(data)))
        self._end += len(data)
        return len(self._places) - 1

    def get(self, place: int) -> Any:
        at, size = self._places[place]
        self._is_at_end = False
        self._file.seek(at)
        return marshal.loads(self._file.read(size))  # noqa: S302 - only this process writes the file
