"""`check` finds each thing that can be wrong; the damage is done by SQLite alone, behind the history's back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from sibtui import Project
from sibtui.model.matrix import MatrixDefinition, RowDefinition

from .study import apply_code, tampered


@pytest.fixture
def sound(project: Project) -> Project:
    apply_code(project, "A1", "Budgets", 20, 30)
    project.matrices.define(MatrixDefinition("table", "", (RowDefinition("Budgets", ("Budgets",)),)))
    project.matrices.judge("table", "Budgets", "SIB A", "absent", "why")
    return project


def found(project: Project) -> list[tuple[str, str, str]]:
    return [(finding.kind, finding.what, finding.where) for finding in project.check()]


def test_a_sound_study_has_no_findings_and_tells_its_progress(sound: Project) -> None:
    told: list[tuple[int, int]] = []
    assert sound.check(lambda done, of: told.append((done, of))) == []
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ('UPDATE codings SET "end" = 9999', "20:9999 is outside of “A1”"),
        ("UPDATE codings SET quote = 'x' || quote", "is not “x"),
        ("UPDATE codings SET start = 19", "19:30 is not"),
        ("UPDATE codings SET before = ''", "the context of “A1” 20:30 is not the kept one"),
        ("UPDATE codings SET after = 'else'", "the context of “A1” 20:30 is not the kept one"),
        ("UPDATE texts SET text = replace(text, 'coach', 'teach')", "is not"),
    ],
)
def test_a_segment_that_does_not_fit_its_text_is_damage(sound: Project, statement: str, message: str) -> None:
    tampered(sound.path, statement)
    (finding,) = (finding for finding in sound.check() if finding.kind == "damage")
    assert (finding.what, finding.where) == ("segment", "coding 1")
    assert message in finding.message


def test_a_row_that_refers_to_nothing_is_damage(sound: Project) -> None:
    tampered(sound.path, "DELETE FROM cases WHERE label = 'SIB B'")
    findings = sound.check()
    assert {(finding.kind, finding.what) for finding in findings} == {("damage", "file")}
    assert any("source_cases refers to something in cases that is not there" in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE TABLE spy (x)", "the table spy is not part of a study"),
        ("CREATE INDEX more ON codings (memo)", "the index more is not part of a study"),
        ("DROP INDEX codings_by_coder", "the index codings_by_coder is missing"),
    ],
)
def test_a_schema_that_is_not_a_studys_is_damage(sound: Project, statement: str, message: str) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        connection.execute(statement)
    (finding,) = sound.check()
    assert (finding.kind, finding.what) == ("damage", "file")
    assert message in finding.message


def test_a_changed_table_is_damage(sound: Project) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        connection.execute("ALTER TABLE acts ADD COLUMN venue TEXT")
    (finding,) = sound.check()
    assert "the table acts is not as it should be" in finding.message


def test_a_broken_page_is_damage_and_does_not_end_the_check(sound: Project) -> None:
    with closing(sqlite3.connect(sound.path)) as connection:
        page, size = (
            connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'codings_by_coder'").fetchone()[0],
            connection.execute("PRAGMA page_size").fetchone()[0],
        )
    with sound.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 64)
    with Project.open(sound.path) as project:
        findings = project.check()
    assert findings
    assert {finding.kind for finding in findings} == {"damage"}


def test_a_coding_without_a_case_waits(sound: Project) -> None:
    coding = apply_code(sound, "AB", "Brokering")
    assert found(sound) == [("open", "unattributed", f"coding {coding.id}")]


def test_a_coding_of_a_case_that_its_source_no_longer_touches_waits(sound: Project) -> None:
    coding = apply_code(sound, "AB", "Brokering", cases=("SIB B",))
    assert found(sound) == []
    tampered(sound.path, "DELETE FROM source_cases WHERE source_id = (SELECT id FROM sources WHERE name = 'AB')")
    assert found(sound) == [("open", "attribution", f"coding {coding.id}")]


def test_codings_of_a_retired_code_wait(sound: Project) -> None:
    sound.codes.retire("Budgets")
    assert found(sound) == [("open", "retired", "Strengths/Budgets")]
    sound.codings.remove(1)
    assert ("open", "retired", "Strengths/Budgets") not in found(sound)


def test_a_stale_judgement_waits(sound: Project) -> None:
    sound.codings.set(1, stance="counters")
    (finding,) = sound.check()
    assert (finding.kind, finding.what, finding.where) == ("open", "stale judgement", "table")
    assert finding.message.startswith("Budgets, SIB A: the evidence has changed")


def test_a_matrix_that_picks_what_is_gone_waits_and_does_not_end_the_check(sound: Project) -> None:
    rows = (RowDefinition("Budgets", ("Budgets",)),)
    sound.sources.set("B1", attributes={"mode": "phone"})
    sound.matrices.define(MatrixDefinition("modes", "", rows, "attribute:mode", ("phone",)))
    sound.sources.set("B1", attributes={"mode": "in person"})
    sound.codes.retire("Budgets")
    assert found(sound) == [("open", "retired", "Strengths/Budgets"), ("open", "matrix", "modes")]


def test_everything_that_waits_is_told_at_once(sound: Project) -> None:
    apply_code(sound, "AB", "Brokering")
    sound.codings.set(1, stance="counters")
    sound.codes.retire("Brokering")
    assert [what for _, what, _ in found(sound)] == ["unattributed", "retired", "stale judgement"]
