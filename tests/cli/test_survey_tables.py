"""`sibtui source add` with surveys as services export them, and with attributes whose values differ in kind."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("empty")


def test_a_personal_column_is_named_with_the_option_that_keeps_it(run) -> None:
    Path("s.csv").write_text("id,email,answer\n1,a@b.org,It was slow.\n", encoding="utf-8")
    result = run("source", "add", "s.csv")
    assert "1 column that can identify people was left out: “email”" in result.err
    assert "--personal-column NAME brings such a column in." in result.err
    run("undo")
    run("source", "add", "s.csv", "--personal-column", "email")
    assert run("source", "show", "s 1", "--format", "json").json["attributes"]["email"] == "a@b.org"


def test_the_header_row_can_be_named(run) -> None:
    Path("s.csv").write_text("id,answer\nnumber,words\n1,It was slow.\n", encoding="utf-8")
    assert run("source", "add", "s.csv", "--header-row", "2").status == 0
    assert run("source", "show", "s 1", "--format", "json").json["attributes"] == {"number": "1"}
