"""GUIDs, the ids of records in REFI-QDA files. sibtui computes them from facts about the records.

So each export of the same study has the same GUIDs.
"""

from __future__ import annotations

from sibtui.model.lasting_ids import OURS, DerivedIds, dashed

__all__ = ["OURS", "Guids", "dashed", "plain_guid"]

_LENGTH = 36


class Guids:
    """Computes the GUIDs of the records of one study.

    A GUID is the id that a record has in all copies of the study, written in five groups of hexadecimal digits.
    """

    def __init__(self, study: str) -> None:
        self._ids = DerivedIds(study)
        self.study = self._ids.study

    def of(self, *key: str) -> str:
        """Return the GUID (id) of a record. `key` is the kind of the record, followed by values that distinguish it."""
        return dashed(self._ids.of(*key))

    def next_of(self, *key: str) -> str:
        """Return the GUID (id) of the next record with this key. Each call returns a different one."""
        return dashed(self._ids.next_of(*key))


def plain_guid(guid: str | None) -> str:
    """Return a GUID (id) in lower case and without braces, for comparisons. If it is None, return an empty text."""
    if not guid:
        return ""
    return guid.lower() if len(guid) == _LENGTH else guid.strip().strip("{}").lower()
