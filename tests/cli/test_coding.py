"""`sibtui coding`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

CODE = "Theme/Trust"
TEXT = "They never asked before. We asked twice.\nThey never asked   again.\n"


@pytest.fixture
def study(run, empty) -> None:
    """Return a study with a note of one case, a note of two cases, and a code."""
    run("source", "add", "-", "--name", "one", "--case", "SIB A", stdin=TEXT)
    run("source", "add", "-", "--name", "both", "--case", "SIB A", "--case", "SIB B", stdin="Both are slow.\n")
    run("code", "add", CODE)


def listed(run, *options: object) -> list[dict]:
    return run("coding", "list", *options, "--format", "json").rows


@pytest.mark.usefixtures("study")
class TestAdd:
    def test_a_coded_span_gets_the_case_of_its_source(self, run) -> None:
        result = run("coding", "add", "one", "trust", "--span", "0:10", "--stance", "counters", "--memo", "Hm.")
        assert "added coding 1, Theme/Trust in one 0:10: They never (`sibtui undo` takes it back)." in result.err
        (row,) = listed(run)
        assert (row["quote"], row["cases"], row["stance"], row["memo"], row["coder"]) == (
            "They never", "SIB A", "counters", "Hm.", "R9",
        )  # fmt: skip

    def test_an_exact_quote_is_coded_without_a_message(self, run) -> None:
        result = run("coding", "add", "one", "Trust", "--quote", "asked twice")
        assert result.status == 0
        assert "was found" not in result.err
        assert listed(run)[0]["start"] == TEXT.index("asked twice")

    def test_a_quote_with_other_spaces_is_found_with_a_message(self, run) -> None:
        result = run("coding", "add", "one", "Trust", "--quote", "never asked again")
        assert "found with other spaces" in result.err
        assert listed(run)[0]["quote"] == "never asked   again"

    def test_an_approximate_match_is_reported_with_its_score(self, run) -> None:
        result = run("coding", "add", "one", "Trust", "--quote", "They never asked befor. We asked twice")
        assert "approximate match (99 of 100): check the passage" in result.err
        assert listed(run)[0]["quote"].startswith("They never asked before.")

    def test_a_quote_without_a_match_is_refused_with_the_best_score(self, run) -> None:
        result = run("coding", "add", "one", "Trust", "--quote", "nothing of this kind was said")
        assert (result.status, "and 90 is needed" in result.err) == (1, True)
        assert listed(run) == []

    def test_a_quote_that_occurs_twice_needs_nth(self, run) -> None:
        result = run("coding", "add", "one", "Trust", "--quote", "They never asked")
        assert (result.status, "occurs 2 times (at 0 and 41)" in result.err) == (1, True)
        run("coding", "add", "one", "Trust", "--quote", "They never asked", "--nth", 2)
        assert listed(run)[0]["start"] == 41

    def test_a_quote_and_a_memo_can_be_read_from_stdin(self, run) -> None:
        assert run("coding", "add", "one", "Trust", "--quote", "-", stdin="asked twice\n").status == 0
        assert run("coding", "add", "one", "Trust", "--span", "0:4", "--memo", "-", stdin="A doubt.\n").status == 0
        assert [row["memo"] for row in listed(run)] == ["A doubt.", ""]

    def test_a_coding_in_a_source_of_several_cases_has_no_case(self, run) -> None:
        result = run("coding", "add", "both", "Trust", "--quote", "slow")
        assert "the coding has no case yet: set it with `sibtui coding set 1 --case LABEL`" in result.err
        assert len(listed(run, "--unattributed")) == 1
        run("coding", "set", 1, "--case", "SIB B")
        assert [row["cases"] for row in listed(run)] == ["SIB B"]
        run("coding", "set", 1, "--no-cases")
        assert len(listed(run, "--unattributed")) == 1

    def test_a_case_that_the_source_does_not_touch_is_refused(self, run) -> None:
        result = run("coding", "add", "one", "Trust", "--span", "0:4", "--case", "SIB B")
        assert (result.status, "is about SIB A, not about SIB B" in result.err) == (1, True)

    @pytest.mark.parametrize(
        "options",
        [[], ["--span", "0:4", "--quote", "x"], ["--span", "4"], ["--span", "4:4"], ["--span", "0:4", "--nth", "1"]],
    )
    def test_contradicting_or_missing_options_are_a_usage_error(self, run, options: list[str]) -> None:
        assert run("coding", "add", "one", "Trust", *options).status == 2

    def test_the_same_coding_twice_is_refused(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "0:4")
        assert "has this coding already" in run("coding", "add", "one", "Trust", "--span", "0:4").err
        assert run("coding", "add", "one", "Trust", "--span", "0:4", "--coder", "R2").status == 0

    def test_an_opposite_coding_of_the_same_coder_is_named(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "0:4", "--coder", "R1")
        other = run("coding", "add", "one", "Trust", "--span", "0:4", "--stance", "counters", "--coder", "R2")
        assert "too" not in other.err
        added = run("coding", "add", "one", "Trust", "--span", "0:4", "--stance", "counters", "--coder", "R1")
        assert "coding 3: R1 codes these words as supports too (coding 1)." in added.err
        run("coding", "set", 3, "--certainty", "tentative", "--stance", "supports")
        assert "coding 1: R1 codes" not in run("coding", "set", 1, "--memo", "seen").err
        changed = run("coding", "set", 1, "--stance", "counters")
        assert "coding 1: R1 codes these words as supports too (coding 3)." in changed.err
        run("coding", "set", 1, "--coder", "R3")
        changed = run("coding", "set", 1, "--coder", "R1")
        assert "coding 1: R1 codes these words as supports too (coding 3)." in changed.err

    def test_a_span_with_only_whitespace_is_refused(self, run, tmp_path) -> None:
        (tmp_path / "gap.txt").write_text("\n\nWords.")
        run("source", "add", tmp_path / "gap.txt")
        refused = run("coding", "add", "gap", "Trust", "--span", "0:2")
        assert "“gap” has no visible character at 0:2: choose a passage with words." in refused.err

    def test_a_span_outside_the_text_is_refused(self, run) -> None:
        assert "outside of “one”" in run("coding", "add", "one", "Trust", "--span", "0:9999").err


@pytest.mark.usefixtures("study")
class TestChange:
    def test_several_codings_are_changed_and_undone_together(self, run) -> None:
        for span in ("0:4", "5:10"):
            run("coding", "add", "one", "Trust", "--span", span)
        before = listed(run)
        result = run("coding", "set", 1, 2, "--certainty", "tentative", "--stance", "counters", "--memo", "Both.")
        assert "changed 2 codings" in result.err
        assert {(r["certainty"], r["stance"], r["memo"]) for r in listed(run)} == {("tentative", "counters", "Both.")}
        run("undo")
        assert listed(run) == before

    def test_a_segment_can_be_changed_only_for_a_single_coding(self, run) -> None:
        for span in ("0:4", "5:10"):
            run("coding", "add", "one", "Trust", "--span", span)
        assert run("coding", "set", 1, "--span", "0:10").status == 0
        assert listed(run)[1]["quote"] == "never"
        assert run("coding", "show", 1, "--format", "json").facts["quote"] == "They never"
        assert run("coding", "set", 1, 2, "--span", "0:10").status == 2

    def test_setting_the_current_values_again_prints_no_advice_on_undo(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "0:4")
        assert "undo" not in run("coding", "set", 1, "--stance", "supports").err
        assert run("coding", "set", 1).status == 2

    def test_removed_codings_are_restored_by_undo(self, run) -> None:
        for span in ("0:4", "5:10"):
            run("coding", "add", "one", "Trust", "--span", span)
        before = listed(run)
        assert (
            "removed coding 2, Theme/Trust in one 5:10 (`sibtui undo` brings it back)."
            in run("coding", "remove", 1, 2).err
        )
        assert listed(run) == []
        run("undo")
        assert listed(run) == before
        assert run("coding", "remove", 1, 99).status == 1
        assert listed(run) == before

    def test_a_coding_is_shown_with_the_text_around_it(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "5:10")
        facts = run("coding", "show", 1, "--format", "json").facts
        assert (facts["before"], facts["quote"], facts["after"][:6]) == ("They ", "never", " asked")


@pytest.mark.usefixtures("sample")
class TestList:
    @pytest.mark.parametrize(
        ("options", "fits"),
        [
            (["--case", "SIB B"], lambda r: "SIB B" in r["cases"]),
            (["--source", "a1", "--source", "b1"], lambda r: r["source"] in ("a1", "b1")),
            (["--kind", "report"], lambda r: r["source"] in ("doc-a-performance", "doc-b-closing", "doc-d-performance")),
            (["--coder", "R2"], lambda r: r["coder"] == "R2"),
            (["--stance", "counters"], lambda r: r["stance"] == "counters"),
            (["--certainty", "tentative"], lambda r: r["certainty"] == "tentative"),
            (["--text", "LANDLORD"], lambda r: "landlord" in (r["quote"] + r["memo"]).casefold()),
            (["--unattributed"], lambda r: not r["cases"]),
            (["--code", "Recruitment and training", "--no-subcodes"], lambda r: r["code"].endswith("/Recruitment and training")),
            (["--code", "Recruitment and training"], lambda r: "/Recruitment and training" in r["code"]),
            (["--code", "Rate card", "--case", "SIB A", "--stance", "counters"],
             lambda r: r["code"].endswith("/Rate card") and "SIB A" in r["cases"] and r["stance"] == "counters"),
        ],
    )  # fmt: skip
    def test_a_filter_lists_exactly_the_matching_codings(self, run, options, fits) -> None:
        everything = listed(run)
        matches = listed(run, *options)
        assert matches == [row for row in everything if fits(row)]
        assert 0 < len(matches) < len(everything)

    def test_a_limit_lists_the_first_rows(self, run) -> None:
        assert listed(run, "--limit", 3) == listed(run)[:3]

    def test_a_file_gets_the_lines_of_a_wide_terminal(self, run, monkeypatch) -> None:
        monkeypatch.setenv("COLUMNS", "500")
        listed_in_file = run("coding", "list").out
        assert listed_in_file.count("\n") == 2 + len(listed(run))
        assert run("coding", "list", terminal=True).out == listed_in_file

    def test_the_csv_list_can_be_imported_again(self, run, sample) -> None:
        exported = run("coding", "list", "--format", "csv").out
        assert exported == run("export", "codings", "-").out
        number = len(list(csv.DictReader(io.StringIO(exported))))
        again = run("coding", "import", "-", stdin=exported)
        assert again.err == f"sibtui: 0 codings imported, {number} already in the study.\n"

    def test_an_unknown_name_in_a_filter_is_refused(self, run) -> None:
        assert "did you mean" in run("coding", "list", "--code", "Rate crad").err
        assert run("coding", "list", "--case", "SIB Z").status == 1


@pytest.mark.usefixtures("study")
class TestImport:
    def test_an_import_is_one_act(self, run) -> None:
        rows = "source,code,start,end,quote,stance,cases\none,Trust,0,4,,,\nboth,Trust,,,slow,counters,?\n"
        result = run("coding", "import", "-", stdin=rows)
        assert result.err == "sibtui: 2 codings imported, 1 without a case (`sibtui undo` takes it back).\n"
        assert len(listed(run)) == 2
        run("undo")
        assert listed(run) == []

    def test_an_import_on_a_terminal_shows_progress_and_the_result(self, run) -> None:
        result = run("coding", "import", "-", stdin="source,code,quote\none,Trust,asked twice\n", terminal=True)
        assert result.status == 0
        assert "1 coding imported" in result.err

    def test_a_dry_run_reports_the_import_and_changes_nothing(self, run) -> None:
        Path("c.csv").write_text("source,code,quote\none,Trust,asked twice\n", encoding="utf-8")
        result = run("coding", "import", "c.csv", "--dry-run")
        assert (result.status, result.err) == (
            0,
            "sibtui: 1 coding would be imported (a dry run: nothing was changed).\n",
        )
        assert listed(run) == []

    def test_a_row_that_differs_from_its_coding_is_listed_and_changes_it_only_with_update(self, run) -> None:
        run("coding", "import", "-", stdin="source,code,quote,memo\none,Trust,asked twice,old\n")
        rows = "source,code,quote,stance,memo\none,Trust,asked twice,counters,\n"
        result = run("coding", "import", "-", stdin=rows)
        assert result.status == 1
        assert (
            "stdin, line 2: differs from coding 1: stance “supports” → “counters”; memo “old” → nothing" in result.err
        )
        assert "--update changes codings that differ." in result.err
        assert "0 codings imported" in result.err
        dry = run("coding", "import", "-", "--update", "--dry-run", stdin=rows)
        assert dry.err.endswith("0 codings would be imported, 1 would be changed (a dry run: nothing was changed).\n")
        result = run("coding", "import", "-", "--update", stdin=rows)
        assert result.err.endswith("0 codings imported, 1 changed (`sibtui undo` takes it back).\n")
        (coding,) = run("coding", "list", "--format", "json").rows
        assert (coding["stance"], coding["memo"]) == ("counters", "")

    def test_the_option_update_is_advised_only_if_it_helps(self, run) -> None:
        for stance in ("supports", "counters"):
            run("coding", "add", "one", "Trust", "--quote", "asked twice", "--stance", stance)
        rows = "source,code,quote,certainty\none,Trust,asked twice,tentative\n"
        for options in ([], ["--update"]):
            result = run("coding", "import", "-", *options, stdin=rows)
            assert "differs from the codings at this place (1, 2)" in result.err
            assert "--update changes" not in result.err

    def test_a_missing_column_does_not_count_as_a_difference(self, run) -> None:
        rows = "source,code,quote,stance,certainty,memo\none,Trust,asked twice,counters,tentative,mine\n"
        run("coding", "import", "-", stdin=rows)
        result = run("coding", "import", "-", stdin="source,code,quote,stance\none,Trust,asked twice,\n")
        assert result.err == "sibtui: 0 codings imported, 1 already in the study.\n"

    def test_the_option_strict_lists_the_refused_rows_and_imports_nothing(self, run) -> None:
        rows = "source,code,quote\none,Trust,asked twice\nnone,Trust,x\none,Trst,asked\none,Trust,They never asked\n"
        Path("c.csv").write_text(rows, encoding="utf-8")
        result = run("coding", "import", "c.csv", "--strict")
        assert result.status == 1
        assert "c.csv, line 3: No source is named “none”" in result.err
        assert "c.csv, line 4: No code is named “Trst”; did you mean “Theme/Trust”?" in result.err
        assert "c.csv, line 5: “They never asked” occurs 2 times" in result.err
        assert "line 2" not in result.err
        assert "3 rows of c.csv refused: nothing was imported." in result.err
        assert listed(run) == []

    def test_malformed_rows_are_listed_together_with_refused_rows(self, run) -> None:
        rows = "source,code,quote,stance\none,Trust,asked twice,\none,Trust,,\none,Trust,asked,maybe\none,Trust,a,,,x\nno,Trust,x,\n"
        result = run("coding", "import", "-", "--strict", stdin=rows)
        assert result.status == 1
        for line in (3, 4, 5, 6):
            assert f"line {line}: " in result.err
        assert "4 rows of stdin refused: nothing was imported." in result.err
        assert listed(run) == []

    def test_one_malformed_row_stops_a_strict_import(self, run) -> None:
        result = run(
            "coding", "import", "-", "--strict", stdin="source,code,quote\none,Trust,asked twice\none,Trust,\n"
        )
        assert (result.status, listed(run)) == (1, [])

    def test_the_history_counts_the_imported_codings(self, run) -> None:
        run("coding", "import", "-", stdin="source,code,quote\none,Trust,asked twice\n")
        assert run("history", "list", "--format", "json").rows[0]["summary"] == "1 coding"

    def test_approximate_matches_of_an_import_are_reported_with_their_scores(self, run) -> None:
        rows = "source,code,quote\none,Trust,They never asked befor. We asked twice\n"
        result = run("coding", "import", "-", stdin=rows)
        assert "stdin, line 2: approximate match (99 of 100) at one 0:39" in result.err
        assert "1 coding imported, 1 by an approximate match" in result.err

    def test_a_file_without_the_columns_of_codings_is_refused(self, run) -> None:
        result = run("coding", "import", "-", stdin="a,b\n1,2\n")
        assert (result.status, "has no column for the source, the code and the quote" in result.err) == (1, True)
        assert run("coding", "import", "missing.csv").status == 1

    def test_control_characters_in_refused_rows_are_printed_inert(self, run) -> None:
        result = run("coding", "import", "-", stdin='source,code,quote\n"\x1b[31m\nforged line",Trust,x\n')
        assert result.status == 1
        assert "\x1b" not in result.err
        assert "\nforged" not in result.err
