"""The first drawing of a screen, and the rows that we draw in place of Textual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastRack

from sibtui.tui.textual_overrides.compositor import FrugalCompositor
from sibtui.tui.textual_overrides.line_view import LineView, StyledView
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.strip import Strip

    from sibtui.project import Project


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list of what the compositor has done: “reflow” is a layout of a screen."""
    done: list[str] = []
    for name in ("reflow", "render_full_update"):
        original = getattr(Compositor, name)

        def counted(self: Compositor, *arguments: object, _name: str = name, _original=original, **options: object):
            done.append(_name)
            return _original(self, *arguments, **options)

        monkeypatch.setattr(Compositor, name, counted)
    original_partial = FrugalCompositor.render_partial_update

    def counted_if_drawn(self: FrugalCompositor) -> ChopsUpdate | None:
        update = original_partial(self)
        if update is not None:
            done.append("partial update")
        return update

    monkeypatch.setattr(FrugalCompositor, "render_partial_update", counted_if_drawn)
    return done


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_the_coding_screen_is_laid_out_and_drawn_once(
    size: tuple[int, int], done: list[str], coded: Project, run
):
    async with run(coded, size=size, notices=True) as pilot:
        await pilot.at_rest()
        assert done == ["reflow", "render_full_update"]
        assert pilot.app.screen.has_class("-narrow") is (size[0] < 100)


async def test_the_texts_of_the_coding_screen_follow_a_new_size(coded: Project, run):
    async with run(coded, size=(80, 24)) as pilot:
        before = shown_lines(pilot.app.screen)
        await pilot.resize_terminal(160, 40)
        await pilot.at_rest()
        wide = shown_lines(pilot.app.screen)
        assert wide != before
        await pilot.resize_terminal(80, 24)
        await pilot.at_rest()
        assert shown_lines(pilot.app.screen) == before
    async with run(coded, size=(160, 40)) as pilot:
        await pilot.at_rest()
        assert shown_lines(pilot.app.screen) == wide


@pytest.mark.parametrize(("before", "after"), [((120, 36), (80, 24)), ((80, 24), (120, 36)), ((120, 36), (120, 30))])
@pytest.mark.parametrize("keys", [("f3", "question_mark"), ("f2", "question_mark"), ("f9",), ("question_mark",)])
async def test_the_coding_screen_follows_a_new_size_below_other_screens(
    before: tuple[int, int], after: tuple[int, int], keys: tuple[str, ...], coded: Project, run
):
    async with run(coded, size=after) as pilot:
        await pilot.at_rest()
        fresh = shown_lines(pilot.app.screen)
    async with run(coded, size=before) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.at_rest()
        await pilot.resize_terminal(*after)
        await pilot.at_rest()
        for _ in keys:
            await pilot.press("escape")
            await pilot.at_rest()
        assert shown_lines(pilot.app.screen) == fresh


def shown_lines(screen: Screen[None]) -> list[str]:
    """Return the rows that the terminal shows."""
    return ["".join(piece.text for piece in strip) for strip in screen._compositor.render_strips(screen.size)]


async def test_the_rows_of_a_list_are_drawn_once(coded: Project, run, monkeypatch: pytest.MonkeyPatch):
    drawn: list[tuple[str | None, int]] = []
    original = RowList.draw

    def counted(self: RowList, rows: range) -> list[Strip]:
        drawn.extend((self.id, y) for y in rows)
        return original(self, rows)

    monkeypatch.setattr(RowList, "draw", counted)
    async with run(coded, size=(120, 36)) as pilot:
        await pilot.at_rest()
        sources = pilot.app.screen.sources
        assert sources.rows[0].key is None
        assert sources.key == sources.rows[1].key
        assert [y for name, y in drawn if name == "sources"] == list(range(sources.size.height))


async def test_the_picker_is_laid_out_and_drawn_once(done: list[str], coded: Project, run):
    async with run(coded, size=(120, 36), notices=True) as pilot:
        await pilot.at_rest()
        done.clear()
        await pilot.press("enter")
        await pilot.at_rest()
        assert len(pilot.app.screen_stack) == 2
        assert done == ["reflow", "render_full_update"]


def shown(strips: list[Strip]) -> list[list[tuple[str, object, object]]]:
    """Return (character, colour, background) of each cell. A space has no colour."""
    return [
        [(character, piece.style.color if character != " " else None, piece.style.bgcolor) for piece in strip for character in piece.text]
        for strip in strips
    ]  # fmt: skip


@pytest.mark.parametrize("size", [(120, 36), (200, 50)])
async def test_widgets_draw_their_padding_and_lines_as_textual_does(size: tuple[int, int], coded: Project, run):
    async with run(coded, size=size) as pilot:
        drawn = [widget for widget in pilot.app.screen.walk_children(Widget) if widget.display and widget.outer_size]
        assert {"sources", "codes", "left", "right", "right-title"} <= {widget.id for widget in drawn}
        for widget in drawn:
            width, height = widget.outer_size
            parts = [Region(0, 0, width, height), Region(1, height - 1, width - 1, 1), Region(0, height // 2, width, 1)]
            for part in parts:
                if part:
                    theirs = Widget.render_lines(widget, part)
                    assert shown(widget.render_lines(part)) == shown(theirs), (widget, part)


async def test_the_styles_of_a_widget_follow_the_theme(coded: Project, run):
    async with run(coded, size=(120, 36)) as pilot:
        note, rows = pilot.app.screen.note, pilot.app.screen.sources
        colours = {}
        for theme in ("sibtui-dark", "sibtui-light"):
            pilot.app.theme = theme
            await pilot.pause()
            named = {"match": note, "selection": note, "cursor": rows, "base": rows}
            colours[theme] = {name: widget.style_of(name).bgcolor.name for name, widget in named.items()}
        assert colours == {
            "sibtui-dark": {"match": "#54421a", "selection": "#2f5d8a", "cursor": "#2f5d8a", "base": "#16181b"},
            "sibtui-light": {"match": "#f3dc9c", "selection": "#b5d3f0", "cursor": "#b5d3f0", "base": "#fbfaf7"},
        }


@pytest.mark.parametrize("colourless", [False, True])
async def test_in_the_colours_of_the_terminal_a_match_is_visible(
    colourless: bool, coded: Project, run, monkeypatch: pytest.MonkeyPatch
):
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    async with run(coded, size=(120, 36)) as pilot:
        pilot.app.theme = "ansi-dark"
        await pilot.pause()
        match, selection = (pilot.app.screen.note.added_style(name) for name in ("match", "selection"))
        assert (match.bgcolor.name, match.color.name) == ("color(3)", "color(0)")  # yellow, black
        assert (bool(match.bold), bool(match.underline)) == (colourless, colourless)
        assert selection.reverse


async def test_all_named_styles_can_be_made(coded: Project, run):
    async with run(coded, size=(120, 36)) as pilot:
        for key in ("f3", "f4"):
            for widget in pilot.app.screen.walk_children(StyledView):
                assert {widget.style_of(name.partition(":")[0]).color for name in widget.STYLES} != {None}
            await pilot.press(key)
            await pilot.at_rest()
        assert LineView.STYLES == {}


async def test_an_expired_notice_is_gone_after_the_return_to_its_screen(coded: Project, run):
    async with run(coded, size=(120, 36), notices=True) as pilot:
        app = pilot.app
        app.notify("Saved.", timeout=60)
        await pilot.pause(0.1)
        assert len(app.screen.get_child_by_type(ToastRack).query(Toast)) == 1
        await pilot.press("f3")
        await pilot.at_rest()
        app.clear_notifications()
        await pilot.pause(0.1)
        assert not app.screen.get_child_by_type(ToastRack).query(Toast)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert app.screen.query_one("#note")
        assert not app.screen.get_child_by_type(ToastRack).query(Toast)
