"""The overview: the progress of the study, its open tasks, and the keys that open them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from sibtui.model.drafts import MemoDraft
from sibtui.project import Project
from sibtui.tui.screens.codebook.screen import CodebookScreen
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.screens.overview import OverviewScreen
from sibtui.tui.screens.queue import QueueScreen
from sibtui.tui.widgets.text_lines import TextLines

TRUST = "People/Trust"


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


@pytest.fixture
def see(press):
    """Return a function that opens the overview and waits until the study is checked."""

    async def seeing(pilot, at: str | None = None) -> None:
        await press(pilot, "f8")
        await pilot.at_rest()
        await pilot.pause()
        if at is not None:
            assert pilot.app.screen.rows.go(at), [row.key for row in pilot.app.screen.rows.rows]
            await pilot.pause()

    return seeing


async def test_the_overview_shows_figures_and_reading(tabled: Project, run, see):
    async with run(tabled) as pilot:
        await see(pilot)
        figures = shown(pilot, "figures")
        assert "3 sources · 2 cases · 6 codes · 6 codings · 2 matrices" in figures
        assert "1 in progress, 2 unread" in figures
        assert "nothing is damaged, 3 without a case" in shown(pilot, "status-bar")


@pytest.mark.parametrize(
    ("key", "screen"), [("source:x1", CodingScreen), ("queue", QueueScreen), ("case:SIB B", CodingScreen)]
)
async def test_enter_opens_the_item_of_a_row(tabled: Project, run, see, press, key: str, screen: type):
    async with run(tabled) as pilot:
        await see(pilot, key)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, screen)
        if screen is CodingScreen:
            assert pilot.app.screen.workspace.source.name == {"source:x1": "x1", "case:SIB B": "m1"}[key]


async def test_the_codings_of_a_case_and_its_codings_without_a_case_are_counted_separately(tabled: Project, run, see):
    async with run(tabled) as pilot:
        await see(pilot, "case:SIB B")
        rights = {
            row.key: row.right.split() for row in pilot.app.screen.rows.rows if (row.key or "").startswith("case:")
        }
        assert rights == {
            "case:SIB A": ["0", "of", "2", "read", "?3", "3", "codings"],
            "case:SIB B": ["0", "of", "1", "read", "?3", "1", "codings"],
        }
        assert "letter: b\ncodings: 1" in shown(pilot, "overview-detail")
        assert "?3: codings of its sources without a case" in shown(pilot, "overview-detail").replace("\n", " ")


async def test_enter_on_a_retired_code_with_quotes_opens_the_codebook(tabled: Project, run, see, press):
    tabled.codes.retire(TRUST)
    async with run(tabled) as pilot:
        await see(pilot)
        (row,) = [row for row in pilot.app.screen.rows.rows if row.right == "retired"]
        pilot.app.screen.rows.go(row.key)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CodebookScreen)
        assert pilot.app.screen.rows.key == TRUST


async def test_a_source_can_be_marked_as_read_in_the_overview(tabled: Project, run, see, press):
    async with run(tabled) as pilot:
        await see(pilot, "source:x1")
        await press(pilot, "M")
        assert tabled.sources.get("x1").reading == "read"
        assert "1 read" in shown(pilot, "figures")
        await press(pilot, "u")
        assert tabled.sources.get("x1").reading == "unread"


async def test_memos_are_written_changed_and_removed(tabled: Project, run, see, press):
    async with run(tabled) as pilot:
        await see(pilot)
        await press(pilot, "a")
        await press(pilot, write="Where is C?")
        await press(pilot, "escape")
        await pilot.at_rest()
        await pilot.pause()
        (memo,) = tabled.memos.list(on="project")
        assert memo.text == "Where is C?"
        pilot.app.screen.rows.go("memo:0")
        await press(pilot, "m")
        await press(pilot, write=" Asked.")
        await press(pilot, "escape")
        assert tabled.memos.get(memo.id).text == "Where is C? Asked."
        await press(pilot, "d")
        assert tabled.memos.list(on="project") == []


async def test_a_memo_is_written_on_a_source_and_on_a_case(tabled: Project, run, see, press):
    async with run(tabled) as pilot:
        await see(pilot, "source:x1")
        await press(pilot, "m")
        await press(pilot, write="Short.")
        await press(pilot, "escape")
        pilot.app.screen.rows.go("case:SIB A")
        await press(pilot, "m")
        await press(pilot, write="First.")
        await press(pilot, "escape")
    assert [(memo.on, memo.of, memo.text) for memo in tabled.memos.list() if memo.on != "coding"] == [
        ("source", "x1", "Short."),
        ("case", "SIB A", "First."),
    ]


@pytest.mark.parametrize("on", ["coding", "source", "code"])
async def test_enter_on_a_memo_opens_its_target(tabled: Project, run, see, press, on: str):
    coding = next(iter(tabled.codings.list()))
    of = {"coding": str(coding.id), "source": "x1", "code": TRUST}[on]
    tabled.memos.add(MemoDraft(on, of, "", "look here"))
    async with run(tabled) as pilot:
        await see(pilot)
        rows = [row for row in pilot.app.screen.rows.rows if row.text == "look here"]
        pilot.app.screen.rows.go(rows[0].key)
        await pilot.pause()
        assert "look here" in shown(pilot, "overview-detail")
        await press(pilot, "enter")
        screen = pilot.app.screen
        if on == "code":
            assert (type(screen), screen.rows.key) == (CodebookScreen, TRUST)
        else:
            assert screen.workspace.source.name == {"coding": "a1", "source": "x1"}[on]


async def test_a_coding_outside_its_text_is_reported_as_damage(tabled: Project, run, see, press, tmp_path):
    with closing(sqlite3.connect(tabled.path)) as raw, raw:
        triggers = raw.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'texts'"
        ).fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE texts SET text = replace(text, 'The loss falls', 'The lass falls')")
        for _, sql in triggers:
            raw.execute(sql)
    raw.close()
    async with run(tabled) as pilot:
        await see(pilot)
        assert "3 damaged" in shown(
            pilot, "status-bar"
        )  # the coding, the text with another hash, the chain of the history
        damage = [row for row in pilot.app.screen.rows.rows if row.strong and row.key]
        assert damage[0].right == "damage"


async def test_the_check_of_the_study_can_be_stopped_and_started_again(tabled: Project, run, see, press):
    async with run(tabled) as pilot:
        await see(pilot)
        await press(pilot, "c", "c")
        await pilot.at_rest()
        await pilot.pause()
        await press(pilot, "c")
        await pilot.at_rest()
        await pilot.pause()
        assert "nothing is damaged" in shown(pilot, "status-bar")


async def test_a_message_stays_until_the_next_key_while_results_arrive(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f8")
        await pilot.app.workers.wait_for_complete()
        screen = pilot.app.screen
        screen.report("a message")
        screen.post_message(OverviewScreen.ResultsRead(screen._number, memos=[]))
        await pilot.pause()
        assert "a message" in screen.query_one("#status-bar", TextLines).text
        await press(pilot, "down")
        assert "a message" not in screen.query_one("#status-bar", TextLines).text


async def test_the_description_of_the_study_is_written_on_the_overview(tabled: Project, run, see, press):
    async with run(tabled) as pilot:
        await see(pilot, "study")
        await press(pilot, "enter")
        await press(pilot, write="Who carries the loss?")
        await press(pilot, "escape")
        assert "Who carries the loss?" in shown(pilot, "overview-detail")
    assert tabled.study.description == "Who carries the loss?"


async def test_the_overview_of_an_empty_study_shows_how_to_import_notes(tmp_path, run, see, press):
    with Project.create(tmp_path / "new.sibtui") as project:
        async with run(project) as pilot:
            await see(pilot)
            assert "+ brings notes in" in pilot.app.screen.rows.empty
            await press(pilot, "enter", "M", "d", "m")
            assert isinstance(pilot.app.screen, OverviewScreen)


async def test_the_overview_counts_the_summaries_of_each_table_and_opens_the_table(tabled: Project, run, see, press):
    tabled.summaries.set("table-1", "Loss", "SIB A", "Old.")
    async with run(tabled) as pilot:
        await see(pilot, "summaries:table-1")
        rows = pilot.app.screen.rows.rows
        [row] = [each for each in rows if each.key == "summaries:table-1"]
        missing = len(tabled.summaries.missing("table-1"))
        assert row.right == f"1 written, {missing} cells without one"
        assert f"Summaries: {row.right}" in [each.text for each in rows]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MatrixScreen)
        assert pilot.app.screen.browser.name == "table-1"


async def test_the_overview_is_of_the_coder_on_the_screen_who_may_be_in_a_blind_round(tabled: Project, run, see):
    tabled.summaries.set("table-1", "Loss", "SIB A", "Old.")
    tabled.set_coder("Somebody")
    tabled.rounds.start("second", blind=True)
    async with run(tabled) as pilot:
        await see(pilot)
        assert not any("ummaries" in each.text for each in pilot.app.screen.rows.rows)


async def test_a_study_without_summaries_has_no_row_about_them(tabled: Project, run, see):
    async with run(tabled) as pilot:
        await see(pilot)
        assert not any("ummaries" in each.text for each in pilot.app.screen.rows.rows)
