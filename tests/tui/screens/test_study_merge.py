"""The screen of a merge: both sides of each difference, decisions by keys, and nothing written before Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.project import Project
from sibtui.tui.screens.study_merge import MergeScreen
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines
from tests.sweeps import SIZES, in_part
from tests.tui.trials import LOSS
from tests.tui.trials_merge import BEGIN, changed_twice, choices

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def both(tabled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    changed_twice(tabled)
    return tabled


def shown(pilot, name: str) -> str:
    assert isinstance(pilot.app.screen, MergeScreen)
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def rows(pilot) -> list[tuple[str, str]]:
    return [(row.text.partition(":")[0], row.right) for row in pilot.app.screen.query_one(RowList).rows if row.key]


def state(study: Project) -> tuple[int, int]:
    return len(study.history.list()), study.codings.count()


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_conflicts_come_first_with_both_sides(size, both: Project, run, follow):
    async with run(both, size=size) as pilot:
        await follow(pilot, BEGIN)
        assert "Merge t.sibtui" in shown(pilot, "heading")
        assert "2 conflicts and 1 added" in shown(pilot, "heading")
        listed = rows(pilot)
        assert [right for _, right in listed] == ["open", "open", "comes in"]
        assert listed[0][0] == f"code {LOSS}, definition"
        assert shown(pilot, "mine") == "1 In this study\nMine too."
        assert shown(pilot, "theirs") == "2 In the other study\nTheirs too."
        assert "Both had: Who pays when an outcome is missed." in shown(pilot, "about")
        assert "2 conflicts open" in shown(pilot, "status-bar")
        await follow(pilot, "down")
        assert shown(pilot, "about") == f"“The loss falls on the fund.” {LOSS}"
        await follow(pilot, "end")
        assert "The charity is paid in advance." in shown(pilot, "theirs")
        assert shown(pilot, "mine") == "In this study\nnothing"


async def test_nothing_is_written_before_every_conflict_is_decided_and_confirmed(both: Project, run, follow):
    before = state(both)
    async with run(both) as pilot:
        await follow(pilot, f"{BEGIN} 2 enter")
        assert "1 conflict open: decide it first" in shown(pilot, "status-bar")
        await follow(pilot, "b")
        assert state(both) == before
        await follow(pilot, "enter wait")
        assert not isinstance(pilot.app.screen, MergeScreen)
        assert both.codings.get(1).memo == "Mine.\nTheirs."
        assert both.codes.get(LOSS).definition == "Theirs too."
        assert state(both) == (before[0] + 1, before[1] + 1)
        assert "Merged t.sibtui: 1 added and 2 conflicts settled" in pilot.app.export_screenshot().replace(
            "&#160;", " "
        )
        await follow(pilot, "u")
        assert (both.codings.get(1).memo, both.codings.count()) == ("Mine.", before[1])


@pytest.mark.parametrize("key", ["q", "escape", "f4"])
async def test_leaving_the_screen_changes_nothing(key: str, both: Project, run, follow):
    before = state(both)
    async with run(both) as pilot:
        await follow(pilot, f"{BEGIN} 1 2 {key}")
        assert not isinstance(pilot.app.screen, MergeScreen)
        assert state(both) == before


async def test_a_folder_is_merged_too(both: Project, run, follow):
    with Project.open("t.sibtui") as other:
        other.exports.folder("theirs")
    async with run(both) as pilot:
        await follow(pilot, "plus t h e i r s enter wait")
        assert "The state in common is not known" in shown(pilot, "heading")
        assert pilot.app.screen.decisions.conflicts >= 2


async def test_both_are_refused_where_only_one_value_can_hold(both: Project, run, follow):
    both.codings.set(1, stance="counters")
    with Project.open("t.sibtui", coder="Eva") as other:
        other.codings.remove(1)
    async with run(both) as pilot:
        await follow(pilot, f"{BEGIN} down")
        assert "removed by theirs, changed by mine" in shown(pilot, "about").lower()
        await follow(pilot, "b")
        assert "take one side" in shown(pilot, "status-bar")
        await follow(pilot, "end 1")
        assert "This is no conflict" in shown(pilot, "status-bar")


async def test_the_rest_is_decided_alike_after_single_decisions(both: Project, run, follow):
    async with run(both) as pilot:
        await follow(pilot, f"{BEGIN} 1 t")
        assert choices_of(pilot) == ["mine", "theirs"]
        await follow(pilot, "m")
        assert "No conflict is open" in shown(pilot, "status-bar")
        await follow(pilot, "up")
        assert "every conflict is decided" in shown(pilot, "status-bar")


def choices_of(pilot) -> list[str | None]:
    from tests.tui.trials import Seen

    return choices(Seen(pilot))


async def test_a_study_without_news_cannot_be_merged_again(both: Project, run, follow):
    both.merge("t.sibtui", take="mine")
    async with run(both) as pilot:
        await follow(pilot, BEGIN)
        assert pilot.app.screen.query_one(RowList).empty == "Nothing is new in the other study."
        await follow(pilot, "enter")
        assert "Nothing is new" in shown(pilot, "status-bar")
        await follow(pilot, "1")
        assert "no conflict to decide" in shown(pilot, "status-bar")


@pytest.mark.slow
async def test_a_conflict_that_comes_up_meanwhile_is_shown_before_anything_is_written(both: Project, run, follow):
    async with run(both) as pilot:
        await follow(pilot, f"{BEGIN} t")
        with Project.open("t.sibtui", coder="Eva") as other:
            other.codings.set(1, memo="Changed again.")
        await follow(pilot, "enter wait")
        assert "1 conflict more came up: nothing was merged yet" in shown(pilot, "status-bar")
        assert both.codings.get(1).memo == "Mine."
        await follow(pilot, "2 enter wait")
        assert both.codings.get(1).memo == "Changed again."


async def test_a_damaged_study_closes_the_screen_with_the_reason(both: Project, run, follow):
    with open("t.sibtui", "wb") as file:  # noqa: ASYNC230, PTH123 - the test waits for nothing else
        file.write(b"not a study")
    async with run(both) as pilot:
        await follow(pilot, BEGIN)
        assert type(pilot.app.screen).__name__ == "CodingScreen"
        assert "t.sibtui is not a" in pilot.app.export_screenshot().replace("&#160;", " ")


async def test_the_open_study_is_not_merged_with_itself(both: Project, run, follow):
    async with run(both) as pilot:
        await follow(pilot, "plus s t u d y . s i b t u i enter wait")
        assert type(pilot.app.screen).__name__ == "CodingScreen"
        assert "is the open study itself" in pilot.app.export_screenshot().replace("&#160;", " ")


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_a_coder_of_the_other_study_gets_another_name(size, both: Project, run, follow, press):
    async with run(both, size=size) as pilot:
        await follow(pilot, f"{BEGIN} c")
        chooser = pilot.app.screen.query_one(RowList)
        assert "Eva" in [row.text for row in chooser.rows]
        assert chooser.go("Eva")
        await press(pilot, "enter")
        pilot.app.screen.query_one("Input").value = "Eva B"
        await follow(pilot, "enter wait")
        assert "Coders: Eva=Eva B" in shown(pilot, "heading")
        await follow(pilot, "t enter wait")
    assert {coding.coder for coding in both.codings.list()} >= {"Eva B"}
    assert "Eva" not in {coder.name for coder in both.coders}


async def test_the_same_name_again_changes_nothing(both: Project, run, follow):
    async with run(both) as pilot:
        await follow(pilot, f"{BEGIN} c enter enter wait")
        assert pilot.app.screen.decisions.names == {}
        assert "Coders:" not in shown(pilot, "heading")
