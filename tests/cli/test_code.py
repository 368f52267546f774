"""`sibtui code`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

BUDGETS = "Innovative services/Personal budgets"
ASSETS = "Strengths and co-production/Community assets"


def paths(run, *options: str) -> list[str]:
    return [row["code"] for row in run("code", "list", *options, "--format", "json").json]


@pytest.mark.usefixtures("empty")
class TestCodebook:
    def test_a_code_is_added_with_what_is_above_it(self, run) -> None:
        done = run("code", "add", "Theme/Code", "--definition", "What it is.", "--key", "C", "--colour", "sky")
        assert "added code Theme/Code (`sibtui undo` takes it back)." in done.err
        assert paths(run) == ["Theme", "Theme/Code"]
        facts = run("code", "show", "code", "--format", "json").facts
        assert (facts["definition"], facts["key"], facts["colour"]) == ("What it is.", "C", "sky")

    def test_a_long_text_comes_from_stdin_and_only_one_does(self, run) -> None:
        run("code", "add", "Theme", "--example", "-", stdin="What somebody said.\n")
        assert run("code", "show", "Theme", "--format", "json").facts["example"] == "What somebody said."
        assert run("code", "add", "Other", "--example", "-", "--definition", "-", stdin="x").status == 2

    def test_the_list_is_a_tree_of_names(self, run) -> None:
        run("code", "add", "Theme/Code/Sub", "--key", "S")
        run("code", "retire", "Code")
        assert run("code", "list").out == "Theme\n  Code      retired\n    Sub  S\n"
        assert run("code", "list", "--under", "Code").out == "Sub  S\n"
        assert run("code", "list", "--flat").out.splitlines()[3].startswith("Theme/Code ")

    def test_fields_are_changed_and_taken_away(self, run) -> None:
        run("code", "add", "Theme", "--key", "T", "--colour", "sky", "--include", "This.")
        run(
            "code",
            "set",
            "Theme",
            "--key",
            "",
            "--colour",
            "",
            "--include",
            "",
            "--exclude",
            "That.",
            "--status",
            "proposed",
        )
        facts = run("code", "show", "Theme", "--format", "json").facts
        assert [facts[name] for name in ("key", "colour", "include", "exclude", "status")] == [
            "",
            "",
            "",
            "That.",
            "proposed",
        ]
        assert run("code", "set", "Theme").status == 2

    def test_a_code_that_is_not_used_is_removed_and_comes_back(self, run) -> None:
        run("code", "add", "Theme/Code")
        assert run("code", "remove", "Theme").status == 1
        done = run("code", "remove", "Theme/Code", "Theme")
        assert "removed code Theme/Code (`sibtui undo` brings it back)." in done.err
        assert paths(run) == []
        run("undo")
        assert paths(run) == ["Theme", "Theme/Code"]

    def test_a_code_moves_below_another_among_its_siblings_and_to_the_top(self, run) -> None:
        for path in ("A/One", "A/Two", "B"):
            run("code", "add", path)
        run("code", "move", "Two", "--position", "1")
        assert paths(run) == ["A", "A/Two", "A/One", "B"]
        run("code", "move", "Two", "--under", "B")
        assert paths(run) == ["A", "A/One", "B", "B/Two"]
        run("code", "move", "Two", "--top")
        assert paths(run) == ["A", "A/One", "B", "Two"]
        assert run("code", "move", "Two").status == 2
        assert run("code", "move", "Two", "--top", "--under", "A").status == 2
        assert run("code", "move", "A", "--under", "One").status == 1

    def test_a_theme_moves_among_themes(self, run) -> None:
        for path in ("A", "B"):
            run("code", "add", path)
        run("code", "move", "B", "--position", "1")
        assert paths(run) == ["B", "A"]

    def test_a_hostile_name_is_inert_in_the_tree(self, run) -> None:
        run("code", "add", "\x1b[31mRed\u202e[b]")
        for shown in (run("code", "list").out, run("code", "show", "Red").out):
            assert "Red" in shown
            assert "\x1b" not in shown
            assert "\u202e" not in shown

    def test_near_names_are_listed_as_similar(self, run) -> None:
        run("code", "add", "A/Staff discretion")
        run("code", "add", "B/Discretion of staff")
        (row,) = run("code", "list", "--similar", "--format", "json").json
        assert (row["code"], row["similar to"]) == ("A/Staff discretion", "B/Discretion of staff")
        assert row["name"] >= 80

    def test_an_empty_codebook_is_an_empty_list(self, run) -> None:
        assert run("code", "list").out == ""
        assert "no two codes look alike" in run("code", "list", "--similar").err

    @pytest.mark.parametrize("form", ["csv", "toml"])
    def test_a_codebook_goes_out_and_comes_in_again(self, run, form: str) -> None:
        run("code", "add", "Theme/Code", "--definition", "=SUM(A1)\nin two lines", "--key", "C")
        exported = run("code", "export", "--format", form).out
        before = run("code", "list", "--format", "json").json
        run("undo")
        assert run("code", "import", "-", "--format", form, stdin=exported).status == 0
        assert run("code", "list", "--format", "json").json == before
        again = run("code", "import", "-", "--format", form, stdin=exported)
        assert "0 codes added, 0 changed, 2 there already." in again.err

    def test_a_file_is_written_by_its_name_and_never_over_another(self, run) -> None:
        run("code", "add", "Theme/Code")
        assert run("code", "export", "book.toml").status == 0
        assert [code["path"] for code in tomllib.loads(Path("book.toml").read_text())["code"]] == [
            "Theme",
            "Theme/Code",
        ]
        assert run("code", "export", "book.toml").status == 1
        assert run("code", "export", "book.toml", "--force").status == 0
        assert run("code", "export", "book.pdf").status == 2
        assert "`sibtui export qdc`" in run("code", "export", "book.qdc").err
        assert run("code", "export", "book.csv").status == 0
        assert Path("book.csv").read_text(encoding="utf-8").startswith("path,definition,")

    def test_a_bad_codebook_is_refused_whole_with_its_line(self, run) -> None:
        done = run("code", "import", "-", stdin="path,status\nTheme,\nOther,best\n")
        assert done.status == 1
        assert "line 3: “status” is “best”" in done.err
        assert paths(run) == []


@pytest.mark.usefixtures("sample")
class TestSample:
    def test_counts_are_of_each_code_itself(self, run) -> None:
        counted = {row["code"]: row["codings"] for row in run("code", "list", "--counts", "--format", "json").json}
        own = run("coding", "list", "--code", BUDGETS, "--no-subcodes", "--format", "json").json
        assert counted[BUDGETS] == len(own) > 0

    def test_a_misspelt_code_is_answered_with_the_nearest_and_an_ambiguous_one_with_all(self, run) -> None:
        assert f"did you mean “{BUDGETS}”" in run("code", "show", "Persnal budgets").err
        ambiguous = run("code", "show", "services")
        assert ambiguous.status == 1
        assert "fits" in ambiguous.err

    def test_a_renamed_code_keeps_its_codings_and_its_past(self, run) -> None:
        before = len(run("coding", "list", "--code", BUDGETS, "--format", "json").json)
        run("code", "rename", BUDGETS, "Own money")
        assert len(run("coding", "list", "--code", "Own money", "--format", "json").json) == before
        shown = run("code", "show", "Own money", "--format", "json").json
        assert any(row["fact"] == "lineage" and BUDGETS in row["value"] for row in shown)

    def test_a_merge_keeps_both_definitions_and_is_undone_with_every_coding(self, run) -> None:
        before = run("coding", "list", "--format", "csv").out
        gone = run("code", "show", ASSETS, "--format", "json").facts
        done = run("code", "merge", "Community assets", "Social groups", "--into", BUDGETS, "--because", "tried out")
        assert done.status == 0
        assert ASSETS not in paths(run)
        lineage = [r["value"] for r in run("code", "show", BUDGETS, "--format", "json").json if r["fact"] == "lineage"]
        assert any(gone["definition"] in value and "tried out" in value for value in lineage)
        assert run("coding", "list", "--format", "csv").out != before
        run("undo")
        assert run("coding", "list", "--format", "csv").out == before

    def test_chosen_codings_are_split_off(self, run) -> None:
        first, second, *_ = (r["number"] for r in run("coding", "list", "--code", ASSETS, "--format", "json").json)
        run("code", "split", ASSETS, "Faith groups", "--coding", first, "--coding", second, "--because", "two things")
        split = run("coding", "list", "--code", "Faith groups", "--format", "json").json
        assert [row["number"] for row in split] == [first, second]
        assert run("code", "split", ASSETS, "Others", "--coding", first).status == 1
        assert "Strengths and co-production/Others" not in paths(run)

    def test_a_split_tells_which_rows_of_matrices_have_lost_codings(self, run) -> None:
        first, *_ = (r["number"] for r in run("coding", "list", "--code", ASSETS, "--format", "json").json)
        done = run("code", "split", ASSETS, "Faith groups", "--coding", first)
        assert done.status == 0
        assert "row “Integration with community assets” of table-1 draws on" in done.err
        assert done.err.count("has lost these codings") == 1

    def test_a_split_says_nothing_of_rows_that_draw_on_the_whole_theme(self, run) -> None:
        for name in ("table-1", "table-2", "table-3", "table-4"):
            run("matrix", "remove", name)
        definition = 'name = "all"\ntitle = ""\n[[row]]\nlabel = "All"\ncodes = ["Strengths and co-production"]\n'
        assert run("matrix", "define", "-", stdin=definition).status == 0
        first, *_ = (r["number"] for r in run("coding", "list", "--code", ASSETS, "--format", "json").json)
        done = run("code", "split", ASSETS, "Faith groups", "--coding", first)
        assert (done.status, "has lost" in done.err) == (0, False)

    def test_a_code_is_retired_and_restored_once(self, run) -> None:
        assert "retired code" in run("code", "retire", BUDGETS, "--because", "-", stdin="too broad").err
        assert "nothing was changed" in run("code", "retire", BUDGETS).err
        assert run("code", "show", BUDGETS, "--format", "json").facts["status"] == "retired"
        run("code", "restore", BUDGETS)
        assert run("code", "show", BUDGETS, "--format", "json").facts["status"] == "active"

    def test_a_code_with_codings_is_not_removed(self, run) -> None:
        done = run("code", "remove", BUDGETS)
        assert (done.status, "merge it into another code" in done.err) == (1, True)
