"""GUIDs (ids of records) in REFI-QDA files. sibtui computes them from facts about the records, so that each export has the same GUIDs."""

from __future__ import annotations

from sibtui.model.lasting_ids import OURS, DerivedIds, dashed

__all__ = ["OURS", "Guids", "dashed", "plain_guid"]

_LENGTH = 36


class Guids:
    """Computes the GUIDs of the records of one study.

    A GUID is computed like an id that sibtui gives to an item of a study, but written in five groups.
    """

    def __init__(self, study: str) -> None:
        self._ids = DerivedIds(study)
        self.study = self._ids.study

    def of(self, *key: str) -> str:
        """Return the GUID of a record. `key` is the kind of the record, followed by values that distinguish it from others of this kind."""
        return dashed(self._ids.of(*key))

    def next_of(self, *key: str) -> str:
        """Return the GUID of the next record with this key. If several records have the same key, each call returns a different GUID."""
        return dashed(self._ids.next_of(*key))


def plain_guid(guid: str | None) -> str:
    """Return a GUID in the form in which GUIDs are compared: in lower case and without braces.

    Programs write GUIDs in different ways.
    """
    if not guid:
        return ""
    return guid.lower() if len(guid) == _LENGTH else guid.strip().strip("{}").lower()
