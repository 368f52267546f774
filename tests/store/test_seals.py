"""Seals: every change behind the back of the history is found, and an erasure leaves a whole chain."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.store import cases, history, seals

from .helpers import act, add_case, labels, raw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store


@pytest.fixture
def three(store: Store) -> Store:
    """A study with three acts: a case added, changed, and another one added and removed."""
    number = add_case(store, "SIB A")
    with act(store, "case set"):
        cases.set_case(store, number, "SIB B", "Somebody")
        cases.set_case(store, number, "SIB C", "Somebody")
    with act(store, "case remove"):
        cases.remove_case(store, cases.add_case(store, "SIB D", None))
    return store


def broken(store: Store) -> list[int]:
    return list(seals.broken(store))


ALTERED = [
    ("UPDATE acts SET summary = 'another' WHERE id = 2", [2]),
    ("UPDATE acts SET coder = 'another' WHERE id = 1", [1]),
    ("UPDATE acts SET at = '1999-05-14T10:00:00.001Z' WHERE id = 3", [3]),
    ("UPDATE acts SET verb = 'case add' WHERE id = 2", [2]),
    ("DELETE FROM acts WHERE id = 2", [1, 2]),
    ("DELETE FROM seals WHERE id = 1", [1, 2]),
    ("UPDATE images SET image = replace(image, 'SIB A', 'SIB X') WHERE op = 'update'", [1, 2]),
    ("UPDATE images SET image = replace(image, 'SIB B', 'SIB X') WHERE op = 'update'", [2]),
    ("UPDATE images SET image = replace(image, 'SIB D', 'SIB X') WHERE op = 'delete'", [3]),
    ("UPDATE images SET row = 7 WHERE op = 'insert'", [1, 3]),
    ("UPDATE cases SET private_name = 'Nobody'", [2]),
    ("DELETE FROM cases", [2]),
    ("UPDATE seals SET salt = randomblob(16) WHERE id = 3", [3]),
    ("UPDATE seals SET digest = randomblob(32) WHERE id = 1", [1, 2]),
    ("UPDATE seals SET resealed_by = 3, content = x'00' WHERE id = 1", [1, 3]),
    ("UPDATE images SET tbl = 'acts' WHERE id = 1", [1]),
]


@pytest.mark.parametrize(("statement", "acts"), ALTERED)
def test_a_change_without_an_act_breaks_the_seals_of_the_changed_rows(
    three: Store, statement: str, acts: list[int]
) -> None:
    assert broken(three) == []
    raw(three.path, "UPDATE history SET replaying = 1", statement)
    assert broken(three) == acts


def test_undo_and_redo_and_dropped_acts_change_no_seal_and_no_digest(three: Store) -> None:
    noted = three.query("SELECT id, digest FROM seals").fetchall()
    assert [entry.digest for entry in history.acts(three)] == [digest.hex() for _, digest in reversed(noted)]
    for _ in range(2):
        while history.undo(three) is not None:
            assert broken(three) == []
        while history.redo(three) is not None:
            assert broken(three) == []
    history.undo(three)
    history.undo(three)
    add_case(three, "SIB E")
    assert broken(three) == []
    history.undo(three)
    history.undo(three)
    add_case(three, "SIB F")
    assert [entry.state for entry in history.acts(three)] == ["done", *["dropped"] * 4]
    assert broken(three) == []
    assert three.query("SELECT id, digest FROM seals LIMIT 3").fetchall() == noted


def test_the_images_of_undone_acts_are_sealed(three: Store) -> None:
    history.undo(three)
    history.undo(three)
    raw(three.path, "UPDATE images SET image = replace(image, 'SIB C', 'SIB X')")
    assert broken(three) == [2]


def test_acts_without_changes_leave_no_seal(store: Store) -> None:
    with act(store):
        pass
    assert store.query("SELECT * FROM seals").fetchall() == []
    with store.bulk_load("study load", "x", coder="me", at="t"):
        cases.add_case(store, "SIB A", None)
    assert broken(store) == []
    assert labels(store) == ["SIB A"]


@contextmanager
def erasing(store: Store) -> Iterator[int]:
    """Erase as `source withdraw` does: in a transaction that is not recorded, with an act that has no images."""
    with store.replaying():
        first = 1 + store.scalar("SELECT max(id) FROM images")
        number = store.change(
            "INSERT INTO acts (at, coder, verb, summary, first_image, last_image) VALUES ('', 'me', 'source withdraw', '', ?, ?)",
            (first, first - 1),
        )
        with seals.resealing(store, number):
            yield number
        seals.seal(store, number)


def test_an_erasure_reseals_only_the_acts_that_it_changed(three: Store) -> None:
    before = dict(three.query("SELECT id, digest FROM seals"))
    salts = dict(three.query("SELECT id, salt FROM seals"))
    with erasing(three) as number:
        three.change("UPDATE images SET image = '{}' WHERE image LIKE '%Somebody%'")
        three.change("UPDATE cases SET private_name = NULL")
        three.change("UPDATE acts SET summary = '[erased]' WHERE id = 2")
    assert broken(three) == []
    assert three.query("SELECT id FROM seals WHERE resealed_by = ?", (number,)).fetchall() == [(2,)]
    after = dict(three.query("SELECT id, digest FROM seals"))
    assert {key: after[key] for key in before} == before
    new = dict(three.query("SELECT id, salt FROM seals"))
    assert [key for key in salts if new[key] != salts[key]] == [2]
    add_case(three, "SIB E")
    assert broken(three) == []


@pytest.mark.parametrize(
    ("statement", "acts"),
    [
        ("UPDATE acts SET summary = 'another' WHERE id = 2", [2]),
        ("UPDATE images SET image = '{}' WHERE op = 'delete'", [3]),
        ("UPDATE cases SET label = 'SIB X'", [2]),
        ("UPDATE seals SET content = randomblob(32) WHERE id = 2", [2, 4]),
        ("UPDATE seals SET resealed_by = NULL, content = NULL WHERE id = 2", [2, 4]),
        ("DELETE FROM acts WHERE id = 4", [4]),
    ],
)
def test_a_change_without_an_act_is_found_after_an_erasure(three: Store, statement: str, acts: list[int]) -> None:
    with erasing(three):
        three.change("UPDATE images SET image = '{}' WHERE image LIKE '%Somebody%'")
    raw(three.path, "UPDATE history SET replaying = 1", statement)
    assert broken(three) == acts


def test_a_second_erasure_may_change_the_same_act_and_the_first_erasure(three: Store) -> None:
    for number in (4, 5):
        with erasing(three):
            three.change("UPDATE acts SET summary = ? WHERE id IN (2, 4)", (f"erased by {number}",))
    assert broken(three) == []
    assert three.query("SELECT id, resealed_by FROM seals WHERE resealed_by IS NOT NULL").fetchall() == [(2, 5), (4, 5)]
    raw(three.path, "UPDATE acts SET summary = '' WHERE id = 4")
    assert broken(three) == [4]


def test_an_erasure_does_not_cover_an_earlier_alteration(three: Store) -> None:
    raw(three.path, "UPDATE acts SET summary = 'another' WHERE id = 2")
    with erasing(three):
        three.change("UPDATE acts SET summary = '[erased]' WHERE id IN (1, 2)")
    assert broken(three) == [2]


@given(
    st.recursive(
        st.one_of(st.none(), st.integers(), st.text(), st.text('aÄ"\\ \n\x7f')),
        st.lists,
        max_leaves=8,
    )
)
def test_facts_become_the_text_that_the_json_library_writes(facts) -> None:
    assert seals._json(facts) == json.dumps(facts)
