"""A temporary file that holds the codings of an import until they are stored in the study."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from sibtui.formats.codec.item_file import ItemFile
from sibtui.model.drafts import CodingDraft
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOGETHER = 1000

CodingValues = Sequence[Any]
"""The values of a draft of a coding, in the order of the fields of `CodingDraft`.

In place of the segment, there are its start and its end: numbers, or None twice.
"""
_CASES = 9
"""The index of the cases in these values."""


def draft_of(values: CodingValues) -> CodingDraft:
    start = values[2]
    return CodingDraft(values[0], values[1], None if start is None else Segment(start, values[3]), *values[4:])


class DraftFile:
    """A temporary file of (key, coding) pairs, in the order in which they were added.

    `rest` is a map: source → cases. A coding that was added without a case gets the cases of its source in `rest`.
    If these are an empty tuple, the coding has no case. If `rest` does not have the source, the coding gets its
    cases later, when it is stored in the study.
    """

    def __init__(self) -> None:
        self._file = ItemFile()
        self._count = 0
        self.rest: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return self._count

    def put(self, found: Iterable[tuple[str, CodingDraft]]) -> None:
        """Add (key, coding) pairs to the file. A key is, for example, the id of the coding in the imported file."""
        self._put(_row(key, draft) for key, draft in found)

    def put_values(self, found: Iterable[CodingValues]) -> None:
        """Add the codings with these values to the file. Each coding gets an empty string as its key."""
        self._put(("", *values) for values in found)

    def _put(self, found: Iterator[tuple[Any, ...]]) -> None:
        while rows := list(islice(found, _TOGETHER)):
            self._count += len(rows)
            self._file.put(rows)

    def __iter__(self) -> Iterator[tuple[str, CodingDraft]]:
        rest = self.rest
        for place in range(len(self._file)):
            for key, *values in self._file.get(place):
                if rest and values[_CASES] is None and values[0] in rest:
                    values[_CASES] = rest[values[0]]  # if empty, the coding is known to have no case
                yield key, draft_of(values)


def _row(key: str, draft: CodingDraft) -> tuple[Any, ...]:
    segment = draft.segment
    start, end = (None, None) if segment is None else (segment.start, segment.end)
    return (
        key, draft.source, draft.code, start, end, draft.quote, draft.nth, draft.coder, draft.stance, draft.certainty,
        draft.cases, draft.memo, draft.created, draft.line, draft.uid, draft.undecided, draft.round,
        draft.for_paper, draft.how,
    )  # fmt: skip
