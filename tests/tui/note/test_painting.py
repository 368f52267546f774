"""Painted rows. With any text, a row is as wide as the note, and its strip states this width without measuring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.model.text_width import width_of

if TYPE_CHECKING:
    from sibtui.project import Project

LINES = [
    "# A heading",
    "- an item of a list that is long enough to be broken into several rows, and is set in below its first row, twice even",
    "Plain words, “curly quotes” – dashes … and a wordthatisfartoolongforanyrowofthenoteonthisscreenandgoesonandonandonandonandon.",
    "漢字 and e\u0301 and 👩\u200d👧\u200d👦, a tab\there, \x1b[31m red, \u202e turned.",
    "x",
]
TEXT = "\n\n".join(LINES)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (140, 30)])
async def test_every_row_is_as_wide_as_its_strip_and_as_the_note(size: tuple[int, int], study: Project, run):
    study.sources.add([SourceDraft("n", TEXT, cases=("SIB A",))])
    for start in range(0, len(TEXT) - 60, 9):
        study.codings.add(CodingDraft("n", "People/Trust", Segment(start, start + 60)))
    async with run(study, size=size) as pilot:
        screen = pilot.app.screen
        screen.open_at("n")
        for key in ("down", "w", "x", "G", "g"):
            await pilot.press(key)
            for numbers in (False, True):
                screen.note.number_lines(numbers)
                for strip in screen.note.draw(range(size[1])):
                    assert strip.cell_length == screen.note.size.width == sum(width_of(piece.text) for piece in strip)


async def test_marks_of_markdown_can_be_dimmed_without_a_change_of_the_text(study: Project, run):
    study.sources.add(
        [SourceDraft("n", "# A **bold** word and *one*, 5 * 3\n\n- an item\n\n> a line", cases=("SIB A",))]
    )
    async with run(study) as pilot:
        pilot.app.screen.open_at("n")
        await pilot.press("G")
        note = pilot.app.screen.note
        typed = note.draw(range(8))
        await pilot.press("asterisk")
        dimmed = note.draw(range(8))
        assert [strip.text for strip in dimmed] == [strip.text for strip in typed]
        quiet = note.style_of("number").color
        marks = [piece.text for strip in dimmed for piece in strip if piece.style.color == quiet and piece.text.strip()]
        assert marks == ["#", "**", "**", "*", "*", "-"]  # > is in the selection
        await pilot.press("asterisk")
        assert [list(strip) for strip in note.draw(range(8))] == [list(strip) for strip in typed]


async def test_the_margin_appears_with_the_first_coding_and_shows_memos(study: Project, run):
    study.sources.add([SourceDraft("n", "One line.\n\nAnother line.", cases=("SIB A",))])
    async with run(study) as pilot:
        pilot.app.screen.open_at("n")
        note = pilot.app.screen.note
        assert note.draw(range(1))[0].text.startswith("▌ One line.")
        study.codings.add(CodingDraft("n", "People/Trust", Segment(0, 9), memo="Ask again."))
        study.codings.add(CodingDraft("n", "People/Trust", Segment(11, 24), certainty="tentative", memo="Ask again."))
        pilot.app.screen.reload()
        rows = [strip.text for strip in note.draw(range(3))]
        assert rows[0].split() == ["▌Tr*", "One", "line."]
        assert rows[2].split() == ["Tr~", "*Another", "line."]
        study.history.undo(2)
        pilot.app.screen.reload()
        assert note.draw(range(1))[0].text.startswith("▌ One line.")
