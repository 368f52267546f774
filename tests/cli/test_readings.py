"""`sibtui reading`, and `code set --reread`."""

from __future__ import annotations

import pytest

NEW = "New things/Peer roles"


@pytest.mark.usefixtures("sample")
class TestReadings:
    def test_each_source_of_the_sample_has_a_reading_by_its_coder(self, run) -> None:
        rows = run("reading", "list", "--format", "json").json
        assert len(rows) == 18
        assert rows[0] == {"source": "a1", "coder": "R1", "code": None, "round": 1, "at": "2020-05-14T16:30:00Z"}
        assert "all codes" in run("reading", "list", "--source", "A1").out
        assert run("reading", "list", "--coder", "R2", "--format", "json").json[0]["source"] == "b1"

    def test_a_reading_belongs_to_the_current_coder_or_to_the_coder_given(self, run) -> None:
        result = run("reading", "add", "b1", "b2", "--coder", "R1")
        assert (result.status, "No source is named “b2”" in result.err) == (1, True)
        result = run("reading", "add", "b1", "c1", "--coder", "r1")
        assert "b1 and c1 are read by R1 for all codes (`sibtui undo` takes it back)" in result.err
        assert "b1 is read by R9 for all codes" in run("reading", "add", "b1").err
        assert [row["coder"] for row in run("reading", "list", "--source", "b1", "--format", "json").json] == [
            "R1", "R2", "R9",
        ]  # fmt: skip
        run("undo", "2")
        assert len(run("reading", "list", "--format", "json").json) == 18

    def test_a_reading_for_a_code_adds_a_row_for_each_code_below_it(self, run) -> None:
        result = run("reading", "add", "b1", "--code", "Innovative services")
        rows = run("reading", "list", "--coder", "R9", "--format", "json").json
        assert rows[0]["code"] == "Innovative services"
        assert rows[1]["code"].startswith("Innovative services/")
        assert f"b1 is read by R9 for {len(rows)} codes" in result.err

    def test_removing_a_reading_names_the_readings_of_other_coders(self, run) -> None:
        run("reading", "add", "b1", "--coder", "R1")
        result = run("reading", "remove", "b1", "--coder", "R2")
        assert "b1 is no longer read by R2 for all codes (`sibtui undo` brings it back)" in result.err
        assert "b1 is still read by R1: `sibtui reading remove b1 --coder R1` removes that reading." in result.err
        assert run("source", "show", "b1", "--format", "json").facts["reading"] == "read"
        run("reading", "remove", "b1", "--coder", "R1")
        assert run("source", "show", "b1", "--format", "json").facts["reading"] == "unread"

    def test_a_missing_reading_cannot_be_removed(self, run) -> None:
        result = run("reading", "remove", "b1")
        assert (result.status, result.err) == (1, "sibtui: R9 has no reading of “b1”; it is read by R2.\n")
        assert run("reading", "add", "b1", "--at", "soon").status == 1
        assert run("reading", "add").status == 2

    def test_a_new_code_makes_18_readings_due_and_one_reading_leaves_17(self, run) -> None:
        result = run("reading", "due")
        assert (result.out, result.err) == ("", "sibtui: no source is due to be read again.\n")
        run("code", "add", NEW)
        run("code", "retire", "New things")
        rows = run("reading", "due", "--format", "json").json
        assert len(rows) == 18
        assert (rows[0]["source"], rows[0]["code"]) == ("a1", NEW)
        assert rows[0]["because"] == "the code is newer than the reading"
        run("reading", "add", "b1", "--code", NEW)
        left = run("reading", "due", "--format", "json").json
        assert len(left) == 17
        assert "b1" not in {row["source"] for row in left}

    def test_due_with_a_coder_counts_only_the_readings_of_this_coder(self, run) -> None:
        run("code", "add", NEW)
        run("reading", "add", "b1", "--coder", "R9")
        assert "b1" not in {row["source"] for row in run("reading", "due", "--format", "json").json}
        rows = run("reading", "due", "--coder", "R2", "--format", "json").json
        assert {row["source"] for row in rows} >= {"b1", "c1"}
        result = run("reading", "due", "--coder", "R9")
        assert (result.status, result.err) == (0, "sibtui: no source is due to be read again.\n")

    def test_sources_are_due_with_the_reason_for_a_code_marked_to_be_read_again(self, run) -> None:
        result = run("code", "set", "Community assets", "--reread", "--because", "It covers buildings now.")
        assert (result.status, "changed code" in result.err) == (0, True)
        rows = run("reading", "due", "--format", "json").json
        assert {(row["code"].rpartition("/")[2], row["because"]) for row in rows} == {
            ("Community assets", "It covers buildings now.")
        }
        assert "re-read" in run("code", "show", "Community assets").out

    @pytest.mark.parametrize("given", [["--reread"], ["--because", "why"], ["--reread", "--because", " "]])
    def test_the_options_reread_and_because_are_refused_without_each_other(self, run, given: list[str]) -> None:
        result = run("code", "set", "Community assets", *given)
        assert (result.status, "--reread and --because TEXT belong together" in result.err) == (2, True)
