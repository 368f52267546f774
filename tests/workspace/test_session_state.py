from __future__ import annotations

import json
from pathlib import Path

import pytest

from sibtui.workspace.session_state import MOST_STUDIES, RECENT, SessionState


def test_a_saved_place_is_loaded(tmp_path: Path):
    memory = SessionState.load(tmp_path / "state.json")
    place = memory.place("g1")
    place.source, place.start, place.end = "a1", 3, 9
    place.used("Money/Loss")
    place.pins["1"] = "Money/Loss"
    memory.theme = "sibtui-light"
    memory.save()
    again = SessionState.load(tmp_path / "state.json")
    assert again.place("g1").values() == place.values()
    assert again.theme == "sibtui-light"


@pytest.mark.parametrize(
    "text", ["", "[]", "7", "{", '{"studies": 7}', '{"studies": {"g1": [1]}}', '{"theme": 3}',
             '{"studies": {"g1": {"source": 7, "start": "x", "recent": [1], "pins": {"1": 2}}}}', "\x00"],
)  # fmt: skip
def test_a_broken_file_gives_an_empty_state(tmp_path: Path, text: str):
    file = tmp_path / "state.json"
    file.write_text(text)
    memory = SessionState.load(file)
    assert memory.theme == ""
    assert memory.place("g1").source == ""
    assert memory.place("g1").recent == []


def test_the_code_used_last_comes_first_and_the_oldest_codes_are_dropped():
    place = SessionState(Path("x")).place("g")
    for number in range(RECENT + 5):
        place.used(f"code {number}")
    place.used("code 10")
    assert place.recent[0] == "code 10"
    assert len(place.recent) == RECENT == len(set(place.recent))


def test_only_the_newest_studies_are_kept(tmp_path: Path):
    memory = SessionState.load(tmp_path / "state.json")
    for number in range(MOST_STUDIES + 10):
        memory.place(f"g{number}")
    memory.save()
    kept = list(json.loads((tmp_path / "state.json").read_text())["studies"])
    assert kept == [f"g{number}" for number in range(10, MOST_STUDIES + 10)]


def test_recent_studies_are_the_studies_that_still_exist(tmp_path: Path):
    memory = SessionState.load(tmp_path / "state.json")
    for name in ("one", "two"):
        (tmp_path / name).touch()
        memory.place(name).path = str(tmp_path / name)
    memory.place("gone").path = str(tmp_path / "gone")
    assert memory.recent_studies == [tmp_path / "two", tmp_path / "one"]


def test_a_write_error_is_ignored(tmp_path: Path):
    (tmp_path / "file").touch()
    SessionState(tmp_path / "file" / "state.json").save()
    assert (tmp_path / "file").is_file()


def test_two_programs_each_store_their_own_study(tmp_path: Path):
    one, two = SessionState.load(tmp_path / "state.json"), SessionState.load(tmp_path / "state.json")
    one.place("g1").source, two.place("g2").source = "a1", "b1"
    one.theme = "sibtui-light"
    one.save()
    two.save()
    again = SessionState.load(tmp_path / "state.json")
    assert (again.place("g1").source, again.place("g2").source) == ("a1", "b1")
    assert again.theme == "sibtui-light"


def test_the_place_in_a_demo_is_not_stored_and_other_places_are_kept(tmp_path: Path):
    kept = SessionState.load(tmp_path / "state.json")
    kept.place("g1").source = "a1"
    kept.save()
    passing = SessionState.load(tmp_path / "state.json")
    passing.passing = True
    passing.place("demo").source = "x"
    passing.save()
    assert list(SessionState.load(tmp_path / "state.json").places) == ["g1"]


def test_a_changed_place_is_saved_if_it_is_the_same_as_at_the_last_call(tmp_path: Path):
    memory = SessionState.load(tmp_path / "state.json")
    place = memory.place("g1")
    memory.save_at_rest()
    for place.start in range(1, 4):  # the user is moving
        memory.save_at_rest()
    assert not memory.file.exists()
    memory.save_at_rest()
    assert SessionState.load(memory.file).place("g1").start == 3
