"""Undo and redo as rows and their images changing places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sibtui.store import cases, history
from sibtui.store.connection import Store

from .helpers import act, add_case, labels

if TYPE_CHECKING:
    from pathlib import Path


def images(store: Store) -> list[tuple[str, int, str, bool]]:
    return store.query("SELECT tbl, row, op, image IS NOT NULL FROM images ORDER BY id").fetchall()


def test_there_is_nothing_to_undo_or_redo_in_a_new_study(store: Store) -> None:
    assert history.undo(store) is None
    assert history.redo(store) is None
    assert store.one("SELECT replaying FROM history") == 0


def test_an_inserted_row_needs_no_image_until_it_is_undone(store: Store) -> None:
    add_case(store, "SIB A")
    assert images(store) == [("cases", 1, "insert", False)]
    assert history.undo(store).state == "undone"
    assert images(store) == [("cases", 1, "insert", True)]
    assert history.redo(store).state == "done"
    assert images(store) == [("cases", 1, "insert", False)]
    assert labels(store) == ["SIB A"]


def test_a_row_that_changes_often_in_one_act_goes_through_all_its_states(store: Store) -> None:
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


def test_names_that_were_exchanged_are_exchanged_back(store: Store) -> None:
    """Labels are unique at every moment, on the way back too."""
    first, second = add_case(store, "SIB A"), add_case(store, "SIB B")
    with act(store):
        cases.set_case(store, first, "aside", None)
        cases.set_case(store, second, "SIB A", None)
        cases.set_case(store, first, "SIB B", None)
    history.undo(store)
    assert cases.case_ids(store) == {"SIB A": first, "SIB B": second}
    history.redo(store)
    assert cases.case_ids(store) == {"SIB B": first, "SIB A": second}


def test_what_falls_with_a_row_comes_back_with_it(store: Store) -> None:
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


def test_doing_something_else_drops_what_was_undone(store: Store) -> None:
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


def test_undo_and_redo_go_on_across_restarts_and_connections(path: Path, store: Store) -> None:
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


def test_many_rows_of_one_act_are_moved_in_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_BATCH", 7)
    with act(store):
        for number in range(23):
            cases.add_case(store, f"case {number}", None)
    with act(store):
        cases.order_cases(store, [case + 1 for case in reversed(range(23))])
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
def test_every_text_survives_its_image(store: Store, text: str) -> None:
    number = add_case(store, text)
    with act(store):
        cases.set_case(store, number, "plain", text)
    with act(store):
        cases.remove_case(store, number)
    history.undo(store)
    assert store.query("SELECT label, private_name FROM cases").fetchall() == [("plain", text)]
    history.undo(store)
    assert labels(store) == [text]


def test_changes_tell_before_and_after_whether_an_act_is_done_or_undone(store: Store) -> None:
    number = add_case(store, "first")
    with act(store) as second:
        cases.set_case(store, number, "second", None)
    with act(store) as third:
        cases.set_case(store, number, "third", None)
        cases.set_case(store, number, "fourth", None)
    with act(store) as last:
        cases.remove_case(store, number)

    def told(act_id: int) -> list[tuple[str | None, str | None]]:
        return [
            (None if c.before is None else c.before["label"], None if c.after is None else c.after["label"])
            for c in history.changes(store, act_id)
        ]

    expected = {
        1: [(None, "first")],
        second.id: [("first", "second")],
        third.id: [("second", "third"), ("third", "fourth")],
        last.id: [("fourth", None)],
    }
    for _ in range(len(expected)):
        assert {number: told(number) for number in expected} == expected
        history.undo(store)
    assert {number: told(number) for number in expected} == expected
    for _ in range(len(expected)):
        history.redo(store)
        assert {number: told(number) for number in expected} == expected


def test_what_was_dropped_still_tells_what_it_had_changed(store: Store) -> None:
    """The row has moved on since, by the act that dropped the others and by later ones."""
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
    told = [(c.before["label"], c.after["label"]) for each in dropped for c in history.changes(store, each)]
    assert told == [("first", "second"), ("second", "third")]


def test_a_history_that_names_no_table_of_the_study_is_not_replayed(store: Store) -> None:
    add_case(store, "SIB A")
    with store.replay():
        store.change("UPDATE images SET tbl = 'cases; DROP TABLE texts'")
    with pytest.raises(AssertionError, match="does not exist"):
        history.undo(store)
    assert labels(store) == ["SIB A"]
    assert store.one("SELECT replaying FROM history") == 0


def test_a_replay_that_fails_changes_nothing(store: Store) -> None:
    add_case(store, "SIB A")
    history.undo(store)
    with store.replay():
        store.change("UPDATE images SET image = ?", (json.dumps({"id": 1, "label": None, "position": 1}),))
    with pytest.raises(Exception, match="NOT NULL"):
        history.redo(store)
    assert labels(store) == []
    assert [entry.state for entry in history.acts(store)] == ["undone"]
    add_case(store, "SIB B")
    assert labels(store) == ["SIB B"]
