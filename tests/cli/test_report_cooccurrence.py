"""`sibtui report cooccurrence`: pairs of codes and the table of codes by codes."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.mark.usefixtures("sample")
def test_the_strongest_pair_is_printed_first(run) -> None:
    shown = run("report", "cooccurrence", "--format", "csv")
    first = next(csv.DictReader(io.StringIO(shown.out)))
    assert (first["code"], first["other code"], first["n12"]) == (
        "Strengths and co-production/Brokering and coaching",
        "Strengths and co-production/Community assets",
        "5",
    )
    assert "19 pairs of codes meet, 33 times in all." in shown.err


@pytest.mark.usefixtures("sample")
def test_a_table_of_codes_by_codes_holds_the_figure_asked_for(run) -> None:
    rows = run(
        "report", "cooccurrence", "--matrix", "--cells", "c", "--rows-under", "Rate card", "--format", "json"
    ).json
    assert [row["code"] for row in rows] == ["SIB structure and partners/Rate card"]
    assert rows[0]["cells"]["SIB structure and partners/Setting outcomes"] == pytest.approx(3 / 51)


@pytest.mark.usefixtures("sample")
def test_cells_without_a_matrix_are_a_usage_error(run) -> None:
    refused = run("report", "cooccurrence", "--cells", "c")
    assert (refused.status, refused.out) == (2, "")
    assert "--cells goes with --matrix." in refused.err
