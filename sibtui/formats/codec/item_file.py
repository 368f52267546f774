"""A temporary file of Python values, for data that would take too much memory."""

from __future__ import annotations

import marshal
from array import array
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_MEMORY = 1 << 22


class ItemFile:
    """A temporary file of values of plain types (tuples, lists, texts, numbers, None).

    Each value is found by its index. The file has no name, so that a killed process leaves no data on the disk.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - `finalize` closes it
        self._ends = array("Q")
        self._end = 0
        self._is_at_end = True
        finalize(self, self._file.close)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[Any]:
        return map(self.get, range(len(self)))

    def put(self, item: Any) -> int:
        """Add a value to the file, and return its index."""
        data = marshal.dumps(item)
        if not self._is_at_end:
            self._file.seek(self._end)
            self._is_at_end = True
        self._file.write(data)
        self._end += len(data)
        self._ends.append(self._end)
        return len(self._ends) - 1

    def get(self, place: int) -> Any:
        at = self._ends[place - 1] if place else 0
        self._is_at_end = False
        self._file.seek(at)
        return marshal.loads(self._file.read(self._ends[place] - at))  # noqa: S302 - only this process writes the file
