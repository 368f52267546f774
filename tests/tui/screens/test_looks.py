"""The appearance of the screens.

Names use the available room, cut texts end in an ellipsis, and selections are visible without colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.shared.validation import Validation
from sibtui.tui.views.excerpts import in_a_row
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from pathlib import Path

    from rich.segment import Segment as Piece


COLOURLESS = {None, "default"}


def drawn(pilot) -> list[list[Piece]]:
    return [list(strip) for strip in pilot.app.screen._compositor.render_strips()]


def text_of(pilot) -> str:
    return "\n".join("".join(piece.text for piece in row).rstrip() for row in drawn(pilot))


def pieces_of(pilot, text: str) -> list[Piece]:
    return [piece for row in drawn(pilot) for piece in row if piece.text == text]


# Without colours


async def test_the_screen_below_a_dialog_is_visible_in_the_colours_of_the_terminal(study: Project, run, press):
    async with run(study) as pilot:
        pilot.app.theme = "ansi-dark"
        await pilot.pause()
        for keys in ("enter", "m", "question_mark", "plus", "ctrl+e"):
            await press(pilot, keys)
            assert text_of(pilot).endswith("leave"), keys
            await press(pilot, "escape")


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_no_color_draws_nothing_in_colour_in_any_theme(theme: str, coded: Project, run, press, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run(coded) as pilot:
        pilot.app.theme = theme
        await pilot.pause()
        for keys in ("right_square_bracket", "slash t h e", "escape f2", "f3", "f4", "f8", "f9 space", "f12"):
            await press(pilot, *keys.split())
            styles = [piece.style for row in drawn(pilot) for piece in row if piece.style]
            found = {colour.name for style in styles for colour in (style.color, style.bgcolor) if colour is not None}
            assert found <= COLOURLESS, keys


async def test_the_selected_match_differs_from_other_matches(study: Project, run, press, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run(study) as pilot:
        for theme in ("ansi-dark", "sibtui-dark", "sibtui-light"):
            pilot.app.theme = theme
            await pilot.pause()
            await press(pilot, *["slash", "t", "h", "e", "y", "enter"])
            looks = [piece.style for piece in pieces_of(pilot, "they") + pieces_of(pilot, "They")]
            assert len(looks) > 1
            assert len(set(looks)) == 2, theme
            await press(pilot, "escape", "g")


async def test_the_cursor_in_a_field_is_visible_without_colours(study: Project, run, press, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run(study) as pilot:
        pilot.app.theme = "ansi-dark"
        await pilot.pause()
        await press(pilot, "f2", "a", "x")
        field = pilot.app.screen.query_one(Input).region
        assert any(piece.style and piece.style.reverse for piece in drawn(pilot)[field.y])
        await press(pilot, "escape", "escape", "ctrl+e", "enter")
        (proposed,) = [piece for piece in pieces_of(pilot, "report.html") if piece.style and piece.style.reverse]
        assert proposed.style.bgcolor in {None, proposed.style.color}


# In little room


async def test_the_message_of_a_prompt_uses_the_whole_width(study: Project, run, press):
    async with run(study, size=(80, 24)) as pilot:
        await press(pilot, "f2", "a")
        box = pilot.app.screen
        assert isinstance(box, Prompt)
        box._show(Validation("word " * 20))
        for width in (80, 60):
            await pilot.resize_terminal(width, 24)
            lines = box.query_one(TextLines).text.split("\n")
            assert width - 10 < max(map(len, lines)) <= width - 4


async def test_the_message_on_an_empty_line_is_not_a_warning(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f2", "a")
        names = {name for line in pilot.app.screen.query_one(TextLines)._lines for _, name in line}
        assert names == {"quiet"}
        await press(pilot, write="Paid in advance")
        names = {name for line in pilot.app.screen.query_one(TextLines)._lines for _, name in line}
        assert names == {"warning"}  # there is one


WORDS = "word " * 60
DETAILS = {
    "f2": ("fields", lambda study: study.codes.set("Money", definition=WORDS)),
    "f7": ("changes", lambda study: study.codes.set("Money", definition=WORDS)),
    "f8": ("overview-detail", lambda study: study.set_study(description=WORDS)),
    "f9": ("source-fields", lambda study: study.memos.add(WORDS, on="source", of="a1")),
    "f12": ("case-fields", lambda study: study.memos.add(WORDS, on="case", of="SIB A")),
}
"""Key of a screen → (id of its pane with details, function that makes these details long)."""


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 36)])
@pytest.mark.parametrize("key", DETAILS)
async def test_details_are_as_wide_when_they_open_as_after_a_change_of_the_size(
    key: str, size: tuple[int, int], study: Project, run, press
):
    name, lengthen = DETAILS[key]
    lengthen(study)
    async with run(study, size=size) as pilot:
        await press(pilot, key)
        await pilot.at_rest()
        pane = pilot.app.screen.query_one(f"#{name}", TextLines)
        opened, room = pane.text, pane.size.width
        assert WORDS.count("word") - 1 <= opened.count("word ") + opened.count("word\n") <= WORDS.count("word") + 1
        await pilot.resize_terminal(size[0] + 20, size[1])
        await pilot.resize_terminal(*size)
        assert pane.text == opened
        spare = room - max(map(len, opened.split("\n")))
        assert spare < (2 if pane.show_vertical_scrollbar else 0) + len("word ")


async def test_lines_take_the_column_of_a_scroll_bar_only_if_there_is_none(study: Project, run, press):
    async with run(study, size=(120, 36)) as pilot:
        await press(pilot, "f9")
        pane = pilot.app.screen.details
        for rows, wide in ((3, True), (pane.size.height, True), (pane.size.height + 1, False), (3, True)):
            pane.set_wrapped(lambda width, rows=rows: [[("x" * width, "text")]] * rows, rows)
            await pilot.pause()
            assert pane.show_vertical_scrollbar is not wide
            assert pane.text.split("\n")[0] == "x" * (pane.size.width - (0 if wide else 2))


async def test_a_code_uses_the_whole_width_of_its_pane(study: Project, run):
    study.codes.set("Money", definition="What it costs, who pays for it, and who is left with the loss in the end.")
    async with run(study, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.go_to_pane(screen.codes)
        screen._show_lines()  # as if the keys arrived before the layout of the pane
        await pilot.pause()
        lines = screen.query_one("#detail", TextLines).text.split("\n")
        assert max(map(len, lines)) > 36


async def test_the_codebook_screen_shows_the_whole_explanation_of_a_capital_letter(study: Project, run, press):
    async with run(study, size=(80, 24)) as pilot:
        await press(pilot, "f2", "K")
        assert "this capital letter applies it in a note" in text_of(pilot)


async def test_a_cut_line_ends_in_an_ellipsis(coded: Project, run):
    async with run(coded, size=(80, 24)) as pilot:
        pilot.app.screen.query_one("#status", TextLines).set_lines([[("long " * 40, "text")], [("漢字" * 40, "text")]])
        await pilot.pause()
        rows = text_of(pilot).split("\n")
        assert [row[-1] for row in rows[-3:-1]] == ["…", "…"]


async def test_a_status_row_ends_in_an_ellipsis_only_if_a_word_is_cut(study: Project, run):
    async with run(study, size=(80, 24)) as pilot:
        status = pilot.app.screen.query_one("#status", TextLines)
        status.set_lines([[("x" * status.room + " ", "text")], [("x" * status.room + "x", "text")]])
        await pilot.pause()
        assert [row[-1] for row in text_of(pilot).split("\n")[-3:-1]] == ["x", "…"]


LONG = "a name that somebody gave without thinking of terminals, which goes on until it has a hundred and twenty characters"


async def test_names_leave_room_for_the_facts_beside_them(tmp_path: Path, run, press):
    with Project.create(tmp_path / "long.sibtui", coder="R1") as long:
        for case in (f"A {LONG}", f"B {LONG}"):
            long.cases.add(case)
        cases = tuple(case.label for case in long.cases.list())
        long.sources.add([SourceDraft(f"s {LONG}", "One sentence. Another one.", cases=cases)])
        long.codes.import_([CodeDraft(f"{LONG}/{LONG}"), CodeDraft(f"{LONG}/{LONG}s")])
        path = f"{LONG}/{LONG}"
        long.codings.add(CodingDraft(f"s {LONG}", path, quote="One sentence.", stance="counters"))
        long.matrices.define(MatrixDefinition("table-1", LONG, (RowDefinition(LONG, (path,)),)))
        async with run(long, size=(80, 24)) as pilot:
            await press(pilot, "f6")
            assert "counter-evidence" in text_of(pilot)
            assert ", line 1" in text_of(pilot)
            await press(pilot, "f4")
            assert ", line 1" in text_of(pilot)
            await press(pilot, "f3")
            lines = text_of(pilot).split("\n")[-5:-1]
            assert " · A a name" in lines[0]
            assert lines[1].startswith(" incomplete")
            await press(pilot, "f2", "S")
            await pilot.at_rest()
            assert "…  ↔  a name" in text_of(pilot)


async def test_the_column_of_keys_and_counts_is_only_as_wide_as_needed(coded: Project, run, press):
    async with run(coded) as pilot:
        await pilot.pause()
        assert {len(row.right) for row in pilot.app.screen.codes.rows if row.key == "Money"} == {1}
        await press(pilot, "f2")
        assert {len(row.right) for row in pilot.app.screen.rows.rows if row.key == "Money"} == {1}


# Nothing is shown twice, and no empty part is shown


def test_a_table_in_a_note_is_shown_without_the_spaces_between_its_columns():
    row, (first, last) = in_a_row("One\n\nof  a\tfew ", "two\n words", "   and   more\n\nnext")
    assert row == "of a few two words and more"
    assert row[first:last] == "two words"


async def test_the_picker_without_codes_shows_how_to_add_the_first(tmp_path: Path, run, press):
    with Project.create(tmp_path / "new.sibtui", coder="R1") as new:
        new.sources.add([SourceDraft("one", "One sentence.", "one")])
        async with run(new) as pilot:
            await press(pilot, "enter")
            assert "No codes yet: type a name, and Enter makes the first." in text_of(pilot)
            await press(pilot, "escape", "f8")
            await pilot.at_rest()
            assert [row.text for row in pilot.app.screen.rows.rows if (row.key or "").startswith("source:")] == ["one"]


async def test_the_selection_stays_visible_when_the_window_shrinks(study: Project, run, press):
    study.sources.add([SourceDraft("long", "A sentence of some words, which goes on. " * 300)])
    async with run(study, size=(200, 50)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await press(pilot, *["pagedown"] * 2, *["down"] * 20)
        for size in ((120, 36), (80, 24), (60, 12), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            note = screen.note
            row = note._layout.row_of(screen.workspace.selection.start)
            assert note.scroll_offset.y <= row < note.scroll_offset.y + note.size.height, size
