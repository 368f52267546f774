"""`sibtui case` and `sibtui attribute`."""

from __future__ import annotations

import pytest


@pytest.mark.usefixtures("empty")
class TestCase:
    def test_a_case_is_added_with_attributes_and_undone(self, run) -> None:
        done = run("case", "add", "SIB A", "--attribute", "Service=housing", "--private-name", "Northtown")
        assert "added case SIB A (`sibtui undo` takes it back)." in done.err
        (row,) = run("case", "list", "--attributes", "--format", "json").json
        assert row == {"case": "SIB A", "sources": 0, "Service": "housing"}
        run("undo")
        assert run("case", "list", "--format", "json").json == []

    def test_a_private_name_is_listed_only_when_it_is_asked_for(self, run) -> None:
        run("case", "add", "SIB A", "--private-name", "Northtown")
        assert "Northtown" not in run("case", "list", "--attributes", "--format", "csv").out
        assert run("case", "list", "--private-names", "--format", "json").json[0]["private name"] == "Northtown"

    def test_cases_are_renamed_and_put_in_order(self, run) -> None:
        for label in ("A", "B", "C"):
            run("case", "add", label)
        run("case", "set", "c", "--label", "Third", "--position", 1)
        assert [row["case"] for row in run("case", "list", "--format", "json").json] == ["Third", "A", "B"]

    def test_attributes_are_set_letter_case_aside_and_taken_away(self, run) -> None:
        run("case", "add", "A", "--attribute", "Service=housing", "--attribute", "Start=2017")
        run("case", "set", "A", "--attribute", "service=health", "--no-attribute", "Start")
        (row,) = run("case", "list", "--attributes", "--format", "json").json
        assert (row["Service"], row["Start"]) == ("health", "")

    def test_what_is_so_already_offers_no_undo(self, run) -> None:
        run("case", "add", "A")
        done = run("case", "set", "A", "--label", "A")
        assert "nothing was changed" in done.err
        assert "undo" not in done.err

    def test_a_name_that_is_taken_is_refused(self, run) -> None:
        run("case", "add", "A")
        assert run("case", "add", "A").err == "sibtui: There is a case “A” already.\n"

    def test_several_cases_are_removed_as_one_act(self, run) -> None:
        for label in ("A", "B"):
            run("case", "add", label)
        run("case", "remove", "A", "B")
        assert run("case", "list", "--format", "json").json == []
        run("undo")
        assert len(run("case", "list", "--format", "json").json) == 2

    def test_a_label_that_a_spreadsheet_would_run_is_neutral_in_csv(self, run) -> None:
        run("case", "add", "=cmd|' /C calc'!A1")
        assert run("case", "list", "--format", "csv").out.splitlines()[1].startswith("'=cmd")

    def test_a_change_without_anything_to_change_is_a_usage_error(self, run) -> None:
        run("case", "add", "A")
        assert run("case", "set", "A").status == 2


@pytest.mark.usefixtures("empty")
class TestAttribute:
    def listed(self, run) -> list[tuple[str, str, str]]:
        return [tuple(row.values()) for row in run("attribute", "list", "--format", "json").json]

    def test_attributes_are_added_retyped_moved_and_removed(self, run) -> None:
        run("attribute", "add", "people", "--of", "source", "--kind", "number")
        run("attribute", "add", "mode", "--of", "source")
        run("attribute", "add", "size", "--of", "case")
        run("attribute", "set", "mode", "--of", "source", "--name", "way", "--position", 1)
        assert self.listed(run) == [("case", "size", "text"), ("source", "way", "text"), ("source", "people", "number")]
        assert len(run("attribute", "list", "--of", "case", "--format", "json").json) == 1
        run("attribute", "remove", "way", "--of", "source")
        assert ("source", "way", "text") not in self.listed(run)

    def test_a_value_that_does_not_fit_the_kind_is_refused(self, run) -> None:
        run("attribute", "add", "size", "--of", "case", "--kind", "number")
        done = run("case", "add", "A", "--attribute", "size=large")
        assert (done.status, done.err) == (1, "sibtui: Attribute “size”: “large” is not a number.\n")
        assert run("case", "list", "--format", "json").json == []

    def test_whose_property_it_is_must_be_told(self, run) -> None:
        assert run("attribute", "add", "size").status == 2
