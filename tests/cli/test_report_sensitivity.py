"""`sibtui report sensitivity` on the sample study."""

from __future__ import annotations

import pytest


@pytest.mark.usefixtures("sample")
def test_a_cell_names_what_it_hangs_on(run) -> None:
    rows = run("report", "sensitivity", "table-4", "--without", "source", "--format", "json").json
    assert [(row["row"], row["column"], row["hangs_on"]) for row in rows if row["hangs_on"]] == [
        ("Obtaining evidence", "SIB B", ["source b1"]),
        ("Resilience in wider system", "SIB D", ["source d1"]),
    ]
