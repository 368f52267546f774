"""The items that a merge adds, changes and removes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.study_items import ItemFields, ItemKey, StudyItems
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store


class MergedChanges:
    """The items that a merge adds, changes and removes."""

    def __init__(self, session: Session, before: StudyItems, after: StudyItems) -> None:
        self.session, self.before, self.after = session, before, after

    @property
    def store(self) -> Store:
        return self.session.store

    def ids(self, table: str) -> dict[Any, int]:
        """Return a map for a table: `uid` of a row (the same in all copies of the study) → its `id` in this file."""
        return dict(self.store.query(f"SELECT uid, id FROM {table}").fetchall())

    def added(self, kind: str) -> list[tuple[ItemKey, ItemFields]]:
        before = self.before.kinds[kind]
        return [(key, fields) for key, fields in self.after.kinds[kind].items() if key not in before]

    def changed(self, kind: str) -> list[tuple[ItemKey, ItemFields]]:
        before = self.before.kinds[kind]
        return [(key, new) for key, new in self.after.kinds[kind].items() if before.get(key, new) != new]

    def removed(self, kind: str) -> list[tuple[ItemKey, ItemFields]]:
        after = self.after.kinds[kind]
        return [(key, fields) for key, fields in self.before.kinds[kind].items() if key not in after]

    def freed(self, kind: str) -> Iterator[ItemKey]:
        """Yield the keys of the items whose present name is the new name of another item.

        The caller first gives these items temporary names, so that two items can exchange names.
        """
        wanted = {fields[0]: key for key, fields in self.after.kinds[kind].items()}
        for key, fields in self.before.kinds[kind].items():
            if wanted.get(fields[0], key) != key:
                yield key
