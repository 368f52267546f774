"""The field of the query on the quotes screen: its message, its completion, its errors, and the search in a thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from sibtui.errors import StudyBusyError
from sibtui.tui.screens.evidence import EvidenceScreen
from sibtui.workspace.quote_browser import QuoteBrowser

from .test_evidence import ALL, listed, shown

if TYPE_CHECKING:
    from sibtui.project import Project


def field(pilot) -> Input:
    return pilot.app.screen.query_one("#quotes-query", Input)


async def ask(pilot, press, query: str) -> None:
    """Type a query into its field and wait for the quotes."""
    await press(pilot, "w")
    field(pilot).value = query
    await press(pilot, "enter")
    await settle(pilot)


async def settle(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_query_limits_the_list_and_is_named_above_it(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await ask(pilot, press, "stance counters")
        assert listed(pilot) == [c.quote for c in tabled.codings.list(where="stance counters")] != ALL
        assert "query   stance counters" in shown(pilot, "heading")
        assert not field(pilot).has_class("-open")
        await press(pilot, "F")
        assert listed(pilot) == ALL
        assert "query" not in shown(pilot, "heading")


async def test_a_filter_and_a_query_narrow_together(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await ask(pilot, press, "not waiting")
        await press(pilot, "f")
        pilot.app.screen.query_one("#quotes-filter", Input).value = "source:m1"
        await press(pilot, "enter")
        assert listed(pilot) == [c.quote for c in tabled.codings.list(where="not waiting", source="m1")]
        assert "filter  source:m1" in shown(pilot, "heading")
        await ask(pilot, press, "")
        assert listed(pilot) == [c.quote for c in tabled.codings.list(source="m1")]


@pytest.mark.parametrize(
    ("query", "column", "reason"),
    [
        ("code Money wrong", 11, "but found “wrong”"),
        ("waiting and case Nowhere", 17, "no case is named “Nowhere”"),
    ],
)
async def test_an_error_points_at_the_character_and_the_list_stays(tabled: Project, run, press, query, column, reason):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await ask(pilot, press, query)
        assert shown(pilot, "query-pointer").rstrip() == " " * column + "^"
        assert reason in shown(pilot, "status-bar").replace("\n", " ")
        assert listed(pilot) == ALL
        await press(pilot, "escape")
        assert not field(pilot).has_class("-open")
        assert listed(pilot) == ALL


async def test_typing_shows_what_can_follow_and_tab_completes(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "w", *"cod")
        assert shown(pilot, "status-bar").startswith("code · coder")
        await press(pilot, "tab", "space", *"who", "tab")
        assert field(pilot).value == 'code "Money/Who carries the loss" '
        await press(pilot, *"over", "tab")
        assert field(pilot).value == 'code "Money/Who carries the loss" overlapping '
        assert not pilot.app.screen.query_one("#query-pointer").has_class("-open")


async def test_keys_typed_together_are_handled_in_order(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4", "w", *"waix", "backspace", "tab")
        assert field(pilot).value == "waiting "


async def test_esc_stops_the_search_and_a_late_answer_changes_nothing(tabled: Project, run, press, monkeypatch):
    go_on = threading.Event()
    answer = QuoteBrowser.answer

    def slow(browser, project, where):
        go_on.wait(120)
        return answer(browser, project, where)

    monkeypatch.setattr(QuoteBrowser, "answer", slow)
    async with run(tabled) as pilot:
        await press(pilot, "f4", "w", *"waiting", "enter")
        assert "looking …" in shown(pilot, "status-bar")
        assert "Esc stops" in shown(pilot, "status-bar")
        await press(pilot, "x")
        assert field(pilot).value == "waitingx"
        await press(pilot, "backspace", "enter", "escape")
        assert field(pilot).has_class("-open")
        go_on.set()
        await settle(pilot)
        assert listed(pilot) == ALL
        await press(pilot, "escape")
        assert not field(pilot).has_class("-open")


async def test_the_query_stays_when_the_screen_opens_again(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await ask(pilot, press, "waiting")
        found = listed(pilot)
        await press(pilot, "escape", "f4")
        assert isinstance(pilot.app.screen, EvidenceScreen)
        assert listed(pilot) == found
        await press(pilot, "w")
        assert field(pilot).value == "waiting"


async def test_no_quote_of_a_query_has_a_message(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await ask(pilot, press, "round 7")
        assert listed(pilot) == []
        assert "No quote fits the query" in pilot.app.screen.list.empty


async def test_after_a_failed_search_its_cause_is_shown_and_esc_closes_the_field(
    tabled: Project, run, press, monkeypatch
):
    def fail(browser, project, where):
        raise StudyBusyError("Another program is writing to the study.")

    monkeypatch.setattr(QuoteBrowser, "answer", fail)
    async with run(tabled) as pilot:
        await press(pilot, "f4")
        await ask(pilot, press, "waiting")
        assert "Another program is writing" in shown(pilot, "status-bar").replace("\n", " ")
        await press(pilot, "x")
        assert "Esc stops" not in shown(pilot, "status-bar")
        await press(pilot, "enter")
        await settle(pilot)
        await press(pilot, "escape")
        assert not field(pilot).has_class("-open")
