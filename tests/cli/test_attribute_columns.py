"""`--with-attribute` in `coding list` and `export codings`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

OPTIONS = ("--with-attribute", "stage of development", "--with-attribute", "mode")


@pytest.mark.usefixtures("sample")
def test_a_list_has_the_attributes_in_every_form(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("coding", "list", "--limit", "3", *OPTIONS, "--format", "csv").out)))
    assert [row["attribute:Stage of development"] for row in rows] == ["Over half-way through"] * 3
    assert {row["attribute:mode"] for row in rows} == {"online"}
    [row] = run("coding", "list", "--limit", "1", *OPTIONS, "--format", "json").json
    assert (row["attribute:Stage of development"], row["attribute:mode"]) == ("Over half-way through", "online")
    shown = run("coding", "list", "--limit", "1", *OPTIONS).out
    assert "Stage of development" in shown.splitlines()[0]
    assert "online" in shown


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("name", ["codings.csv", "codings.xlsx"])
def test_an_exported_table_with_attributes_is_read_back_without_a_change(run, name: str) -> None:
    run("export", "codings", name, *OPTIONS)
    assert Path(name).exists()
    result = run("coding", "import", name)
    assert (result.status, "0 codings" in result.err) == (0, True), result.err
