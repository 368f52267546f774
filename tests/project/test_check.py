"""`check` finds each kind of damage. The tests make the damage with SQLite alone, without a record in the history."""

from __future__ import annotations

import ast
import inspect
import sqlite3
from contextlib import closing

import pytest

from sibtui import Project
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import check

from .study import add_code, add_source, apply_code, tampered


@pytest.fixture
def sound(project: Project) -> Project:
    for source in ("A1", "B1"):
        project.readings.add(source)
    apply_code(project, "A1", "Budgets", 20, 30)
    project.matrices.define(MatrixDefinition("table", "", (RowDefinition("Budgets", ("Budgets",)),)))
    project.matrices.judge("table", "Budgets", "SIB A", "absent", "why")
    return project


def found(project: Project) -> list[tuple[str, str, str]]:
    return [(finding.kind, finding.what, finding.where) for finding in project.check()]


def test_a_sound_study_has_no_findings_and_reports_its_progress(sound: Project) -> None:
    reported: list[tuple[int, int]] = []
    assert sound.check(lambda done, of: reported.append((done, of))) == []
    assert reported == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ('UPDATE codings SET "end" = 9999', "20:9999 is outside of “A1”"),
        ("UPDATE codings SET quote = 'x' || quote", "is not “x"),
        ("UPDATE codings SET start = 19", "19:30 is not"),
        ("UPDATE texts SET text = replace(text, 'coach', 'teach')", "is not"),
    ],
)
def test_a_segment_that_does_not_fit_its_text_is_damage(sound: Project, statement: str, message: str) -> None:
    tampered(sound.path, statement)
    found = [finding for finding in sound.check() if finding.kind == "damage" and "SHA-256" not in finding.message]
    altered, finding = found
    assert altered.what == "history"
    assert (finding.what, finding.where) == ("segment", "coding 1")
    assert message in finding.message


def test_a_source_without_a_text_is_open(sound: Project) -> None:
    add_source(sound, "empty", "SIB A", text="")
    sound.readings.add("empty")
    (finding,) = sound.check()
    assert (finding.kind, finding.what, finding.where) == ("open", "no text", "empty")
    assert finding.message == "“empty” has no text."


def test_a_row_that_refers_to_a_missing_row_is_damage(sound: Project) -> None:
    tampered(sound.path, "DELETE FROM cases WHERE label = 'SIB B'")
    findings = sound.check()
    assert {(finding.kind, finding.what) for finding in findings} == {("damage", "file"), ("damage", "history")}
    assert any("source_cases refers to a row of cases that does not exist" in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE TABLE spy (x)", "the table spy is not part of a study"),
        ("CREATE INDEX more ON codings (memo)", "the index more is not part of a study"),
        ("DROP INDEX codings_by_source", "the index codings_by_source is missing"),
    ],
)
def test_a_schema_that_does_not_belong_to_a_study_is_damage(sound: Project, statement: str, message: str) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        connection.execute(statement)
    (finding,) = sound.check()
    assert (finding.kind, finding.what) == ("damage", "file")
    assert message in finding.message


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "UPDATE history SET replaying = 1",
            "the recording of changes is switched off (table history): nothing can be",
        ),
        ("DELETE FROM history", "the row that records changes is missing (table history): nothing can be changed"),
        ("UPDATE history SET act = 99", "the row that records changes names act 99 as open"),
        ("DELETE FROM images WHERE id = 3", " lacks 1 of its images"),
        ("UPDATE images SET image = 'x', op = 'update' WHERE id = 3", " lacks 1 of its images"),
        ("DELETE FROM acts WHERE id = 3", "images of the history belong to no act"),
        ("UPDATE images SET act = 99 WHERE id = 3", " lacks 1 of its images"),
    ],
)
def test_a_damaged_history_is_found(sound: Project, statement: str, message: str) -> None:
    with closing(sqlite3.connect(sound.path, isolation_level=None)) as connection:
        connection.execute(statement)
    findings = sound.check()
    assert {(finding.kind, finding.what) for finding in findings} - {("damage", "history")} == {("damage", "file")}
    assert any(message in finding.message for finding in findings)


def test_a_check_names_the_first_altered_act(sound: Project) -> None:
    tampered(sound.path, "UPDATE acts SET summary = 'another' WHERE id IN (3, 5)")
    (finding,) = sound.check()
    assert (finding.kind, finding.what, finding.where) == ("damage", "history", "act 3")
    assert finding.message.startswith("does not fit its seal: the history, or a row that it changed (source add, 2020-")
    assert finding.message.endswith("), was altered. 1 later act too.")
    tampered(sound.path, "DELETE FROM acts WHERE id = 3")
    assert any(finding.message.startswith("does not fit its seal: it is missing.") for finding in sound.check())


def test_undone_and_dropped_acts_are_no_damage(sound: Project) -> None:
    coding = apply_code(sound, "A1", "Brokering", 2, 9)
    sound.codings.remove([coding.id])
    sound.history.undo(2)
    assert sound.check() == []
    apply_code(sound, "A1", "Brokering", 12, 19)
    sound.history.undo()
    sound.history.redo()
    assert sound.check() == []


def test_a_changed_table_is_damage(sound: Project) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        connection.execute("ALTER TABLE acts ADD COLUMN venue TEXT")
    (finding,) = sound.check()
    assert "the table acts differs from that of a study" in finding.message


def test_a_broken_page_is_damage_and_does_not_end_the_check(sound: Project) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        page, size = (
            connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'codings_by_source'").fetchone()[0],
            connection.execute("PRAGMA page_size").fetchone()[0],
        )
    with sound.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    with Project.open(sound.path) as project:
        findings = project.check()
    assert findings
    assert {finding.kind for finding in findings} == {"damage"}


def test_a_coding_without_a_case_is_reported_as_waiting(sound: Project) -> None:
    coding = apply_code(sound, "AB", "Brokering")
    assert found(sound) == [("open", "unattributed", f"coding {coding.id}")]


def test_a_coding_of_a_case_that_its_source_is_no_longer_about_is_reported_as_waiting(sound: Project) -> None:
    coding = apply_code(sound, "AB", "Brokering", cases=("SIB B",))
    assert found(sound) == []
    tampered(sound.path, "DELETE FROM source_cases WHERE source_id = (SELECT id FROM sources WHERE name = 'AB')")
    assert found(sound) == [
        ("damage", "history", "act 3"),
        ("open", "attribution", f"coding {coding.id}"),
        ("open", "stale judgement", "table"),  # its column has one source less
    ]


def test_codings_of_a_retired_code_are_reported_as_waiting(sound: Project) -> None:
    sound.codes.retire("Budgets")
    assert found(sound) == [("open", "retired", "Strengths/Budgets")]
    sound.codings.remove(1)
    assert ("open", "retired", "Strengths/Budgets") not in found(sound)


def test_a_stale_judgement_is_reported_as_waiting(sound: Project) -> None:
    sound.codings.set(1, stance="counters")
    (finding,) = sound.check()
    assert (finding.kind, finding.what, finding.where) == ("open", "stale judgement", "table")
    assert finding.message.startswith("Budgets, SIB A: changed since it was judged: 1 quote has another stance")


def test_a_matrix_with_a_missing_picked_column_is_reported(sound: Project) -> None:
    rows = (RowDefinition("Budgets", ("Budgets",)),)
    sound.sources.set("B1", attributes={"mode": "phone"})
    sound.matrices.define(MatrixDefinition("modes", "", rows, "attribute:mode", ("phone",)))
    sound.sources.set("B1", attributes={"mode": "in person"})
    sound.codes.retire("Budgets")
    assert found(sound) == [("open", "retired", "Strengths/Budgets"), ("open", "matrix", "modes")]


def test_everything_that_waits_is_reported_at_once(sound: Project) -> None:
    apply_code(sound, "AB", "Brokering")
    sound.codings.set(1, stance="counters")
    sound.codes.retire("Brokering")
    assert [what for _, what, _ in found(sound)] == ["unattributed", "retired", "stale judgement"]


def test_a_cell_that_two_coders_dispute_is_open(sound: Project) -> None:
    apply_code(sound, "A1", "Budgets", 22, 34, stance="counters", coder="Ben")
    (finding,) = (finding for finding in sound.check() if finding.what == "disputed")
    assert (finding.kind, finding.where) == ("open", "table")
    assert finding.message == "Budgets, SIB A: Ana and Ben disagree on a passage (A1 22:30, codings 1 and 2)."


def test_one_coder_with_both_stances_is_not_a_dispute(sound: Project) -> None:
    apply_code(sound, "A1", "Budgets", 22, 34, stance="counters")
    apply_code(sound, "B1", "Budgets", 22, 34, coder="Ben")
    assert "disputed" not in {finding.what for finding in sound.check()}


def test_a_source_read_before_a_code_was_made_is_open(sound: Project) -> None:
    add_code(sound, "Strengths/Peers")
    assert [(finding.what, finding.where, finding.message) for finding in sound.check()] == [
        ("reading due", source, "read it again for “Strengths/Peers”: the code is newer than the reading.")
        for source in ("A1", "B1")
    ]
    sound.readings.add("A1", codes="Peers")
    sound.readings.add("B1")
    assert sound.check() == []


def test_every_finding_has_a_hint() -> None:
    tree = ast.parse(inspect.getsource(check))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Finding"]
    assert len(calls) > 12
    assert [call.lineno for call in calls if "hint" not in {word.arg for word in call.keywords}] == []
