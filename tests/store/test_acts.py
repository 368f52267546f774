"""Acts: the changes of an act are saved together or not at all, and no change bypasses an act."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, StudyFileError
from sibtui.store import cases, history
from sibtui.store.connection import Store

from .helpers import act, add_case, labels, raw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def summaries(store: Store) -> list[tuple[str, int]]:
    return [(entry.summary, entry.changes) for entry in reversed(history.acts(store))]


def test_an_act_is_one_entry_with_its_changes(store: Store) -> None:
    with store.act("case add", "cases", coder="Ana", at="2020-05-14T10:00:00.001Z") as opened:
        cases.add_case(store, "SIB A", None)
        cases.add_case(store, "SIB B", None)
        opened.summary = "two cases"
    (entry,) = history.acts(store)
    assert (entry.verb, entry.summary, entry.coder, entry.at) == (
        "case add",
        "two cases",
        "Ana",
        "2020-05-14T10:00:00.001Z",
    )
    assert (entry.state, entry.changes, entry.id) == ("done", 2, opened.id)


def test_a_nested_act_is_part_of_the_outer_act(store: Store) -> None:
    with store.act("outer", "outer", coder="me", at="t"):
        add_case(store, "SIB A")
        with act(store):
            add_case(store, "SIB B")
    assert summaries(store) == [("outer", 2)]
    history.undo(store)
    assert labels(store) == []


def test_an_act_without_changes_leaves_no_entry(store: Store) -> None:
    with act(store):
        pass
    with act(store):
        store.change("UPDATE cases SET label = 'x' WHERE id = 99")
    assert summaries(store) == []
    assert store.scalar("SELECT act FROM history") is None


def test_an_act_without_changes_does_not_prevent_redo(store: Store) -> None:
    add_case(store, "SIB A")
    history.undo(store)
    with act(store):
        pass
    assert history.redo(store) is not None
    assert labels(store) == ["SIB A"]


class StopError(Exception):
    """The failure in the acts below."""


def fail(store: Store, *added: str) -> None:
    """Run an act that adds cases, removes the first, and then fails."""
    with act(store):
        for label in added:
            add_case(store, label)
        cases.remove_case(store, 1)
        raise StopError


def test_a_failed_act_is_rolled_back(store: Store) -> None:
    add_case(store, "SIB A")
    with pytest.raises(StopError):
        fail(store, "SIB B", "SIB C")
    assert labels(store) == ["SIB A"]
    assert len(summaries(store)) == 1
    add_case(store, "SIB D")
    assert labels(store) == ["SIB A", "SIB D"]


def test_only_the_failed_nested_act_is_rolled_back(store: Store) -> None:
    with store.act("outer", "outer", coder="me", at="t"):
        add_case(store, "SIB A")
        with pytest.raises(StopError):
            fail(store, "SIB B")
        add_case(store, "SIB C")
    assert labels(store) == ["SIB A", "SIB C"]
    assert summaries(store) == [("outer", 2)]


def test_an_act_with_only_failed_nested_acts_leaves_no_entry(store: Store) -> None:
    with store.act("outer", "outer", coder="me", at="t"), pytest.raises(StopError):
        fail(store, "SIB B")
    assert summaries(store) == []


def test_a_change_outside_an_act_is_refused(store: Store) -> None:
    add_case(store, "SIB A")
    for statement in (
        "INSERT INTO cases (label, position) VALUES ('SIB B', 2)",
        "UPDATE cases SET label = 'SIB Z'",
        "DELETE FROM cases",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"NOT NULL constraint failed: images\.act"):
            store.change(statement)
    assert labels(store) == ["SIB A"]


def test_a_lone_surrogate_is_refused_and_nothing_is_saved(store: Store) -> None:
    with act(store), pytest.raises(InputError, match="holds half a character"):
        add_case(store, "SIB \ud800")
    with pytest.raises(InputError, match="holds half a character"), act(store):
        store.change_many("INSERT INTO cases (label, position) VALUES (?, 1)", [("SIB A",), ("SIB \ud800",)])
    assert labels(store) == []


def test_a_snapshot_sees_one_state_during_another_write(store: Store) -> None:
    add_case(store, "SIB A")
    other = Store.open(store.path)
    try:
        with other.snapshot():
            assert labels(other) == ["SIB A"]
            with other.snapshot():
                assert labels(other) == ["SIB A"]
            assert other.scalar("SELECT count(*) FROM acts") == 1
        add_case(store, "SIB B")
        assert labels(other) == ["SIB A", "SIB B"]
    finally:
        other.close()


def test_a_second_connection_waits_for_the_first(store: Store) -> None:
    other = Store.open(store.path)
    entered = threading.Event()

    def second() -> None:
        entered.set()
        add_case(other, "SIB B")

    thread = threading.Thread(target=second)
    try:
        with act(store):
            cases.add_case(store, "SIB A", None)
            thread.start()
            assert entered.wait(120)
            thread.join(0.2)
            assert thread.is_alive()
            assert labels(store) == ["SIB A"]
        thread.join(120)
        assert not thread.is_alive()
        assert labels(store) == labels(other) == ["SIB A", "SIB B"]
        assert [entry.changes for entry in history.acts(other)] == [1, 1]
    finally:
        other.close()


def test_the_data_version_changes_when_another_connection_has_changed_the_file(store: Store) -> None:
    other = Store.open(store.path)
    try:
        before = store.data_version
        add_case(store, "SIB A")
        assert store.data_version == before
        add_case(other, "SIB B")
        assert store.data_version != before
    finally:
        other.close()


def test_an_interrupted_act_is_rolled_back(store: Store) -> None:
    add_case(store, "SIB A")
    store._connection.create_function("stop", 0, lambda: store.interrupt() or 0)  # as another thread does during an act
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 + stop() FROM n) INSERT INTO cases (label, position) SELECT i, i FROM n"
    with pytest.raises(sqlite3.OperationalError, match="interrupted"), act(store):
        store.change(endless)
    assert labels(store) == ["SIB A"]
    add_case(store, "SIB C")
    assert labels(store) == ["SIB A", "SIB C"]


IN_THE_MIDST = """
import sys
from sibtui import Project

with Project.open(sys.argv[1], coder="me") as project:
    project._session.store.query("PRAGMA cache_size = 5")  # pages go to the file before the act ends
    for number in range(int(sys.argv[2])):
        project.cases.add(f"case {number}")
        print(number, flush=True)
    with project.act("big", "an act that will not end"):
        for number in range(300):
            project.cases.add(f"lost {number}", private_name="x" * 2000)
        print("in the midst", flush=True)
        sys.stdin.read()
"""


def killed_after(script: str, last_line: str, *arguments: str) -> None:
    """Run a script and kill it as soon as it has written this line."""
    child = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with child:
        assert child.stdout is not None
        seen = ""
        for line in child.stdout:
            seen = line.strip()
            if seen == last_line:
                break
        child.kill()
    assert seen == last_line


def reopened(path: Path) -> tuple[list[str], int, str]:
    store = Store.open(path)
    try:
        return labels(store), len(history.acts(store)), store.scalar("PRAGMA integrity_check")
    finally:
        store.close()


def test_a_kill_during_an_act_loses_only_that_act(store: Store) -> None:
    store.close()
    killed_after(IN_THE_MIDST, "in the midst", str(store.path), "5")
    assert store.path.with_name("study.sibtui-journal").stat().st_size > 0
    assert reopened(store.path) == ([f"case {number}" for number in range(5)], 5, "ok")


def test_a_kill_at_any_moment_keeps_all_finished_acts(store: Store) -> None:
    store.close()
    killed_after(IN_THE_MIDST, "12", str(store.path), "1000")
    found, acts, sound = reopened(store.path)
    assert len(found) >= 13
    assert found == [f"case {number}" for number in range(len(found))]
    assert (acts, sound) == (len(found), "ok")


DAMAGED_RECORDS = [
    ("UPDATE history SET replaying = 1", "the row that records changes is wrong"),
    ("UPDATE history SET replaying = -1", "the row that records changes is wrong"),
    ("DELETE FROM history", "the row that records changes is missing"),
]


@pytest.mark.parametrize(("statement", "why"), DAMAGED_RECORDS)
def test_an_unrecorded_change_is_refused(store: Store, statement: str, why: str) -> None:
    add_case(store, "SIB A")
    raw(store.path, statement)
    changes: list[Callable[[], object]] = [
        lambda: add_case(store, "SIB B"),
        lambda: history.undo(store),
        lambda: store.bulk_load("study load", "x", coder="me", at="t").__enter__(),
    ]
    for change in changes:
        with pytest.raises(StudyFileError, match=f"is damaged: {why}, so this change could not be undone"):
            change()
    assert labels(store) == ["SIB A"]
    assert summaries(store) == [("a test", 1)]


@pytest.mark.parametrize(("statement", "why"), DAMAGED_RECORDS[:1] + DAMAGED_RECORDS[2:])
def test_an_act_fails_if_it_cannot_be_recorded(store: Store, statement: str, why: str) -> None:
    def broken() -> None:
        with act(store):
            store.change(statement)
            cases.add_case(store, "SIB A", None)

    with pytest.raises(StudyFileError, match=why):
        broken()
    assert labels(store) == []
    add_case(store, "SIB B")
    assert summaries(store) == [("a test", 1)]


def test_an_open_act_in_the_record_gets_no_changes_of_the_next_act(store: Store) -> None:
    raw(store.path, "UPDATE history SET act = 99")
    add_case(store, "SIB A")
    assert summaries(store) == [("a test", 1)]
    assert store.query("SELECT act, replaying FROM history").fetchall() == [(None, 0)]
