"""`sibtui report saturation` on the sample study."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.usefixtures("sample")
def test_the_point_is_printed_in_words_below_the_table(run) -> None:
    shown = run("report", "saturation")
    assert "at 6+2 (interviews 7 and 8 brought 1 of 33)" in " ".join(shown.out.split())


@pytest.mark.usefixtures("sample")
def test_the_order_is_read_from_a_file(run) -> None:
    names = [row["interview"] for row in run("report", "saturation", "--order", "study", "--format", "json").json]
    Path("order.txt").write_text("\n".join(reversed(names)) + "\n", encoding="utf-8")
    shown = run("report", "saturation", "--order", "order.txt", "--format", "json").json
    assert [row["interview"] for row in shown] == names[::-1]
    refused = run("report", "saturation", "--order", "no-such-file")
    assert (refused.status, "write date, study, or the name of a file" in refused.err) == (2, True)
