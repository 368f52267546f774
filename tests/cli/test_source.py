"""`sibtui source`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sibtui import Project

HOSTILE = "\x1b[31m[bold]=cmd|' /C calc'!A1\u202e"


@pytest.fixture
def notes() -> Path:
    """A folder of notes in the current one: two that can be read, and things that are left alone."""
    folder = Path("notes")
    (folder / "deeper").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "one.md").write_text("---\ncases: [SIB A]\npeople: 2\n---\n\n# First\n\nWords.\n", encoding="utf-8")
    (folder / "deeper" / "two.txt").write_text("Other words.\n", encoding="utf-8")
    (folder / ".hidden" / "three.txt").write_text("Hidden.\n", encoding="utf-8")
    (folder / ".four.txt").write_text("Hidden.\n", encoding="utf-8")
    (folder / "five.jpg").write_bytes(b"\xff\xd8")
    return folder


@pytest.mark.usefixtures("empty")
class TestAdd:
    def test_a_folder_is_read_at_any_depth_without_hidden_files_and_other_kinds(self, run, notes: Path) -> None:
        done = run("source", "add", notes)
        assert done.status == 0
        assert "2 sources added (`sibtui undo` takes it back)" in done.err
        assert "1 other file in notes left alone (.jpg)" in done.err
        assert [row["name"] for row in run("source", "list", "--format", "json").json] == ["one", "two"]

    def test_the_facts_of_a_front_matter_are_kept_and_a_new_case_is_told(self, run, notes: Path) -> None:
        done = run("source", "add", notes / "one.md")
        assert "“SIB A” is a new case" in done.err
        facts = run("source", "show", "one", "--format", "json").facts
        assert (facts["title"], facts["cases"], facts["attribute: people"]) == ("First", "SIB A", "2")

    def test_options_overrule_the_front_matter(self, run, notes: Path) -> None:
        run("source", "add", notes / "one.md", "--name", "n1", "--kind", "report", "--case", "SIB B", "--case", "SIB C")
        (row,) = run("source", "list", "--format", "json").json
        assert (row["name"], row["kind"], row["cases"]) == ("n1", "report", "SIB B; SIB C")

    def test_the_same_file_twice_is_said_and_skipped(self, run, notes: Path) -> None:
        run("source", "add", notes)
        again = run("source", "add", notes / "one.md")
        assert again.status == 0
        assert "skipped: notes/one.md is in the study already, as one" in again.err
        assert "undo" not in again.err

    def test_what_is_refused_is_told_and_the_rest_is_added(self, run, notes: Path) -> None:
        done = run("source", "add", notes, "missing.txt", "notes/five.jpg")
        assert done.status == 1
        assert "refused: Cannot read missing.txt: No such file" in done.err
        assert "five.jpg was not read: .jpg files cannot be read" in done.err
        assert "2 sources added, 2 refused" in done.err
        assert len(run("source", "list", "--format", "json").json) == 2

    def test_a_second_file_of_the_same_name_is_refused(self, run, notes: Path) -> None:
        (notes / "deeper" / "one.txt").write_text("Not the first.\n", encoding="utf-8")
        done = run("source", "add", notes)
        assert done.status == 1
        assert "There is another source “one”" in done.err

    def test_strict_adds_nothing_when_anything_is_refused(self, run, notes: Path) -> None:
        assert run("source", "add", "--strict", notes, "missing.txt").status == 1
        (notes / "deeper" / "one.txt").write_text("Not the first.\n", encoding="utf-8")
        assert run("source", "add", "--strict", notes).status == 1
        assert run("source", "list", "--format", "json").json == []

    def test_a_guess_of_the_encoding_is_told_with_how_sure_it_is(self, run) -> None:
        Path("old.txt").write_bytes("Naïveté, déjà vu – café".encode("cp1252"))
        done = run("source", "add", "old.txt")
        assert "old.txt was read as cp1252, which is a guess (85 of 100 sure)" in done.err
        assert run("source", "show", "old", "--text").out == "Naïveté, déjà vu – café\n"

    def test_a_told_encoding_is_no_guess(self, run) -> None:
        Path("old.txt").write_bytes("Žluťoučký kůň".encode("cp1250"))
        done = run("source", "add", "old.txt", "--encoding", "cp1250")
        assert "guess" not in done.err
        assert run("source", "show", "old", "--text").out == "Žluťoučký kůň\n"

    def test_a_link_out_of_the_folder_is_not_followed(self, run, notes: Path) -> None:
        Path("private.txt").write_text("Not for the study.\n", encoding="utf-8")
        (notes / "link.txt").symlink_to(Path("private.txt").resolve())
        (notes / "outside").symlink_to(Path("..").resolve(), target_is_directory=True)
        run("source", "add", notes)
        assert {row["name"] for row in run("source", "list", "--format", "json").json} == {"one", "two"}

    def test_a_link_to_a_note_in_the_folder_is_that_note(self, run, notes: Path) -> None:
        (notes / "alias.txt").symlink_to("deeper/two.txt")
        assert "as two" in run("source", "add", notes / "deeper", notes).err

    def test_control_characters_of_a_text_reach_no_terminal_but_a_file_whole(self, run) -> None:
        run("source", "add", "-", "--name", "n", stdin="\x1b]0;x\x07 words\n")
        for options in (("--text",), ("--lines",)):
            shown = run("source", "show", "n", *options, terminal=True).out
            assert "words" in shown
            assert "\x1b" not in shown
            assert "\x1b" in run("source", "show", "n", *options).out

    def test_stdin_needs_a_name(self, run) -> None:
        assert run("source", "add", "-", stdin="Words.").status == 2
        assert run("source", "add", "-", "--name", "heard", stdin="Words.").status == 0
        assert run("source", "show", "heard", "--text").out == "Words.\n"

    def test_a_name_is_for_a_single_file(self, run, notes: Path) -> None:
        assert run("source", "add", notes, "--name", "x").status == 2
        assert run("source", "add", notes / "one.md", notes / "deeper/two.txt", "--name", "x").status == 2

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_a_folder_that_cannot_be_read_is_told(self, run, notes: Path) -> None:
        (notes / "deeper").chmod(0)
        done = run("source", "add", notes)
        (notes / "deeper").chmod(0o700)
        assert (done.status, "Cannot read notes/deeper" in done.err) == (1, True)

    def test_all_of_one_command_is_undone_by_one_undo(self, run, notes: Path) -> None:
        run("source", "add", notes)
        run("undo")
        assert run("source", "list", "--format", "json").json == []
        assert run("case", "list", "--format", "json").json == []

    def test_a_hostile_name_is_shown_inert_and_stored_as_it_is(self, run) -> None:
        added = run("source", "add", "-", "--name", HOSTILE, stdin="Words.")
        shown = run("source", "list")
        for text in (added.err, shown.out):
            assert "[bold]=cmd" in text
            assert "\x1b" not in text
            assert "\u202e" not in text
        assert run("source", "list", "--format", "csv").out.splitlines()[1].startswith("\x1b")
        assert run("source", "list", "--format", "json").json[0]["name"] == HOSTILE
        assert run("source", "remove", HOSTILE).status == 0


@pytest.mark.usefixtures("sample")
class TestSample:
    def test_a_list_is_narrowed_by_kind_case_and_reading(self, run) -> None:
        listed = run("source", "list", "--kind", "interview", "--case", "sib b", "--format", "json").json
        assert [row["name"] for row in listed] == ["b1", "m1", "m2", "m3"]
        assert run("source", "list", "--reading", "unread", "--format", "json").json == []

    def test_a_text_is_shown_as_it_is_stored(self, run, sample: Path) -> None:
        with Project.open(sample) as project:
            stored = project.sources.text("b1")
        assert run("source", "show", "b1", "--text").out in (stored, f"{stored}\n")

    def test_lines_begin_with_offsets_that_a_span_can_use(self, run) -> None:
        text = run("source", "show", "b1", "--text").out
        lines = run("source", "show", "b1", "--lines").out.splitlines()
        for line in lines[:20]:
            offset, _, shown = line.lstrip().partition("  ")
            assert text[int(offset) :].startswith(shown)

    def test_a_misspelt_source_is_answered_with_the_nearest(self, run) -> None:
        done = run("source", "show", "b11")
        assert (done.status, done.out) == (1, "")
        assert "“b1”" in done.err

    def test_facts_are_changed_together_and_undone_together(self, run) -> None:
        before = run("source", "show", "b1", "--format", "json").facts
        done = run(
            "source", "set", "b1", "--name", "b1x", "--title", "Other", "--kind", "other", "--fidelity", "verbatim",
            "--reading", "in progress", "--attribute", "MODE=in person", "--attribute", "weather=rain",
            "--no-attribute", "people", "--topic", "Personal budgets=none", "--topic", "Legacy after the contract=not asked",
        )  # fmt: skip
        assert done.status == 0, done.err
        after = run("source", "show", "b1x", "--format", "json").facts
        assert {after[fact] for fact in ("title", "kind", "fidelity", "reading", "read")} == {
            "Other", "other", "verbatim", "in progress", "",
        }  # fmt: skip
        assert (after["attribute: mode"], after["attribute: weather"]) == ("in person", "rain")
        assert "attribute: people" not in after
        assert "topic: Innovative services/Personal budgets" not in after
        assert after["topic: Wider system/Legacy after the contract"] == "not asked"
        run("undo")
        assert run("source", "show", "b1", "--format", "json").facts == before

    def test_read_counts_from_now(self, run) -> None:
        before = run("source", "show", "b1", "--format", "json").facts["read"]
        run("source", "set", "b1", "--read")
        assert run("source", "show", "b1", "--format", "json").facts["read"] > before

    def test_codings_follow_a_source_to_its_new_case(self, run) -> None:
        done = run("source", "set", "b1", "--case", "SIB C")
        assert "codings of it now speak of its case" in done.err
        assert run("coding", "list", "--source", "b1", "--case", "SIB B", "--format", "json").json == []

    def test_a_source_may_touch_no_case(self, run) -> None:
        run("source", "add", "-", "--name", "fresh", "--case", "SIB A", stdin="New words.")
        run("source", "set", "fresh", "--no-cases")
        assert run("source", "show", "fresh", "--format", "json").facts["cases"] == ""
        assert run("source", "set", "b1", "--no-cases", "--case", "SIB A").status == 2

    def test_codings_are_carried_over_to_a_corrected_text(self, run) -> None:
        text = run("source", "show", "b1", "--text").out
        quotes = [row["quote"] for row in run("coding", "list", "--source", "b1", "--format", "json").json]
        Path("b1.md").write_text(f"---\ntitle: left aside\n---\n\nAdded in front.\n{text}", encoding="utf-8")
        done = run("source", "set", "b1", "--text", "b1.md")
        assert f"{len(quotes)} codings carried over to the new text of b1, {len(quotes)} moved" in done.err
        rows = run("coding", "list", "--source", "b1", "--format", "json").json
        corrected = run("source", "show", "b1", "--text").out
        assert [corrected[row["start"] : row["end"]] for row in rows] == quotes
        facts = run("source", "show", "b1", "--format", "json").facts
        assert (facts["version"], facts["title"]) == (2, "SIB B, youth charity")

    def test_a_corrected_text_that_loses_a_coding_is_refused_whole(self, run) -> None:
        done = run("source", "set", "b1", "--text", "-", "--title", "Other", stdin="Nothing of it.\n")
        assert done.status == 1
        assert "have no certain place in the new text" in done.err
        assert run("source", "show", "b1", "--format", "json").facts["title"] == "SIB B, youth charity"

    def test_a_text_that_is_so_already_makes_no_new_version(self, run) -> None:
        text = run("source", "show", "b1", "--text").out
        stored = run("source", "show", "b1", "--format", "json").facts["characters"]
        done = run("source", "set", "b1", "--text", "-", stdin=text[:stored])
        assert "is so already" in done.err
        assert "nothing was changed" in done.err

    @pytest.mark.parametrize(
        "arguments", [[], ["--attribute", "x"], ["--topic", "Personal budgets=perhaps"], ["--kind", "song"]]
    )
    def test_what_cannot_be_meant_is_a_usage_error(self, run, arguments: list[str]) -> None:
        done = run("source", "set", "b1", *arguments)
        assert (done.status, done.out) == (2, "")

    def test_an_attribute_that_there_is_not_cannot_be_taken_away(self, run) -> None:
        done = run("source", "set", "b1", "--no-attribute", "peple")
        assert (done.status, "“people”" in done.err) == (1, True)

    def test_sources_go_with_their_codings_and_come_back_with_them(self, run) -> None:
        before = run("coding", "list", "--format", "csv").out
        done = run("source", "remove", "b1", "c1")
        assert done.status == 0
        assert "removed source b1 with" in done.err
        assert "`sibtui undo` brings it back" in done.err
        assert run("coding", "list", "--source", "b1").status == 1
        run("undo")
        assert run("coding", "list", "--format", "csv").out == before

    def test_one_source_that_is_not_there_keeps_all(self, run) -> None:
        assert run("source", "remove", "b1", "nowhere-like").status == 1
        assert run("source", "show", "b1").status == 0

    def test_coverage_lists_what_was_asked(self, run) -> None:
        rows = run("source", "coverage", "--source", "B1", "--format", "json").json
        assert {row["source"] for row in rows} == {"b1"}
        assert {"source": "b1", "topic": "Innovative services/Personal budgets", "state": "asked"} in rows
        assert len(run("source", "coverage", "--format", "json").json) > len(rows)
