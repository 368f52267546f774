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
    """One note of one case, one of two, and a code."""
    run("source", "add", "-", "--name", "one", "--case", "SIB A", stdin=TEXT)
    run("source", "add", "-", "--name", "both", "--case", "SIB A", "--case", "SIB B", stdin="Both are slow.\n")
    run("code", "add", CODE)


def listed(run, *options: object) -> list[dict]:
    return run("coding", "list", *options, "--format", "json").json


@pytest.mark.usefixtures("study")
class TestAdd:
    def test_a_span_is_coded_and_takes_the_case_of_its_source(self, run) -> None:
        done = run("coding", "add", "one", "trust", "--span", "0:10", "--stance", "counters", "--memo", "Hm.")
        assert "added coding 1, Theme/Trust in one 0:10: They never (`sibtui undo` takes it back)." in done.err
        (row,) = listed(run)
        assert (row["quote"], row["cases"], row["stance"], row["memo"], row["coder"]) == (
            "They never", "SIB A", "counters", "Hm.", "R9",
        )  # fmt: skip

    def test_a_quote_is_found_exactly(self, run) -> None:
        done = run("coding", "add", "one", "Trust", "--quote", "asked twice")
        assert done.status == 0
        assert "was found" not in done.err
        assert listed(run)[0]["start"] == TEXT.index("asked twice")

    def test_a_quote_with_other_blanks_is_found_and_told(self, run) -> None:
        done = run("coding", "add", "one", "Trust", "--quote", "never asked again")
        assert "found with other blanks" in done.err
        assert listed(run)[0]["quote"] == "never asked   again"

    def test_a_quote_that_is_nearly_there_is_told_with_its_score(self, run) -> None:
        done = run("coding", "add", "one", "Trust", "--quote", "They never asked befor. We asked twice")
        assert "found nearly, 99 of 100 alike" in done.err
        assert listed(run)[0]["quote"].startswith("They never asked before.")

    def test_a_quote_that_is_not_there_is_refused_with_the_best_score(self, run) -> None:
        done = run("coding", "add", "one", "Trust", "--quote", "nothing of this kind was said")
        assert (done.status, "and 90 is needed" in done.err) == (1, True)
        assert listed(run) == []

    def test_of_several_places_one_is_chosen_or_none(self, run) -> None:
        done = run("coding", "add", "one", "Trust", "--quote", "They never asked")
        assert (done.status, "occurs 2 times (at 0, 41)" in done.err) == (1, True)
        run("coding", "add", "one", "Trust", "--quote", "They never asked", "--nth", 2)
        assert listed(run)[0]["start"] == 41

    def test_a_quote_and_a_memo_need_not_stand_in_the_list_of_processes(self, run) -> None:
        assert run("coding", "add", "one", "Trust", "--quote", "-", stdin="asked twice\n").status == 0
        assert run("coding", "add", "one", "Trust", "--span", "0:4", "--memo", "-", stdin="A doubt.\n").status == 0
        assert [row["memo"] for row in listed(run)] == ["A doubt.", ""]

    def test_a_coding_in_a_shared_source_waits_for_its_case(self, run) -> None:
        done = run("coding", "add", "both", "Trust", "--quote", "slow")
        assert "it waits for its case: tell it with `sibtui coding set 1 --case`" in done.err
        assert len(listed(run, "--unattributed")) == 1
        run("coding", "set", 1, "--case", "SIB B")
        assert [row["cases"] for row in listed(run)] == ["SIB B"]
        run("coding", "set", 1, "--no-cases")
        assert len(listed(run, "--unattributed")) == 1

    def test_a_case_that_the_source_does_not_touch_is_refused(self, run) -> None:
        done = run("coding", "add", "one", "Trust", "--span", "0:4", "--case", "SIB B")
        assert (done.status, "touches SIB A, not SIB B" in done.err) == (1, True)

    @pytest.mark.parametrize(
        "options",
        [[], ["--span", "0:4", "--quote", "x"], ["--span", "4"], ["--span", "4:4"], ["--span", "0:4", "--nth", "1"]],
    )
    def test_what_cannot_be_meant_is_a_usage_error(self, run, options: list[str]) -> None:
        assert run("coding", "add", "one", "Trust", *options).status == 2

    def test_the_same_coding_twice_is_refused(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "0:4")
        assert "is coded so already" in run("coding", "add", "one", "Trust", "--span", "0:4").err
        assert run("coding", "add", "one", "Trust", "--span", "0:4", "--coder", "R2").status == 0

    def test_a_span_outside_of_the_text_is_refused(self, run) -> None:
        assert "outside of “one”" in run("coding", "add", "one", "Trust", "--span", "0:9999").err


@pytest.mark.usefixtures("study")
class TestChange:
    def test_several_codings_are_changed_at_once_and_undone_at_once(self, run) -> None:
        for span in ("0:4", "5:10"):
            run("coding", "add", "one", "Trust", "--span", span)
        before = listed(run)
        done = run("coding", "set", 1, 2, "--certainty", "tentative", "--stance", "counters", "--memo", "Both.")
        assert "changed 2 codings" in done.err
        assert {(r["certainty"], r["stance"], r["memo"]) for r in listed(run)} == {("tentative", "counters", "Both.")}
        run("undo")
        assert listed(run) == before

    def test_a_segment_is_changed_for_a_single_coding(self, run) -> None:
        for span in ("0:4", "5:10"):
            run("coding", "add", "one", "Trust", "--span", span)
        assert run("coding", "set", 1, "--span", "0:10").status == 0
        assert listed(run)[1]["quote"] == "never"
        assert run("coding", "show", 1, "--format", "json").facts["text"] == "They never"
        assert run("coding", "set", 1, 2, "--span", "0:10").status == 2

    def test_what_is_so_already_offers_no_undo(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "0:4")
        assert "undo" not in run("coding", "set", 1, "--stance", "supports").err
        assert run("coding", "set", 1).status == 2

    def test_codings_are_removed_and_come_back(self, run) -> None:
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

    def test_a_coding_is_shown_with_the_words_around_it(self, run) -> None:
        run("coding", "add", "one", "Trust", "--span", "5:10")
        facts = run("coding", "show", 1, "--format", "json").facts
        assert (facts["before"], facts["text"], facts["after"][:6]) == ("They ", "never", " asked")


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
    def test_a_filter_keeps_what_fits_and_nothing_else(self, run, options, fits) -> None:
        everything = listed(run)
        kept = listed(run, *options)
        assert kept == [row for row in everything if fits(row)]
        assert 0 < len(kept) < len(everything)

    def test_a_limit_takes_the_first(self, run) -> None:
        assert listed(run, "--limit", 3) == listed(run)[:3]

    def test_csv_is_what_import_reads_back(self, run, sample) -> None:
        told = run("coding", "list", "--format", "csv").out
        assert told == run("export", "codings", "-").out
        number = len(list(csv.DictReader(io.StringIO(told))))
        again = run("coding", "import", "-", stdin=told)
        assert again.err == f"sibtui: 0 codings imported, {number} there already.\n"

    def test_a_name_that_names_nothing_is_told(self, run) -> None:
        assert "did you mean" in run("coding", "list", "--code", "Rate crad").err
        assert run("coding", "list", "--case", "SIB Z").status == 1


@pytest.mark.usefixtures("study")
class TestImport:
    def test_codings_come_in_as_one_act(self, run) -> None:
        rows = "source,code,start,end,quote,stance,cases\none,Trust,0,4,,,\nboth,Trust,,,slow,counters,?\n"
        done = run("coding", "import", "-", stdin=rows)
        assert done.err == "sibtui: 2 codings imported, 1 waiting for their case (`sibtui undo` takes it back).\n"
        assert len(listed(run)) == 2
        run("undo")
        assert listed(run) == []

    def test_a_terminal_sees_how_far_it_is(self, run) -> None:
        done = run("coding", "import", "-", stdin="source,code,quote\none,Trust,asked twice\n", terminal=True)
        assert done.status == 0
        assert "1 coding imported" in done.err

    def test_a_dry_run_says_what_would_be_and_does_nothing(self, run) -> None:
        Path("c.csv").write_text("source,code,quote\none,Trust,asked twice\n", encoding="utf-8")
        done = run("coding", "import", "c.csv", "--dry-run")
        assert (done.status, done.err) == (0, "sibtui: 1 coding would be imported: this was a dry run.\n")
        assert listed(run) == []

    def test_every_row_that_is_refused_is_listed_and_nothing_is_imported(self, run) -> None:
        rows = "source,code,quote\none,Trust,asked twice\nnone,Trust,x\none,Trst,asked\none,Trust,They never asked\n"
        Path("c.csv").write_text(rows, encoding="utf-8")
        done = run("coding", "import", "c.csv")
        assert done.status == 1
        assert "c.csv, line 3: No source is named “none”" in done.err
        assert "c.csv, line 4: No code is named “Trst”; did you mean “Theme/Trust”?" in done.err
        assert "c.csv, line 5: “They never asked” occurs 2 times" in done.err
        assert "line 2" not in done.err
        assert "3 rows of c.csv refused: nothing was imported." in done.err
        assert listed(run) == []

    def test_malformed_rows_are_all_listed_with_those_that_are_refused(self, run) -> None:
        rows = "source,code,quote,stance\none,Trust,asked twice,\none,Trust,,\none,Trust,asked,maybe\none,Trust,a,,,x\nno,Trust,x,\n"
        done = run("coding", "import", "-", stdin=rows)
        assert done.status == 1
        for line in (3, 4, 5, 6):
            assert f"stdin, line {line}: " in done.err
        assert "4 rows of stdin refused: nothing was imported." in done.err
        assert listed(run) == []

    def test_one_malformed_row_alone_keeps_the_others_out(self, run) -> None:
        done = run("coding", "import", "-", stdin="source,code,quote\none,Trust,asked twice\none,Trust,\n")
        assert (done.status, listed(run)) == (1, [])

    def test_the_history_tells_of_one_coding(self, run) -> None:
        run("coding", "import", "-", stdin="source,code,quote\none,Trust,asked twice\n")
        assert run("history", "list", "--format", "json").json[0]["summary"] == "1 coding"

    def test_what_was_found_nearly_is_told_with_its_score(self, run) -> None:
        rows = "source,code,quote\none,Trust,They never asked befor. We asked twice\n"
        done = run("coding", "import", "-", stdin=rows)
        assert "stdin, line 2: found nearly, 99 of 100 alike, at one 0:39" in done.err
        assert "1 coding imported, 1 found nearly" in done.err

    def test_a_file_that_is_no_table_of_codings_is_refused(self, run) -> None:
        done = run("coding", "import", "-", stdin="a,b\n1,2\n")
        assert (done.status, "line 1: there is a column “a”" in done.err) == (1, True)
        assert run("coding", "import", "missing.csv").status == 1

    def test_hostile_rows_are_told_inert(self, run) -> None:
        done = run("coding", "import", "-", stdin='source,code,quote\n"\x1b[31m\nforged line",Trust,x\n')
        assert done.status == 1
        assert "\x1b" not in done.err
        assert "\nforged" not in done.err
