"""The panes of the coding screen, tested without the screen. They take values and send messages."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from sibtui.tui.base_app import BaseApp
from sibtui.tui.note.painting import NoteStyle
from sibtui.tui.screens.coding.codebook_pane import CodebookPane
from sibtui.tui.screens.coding.codings_pane import CodingsPane
from sibtui.tui.screens.coding.sources_pane import SourcesPane
from sibtui.tui.screens.coding.status_bar import CodingStatus, Situation, StatusBar, hint_line
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace.codebook_view import CodebookView
from sibtui.workspace.session_state import SessionState
from tests.tui.pilot import piloted

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.widget import Widget

    from sibtui.project import Project


class PaneApp(BaseApp[None]):
    """An app with one pane and no study."""

    def __init__(self, pane: Widget, memory: SessionState) -> None:
        super().__init__(memory)
        self.pane = pane
        self.sent: list[object] = []

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_sources_pane_opened(self, event: SourcesPane.Opened) -> None:
        self.sent.append(event.name)

    def on_codebook_pane_applied(self, event: CodebookPane.Applied) -> None:
        self.sent.append(event.path)

    def on_codebook_pane_filtered(self, event: CodebookPane.Filtered) -> None:
        self.sent.append(type(event))


@pytest.fixture
def show(tmp_path: Path):
    """Return a function that starts an app with this pane and returns its pilot."""

    @asynccontextmanager
    async def showing(pane: Widget):
        async with piloted(PaneApp(pane, SessionState.load(tmp_path / "state.json")), (120, 20)) as pilot:
            yield pilot

    return showing


def plain(path: str) -> NoteStyle:
    return NoteStyle(path[:2], None)


async def test_the_sources_pane_lists_sources_and_sends_the_clicked_source(study: Project, show):
    pane, sources = SourcesPane(), study.sources.list()
    async with show(pane) as pilot:
        pane.show(sources, ["SIB A"], "m1")
        await pilot.pause()
        assert pane.list.key == "m1"
        assert pane.source == next(source for source in sources if source.name == "m1")
        at = [row.key for row in pane.list.rows].index("a1")
        await pilot.click(pane.list, offset=(5, at))
        await pilot.pause()
        assert pilot.app.sent == ["a1"]


async def test_the_sources_pane_updates_the_row_and_the_progress_of_a_changed_source(study: Project, show):
    pane = SourcesPane()
    async with show(pane) as pilot:
        pane.show(study.sources.list(), ["SIB A"], "a1")
        assert "0 of 3 read" in pane.query_one("#left-title", TextLines).text
        study.sources.set("m1", reading="read")
        pane.update_sources(study.sources.list())
        await pilot.pause()
        assert "1 of 3 read" in pane.query_one("#left-title", TextLines).text
        assert "●" in next(row.mark for row in pane.list.rows if row.key == "m1")


async def test_the_codebook_pane_sends_a_double_clicked_code(study: Project, show):
    pane, view = CodebookPane(lambda _: None), CodebookView(study.codes.list(counts=True))
    async with show(pane) as pilot:
        pane.show(view, {"3": "People/Trust"})
        await pilot.pause()
        rows = {row.key: at for at, row in enumerate(pane.list.rows)}
        assert pane.list.rows[rows["People/Trust"]].right.split()[0] == "3"
        await pilot.click(pane.list, offset=(5, rows["People/Trust"]))
        await pilot.pause()
        assert pilot.app.sent == []
        await pilot.click(pane.list, offset=(5, rows["People/Trust"]), times=2)
        await pilot.pause()
        assert pilot.app.sent == ["People/Trust"]


async def test_the_codebook_pane_filters_its_codes_without_the_screen(study: Project, show):
    pane = CodebookPane(lambda _: None)
    async with show(pane) as pilot:
        pane.show(CodebookView(study.codes.list(counts=True)), {})
        everything = len(pane.list.rows)
        await pane.open_filter()
        await pilot.press(*"tru")
        assert ([row.text for row in pane.list.rows], pane.list.key) == (["Trust"], "People/Trust")
        assert set(pilot.app.sent) == {CodebookPane.Filtered}
        assert "only with “tru”: 1" in pane.query_one("#right-title", TextLines).text
        pane.close_filter()
        pane.show(CodebookView(study.codes.list(counts=True)), {})
        await pilot.pause()
        assert (len(pane.list.rows), pane.field) == (everything, None)


async def test_the_codings_pane_shows_codings_or_a_code_or_a_source(coded: Project, show):
    pane, codings = CodingsPane(), list(coded.codings.list())
    async with show(pane):
        pane.show_codings(codings, codings[1].id, plain)
        assert "▸ Pe≈ Trust" in pane.text
        pane.show_codings([], None, plain)
        assert "No coding here" in pane.text
        pane.show_code(coded.codes.get("Trust"))
        assert "People / Trust" in pane.text
        pane.show_source(coded.sources.get("a1"))
        assert "reading: " in pane.text


async def test_a_message_replaces_the_hints_until_the_next_key(study: Project, show):
    bar, source = StatusBar(), study.sources.get("a1")
    status = CodingStatus(source, 3, 12, None, "People/Trust", None)
    async with show(bar):
        bar.put_message("It is done.", done=True)
        bar.show(status, in_note(), None)
        first = bar.text.splitlines()
        bar.show(status, in_note(), None)
        assert bar.text.splitlines() == first
        bar.app.inputs = 1
        bar.show(status, in_note(), [("above", "text")])
        second = bar.text.splitlines()
    assert first == ["a1, line 3  12 characters  │  SIB A  │  Space: Trust again", "✓ It is done."]
    assert (second[0], second[1]) == ("above", first[0])
    assert "Enter code" in second[2]


def in_note(**other: object) -> Situation:
    values: dict[str, object] = {
        "areas": ("note", "coding", "everywhere"), "typing": "", "has_note": True, "in_note": True, "searched": False,
        "filtered": False, "is_active": False,
    }  # fmt: skip
    return Situation(**(values | other))  # type: ignore[arg-type]


def hints_of(situation: Situation, width: int = 120) -> str:
    return "".join(text for text, _ in hint_line(situation, width, {}))


@pytest.mark.parametrize(
    ("situation", "begins"),
    [
        (in_note(), "↓ sentence"),
        (in_note(typing="edges"), "← → end  shift+← shift+→ start, by characters  Enter finishes"),
        (in_note(typing="find"), "Enter keeps the match  Esc goes back"),
        (in_note(typing="filter"), "Enter to the codes  Esc removes the filter"),
        (in_note(has_note=False), "+ bring notes in"),
        (in_note(searched=True, filtered=True), "n N next match, previous  Esc ends the search"),
        (in_note(filtered=True), "Esc all codes"),
    ],
)
def test_the_hints_begin_with_the_keys_of_the_situation(situation: Situation, begins: str):
    assert hints_of(situation).startswith(begins)


def test_commands_that_need_a_coding_are_in_the_hints_only_if_a_coding_is_active():
    assert "counters" not in hints_of(in_note())
    assert "counters" in hints_of(in_note(is_active=True))


def test_on_a_narrow_screen_hints_to_qualify_replace_hints_to_select():
    assert "grow" in hints_of(in_note(), 78)
    assert "grow" not in hints_of(in_note(is_active=True), 78)
