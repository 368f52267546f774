"""Codings as the entries of a list of quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.note.margin import qualifier_mark, qualifier_words
from sibtui.tui.widgets.quote_list import QuoteItem
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.records import Coding
    from sibtui.workspace.codebook_view import CodebookView


def quote_item(
    coding: Coding,
    codebook: CodebookView,
    colour_of: Callable[[str], str | None],
    *,
    group: str,
    above: str = "",
    verbatim: bool = False,
) -> QuoteItem:
    """Return a coding as an entry of a list of quotes, below the heading `group`.

    `above` is shown before the name of the code. `colour_of` returns the colour of a code, given its path. If
    `verbatim` is True, the quote gets quotation marks.
    """
    return QuoteItem(
        coding.id,
        group,
        codebook.tag(coding.code) + qualifier_mark(coding),
        short(coding.code),
        f"“{coding.quote}”" if verbatim else coding.quote,
        above,
        ", ".join(qualifier_words(coding)),
        ", ".join(coding.cases) or "no case yet",
        coding.memo,
        colour_of(coding.code),
        waits=not coding.cases,
    )
