"""`sibtui export`: codings, flat tables, the whole study as text."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("sample")


def test_exported_codings_are_imported_again_without_loss(run) -> None:
    done = run("export", "codings", "codings.csv")
    assert (done.status, done.out) == (0, "")
    assert "634 codings" in done.err
    before = run("coding", "list", "--format", "csv").out
    assert Path("codings.csv").read_text(encoding="utf-8") == before
    run("coding", "remove", *[row["number"] for row in run("coding", "list", "--format", "json").json])
    assert run("coding", "import", "codings.csv").status == 0
    assert run("coding", "list", "--format", "csv").out == before


@pytest.mark.parametrize(
    "filters",
    [
        ["--code", "Rate card", "--case", "SIB A"],
        ["--code", "Innovative services", "--no-subcodes"],
        ["--kind", "report", "--stance", "counters"],
        ["--certainty", "tentative", "--coder", "R2"],
        ["--source", "a1", "--text", "card"],
        ["--unattributed"],
    ],
)
def test_exported_codings_are_narrowed_as_a_list_is(run, filters: list[str]) -> None:
    shown = run("export", "codings", "-", *filters)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == run("coding", "list", *filters, "--format", "csv").out
    run("export", "codings", "some.csv", *filters)
    assert Path("some.csv").read_text(encoding="utf-8") == shown.out


def test_a_name_that_is_not_there_exports_nothing(run) -> None:
    refused = run("export", "codings", "codings.csv", "--code", "Rate crad")
    assert refused.status == 1
    assert "Rate card" in refused.err
    assert not Path("codings.csv").exists()


def test_flat_tables_hold_the_study_for_other_programs(run) -> None:
    assert run("export", "sqlite", "flat.db").status == 0
    with closing(sqlite3.connect("flat.db")) as flat:
        (count,) = flat.execute("SELECT count(*) FROM codings").fetchone()
        names = {name for (name,) in flat.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
    assert count == 634
    assert {"about", "codings", "quotes_by_code", "matrix_table_1"} <= names


@pytest.mark.parametrize(("what", "name"), [("codings", "c.csv"), ("sqlite", "f.db")])
def test_a_file_that_is_there_is_not_overwritten_without_force(run, what: str, name: str) -> None:
    Path(name).write_text("mine", encoding="utf-8")
    refused = run("export", what, name)
    assert refused.status == 1
    assert "--force" in refused.err
    assert Path(name).read_text(encoding="utf-8") == "mine"
    assert run("export", what, name, "--force").status == 0
    assert Path(name).read_bytes() != b"mine"


def test_a_folder_with_something_in_it_is_not_written_to_without_force(run) -> None:
    Path("text").mkdir()
    Path("text/mine.txt").write_text("mine", encoding="utf-8")
    assert run("export", "folder", "text").status == 1
    assert [path.name for path in Path("text").iterdir()] == ["mine.txt"]
    assert run("export", "folder", "text", "--force").status == 0
    assert Path("text/mine.txt").read_text(encoding="utf-8") == "mine"
    assert Path("text/study.toml").is_file()


def test_private_names_leave_the_study_only_when_that_is_asked_for(run) -> None:
    silent = run("export", "folder", "none")
    assert "private" not in silent.err
    run("case", "set", "SIB A", "--private-name", "The real one")
    shy = run("export", "folder", "shy")
    assert "1 private name of cases left out" in shy.err
    assert "The real one" not in Path("shy/study.toml").read_text(encoding="utf-8")
    whole = run("export", "folder", "whole", "--with-private-names")
    assert "private" not in whole.err
    assert "The real one" in Path("whole/study.toml").read_text(encoding="utf-8")


def test_the_same_study_makes_the_same_folder(run) -> None:
    for name in ("one", "two"):
        assert run("export", "folder", name).status == 0
    one, two = (
        {p.relative_to(name): p.read_bytes() for p in Path(name).rglob("*") if p.is_file()} for name in ("one", "two")
    )
    assert one == two


def test_what_a_spreadsheet_would_run_is_neutral_in_an_export_and_whole_after_import(run) -> None:
    run("coding", "set", "1", "--memo", "=cmd|'/c calc'!A0")
    text = run("export", "codings", "-").out
    assert "'=cmd" in text
    memos = [row["memo"] for row in csv.DictReader(io.StringIO(text))]
    assert not any(memo.startswith(("=", "+", "@")) for memo in memos)
    run("coding", "remove", "1")
    assert run("coding", "import", "-", stdin=text).status == 0
    assert run("export", "codings", "-").out == text
