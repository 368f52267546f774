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
    def test_a_code_is_added_with_the_missing_codes_above_it(self, run) -> None:
        result = run("code", "add", "Theme/Code", "--definition", "What it is.", "--key", "C", "--colour", "sky")
        assert "added code Theme/Code (`sibtui undo` takes it back)." in result.err
        assert paths(run) == ["Theme", "Theme/Code"]
        facts = run("code", "show", "code", "--format", "json").facts
        assert (facts["definition"], facts["key"], facts["colour"]) == ("What it is.", "C", "sky")

    def test_only_one_option_can_read_stdin(self, run) -> None:
        run("code", "add", "Theme", "--example", "-", stdin="What somebody said.\n")
        assert run("code", "show", "Theme", "--format", "json").facts["example"] == "What somebody said."
        assert run("code", "add", "Other", "--example", "-", "--definition", "-", stdin="x").status == 2

    def test_the_list_is_a_tree_of_names(self, run) -> None:
        run("code", "add", "Theme/Code/Sub", "--key", "S")
        run("code", "retire", "Code")
        assert run("code", "list").out == "Theme\n  Code      retired\n    Sub  S\n"
        assert run("code", "list", "--under", "Code").out == "Sub  S\n"
        assert run("code", "list", "--flat").out.splitlines()[3].startswith("Theme/Code ")

    def test_fields_are_changed_and_removed(self, run) -> None:
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

    def test_an_unused_code_is_removed_and_restored_by_undo(self, run) -> None:
        run("code", "add", "Theme/Code")
        assert run("code", "remove", "Theme").status == 1
        result = run("code", "remove", "Theme/Code", "Theme")
        assert "removed code Theme/Code (`sibtui undo` brings it back)." in result.err
        assert paths(run) == []
        run("undo")
        assert paths(run) == ["Theme", "Theme/Code"]

    def test_a_code_can_be_moved_among_its_siblings_below_another_code_and_to_the_top(self, run) -> None:
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

    def test_a_theme_can_be_moved_among_the_themes(self, run) -> None:
        for path in ("A", "B"):
            run("code", "add", path)
        run("code", "move", "B", "--position", "1")
        assert paths(run) == ["B", "A"]

    def test_control_characters_in_a_name_are_inert_in_the_tree(self, run) -> None:
        run("code", "add", "\x1b[31mRed\u202e[b]")
        for shown in (run("code", "list").out, run("code", "show", "31mRed").out):
            assert "Red" in shown
            assert "\x1b" not in shown
            assert "\u202e" not in shown

    def test_codes_with_similar_names_are_listed(self, run) -> None:
        run("code", "add", "A/Staff discretion")
        run("code", "add", "B/Discretion of staff")
        (row,) = run("code", "list", "--similar", "--format", "json").json
        assert (row["code"], row["similar"]) == ("A/Staff discretion", "B/Discretion of staff")
        assert row["name"] >= 80

    def test_an_empty_codebook_is_an_empty_list(self, run) -> None:
        assert run("code", "list").out == ""
        assert "no two codes are similar" in run("code", "list", "--similar").err

    @pytest.mark.parametrize("form", ["csv", "toml"])
    def test_an_exported_codebook_is_imported_unchanged(self, run, form: str) -> None:
        run("code", "add", "Theme/Code", "--definition", "=SUM(A1)\nin two lines", "--key", "C")
        exported = run("code", "export", "--format", form).out
        before = run("code", "list", "--format", "json").json
        run("undo")
        assert run("code", "import", "-", "--format", form, stdin=exported).status == 0
        assert run("code", "list", "--format", "json").json == before
        again = run("code", "import", "-", "--format", form, stdin=exported)
        assert "0 codes added, 0 changed, 2 already in the study." in again.err

    def test_a_code_that_differs_from_the_file_is_listed_and_changed_only_with_the_option_update(self, run) -> None:
        run("code", "add", "Theme", "--definition", "Old words", "--key", "T")
        rows = "path,definition,key\nTheme,New words,K\nOther,Another,\n"
        unchanged = run("code", "import", "-", stdin=rows)
        assert unchanged.status == 0
        assert unchanged.err == (
            "sibtui: Theme: definition “Old words” → “New words”\n"
            "sibtui: Theme: key “T” → “K”\n"
            "sibtui: 1 code differs and stays as it is: --update changes it.\n"
            "sibtui: 1 code added, 0 changed, 0 already in the study (`sibtui undo` takes it back).\n"
        )
        assert run("code", "show", "Theme", "--format", "json").facts["definition"] == "Old words"
        changed = run("code", "import", "-", "--update", stdin=rows)
        assert "Theme: definition “Old words” → “New words”" in changed.err
        assert "0 codes added, 1 changed, 1 already in the study (" in changed.err
        assert run("code", "show", "Theme", "--format", "json").facts["definition"] == "New words"

    def test_the_extension_chooses_the_format_and_files_are_not_overwritten(self, run) -> None:
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

    def test_an_invalid_codebook_is_refused_with_the_line_and_adds_nothing(self, run) -> None:
        result = run("code", "import", "-", stdin="path,status\nTheme,\nOther,best\n")
        assert result.status == 1
        assert "line 3: “status” is “best”" in result.err
        assert paths(run) == []


@pytest.mark.usefixtures("sample")
class TestSample:
    def test_the_count_of_a_code_leaves_out_the_codes_below_it(self, run) -> None:
        counted = {row["code"]: row["codings"] for row in run("code", "list", "--counts", "--format", "json").json}
        own = run("coding", "list", "--code", BUDGETS, "--no-subcodes", "--format", "json").json
        assert counted[BUDGETS] == len(own) > 0

    def test_the_error_suggests_a_code_for_a_misspelt_name_and_lists_all_matches_for_an_ambiguous_name(
        self, run
    ) -> None:
        assert f"did you mean “{BUDGETS}”" in run("code", "show", "Persnal budgets").err
        ambiguous = run("code", "show", "services")
        assert ambiguous.status == 1
        assert "fits" in ambiguous.err

    def test_a_renamed_code_keeps_its_codings_and_its_lineage(self, run) -> None:
        before = len(run("coding", "list", "--code", BUDGETS, "--format", "json").json)
        run("code", "rename", BUDGETS, "Own money")
        assert len(run("coding", "list", "--code", "Own money", "--format", "json").json) == before
        shown = run("code", "show", "Own money", "--format", "json").json
        assert any(BUDGETS in event["code"] for event in shown["lineage"])

    def test_a_merge_keeps_both_definitions_and_undo_restores_every_coding(self, run) -> None:
        before = run("coding", "list", "--format", "csv").out
        merged = run("code", "show", ASSETS, "--format", "json").facts
        result = run("code", "merge", "Community assets", "Social groups", "--into", BUDGETS, "--because", "tried out")
        assert result.status == 0
        assert ASSETS not in paths(run)
        lineage = run("code", "show", BUDGETS, "--format", "json").json["lineage"]
        assert any((event["note"], event["definition"]) == ("tried out", merged["definition"]) for event in lineage)
        assert run("coding", "list", "--format", "csv").out != before
        run("undo")
        assert run("coding", "list", "--format", "csv").out == before

    def test_split_moves_the_chosen_codings_to_a_new_code(self, run) -> None:
        first, second, *_ = (r["number"] for r in run("coding", "list", "--code", ASSETS, "--format", "json").json)
        run("code", "split", ASSETS, "Faith groups", "--coding", first, "--coding", second, "--because", "two things")
        split = run("coding", "list", "--code", "Faith groups", "--format", "json").json
        assert [row["number"] for row in split] == [first, second]
        assert run("code", "split", ASSETS, "Others", "--coding", first).status == 1
        assert "Strengths and co-production/Others" not in paths(run)

    def test_a_split_lists_the_matrix_rows_that_lost_codings(self, run) -> None:
        first, *_ = (r["number"] for r in run("coding", "list", "--code", ASSETS, "--format", "json").json)
        result = run("code", "split", ASSETS, "Faith groups", "--coding", first)
        assert result.status == 0
        assert "row “Integration with community assets” of table-1 draws on" in result.err
        assert result.err.count("no longer count in it") == 1

    def test_a_split_does_not_list_a_row_that_draws_on_the_parent_theme(self, run) -> None:
        for name in ("table-1", "table-2", "table-3", "table-4"):
            run("matrix", "remove", name)
        definition = 'name = "all"\ntitle = ""\n[[row]]\nlabel = "All"\ncodes = ["Strengths and co-production"]\n'
        assert run("matrix", "define", "-", stdin=definition).status == 0
        first, *_ = (r["number"] for r in run("coding", "list", "--code", ASSETS, "--format", "json").json)
        result = run("code", "split", ASSETS, "Faith groups", "--coding", first)
        assert (result.status, "draws on" in result.err) == (0, False)

    def test_retiring_a_retired_code_changes_nothing_and_restoring_reverses_a_retirement(self, run) -> None:
        assert "retired code" in run("code", "retire", BUDGETS, "--because", "-", stdin="too broad").err
        assert "nothing was changed" in run("code", "retire", BUDGETS).err
        assert run("code", "show", BUDGETS, "--format", "json").facts["status"] == "retired"
        run("code", "restore", BUDGETS)
        assert run("code", "show", BUDGETS, "--format", "json").facts["status"] == "active"

    def test_a_code_with_codings_is_not_removed(self, run) -> None:
        result = run("code", "remove", BUDGETS)
        assert (result.status, "merge or retire the code" in result.err) == (1, True)
