from __future__ import annotations

import json
from pathlib import Path

import pytest

from sibtui.desk.memory import KEPT, RECENT, Memory


def test_a_place_comes_back(tmp_path: Path):
    memory = Memory.load(tmp_path / "state.json")
    place = memory.place("g1")
    place.source, place.start, place.end = "a1", 3, 9
    place.used("Money/Loss")
    place.pins["1"] = "Money/Loss"
    memory.theme = "sibtui-light"
    memory.save()
    again = Memory.load(tmp_path / "state.json")
    assert again.place("g1") == place
    assert again.theme == "sibtui-light"


@pytest.mark.parametrize(
    "text", ["", "[]", "7", "{", '{"studies": 7}', '{"studies": {"g1": [1]}}', '{"theme": 3}',
             '{"studies": {"g1": {"source": 7, "start": "x", "recent": [1], "pins": {"1": 2}}}}', "\x00"],
)  # fmt: skip
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, text: str):
    file = tmp_path / "state.json"
    file.write_text(text)
    memory = Memory.load(file)
    assert memory.theme == ""
    assert memory.place("g1").source == ""
    assert memory.place("g1").recent == []


def test_the_code_used_last_is_first_and_old_ones_are_let_go():
    place = Memory(Path("x")).place("g")
    for number in range(RECENT + 5):
        place.used(f"code {number}")
    place.used("code 10")
    assert place.recent[0] == "code 10"
    assert len(place.recent) == RECENT == len(set(place.recent))


def test_only_the_newest_studies_are_kept(tmp_path: Path):
    memory = Memory.load(tmp_path / "state.json")
    for number in range(KEPT + 10):
        memory.place(f"g{number}")
    memory.save()
    assert len(json.loads((tmp_path / "state.json").read_text())["studies"]) == KEPT


def test_recent_studies_are_those_that_are_still_there(tmp_path: Path):
    memory = Memory.load(tmp_path / "state.json")
    for name in ("one", "two"):
        (tmp_path / name).touch()
        memory.place(name).path = str(tmp_path / name)
    memory.place("gone").path = str(tmp_path / "gone")
    assert memory.recent_studies == [tmp_path / "two", tmp_path / "one"]


def test_a_folder_that_cannot_be_written_does_not_hinder_leaving(tmp_path: Path):
    (tmp_path / "file").touch()
    Memory(tmp_path / "file" / "state.json").save()
    assert (tmp_path / "file").is_file()


def test_two_programs_each_remember_their_own_study(tmp_path: Path):
    one, two = Memory.load(tmp_path / "state.json"), Memory.load(tmp_path / "state.json")
    one.place("g1").source, two.place("g2").source = "a1", "b1"
    one.theme = "sibtui-light"
    one.save()
    two.save()
    again = Memory.load(tmp_path / "state.json")
    assert (again.place("g1").source, again.place("g2").source) == ("a1", "b1")
    assert again.theme == "sibtui-light"


def test_a_study_that_passes_is_not_remembered_and_takes_nothing_from_the_others(tmp_path: Path):
    kept = Memory.load(tmp_path / "state.json")
    kept.place("g1").source = "a1"
    kept.save()
    passing = Memory.load(tmp_path / "state.json")
    passing.passing = True
    passing.place("demo").source = "x"
    passing.save()
    assert list(Memory.load(tmp_path / "state.json").places) == ["g1"]


def test_a_place_is_saved_when_the_hands_rest(tmp_path: Path):
    memory = Memory.load(tmp_path / "state.json")
    place = memory.place("g1")
    memory.save_at_rest()
    for place.start in range(1, 4):  # on the move
        memory.save_at_rest()
    assert not memory.file.exists()
    memory.save_at_rest()
    assert Memory.load(memory.file).place("g1").start == 3
