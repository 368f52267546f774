"""The passages in which two codings are related as a query requires, such as one inside another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.query.parser import parse
from sibtui.model.query.passages import passages
from sibtui.model.segments import Segment
from sibtui.project.retrieval.stored_codings import StoredCodings
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.project.shared.base import Session


@dataclass(frozen=True, slots=True)
class RelatedPassage:
    """A passage in which codings are related as a query requires, such as one inside another.

    `left` are the ids of the codings on the left side of the relation, and `right` the ids on the right side.
    """

    source: str
    segment: Segment
    quote: str
    left: tuple[int, ...]
    right: tuple[int, ...]


def related_passages(session: Session, where: str, *, union: bool) -> Iterator[RelatedPassage]:
    """Yield the passages in which two codings are related as a query requires, ordered by source and place.

    For `code Trust overlapping code Budgets`, a passage is the text that two such codings share. With `union`, it is
    the text from the earlier start to the later end of the two codings. Raises the errors of `model.query.passages`.
    """
    store = session.store
    with store.snapshot():
        names = {number: name for name, number in source_rows.source_ids(store).items()}
        order = {number: at for at, number in enumerate(names)}
        found = sorted(
            passages(parse(where), StoredCodings(session), union=union),
            key=lambda each: (order[each.source], each.start, each.end),
        )
    for each in found:
        segment = Segment(each.start, each.end)
        quote = segment.quote(source_rows.text(store, each.source))
        yield RelatedPassage(names[each.source], segment, quote, each.left, each.right)
