"""The history screen: what was done, what it changed, and the way back and on."""

from __future__ import annotations

import pytest

from sibtui.model.drafts import CodingDraft
from sibtui.project import Project
from sibtui.tui.screens import history as history_module
from sibtui.tui.screens.history import HistoryScreen
from sibtui.tui.views.past import steps_to
from sibtui.tui.widgets.lines import Lines

TRUST = "People/Trust"


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", Lines).text


@pytest.fixture
def lived(coded: Project) -> Project:
    """The study after four more acts: a definition, a stance, a coding, its removal."""
    coded.codes.set(TRUST, definition="Trust [b] in people.")
    first = next(iter(coded.codings.list()))
    coded.codings.set(first.id, stance="counters")
    added = coded.codings.add(CodingDraft("x1", TRUST, quote="It is short."))
    coded.codings.remove(added.id)
    return coded


async def test_the_newest_act_is_first_and_told_in_full(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7")
        rows = [row for row in pilot.app.screen.rows.rows if row.key]
        assert rows[0].text.startswith("coding remove")
        assert rows[0].mark == "▸ "
        assert "– coding" in shown(pilot, "changes")
        assert "It is short." in shown(pilot, "changes")
        await press(pilot, "down", "down")
        changes = shown(pilot, "changes")
        assert "The loss falls on the fund." in changes
        assert changes.index("– supports") < changes.index("+ counters")
        await press(pilot, "down")
        assert "Trust [b] in people." in shown(pilot, "changes")


async def test_enter_goes_back_to_an_act_and_on_again(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7", "down", "down", "down")
        assert "Enter undoes 3 changes" in shown(pilot, "told")
        await press(pilot, "enter")
        assert next(iter(lived.codings.list())).stance == "supports"
        assert lived.codes.get(TRUST).definition == "Trust [b] in people."
        assert "3 of them undone" in shown(pilot, "history-title")
        await press(pilot, "up")
        assert "Enter does again 1 change" in shown(pilot, "told")
        await press(pilot, "enter")
        assert next(iter(lived.codings.list())).stance == "counters"
        assert lived.codings.count() == 2


async def test_b_goes_before_an_act_and_n_to_the_newest(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7", "down", "down", "down", "b")
        assert lived.codes.get(TRUST).definition == "Trust, and what breaks it."
        await press(pilot, "n")
        assert lived.codes.get(TRUST).definition == "Trust [b] in people."
        assert [act.state for act in lived.history.list(limit=4)] == ["done"] * 4
        await press(pilot, "n")
        assert "so already" in shown(pilot, "told")


async def test_undo_and_redo_work_here_too(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7", "u")
        assert lived.codings.count() == 3
        assert "1 of them undone" in shown(pilot, "history-title")
        await press(pilot, "U")
        assert lived.codings.count() == 2


async def test_an_act_that_was_dropped_is_not_reached(lived: Project, run, press):
    lived.history.undo()
    lived.codes.set(TRUST, example="Another way.")
    async with run(lived) as pilot:
        await press(pilot, "f7", "down")
        assert "cannot be reached" in shown(pilot, "told")
        before = lived.history.list()
        await press(pilot, "enter", "b")
        assert lived.history.list() == before


async def test_older_acts_come_when_the_end_is_reached(lived: Project, run, press, monkeypatch):
    monkeypatch.setattr(history_module, "FIRST", 3)
    async with run(lived) as pilot:
        await press(pilot, "f7")
        assert "more than 3 changes" in shown(pilot, "history-title")
        await press(pilot, "end")
        await pilot.pause()
        assert len([row for row in pilot.app.screen.rows.rows if row.key]) == len(lived.history.list())


async def test_long_changes_are_scrolled(lived: Project, run, press):
    lived.codes.set(TRUST, definition=" ".join(["word"] * 400))
    async with run(lived, size=(80, 24)) as pilot:
        await press(pilot, "f7", "space")
        pane = pilot.app.screen.query_one("#changes", Lines)
        assert pane.scroll_offset.y > 0
        await press(pilot, "backspace")
        assert pane.scroll_offset.y == 0


async def test_a_study_with_no_past_says_so(tmp_path, run, press):
    with Project.create(tmp_path / "new.sibtui") as project:
        async with run(project) as pilot:
            await press(pilot, "f7", "enter", "b", "n", "u")
            assert isinstance(pilot.app.screen, HistoryScreen)
            assert "Nothing was done yet" in pilot.app.screen.rows.empty


def test_steps_lead_to_just_that_act(lived: Project) -> None:
    for act in lived.history.list():
        for before in (False, True):
            steps = steps_to(lived.history.list(), act.id, before=before)
            if steps < 0:
                lived.history.undo(-steps)
            elif steps > 0:
                lived.history.redo(steps)
            done = [other.id for other in lived.history.list() if other.state == "done"]
            assert max(done, default=0) == (act.id - 1 if before else act.id)
