"""`sibtui source`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sibtui import Project

HOSTILE = "\x1b[31m[bold]=cmd|' /C calc'!A1\u202e"


@pytest.fixture
def notes() -> Path:
    """Return a folder with two readable notes, hidden files and a picture."""
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
        result = run("source", "add", notes)
        assert result.status == 0
        assert "2 sources added (`sibtui undo` takes it back)" in result.err
        assert "1 other file in notes left alone (.jpg)" in result.err
        assert [row["name"] for row in run("source", "list", "--format", "json").rows] == ["one", "two"]

    def test_a_json_file_in_a_folder_is_read_only_if_it_is_a_transcript(self, run, notes: Path) -> None:
        (notes / "talk.json").write_text('{"segments": [{"start": 1, "text": "Hi."}]}', encoding="utf-8")
        (notes / "settings.json").write_text("{}", encoding="utf-8")
        result = run("source", "add", notes)
        assert (result.status, "3 sources added" in result.err) == (0, True)
        assert "2 other files in notes left alone (.jpg and .json)" in result.err

    def test_front_matter_sets_fields_and_a_new_case_is_reported(self, run, notes: Path) -> None:
        result = run("source", "add", notes / "one.md")
        assert "“SIB A” is a new case" in result.err
        facts = run("source", "show", "one", "--format", "json").facts
        assert (facts["title"], facts["cases"], facts["attribute: people"]) == ("First", "SIB A", "2")

    def test_an_empty_note_is_added_and_reported(self, run, empty: Path) -> None:
        Path("empty.md").write_text("---\ntitle: Later\n---\n", encoding="utf-8")
        result = run("source", "add", "empty.md")
        assert result.status == 0
        assert "empty.md: there is no text in the file.\n" in result.err

    def test_options_are_preferred_to_the_front_matter(self, run, notes: Path) -> None:
        run("source", "add", notes / "one.md", "--name", "n1", "--kind", "report", "--case", "SIB B", "--case", "SIB C")
        (row,) = run("source", "list", "--format", "json").rows
        assert (row["name"], row["kind"], row["cases"]) == ("n1", "report", "SIB B; SIB C")

    def test_a_file_added_twice_is_skipped_with_a_message(self, run, notes: Path) -> None:
        run("source", "add", notes)
        again = run("source", "add", notes / "one.md")
        assert again.status == 0
        assert "skipped: notes/one.md is already in the study, as one" in again.err
        assert "undo" not in again.err

    def test_refused_files_are_listed_and_the_others_are_added(self, run, notes: Path) -> None:
        result = run("source", "add", notes, "missing.txt", "notes/five.jpg")
        assert result.status == 1
        assert "refused: Cannot read missing.txt: No such file" in result.err
        assert "five.jpg was not read: .jpg files cannot be read" in result.err
        assert "2 sources added, 2 refused" in result.err
        assert len(run("source", "list", "--format", "json").rows) == 2

    def test_a_second_file_of_the_same_name_is_refused(self, run, notes: Path) -> None:
        (notes / "deeper" / "one.txt").write_text("Not the first.\n", encoding="utf-8")
        result = run("source", "add", notes)
        assert result.status == 1
        assert "There is already a source “one”" in result.err

    def test_the_option_strict_adds_nothing_if_a_file_is_refused(self, run, notes: Path) -> None:
        assert run("source", "add", "--strict", notes, "missing.txt").status == 1
        (notes / "deeper" / "one.txt").write_text("Not the first.\n", encoding="utf-8")
        assert run("source", "add", "--strict", notes).status == 1
        assert run("source", "list", "--format", "json").rows == []

    def test_a_guessed_encoding_is_reported_with_its_confidence(self, run) -> None:
        Path("old.txt").write_bytes("Naïveté, déjà vu – café".encode("cp1252"))
        result = run("source", "add", "old.txt")
        assert "old.txt was read as cp1252, which is a guess (50 of 100 sure)" in result.err
        assert run("source", "show", "old", "--text").out == "Naïveté, déjà vu – café\n"

    def test_a_given_encoding_is_not_reported_as_a_guess(self, run) -> None:
        Path("old.txt").write_bytes("Žluťoučký kůň".encode("cp1250"))
        result = run("source", "add", "old.txt", "--encoding", "cp1250")
        assert "guess" not in result.err
        assert run("source", "show", "old", "--text").out == "Žluťoučký kůň\n"

    def test_a_link_to_a_file_outside_the_folder_is_not_followed(self, run, notes: Path) -> None:
        Path("private.txt").write_text("Not for the study.\n", encoding="utf-8")
        (notes / "link.txt").symlink_to(Path("private.txt").resolve())
        (notes / "outside").symlink_to(Path("..").resolve(), target_is_directory=True)
        run("source", "add", notes)
        assert {row["name"] for row in run("source", "list", "--format", "json").rows} == {"one", "two"}

    def test_a_link_to_a_note_in_the_folder_is_read_once(self, run, notes: Path) -> None:
        (notes / "alias.txt").symlink_to("deeper/two.txt")
        assert "as two" in run("source", "add", notes / "deeper", notes).err

    def test_control_characters_of_a_text_are_inert_on_a_terminal_and_kept_in_a_file(self, run) -> None:
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

    def test_a_dry_run_lists_the_sources_and_stores_nothing(self, run, notes: Path) -> None:
        result = run("source", "add", notes, "--case", "SIB Z", "--dry-run")
        assert result.status == 0
        assert "would add one (" in result.err
        assert "“SIB Z” would be a new case." in result.err
        assert "2 sources would be added (a dry run: nothing was changed)." in result.err
        assert run("source", "list", "--format", "json").json == []

    def test_a_name_for_several_files_is_refused(self, run, notes: Path) -> None:
        assert run("source", "add", notes, "--name", "x").status == 2
        assert run("source", "add", notes / "one.md", notes / "deeper/two.txt", "--name", "x").status == 2

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
    def test_an_unreadable_folder_is_reported(self, run, notes: Path) -> None:
        (notes / "deeper").chmod(0)
        result = run("source", "add", notes)
        (notes / "deeper").chmod(0o700)
        assert (result.status, "Cannot read notes/deeper" in result.err) == (1, True)

    def test_one_undo_removes_everything_that_one_command_added(self, run, notes: Path) -> None:
        run("source", "add", notes)
        run("undo")
        assert run("source", "list", "--format", "json").rows == []
        assert run("case", "list", "--format", "json").rows == []

    def test_a_name_with_control_characters_is_printed_inert_and_stored_unchanged(self, run) -> None:
        added = run("source", "add", "-", "--name", HOSTILE, stdin="Words.")
        shown = run("source", "list")
        for text in (added.err, shown.out):
            assert "[bold]=cmd" in text
            assert "\x1b" not in text
            assert "\u202e" not in text
        assert run("source", "list", "--format", "csv").out.splitlines()[1].startswith("\x1b")
        assert run("source", "list", "--format", "json").rows[0]["name"] == HOSTILE
        assert run("source", "remove", HOSTILE).status == 0


@pytest.mark.usefixtures("sample")
class TestSample:
    def test_a_list_is_filtered_by_kind_case_and_reading(self, run) -> None:
        listed = run("source", "list", "--kind", "interview", "--case", "sib b", "--format", "json").rows
        assert [row["name"] for row in listed] == ["b1", "m1", "m2", "m3"]
        assert run("source", "list", "--reading", "unread", "--format", "json").rows == []

    def test_a_text_is_printed_exactly_as_stored(self, run, sample: Path) -> None:
        with Project.open(sample) as project:
            stored = project.sources.text("b1")
        assert run("source", "show", "b1", "--text").out in (stored, f"{stored}\n")

    def test_lines_begin_with_offsets_that_a_span_can_use(self, run) -> None:
        text = run("source", "show", "b1", "--text").out
        lines = run("source", "show", "b1", "--lines").out.splitlines()
        for line in lines[:20]:
            offset, _, shown = line.lstrip().partition("  ")
            assert text[int(offset) :].startswith(shown)

    def test_a_misspelt_source_is_refused_with_a_suggestion(self, run) -> None:
        result = run("source", "show", "b11")
        assert (result.status, result.out) == (1, "")
        assert "“b1”" in result.err

    def test_fields_are_changed_together_and_undone_together(self, run) -> None:
        before = run("source", "show", "b1", "--format", "json").facts
        result = run(
            "source", "set", "b1", "--name", "b1x", "--title", "Other", "--kind", "other", "--fidelity", "verbatim",
            "--reading", "in progress", "--attribute", "MODE=in person", "--attribute", "weather=rain",
            "--no-attribute", "people", "--topic", "Personal budgets=none", "--topic", "Legacy after the contract=not asked",
        )  # fmt: skip
        assert result.status == 0, result.err
        after = run("source", "show", "b1x", "--format", "json").facts
        assert {after[fact] for fact in ("title", "kind", "fidelity", "reading")} == {
            "Other", "other", "verbatim", "read",  # by R2: who sets it to “in progress” here has not read it
        }  # fmt: skip
        assert (after["attribute: mode"], after["attribute: weather"]) == ("in person", "rain")
        assert "attribute: people" not in after
        assert "topic: Innovative services/Personal budgets" not in after
        assert after["topic: Wider system/Legacy after the contract"] == "not asked"
        run("undo")
        assert run("source", "show", "b1", "--format", "json").facts == before

    def test_the_option_read_records_a_reading_at_the_current_time(self, run) -> None:
        before = run("source", "show", "b1", "--format", "json").facts["read"]
        run("source", "set", "b1", "--read")
        assert run("source", "show", "b1", "--format", "json").facts["read"] > before

    def test_codings_get_the_new_single_case_of_their_source(self, run) -> None:
        result = run("source", "set", "b1", "--case", "SIB C")
        assert "codings of b1 got its case" in result.err
        assert run("coding", "list", "--source", "b1", "--case", "SIB B", "--format", "json").rows == []

    def test_a_source_can_have_no_case(self, run) -> None:
        run("source", "add", "-", "--name", "fresh", "--case", "SIB A", stdin="New words.")
        run("source", "set", "fresh", "--no-cases")
        assert run("source", "show", "fresh", "--format", "json").facts["cases"] == ""
        assert run("source", "set", "b1", "--no-cases", "--case", "SIB A").status == 2

    def test_codings_are_carried_over_to_a_corrected_text(self, run) -> None:
        text = run("source", "show", "b1", "--text").out
        quotes = [row["quote"] for row in run("coding", "list", "--source", "b1", "--format", "json").rows]
        Path("b1.md").write_text(f"---\ntitle: left aside\n---\n\nAdded in front.\n{text}", encoding="utf-8")
        result = run("source", "set", "b1", "--text", "b1.md")
        assert f"{len(quotes)} codings carried over to the new text of b1, {len(quotes)} moved" in result.err
        rows = run("coding", "list", "--source", "b1", "--format", "json").rows
        corrected = run("source", "show", "b1", "--text").out
        assert [corrected[row["start"] : row["end"]] for row in rows] == quotes
        facts = run("source", "show", "b1", "--format", "json").facts
        assert (facts["version"], facts["title"]) == (2, "SIB B, youth charity")

    def test_codings_with_an_uncertain_place_are_counted_and_keep_their_quotes(self, run) -> None:
        quotes = sorted(row["quote"] for row in run("coding", "list", "--source", "b1", "--format", "json").rows)
        result = run("source", "set", "b1", "--text", "-", stdin="Nothing of it.\n")
        assert (
            f"{len(quotes)} codings have no certain place and keep the old quote: `sibtui coding review`" in result.err
        )
        rows = run("coding", "review", "b1", "--format", "json").rows
        assert sorted(row["quote"] for row in rows) == quotes
        assert (
            sorted(row["quote"] for row in run("coding", "list", "--source", "b1", "--format", "json").rows) == quotes
        )
        assert run("undo").status == 0
        assert "every coding has a certain place" in run("coding", "review").err

    def test_a_correction_is_refused_only_for_an_empty_text(self, run) -> None:
        result = run("source", "set", "b1", "--text", "-", "--title", "Other", stdin="")
        assert result.status == 1
        assert run("source", "show", "b1", "--format", "json").facts["title"] == "SIB B, youth charity"

    def test_old_and_new_words_are_listed_and_versions_compared(self, run) -> None:
        coding = run("coding", "show", "12", "--format", "json").facts
        text = run("source", "show", "a1", "--text").out
        changed = coding["quote"].replace("none", "all", 1)
        result = run("source", "set", "a1", "--text", "-", stdin=text.replace(coding["quote"], changed))
        assert "with corrected words" in result.err
        assert "coding 12: “" in result.err
        assert run("coding", "show", "12", "--format", "json").facts["quote"] == changed
        versions = run("source", "versions", "a1", "--format", "json").rows
        assert [(row["version"], row["current"]) for row in versions] == [(1, False), (2, True)]
        assert changed in run("source", "diff", "a1").out
        assert "has no changed lines there" in run("source", "diff", "a1", "2", "2").err

    def test_the_nearest_passages_are_accepted_by_number_or_by_score(self, run) -> None:
        coding = run("coding", "show", "12", "--format", "json").facts
        text = run("source", "show", "a1", "--text").out
        run("source", "set", "a1", "--text", "-", stdin=text.replace(coding["quote"], "Somebody needs something."))
        [row] = run("coding", "review", "--format", "json").rows
        assert (row["number"], row["quote"]) == (12, coding["quote"])
        assert "12" in run("coding", "review").out
        assert "place undecided" in run("coding", "list", "--source", "a1").out
        assert run("coding", "accept").status == 2
        assert "no coding of the review has such a score" in run("coding", "accept", "--min-score", "100").err
        assert "placed 1 coding" in run("coding", "accept", "--min-score", str(row["score"])).err
        assert run("coding", "show", "12", "--format", "json").facts["quote"] == row["nearest"]
        assert "is certain already" in run("coding", "accept", "12").err

    def test_each_replaced_place_is_listed_with_the_old_and_new_words(self, run) -> None:
        foreseen = run("source", "replace", "rate card", "price list", "--dry-run", "--format", "json")
        assert "would change" in foreseen.err
        done = run("source", "replace", "rate card", "price list", "--format", "json")
        assert done.rows == foreseen.rows
        assert {row["after"].count("price list") for row in done.rows} >= {1}
        assert "is in no note in this spelling" in run("source", "replace", "rate card", "x").err
        assert run("source", "replace", "", "x").status == 1

    def test_an_unchanged_text_makes_no_new_version(self, run) -> None:
        text = run("source", "show", "b1", "--text").out
        stored = run("source", "show", "b1", "--format", "json").facts["characters"]
        result = run("source", "set", "b1", "--text", "-", stdin=text[:stored])
        assert "has this content already" in result.err
        assert "nothing was changed" in result.err

    @pytest.mark.parametrize(
        "arguments", [[], ["--attribute", "x"], ["--topic", "Personal budgets=perhaps"], ["--kind", "song"]]
    )
    def test_contradicting_or_missing_options_are_a_usage_error(self, run, arguments: list[str]) -> None:
        result = run("source", "set", "b1", *arguments)
        assert (result.status, result.out) == (2, "")

    def test_a_missing_attribute_cannot_be_removed(self, run) -> None:
        result = run("source", "set", "b1", "--no-attribute", "peple")
        assert (result.status, "“people”" in result.err) == (1, True)

    def test_undo_restores_removed_sources_with_their_codings(self, run) -> None:
        before = run("coding", "list", "--format", "csv").out
        result = run("source", "remove", "b1", "c1")
        assert result.status == 0
        assert "removed source b1 with" in result.err
        assert "`sibtui undo` brings it back" in result.err
        assert run("coding", "list", "--source", "b1").status == 1
        run("undo")
        assert run("coding", "list", "--format", "csv").out == before

    def test_nothing_is_removed_if_one_source_is_missing(self, run) -> None:
        assert run("source", "remove", "b1", "nowhere-like").status == 1
        assert run("source", "show", "b1").status == 0

    def test_the_command_topics_lists_the_topic_records(self, run) -> None:
        rows = run("source", "topics", "--source", "B1", "--format", "json").json
        assert {row["source"] for row in rows} == {"b1"}
        code = "Innovative services/Personal budgets"
        personal = {"source": "b1", "case": "", "code": code, "topic": code, "state": "asked"}
        assert personal in rows
        assert len(run("source", "topics", "--format", "json").json) > len(rows)
        assert run("source", "coverage", "--source", "b1", "--format", "json").json == rows
        assert "coverage" not in run("source", "--help").out

    def test_a_topic_record_of_one_case_keeps_the_cases_of_the_source(self, run) -> None:
        before = run("source", "show", "m1", "--format", "json").facts
        topic = "Recruitment and training"
        result = run("source", "set", "m1", "--topic", f"{topic}=not asked", "--case", "SIB C", "--case", "sib d")
        assert result.status == 0, result.err
        rows = run("source", "topics", "--source", "m1", "--format", "json").json
        assert [row["case"] for row in rows if row["topic"].endswith(topic) and row["state"] == "not asked"] == [
            "SIB C", "SIB D",
        ]  # fmt: skip
        after = run("source", "show", "m1", "--format", "json").facts
        assert after["cases"] == before["cases"]
        assert [after[fact] for fact in after if fact.endswith(f"{topic}, SIB C")] == ["not asked"]
        run("source", "set", "m1", "--topic", f"{topic}=none", "--case", "SIB C", "--case", "SIB D")
        assert run("source", "show", "m1", "--format", "json").facts == before

    def test_a_topic_record_of_another_case_is_refused(self, run) -> None:
        result = run("source", "set", "b1", "--topic", "Personal budgets=not asked", "--case", "SIB A")
        assert (result.status, "“b1” is not about SIB A" in result.err) == (1, True)

    def test_readings_of_other_coders_are_named_when_a_source_is_marked_unread(self, run) -> None:
        run("source", "set", "b1", "--read")
        facts = run("source", "show", "b1", "--format", "json").facts
        assert list(facts)[list(facts).index("read") :][:3] == ["read", "read by R2", "read by R9"]
        row = next(row for row in run("source", "list", "--format", "json").rows if row["name"] == "b1")
        assert (row["reading"], row["read_by"]) == ("read", "R2; R9")
        result = run("source", "set", "b1", "--unread")
        assert "b1 is still read by R2: `sibtui reading remove b1 --coder R2` removes that reading." in result.err
        assert "still" not in run("source", "set", "b1", "--read").err
        run("reading", "remove", "b1", "--coder", "R2")
        assert "still" not in run("source", "set", "b1", "--reading", "in progress").err
        facts = run("source", "show", "b1", "--format", "json").facts
        assert (facts["reading"], facts["read"]) == ("in progress", "")

    def test_a_source_is_shown_with_its_readings_for_single_codes(self, run) -> None:
        run("reading", "add", "b1", "--code", "Personal budgets", "--at", "2026-11-28T10:00:00Z")
        facts = run("source", "show", "b1", "--format", "json").facts
        assert facts["read by R9 for Innovative services/Personal budgets"] == "2026-11-28T10:00:00Z"


@pytest.mark.usefixtures("sample")
def test_several_sources_are_changed_and_moved_in_one_act(run) -> None:
    first = [row["name"] for row in run("source", "list", "--format", "json").rows]
    result = run("source", "set", first[2], first[1], "--kind", "report", "--position", "1")
    assert result.status == 0
    assert "changed 2 sources" in result.err
    rows = run("source", "list", "--format", "json").rows
    assert [row["name"] for row in rows] == [first[2], first[1], first[0], *first[3:]]
    assert [row["kind"] for row in rows[:2]] == ["report", "report"]
    assert run("source", "set", first[0], first[1], "--name", "x").status == 2
    run("undo")
    assert [row["name"] for row in run("source", "list", "--format", "json").rows] == first


@pytest.mark.usefixtures("empty")
def test_the_language_of_study_and_sources_is_set_and_shown(run, tmp_path) -> None:
    (tmp_path / "n.txt").write_text("Text.", "utf-8")
    run("source", "add", tmp_path / "n.txt", "--language", "de-AT")
    facts = run("source", "show", "n", "--format", "json").facts
    assert facts["language"] == "de"
    assert run("source", "set", "n", "--language", "fr").status == 0
    assert run("study", "set", "--language", "nl").status == 0
    facts = run("study", "show", "--format", "json").facts
    assert facts["language"] == "nl"
    result = run("source", "set", "n", "--language", "French")
    assert (result.status, "“French” is not a language code" in result.err) == (1, True)
    assert run("new", tmp_path / "d.sibtui", "--language", "da").status == 0
