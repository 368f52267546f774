"""The queue of codings without a case, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.queue import QueueScreen
from sibtui.tui.widgets.text_lines import TextLines
from sibtui.workspace import attribution_queue as waiting_module

if TYPE_CHECKING:
    from sibtui.project import Project

WAITING = ["Of all four she knows the cards.", "In A it was the figures.", "In B it was the star."]


def shown(pilot, name: str) -> str:
    assert isinstance(pilot.app.screen, QueueScreen)
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def here(pilot) -> str:
    coding = pilot.app.screen.queue.coding
    return "" if coding is None else coding.quote


def cases(project: Project) -> list[tuple[str, ...]]:
    return [coding.cases for coding in project.codings.list(CodingFilter(sources=("m1",)))]


async def test_the_first_coding_of_the_queue_is_shown_in_its_note(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6")
        assert here(pilot) == WAITING[0]
        assert "3 left" in shown(pilot, "heading")
        assert "Fund manager" in shown(pilot, "heading")
        assert "In B it was the star." in shown(pilot, "queue-text")
        assert "People / Trust" in shown(pilot, "queue-cases")
        assert "a SIB A" in shown(pilot, "queue-cases")


async def test_one_letter_per_coding_empties_the_queue(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "b", "a")
        assert "1 left" in shown(pilot, "heading")
        await press(pilot, "b")
        assert "Every coding has its case" in shown(pilot, "heading")
    assert cases(tabled) == [("SIB B",), ("SIB A",), ("SIB B",), ("SIB A", "SIB B")]


async def test_a_digit_chooses_the_case_whose_letter_it_is_not_the_case_at_its_position(tabled: Project, run, press):
    tabled.cases.set("SIB A", letter="2")
    async with run(tabled) as pilot:
        await press(pilot, "f6", "1", "2")
    assert cases(tabled)[0] == ("SIB A",)


async def test_a_typed_name_adds_its_case_to_the_marked_cases(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "A", "slash", "b", "enter", "slash", "escape")
        assert "2 left" in shown(pilot, "heading")
        await press(pilot, "slash", "b", "tab", "a", "tab", "enter")
    assert cases(tabled)[:2] == [("SIB B",), ("SIB A", "SIB B")]


async def test_as_many_cases_without_letters_are_listed_as_fit(study: Project, run, press):
    labels = [f"Clinic {number}" for number in range(1, 61)]
    for label in labels:
        study.cases.add(label)
    study.sources.set("m1", cases=labels)
    study.codings.add(CodingDraft("m1", "People/Trust", quote="In C nobody asked."))
    async with run(study, size=(80, 24)) as pilot:
        await press(pilot, "f6")
        assert "1 Clinic 1 " in shown(pilot, "queue-cases")
        assert "cases more" in shown(pilot, "queue-cases")
        assert pilot.app.screen.query_one("#queue-text").size.height > 3
        await press(pilot, "slash", "5", "7", "enter")
    assert next(study.codings.list()).cases == ("Clinic 57",)


async def test_shift_and_letters_mark_several_cases_and_enter_assigns_them(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "B", "A")
        assert "Enter: SIB A, SIB B" in shown(pilot, "status-bar")
        await press(pilot, "enter", "A", "A", "enter")
        assert "No case is marked: press a letter" in shown(pilot, "status-bar")
        await press(pilot, "A", "b")
    assert cases(tabled)[:2] == [("SIB A", "SIB B")] * 2


async def test_a_star_assigns_all_cases_of_the_source(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "asterisk")
    assert cases(tabled)[0] == ("SIB A", "SIB B")


@pytest.mark.parametrize("key", ["down", "right"])
async def test_a_skipped_coding_can_be_reached_again(tabled: Project, run, press, key):
    async with run(tabled) as pilot:
        await press(pilot, "f6", key, "a")
        assert here(pilot) == WAITING[2]
        assert "2 left, 1 skipped" in shown(pilot, "heading")
        await press(pilot, key)
        assert "last coding in the queue" in shown(pilot, "status-bar")
        await press(pilot, "up")
        assert here(pilot) == WAITING[0]
        await press(pilot, "left")
        assert "first coding in the queue" in shown(pilot, "status-bar")
    assert cases(tabled)[:3] == [(), ("SIB A",), ()]


async def test_undo_returns_a_coding_to_the_queue(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "b", "u")
        assert "3 left" in shown(pilot, "heading")
        await press(pilot, "U")
        assert "2 left" in shown(pilot, "heading")


async def test_a_coding_is_qualified_and_removed_in_the_queue(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "minus", "tilde")
        assert "counter-evidence, tentative" in shown(pilot, "queue-cases")
        await press(pilot, "m", "h", "i", "escape")
        assert "Memo: hi" in shown(pilot, "queue-cases")
        coding = tabled.codings.get(pilot.app.screen.queue.coding.id)
        assert (coding.stance, coding.certainty, coding.memo) == ("counters", "tentative", "hi")
        await press(pilot, "delete")
        assert here(pilot) == WAITING[1]
        assert "2 left" in shown(pilot, "heading")


async def test_o_opens_the_quote_in_its_note_and_f6_returns_to_the_coding(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f6", "down", "o")
        screen = pilot.app.screen
        assert isinstance(screen, CodingScreen)
        assert screen.workspace.selection.quote(screen.workspace.text) == WAITING[1]
        await press(pilot, "f6")
        assert here(pilot) == WAITING[1]


async def test_an_empty_queue_shows_a_message_and_no_key_raises_an_error(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "f6", "a", "1", "A", "enter", "asterisk", "down", "up", "o", "m", "minus", "tilde", "delete")
        await press(pilot, "pagedown", "pageup")
        assert "Every coding has its case" in shown(pilot, "heading")


async def test_a_coding_in_a_source_without_a_case_shows_the_next_step(study: Project, run, press):
    study.codings.add(CodingDraft("x1", "People/Trust", quote="It is short."))
    async with run(study) as pilot:
        await press(pilot, "f6", "a", "asterisk")
        assert "has no case" in shown(pilot, "queue-cases")
        assert "1 left" in shown(pilot, "heading")


async def test_letters_of_cases_do_not_replace_the_keys_of_commands(study: Project, run, press):
    study.cases.add("Utopia")
    study.cases.add("Quito")
    study.sources.set("m1", cases=("Utopia", "Quito"))
    study.codings.add(CodingDraft("m1", "People/Trust", quote="In C nobody asked."))
    async with run(study) as pilot:
        await press(pilot, "f6", "t")
    assert next(study.codings.list()).cases == ("Utopia",)


async def test_more_codings_of_a_long_queue_are_read_when_needed(study: Project, run, press, monkeypatch):
    monkeypatch.setattr(waiting_module, "_READ", 4)
    study.sources.add([SourceDraft("long", "A sentence. " * 10, cases=("SIB A", "SIB B"))])
    study.codings.import_(CodingDraft("long", "People/Trust", Segment(at * 12, at * 12 + 11)) for at in range(10))
    async with run(study) as pilot:
        await press(pilot, "f6")
        assert "10 left" in shown(pilot, "heading")
        await press(pilot, *["down"] * 9)
        assert "10 left, 9 skipped" in shown(pilot, "heading")
        await press(pilot, *["up"] * 9, *["a"] * 10)
        assert "Every coding has its case" in shown(pilot, "heading")


async def test_page_down_scrolls_the_note_in_the_queue(study: Project, run, press):
    study.sources.add([SourceDraft("long", "A sentence of some words.\n\n" * 60, cases=("SIB A", "SIB B"))])
    study.codings.add(CodingDraft("long", "People/Trust", Segment(810, 830)))
    async with run(study, size=(80, 24)) as pilot:
        await press(pilot, "f6")
        pane = pilot.app.screen.query_one("#queue-text", TextLines)
        top = pane.scroll_offset.y
        await press(pilot, "pagedown")
        assert pane.scroll_offset.y > top
        await press(pilot, "pageup")
        assert pane.scroll_offset.y == top


async def test_control_characters_in_the_queue_are_shown_inert(study: Project, run, press):
    evil = "[red]a[/]\x1b[31m\u202e b"
    study.sources.add([SourceDraft("e1", f"# {evil}\n\n{evil}. And more.", evil, cases=("SIB A", "SIB B"))])
    study.codings.add(CodingDraft("e1", "People/Trust", quote=f"{evil}. And", memo=evil))
    async with run(study) as pilot:
        await press(pilot, "f6")
        panes = pilot.app.screen.query(TextLines)
        drawn = "\n".join(pane.render_line(y).text for pane in panes for y in range(pane.size.height))
        assert drawn.count("[red]a[/]") >= 4
        assert "\x1b" not in drawn
        assert "\u202e" not in drawn
