"""`sibtui claim`: check, add, list, import, export, remove."""

from __future__ import annotations

from pathlib import Path

import pytest

from sibtui import Project

PAPER = Path(__file__).parents[2] / "sample_notes" / "claims.toml"
LABEL = "table-1 / Enhanced staff discretion/flexibility"


@pytest.fixture(autouse=True)
def _without_claims(sample: Path) -> None:
    """Remove the claims of the sample study."""
    with Project.open(sample, coder="R9") as project:
        for claim in project.claims.list():
            project.claims.remove(claim.key)


def test_a_contradiction_ends_with_status_1_and_shows_the_row(run) -> None:
    result = run("claim", "check", PAPER)
    assert result.status == 1
    assert "59 claims: 41 hold, 7 with reserve, 8 contradicted, 3 not checkable." in result.out
    assert f"C5: {LABEL}: SIB A blank (rejected, 10 against); SIB B X (present, 4 for)" in result.out
    csv = run("claim", "check", PAPER, "--format", "csv")
    assert csv.out.splitlines()[0] == "id,claim,rows,says,found,verdict,because"
    assert "C5: table-1" in csv.err
    assert csv.status == 1


def test_claims_that_hold_end_with_status_0(run) -> None:
    assert run("claim", "check").status == 0
    added = run("claim", "add", "C4", "Three.", "--row", LABEL, "--says", "in 3")
    assert "stored the claim C4, which holds" in added.err
    assert run("claim", "check").status == 0
    assert run("claim", "check", "--format", "json").json[0]["verdict"] == "holds"


def test_a_faulty_claim_ends_with_status_1(run) -> None:
    added = run("claim", "add", "C4", "Three.", "--row", "table-1 / Staff discretion", "--says", "in 3")
    assert "which is not checkable: No row of table-1 is named “Staff discretion”" in added.err
    assert run("claim", "check").status == 1


def test_states_replace_the_printed_marks(run) -> None:
    run("claim", "add", "C32", "All.", "--row", "table-3 / Use of rate card", "--says", "in all")
    assert run("claim", "check").status == 0
    assert run("claim", "check", "--states", "present").status == 1
    refused = run("claim", "check", "--states", "present,odd")
    assert refused.status == 2
    assert "“odd” is not a state" in refused.err


def test_an_odd_statement_is_refused_with_its_place(run) -> None:
    refused = run("claim", "add", "C4", "Three.", "--row", LABEL, "--says", "in three bonds")
    assert refused.status == 1
    assert "Character 10 of the statement: “bonds” does not fit; expected: the end." in refused.err
    both = run("claim", "add", "C4", "Three.", "--row", LABEL, "--registry", "people", "--says", "3")
    assert (both.status, "a claim is about one of them" in both.err) == (2, True)


def test_claims_go_to_a_file_and_back(run) -> None:
    assert "stored 59 claims" in run("claim", "import", PAPER).err
    again = run("claim", "import", PAPER)
    assert (again.status, "--force replaces it" in again.err) == (1, True)
    assert run("claim", "import", PAPER, "--force").status == 0
    assert run("claim", "export", "claims.toml").status == 0
    assert run("claim", "export", "claims.toml").status == 1
    assert run("claim", "export", "-").out == Path("claims.toml").read_text(encoding="utf-8")
    assert len(run("claim", "list", "--format", "json").json) == 59
    assert "removed the claim C5" in run("claim", "remove", "C5").err
    run("undo")
    assert len(run("claim", "list", "--format", "json").json) == 59
