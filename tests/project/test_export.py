"""A study is exported, and read again."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, StudyFileError
from sibtui.formats.refi.losses import losses
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.codings_csv import read_codings
from sibtui.formats.study_folder.folder import read_study
from sibtui.model.drafts import CodingDraft, MemoDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.exporting.safe_write import write_file
from sibtui.project.shared.study_io import load, study_draft

from .study import add_code, add_source, apply_code, opened

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def full(project: Project) -> Project:
    """Return a study with every kind of item, some with hostile names."""
    project.set_study(name="Homes", description="Four cases", first_note=2)
    project.cases.set("SIB A", private_name="Leeds", attributes={"size": 3, "rural": True})
    add_source(
        project, "odd; name", "SIB A", "SIB B", text="a\x00b\u2028=1+1 😀 \u202ex\ttab", attributes={"mode": "=cmd"}
    )
    apply_code(project, "odd; name", "Budgets", 0, 3, cases=("SIB A", "SIB B"), memo="=1+1\nmore", stance="counters")
    apply_code(project, "odd; name", "Groups", 3, 8, certainty="tentative", coder="Ben")
    apply_code(project, "A1", "Brokering", 0, 16)
    project.codes.set("Budgets", definition="money", key="B", colour="sky", status="proposed")
    add_code(project, "Strengths/Old")
    project.codes.merge("Old", into="Budgets", because="the same")
    project.codes.retire("Groups")
    project.sources.set_topic("B1", "Strengths", "not asked")
    row = RowDefinition("Budgets", ("Budgets",), False, "note", {"SIB B": "on a cell"})
    project.matrices.define(
        MatrixDefinition("table-1", "Title", (row,), rule=Rule(2, 1), marks={"absent": "0"}, only=("SIB B", "SIB A"))
    )
    project.matrices.judge("table-1", "Budgets", "SIB A", "tentative", "why")
    for on, of in (
        ("project", ""),
        ("source", "A1"),
        ("case", "SIB A"),
        ("code", "Budgets"),
        ("matrix", "table-1"),
        ("coding", "3"),
    ):
        project.memos.add(MemoDraft(on, of, "t", f"memo on {on}"))
    return project


def test_a_study_that_is_made_from_the_draft_of_another_equals_it(full: Project, tmp_path: Path) -> None:
    draft = study_draft(full._session, private_names=True)
    with Project.create(tmp_path / "again.sibtui", draft=draft) as again:
        assert study_draft(again._session, private_names=True) == draft
        assert again.cases.get("SIB A").private_name == "Leeds"
        assert not again.matrices.show("table-1").cell("Budgets", "SIB A").stale
        assert {finding.kind for finding in again.check()} == {"open"}


def test_a_study_from_a_study_folder_writes_the_same_folder_again(full: Project, tmp_path: Path) -> None:
    def files(folder: Path) -> dict[str, bytes]:
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    assert full.exports.folder(tmp_path / "one") == len(files(tmp_path / "one"))
    with Project.create(tmp_path / "again.sibtui", draft=read_study(files(tmp_path / "one"))) as again:
        again.exports.folder(tmp_path / "two")
    assert files(tmp_path / "two") == files(tmp_path / "one")
    assert b"Leeds" not in b"".join(files(tmp_path / "one").values())
    full.exports.folder(tmp_path / "private", private_names=True)
    assert b"Leeds" in b"".join(files(tmp_path / "private").values())


def test_exported_codings_are_read_back_without_loss(full: Project, tmp_path: Path) -> None:
    full.codes.restore("Groups")
    full.exports.codings(tmp_path / "codings.csv")
    before = [replace(coding, id=0, uid="") for coding in full.codings.list()]
    full.codings.remove([coding.id for coding in full.codings.list()])
    data = (tmp_path / "codings.csv").read_bytes()
    report = full.codings.import_(read_codings("codings.csv", data))
    assert (report.added, report.refused) == (len(before), ())
    assert [replace(coding, id=0, uid="") for coding in full.codings.list()] == before


def test_exported_codings_can_be_narrowed_and_are_not_written_over_a_file(full: Project, tmp_path: Path) -> None:
    found = list(csv.reader(io.StringIO("".join(full.exports.codings_csv(CodingFilter(sources=("A1",)))))))
    assert len(found) == 2
    (tmp_path / "x.csv").write_text("old")
    with pytest.raises(ConflictError, match="already exists"):
        full.exports.codings(tmp_path / "x.csv")


def test_a_flat_export_answers_questions_in_plain_sql(full: Project, tmp_path: Path) -> None:
    full.readings.add("odd; name", coder="Ben", codes="Budgets")
    for record in full.sources.topics():
        full.sources.set_topic(record.source, record.topic, None, case=record.case or None)
    full.sources.set_topic("odd; name", "Budgets", "not asked", case="SIB B")
    full.sources.set_topic("odd; name", "Strengths", "asked")
    full.exports.sqlite(tmp_path / "flat.db")
    with closing(sqlite3.connect(tmp_path / "flat.db")) as flat:
        assert flat.execute(
            "SELECT source, quote, code, theme, stance, cases FROM codings ORDER BY coding LIMIT 1"
        ).fetchall() == [("odd; name", "a\x00b", "Strengths/Budgets", "Strengths", "counters", "SIB A; SIB B")]
        assert flat.execute("SELECT * FROM matrix_table_1").fetchall() == [("Budgets", "–", "?")]
        assert flat.execute('SELECT "column", state, computed, counter FROM matrix_table_1_cells').fetchall() == [
            ("SIB B", "rejected", "rejected", 1), ("SIB A", "tentative", "rejected", 1),
        ]  # fmt: skip
        assert flat.execute('SELECT count(*) FROM quotes_by_code WHERE "case" = ?', ("SIB B",)).fetchone() == (1,)
        assert flat.execute("SELECT source, coder, code, round FROM readings").fetchall() == [
            (r.source, r.coder, r.code or "", r.round) for r in full.readings.list()
        ]
        assert flat.execute('SELECT source, code, "case", state FROM topics').fetchall() == [
            ("odd; name", "Strengths", "", "asked"), ("odd; name", "Strengths/Budgets", "SIB B", "not asked"),
        ]  # fmt: skip
        documented = flat.execute('SELECT "table", "column" FROM about').fetchall()
        for (table,) in flat.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name <> 'about'"
        ).fetchall():
            columns = [row[1] for row in flat.execute(f'PRAGMA table_info("{table}")')]
            if table.startswith("matrix_"):
                assert (table, "") in documented
            else:
                assert {column for of, column in documented if of == table} == set(columns), table
        assert flat.execute("SELECT text FROM sources WHERE source = 'odd; name'").fetchone()[0] == full.sources.text(
            "odd; name"
        )
        assert not flat.execute("SELECT 1 FROM cases WHERE \"case\" = 'Leeds'").fetchall()


def test_a_flat_export_holds_the_same_rows_whether_sql_or_python_copies_them(full: Project, tmp_path: Path) -> None:
    apply_code(full, "odd; name", "Budgets", 3, 5, cases=("SIB B", "SIB A"))
    apply_code(full, "odd; name", "Brokering", 5, 6, cases=())
    full.exports.sqlite(tmp_path / "sql.db")
    with full._session.store.snapshot():  # SQL copies nothing in a transaction
        full.exports.sqlite(tmp_path / "python.db")
    dumps = []
    for name in ("sql.db", "python.db"):
        with closing(sqlite3.connect(tmp_path / name)) as flat:
            assert flat.execute("SELECT count(*) FROM codings").fetchone() == (5,)
            dumps.append(list(flat.iterdump()))
    assert dumps[0] == dumps[1]
    full.codes.rename("Budgets", "Money")  # the study can still be changed
    assert full._session.store.scalar("PRAGMA foreign_keys") == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE codings SET memo = CAST(x'ff41' AS TEXT) WHERE id = 1",
        "UPDATE codes SET parent_id = (SELECT id FROM codes WHERE name = 'Groups') WHERE name = 'Innovation'",
    ],
)
def test_a_damaged_coding_is_not_copied_into_a_flat_export(full: Project, tmp_path: Path, damage: str) -> None:
    with full._session.store.replaying():
        full._session.store.change(damage)
    with pytest.raises(StudyFileError, match="is damaged"):
        full.exports.sqlite(tmp_path / "flat.db")
    assert not list(tmp_path.glob("*flat.db*"))
    with full._session.store.snapshot():  # no transaction is left open
        assert full._session.store.scalar("SELECT count(*) FROM codings") == 3


def test_a_flat_export_without_room_on_the_disk_is_refused(
    full: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sibtui.store.flat_codings._COPIED_CASES", "PRAGMA beside.max_page_count = 1")
    with pytest.raises(InputError, match=r"Cannot write .*flat.db: there is no room left on the disk"):
        full.exports.sqlite(tmp_path / "flat.db")
    assert not list(tmp_path.glob("*flat.db*"))
    full.codes.rename("Budgets", "Money")  # no transaction is left open


def test_matrices_and_columns_with_similar_names_get_separate_tables_and_columns(full: Project, tmp_path: Path) -> None:
    row = RowDefinition("Budgets", ("Budgets",))
    for name in ("table 1", "table_1", "table-1 cells"):
        full.matrices.define(MatrixDefinition(name, "", (row,)))
    for label in ("Row", "x]", "x[", "sib_a"):
        full.cases.add(label)
    full.exports.sqlite(tmp_path / "flat.db")
    with closing(sqlite3.connect(tmp_path / "flat.db")) as flat:
        tables = [
            name
            for (name,) in flat.execute("SELECT name FROM sqlite_schema WHERE name LIKE 'matrix%' AND type = 'table'")
        ]
        assert len(tables) == 8
        columns = [row[1] for row in flat.execute('PRAGMA table_info("matrix_table_1_2")')]
        assert len({column.casefold() for column in columns}) == 7


def test_a_study_is_only_loaded_into_an_empty_one(full: Project) -> None:
    with pytest.raises(ConflictError, match="can only be loaded into an empty study"):
        load(full._session, study_draft(full._session))


def test_a_study_that_was_made_from_a_draft_is_as_complete_when_it_is_opened_again(
    full: Project, tmp_path: Path
) -> None:
    draft = study_draft(full._session)
    Project.create(tmp_path / "again.sibtui", draft=draft).close()
    with opened(tmp_path / "again.sibtui") as again:
        assert study_draft(again._session) == draft


def test_a_project_of_refi_qda_is_written_one_source_at_a_time_and_as_before(coded: Project, tmp_path: Path) -> None:
    draft = study_draft(coded._session, private_names=True)
    coded.exports.qdpx(tmp_path / "s.qdpx", private_names=True)
    assert (tmp_path / "s.qdpx").read_bytes() == write_qdpx(draft) == coded.exports.qdpx_bytes(private_names=True)[0]
    assert coded.exports.qdpx_losses(private_names=True) == losses(draft)


class StoppedError(Exception):
    """The exception that the screen raises after Esc."""


EXPORTS = {
    "study.qdpx": lambda project, path, progress: project.exports.qdpx(path, progress=progress),
    "study": lambda project, path, progress: project.exports.folder(path, progress=progress),
    "highlights.csv": lambda project, path, progress: write_file(
        path, project.exports.taguette_csv(progress=lambda done: progress(done, 2_500))
    ),
}


@pytest.fixture
def many(project: Project) -> Project:
    places = (Segment(at // 50, 60 + at % 50) for at in range(2_500))
    project.codings.import_([CodingDraft("A1", "Budgets", place) for place in places])
    return project


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_of_many_codings_reports_its_progress(name: str, many: Project, tmp_path: Path) -> None:
    reported: list[tuple[int, int]] = []
    EXPORTS[name](many, tmp_path / name, lambda done, of: reported.append((done, of)))
    assert reported == sorted(reported)
    assert len(reported) >= 2
    assert len({of for _, of in reported}) == 1
    assert all(0 < done <= of for done, of in reported)
    alone = tmp_path / f"again-{name}"
    EXPORTS[name](many, alone, lambda done, of: None)
    assert alone.is_dir() or alone.read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("at", [0, -1], ids=["early", "late"])
@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_that_is_stopped_leaves_nothing(name: str, at: int, many: Project, tmp_path: Path) -> None:
    steps: list[int] = []
    EXPORTS[name](many, tmp_path / f"all-{name}", lambda done, of: steps.append(done))
    there = set(tmp_path.rglob("*"))

    def stop(done: int, of: int) -> None:
        if done == steps[at]:
            raise StoppedError

    with pytest.raises(StoppedError):
        EXPORTS[name](many, tmp_path / name, stop)
    assert set(tmp_path.rglob("*")) == there


@pytest.mark.parametrize("extension", [".pdf", ".docx", ".CSV", ".qdpx", ".qdc", ".db", ".xlsx"])
@pytest.mark.parametrize(
    ("export", "own"),
    [("codings", ".csv"), ("qdpx", ".qdpx"), ("qdc", ".qdc"), ("sqlite", ".db"), ("folder", "")],
)
def test_a_name_with_the_extension_of_another_format_is_refused(
    coded: Project, tmp_path: Path, export: str, own: str, extension: str
) -> None:
    path = tmp_path / f"export{extension}"
    if extension.lower() == own:
        getattr(coded.exports, export)(path)
        assert path.exists()
        return
    with pytest.raises(InputError, match="extension"):
        getattr(coded.exports, export)(path)
    assert not path.exists()
    getattr(coded.exports, export)(tmp_path / "other.v2")


def test_the_tables_of_a_flat_export_refer_to_each_other(full: Project, tmp_path: Path) -> None:
    full.memos.add("Ask again.", on="source", of="A1")
    full.exports.sqlite(tmp_path / "flat.db")
    with closing(sqlite3.connect(tmp_path / "flat.db")) as flat:
        assert flat.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = {
            (table, key[3], key[2])
            for (table,) in flat.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for key in flat.execute(f'PRAGMA foreign_key_list("{table}")')
        }
        assert {
            ("codings", "source", "sources"), ("codings", "code", "codes"), ("coding_cases", "coding", "codings"), ("coding_cases", "case", "cases"),
            ("source_cases", "source", "sources"), ("source_cases", "case", "cases"), ("readings", "source", "sources"), ("topics", "code", "codes"), ("topics", "source", "sources"),
            ("source_sets", "source", "sources"),
        } == keys  # fmt: skip
        assert ("A1", "SIB A") in flat.execute('SELECT source, "case" FROM source_cases').fetchall()
        assert flat.execute("SELECT about, name, text FROM memos WHERE text = 'Ask again.'").fetchall() == [
            ("source", "A1", "Ask again.")
        ]
        cells = flat.execute('SELECT matrix, row, "column", mark, state, computed, counter FROM cells').fetchall()
        assert cells == [
            ("table-1", "Budgets", "SIB B", "–", "rejected", "rejected", 1),
            ("table-1", "Budgets", "SIB A", "?", "tentative", "rejected", 1),
        ]
        [(matrix, verdict, reason)] = flat.execute("SELECT matrix, verdict, because FROM judgements").fetchall()
        assert (matrix, verdict, bool(reason)) == ("table-1", "tentative", True)
