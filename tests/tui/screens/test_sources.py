"""The sources screen: several sources at once, the correction of a text, the filter, and long lists."""

from __future__ import annotations

import pytest

from sibtui.errors import ConflictError
from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.text_width import width_of
from sibtui.project import Project
from sibtui.tui.views.source_table import fit_columns, table_rows
from sibtui.tui.widgets.drafts import drafts_of
from sibtui.tui.widgets.text_correction import TextCorrection, replacements
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.source_actions import SourceActions


def status(pilot) -> str:
    return pilot.app.screen.query_one("#status-bar", TextLines).text


async def test_a_change_of_marked_sources_is_one_act_that_can_be_undone(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f9", "space", "space", "i", "r")
        assert [source.kind for source in study.sources.list()] == ["report", "report", "interview"]
        assert "2 sources: kind report" in status(pilot)
        await press(pilot, "c", write="SIB B")
        await press(pilot, "enter")
        assert [source.cases for source in study.sources.list()][:2] == [("SIB B",), ("SIB B",)]
        await press(pilot, "right_square_bracket")
        assert study.sources.names() == ("x1", "a1", "m1")
        acts = [act.summary for act in study.history.list(limit=3)]
        assert acts == ["2 sources"] * 3
        await press(pilot, "u", "u", "u")
        assert [source.kind for source in study.sources.list()] == ["interview"] * 3
        assert study.sources.names() == ("a1", "m1", "x1")
        await press(pilot, "escape")
        assert pilot.app.screen.table_pane.marked == frozenset()
        await press(pilot, "escape")
        assert type(pilot.app.screen).__name__ == "CodingScreen"


async def test_codings_are_listed_before_a_correction_is_stored_and_esc_keeps_the_text(coded: Project, run, press):
    coded.codings.add(CodingDraft("a1", "People/Trust", quote="# The investor"))
    async with run(coded) as pilot:
        await press(pilot, "f9", "x", "delete", "escape")
        box = pilot.app.screen
        assert isinstance(box, TextCorrection)
        message = box.query_one("#correction TextLines", TextLines).text
        assert "3 codings carried over to the new text: 1 with corrected words, 2 moved" in message
        assert "“# The investor”" in message
        await press(pilot, "escape", *["delete"] * 13, "escape")
        message = box.query_one("#correction TextLines", TextLines).text
        assert "1 coding without a certain place keeps its quote and waits for your decision" in message
        await press(pilot, "escape", *"# The investor", "home", "enter", "escape")
        assert (
            "3 codings carried over to the new text: 0 with corrected words, 3 moved"
            in box.query_one("#correction TextLines", TextLines).text
        )
        await press(pilot, "enter")
        assert coded.sources.text("a1").startswith("\n# The investor")


async def test_a_code_with_a_slash_in_its_name_is_listed_by_its_whole_name(coded: Project, run, press):
    coded.codes.add(r"People/Pay\/hours")
    coded.codings.add(CodingDraft("a1", r"People/Pay\/hours", quote="# The investor"))
    async with run(coded) as pilot:
        await press(pilot, "f9", "x", "delete", "escape")
        assert "Pay/hours" in pilot.app.screen.query_one("#correction TextLines", TextLines).text


async def test_a_correction_can_be_cancelled(study: Project, run, press):
    before = study.sources.text("a1")
    async with run(study) as pilot:
        await press(pilot, "f9", "x", "O", "escape", "d")
        assert study.sources.text("a1") == before
        await press(pilot, "x", "escape")  # unchanged: it closes at once
        assert not isinstance(pilot.app.screen, TextCorrection)


async def test_keys_after_the_command_palette_do_not_change_the_hidden_text_of_a_correction(study: Project, run, press):
    before = study.sources.text("a1")
    async with run(study) as pilot:
        await press(pilot, "f9", "x", "O", "escape", "ctrl+p", "escape", "z", "enter")
        assert study.sources.text("a1") == f"O{before}"
        await press(pilot, "x", "O", "escape", "ctrl+p", "escape", "d")
        assert not isinstance(pilot.app.screen, TextCorrection)
        assert study.sources.text("a1") == f"O{before}"


async def test_characters_that_the_editor_takes_for_line_ends_are_kept(study: Project, run, press):
    study.sources.add([SourceDraft("p", "Page one.\fPage two.\u2028Next\x85.")])
    async with run(study) as pilot:
        await press(pilot, "f9", "end", "x", "O", "escape", "enter")
        assert study.sources.text("p") == "OPage one.\fPage two.\u2028Next\x85."


def test_a_replacement_character_is_not_in_the_text():
    assert replacements("a\fb\ue000\u2028") == {"\f": "\ue001", "\u2028": "\ue002"}
    assert replacements("a\nb") == {}


async def test_the_filter_keeps_the_cursor_and_esc_removes_it(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f9", "slash", *"fund", "enter")
        rows = pilot.app.screen.rows
        assert [row.key for row in rows.rows] == ["m1"]
        await press(pilot, "escape")
        assert [row.key for row in rows.rows] == ["a1", "m1", "x1"]
        assert rows.key == "m1"


@pytest.mark.parametrize("width", [30, 50, 74, 133])
def test_the_columns_fit_the_table_and_long_names_leave_room_for_other_columns(study: Project, width: int):
    sources = study.sources.list()
    long = study.sources.set("a1", new_name="a" * 60, title="漢字" * 30).source
    indic = study.sources.set("m1", new_name="नमस्ते", title="नमस्ते कार्यक्रम").source
    for rows in (sources, [long, *sources[1:]], [*sources[1:], indic]):
        columns = fit_columns(rows, width)
        table = table_rows(rows, {"m1"}, columns)
        assert all(width_of(row.mark + row.text + " " + row.right) <= width for row in table)
        assert len({width_of(row.text) for row in table}) == 1


async def test_without_sources_the_screen_names_the_key_of_the_import(run, press, tmp_path):
    with Project.create(tmp_path / "empty.sibtui", coder="R1") as project:
        async with run(project, size=(80, 24)) as pilot:
            await press(pilot, "f9", "r")
            assert "+ brings notes in" in status(pilot)


async def test_a_withdrawal_asks_for_the_exact_name_and_cannot_be_undone(coded: Project, run, press):
    before = coded.path.read_bytes()
    async with run(coded) as pilot:
        await press(pilot, "f9", "z")
        assert "2 codings" in pilot.app.screen.query_one("#prompt-about", TextLines).text
        await press(pilot, *"A1", "enter")
        assert "The exact name is needed: a1" in pilot.app.screen.query_one("#prompt-message", TextLines).text
        await press(pilot, "escape")
        assert coded.path.read_bytes() == before
        await press(pilot, "z", "backspace", "backspace", *"a1", "enter")
        assert type(pilot.app.screen).__name__ == "MessageBox"
        await press(pilot, "escape")
        assert coded.sources.names() == ("m1", "x1")
        assert "1 source withdrawn for good" in status(pilot)
        assert pilot.app.study_state.source != "a1"
        await press(pilot, "u")
        assert "erased texts for good: neither it nor an act before it can be undone" in status(pilot)
        await press(pilot, "escape")
        assert type(pilot.app.screen).__name__ == "CodingScreen"


async def test_a_refused_withdrawal_keeps_unsaved_drafts(coded: Project, run, press, monkeypatch):
    def refuse(actions, name):
        raise ConflictError("Another change is in progress.")

    async with run(coded) as pilot:
        drafts_of(pilot.app)["Memo"] = "typed and not saved"
        await press(pilot, "f9", "z")
        with monkeypatch.context() as patch:
            patch.setattr(SourceActions, "withdraw", refuse)
            await press(pilot, *"a1", "enter")
        assert "Another change is in progress" in status(pilot)
        assert drafts_of(pilot.app) == {"Memo": "typed and not saved"}
        await press(pilot, "z", *"a1", "enter")
        assert drafts_of(pilot.app) == {}


TALK = "Host: Why did you leave?\nGuest: We left in May, and nobody wrote.\nHost: And then?\nGuest: Nothing.\n"


async def test_a_person_is_withdrawn_across_sources(coded: Project, run, press):
    coded.sources.add([SourceDraft("t1", TALK, cases="SIB A"), SourceDraft("t2", TALK, cases="SIB A")], strict=True)
    coded.sources.add(SourceDraft("t3", "Alone.", cases="SIB A", attributes={"participant": "Guest"}), strict=True)
    async with run(coded) as pilot:
        await press(pilot, "f9", "y", *"Gu", "tab", "enter")
        about = pilot.app.screen.query_one("#prompt-about", TextLines).text
        assert "As a whole: t3." in about
        assert "Turns in: t1 and t2." in about
        assert "4 turns" in about
        await press(pilot, *"guest", "enter")  # another letter case
        assert coded.sources.text("t1") == TALK
        await press(pilot, *["backspace"] * 5, *"Guest", "enter", "escape")
        assert (
            coded.sources.text("t1")
            == coded.sources.text("t2")
            == ("Host: Why did you leave?\n[withdrawn]\nHost: And then?\n[withdrawn]\n")
        )
        assert "t3" not in coded.sources.names()
        assert "1 source and turns in 2 sources withdrawn for good" in status(pilot)
        await press(pilot, "y", *"Nobody", "enter")
        assert "No source has the speaker “Nobody”" in status(pilot)


async def test_a_withdrawal_of_several_marked_sources_is_refused(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f9", "space", "space", "z")
        assert "2 sources are marked, and a withdrawal erases one. Leave one marked, or none." in status(pilot)
        await press(pilot, "up", "space", "z")
        assert "Withdraw a1 for good" in str(pilot.app.screen.query_one("#prompt").border_title)


async def test_the_explanation_of_a_withdrawal_has_no_empty_rows_above_it(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f9", "z")
        message, about = (pilot.app.screen.query_one(name) for name in ("#prompt-message", "#prompt-about"))
        assert about.region.y - message.region.bottom <= 1
        assert message.size.height == 1
