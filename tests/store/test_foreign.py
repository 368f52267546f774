from __future__ import annotations

import json
import sqlite3

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.formats.other_programs.qualcoder import qualcoder_study
from sibtui.formats.other_programs.taguette import taguette_study
from sibtui.model.drafts import MemoDraft
from sibtui.model.segments import Segment
from sibtui.store.foreign_qualcoder import read_qualcoder
from sibtui.store.foreign_taguette import read_taguette

HTML = "\n<p>Naïve 😀 hopes,</p><p>she <b>said</b> &amp; left.</p>\n<ul><li>One</li><li>Two</li></ul>"
FLAT = "Naïve 😀 hopes,\nshe said & left.\nOne\nTwo"
COUNTED = "Naïve 😀 hopes,she said & left.\nOneTwo"
"""The text as Taguette counts it, without separators between blocks."""

TAGUETTE = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created DATETIME);
CREATE TABLE project_members (project_id INTEGER, user_login TEXT, privileges TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT, created DATETIME, project_id INTEGER,
  text_direction TEXT, contents TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER, snippet TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date DATETIME, user_login TEXT, project_id INTEGER, document_id INTEGER, payload TEXT);
"""


def span(quote: str, text: str = COUNTED) -> tuple[int, int]:
    start = text.encode().index(quote.encode())
    return start, start + len(quote.encode())


@pytest.fixture
def taguette(tmp_path):
    path = tmp_path / "t.sqlite3"
    with sqlite3.connect(path) as db:
        db.executescript(TAGUETTE)
        db.execute("INSERT INTO projects VALUES (1, 'Bonds', 'Why.', '2020-01-02 03:04:05.000000')")
        db.execute("INSERT INTO project_members VALUES (1, 'ann', 'ADMIN')")
        db.execute(
            "INSERT INTO documents VALUES (1, 'Talk', '', 'x', '2020-01-02 03:04:05', 1, 'LEFT_TO_RIGHT', ?)", [HTML]
        )
        db.executemany("INSERT INTO tags VALUES (?, 1, ?, ?)", [(1, "trust/faith", "Belief."), (2, "end", "")])
        quotes = [("😀 hopes", "😀 hopes"), ("said & left.", "<b>said</b> &amp; left."), ("hopes,she", "<p>hopes,</p><p>she</p>"),
                  ("Two", "<li>Two</li>"), ("One", "somewhere else")]  # fmt: skip
        for number, (quote, snippet) in enumerate(quotes, 1):
            db.execute("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", [number, *span(quote), snippet])
        db.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(1, 1), (1, 2), (2, 1), (3, 2), (5, 1)])
        payload = json.dumps({"type": "highlight_add", "highlight_id": 2})
        db.execute("INSERT INTO commands VALUES (1, '2020-02-02 10:00:00', 'bob', 1, 1, ?)", [payload])
        db.execute("INSERT INTO commands VALUES (2, '2020-02-02 10:00:00', 'bob', 1, 1, 'not json')")
    db.close()
    return path


def test_highlights_of_taguette_become_codings_of_the_same_words(taguette):
    found = taguette_study(read_taguette(taguette))
    assert [(s.name, s.text, s.added) for s in found.study.sources] == [("Talk", FLAT, "2020-01-02T03:04:05Z")]
    assert [(c.quote, c.code, c.coder) for c in found.study.codings] == [
        ("😀 hopes", "trust\\/faith", None),
        ("😀 hopes", "end", None),
        ("hopes,\nshe", "end", None),
        ("said & left.", "trust\\/faith", "bob"),
        ("Two", "untagged", None),
    ]
    assert all(c.segment.quote(FLAT) == c.quote for c in found.study.codings)
    assert [(c.path, c.definition) for c in found.study.codes] == [
        ("trust\\/faith", "Belief."), ("end", ""), ("untagged", "Highlights that had no tag."),
    ]  # fmt: skip
    assert found.report.offsets is not None
    assert found.report.offsets.equal == 0.8
    (item,) = found.report.review
    assert (item.draft.quote, item.draft.code) == ("somewhere else", "trust\\/faith")


def test_one_of_several_projects_is_chosen_by_name(taguette):
    with sqlite3.connect(taguette) as db:
        db.execute("INSERT INTO projects VALUES (2, 'Other', '', '')")
    db.close()
    with pytest.raises(NotFoundError, match="has 2 projects: choose “Bonds” or “Other”"):
        read_taguette(taguette)
    with pytest.raises(NotFoundError, match="no project “None”"):
        read_taguette(taguette, "None")
    assert read_taguette(taguette, "Other").documents == ()


def test_a_file_that_is_not_a_taguette_database_is_refused(tmp_path, taguette):
    text = tmp_path / "a.sqlite3"
    text.write_text("no")
    with pytest.raises(InputError, match="not an SQLite database"):
        read_taguette(text)
    cut = tmp_path / "cut.sqlite3"
    cut.write_bytes(taguette.read_bytes()[:5000])
    with pytest.raises(InputError, match=r"cannot be read as a database|tables are not there"):
        read_taguette(cut)
    with pytest.raises(InputError, match="cannot be read"):
        read_taguette(tmp_path / "none.sqlite3")
    other = tmp_path / "other.sqlite3"
    sqlite3.connect(other).executescript("CREATE TABLE a (b)").connection.close()
    with pytest.raises(InputError, match="not a database of Taguette"):
        read_taguette(other)


QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text, color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text,
  date text, memo text, important integer);
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text);
"""
SPOKEN = "Naïve 😀 hopes, she said.\nAnd they left, he said."


@pytest.fixture
def qualcoder(tmp_path):
    folder = tmp_path / "Bonds.qda"
    folder.mkdir()
    with sqlite3.connect(folder / "data.qda") as db:
        db.executescript(QUALCODER)
        db.execute("INSERT INTO project VALUES ('v14', '2024-01-15 10:00:00', 'Why.', '')")
        db.execute(
            "INSERT INTO source VALUES (1, 'talk.txt', ?, NULL, 'A memo.', 'ann', '2024-01-15 10:00:00')", [SPOKEN]
        )
        db.execute("INSERT INTO source VALUES (2, 'a.png', NULL, '/images/a.png', '', 'ann', '')")
        db.executemany(
            "INSERT INTO code_cat VALUES (?, ?, 'ann', '', ?, ?)", [(1, "Hope", "Big.", None), (2, "Small", "", 1)]
        )
        db.executemany(
            "INSERT INTO code_name VALUES (?, ?, '', ?, 'ann', '', ?)",
            [(1, "Hope", 2, "#56B4E9"), (2, "Exit", None, "")],
        )
        for number, (code, quote, memo) in enumerate(
            [(1, "😀 hopes", "yes"), (2, "they left", ""), (2, "they stayed", "")], 1
        ):
            at = SPOKEN.find(quote) if quote in SPOKEN else 30
            db.execute("INSERT INTO code_text VALUES (?, ?, 1, ?, ?, ?, 'ann', '2024-01-16 10:00:00', ?, ?)",
                       [number, code, quote, at, at + len(quote), memo, number == 1])  # fmt: skip
        db.execute("INSERT INTO code_image VALUES (1, 2, 1)")
        db.executemany("INSERT INTO cases VALUES (?, ?, ?, '', '')", [(1, "SIB A", "Note."), (2, "SIB B", "")])
        first = SPOKEN.index("\n")
        db.executemany(
            "INSERT INTO case_text VALUES (?, ?, 1, ?, ?)", [(1, 1, 0, first), (2, 2, first + 1, len(SPOKEN))]
        )
        db.execute("INSERT INTO annotation VALUES (1, 1, 0, 5, 'Odd.', 'ann', '')")
        db.execute("INSERT INTO journal VALUES (1, 'Day 1', 'Began.', '', 'ann')")
        db.executemany(
            "INSERT INTO attribute_type VALUES (?, '', '', '', ?, ?)",
            [("Age", "case", "numeric"), ("kind", "file", "character")],
        )
        db.executemany(
            "INSERT INTO attribute VALUES (?, ?, ?, ?, ?, '', '')",
            [(1, "Age", "case", "5", 1), (2, "kind", "file", "x", 1)],
        )
    db.close()
    return folder


def test_a_qualcoder_project_is_read_completely(qualcoder):
    found = qualcoder_study(read_qualcoder(qualcoder))
    study, report = found.study, found.report
    assert (study.study.name, study.study.description) == ("Bonds", "Why.")
    assert [(c.path, c.colour) for c in study.codes] == [
        ("Hope", None), ("Hope/Small", None), ("Hope/Small/Hope", "sky"), ("Exit", None),
    ]  # fmt: skip
    assert [(c.quote, c.code, c.cases, c.memo, c.segment) for c in study.codings] == [
        ("😀 hopes", "Hope/Small/Hope", ("SIB A",), "Important.\nyes", Segment(6, 13)),
        ("they left", "Exit", ("SIB B",), "", Segment(29, 38)),
    ]
    assert [item.draft.quote for item in report.review] == ["they stayed"]
    assert study.sources[0].cases == ("SIB A", "SIB B")
    assert study.sources[0].attributes == {"kind (attribute)": "x"}
    assert study.cases[0].attributes == {"Age": 5}
    assert study.memos == (
        MemoDraft("source", "talk.txt", "", "A memo."),
        MemoDraft("case", "SIB A", "", "Note."),
        MemoDraft("source", "talk.txt", "0:5 “Naïve”", "Odd.", "ann"),
        MemoDraft("project", "", "Day 1", "Began.", "ann"),
    )
    assert report.unsupported == {"codings of pictures": 1, "pictures, sound and film": 1}


def test_the_database_of_a_project_is_read_without_side_files(qualcoder):
    before = sorted(qualcoder.iterdir())
    assert read_qualcoder(qualcoder / "data.qda") == read_qualcoder(qualcoder)
    assert sorted(qualcoder.iterdir()) == before


def test_categories_in_a_cycle_are_read(qualcoder):
    with sqlite3.connect(qualcoder / "data.qda") as db:
        db.execute("UPDATE code_cat SET supercatid = 2 WHERE catid = 1")
    db.close()
    assert len(qualcoder_study(read_qualcoder(qualcoder)).study.codes) == 4


def test_a_path_that_is_not_a_qualcoder_project_is_refused(tmp_path, taguette):
    with pytest.raises(InputError, match=r"it has no data\.qda"):
        read_qualcoder(tmp_path)
    with pytest.raises(InputError, match="it lacks the tables"):
        read_qualcoder(taguette)
