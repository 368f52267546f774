from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.keymap import EXAMPLE, load, read

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_all_keys_have_their_defaults(tmp_path: Path):
    keymap = load(tmp_path / "keys.toml")
    assert (keymap.keys, keymap.problems) == ({}, [])


def test_a_command_gets_the_keys_of_the_file(tmp_path: Path):
    file = tmp_path / "keys.toml"
    file.write_text('"coding.again" = "ctrl+k"\n[move]\nnext_sentence = ["down", "n"]\n[find]\nnext = "ctrl+x"\n')
    keymap = load(file)
    assert keymap.keys == {"coding.again": "ctrl+k", "move.next_sentence": "down,n", "find.next": "ctrl+x"}
    assert keymap.problems == []


def test_the_example_in_the_manual_is_a_valid_key_map(tmp_path: Path):
    file = tmp_path / "keys.toml"
    file.write_text(EXAMPLE)
    assert load(file).problems == []


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"coding.agian": "space"}, "there is no command “coding.agian”: did you mean coding.again"),
        ({"nothing.like": "x"}, "there is no command “nothing.like”"),
        ({"coding.again": "spcae"}, "coding.again: there is no key “spcae”"),
        ({"coding.again": 7}, "its keys must be a text or a list of texts"),
        ({"coding.again": []}, "coding.again: it needs a key"),
        ({"coding.again": "x"}, "coding.again cannot have the key “x”, which runs select.grow"),
        ({"coding.again": "u"}, "cannot have the key “u”, which runs study.undo"),
    ],
)
def test_an_invalid_entry_is_reported_and_ignored(entries: dict[str, object], message: str):
    keymap = read(entries)
    assert keymap.keys == {}
    assert len(keymap.problems) == 1
    assert message in keymap.problems[0]


@pytest.mark.parametrize("key", ["e", "E", "1", "é"])
@pytest.mark.parametrize("command", ["queue.open", "study.redo"])
def test_no_command_of_the_queue_has_a_key_that_can_be_the_letter_of_a_case(command: str, key: str):
    keymap = read({command: ["ctrl+x", key]})
    assert keymap.keys == {}
    (problem,) = keymap.problems
    assert problem == (
        f"keys.toml: {command} cannot have the key “{key}”, which can be the letter of a case: it keeps its default keys."
    )


@pytest.mark.parametrize("key", ["o", "0", "J", "Q", "ctrl+x", "percent_sign"])
def test_a_command_of_the_queue_can_have_a_key_that_cannot_be_the_letter_of_a_case(key: str):
    entries = {"queue.open": key, "app.leave": "f11", "queue.skip": "f10"}
    assert read(entries).problems == []


def test_two_commands_can_swap_their_keys():
    keymap = read({"select.grow": "space", "coding.again": "x"})
    assert keymap.problems == []


def test_commands_of_different_panes_can_share_a_key():
    assert read({"code.pin": "x"}).problems == []


def test_a_broken_key_map_is_reported(tmp_path: Path):
    file = tmp_path / "keys.toml"
    file.write_text("coding.again = ")
    assert "is not TOML" in load(file).problems[0]
    file.write_bytes(b"\xff\xfe")
    assert "cannot be read" in load(file).problems[0]
