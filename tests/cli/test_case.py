"""`sibtui case` and `sibtui attribute`."""

from __future__ import annotations

import pytest


@pytest.mark.usefixtures("empty")
class TestCase:
    def test_a_case_is_added_with_attributes_and_undone(self, run) -> None:
        result = run("case", "add", "SIB A", "--attribute", "Service=housing", "--private-name", "Northtown")
        assert "added case SIB A (`sibtui undo` takes it back)." in result.err
        (row,) = run("case", "list", "--attributes", "--format", "json").json
        assert row == {"case": "SIB A", "letter": "a", "sources": 0, "codings": 0, "waiting": 0, "Service": "housing"}
        run("undo")
        assert run("case", "list", "--format", "json").json == []

    def test_a_private_name_is_listed_only_with_its_option(self, run) -> None:
        run("case", "add", "SIB A", "--private-name", "Northtown")
        assert "Northtown" not in run("case", "list", "--attributes", "--format", "csv").out
        assert run("case", "list", "--private-names", "--format", "json").json[0]["private name"] == "Northtown"

    def test_cases_are_renamed_and_moved_to_a_position(self, run) -> None:
        for label in ("A", "B", "C"):
            run("case", "add", label)
        run("case", "set", "c", "--label", "Third", "--position", 1)
        assert [row["case"] for row in run("case", "list", "--format", "json").json] == ["Third", "A", "B"]

    def test_attributes_are_set_ignoring_letter_case_and_removed(self, run) -> None:
        run("case", "add", "A", "--attribute", "Service=housing", "--attribute", "Start=2017")
        run("case", "set", "A", "--attribute", "service=health", "--no-attribute", "Start")
        (row,) = run("case", "list", "--attributes", "--format", "json").json
        assert (row["Service"], row["Start"]) == ("health", "")

    def test_setting_the_current_values_again_prints_no_advice_on_undo(self, run) -> None:
        run("case", "add", "A")
        result = run("case", "set", "A", "--label", "A")
        assert "nothing was changed" in result.err
        assert "undo" not in result.err

    def test_the_letter_of_a_case_is_set_and_listed(self, run) -> None:
        for label in ("East School", "North School", "Quay School"):
            run("case", "add", label)
        run("case", "add", "South School", "--letter", "Z")
        run("case", "set", "quay school", "--letter", "7")
        assert [row["letter"] for row in run("case", "list", "--format", "json").json] == ["e", "n", "7", "z"]
        assert run("case", "set", "Quay School", "--letter", "e").err == (
            "sibtui: “e” is the letter of the case “East School”: give that case another letter first.\n"
        )
        assert run("case", "set", "Quay School", "--letter", "qq").status == 1

    def test_a_used_label_is_refused(self, run) -> None:
        run("case", "add", "A")
        assert run("case", "add", "A").err == "sibtui: There is already a case “A”.\n"

    def test_several_cases_are_removed_in_one_act(self, run) -> None:
        for label in ("A", "B"):
            run("case", "add", label)
        run("case", "remove", "A", "B")
        assert run("case", "list", "--format", "json").json == []
        run("undo")
        assert len(run("case", "list", "--format", "json").json) == 2

    def test_a_label_like_a_formula_is_escaped_in_csv(self, run) -> None:
        run("case", "add", "=cmd|' /C calc'!A1")
        assert run("case", "list", "--format", "csv").out.splitlines()[1].startswith("'=cmd")

    def test_a_merge_of_cases_prints_the_values_left_out(self, run) -> None:
        run("case", "add", "SIB A", "--attribute", "Town=Leeds")
        run("case", "add", "SIB B", "--attribute", "town=York")
        result = run("case", "merge", "sib b", "--into", "SIB A")
        assert "SIB B into SIB A: “Town”: “Leeds” stays, “York” was left out." in result.err
        assert "merged case SIB B into SIB A (`sibtui undo` separates them again)" in result.err
        assert [row["case"] for row in run("case", "list", "--format", "json").json] == ["SIB A"]
        assert run("case", "merge", "SIB A", "--into", "SIB A").status == 1

    def test_set_without_options_is_a_usage_error(self, run) -> None:
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
        result = run("case", "add", "A", "--attribute", "size=large")
        assert (result.status, result.err) == (1, "sibtui: Attribute “size”: “large” is not a number.\n")
        assert run("case", "list", "--format", "json").json == []

    def test_adding_an_attribute_without_the_option_of_is_a_usage_error(self, run) -> None:
        assert run("attribute", "add", "size").status == 2
