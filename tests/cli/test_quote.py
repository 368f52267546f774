"""`sibtui quote check` and `sibtui claim find`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("sample")


def test_a_quotation_that_is_not_exact_ends_with_status_1(run) -> None:
    Path("draft.md").write_text("“We open doors and then we get out of the doorway.”", encoding="utf-8")
    assert run("quote", "check", "draft.md").status == 0
    Path("draft.md").write_text("“We open gates and then we get out of the doorway.”", encoding="utf-8")
    result = run("quote", "check", "draft.md", "--format", "csv")
    assert result.status == 1
    assert result.out.splitlines()[1].endswith("altered,b1,729:778,b1,“doors” → “gates”")
    assert run("quote", "check", "draft.md", "--by", "participant", "--format", "json").json[0]["participant"] == "b1"


def test_candidates_are_listed(run) -> None:
    Path("draft.md").write_text("All four SIBs used a rate card.", encoding="utf-8")
    result = run("claim", "find", "draft.md", "--format", "csv")
    assert result.out.splitlines()[1].startswith(
        "1,All four SIBs used a rate card.,All; four,SIBs; rate; card,table-3 / Use of rate card"
    )
    assert "1 sentence of draft.md may be a claim" in result.err
