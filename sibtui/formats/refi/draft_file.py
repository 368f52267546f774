"""The codings read from a project. They wait in a file until they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.codec.item_file import ItemFile
from sibtui.model.drafts import CodingDraft
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class DraftFile:
    """(GUID, coding) in the order in which they were put. Codings without a case get none in the sources `left_open`."""

    def __init__(self) -> None:
        self._file = ItemFile()
        self._count = 0
        self.left_open: set[str] = set()

    def __len__(self) -> int:
        return self._count

    def put(self, found: Iterable[tuple[str, CodingDraft]]) -> None:
        """Add codings with their GUIDs."""
        rows = [_row(guid, draft) for guid, draft in found]
        if rows:
            self._count += len(rows)
            self._file.put(rows)

    def __iter__(self) -> Iterator[tuple[str, CodingDraft]]:
        left_open = self.left_open
        for place in range(len(self._file)):
            for (
                guid,
                source,
                code,
                start,
                end,
                quote,
                coder,
                stance,
                certainty,
                cases,
                memo,
                created,
                uid,
            ) in self._file.get(place):
                if cases is None and source in left_open:
                    cases = ()  # noqa: PLW2901 - known to be open
                segment = None if start is None else Segment(start, end)
                yield (
                    guid,
                    CodingDraft(
                        source, code, segment, quote, None, coder, stance, certainty, cases, memo, created, 0, uid
                    ),
                )


def _row(guid: str, draft: CodingDraft) -> Sequence[Any]:
    segment = draft.segment
    start, end = (None, None) if segment is None else (segment.start, segment.end)
    return (
        guid, draft.source, draft.code, start, end, draft.quote, draft.coder, draft.stance, draft.certainty, draft.cases,
        draft.memo, draft.created, draft.uid,
    )  # fmt: skip
