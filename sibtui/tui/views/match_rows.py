"""The matches of a search in all notes as rows of a list, grouped by source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.views.excerpts import in_a_row
from sibtui.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from sibtui.model.text_search import TextMatch


def match_rows(
    matches: Sequence[TextMatch],
    label_of: Callable[[str], str],
    marked: Collection[int] = (),
    coded: Collection[int] = (),
) -> list[ListRow]:
    """Return a row for each match, below the names of the sources.

    The key (identifier) of a row is the index of its match. `label_of` returns the text for the heading of a source. ■
    marks the matches whose indexes are in `marked`. ✓ marks the matches with indexes in `coded`, which already have the
    last applied code.
    """
    rows: list[ListRow] = []
    source = None
    for number, match in enumerate(matches):
        if match.source != source:
            source = match.source
            rows.append(ListRow(None, label_of(source)))
        text, hit = in_a_row(match.before, match.quote, match.after)
        rows.append(
            ListRow(
                str(number),
                text,
                mark=f"{_mark_of(number, marked, coded)} {match.line:>5}  ",
                hits=(hit,),
                strong=number in marked,
                prose=True,
            )
        )
    return rows


def _mark_of(number: int, marked: Collection[int], coded: Collection[int]) -> str:
    return f"{'■' if number in marked else ' '}{'✓' if number in coded else ' '}"
