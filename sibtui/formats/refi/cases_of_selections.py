"""The cases that refer to each selection of a REFI-QDA project, stored in little memory."""

from __future__ import annotations

from collections import defaultdict

_GROUPS = 1 << 16
_NUMBER = 4
_ROW = 16 + _NUMBER


class CasesOfSelections:
    """A map: GUID of a selection → the numbers of the cases that refer to it.

    A reference takes 20 bytes. In a dict it would take about 100, and a project may have a million references. The
    references are divided into groups by the hash of the GUID, so that only a few hundred bytes are searched for a
    GUID. Python uses another hash function in each process, so no file can put all references into one group.
    """

    def __init__(self) -> None:
        self._groups: defaultdict[int, bytearray] = defaultdict(bytearray)
        self._others: dict[str, tuple[int, ...]] = {}
        """The references to texts that are not GUIDs."""

    def add(self, guid: str, number: int) -> None:
        """Record that the case `number` refers to the selection `guid`; do nothing if this is recorded already."""
        key = _bytes_of(guid)
        if key is None:
            numbers = self._others.get(guid, ())
            if number not in numbers:
                self._others[guid] = (*numbers, number)
            return
        group = self._groups[hash(key) % _GROUPS]
        row = key + number.to_bytes(_NUMBER)
        if _find(group, row, 0) < 0:
            group += row

    def of(self, guid: str) -> tuple[int, ...]:
        """Return the numbers of the cases that refer to a selection, in the order of the calls of `add`."""
        key = _bytes_of(guid)
        if key is None:
            return self._others.get(guid, ())
        group = self._groups.get(hash(key) % _GROUPS, b"")
        numbers = []
        at = _find(group, key, 0)
        while at >= 0:
            numbers.append(int.from_bytes(group[at + 16 : at + _ROW]))
            at = _find(group, key, at + _ROW)
        return tuple(numbers)


def _find(group: bytes | bytearray, start_of_row: bytes, at: int) -> int:
    """Return the position of the first row of `group` that starts with these bytes; -1 if there is none.

    A row records that a case refers to a selection. Rows before the position `at` are ignored.
    """
    at = group.find(start_of_row, at)
    while at >= 0 and at % _ROW:  # the same bytes across two rows are not a row
        at = group.find(start_of_row, at + 1)
    return at


def _bytes_of(guid: str) -> bytes | None:
    """Return the 16 bytes of a GUID; None for a text that is not a GUID."""
    if len(guid) == 36 and guid[8] == guid[13] == guid[18] == guid[23] == "-" and " " not in guid:
        try:
            data = bytes.fromhex(guid.replace("-", ""))
        except ValueError:
            return None
        if len(data) == 16:
            return data
    return None
