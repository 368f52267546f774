"""Keys of other layouts, counts, jumping back, and keys without a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from sibtui.model.drafts import SourceDraft
from sibtui.tui.key_positions import latin_key
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project


def message(pilot) -> str:
    return pilot.app.screen.query_one("#status", TextLines).text.splitlines()[-1]


def selected(pilot) -> str:
    workspace = pilot.app.screen.workspace
    return str(workspace.selection.quote(workspace.text))


@pytest.mark.parametrize(
    ("letter", "latin"),
    [("о", "j"), ("О", "J"), ("й", "q"), ("ё", "`"), ("ю", "."), ("ж", ";"), ("і", "s"), ("ξ", "j"), ("Ξ", "J"), ("ή", "h"), ("ח", "j"),
     ("ת", ","), ("ت", "j"), ("ض", "q"), ("´", "'"), ("˜", "~"), ("j", None), ("é", None), ("漢", None), ("", None)],
)  # fmt: skip
def test_a_letter_of_another_layout_is_read_as_the_key_at_its_position(letter: str, latin: str | None):
    assert latin_key(letter) == latin


async def type_letter(pilot, letter: str) -> None:
    pilot.app.post_message(events.Key(letter, letter))
    await pilot.pause()


async def test_keys_of_other_layouts_run_the_commands_at_their_positions(study: Project, run, press):
    study.codes.set("People/Trust", key="A")
    async with run(study) as pilot:
        for letter in "оξחت":
            await type_letter(pilot, letter)
        assert selected(pilot) == "The loss falls on the fund."
        await type_letter(pilot, "Ф")  # A, the key of a code
        assert [coding.code for coding in study.codings.list()] == ["People/Trust"]
        await type_letter(pilot, "˜")
        assert next(iter(study.codings.list())).certainty == "tentative"
        await press(pilot, "apostrophe")
        await type_letter(pilot, "ц")  # w, in a menu of letters
        assert "Money/Who carries the loss" in [coding.code for coding in study.codings.list()]


async def test_a_letter_typed_in_a_field_is_not_changed(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "slash")
        await type_letter(pilot, "о")
        assert pilot.app.screen.search.bar.value == "о"


async def test_a_count_repeats_a_move_and_no_other_command(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "semicolon", "4")
        assert "4 times" in message(pilot)
        await press(pilot, "down")
        assert selected(pilot) == "The loss falls on the fund."
        await press(pilot, "semicolon", "9", "W")
        assert study.codings.count() == 1
        await press(pilot, "semicolon", "2", "escape", "up")
        assert selected(pilot).startswith("Nobody")
        await press(pilot, "semicolon", "9", "9", "9", "9", "down")
        assert selected(pilot).endswith("until March.")
        await press(pilot, "semicolon", "up")  # without a number, once
        assert selected(pilot).startswith("“We ask")


async def test_jumping_back_goes_through_the_earlier_selections(study: Project, run, press):
    study.sources.add([SourceDraft("z9", "First. \n\n" + "A sentence of some length. " * 200 + "\n\nLast.")])
    async with run(study) as pilot:
        await press(pilot, "down", "greater_than_sign", "greater_than_sign", "greater_than_sign", "G")
        assert selected(pilot) == "Last."
        await press(pilot, "ctrl+o")
        assert (pilot.app.screen.workspace.source.name, selected(pilot)) == ("z9", "First.")
        await press(pilot, "ctrl+o", "ctrl+o", "ctrl+o")
        assert (pilot.app.screen.workspace.source.name, selected(pilot)) == ("a1", "They came for the money.")
        await press(pilot, "ctrl+o")
        assert "no passage to go back to" in message(pilot)


async def test_a_key_without_a_command_is_reported_once(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "b")
        assert message(pilot) == "b has no command here: ? lists the keys."
        await press(pilot, "down", "b")
        assert message(pilot).startswith("↓ sentence")


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("لم يتصل بنا أحد. انتظرنا أسابيع.", "انتظرنا أسابيع."),
        ("איש לא התקשר. חיכינו שבועות.", "חיכינו שבועות."),
        ("没有人打电话回来。我们等了几个星期。", "我们等了几个星期。"),
        ("誰も電話をかけてこなかった。何週間も待った。", "何週間も待った。"),
    ],
    ids=["Arabic", "Hebrew", "Chinese", "Japanese"],
)
async def test_a_note_in_another_script_is_shown_and_coded(text: str, second: str, study: Project, run, press):
    study.sources.add([SourceDraft("n", text, cases=("SIB A",))])
    async with run(study, size=(80, 24)) as pilot:
        pilot.app.screen.open_at("n")
        await press(pilot, "down", "W")
        assert [(coding.quote, coding.cases) for coding in study.codings.list()] == [(second, ("SIB A",))]
        width = pilot.app.screen.note.size.width
        assert all(strip.cell_length == width for strip in pilot.app.screen.note.draw(range(20)))
        await press(pilot, "greater_than_sign", "u")
        assert selected(pilot) == second  # undo goes back to it
