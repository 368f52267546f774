"""`sibtui source add` with exports of survey services, and with attributes whose values differ in kind."""

from __future__ import annotations

from pathlib import Path

import pytest

TABLES = {
    "codebook.csv": ("code", "export", "codebook.csv"),
    "codings.csv": ("export", "codings", "codings.csv"),
    "codings.xlsx": ("export", "codings", "codings.xlsx"),
    "taguette.csv": ("export", "taguette-csv", "taguette.csv"),
    "matrix.csv": ("matrix", "show", "table-1", "-o", "matrix.csv"),
    "evidence.csv": ("matrix", "evidence", "table-1", "-o", "evidence.csv"),
    "report.csv": ("report", "codebook", "-o", "report.csv"),
    "report.xlsx": ("report", "codebook", "-o", "report.xlsx"),
    "interviews.csv": ("report", "interviews", "-o", "interviews.csv"),
}
LISTS = ("source", "case", "code", "coding", "memo", "matrix")


@pytest.mark.usefixtures("sample")
def test_no_table_that_sibtui_writes_becomes_a_survey(run) -> None:
    for command in TABLES.values():
        assert run(*command).status == 0
    for noun in LISTS:
        Path(f"list-{noun}.csv").write_text(run(noun, "list", "--format", "csv").out, encoding="utf-8")
    files = [*TABLES, *(f"list-{noun}.csv" for noun in LISTS)]
    refused = run("source", "add", *files)
    assert refused.status == 1
    assert f"0 sources added, {len(files)} refused" in refused.err
    assert "codebook.csv has the columns of a codebook, not of a survey: `sibtui code import` reads it" in refused.err


@pytest.mark.usefixtures("empty")
def test_the_message_on_a_personal_column_names_the_option_that_keeps_the_column(run) -> None:
    Path("s.csv").write_text("id,email,answer\n1,a@b.org,It was slow.\n", encoding="utf-8")
    result = run("source", "add", "s.csv")
    assert "1 column that can identify people was left out: “email”" in result.err
    assert "--personal-column NAME brings such a column in." in result.err
    run("undo")
    run("source", "add", "s.csv", "--personal-column", "email")
    assert run("source", "show", "s 1", "--format", "json").json["attributes"]["email"] == "a@b.org"


@pytest.mark.usefixtures("empty")
def test_the_header_row_can_be_named(run) -> None:
    Path("s.csv").write_text("id,answer\nnumber,words\n1,It was slow.\n", encoding="utf-8")
    assert run("source", "add", "s.csv", "--header-row", "2").status == 0
    assert run("source", "show", "s 1", "--format", "json").json["attributes"] == {"number": "1"}


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("order", [("wave1.csv", "wave2.csv"), ("wave2.csv", "wave1.csv")])
def test_a_value_of_another_kind_is_reported_once_and_no_file_is_refused(run, order) -> None:
    Path("wave1.csv").write_text("age,answer\n34,It was slow.\n41,It was quick.\n", encoding="utf-8")
    Path("wave2.csv").write_text("age,answer\nnot asked,It was kind.\n30-39,It was cold.\n", encoding="utf-8")
    result = run("source", "add", *order, "--format", "json")
    assert (result.status, len(result.json)) == (0, 4)
    assert result.err.count("the attribute “age” is text: “not asked” is not a number") == 1
    assert [row["mixed_attributes"] for row in result.json].count(["age"]) == 1
