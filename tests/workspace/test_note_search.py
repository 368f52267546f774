from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.workspace.note_search import NoteSearch
from sibtui.workspace.session_state import StudyState
from sibtui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from sibtui.project import Project


@pytest.fixture
def workspace(study: Project) -> Workspace:
    """Return a workspace with the second sentence of a1 selected: They came for the money."""
    workspace = Workspace(study, StudyState())
    workspace.load()
    workspace.open("a1")
    workspace.move(lambda text, now: text.by_sentence(now, 1))
    return workspace


def place(workspace: Workspace) -> tuple[str, int]:
    assert workspace.selection is not None
    return workspace.selection.quote(workspace.text), workspace.selection.start


def test_a_search_selects_the_first_match_after_the_start_of_the_selection(workspace: Workspace):
    search = NoteSearch(workspace)
    begin = workspace.selection
    search.begin()
    assert search.find("the")
    words, start = place(workspace)
    assert words.lower() == "the"
    assert begin is not None
    assert start == workspace.text.lower().index("the", begin.start)


def test_words_without_a_match_restore_the_selection_before_the_search(workspace: Workspace):
    search, begin = NoteSearch(workspace), place(workspace)
    search.begin()
    assert search.find("evict")
    assert place(workspace) != begin
    assert not search.find("evictz")
    assert place(workspace) == begin


def test_an_empty_search_has_no_match(workspace: Workspace):
    search = NoteSearch(workspace)
    search.begin()
    assert search.find("")
    assert workspace.match is None


def test_a_search_with_a_match_is_kept_and_a_search_without_a_match_ends(workspace: Workspace):
    search = NoteSearch(workspace)
    search.begin()
    search.find("trust")
    assert search.keep()
    assert workspace.match is not None
    search.find("trustz")
    assert not search.keep()
    assert workspace.match is None


def test_a_cancelled_search_restores_the_selection_and_has_no_next_match(workspace: Workspace):
    search, begin = NoteSearch(workspace), place(workspace)
    search.begin()
    search.find("trust")
    search.cancel()
    assert place(workspace) == begin
    assert not search.step(1)


def test_steps_go_to_the_next_match_and_back(workspace: Workspace):
    search = NoteSearch(workspace)
    search.begin()
    search.find("trust")
    first = place(workspace)
    assert search.step(1)
    assert place(workspace)[1] > first[1]
    assert search.step(-1)
    assert place(workspace) == first
