"""`sibtui round`, `--round` of other commands, and the comparison of two rounds."""

from __future__ import annotations

from pathlib import Path

import pytest

PLACE = ("a1", "Trust before", "--quote", "they trust until March")


@pytest.mark.usefixtures("sample")
class TestRounds:
    @pytest.fixture(autouse=True)
    def _coder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SIBTUI_CODER", "R1")

    def test_a_blind_round_hides_other_codings_in_lists_and_counts_until_it_ends(self, run) -> None:
        result = run("round", "start", "second pass", "--blind", "--sources", "a1,b1")
        assert "started round 2 of R1, “second pass”, blind, in a1 and b1" in result.err
        assert run("coding", "list", "--format", "json").json == []
        run("coding", "add", *PLACE)
        [found] = run("coding", "list", "--format", "json").json
        assert (found["coder"], found["round"]) == ("R1", 2)
        assert run("coding", "show", str(found["number"]), "--format", "json").json["round"] == 2
        codes = run("code", "list", "--counts", "--format", "json").json
        assert sum(code["codings"] for code in codes) == 1
        assert [each["codings"] for each in run("source", "list", "--format", "json").json if each["codings"]] == [1]
        assert "Codings of round 2 only." in run("matrix", "show", "table-1").out
        refused = run("coding", "add", "a2", "Trust before", "--span", "3:20")
        assert (refused.status, "`sibtui round end` ends it" in refused.err) == (1, True)
        assert "ended round 2 of R1" in run("round", "end").err
        assert len(run("coding", "list", "--format", "json").json) == 635
        assert len(run("coding", "list", "--round", "2", "--format", "csv").out.splitlines()) == 2
        assert "Codings of round 2 only." in run("matrix", "show", "table-1", "--round", "2").out

    def test_a_blind_round_hides_other_codings_from_each_command(self, run) -> None:
        run("round", "start", "second pass", "--blind", "--coder", "R1")
        where = 'exactly "Rate card" overlapping exactly "Setting outcomes"'
        for form in ("--passages", "--union"):
            assert run("coding", "list", form, "--where", where, "--format", "json").json == []
        found = run("source", "search", "star", "--words", "--kwic", "--format", "json").json
        assert {tuple(each["codes"]) for each in found} == {()}
        for words in (("show", "12"), ("set", "12", "--memo", "seen"), ("remove", "12")):
            result = run("coding", *words)
            assert (result.status, result.out) == (1, "")
            assert "Coding 12 is hidden until the blind round ends: `sibtui round end` ends it." in result.err
        assert "unattributed" not in run("check").out
        result = run("sql", "SELECT count(*) FROM memos")
        assert (
            result.status,
            "needs codings that the open blind round hides: `sibtui round end` ends it." in result.err,
        ) == (1, True)

    @pytest.mark.parametrize(
        "command", [("codings", "f.csv"), ("codings", "-"), ("transcript", "f.html"), ("taguette-csv", "f.csv")]
    )
    def test_an_export_in_a_blind_round_names_the_hidden_codings(self, run, command: tuple[str, ...]) -> None:
        message = "codings outside of round 2 of R1 are hidden in this blind round: `sibtui round end` ends it."
        run("round", "start", "second pass", "--blind")
        result = run("export", *command)
        assert (result.status, result.err.count(message)) == (0, 1)
        run("round", "end")
        assert "hidden" not in run("export", *command, "--force").err

    @pytest.mark.parametrize(
        "command",
        [
            "coverage", "saturation", "cooccurrence", "codebook", "sensitivity", "quotes", "words --code Trust",
            "words --by code",
        ],
    )  # fmt: skip
    def test_a_report_in_a_blind_round_names_the_hidden_codings(self, run, command: str) -> None:
        message = "Codings outside of round 2 of R1 are hidden in this blind round."
        words = ("report", *command.split())
        assert message not in run(*words).out
        run("round", "start", "second pass", "--blind")
        assert run(*words).out.count(message) == 1
        assert run(*words, "--format", "csv").err.count(message) == 1
        assert message not in run("report", "words").out

    def test_a_document_or_a_check_of_claims_in_a_blind_round_names_the_hidden_codings(self, run) -> None:
        run("round", "start", "second pass", "--blind")
        message = "odings outside of round 2 of R1 are hidden in this blind round"
        assert message in run("report", "codebook", "-o", "codebook.docx").err
        assert message in run("claim", "check").err

    def test_a_paper_and_the_report_on_the_methods_are_refused_in_a_blind_round(self, run) -> None:
        Path("paper.md").write_text('{{ count "Rate card" }}', encoding="utf-8")
        run("round", "start", "second pass", "--blind")
        for words in (("render", "paper.md"), ("report", "methods")):
            result = run(*words)
            assert (result.status, result.out) == (1, "")
            assert "needs codings that the open blind round hides: `sibtui round end` ends it." in result.err

    @pytest.mark.parametrize("command", [("folder", "f"), ("qdpx", "f.qdpx")])
    def test_an_export_of_the_study_in_a_blind_round_is_complete(self, run, command: tuple[str, ...]) -> None:
        run("round", "start", "second pass", "--blind")
        result = run("export", *command)
        assert (result.status, result.err.count("are written too, although the blind round hides them.")) == (0, 1)

    def test_a_comparison_of_studies_is_refused_in_a_blind_round(self, run, sample) -> None:
        run("round", "start", "second pass", "--blind")
        for words in ((sample,), (sample, sample)):
            result = run("study", "diff", *words)
            assert (result.status, result.out) == (1, "")
            assert "A comparison of studies needs codings that the open blind round hides" in result.err

    @pytest.mark.parametrize(
        "words",
        [
            ("source", "replace", "rate card", "price list", "--dry-run"),
            ("source", "remove", "a2"),
            ("source", "set", "a2", "--text", "-"),
            ("code", "merge", "Rate card", "--into", "Setting outcomes", "--because", "x"),
            ("case", "remove", "SIB A"),
        ],
    )
    def test_a_change_of_hidden_codings_is_refused(self, run, words: tuple[str, ...]) -> None:
        run("round", "start", "second pass", "--blind")
        result = run(*words, stdin="New words.\n")
        assert (result.status, result.out) == (1, "")
        assert "would change codings that the open blind round hides: `sibtui round end` ends it." in result.err
        assert "coding 1" not in result.err

    def test_a_judgement_of_the_first_pass_is_not_printed_in_a_blind_round(self, run) -> None:
        run("round", "start", "second pass", "--blind")
        result = run("matrix", "unjudge", "table-1", "Use of more co-creation practices", "SIB C")
        assert (result.status, result.out) == (1, "")
        assert "A judgement needs codings that the open blind round hides" in result.err

    def test_summaries_are_refused_in_a_blind_round(self, run) -> None:
        run("round", "start", "second pass", "--blind")
        cell = ("table-3", "Use of rate card", "SIB A")
        for words in (("set", *cell, "Words [435]."), ("show", *cell), ("list", "--stale"), ("remove", *cell)):
            result = run("summary", *words)
            assert (result.status, result.out) == (1, "")
            assert "needs codings that the open blind round hides: `sibtui round end` ends it." in result.err

    def test_rounds_are_listed_with_their_facts(self, run) -> None:
        assert run("round", "list", "--format", "json").json == []
        run("round", "start", "check", "--source", "b1", "--coder", "R2")
        [found] = run("round", "list", "--format", "json").json
        assert found.pop("started")
        assert found == {
            "coder": "R2", "round": 2, "name": "check", "blind": False, "sources": ["b1"], "ended": None,
        }  # fmt: skip
        assert "check" in run("round", "list", "--coder", "R2").out
        assert "R1 has no open round" in run("round", "end").err

    def test_two_rounds_of_a_coder_are_compared(self, run) -> None:
        run("round", "start", "second pass")
        run("coding", "add", *PLACE)
        run("reading", "add", "a1")
        run("round", "end")
        result = run("report", "agreement", "--coders", "R1", "--rounds", "1,2", "--bootstrap", "0")
        assert "A is R1 in round 1, B is R1 in round 2." in result.out
        assert "Read in both rounds: 1 of 18 sources." in result.out
        assert "Days from the reading in round 1" in result.out
        result = run("report", "disagreements", "--coders", "R1", "--rounds", "1,2", "--format", "json")
        assert {each["kind"] for each in result.json} <= {"only A", "other code", "other stance"}

    @pytest.mark.parametrize("rounds", ["0,1", "1,x", "1;2", "-1"])
    def test_a_list_that_has_other_words_than_numbers_is_a_usage_error(self, run, rounds: str) -> None:
        result = run("report", "agreement", "--coders", "R1", f"--rounds={rounds}")
        assert (result.status, "--rounds needs numbers from 1" in result.err) == (2, True)

    @pytest.mark.parametrize("sources", ["a, 1,b1", '"a, 1",b1', "b1, a, 1"])
    def test_a_source_with_a_comma_in_its_name_is_in_a_round(self, run, sources: str) -> None:
        run("source", "set", "a1", "--name", "a, 1")
        assert run("round", "start", "check", "--sources", sources).status == 0
        [found] = run("round", "list", "--format", "json").json
        assert set(found["sources"]) == {"a, 1", "b1"}

    @pytest.mark.parametrize("sources", ["", ",", " , "])
    def test_a_list_without_a_source_begins_no_round(self, run, sources: str) -> None:
        result = run("round", "start", "check", "--sources", sources)
        assert (result.status, "--sources needs names, such as a1,b1, not" in result.err) == (2, True)
        assert run("round", "list", "--format", "json").json == []

    def test_one_round_alone_cannot_be_compared(self, run) -> None:
        result = run("report", "agreement", "--coders", "R1", "--rounds", "2")
        assert (result.status, "Name two rounds" in result.err) == (1, True)

    def test_the_cells_of_two_rounds_are_compared(self, run) -> None:
        run("round", "start", "second pass")
        run("coding", "add", "a1", "Brokering and coaching", "--quote", "they trust until March")
        run("reading", "add", "a1")
        run("round", "end")
        words = ("report", "agreement", "--unit", "cell", "--matrix", "table-1", "--rounds", "1,2")
        result = run(*words, "--coders", "R1", "--format", "json")
        cells = [each for each in result.json if "states" in each]
        assert {tuple(each["states"]) for each in cells} == {("R1 in round 1", "R1 in round 2")}
        [both] = [each for each in cells if each["states"]["R1 in round 2"] == "present"]
        assert (both["column"], both["states"]["R1 in round 1"]) == ("SIB A", "present")
        assert all((each["states"]["R1 in round 2"] is None) == (each["column"] != "SIB A") for each in cells)
        assert "Round: 1 and 2 only." in run(*words, "--coders", "R1,R2").out
        result = run(*words, "--coders", "R1", "--consensus")
        assert (result.status, "Cells of rounds have no consensus" in result.err) == (1, True)
        result = run(*words[:-1], "2", "--coders", "R1")
        assert (result.status, "Name two rounds" in result.err) == (1, True)
