"""`sibtui export`: codings, flat tables, the study as a folder."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("sample")


def test_exported_codings_are_imported_again_without_loss(run) -> None:
    result = run("export", "codings", "codings.csv")
    assert (result.status, result.out) == (0, "")
    assert "634 codings" in result.err
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
def test_an_export_has_the_same_filters_as_a_list(run, filters: list[str]) -> None:
    shown = run("export", "codings", "-", *filters)
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == run("coding", "list", *filters, "--format", "csv").out
    run("export", "codings", "some.csv", *filters)
    assert Path("some.csv").read_text(encoding="utf-8") == shown.out


def test_an_unknown_code_exports_nothing(run) -> None:
    refused = run("export", "codings", "codings.csv", "--code", "Rate crad")
    assert refused.status == 1
    assert "Rate card" in refused.err
    assert not Path("codings.csv").exists()


def test_the_flat_tables_contain_the_study_for_other_programs(run) -> None:
    assert run("export", "sqlite", "flat.db").status == 0
    with closing(sqlite3.connect("flat.db")) as flat:
        (count,) = flat.execute("SELECT count(*) FROM codings").fetchone()
        names = {name for (name,) in flat.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
    assert count == 634
    assert {"about", "codings", "quotes_by_code", "matrix_table_1"} <= names


@pytest.mark.parametrize(("noun", "name"), [("codings", "c.csv"), ("sqlite", "f.db")])
def test_an_existing_file_is_not_overwritten_without_force(run, noun: str, name: str) -> None:
    Path(name).write_text("mine", encoding="utf-8")
    refused = run("export", noun, name)
    assert refused.status == 1
    assert "--force" in refused.err
    assert Path(name).read_text(encoding="utf-8") == "mine"
    assert run("export", noun, name, "--force").status == 0
    assert Path(name).read_bytes() != b"mine"


def test_a_folder_that_is_not_empty_is_written_only_with_force(run) -> None:
    Path("text").mkdir()
    Path("text/mine.txt").write_text("mine", encoding="utf-8")
    assert run("export", "folder", "text").status == 1
    assert [path.name for path in Path("text").iterdir()] == ["mine.txt"]
    assert run("export", "folder", "text", "--force").status == 0
    assert Path("text/mine.txt").read_text(encoding="utf-8") == "mine"
    assert Path("text/study.toml").is_file()


def test_private_names_are_exported_only_with_their_option(run) -> None:
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


def test_a_memo_that_looks_like_a_formula_is_escaped_in_csv_and_imported_unchanged(run) -> None:
    run("coding", "set", "1", "--memo", "=cmd|'/c calc'!A0")
    text = run("export", "codings", "-").out
    assert "'=cmd" in text
    memos = [row["memo"] for row in csv.DictReader(io.StringIO(text))]
    assert not any(memo.startswith(("=", "+", "@")) for memo in memos)
    run("coding", "remove", "1")
    assert run("coding", "import", "-", stdin=text).status == 0
    assert run("export", "codings", "-").out == text


@pytest.mark.parametrize("name", ["folder.pdf", "folder.txt", "folder.zip", "folder.csv"])
def test_a_folder_with_a_file_extension_is_refused(run, name: str) -> None:
    result = run("export", "folder", name)
    assert (result.status, "has a file extension" in result.err) == (2, True)
    assert not Path(name).exists()


def test_a_format_with_the_file_extension_of_another_format_is_refused(run) -> None:
    result = run("report", "cases", "--format", "csv", "-o", "cases.pdf")
    assert (result.status, "its extension is that of pdf" in result.err) == (2, True)
    assert not Path("cases.pdf").exists()


@pytest.mark.parametrize("command", ["qdpx x.qdpx", "qdc x.qdc", "taguette-csv x.csv"])
def test_losses_are_listed_before_anything_is_written(run, command: str) -> None:
    tried = run("export", *command.split(), "--dry-run")
    file = Path(command.split()[1])
    assert tried.out == ""
    assert tried.err.splitlines()[0].endswith("ther programs will not see:")
    assert "Nothing was written." in tried.err
    assert not file.exists()
    losses = [line for line in tried.err.splitlines() if line.startswith("  ")]
    written = run("export", *command.split())
    assert losses == [line for line in written.err.splitlines() if line.startswith("  ")]


class TestPackages:
    def test_a_package_goes_to_a_colleague_and_only_the_work_of_the_colleague_comes_back(self, run, sample) -> None:
        result = run("export", "folder", "for-r2", "--for", "R2", "--case", "SIB B")
        assert "wrote a package for R2 to for-r2: 5 sources, as of act 1." in result.err
        result = run("new", "r2.sibtui", "--from", "for-r2")
        assert "a merge into the study of the sender brings the work of R2 back" in result.err
        run("coding", "add", "b1", "Personal budgets", "--quote", "nine in ten", "--coder", "R2", "-p", "r2.sibtui")
        result = run("study", "merge", "r2.sibtui", "-p", "sample.sibtui")
        assert "merged r2.sibtui: 1 added" in result.err
        assert len(run("source", "list", "--format", "json", "-p", "sample.sibtui").json) == 18

    @pytest.mark.parametrize(
        ("options", "why"),
        [
            (["--case", "SIB B"], "--case and --source need --for"),
            (["--source", "b1"], "--case and --source need --for"),
            (["--for", "R2", "--with-private-names"], "A package never has private names"),
        ],
    )
    def test_options_that_do_not_go_together_are_usage_errors(self, run, sample, options: list[str], why: str) -> None:
        result = run("export", "folder", "x", *options)
        assert (result.status, why in result.err) == (2, True)
