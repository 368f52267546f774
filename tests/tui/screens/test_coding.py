"""The coding screen, with its keys and with the palette."""

from __future__ import annotations

import random

import pytest
from textual import events
from textual.widgets import Input, TextArea

from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.project import Project
from sibtui.tui.keymap import KeyMap
from sibtui.tui.screens.coding import CodingScreen, sources_pane
from sibtui.tui.screens.help import HelpScreen
from sibtui.tui.widgets.code_picker import CodePicker
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.session_state import SessionState
from tests.sweeps import in_part


def screen_of(pilot) -> CodingScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, CodingScreen)
    return screen


def selected(pilot) -> str:
    workspace = screen_of(pilot).workspace
    assert workspace.selection is not None
    return workspace.selection.quote(workspace.text)


def shown(pilot, name: str) -> str:
    return screen_of(pilot).query_one(f"#{name}", TextLines).text


async def press(pilot, *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def write(pilot, words: str) -> None:
    await press(pilot, *("space" if sign == " " else sign for sign in words))


async def test_at_the_start_the_first_sentence_is_selected_and_shown_in_the_status(study: Project, run):
    async with run(study) as pilot:
        assert selected(pilot) == "# The investor"
        assert "a1, line 1  14 characters" in shown(pilot, "status")
        assert "SIB A" in shown(pilot, "status")
        assert "Space: nothing yet" in shown(pilot, "status")


async def test_applying_the_last_code_to_the_next_sentence_takes_two_keys(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "W", "down", "space")
        assert "Space: Who carries the loss again" in shown(pilot, "status")
    assert [(coding.quote, coding.code) for coding in study.codings.list()] == [
        ("They came for the money.", "Money/Who carries the loss"),
        ("It was not the return: evicting people cost more.", "Money/Who carries the loss"),
    ]


async def test_applying_another_code_by_its_name_takes_five_keys(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "enter", "t", "r", "enter")
        assert not isinstance(pilot.app.screen, CodePicker)
    (coding,) = study.codings.list()
    assert coding.code == "People/Trust"


async def test_a_new_name_adds_a_code_below_the_theme_of_the_last_code(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "W", "enter")
        await write(pilot, "Eviction")
        await press(pilot, "enter")
        assert "New code: Money / Eviction" in shown(pilot, "status")
    assert study.codes.get("Eviction").path == "Money/Eviction"


async def test_a_new_path_adds_a_code_with_this_path(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "enter")
        await write(pilot, "Places/Doorways")
        await press(pilot, "enter")
    assert study.codes.get("Places/Doorways").codings == 1


async def test_the_picker_offers_no_retired_code(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "enter", "g", "i", "v")
        assert "Given up" not in [row.text for row in pilot.app.screen.query_one(RowList).rows]
        await press(pilot, "escape")
        assert pilot.app.screen is screen_of(pilot)


async def test_tab_completes_a_row_of_the_picker_to_its_path(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "enter", "t", "r", "u", "tab")
        assert pilot.app.screen.query_one(Input).value == "People/Trust"


async def test_the_palette_runs_a_command_by_its_name(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "end of the note")
        await pilot.at_rest()
        await press(pilot, "enter")
        await pilot.pause()
        assert selected(pilot) == "We employ the person they trust until March."


async def test_start_and_end_move_by_characters_in_the_edge_editor(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "e", "left", "left", "shift+right")
        assert selected(pilot) == "hey came for the mone"
        assert "by characters" in shown(pilot, "status")
        await press(pilot, "enter", "left")
        assert selected(pilot) == "hey came for the"


async def test_stance_and_certainty_of_a_coding_can_be_switched(coded: Project, run):
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "minus")
        assert "counter-evidence" in shown(pilot, "detail")
        await press(pilot, "tilde")
        assert "tentative" in shown(pilot, "detail")
        await press(pilot, "minus")
    first = next(coded.codings.list())
    assert (first.stance, first.certainty) == ("supports", "tentative")


async def test_a_case_chosen_by_its_letter_applies_to_the_rest_of_the_section(study: Project, run):
    async with run(study) as pilot:
        screen_of(pilot).open_at("m1")
        await press(pilot, "apostrophe", "u", "equals_sign", "b", "down", "space")
        assert "SIB B (section)" in shown(pilot, "status")
        await press(pilot, "G", "space")
        assert "no case yet" in shown(pilot, "status")
    assert [coding.cases for coding in study.codings.list()] == [("SIB B",), ("SIB B",), ()]


async def test_a_capital_letter_adds_a_case_to_a_coding(study: Project, run):
    async with run(study) as pilot:
        screen_of(pilot).open_at("m1")
        await press(pilot, "apostrophe", "u", "equals_sign", "a", "equals_sign", "B")
    (coding,) = study.codings.list()
    assert coding.cases == ("SIB A", "SIB B")


async def test_a_capital_letter_removes_a_case_that_the_coding_has(study: Project, run):
    async with run(study) as pilot:
        screen_of(pilot).open_at("m1")
        await press(pilot, "apostrophe", "u", "equals_sign", "asterisk", "equals_sign", "B")
        assert next(study.codings.list()).cases == ("SIB A",)
        await press(pilot, "equals_sign", "A")
    assert next(study.codings.list()).cases == ()


async def test_without_a_coding_a_capital_letter_adds_a_case_for_the_section(study: Project, run):
    async with run(study) as pilot:
        screen_of(pilot).open_at("m1")
        await press(pilot, "equals_sign", "a", "equals_sign", "B")
        assert screen_of(pilot).workspace.attribution == ("SIB A", "SIB B")
        await press(pilot, "equals_sign", "A")
        assert screen_of(pilot).workspace.attribution == ("SIB B",)


async def test_in_a_source_of_one_case_there_is_no_case_to_choose(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "equals_sign")
        assert "has one case, SIB A" in shown(pilot, "status")


async def test_a_removal_can_be_undone_and_redone(coded: Project, run):
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "d")
        assert coded.codings.count() == 1
        assert shown(pilot, "detail").startswith("No coding here")
        await press(pilot, "u")
        assert coded.codings.count() == 2
        assert "Who carries the loss" in shown(pilot, "detail")
        await press(pilot, "U")
        assert coded.codings.count() == 1
        await press(pilot, "ctrl+z", "ctrl+y", "ctrl+z")
        assert coded.codings.count() == 2


@pytest.mark.slow
async def test_undo_reverts_the_effects_of_many_mistyped_keys(coded: Project, run):
    before = list(coded.codings.list())
    done = len([act for act in coded.history.list() if act.state == "done"])
    async with run(coded) as pilot:
        await press(pilot, *("space" if key == " " else key for key in "xxd jW-~dr]i-d}WWpdMd.~lhLHa s ix d"))
        more = len([act for act in coded.history.list() if act.state == "done"]) - done
        assert more > 5
        await press(pilot, *["u"] * (more + 1))  # a pin is no act of the study, but undo removes it in its turn
        assert list(screen_of(pilot).workspace.spans) == before
        assert pilot.app.study_state.pins == {}
    assert list(coded.codings.list()) == before


async def test_undo_reverts_changes_of_the_pins(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "W", "p")
        pins = pilot.app.study_state.pins
        assert pins == {"1": "Money/Who carries the loss"}
        await press(pilot, "p", "down", "1", "2", "W", "p", "p")
        await press(pilot, "u", "u", "u", "u")  # two pins, a coding, the first pin let go
        assert pins == {"1": "Money/Who carries the loss"}
        assert study.codings.count() == 1
        await press(pilot, "u", "u")
        assert pins == {}
        assert study.codings.count() == 0


async def test_a_code_is_applied_by_its_pinned_digit_or_its_letter(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "W", "p", "down", "1", "down", "apostrophe", "u")
        marks = {row.key: row.right.split()[0] for row in screen_of(pilot).codes.rows}
    assert marks["Money/Who carries the loss"] == "1"
    assert marks["People/Trust"] == "'U"  # only U redoes
    assert [coding.code for coding in study.codings.list()] == [
        "Money/Who carries the loss", "Money/Who carries the loss", "People/Trust",
    ]  # fmt: skip


async def test_an_in_vivo_code_is_named_after_the_selected_words(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "i")
    assert study.codes.get("In vivo/They came for the money").codings == 1


async def test_a_coding_gets_another_span_and_another_code(coded: Project, run):
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "x", "r", "R")
        await write(pilot, "paid")
        await press(pilot, "enter")
    first = next(coded.codings.list())
    assert first.quote == "The loss falls on the fund. The charity is paid in advance."
    assert first.code == "Money/Paid in advance"


async def test_a_memo_is_saved_when_the_user_leaves_its_editor(coded: Project, run):
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "m")
        await write(pilot, "look again")
        await press(pilot, "escape")
        assert "look again" in shown(pilot, "detail")
        await press(pilot, "m")
        pilot.app.screen.query_one(TextArea).text = ""
        await press(pilot, "escape")
        assert "look again" not in shown(pilot, "detail")
    assert next(coded.codings.list()).memo == ""


@pytest.mark.parametrize("sign", ["\x0c", "\x85", "\u2028", "\x00", "\t"])
async def test_opening_a_memo_changes_none_of_its_characters(coded: Project, run, sign: str):
    first = next(coded.codings.list())
    coded.codings.set(first.id, memo=f"a{sign}b")
    acts = len(coded.history.list())
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "m", "escape")
    assert coded.codings.get(first.id).memo == f"a{sign}b"
    assert len(coded.history.list()) == acts


async def test_memos_on_a_source_and_on_a_code_are_stored(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "m")
        await write(pilot, "ask")
        await press(pilot, "escape", "tab", "down", "m")
        await write(pilot, "split")
        await press(pilot, "escape")
    assert [(memo.on, memo.of, memo.text) for memo in study.memos.list()] == [
        ("source", "a1", "ask"), ("code", "Money/Who carries the loss", "split"),
    ]  # fmt: skip


async def test_a_source_is_marked_read_and_unread(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "M")
        assert study.sources.get("a1").reading == "read"
        assert "1 of 3 read" in shown(pilot, "left-title")
        await press(pilot, "M")
        assert study.sources.get("a1").reading == "in progress"


async def test_sources_are_opened_from_the_sources_pane_and_by_keys(study: Project, run):
    async with run(study) as pilot:
        screen = screen_of(pilot)
        assert [row.text for row in screen.sources.rows] == ["SIB A", "a1", "Multiple", "m1", "No case", "x1"]
        await press(pilot, "tab", "tab", "down", "enter")
        assert "Fund manager" in shown(pilot, "title")
        assert screen.focused is screen.note
        await press(pilot, "greater_than_sign")
        assert "x1" in shown(pilot, "title")
        await press(pilot, "greater_than_sign")
        assert "last source" in shown(pilot, "status")
        await press(pilot, "less_than_sign", "ctrl+left")
        assert "Investor" in shown(pilot, "title")


async def test_marking_as_read_in_the_pane_marks_the_source_under_the_cursor(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "tab", "tab", "down", "M")
        assert "reading: read" in shown(pilot, "detail")
    assert [source.reading for source in study.sources.list()] == ["unread", "read", "unread"]


async def test_a_code_can_be_applied_pinned_and_found_in_the_codebook_pane(study: Project, run):
    async with run(study) as pilot:
        screen = screen_of(pilot)
        await press(pilot, "tab", "slash")
        await write(pilot, "tru")
        assert [row.text for row in screen.codes.rows] == ["Trust"]
        await press(pilot, "enter", "p", "enter")
        assert screen.focused is screen.note
        assert "1" in [row.right.split()[0] for row in screen.codes.rows if row.text == "Trust"]
    assert [coding.code for coding in study.codings.list()] == ["People/Trust"]


async def test_escape_removes_the_filter_of_the_codes(study: Project, run):
    async with run(study) as pilot:
        screen = screen_of(pilot)
        await press(pilot, "f")
        await write(pilot, "tru")
        await press(pilot, "escape")
        assert len(screen.codes.rows) == 5
        assert screen.focused is screen.note


async def test_a_long_code_name_is_shown_whole_if_the_cursor_is_on_the_code(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "tab", "down")
        assert shown(pilot, "detail").replace("\n", " ").startswith("Money / Who carries the loss  Who pays when")


async def test_a_search_in_the_note_goes_to_the_next_and_the_previous_match(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "slash")
        await write(pilot, "TRUST")
        assert selected(pilot) == "trust"
        await press(pilot, "enter")
        first = screen_of(pilot).workspace.selection
        await press(pilot, "n")
        assert screen_of(pilot).workspace.selection != first
        await press(pilot, "N")
        assert screen_of(pilot).workspace.selection == first


async def test_a_search_without_a_match_ends_even_if_its_keys_arrive_together(study: Project, run):
    async with run(study) as pilot:
        await pilot.press("slash")
        for key in (*"zzz", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert screen_of(pilot).workspace.match is None
        assert "“zzz” is not in this note" in shown(pilot, "status")


async def test_a_cancelled_search_goes_back_to_the_selection_before_it(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "slash")
        await write(pilot, "trust")
        await press(pilot, "escape")
        assert selected(pilot) == "They came for the money."
        await press(pilot, "slash")
        await write(pilot, "nowhere")
        assert "not in this note" in shown(pilot, "status")


async def test_overlapping_codings_become_active_one_after_the_other(coded: Project, run):
    coded.codings.add(CodingDraft("a1", "Trust", quote="The loss falls on the fund."))
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket")
        assert "▸ Wc" in shown(pilot, "detail")
        await press(pilot, "o")
        assert "▸ Tr" in shown(pilot, "detail")
        await press(pilot, "d")
    assert next(coding.code for coding in coded.codings.list()) == "Money/Who carries the loss"


async def test_the_selected_words_are_copied(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "c")
        assert pilot.app.clipboard == "They came for the money."


async def test_line_numbers_are_shown_and_remembered(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "number_sign")
        assert screen_of(pilot).note.render_line(0).text.startswith("▌ 1 ")
        memory = pilot.app.memory
    async with run(study, memory=memory) as pilot:
        assert screen_of(pilot).note.numbered


async def test_a_study_is_reopened_where_it_was_left(study: Project, run, tmp_path):
    async with run(study) as pilot:
        screen_of(pilot).open_at("m1")
        await press(pilot, "down", "apostrophe", "u", "down")
        pilot.app.memory.save()
    async with run(study, memory=SessionState.load(tmp_path / "state.json")) as pilot:
        assert "Fund manager" in shown(pilot, "title")
        assert selected(pilot) == "In B it was the star."
        assert "Space: Trust again" in shown(pilot, "status")


async def test_changes_by_a_script_are_shown_and_the_selection_is_kept(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "down", "down")
        with Project.open(study.path, coder="R2") as other:
            other.codings.add(CodingDraft("a1", "Trust", quote="evicting people"))
            other.codes.rename("Money", "Cash")
        pilot.app._look_for_changes()
        await pilot.pause()
        assert selected(pilot) == "It was not the return: evicting people cost more."
        assert "Trust" in shown(pilot, "detail")
        assert "Cash" in [row.text for row in screen_of(pilot).codes.rows]


async def test_a_change_by_a_script_does_not_move_the_cursor_in_the_list_of_sources(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "shift+tab", "down")
        sources = screen_of(pilot).sources
        assert sources.key == "m1"
        with Project.open(study.path, coder="R2") as other:
            other.cases.add("SIB C")
        pilot.app._look_for_changes()
        await pilot.pause()
        assert sources.key == "m1"
        assert "Fund manager" in shown(pilot, "detail")
        with Project.open(study.path, coder="R2") as other:
            other.sources.remove("m1")
        pilot.app._look_for_changes()
        await pilot.pause()
        assert sources.key == "a1"


async def test_a_check_for_changes_while_the_program_ends_raises_no_error(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "q")
    assert pilot.app.screen_stack == []
    pilot.app._look_for_changes()


async def test_the_mouse_selects_a_sentence_a_word_a_dragged_range_or_a_coding(coded: Project, run):
    async with run(coded) as pilot:
        note = screen_of(pilot).note
        left = note._frame.left
        await pilot.click(note, offset=(left + 5, 2))
        await pilot.pause()
        assert selected(pilot) == "They came for the money."
        await pilot.click(note, offset=(left + 6, 2), times=2)
        await pilot.pause()
        assert selected(pilot) == "came"
        await pilot.mouse_down(note, offset=(left + 5, 2))
        await pilot.hover(note, offset=(left + 9, 2))
        await pilot.mouse_up(note, offset=(left + 9, 2))
        await pilot.pause()
        assert selected(pilot) == "came"
        row = note._layout.row_of(screen_of(pilot).workspace.text.index("The loss"))
        await pilot.click(note, offset=(2, row))
        await pilot.pause()
        assert selected(pilot) == "The loss falls on the fund."


async def test_a_source_is_opened_by_a_click(study: Project, run):
    async with run(study) as pilot:
        await pilot.click(screen_of(pilot).sources, offset=(6, 3))
        await pilot.pause()
        assert "Fund manager" in shown(pilot, "title")


async def test_on_a_narrow_screen_side_panes_are_hidden_and_can_be_opened(study: Project, run):
    async with run(study, size=(80, 24)) as pilot:
        screen = screen_of(pilot)
        left, right = screen.query_one("#left"), screen.query_one("#right")
        assert (left.display, right.display) == (False, False)
        assert screen.note.size.width >= 78
        first = shown(pilot, "status").splitlines()[0]
        assert "No coding here" in first
        assert first.endswith(" R1")
        await press(pilot, "tab")
        assert (left.display, right.display) == (False, True)
        await press(pilot, "tab")
        assert (left.display, right.display) == (True, False)
        await press(pilot, "escape")
        assert (left.display, right.display) == (False, False)


async def test_the_help_lists_the_keys_of_the_current_pane(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        help_text = pilot.app.screen.query_one(TextLines).text
        assert "Add the next sentence to the selection." in help_text
        await press(pilot, "pagedown", "end", "escape")
        assert pilot.app.screen is screen_of(pilot)
        await press(pilot, "tab", "question_mark")
        assert "Apply the code under the cursor" in pilot.app.screen.query_one(TextLines).text


async def test_keys_of_the_key_map_work_and_are_shown_in_hints(study: Project, run):
    keymap = KeyMap({"coding.in_vivo": "f9", "move.next_sentence": "b"}, ["keys.toml: one line is wrong."])
    async with run(study, keymap=keymap) as pilot:
        await press(pilot, "b", "f9")
        assert study.codes.get("They came for the money").codings == 1
        await press(pilot, "down")
        assert selected(pilot) == "They came for the money."
        await press(pilot, "k")
        assert "b sentence" in shown(pilot, "status")
        assert [str(notice.message) for notice in pilot.app._notifications] == ["keys.toml: one line is wrong."]


async def test_texts_in_the_panes_name_the_keys_of_the_key_map(coded: Project, run):
    changed = {
        "coding.again": "f9", "coding.pick": "f10", "coding.case": "f11", "pane.note": "f12", "find.start": "b",
        "move.overlapping": "z", "find.next": "t", "select.end_on": "C",
    }  # fmt: skip
    async with run(coded, keymap=KeyMap(changed, [])) as pilot:
        screen = screen_of(pilot)
        assert "F9: nothing yet, F10 first" in shown(pilot, "status")
        assert "F10 applies a code to the selection." in " ".join(shown(pilot, "detail").split())
        await press(pilot, "t")
        assert "No search is active: b starts one." in shown(pilot, "status")
        await press(pilot, "e")
        assert "← C end" in shown(pilot, "status")
        assert "F10 finishes" in shown(pilot, "status")
        await press(pilot, "f12")
        screen.open_at("m1")
        await press(pilot, "W")
        assert "no case yet (F11)" in shown(pilot, "status")
        assert "no case yet: F11 chooses it" in " ".join(shown(pilot, "detail").split())
        await pilot.resize_terminal(80, 24)
        await press(pilot, "apostrophe", "u")
        await press(pilot, "j", "k")
        assert "and 1 more (z)" in shown(pilot, "status")
        await press(pilot, "f")
        assert "F12 removes the filter" in shown(pilot, "status")


async def test_a_study_without_notes_names_the_key_that_brings_them_in(tmp_path, run):
    with Project.create(tmp_path / "empty.sibtui") as empty:
        async with run(empty, keymap=KeyMap({"sources.add": "f9", "coding.pick": "f10"}, [])) as pilot:
            assert "F9 brings notes in" in shown(pilot, "title")
            assert "F9 bring notes in" in shown(pilot, "status")
            assert screen_of(pilot).sources.empty == "No sources yet: F9 brings notes in."
            assert screen_of(pilot).codes.empty == "No codes yet: F10 makes the first."


async def test_an_impossible_command_is_reported(coded: Project, run):
    async with run(coded) as pilot:
        for key, message in [
            ("space", "No code was used yet"), ("d", "no coding under the selection"), ("minus", "code first, qualify after"),
            ("r", "code first"), ("1", "No code is pinned to 1"), ("Z", "No code has the key Z"), ("n", "No search is active"),
            ("R", "no coding at the selection"), ("o", "no coding at the selection"), ("U", "nothing to redo"),
        ]:  # fmt: skip
            await press(pilot, "g", key)
            assert message in shown(pilot, "status")
        await press(pilot, "right_square_bracket", "W")
        assert "has this coding already" in shown(pilot, "status")


async def test_an_empty_study_shows_the_next_step(run, tmp_path):
    with Project.create(tmp_path / "empty.sibtui") as project:
        async with run(project) as pilot:
            assert "No source is open" in shown(pilot, "title")
            assert "Nothing to select" in shown(pilot, "status")
            for key in ("down", "x", "l", "space", "i", "minus", "equals_sign", "m", "M", "right_square_bracket", "full_stop", "d", "pagedown",
                        "G", "s", "a", "e", "c", "slash", "escape", "tab", "enter", "tab", "enter", "escape", "u", "enter", "escape"):  # fmt: skip
                await press(pilot, key)
            assert project.codings.count() == 0


async def test_the_key_q_leaves_the_program(study: Project, run):
    async with run(study) as pilot:
        await press(pilot, "q")
    assert pilot.app.return_code == 0


@pytest.mark.parametrize("theme", ["sibtui-dark", "sibtui-light", "textual-dark", "nord", "ansi-dark"])
async def test_the_note_is_drawn_in_every_theme(theme: str, coded: Project, run):
    async with run(coded) as pilot:
        pilot.app.theme = theme
        await pilot.pause()
        await press(pilot, "right_square_bracket", "right_square_bracket")
        note = screen_of(pilot).note
        row = note._layout.row_of(screen_of(pilot).workspace.selection.start)
        assert "Tr≈" in note.render_line(row - note.scroll_offset.y).text
        assert pilot.app.memory.theme == theme


async def test_without_colours_the_selection_differs_from_other_text(coded: Project, run, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket")
        svg = pilot.app.export_screenshot()
        assert "▌" in svg


HOSTILE = "One \x1b[31mred\x1b[0m. [bold]Two[/bold] a[/]b!\x00 \u202eThree\u2066 e\u0301e\u0301. 👩\u200d👧\u200d👦 漢字、漢字。 مرحبا.\tTab\u2028 end. \x9b2J \ufe0f\u200d x. 🇬🇧🇫🇷! Next\x85line. Old\nends. Here \x0b\x0c\x1c."


@pytest.mark.parametrize("seed", in_part(range(6), 3))
async def test_the_segment_selected_by_keys_is_stored(seed: int, study: Project, run):
    """Check the central property of the program: the selected segment is stored exactly.

    The text has characters that break offsets in other programs.
    """
    chance = random.Random(seed)
    text = "\n\n".join("".join(chance.sample(HOSTILE.split(" "), 12)) + " " + HOSTILE for _ in range(4))
    study.sources.add([SourceDraft("hostile", text, "[red]a[/]b \x1b]0;x\x07", cases=("SIB A",))])
    keys = ["down", "up", "x", "X", "l", "h", "L", "H", "e", "left", "right", "shift+left", "shift+right", "G", "g", "a",
            "right_curly_bracket", "pagedown"]  # fmt: skip
    async with run(study, size=(60, 20)) as pilot:
        screen_of(pilot).open_at("hostile")
        await press(pilot, "apostrophe", "u")
        for _ in range(8):
            await pilot.press(*chance.choices(keys, k=6))
            quote = selected(pilot)
            before = {coding.id for coding in study.codings.list()}
            await press(pilot, "space")
            for coding in study.codings.list():
                if coding.id not in before:
                    assert coding.quote == quote == coding.segment.quote(text)
    assert not [finding for finding in study.check() if finding.kind == "damage"]


async def test_control_characters_in_names_and_texts_are_drawn_inert(study: Project, run):
    study.sources.add([SourceDraft("bad\x1b[2J", HOSTILE, "[red]a[/]b \x1b]0;x\x07", cases=("SIB A",))])
    study.codes.rename("Trust", "[b]x[/] \x1b[5m\u202e")
    async with run(study) as pilot:
        screen_of(pilot).open_at("bad\x1b[2J")
        await press(pilot, "apostrophe", "u", "question_mark", "escape", "enter", "escape", "m", "escape")
        drawn = "".join(segment.text for strip in pilot.app.screen._compositor.render_strips() for segment in strip)
        assert not set(drawn) & set("\x00\x1b\x9b\u202e\u2066\u2028")
        assert "[red]a[/]b" in drawn


async def test_an_action_repaints_only_the_rows_that_it_changes(coded: Project, run):
    async with run(coded) as pilot:
        note = screen_of(pilot).note
        await press(pilot, "right_square_bracket")
        painted: list[int] = []
        draw = note.draw
        note.draw = lambda rows: painted.extend(rows) or draw(rows)  # type: ignore[method-assign]
        await press(pilot, "minus")
        assert 0 < len(set(painted)) <= 3


async def test_another_source_changes_two_rows_of_the_list(study: Project, run, monkeypatch: pytest.MonkeyPatch):
    made: list[str] = []
    source_row = sources_pane.source_row
    async with run(study) as pilot:
        monkeypatch.setattr(
            sources_pane, "source_row", lambda source, opened: made.append(source.name) or source_row(source, opened)
        )
        await press(pilot, "greater_than_sign")
        assert made == ["a1", "m1"]
        assert [row.key for row in pilot.app.screen.sources.rows if row.mark.startswith("▸")] == ["m1"]
        assert pilot.app.screen.sources.key == "m1"
