"""The search screen, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import StudyBusyError
from sibtui.model.drafts import SourceDraft
from sibtui.project.sources import Sources
from sibtui.tui.screens import search as search_module
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.search import SearchScreen
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


@pytest.fixture
def look(press):
    """Return a function that opens the search screen and types words."""

    async def looking(pilot, words: str) -> None:
        await press(pilot, "f5")
        await press(pilot, write=words)
        await pilot.at_rest()
        await pilot.pause()

    return looking


async def test_the_matches_are_listed_below_their_sources(study: Project, run, look):
    async with run(study) as pilot:
        await look(pilot, "nobody")
        rows = [(row.key, row.text) for row in pilot.app.screen.rows.rows]
        assert rows[0] == (None, "a1  Investor")
        assert rows[2] == (None, "m1  Fund manager")
        assert "2 matches in 2 sources" in shown(pilot, "search-title")
        assert "Nobody had a service" in shown(pilot, "passage")


async def test_enter_opens_the_match_in_its_note(study: Project, run, look, press):
    async with run(study) as pilot:
        await look(pilot, "NOBODY")
        await press(pilot, "enter", "down", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.workspace.source.name == "m1"
        assert screen.workspace.selection.quote(screen.workspace.text) == "nobody"


async def test_the_down_arrow_goes_from_the_words_to_the_list_and_tab_back(study: Project, run, look, press):
    async with run(study) as pilot:
        await look(pilot, "nobody")
        screen = pilot.app.screen
        await press(pilot, "down")
        assert screen.focused is screen.rows
        await press(pilot, "tab")
        assert screen.focused is screen.words
        await press(pilot, "tab", "slash")
        assert screen.focused is screen.words
        await press(pilot, write="trust")  # the previous words are removed
        assert screen.words.value == "trust"


async def test_a_search_without_a_match_is_reported(study: Project, run, look, press):
    async with run(study) as pilot:
        await look(pilot, "zeppelin")
        assert "0 matches" in shown(pilot, "search-title")
        assert "is in no note" in pilot.app.screen.rows.empty
        await press(pilot, "tab", "enter")
        assert isinstance(pilot.app.screen, SearchScreen)


async def test_the_search_screen_opens_again_with_its_words_and_current_match(study: Project, run, look, press):
    async with run(study) as pilot:
        await look(pilot, "nobody")
        await press(pilot, "down", "down", "escape", "f5")
        await pilot.at_rest()
        await pilot.pause()
        assert pilot.app.screen.words.value == "nobody"
        assert pilot.app.screen.rows.key == "1"


async def test_a_search_with_too_many_matches_shows_the_first_matches(study: Project, run, look, monkeypatch):
    monkeypatch.setattr(search_module, "MATCH_LIMIT", 3)
    async with run(study) as pilot:
        await look(pilot, "e")
        assert "3 matches" in shown(pilot, "search-title")
        assert "add words to find fewer" in shown(pilot, "search-title")


async def test_the_passage_follows_a_new_width(study: Project, run, look):
    passages = []
    for sizes in (((80, 24), (120, 36)), ((120, 36),)):
        async with run(study, size=sizes[0]) as pilot:
            await look(pilot, "nobody")
            for size in sizes[1:]:
                await pilot.resize_terminal(*size)
                await pilot.at_rest()
            passages.append(shown(pilot, "passage"))
    assert passages[0] == passages[1]


async def test_control_characters_in_a_note_are_drawn_inert(study: Project, run, look):
    study.sources.add([SourceDraft("[b]z[/b]", "x \x1b[2J\x07 [red]needle[/red] \u202e tail", "")])
    async with run(study, size=(80, 24)) as pilot:
        await look(pilot, "needle")
        assert "\x1b" not in shown(pilot, "passage")
        assert "[red]needle[/red]" in shown(pilot, "passage")


async def test_after_a_change_by_another_program_the_study_is_searched_again(study: Project, run, look):
    async with run(study) as pilot:
        await look(pilot, "nobody")
        study.sources.add([SourceDraft("b1", "Nobody at all.", "")])
        pilot.app.revision += 1
        pilot.app.screen.catch_up()
        await pilot.at_rest()
        await pilot.pause()
        assert "3 matches in 3 sources" in shown(pilot, "search-title")


async def test_marked_matches_are_coded_in_one_act_and_shown_as_coded(study: Project, run, look, press):
    before = len(study.history.list())
    async with run(study) as pilot:
        await look(pilot, "nobody")
        await press(pilot, "down", "space", "space")
        assert "2 marked: Enter codes the words of all of them" in shown(pilot, "status-bar")
        assert shown(pilot, "status-bar").splitlines()[-1].startswith("Enter code them  Esc unmark")
        await press(pilot, "enter", write="trust")
        await press(pilot, "enter")
        assert [(coding.source, coding.quote) for coding in study.codings.list()] == [
            ("a1", "Nobody"),
            ("m1", "nobody"),
        ]
        assert len(study.history.list()) == before + 1
        assert "2 codings of Trust, 1 of them without a case" in shown(pilot, "status-bar")
        assert "✓ 2 coded Trust" in shown(pilot, "search-title")
        assert [row.mark[1] for row in pilot.app.screen.rows.rows if row.key] == ["✓", "✓"]
        await press(pilot, "a", "enter", write="trust")
        await press(pilot, "enter")
        assert "0 codings of Trust; 2 had this code already" in shown(pilot, "status-bar")
        await press(pilot, "u")
        assert study.codings.count() == 0
        await pilot.at_rest()
        await press(pilot, "space", "escape")
        assert pilot.app.screen.marked == frozenset()


async def test_the_sentences_of_matches_are_coded_with_a_new_code(study: Project, run, look, press):
    async with run(study) as pilot:
        await look(pilot, "service for")
        await press(pilot, "down", "s", "c", write="Money/Gaps")
        await press(pilot, "enter")
        (coding,) = study.codings.list()
        assert (coding.code, coding.quote) == ("Money/Gaps", "Nobody had a service for them.")
        await press(pilot, "u")
        assert "Money/Gaps" not in [code.path for code in study.codes.list()]


async def test_after_a_failed_search_the_title_no_longer_states_that_it_goes_on(study: Project, run, look, monkeypatch):
    def fail(sources, words, progress):
        raise StudyBusyError("Another program is writing to the study.")

    monkeypatch.setattr(Sources, "search", fail)
    async with run(study) as pilot:
        await look(pilot, "nobody")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        screen = pilot.app.screen
        assert "Another program is writing" in shown(pilot, "status-bar").replace("\n", " ")
        assert "not all notes were searched" in shown(pilot, "search-title")
        assert "still searching" not in shown(pilot, "search-title")
        assert screen.rows.empty == ""
        monkeypatch.undo()
        screen.reload()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "2 matches in 2 sources" in shown(pilot, "search-title")
        assert "not all notes" not in shown(pilot, "search-title")


async def test_a_failure_of_an_earlier_search_does_not_count_for_the_next(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "f5", write="trust")
        await pilot.at_rest()
        screen = pilot.app.screen
        screen.post_message(SearchScreen.Failed("The study could not be read."))  # sent just before a key
        screen.post_message(SearchScreen.MatchesFound(screen._number, [], {}, finished=True))
        await pilot.pause()
        assert "not all notes" not in shown(pilot, "search-title")
