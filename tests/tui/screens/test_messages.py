"""Hints, status lines and lists show the current state, in every theme and at 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import SourceDraft
from sibtui.project import Project
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.code_picker import CodePicker
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.tui.widgets.row_list import RowList

NARROW = (80, 24)


def shown(pilot, name: str = "status") -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def hints(pilot, name: str = "status") -> str:
    return shown(pilot, name).splitlines()[-1]


def is_reversed(widget: RowList | MatrixGrid) -> bool:
    """Return whether a part is reversed in the colours of the terminal. Other colours may equal the background."""
    pieces = [piece for y in range(widget.size.height) for piece in widget.render_line(y)]
    turned = [piece.style for piece in pieces if piece.style is not None and piece.style.reverse]
    return bool(turned) and all(
        style.color is not None and style.bgcolor is not None and style.color.name == style.bgcolor.name == "default"
        for style in turned
    )


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_cursors_are_visible_in_the_colours_of_the_terminal(theme: str, tabled: Project, run, press):
    async with run(tabled) as pilot:
        pilot.app.theme = theme
        await press(pilot, "tab")
        assert is_reversed(pilot.app.screen.codes)
        await press(pilot, "f3")
        assert is_reversed(pilot.app.screen.query_one(MatrixGrid))


async def test_while_the_user_types_the_hints_name_no_key_that_is_a_letter(study: Project, run, press):
    async with run(study, size=NARROW) as pilot:
        await press(pilot, "slash")
        assert hints(pilot) == "Enter keeps the match  Esc goes back"
        await press(pilot, "enter", "f")
        assert hints(pilot) == "Enter to the codes  Esc removes the filter"
        await press(pilot, "escape", "f5")
        assert hints(pilot, "status-bar") == "↓ Enter to the matches  Esc back to the note  F1 help  ctrl+p commands"


async def test_after_a_search_the_hints_show_the_keys_for_the_next_match_and_the_end(study: Project, run, press):
    async with run(study, size=NARROW) as pilot:
        await press(pilot, "slash", write="nobody")
        await press(pilot, "enter")
        assert hints(pilot).startswith("n N next match, previous  Esc ends the search")
        await press(pilot, "escape")
        assert hints(pilot).startswith("↓ sentence")


async def test_without_a_note_the_hints_show_the_key_that_brings_notes_in(tmp_path: Path, run):
    with Project.create(tmp_path / "new.sibtui", name="New", coder="R1") as project:
        async with run(project, size=NARROW) as pilot:
            assert hints(pilot).startswith("+ bring notes in")
            assert hints(pilot).endswith("q leave")


async def test_the_hints_show_that_q_goes_back_from_another_screen(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        assert hints(pilot).endswith("q leave")
        for key in ("f2", "f3", "f4", "f6", "f7", "f8"):
            await press(pilot, key)
            assert hints(pilot, "status-bar").endswith("q back"), key


async def test_a_filter_without_a_match_is_not_shown_as_an_empty_codebook(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f", write="zeppelin")
        assert pilot.app.screen.codes.empty == "No code has these words."


async def test_a_search_without_a_match_is_reported_with_all_its_words(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f5", write="zzq")
        await pilot.at_rest()
        await press(pilot, write="q")
        await pilot.at_rest()
        assert "“zzqq”" in pilot.app.export_screenshot()


async def test_the_picker_shows_the_definition_in_the_whole_width_from_the_start(coded: Project, run, press):
    words = "What is said of those who carry the loss when an outcome is missed, and of nobody else at all."
    for code in coded.codes.list():
        coded.codes.set(code.path, definition=words)
    async with run(coded, size=NARROW) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CodePicker)
        assert len(pilot.app.screen.query_one(TextLines).text.splitlines()) == 2


async def test_a_narrow_screen_shows_the_title_of_the_source_under_the_cursor(study: Project, run, press):
    study.sources.add([SourceDraft("z9", "A word.", "A title that the pane has no room for")])
    async with run(study, size=NARROW) as pilot:
        await press(pilot, "tab", "tab", "G")
        assert (
            shown(pilot).splitlines()[0].startswith("A title that the pane has no room for · z9 · interview · unread ")
        )


async def test_a_long_name_is_shown_once_above_the_note_and_cut_with_an_ellipsis(study: Project, run):
    name = "a-name-" * 14 + "end"
    study.sources.add([SourceDraft(name, "A word.", name)])
    async with run(study, size=NARROW) as pilot:
        pilot.app.screen.open_at(name)
        await pilot.pause()
        first = shown(pilot, "title").splitlines()[0]
        assert first.startswith("a-name-a-name-")
        assert first.endswith("…")
        assert len(first) <= 78


async def test_a_long_case_name_is_cut_with_an_ellipsis_in_the_menu_of_letters(study: Project, run, press):
    cases = ("SIB A", "The case " + "with a very long name " * 5)
    study.cases.add(cases[1])
    study.sources.add([SourceDraft("z9", "A word.", "Two", cases=cases)])
    async with run(study, size=NARROW) as pilot:
        pilot.app.screen.open_at("z9")
        await press(pilot, "equals_sign")
        assert isinstance(pilot.app.screen, LetterMenu)
        rows = pilot.app.screen.query_one(TextLines)
        longest = max(rows.text.splitlines(), key=len)
        assert longest.endswith("…")
        assert len(longest) <= rows.size.width


async def test_j_and_k_move_through_the_queue_as_through_lists(tabled: Project, run, press):
    async with run(tabled, size=NARROW) as pilot:
        await press(pilot, "f6")
        first = shown(pilot, "queue-cases") + shown(pilot, "status-bar")
        await press(pilot, "j")
        assert shown(pilot, "queue-cases") + shown(pilot, "status-bar") != first
        await press(pilot, "k")
        assert shown(pilot, "queue-cases") + shown(pilot, "status-bar") == first


async def test_a_code_applied_from_the_codebook_pane_is_reported_in_the_note(study: Project, run):
    async with run(study) as pilot:
        screen = pilot.app.screen
        await pilot.press("tab")
        screen.codes.go("People/Trust")
        await pilot.press("enter")
        assert screen.focused is screen.note
        assert "✓" in screen.query_one("#status", TextLines).text
        await pilot.press("down")
        assert "✓" not in screen.query_one("#status", TextLines).text


async def test_without_a_match_no_key_for_the_next_match_is_shown(study: Project, run, press):
    async with run(study, size=NARROW) as pilot:
        await press(pilot, "slash", write="zeppelin")
        await press(pilot, "enter")
        assert "“zeppelin” is not in this note" in shown(pilot)
        await press(pilot, "down")
        assert hints(pilot).startswith("↓ sentence")


async def test_an_active_filter_is_shown_with_the_key_that_removes_it(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f", write="trust")
        await press(pilot, "enter", "escape", "f", write="trust")
        await press(pilot, "enter", "enter")  # the code is applied, and the note has the keys
        assert shown(pilot, "right-title") == "Codes  only with “trust”: 1"
        await press(pilot, "down")
        assert hints(pilot).startswith("Esc all codes")
        await press(pilot, "escape")
        assert shown(pilot, "right-title") == "Codes  5"
        assert hints(pilot).startswith("↓ sentence")


async def test_the_filter_moves_the_cursor_to_a_code_with_its_words_in_the_name(coded: Project, run, press):
    coded.codes.set("Money", definition="What trust costs.")
    async with run(coded) as pilot:
        await press(pilot, "f", write="trust")
        await press(pilot, "enter")
        assert pilot.app.screen.codes.key == "People/Trust"
        await press(pilot, "escape", "f2", "slash", write="trust")
        await press(pilot, "enter")
        assert pilot.app.screen.rows.key == "People/Trust"
        assert shown(pilot, "codebook-title").endswith("only with “trust”: 2")
        assert hints(pilot, "status-bar").startswith("Esc all codes")


async def test_the_keys_that_put_a_code_somewhere_are_shown_after_a_code_was_taken(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down")
        assert "put below" not in hints(pilot, "status-bar")
        await press(pilot, "x")
        assert "v put below" in hints(pilot, "status-bar")


async def test_a_note_without_a_case_shows_the_key_that_adds_a_case(study: Project, run, press):
    async with run(study, size=NARROW) as pilot:
        await press(pilot, *["greater_than_sign"] * 2, "W")
        assert "no case (=)" in shown(pilot)
        await press(pilot, "equals_sign", write="sib a; SIB C")
        assert "SIB C: new." in pilot.app.screen.query_one("#prompt TextLines", TextLines).text
        await press(pilot, "enter")
        assert study.sources.get("x1").cases == ("SIB A", "SIB C")
        await press(pilot, "u")
        assert study.sources.get("x1").cases == ()
        assert [case.label for case in study.cases.list()] == ["SIB A", "SIB B"]


async def test_codings_in_a_note_with_one_case_get_this_case(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, *["greater_than_sign"] * 2, "W", "equals_sign", write="SIB B")
        await press(pilot, "enter")
        assert "x1 is about SIB B, and so is 1 coding of it." in shown(pilot)
        assert "SIB B" in shown(pilot, "detail")
        await press(pilot, "down", "equals_sign")
        assert "@ adds a case" in shown(pilot)


async def test_in_the_sources_pane_the_cases_of_the_source_under_the_cursor_are_changed(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "shift+tab", "down", "at", write="; SIB D")
        await press(pilot, "enter")
        assert study.sources.get("m1").cases == ("SIB A", "SIB B", "SIB D")


async def test_keys_that_qualify_are_shown_for_a_new_and_for_an_active_coding(study: Project, run, press):
    async with run(study, size=NARROW) as pilot:
        await press(pilot, "down", "W")
        assert hints(pilot) == "✓ Who carries the loss    - counters  ~ tentative  = case  m memo  u undo"
        await press(pilot, "down")
        assert "F2 codes  F3 tables  > next" in hints(pilot)
        await press(pilot, "left_square_bracket")
        assert "Enter code  - counters  > next" in hints(pilot)


@pytest.fixture
def nothing(tmp_path: Path) -> Project:
    with Project.create(tmp_path / "nothing.sibtui") as project:
        yield project


@pytest.mark.parametrize(
    ("key", "useful"),
    [("f2", "a add"), ("f3", "] open"), ("f4", "f filter"), ("f6", "u undo"), ("f7", "f filter"), ("f8", "c check")],
)
async def test_the_hints_of_an_empty_screen_name_no_key_that_needs_an_item(
    key: str, useful: str, nothing: Project, run, press
):
    async with run(nothing, size=(200, 50)) as pilot:
        await press(pilot, key)
        line = hints(pilot, "status-bar")
        assert line.endswith("u undo  ? help  q back")
        assert useful.rsplit(maxsplit=1)[-1] in line
        for needing in (
            "judge",
            "in the note",
            "skip",
            "edit",
            "merge",
            "mark",
            "appendix",
            "remove",
            "go to",
            "newest",
            "read",
        ):
            assert needing not in line


async def test_without_a_note_no_code_can_be_chosen(nothing: Project, run, press):
    async with run(nothing) as pilot:
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, CodePicker)
        assert "+ brings notes in" in hints(pilot)


async def test_long_names_are_cut_so_that_the_hint_for_space_stays(study: Project, run, press):
    source, case = "the-second-long-interview-of-the-north", "A case with quite a long name"
    study.cases.add(case)
    study.sources.add([SourceDraft(source, "Words. " * 40, cases=(case,))])
    async with run(study, size=NARROW) as pilot:
        pilot.app.screen.open_at(source)
        await press(pilot, "down")
        assert "Space: nothing yet, Enter first" in shown(pilot)
        assert "line 1" in shown(pilot)


async def test_the_hints_name_qualifiers_if_a_coding_is_active_and_other_screens_if_not(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "g")
        while pilot.app.screen.workspace.active is not None:
            await press(pilot, "down")
        assert "F2 codes  F3 tables" in hints(pilot)
        assert "counters" not in hints(pilot)
        await press(pilot, "right_square_bracket")
        assert "- counters  ~ tentative" in hints(pilot)


@pytest.mark.parametrize(
    ("keys", "name", "words", "following"),
    [
        (("ctrl+r",), "status", "nothing to redo", "right"),
        (("f9", "space", "space", "z"), "status-bar", "2 sources are marked, and a withdrawal erases one", "up"),
    ],
)
async def test_a_message_stays_when_the_window_gets_another_size(
    study: Project, run, press, keys, name, words, following
):
    async with run(study, size=(120, 36)) as pilot:
        await press(pilot, *keys)
        assert words in shown(pilot, name)
        for size in ((60, 24), (200, 50), (120, 20)):
            await pilot.resize_terminal(*size)
            await pilot.at_rest()
            assert words in " ".join(shown(pilot, name).split()), size
        await press(pilot, following)
        assert words not in " ".join(shown(pilot, name).split())
        await pilot.resize_terminal(80, 24)
        await pilot.at_rest()
        assert words not in " ".join(shown(pilot, name).split())


async def test_an_old_message_is_not_shown_again_after_another_screen_or_a_dialog(coded: Project, run, press):
    coded.codes.add("People/Trusts")
    async with run(coded) as pilot:
        for keys in (("f2", "escape"), ("question_mark", "escape")):
            await press(pilot, "ctrl+r")
            assert "nothing to redo" in hints(pilot)
            await press(pilot, *keys)
            assert hints(pilot).startswith("↓ sentence"), keys
        await press(pilot, "f2", "S")
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, Chooser)
        await press(pilot, "escape")
        assert "Comparing" not in hints(pilot, "status-bar")


async def test_the_next_source_is_found_if_another_screen_has_renamed_it(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f9")
        study.sources.set("m1", new_name="m2")
        pilot.app.screen.record_change()
        await press(pilot, "greater_than_sign")
        assert pilot.app.screen.workspace.source.name == "m2"
