"""GUIDs of REFI-QDA files: deriving our GUIDs from facts, so that each export gives the same, and comparing the GUIDs of other programs."""

from __future__ import annotations

from sibtui.model.lasting_ids import OURS, DerivedIds, dashed

__all__ = ["OURS", "Guids", "dashed", "plain_guid"]

_LENGTH = 36


class Guids:
    """GUIDs of the records of one study, derived like lasting ids and written in five groups."""

    def __init__(self, study: str) -> None:
        self._ids = DerivedIds(study)
        self.study = self._ids.study

    def of(self, *key: str) -> str:
        """Return the GUID for a key: the kind of the record, then the values that distinguish it within that kind."""
        return dashed(self._ids.of(*key))

    def next_of(self, *key: str) -> str:
        """Return the GUID as `of` does, but a different one each time the same key is passed again."""
        return dashed(self._ids.next_of(*key))


def plain_guid(guid: str | None) -> str:
    """Return the GUID in lower case and without braces, for comparison: programs write it in several ways."""
    if not guid:
        return ""
    return guid.lower() if len(guid) == _LENGTH else guid.strip().strip("{}").lower()
