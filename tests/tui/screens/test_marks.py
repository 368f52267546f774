"""Rows drawn as headings, as marked or as under the cursor. The rows beside them are drawn as usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import SourceDraft
from sibtui.tui.widgets.quote_list import QuoteList
from sibtui.tui.widgets.quote_marker import QuoteMarker
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.strip import Strip

    from sibtui.project import Project

HEADED = """# A heading that is long enough to go on in a second row of the note on a narrow screen

Words under it.
More words under it.

## Later

A paragraph. """
HEADED += "#word " * 120


def bold_rows(strips: list[Strip], of: str) -> set[bool]:
    """Return whether all rows with these words are bold over their whole width."""
    return {
        all(piece.style is not None and bool(piece.style.bold) for piece in strip if any(map(str.isalnum, piece.text)))
        for strip in strips
        if of in strip.text
    }


async def test_only_headings_are_drawn_as_headings(study: Project, run, press):
    study.sources.add([SourceDraft("n", HEADED, cases=("SIB A",))])
    async with run(study, size=(60, 40)) as pilot:
        pilot.app.screen.open_at("n")
        await press(pilot, "G")
        drawn = pilot.app.screen.note.draw(range(40))
        await press(pilot, "g")
        drawn += pilot.app.screen.note.draw(range(40))
    assert bold_rows(drawn, "A heading") == {True}
    assert bold_rows(drawn, "row of the note") | bold_rows(drawn, "narrow screen") == {True}
    assert bold_rows(drawn, "Later") == {True}
    assert bold_rows(drawn, "ords under it") == {False}
    assert bold_rows(drawn, "#word #word") == {False}


def drawn_of(widget: QuoteList | RowList) -> list[Strip]:
    return [widget.render_line(y) for y in range(widget.size.height)]


async def test_only_marked_quotes_have_the_mark(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "down", "down", "space")
        quotes = pilot.app.screen.query_one(QuoteList)
        rows = [strip.text for strip in drawn_of(quotes)]
        marked = [at for at, row in enumerate(rows) if "● " in row]
        assert len(marked) == 1
        assert "Of all four she knows the cards." in rows[marked[0] + 1]
        await press(pilot, "a")
        assert sum("● " in strip.text for strip in drawn_of(quotes)) == 6
        await press(pilot, "g")
        barred = [strip.text for strip in drawn_of(quotes) if strip.text.startswith("▌")]
        assert len(barred) == 2  # its code and its words
        assert "The loss falls on the fund." in barred[1]


async def test_all_quotes_of_a_code_are_marked_under_all_their_sources(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f2")
        pilot.app.screen.query_one(RowList).go("Money/Who carries the loss")
        await press(pilot, "s")
        assert isinstance(pilot.app.screen, QuoteMarker)
        groups = {quote.group for quote in pilot.app.screen._quotes}
        assert len(groups) == 2
        await press(pilot, "a", "enter", write="Whole loss")
        await press(pilot, "enter")
    assert tabled.codes.get("Whole loss").codings == 3
    assert tabled.codes.get("Who carries the loss").codings == 0


async def test_exactly_one_row_of_a_list_is_drawn_under_the_cursor(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f5", write="nobody")
        await pilot.at_rest()
        await press(pilot, "down")
        rows = pilot.app.screen.rows
        cursor = rows.style_of("cursor").bgcolor
        on = [
            all(piece.style is not None and piece.style.bgcolor == cursor for piece in strip)
            for strip in drawn_of(rows)
        ]
        assert [at for at, is_on in enumerate(on) if is_on] == [1]
        assert [rows.rows[at].key for at in (0, 2)] == [None, None]
