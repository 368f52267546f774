"""The history screen: the acts, their changes, undo and redo."""

from __future__ import annotations

import pytest

from sibtui.model.drafts import CodingDraft
from sibtui.project import Project
from sibtui.tui.screens import history as history_module
from sibtui.tui.screens.history import HistoryScreen
from sibtui.tui.views.history_rows import steps_to
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

TRUST = "People/Trust"


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


@pytest.fixture
def lived(coded: Project) -> Project:
    """Return the study after four more acts: a definition, a stance, a coding, and the removal of this coding."""
    coded.codes.set(TRUST, definition="Trust [b] in people.")
    first = next(iter(coded.codings.list()))
    coded.codings.set(first.id, stance="counters")
    added = coded.codings.add(CodingDraft("x1", TRUST, quote="It is short."))
    coded.codings.remove(added.id)
    return coded


async def test_the_newest_act_is_first_and_shown_in_full(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7")
        rows = [row for row in pilot.app.screen.rows.rows if row.key]
        assert rows[0].text == "“It is short.” no longer coded People/Trust"
        assert rows[0].mark == "▸ "
        assert "– coding “It is short.” in x1, removed" in " ".join(shown(pilot, "changes").split())
        assert "It is short." in shown(pilot, "changes")
        await press(pilot, "down", "down")
        changes = shown(pilot, "changes")
        assert "The loss falls on the fund." in changes
        assert "stance: supports → counters" in changes
        await press(pilot, "down")
        assert "Trust [b] in people." in shown(pilot, "changes")


async def test_each_change_on_the_screen_is_described_as_soon_as_the_history_opens(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7")
        rows = [row.text for row in pilot.app.screen.rows.rows if row.key]
        assert rows == [lived.history.fact(act) for act in lived.history.list()]


async def test_the_rows_that_a_taller_window_shows_are_described(lived: Project, run, press):
    for number in range(30):
        lived.cases.add(f"Case {number}")
    async with run(lived, size=(80, 12)) as pilot:
        await press(pilot, "f7")
        await pilot.resize_terminal(80, 50)
        await pilot.at_rest()
        rows = [row.text for row in pilot.app.screen.rows.rows if row.key]
        acts = lived.history.list()[:30]
        assert rows[:30] == [lived.history.fact(act) for act in acts]


async def test_enter_undoes_up_to_an_act_and_redoes_again(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7", "down", "down", "down")
        assert "Enter undoes 3 changes" in shown(pilot, "status-bar")
        await press(pilot, "enter")
        assert next(iter(lived.codings.list())).stance == "supports"
        assert lived.codes.get(TRUST).definition == "Trust [b] in people."
        assert "3 of them undone" in shown(pilot, "history-title")
        await press(pilot, "up")
        assert "Enter redoes 1 change" in shown(pilot, "status-bar")
        await press(pilot, "enter")
        assert next(iter(lived.codings.list())).stance == "counters"
        assert lived.codings.count() == 2


async def test_b_undoes_up_to_an_act_and_n_goes_to_the_newest(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7", "down", "down", "down", "b")
        assert lived.codes.get(TRUST).definition == "Trust, and what breaks it."
        await press(pilot, "n")
        assert lived.codes.get(TRUST).definition == "Trust [b] in people."
        assert [act.state for act in lived.history.list(limit=4)] == ["done"] * 4
        await press(pilot, "n")
        assert "in this state already" in shown(pilot, "status-bar")


async def test_a_reading_is_shown_with_its_source_coder_and_codes(lived: Project, run, press):
    lived.readings.add("x1", coder="Ben")
    lived.readings.add("x1", coder="Ben", codes=TRUST)
    lived.readings.add("x1", coder="Ben", at="2031-01-01")
    lived.sources.set_topic("x1", TRUST, "not asked")
    async with run(lived) as pilot:
        await press(pilot, "f7")
        assert f"asked about {TRUST}: nothing → not asked" in " ".join(shown(pilot, "changes").split())
        await press(pilot, "down")
        assert "read by Ben: " in shown(pilot, "changes")
        assert "→ 2031-01-01" in shown(pilot, "changes")
        await press(pilot, "down")
        assert f"read by Ben for {TRUST}: nothing → 20" in " ".join(shown(pilot, "changes").split())
        await press(pilot, "down")
        assert "read by Ben: nothing → 20" in shown(pilot, "changes")
        assert "source x1" in shown(pilot, "changes")


@pytest.mark.slow
async def test_the_history_can_be_filtered_and_esc_removes_the_filter(lived: Project, run, press):
    lived.set_coder("Ben")
    lived.sources.set("x1", title="Short")
    async with run(lived) as pilot:
        await press(pilot, "f7", "f", "c", "enter")
        assert [act.coder for act in pilot.app.screen._acts] == ["Ben"]
        assert "only coder Ben" in shown(pilot, "history-title")
        await press(pilot, "f", "0", "f", "k")
        assert pilot.app.screen.query_one(RowList).go("coding")
        await press(pilot, "enter")
        assert {act.verb.split()[0] for act in pilot.app.screen._acts} == {"coding"}
        await press(pilot, "f", "s", "end", "enter")
        assert [act.verb for act in pilot.app.screen._acts] == ["coding remove", "coding add"]
        assert "Enter undoes 1 change" in shown(pilot, "status-bar")  # the act of Ben, which is not listed
        await press(pilot, "escape")
        assert len(pilot.app.screen._acts) == len(lived.history.list())
        await press(pilot, "f", "o", write="trust")
        await press(pilot, "enter")
        assert {act.verb for act in pilot.app.screen._acts} == {
            "code set",
            "coding add",
            "coding remove",
            "code import",
        }


async def test_the_history_screen_undoes_and_redoes(lived: Project, run, press):
    async with run(lived) as pilot:
        await press(pilot, "f7", "u")
        assert lived.codings.count() == 3
        assert "1 of them undone" in shown(pilot, "history-title")
        await press(pilot, "U")
        assert lived.codings.count() == 2


async def test_the_history_does_not_go_to_a_dropped_act(lived: Project, run, press):
    lived.history.undo()
    lived.codes.set(TRUST, example="Another way.")
    async with run(lived) as pilot:
        await press(pilot, "f7", "down")
        assert "cannot be redone" in shown(pilot, "status-bar")
        before = lived.history.list()
        await press(pilot, "enter", "b")
        assert lived.history.list() == before


async def test_older_acts_are_loaded_at_the_end_of_the_list(lived: Project, run, press, monkeypatch):
    monkeypatch.setattr(history_module, "FIRST", 3)
    async with run(lived) as pilot:
        await press(pilot, "f7")
        assert "more than 3 changes" in shown(pilot, "history-title")
        await press(pilot, "end")
        await pilot.pause()
        assert len([row for row in pilot.app.screen.rows.rows if row.key]) == len(lived.history.list())


async def test_a_long_change_can_be_scrolled(lived: Project, run, press):
    lived.codes.set(TRUST, definition=" ".join(["word"] * 400))
    async with run(lived, size=(80, 24)) as pilot:
        await press(pilot, "f7", "space")
        pane = pilot.app.screen.query_one("#changes", TextLines)
        assert pane.scroll_offset.y > 0
        await press(pilot, "backspace")
        assert pane.scroll_offset.y == 0


async def test_a_study_without_history_shows_a_note(tmp_path, run, press):
    with Project.create(tmp_path / "new.sibtui") as project:
        async with run(project) as pilot:
            await press(pilot, "f7", "enter", "b", "n", "u")
            assert isinstance(pilot.app.screen, HistoryScreen)
            assert "Nothing has changed yet" in pilot.app.screen.rows.empty


def test_the_computed_steps_lead_exactly_to_the_chosen_act(lived: Project) -> None:
    for act in lived.history.list():
        for before in (False, True):
            steps = steps_to(lived.history.list(), act.id, before=before)
            if steps < 0:
                lived.history.undo(-steps)
            elif steps > 0:
                lived.history.redo(steps)
            done = [other.id for other in lived.history.list() if other.state == "done"]
            assert max(done, default=0) == (act.id - 1 if before else act.id)
