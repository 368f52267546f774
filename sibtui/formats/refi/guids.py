"""GUIDs of REFI-QDA files. Those that sibtui writes are derived from facts, so that each export gives the same GUIDs."""

from __future__ import annotations

from sibtui.model.lasting_ids import OURS, DerivedIds, dashed

__all__ = ["OURS", "Guids", "dashed", "plain_guid"]

_LENGTH = 36


class Guids:
    """Derives the GUIDs of the records of one study, like lasting ids, but written in five groups."""

    def __init__(self, study: str) -> None:
        self._ids = DerivedIds(study)
        self.study = self._ids.study

    def of(self, *key: str) -> str:
        """Return the GUID of a record. `key` is the kind of the record, then values that distinguish it from others of the same kind."""
        return dashed(self._ids.of(*key))

    def next_of(self, *key: str) -> str:
        """Return the GUID of the next record with this key. A second or later record with the same key gets a different GUID."""
        return dashed(self._ids.next_of(*key))


def plain_guid(guid: str | None) -> str:
    """Return a GUID in the form for comparisons: in lower case and without braces. Programs write GUIDs in several ways."""
    if not guid:
        return ""
    return guid.lower() if len(guid) == _LENGTH else guid.strip().strip("{}").lower()
