"""RQDA projects, made with the tables that RQDA makes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError
from sibtui.formats.other_programs.qualcoder import qualcoder_study
from sibtui.model.drafts import MemoDraft
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.importing.create_from import create_from, validate_origin
from sibtui.store.foreign_rqda import read_rqda

if TYPE_CHECKING:
    from pathlib import Path

TABLES = """
CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text, imageDir text);
CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text, status integer);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);
CREATE TABLE coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text, date text, memo text);
CREATE TABLE attributes (name text, status integer, date text, dateM text, owner text, memo text, class text);
CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer);
CREATE TABLE fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, status integer);
CREATE TABLE filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text, status integer);
CREATE TABLE treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, dateM text, status integer);
CREATE TABLE image (name text, id integer, date text, dateM text, owner text, status integer);
CREATE TABLE imageCoding (cid integer, iid integer, x1 integer, y1 integer, x2 integer, y2 integer, memo text, date text, dateM text,
 owner text, status integer);
"""
SPOKEN = "Naïve 😀 hopes, she said.\nAnd they left, he said."


@pytest.fixture
def rqda(tmp_path: Path) -> Path:
    path = tmp_path / "Bonds.rqda"
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(TABLES)
        db.execute("INSERT INTO project VALUES ('0.2.2', 'Sat May 30 12:00:00 2020', NULL, 'Why.', NULL, NULL)")
        db.executemany(
            "INSERT INTO source VALUES (?, ?, ?, ?, 'rq', 'x', NULL, ?)",
            [("talk", 1, SPOKEN, "A memo.", 1), ("gone", 2, "Old.", "", 0)],
        )
        db.executemany(
            "INSERT INTO freecode VALUES (?, ?, 'rq', '', NULL, ?, ?, ?)",
            [("Hope", "A wish.", 1, 1, "#d391ad"), ("Exit", "", 2, 1, "red"), ("Gone", "", 3, 0, None)],
        )
        db.executemany(
            "INSERT INTO codecat VALUES (?, NULL, ?, 'rq', '', '', ?, ?)",
            [("Moods", 1, "Both.", 1), ("More", 2, "", 1)],
        )
        db.executemany("INSERT INTO treecode VALUES (?, ?, '', '', '', ?, 'rq')", [(1, 1, 1), (1, 2, 1), (2, 2, 0)])
        for code, quote, status in [(1, "😀 hopes", 1), (2, "they left", 1), (2, "they stayed", 1), (1, "she", 0)]:
            at = SPOKEN.find(quote) if quote in SPOKEN else 30
            db.execute(
                "INSERT INTO coding VALUES (?, 1, ?, ?, ?, ?, 'rq', '2020-05-30', ?)",
                [code, quote, float(at), float(at + len(quote)), status, "yes" if code == 1 else None],
            )
        db.execute("INSERT INTO coding VALUES (1, 2, 'Old', 0, 3, 1, 'rq', '', '')")
        db.executemany(
            "INSERT INTO cases VALUES (?, ?, 'rq', '', '', ?, ?)",
            [("SIB A", "Note.", 1, 1), ("SIB B", "", 2, 1), ("No", "", 3, 0)],
        )
        first = SPOKEN.index("\n")
        db.executemany(
            "INSERT INTO caselinkage VALUES (?, 1, ?, ?, 1, 'rq', '', '')", [(1, 0, first), (2, first + 1, len(SPOKEN))]
        )
        db.execute("INSERT INTO attributes VALUES ('Age', 1, '', '', 'rq', '', 'numeric')")
        db.execute("INSERT INTO caseAttr VALUES ('Age', '5', 1, '', '', 'rq', 1)")
        db.execute("INSERT INTO fileAttr VALUES ('place', 'Leeds', 1, '', '', 'rq', 1)")
        db.executemany(
            "INSERT INTO filecat VALUES (?, NULL, ?, 'rq', '', '', '', 1)", [("talks", 1), ("first wave", 2)]
        )
        db.executemany("INSERT INTO treefile VALUES (1, ?, '', '', '', 1, 'rq')", [(1,), (2,)])
        db.execute("INSERT INTO journal VALUES ('Day 1', 'Began.', '', '', 'rq', 1)")
        db.execute("INSERT INTO annotation VALUES (1, 5, 'Odd.', 'rq', '', '', 1)")
        db.execute("INSERT INTO imageCoding VALUES (1, 1, 0, 0, 1, 1, '', '', '', 'rq', 1)")
    return path


def test_a_project_is_read_completely_without_its_deleted_rows(rqda: Path) -> None:
    found = qualcoder_study(read_rqda(rqda))
    study, report = found.study, found.report
    assert (study.study.name, study.study.description, report.program) == ("Bonds", "Why.", "RQDA")
    assert [(code.path, code.definition, code.colour) for code in study.codes] == [
        ("Moods", "Both.", None), ("More", "", None), ("Moods/Hope", "A wish.", "#d391ad"), ("Exit", "", None),
    ]  # fmt: skip
    assert [(c.quote, c.code, c.cases, c.memo, c.segment, c.coder) for c in study.codings] == [
        ("😀 hopes", "Moods/Hope", ("SIB A",), "yes", Segment(6, 13), "rq"),
        ("they left", "Exit", ("SIB B",), "", Segment(29, 38), "rq"),
    ]
    assert [item.draft.quote for item in report.review] == ["they stayed"]
    assert [(source.name, source.cases, source.attributes) for source in study.sources] == [
        ("talk", ("SIB A", "SIB B"), {"place": "Leeds", "file category": "talks; first wave"})
    ]
    assert [(case.label, case.attributes) for case in study.cases] == [("SIB A", {"Age": 5}), ("SIB B", {})]
    assert study.memos == (
        MemoDraft("source", "talk", "", "A memo."),
        MemoDraft("case", "SIB A", "", "Note."),
        MemoDraft("source", "talk", "5", "Odd.", "rq"),
        MemoDraft("project", "", "Day 1", "Began.", "rq"),
    )
    assert report.unsupported == {"codings of pictures": 1}
    assert report.warnings == (
        "The code “Hope” is below “Moods”. Its other categories were left out: “More”.",
        "A coding of a missing file or code was left out.",
    )


def test_a_study_is_created_from_a_project_and_leaves_no_side_files(rqda: Path, tmp_path: Path) -> None:
    before = rqda.read_bytes()
    create_from(rqda, tmp_path / "bonds.sibtui")
    with Project.open(tmp_path / "bonds.sibtui") as study:
        assert study.codings.count() == 2
    assert rqda.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Bonds.rqda", "bonds.sibtui"]
    assert validate_origin(str(rqda)).message == "Reads a project of RQDA."


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.rqda")) as db, db:
        db.execute("CREATE TABLE source (id integer)")
    with pytest.raises(InputError, match="it lacks the tables source, freecode and coding"):
        read_rqda(tmp_path / "x.rqda")
