"""The codebook screen: the effect of every command, run by its key."""

from __future__ import annotations

from collections import Counter

import pytest

from sibtui.model.drafts import CodeDraft, CodingDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.tui.commands import commands_at
from sibtui.tui.screens.codebook.screen import CodebookScreen
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.evidence import EvidenceScreen
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.text_lines import TextLines

LOSS, PAID, TRUST = "Money/Who carries the loss", "Money/Paid in advance", "People/Trust"


def paths(project: Project) -> list[str]:
    return [code.path for code in project.codes.list()]


def here(pilot) -> str | None:
    return pilot.app.screen.rows.key


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def drawn(pilot) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(piece.text for piece in strip) for strip in strips)


async def test_the_tree_shows_counts_keys_and_retired_codes(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2")
        rows = {row.key: row for row in pilot.app.screen.rows.rows}
        assert list(rows) == paths(coded)
        assert rows[LOSS].right.split() == ["W", "│", "1"]
        assert rows["Money"].right.split() == ["1"]  # the sum of the codes below
        assert rows["People/Given up"].quiet
        assert "retired" in rows["People/Given up"].right


@pytest.mark.parametrize("before", [(40, 12), (120, 36)])
async def test_the_quotes_of_a_code_take_the_place_of_the_tree_in_a_window_of_few_columns(
    before: tuple[int, int], coded: Project, run, press
):
    async with run(coded, size=before) as pilot:
        await press(pilot, "f2", "down", "tab")
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        screen = pilot.app.screen
        assert screen.focused is screen.quotes
        assert screen.quotes.region.width == 40
        assert "The loss falls on the fund." in drawn(pilot)
        await press(pilot, "tab")
        assert screen.focused is screen.rows
        assert screen.rows.region.width == 40
        assert "Paid in advance" in drawn(pilot)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Paid in advance" in drawn(pilot)
        assert "The loss falls on the fund." in drawn(pilot)


async def test_a_code_is_shown_in_full_with_its_quotes(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down")
        fields = shown(pilot, "fields")
        assert "Money / Who carries the loss" in fields
        assert "Who pays when an outcome is missed." in fields
        assert "not written yet" in fields
        assert pilot.app.screen.quote.quote == "The loss falls on the fund."


@pytest.mark.parametrize(
    ("keys", "field"),
    [
        ("D", "definition"),
        ("I", "include"),
        ("N", "exclude"),
        ("X", "example"),
        ("ed", "definition"),
        ("ex", "example"),
    ],
)
async def test_a_text_field_of_a_code_is_written_and_undone(coded: Project, run, press, keys: str, field: str):
    before = getattr(coded.codes.get(PAID), field)
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "down", *keys)
        await press(pilot, write="Paid first [b]")
        await press(pilot, "escape")
        assert getattr(coded.codes.get(PAID), field) == "Paid first [b]"
        assert "Paid first [b]" in shown(pilot, "fields")
        await press(pilot, "u")
        assert getattr(coded.codes.get(PAID), field) == before
        await press(pilot, "U")
        assert getattr(coded.codes.get(PAID), field) == "Paid first [b]"


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [("Od", "origin", "deductive"), ("Tp", "status", "proposed"), ("Tr", "status", "retired"), ("Cp", "colour", "purple"),
     ("Kq", "key", "Q"), ("KQ", "key", "Q"), ("ekq", "key", "Q")],
)  # fmt: skip
async def test_a_value_of_a_field_is_chosen_by_its_letter(
    coded: Project, run, press, keys: str, field: str, value: str
):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "down", *keys)
    assert getattr(coded.codes.get(PAID), field) == value


async def test_the_key_0_removes_a_colour_and_a_key(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "C", "0", "down", "K", "0")
    assert coded.codes.get("Money").colour is None
    assert coded.codes.get(LOSS).key is None


async def test_a_key_that_another_code_has_is_refused_with_its_name(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "down", "K", "W")
        assert "belongs to" in shown(pilot, "status-bar")
    assert coded.codes.get(PAID).key is None


async def test_retiring_and_restoring_are_in_the_lineage_of_a_code(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "end", "T", "p")
        assert coded.codes.get("Given up").status == "proposed"
        assert [event.event for event in coded.codes.lineage("Given up")] == ["restored"]
        await press(pilot, "u")
        assert coded.codes.get("Given up").status == "retired"


async def test_a_code_is_added_below_the_theme_under_the_cursor(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f2", "down", "a")
        await press(pilot, write="Fees")
        await press(pilot, "enter")
        assert here(pilot) == "Money/Fees"
        await press(pilot, "A")
        await press(pilot, write="Area")
        await press(pilot, "enter", "a")
        await press(pilot, write="People/Hope")
        await press(pilot, "enter")
        assert here(pilot) == "People/Hope"
    assert {"Money/Fees", "Area", "People/Hope"} < set(paths(study))


async def test_a_name_in_use_is_not_accepted(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f2", "a")
        await press(pilot, write="Paid in advance")
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, CodebookScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodebookScreen)


async def test_a_code_is_renamed_and_stays_under_the_cursor(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "r", "ctrl+u")
        await press(pilot, write="The loss")
        await press(pilot, "enter")
        assert here(pilot) == "Money/The loss"
    assert coded.codes.get("The loss").codings == 1


async def test_a_taken_code_can_be_put_elsewhere(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "x")
        assert "Taken: Who carries the loss" in shown(pilot, "status-bar")
        await press(pilot, "down", "down", "v")
        assert here(pilot) == "People/Who carries the loss"
        await press(pilot, "x", "home", "down", "V")
        assert paths(coded)[:3] == ["Money", "Money/Paid in advance", "Money/Who carries the loss"]
        await press(pilot, "x", "t")
        assert paths(coded)[-1] == "Who carries the loss"


async def test_escape_and_x_release_a_taken_code(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "x", "escape")
        assert isinstance(pilot.app.screen, CodebookScreen)
        await press(pilot, "v")
        assert "No code is taken" in shown(pilot, "status-bar")
        await press(pilot, "x", "x", "v")
        assert "No code is taken" in shown(pilot, "status-bar")


async def test_a_theme_cannot_be_put_below_its_own_code(coded: Project, run, press):
    before = paths(coded)
    async with run(coded) as pilot:
        await press(pilot, "f2", "x", "down", "v")
        assert "below itself" in shown(pilot, "status-bar")
    assert paths(coded) == before


async def test_a_code_swaps_places_with_its_neighbour(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "shift+down")
        assert paths(coded)[1:3] == [PAID, LOSS]
        assert here(pilot) == LOSS
        await press(pilot, "shift+down")
        assert "last" in shown(pilot, "status-bar")
        await press(pilot, "shift+up")
        assert paths(coded)[1:3] == [LOSS, PAID]
        await press(pilot, "home", "right_square_bracket")
        assert paths(coded)[0] == "People"


async def test_a_code_is_merged_into_another(coded: Project, run, press):
    coded.codes.set(LOSS, include="evictions")
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "M")
        await press(pilot, write="trust")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MessageBox)
        await press(pilot, "enter")
        assert here(pilot) == TRUST
        assert coded.codes.get(TRUST).codings == 2
        assert LOSS not in paths(coded)
        await press(pilot, "u")
        assert coded.codes.get(LOSS).codings == 1


async def test_a_code_is_split_by_marking_its_quotes(coded: Project, run, press):
    coded.codings.add(CodingDraft("a1", LOSS, quote="evicting people cost more"))
    coded.codings.add(CodingDraft("a1", LOSS, quote="The charity is paid in advance."))
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "s", "enter")  # Enter with none marked does nothing
        await press(pilot, "space", "down", "space", "enter")
        await press(pilot, write="Costs of losing")
        await press(pilot, "enter")
        assert here(pilot) == "Money/Costs of losing"
    quotes = [coding.quote for coding in coded.codings.list() if coding.code == "Money/Costs of losing"]
    assert quotes == ["evicting people cost more", "The charity is paid in advance."]


async def test_a_split_moves_all_quotes_if_all_are_marked(coded: Project, run, press):
    coded.codings.add(CodingDraft("a1", LOSS, quote="evicting people cost more"))
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "s", "space", "a", "a", "enter")
        assert "No quote is marked" in pilot.app.screen.query_one(TextLines).text
        await press(pilot, "space", "enter", write="Costs")
        await press(pilot, "enter")
    assert [coding.code for coding in coded.codings.list()][:2].count("Money/Costs") == 1


async def test_a_split_lists_the_rows_of_tables_that_lost_quotes(coded: Project, run, press):
    for name, subcodes in (("narrow", False), ("wide", True)):
        row = RowDefinition("The loss", (LOSS if name == "narrow" else "Money",), subcodes=subcodes)
        coded.matrices.define(MatrixDefinition(name, name, (row,)))
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "s", "space", "enter", write="Costs of losing")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MessageBox)
        lost = pilot.app.screen.query_one(TextLines).text
        assert "“The loss” of narrow" in lost
        assert "wide" not in lost
        await press(pilot, "enter")
        assert here(pilot) == "Money/Costs of losing"


async def test_a_cancelled_split_changes_nothing(coded: Project, run, press):
    before = paths(coded)
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "s", "a", "escape", "down", "s")
        assert "no quotes" in shown(pilot, "status-bar")
    assert paths(coded) == before


async def test_a_code_is_retired_and_restored(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "R")
        assert coded.codes.get(LOSS).status == "retired"
        await press(pilot, "R")
        assert coded.codes.get(LOSS).status == "active"


async def test_only_a_code_without_quotes_is_removed(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "d")
        assert "has 1 coding" in shown(pilot, "status-bar")
        await press(pilot, "down", "delete")
        assert PAID not in paths(coded)
        assert here(pilot) == "People"
        await press(pilot, "u")
        assert PAID in paths(coded)


async def test_similar_codes_are_listed_and_merged(coded: Project, run, press):
    coded.codes.add(CodeDraft("People/Paid in advances"))
    async with run(coded) as pilot:
        await press(pilot, "f2", "S")
        await pilot.at_rest()
        await pilot.pause()
        await press(pilot, "enter", "1")
        assert here(pilot) == PAID
    assert "People/Paid in advances" not in paths(coded)


async def test_a_message_reports_that_there_are_no_similar_codes(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "S")
        await pilot.at_rest()
        await pilot.pause()
        assert "No two codes" in shown(pilot, "status-bar")


async def test_a_memo_is_written_on_the_code(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "m")
        await press(pilot, write="Ask again.")
        await press(pilot, "escape", "m")
        assert "Ask again." in pilot.app.screen.query_one("TextArea").text
    (memo,) = coded.memos.list(on="code")
    assert (memo.of, memo.text) == (LOSS, "Ask again.")


async def test_the_filter_limits_the_list_and_escape_removes_the_filter(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "slash")
        await press(pilot, write="breaks")
        assert [row.key for row in pilot.app.screen.rows.rows] == [TRUST]
        assert "Enter to the codes  Esc removes the filter" in shown(pilot, "status-bar")
        await press(pilot, "enter", "r", "ctrl+u")
        await press(pilot, write="Faith")
        await press(pilot, "enter", "escape")
        assert [row.key for row in pilot.app.screen.rows.rows] == paths(coded)
        assert here(pilot) == "People/Faith"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_a_filter_without_a_match_is_not_shown_as_an_empty_codebook(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "slash", write="nowhere")
        assert pilot.app.screen.rows.rows == []
        assert pilot.app.screen.rows.empty == "No code has these words."
        assert shown(pilot, "fields") == ""
        await press(pilot, "escape")
        assert [row.key for row in pilot.app.screen.rows.rows] == paths(coded)


async def test_a_quote_can_be_opened_in_its_note_and_become_the_example(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "tab", "equals_sign")
        assert coded.codes.get(LOSS).example == "The loss falls on the fund. (a1)"
        await press(pilot, "tab", "tab", "enter")
        workspace = pilot.app.screen.workspace
        assert workspace.selection.quote(workspace.text) == "The loss falls on the fund."


async def test_all_quotes_of_the_code_can_be_listed_on_the_quotes_screen(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "E")
        assert isinstance(pilot.app.screen, EvidenceScreen)
        assert [coding.code for coding in pilot.app.screen.quotes.codings] == [LOSS]


async def test_an_empty_codebook_shows_the_next_step(tmp_path, run, press):
    with Project.create(tmp_path / "empty.sibtui") as project:
        async with run(project) as pilot:
            await press(pilot, "f2")
            assert "a adds the first" in pilot.app.screen.rows.empty
            for key in "ersMxvVtRdDOK":
                await press(pilot, key)
                assert isinstance(pilot.app.screen, CodebookScreen)
        assert paths(project) == []


async def test_brackets_in_names_are_not_read_as_markup(coded: Project, run, press):
    coded.codes.rename(LOSS, "[red]Loss[/] \x1b[31m")
    async with run(coded, size=(80, 24)) as pilot:
        await press(pilot, "f2", "down")
        assert "[red]Loss[/]" in shown(pilot, "fields")
        assert "\x1b" not in shown(pilot, "fields")
        await press(pilot, "r", "escape", "D", "escape", "C", "escape", "M", "escape")
        assert isinstance(pilot.app.screen, CodebookScreen)


async def test_the_cursor_is_on_the_same_code_when_the_screen_opens_again(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "down", "escape", "f2")
        assert here(pilot) == PAID


@pytest.mark.parametrize("place", ["codebook", "codebook quotes"])
def test_every_command_of_the_codebook_has_a_different_key(place: str):
    keys = Counter(key for command in commands_at(place) for key in command.keys)
    assert [key for key, n in keys.items() if n > 1] == []


async def test_the_codes_that_occur_with_a_code_open_the_passages_of_both(coded: Project, run, press):
    first = next(coded.codings.list())
    other = next(code.path for code in coded.codes.list() if code.path != first.code and "/" in code.path)
    coded.codings.add(CodingDraft(first.source, other, first.segment))
    async with run(coded) as pilot:
        await press(pilot, "f2")
        pilot.app.screen.rows.go(first.code)
        await press(pilot, "W")
        await pilot.at_rest()
        await pilot.pause()
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, EvidenceScreen)
        assert {coding.code for coding in pilot.app.screen.quotes.codings} == {first.code, other}


async def test_a_message_reports_that_nothing_occurs_with_a_code(coded: Project, run, press):
    coded.codings.remove([coding.id for coding in coded.codings.list()])
    async with run(coded) as pilot:
        await press(pilot, "f2", "down", "W")
        await pilot.at_rest()
        await pilot.pause()
        assert "No passage of another code" in shown(pilot, "status-bar")
