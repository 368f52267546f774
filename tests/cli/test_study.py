"""`sibtui study`: the properties of the study."""

from __future__ import annotations

import pytest


@pytest.mark.usefixtures("sample")
def test_the_fields_of_the_sample_are_shown(run) -> None:
    facts = run("study", "show", "--format", "json").facts
    assert {name: facts[name] for name in ("sources", "read", "cases", "first_note", "matrices")} == {
        "sources": 18, "read": 18, "cases": 4, "first_note": 2, "matrices": 4,
    }  # fmt: skip
    assert facts["codings"] == len(run("coding", "list", "--format", "json").json)
    assert facts["unattributed"] == 2


@pytest.mark.usefixtures("empty")
def test_changed_fields_are_shown_and_undone(run) -> None:
    before = run("study", "show").out
    changed = run("study", "set", "--name", "Ours", "--description", "-", "--first-note", "7", stdin="Why so?\n")
    assert changed.status == 0
    assert "sibtui undo" in changed.err
    facts = run("study", "show", "--format", "json").facts
    assert (facts["name"], facts["description"], facts["first_note"]) == ("Ours", "Why so?", 7)
    assert run("undo").status == 0
    assert run("study", "show").out == before


@pytest.mark.usefixtures("sample")
def test_changing_the_first_note_number_renumbers_the_notes_of_all_tables(run) -> None:
    run("study", "set", "--first-note", "10")
    notes = [matrix["notes"] for matrix in run("matrix", "show", "--format", "json").json]
    numbers = [int(number) for each in notes for number in each]
    assert numbers == list(range(10, 10 + len(numbers)))


@pytest.mark.usefixtures("empty")
def test_set_without_options_is_refused_and_the_same_value_changes_nothing(run) -> None:
    assert run("study", "set").status == 2
    assert "nothing was changed" in run("study", "set", "--name", "empty").err
    assert run("history", "list", "--format", "json").json == []


@pytest.mark.usefixtures("empty")
def test_control_characters_in_a_name_are_printed_inert(run) -> None:
    run("study", "set", "--name", "\x1b[31mred\u202e")
    shown = run("study", "show").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "␛[31mred" in shown
