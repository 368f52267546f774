"""Undo and redo as swaps of rows and their images."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import StudyFileError
from sibtui.store import cases, history
from sibtui.store.changes import changes
from sibtui.store.connection import Store
from sibtui.store.positions import set_order

from .helpers import act, add_case, labels

if TYPE_CHECKING:
    from pathlib import Path


def images(store: Store) -> list[tuple[str, int, str, bool]]:
    return store.query("SELECT tbl, row, op, image IS NOT NULL FROM images ORDER BY id").fetchall()


def test_a_new_study_has_no_undo_or_redo(store: Store) -> None:
    assert history.undo(store) is None
    assert history.redo(store) is None
    assert store.scalar("SELECT replaying FROM history") == 0


def test_an_inserted_row_gets_its_image_when_it_is_undone(store: Store) -> None:
    add_case(store, "SIB A")
    assert images(store) == [("cases", 1, "insert", False)]
    assert history.undo(store).state == "undone"
    assert images(store) == [("cases", 1, "insert", True)]
    assert history.redo(store).state == "done"
    assert images(store) == [("cases", 1, "insert", False)]
    assert labels(store) == ["SIB A"]


def test_undo_and_redo_restore_a_row_that_changed_several_times_in_one_act(store: Store) -> None:
    with act(store):
        number = cases.add_case(store, "first", None)
        for label in ("second", "third", "last"):
            cases.set_case(store, number, label, label.upper())
        other = cases.add_case(store, "first", None)
        cases.remove_case(store, other)
    after = store.query("SELECT * FROM cases").fetchall()
    history.undo(store)
    assert labels(store) == []
    history.redo(store)
    assert store.query("SELECT * FROM cases").fetchall() == after
    history.undo(store)
    history.redo(store)
    assert store.query("SELECT * FROM cases").fetchall() == after


def test_swapped_names_are_swapped_back(store: Store) -> None:
    """Labels are unique at every step of the undo."""
    first, second = add_case(store, "SIB A"), add_case(store, "SIB B")
    with act(store):
        cases.set_case(store, first, "aside", None)
        cases.set_case(store, second, "SIB A", None)
        cases.set_case(store, first, "SIB B", None)
    history.undo(store)
    assert cases.case_ids(store) == {"SIB A": first, "SIB B": second}
    history.redo(store)
    assert cases.case_ids(store) == {"SIB B": first, "SIB A": second}


def test_undo_restores_rows_that_a_deletion_removed_with_it(store: Store) -> None:
    number = add_case(store, "SIB A")
    with act(store):
        attribute = cases.add_attribute(store, "case", "region", "text")
        cases.set_values(store, "case", number, {attribute: "North"})
    with act(store):
        cases.remove_case(store, number)
    assert cases.all_values(store, "case") == {}
    for _ in range(2):
        history.undo(store)
        assert cases.all_values(store, "case") == {number: {"region": "North"}}
        history.redo(store)
        assert cases.all_values(store, "case") == {}


def test_a_new_act_drops_the_undone_acts(store: Store) -> None:
    add_case(store, "SIB A")
    add_case(store, "SIB B")
    history.undo(store)
    add_case(store, "SIB C")
    assert history.redo(store) is None
    assert [entry.state for entry in reversed(history.acts(store))] == ["done", "dropped", "done"]
    history.undo(store)
    history.undo(store)
    assert history.undo(store) is None
    assert labels(store) == []


def test_undo_and_redo_work_across_restarts_and_connections(path: Path, store: Store) -> None:
    for label in "ABC":
        add_case(store, label)
    history.undo(store)
    other = Store.open(path)
    try:
        history.undo(other)
        assert labels(store) == ["A"]
        history.redo(store)
        history.redo(other)
        assert labels(other) == ["A", "B", "C"]
    finally:
        other.close()


def test_many_rows_of_one_act_are_swapped_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_BATCH", 7)
    with act(store):
        for number in range(23):
            cases.add_case(store, f"case {number}", None)
    with act(store):
        set_order(store, "cases", [case + 1 for case in reversed(range(23))])
    before = labels(store)
    history.undo(store)
    assert labels(store) == [f"case {number}" for number in range(23)]
    history.undo(store)
    assert labels(store) == []
    history.redo(store)
    history.redo(store)
    assert labels(store) == before


@pytest.mark.parametrize(
    "text", ["a\x00b", "\u2028\u2029\x85", "😀\U0010ffff", "\u202eevil\u2066", "'\"\\\n\t", "\x01\x1f\x7f"]
)
def test_any_text_is_restored_from_the_history(store: Store, text: str) -> None:
    number = add_case(store, text)
    with act(store):
        cases.set_case(store, number, "plain", text)
    with act(store):
        cases.remove_case(store, number)
    history.undo(store)
    assert store.query("SELECT label, private_name FROM cases").fetchall() == [("plain", text)]
    history.undo(store)
    assert labels(store) == [text]


def test_changes_have_values_before_and_after_for_done_and_undone_acts(store: Store) -> None:
    number = add_case(store, "first")
    with act(store) as second:
        cases.set_case(store, number, "second", None)
    with act(store) as third:
        cases.set_case(store, number, "third", None)
        cases.set_case(store, number, "fourth", None)
    with act(store) as last:
        cases.remove_case(store, number)

    def labels(act_id: int) -> list[tuple[str | None, str | None]]:
        return [
            (None if c.before is None else c.before["label"], None if c.after is None else c.after["label"])
            for c in changes(store, act_id)
        ]

    expected = {
        1: [(None, "first")],
        second.id: [("first", "second")],
        third.id: [("second", "third"), ("third", "fourth")],
        last.id: [("fourth", None)],
    }
    for _ in range(len(expected)):
        assert {number: labels(number) for number in expected} == expected
        history.undo(store)
    assert {number: labels(number) for number in expected} == expected
    for _ in range(len(expected)):
        history.redo(store)
        assert {number: labels(number) for number in expected} == expected


def test_a_dropped_act_still_has_its_changes(store: Store) -> None:
    """The act that dropped the others and later acts have changed the row since."""
    number = add_case(store, "first")
    dropped = []
    for label in ("second", "third"):
        with act(store) as each:
            cases.set_case(store, number, label, None)
        dropped.append(each.id)
    history.undo(store)
    history.undo(store)
    for label in ("instead", "later"):
        with act(store):
            cases.set_case(store, number, label, None)
    labels = [(c.before["label"], c.after["label"]) for each in dropped for c in changes(store, each)]
    assert labels == [("first", "second"), ("second", "third")]


@pytest.mark.parametrize("table", ["cases; DROP TABLE texts", "nowhere", "acts", "history", "sqlite_schema"])
def test_a_history_that_names_an_unknown_table_is_not_undone(store: Store, table: str) -> None:
    add_case(store, "SIB A")
    with store.replaying():
        store.change("UPDATE images SET tbl = ?", (table,))
    with pytest.raises(StudyFileError, match="is damaged: the history names a table that does not exist"):
        history.undo(store)
    assert labels(store) == ["SIB A"]
    assert store.scalar("SELECT replaying FROM history") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM images WHERE id = 2",
        "UPDATE images SET image = NULL WHERE id = 2",
        "UPDATE images SET image = '{' WHERE id = 2",
        "UPDATE images SET image = '[]' WHERE id = 2",
        "DELETE FROM cases",
        "UPDATE acts SET last_image = 9 WHERE id = 2",
    ],
)
def test_an_act_with_a_damaged_record_is_not_undone(store: Store, statement: str) -> None:
    number = add_case(store, "SIB A")
    with act(store):
        cases.set_case(store, number, "SIB B", None)
    with store.replaying():
        store.change(statement)
    before = store.query("SELECT label FROM cases").fetchall()
    with pytest.raises(StudyFileError, match="part of the history of this act is missing or wrong"):
        history.undo(store)
    assert store.query("SELECT label FROM cases").fetchall() == before
    assert [entry.state for entry in history.acts(store)] == ["done", "done"]


def test_a_replay_that_fails_changes_nothing(store: Store) -> None:
    add_case(store, "SIB A")
    history.undo(store)
    with store.replaying():
        store.change("UPDATE images SET image = ?", (json.dumps({"id": 1, "label": None, "position": 1}),))
    with pytest.raises(Exception, match="NOT NULL"):
        history.redo(store)
    assert labels(store) == []
    assert [entry.state for entry in history.acts(store)] == ["undone"]
    add_case(store, "SIB B")
    assert labels(store) == ["SIB B"]
