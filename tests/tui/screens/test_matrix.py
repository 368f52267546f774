"""The matrix screen, with its keys."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import TextArea

from sibtui.model.drafts import CodingDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.evidence import EvidenceScreen
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.tui.widgets.verdict_dialog import VerdictDialog


def grid(pilot) -> MatrixGrid:
    return pilot.app.screen.query_one(MatrixGrid)


def cell(pilot) -> tuple[int, int]:
    return grid(pilot).row, grid(pilot).column


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def drawn(pilot) -> list[str]:
    widget = grid(pilot)
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


async def test_the_first_table_is_shown_as_printed_with_its_notes_below(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert "Table 1. What is there" in shown(pilot, "heading")
        assert "table-1 · 1 of 2" in shown(pilot, "heading")
        rows = drawn(pilot)
    assert rows[0].split() == ["SIB", "A", "SIB", "B"]
    assert rows[2].split() == ["Loss", "¹", "X", "…"]
    assert rows[3].split() == ["Trust", "–", "²", "…"]
    assert rows[6:8] == ["¹ Of the fund.", "² Until March."]


async def test_moving_to_a_cell_shows_its_state_counts_and_basis(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        status = shown(pilot, "status-bar")
        assert "Loss · SIB A" in status
        assert "present: 1 firm quote from 1 source; rests on a single quote" in status
        assert "Of the fund." in status
        await press(pilot, "down")
        assert "rejected: 1 quote of counter-evidence" in shown(pilot, "status-bar")


async def test_s_switches_between_states_and_printed_marks(tabled: Project, run, press):
    tabled.matrices.define(
        MatrixDefinition("table-1", "", (RowDefinition("Trust", ("People/Trust",)),), marks={"rejected": ""})
    )
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        assert drawn(pilot)[2].split() == ["Trust", "…"]
        await press(pilot, "s")
        assert drawn(pilot)[2].split() == ["Trust", "–", "…"]
        await press(pilot, "s")
        assert drawn(pilot)[2].split() == ["Trust", "…"]


async def test_v_shows_figures_instead_of_marks(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "v")
        assert drawn(pilot)[2].split()[:3] == ["Loss", "¹", "1"]
        assert "quotes counted" in shown(pilot, "heading")
        await press(pilot, "v", "v")
        assert drawn(pilot)[2].split()[:4] == ["Loss", "¹", "1", "(1)"]
        await press(pilot, "v", "v")
        assert "The loss falls on the fund. [a1]" in " ".join(drawn(pilot))
    assert tabled.matrices.get("table-1").show == "presence"


async def test_brackets_go_to_the_next_and_previous_table_and_wrap_around(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "right_square_bracket")
        assert "Table 2." in shown(pilot, "heading")
        await press(pilot, "right_square_bracket")
        assert shown(pilot, "heading").startswith("All codes")
        await press(pilot, "right_square_bracket")
        assert "Table 1." in shown(pilot, "heading")
        await press(pilot, "left_square_bracket")
        assert shown(pilot, "heading").startswith("All codes")
        await press(pilot, "left_square_bracket")
        assert "Table 2." in shown(pilot, "heading")


async def test_one_key_shows_all_codes_and_the_saved_table_follows_the_codebook(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "a")
        assert shown(pilot, "heading").startswith("All codes")
        assert [row.split("  ")[0] for row in drawn(pilot)[2:5]] == [
            "Who carries the loss", "Paid in advance", "Trust",
        ]  # fmt: skip
        await press(pilot, "o", "enter")
        assert shown(pilot, "heading").startswith("All codes")
        await press(pilot, "w")
        await press(pilot, write="every")
        await press(pilot, "enter")
        assert "every · 3 of 3" in shown(pilot, "heading")
    assert (tabled.matrices.get("every").rows_from, tabled.matrices.stored("every").rows) == ("all", ())


async def test_an_unsaved_table_has_rows_for_codes_added_later(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "a", "escape")
        tabled.codes.rename("Trust", "Faith")
        await press(pilot, "f3")
        assert [row.split("  ")[0] for row in drawn(pilot)[3:5]] == ["Paid in advance", "Faith"]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, EvidenceScreen)


@pytest.mark.parametrize("key", ["f3", "o"])
async def test_a_table_is_chosen_from_a_list(tabled: Project, run, press, key):
    async with run(tabled) as pilot:
        await press(pilot, "f3", key)
        assert isinstance(pilot.app.screen, Chooser)
        await press(pilot, "down", "enter")
        assert "Table 2." in shown(pilot, "heading")


async def test_the_screen_opens_again_with_the_same_table_and_cell(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", "right", "escape", "f3")
        assert cell(pilot) == (1, 1)
        assert "Trust · SIB B" in shown(pilot, "status-bar")


async def test_a_table_of_a_theme_is_unsaved_and_can_be_saved(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "n")
        await press(pilot, write="money")
        await press(pilot, "enter")
        assert "temporary" in shown(pilot, "heading")
        assert [row.split("  ")[0] for row in drawn(pilot)[2:4]] == ["Who carries the loss", "Paid in advance"]
        await press(pilot, "J")
        assert isinstance(pilot.app.screen, MatrixScreen)  # there is nothing saved to judge
        await press(pilot, "w")
        await press(pilot, write="table-3")
        await press(pilot, "enter")
        assert "table-3 · 3 of 3" in shown(pilot, "heading")
    assert [row.label for row in tabled.matrices.get("table-3").rows] == ["Who carries the loss", "Paid in advance"]
    assert tabled.matrices.get("table-3").rows_below == "Money"


async def test_saving_over_another_table_needs_a_second_enter(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "w", *["backspace"] * 7)
        await press(pilot, write="table-2")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Prompt)
        assert tabled.matrices.get("table-2").columns == "sources"
        await press(pilot, "enter")
        assert tabled.matrices.get("table-2").columns == "cases"
        await press(pilot, "u")
    assert tabled.matrices.get("table-2").columns == "sources"


async def test_c_changes_the_kind_of_columns(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "c", "down", "enter")
        assert drawn(pilot)[0].split() == ["a1", "m1", "x1"]
        assert "temporary" in shown(pilot, "heading")
    assert tabled.matrices.get("table-1").columns == "cases"


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_enter_lists_the_quotes_of_the_cell_and_esc_goes_back(tabled: Project, run, press, key):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", key)
        assert isinstance(pilot.app.screen, EvidenceScreen)
        assert [coding.quote for coding in pilot.app.screen.quotes.codings] == ["until March"]
        assert "rejected: 1 quote of counter-evidence" in shown(pilot, "heading")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert cell(pilot) == (1, 0)


async def test_the_description_of_a_judged_cell_is_wrapped_again_in_a_new_size(tabled: Project, run, press):
    async with run(tabled, size=(40, 12)) as pilot:
        await press(pilot, "f3", "down", "J")
        narrow = shown(pilot, "about")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", "J")
        assert shown(pilot, "about") != narrow
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert shown(pilot, "about") == narrow


async def test_a_cell_is_judged_with_a_reason_and_shown_as_judged(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", "J")
        assert isinstance(pilot.app.screen, VerdictDialog)
        await press(pilot, "g", "down", "enter")
        await press(pilot, write="She said so.")
        await press(pilot, "escape")
        assert "Judged present: Trust · SIB A" in shown(pilot, "status-bar")
        assert "judged present, computed rejected" in shown(pilot, "status-bar")
        assert "She said so." in shown(pilot, "status-bar")
        assert drawn(pilot)[3].split()[:2] == ["Trust", "X"]
    (judgement,) = tabled.matrices.get("table-1").judgements
    assert (judgement.row, judgement.column, judgement.verdict) == ("Trust", "SIB A", "present")
    assert (judgement.because, judgement.coder) == ("She said so.", "R1")


async def test_a_judgement_without_a_reason_is_not_saved(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "J", "down", "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
    assert tabled.matrices.get("table-1").judgements == ()


async def test_x_removes_a_judgement_and_u_restores_the_judgement(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB A", "absent", "not theirs")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "x")
        assert tabled.matrices.get("table-1").judgements == ()
        assert "present: 1 firm quote" in shown(pilot, "status-bar")
        await press(pilot, "u")
        assert "judged absent, computed present" in shown(pilot, "status-bar")
        await press(pilot, "x", "x")
        assert "no judgement to take back" in shown(pilot, "status-bar")
    assert tabled.matrices.get("table-1").judgements == ()


async def test_a_judgement_on_other_evidence_is_marked_stale(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB A", "absent", "not theirs")
    tabled.codings.add(CodingDraft("a1", "Money/Who carries the loss", quote="They came for the money."))
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        assert drawn(pilot)[2].split() == ["Loss", "¹", "*", "…"]
        assert "not theirs; changed since: 1 quote is new (“They came for the money.”)" in shown(pilot, "status-bar")


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".md", ".html", ".tex", ".json", ".docx", ".xlsx"])
async def test_a_table_is_written_in_the_format_of_the_file_extension(tabled: Project, run, press, tmp_path, suffix):
    file = tmp_path / f"out{suffix}"
    async with run(tabled) as pilot:
        await press(pilot, "f3", "E")
        pilot.app.screen.query_one("Input").value = str(file)
        await press(pilot, "enter")
        assert f"Wrote {file}" in shown(pilot, "status-bar")
    if suffix in {".docx", ".xlsx"}:
        assert file.read_bytes().startswith(b"PK")
    else:
        assert "Loss" in file.read_text("utf-8")


async def test_a_file_is_overwritten_only_after_a_second_enter(tabled: Project, run, press, tmp_path):
    file = tmp_path / "out.md"
    file.write_text("mine")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "E")
        pilot.app.screen.query_one("Input").value = str(file)
        await press(pilot, "enter")
        assert file.read_text() == "mine"
        assert "would be overwritten" in pilot.app.screen.query_one(TextLines).text
        await press(pilot, "enter")
        assert "Loss" in file.read_text("utf-8")


async def test_an_invalid_file_is_reported_while_its_name_is_typed(tabled: Project, run, press, tmp_path):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "E")
        for value, message in (
            ("out.doc", "The file extension"),
            ("", "A name is needed"),
            (str(tmp_path / "no" / "out.md"), "There is no folder"),
        ):
            pilot.app.screen.query_one("Input").value = value
            await press(pilot, "enter")
            assert message in pilot.app.screen.query_one(TextLines).text
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)


async def test_a_study_without_codes_shows_the_next_step(tmp_path, run, press):
    with Project.create(tmp_path / "empty.sibtui", coder="R1") as project:
        async with run(project) as pilot:
            await press(pilot, "f3")
            assert "code a note" in drawn(pilot)[0]
            await press(pilot, *MOVED_AND_DONE)
            assert isinstance(pilot.app.screen, MatrixScreen)


MOVED_AND_DONE = ("down", "right", "G", "enter", "J", "x", "s", "v", "c", "n", "E", "w", "o", "right_square_bracket")


async def test_a_study_without_tables_shows_all_codes(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f3")
        assert "All codes" in shown(pilot, "heading")
        assert drawn(pilot)[2].startswith("Who carries the loss")


async def test_a_table_changed_by_another_program_is_reloaded_and_the_cursor_stays(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down")
        with Project.open(tabled.path, coder="R2") as other:
            other.codings.add(CodingDraft("a1", "People/Trust", quote="We ask people to trust us"))
        pilot.app._look_for_changes()
        await pilot.pause()
        assert "contested: 1 firm quote from 1 source, 1 of counter-evidence" in shown(pilot, "status-bar")
        assert cell(pilot) == (1, 0)


async def test_a_wide_table_keeps_its_labels_visible_and_counts_hidden_columns(study: Project, run, press):
    for number in range(40):
        study.cases.add(f"Case {number}")
    study.matrices.define(MatrixDefinition("wide", "", (RowDefinition("Trust", ("People/Trust",)),)))
    async with run(study, size=(80, 24)) as pilot:
        await press(pilot, "f3")
        assert "more ›" in drawn(pilot)[1] + drawn(pilot)[2]
        await press(pilot, "end")
        rows = drawn(pilot)
        assert "‹" in rows[1] + rows[2]
        assert "Case 39" in rows[0]
        assert any(row.startswith("Trust") for row in rows)


async def test_the_mouse_moves_to_a_cell_and_a_second_click_lists_its_quotes(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        column = drawn(pilot)[0].index("SIB A")
        await pilot.click(MatrixGrid, offset=(column + 2, 3))
        assert cell(pilot) == (1, 0)
        await pilot.click(MatrixGrid, offset=(column + 2, 3))
        await pilot.pause()
        assert isinstance(pilot.app.screen, EvidenceScreen)


async def test_markup_and_control_characters_in_labels_are_drawn_inert(study: Project, run, press):
    evil = "[red]a[/]\x1b[31m\u202eb"
    study.matrices.define(MatrixDefinition("evil", evil, (RowDefinition(evil, ("People/Trust",), note=evil),)))
    async with run(study) as pilot:
        await press(pilot, "f3")
        everything = "\n".join([*drawn(pilot), shown(pilot, "heading"), shown(pilot, "status-bar")])
        assert "[red]a[/]" in everything
        assert "\x1b" not in everything
        assert "\u202e" not in everything
        await press(pilot, "J")
        await press(pilot, "escape", "o", "escape", "enter")


async def test_the_reason_of_a_judgement_can_be_changed(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB A", "absent", "not theirs")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "J", "tab")
        assert pilot.app.screen.query_one(TextArea).text == "not theirs"
        await press(pilot, "end", write=", ours")
        await press(pilot, "ctrl+s")
    (judgement,) = tabled.matrices.get("table-1").judgements
    assert judgement.verdict == "absent"
    assert "ours" in judgement.because


async def test_keys_that_arrive_together_keep_their_order(tabled: Project, run):
    async with run(tabled) as pilot:
        for key in ("f3", "down", "right", "enter", "minus", "escape", "left"):
            pilot.app.post_message(events.Key(key, None))
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert cell(pilot) == (1, 0)


# The reasons for the state of a cell


async def test_enter_on_an_incomplete_cell_lists_the_unread_sources_and_opens_the_chosen_one(
    tabled: Project, run, press
):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "right")
        assert "incomplete: m1 is unread; 2 codings wait for their case" in shown(pilot, "status-bar")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Chooser)
        assert [(row.text, row.right) for row in pilot.app.screen._rows] == [
            ("m1 · Fund manager", "unread"),
            ("m1 · In A it was the figures.", "waits for its case"),
            ("m1 · In B it was the star.", "waits for its case"),
        ]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.workspace.source.name == "m1"
        await press(pilot, "f3")
        assert cell(pilot) == (0, 1)


async def test_enter_on_a_coding_without_a_case_opens_its_place(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "right", "enter", "down", "down", "enter")
        workspace = pilot.app.screen.workspace
        assert workspace.text[workspace.selection.start :].startswith("In B it was the star.")


async def test_the_list_of_open_tasks_fits_a_small_terminal(tabled: Project, run, press):
    tabled.sources.set(
        "m1", title="The manager of a fund with a title that is much longer than a terminal is wide " * 2
    )
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "right", "enter")
        assert all(len(row.text + row.right) <= 70 for row in pilot.app.screen._rows)
        assert pilot.app.screen._rows[0].right == "unread"


async def test_a_judged_cell_that_is_computed_incomplete_lists_its_open_tasks_too(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB B", "present", "m1 says so")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "right")
        assert "judged present, computed incomplete: m1 is unread" in shown(pilot, "status-bar")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Chooser)


async def test_the_quotes_of_a_rejected_cell_are_listed_with_its_reasons(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", "enter")
        assert isinstance(pilot.app.screen, EvidenceScreen)
        assert (
            "rejected: 1 quote of counter-evidence; a1 and m1 are unread; 1 coding waits for its case"
            in shown(pilot, "heading")
        )  # fmt: skip


async def test_a_contested_cell_names_its_evidence_and_the_coders_who_disagree(tabled: Project, run, press):
    tabled.codings.add(
        CodingDraft(
            "a1", "Money/Who carries the loss", quote="The loss falls on the fund.", stance="counters", coder="R2"
        )
    )
    words = (
        "contested: 1 firm quote from 1 source, 1 of counter-evidence; rests on a single quote;"
        " two coders disagree on a passage"
    )  # fmt: skip
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        assert words in shown(pilot, "status-bar").replace("\n", " ")
        await press(pilot, "enter")
        assert words in shown(pilot, "heading").replace("\n", " ")


async def test_a_text_too_long_for_the_status_ends_with_an_ellipsis(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB B", "present", "a long reason " * 40)
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "right")
        lines = shown(pilot, "status-bar").split("\n")
        assert lines[3].rstrip().endswith("…")
        assert "…" not in lines[2]


@pytest.mark.parametrize("verdict", ["absent", "present"])
@pytest.mark.parametrize("on_it", [True, False])
async def test_a_judged_cell_is_underlined_with_any_mark(tabled: Project, run, press, monkeypatch, verdict, on_it):
    monkeypatch.setenv("NO_COLOR", "1")
    tabled.matrices.judge("table-1", "Loss", "SIB A", verdict, "not theirs")
    async with run(tabled) as pilot:
        await press(pilot, "f3", *([] if on_it else ["down"]))
        lines = [grid(pilot).render_line(y) for y in range(2, 5)]
        underlined = [
            "".join(piece.text for piece in line if piece.style is not None and piece.style.underline) for line in lines
        ]
    assert underlined == ["X" if verdict == "present" else "   ", "", ""]


async def test_the_list_of_tables_shows_stale_judgements_and_incomplete_cells(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB A", "absent", "not theirs")
    tabled.codings.add(CodingDraft("a1", "Money/Who carries the loss", quote="They came for the money."))
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "o")
        await pilot.at_rest()
        listed = [(row.key, row.right) for row in pilot.app.screen.query_one(RowList).rows]
    assert listed[0] == ("table-1", "1 stale judgement, 2 incomplete cells")
    assert listed[2] == ("", "not saved")


async def test_enter_in_the_list_of_judgements_goes_to_the_cell(tabled: Project, run, press):
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "i")
        assert "No cell is judged yet" in shown(pilot, "status-bar")
        tabled.matrices.judge("table-2", "Loss", "m1", "absent", "not theirs")
        await press(pilot, "i")
        (row,) = pilot.app.screen.query_one(RowList).rows
        assert "table-2 · Loss · m1" in row.text
        await press(pilot, "enter")
        assert "Table 2." in shown(pilot, "heading")
        assert "Loss · m1" in shown(pilot, "status-bar")


async def test_a_table_is_copied_renamed_and_removed_and_undo_restores_it(tabled: Project, run, press):
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "b", "enter", "ctrl+u")  # the name in use keeps the box open
        await press(pilot, write="copy")
        await press(pilot, "enter")
        assert "copy · 3 of 3" in shown(pilot, "heading")
        await press(pilot, "r", "ctrl+u")
        await press(pilot, write="mine")
        await press(pilot, "enter")
        assert "mine · 3 of 3" in shown(pilot, "heading")
        await press(pilot, "d")
        assert "table-1 · 1 of 2" in shown(pilot, "heading")
        assert "Removed mine (u brings it back)" in shown(pilot, "status-bar")
        await press(pilot, "u")
    assert [saved.name for saved in tabled.matrices.list()] == ["table-1", "table-2", "mine"]


async def test_the_key_for_shades_gives_cells_with_more_quotes_another_background(tabled: Project, run, press):
    def backgrounds(pilot) -> list[str]:
        strip = grid(pilot).render_line(2)
        return [str(piece.style.bgcolor) for piece in strip if piece.text.strip() in {"X", "1"}]

    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", "down")
        plain = backgrounds(pilot)
        await press(pilot, "z")
        assert "cells shaded by quotes" in " ".join(shown(pilot, "heading").split())
        assert len(backgrounds(pilot)) == len(plain) == 1
        assert backgrounds(pilot) != plain
        await press(pilot, "v")
        assert "cells shaded by their figures" in " ".join(shown(pilot, "heading").split())
        await press(pilot, "z")
        assert "shaded" not in " ".join(shown(pilot, "heading").split())
        assert backgrounds(pilot) == plain


async def test_shades_are_signs_where_the_terminal_sets_the_colours(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "down", "down")
        grid(pilot).shade_colours = lambda _share: None
        await press(pilot, "z")
        assert "█X█" in drawn(pilot)[2].replace(" ", "")


async def test_p_switches_between_rows_by_pattern_and_rows_as_saved(tabled: Project, run, press):
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "p")
        assert "rows by pattern" in " ".join(shown(pilot, "heading").split())
        assert [line.split("  ")[0] for line in drawn(pilot)[2:8]] == [
            "Present in all 2 (1 row)", "Advance", "Present in 1 of 2 (1 row)", "Loss ¹", "Present in none of 2 (1 row)", "Trust",
        ]  # fmt: skip
        await press(pilot, "down")
        assert cell(pilot) == (1, 0)
        assert "Loss · SIB A" in shown(pilot, "status-bar")
        await press(pilot, "p")
        assert [line.split()[0] for line in drawn(pilot)[2:5]] == ["Loss", "Trust", "Advance"]


async def test_f_counts_only_the_evidence_of_some_kinds_and_coders(tabled: Project, run, press):
    tabled.matrices.judge("table-1", "Loss", "SIB A", "absent", "not theirs")
    async with run(tabled, size=(80, 24)) as pilot:
        await press(pilot, "f3", "f", "down", "space", "enter")
        assert "only evidence of documents" in " ".join(shown(pilot, "heading").split())
        assert drawn(pilot)[2].split()[:2] == ["Loss", "¹"]
        await press(pilot, "enter")
        assert pilot.app.screen.quotes.codings == ()
        await press(pilot, "escape", "J")
        assert "A judgement rests on all evidence" in shown(pilot, "status-bar")
        await press(pilot, "f", "down", "space", "enter")
        assert "only evidence" not in shown(pilot, "heading")
        assert "judged absent" in shown(pilot, "status-bar")
