"""Options that would have no effect are refused with one sentence, and an option that takes one value is given once."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("sample")


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("coding list --where waiting --where judged", "--where takes one value: give it once."),
        ("coding list --limit 2 --limit 3", "--limit takes one value"),
        ("coding list --passages --where waiting --with-attribute mode", "--with-attribute adds columns to codings"),
        ("history list --limit 2 --limit 3", "--limit takes one value"),
        ("check --format json --format csv", "--format takes one value"),
        ("report words --no-subcodes", "--no-subcodes needs --code."),
        ("report coverage --speaker-pattern (?P<speaker>A):", "--speaker-pattern needs --speaker."),
        ("report saturation --seed 4", "--seed needs --table orders."),
        ("report saturation --seed 4 --shuffles 5 --table runs", "--shuffles and --seed need --table orders."),
        ("report words --force", "--force needs -o FILE"),
        ("report words --force -o -", "--force needs -o FILE"),
        ("report words --output= --format csv", "the name of the file is empty"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(run, command, error) -> None:
    refused = run(*command.split())
    assert (refused.status, refused.out) == (2, "")
    assert error in refused.err


def test_options_that_can_be_repeated_and_flags_are_not_refused(run) -> None:
    assert run("coding", "list", "--case", "SIB A", "--case", "SIB B", "--unattributed", "--unattributed").status == 0


def test_a_misspelt_command_is_still_reported_with_similar_names(run) -> None:
    assert "Did you mean coding" in run("codin", "list").err
    assert run("coding", "lst").status == 2


def test_several_lists_of_stop_words_are_joined(run, tmp_path) -> None:
    (tmp_path / "more.txt").write_text("people money")
    plain = {row["word"] for row in run("report", "words", "--format", "json").json}
    words = {
        row["word"]
        for row in run("report", "words", "--stop", "en", "--stop", tmp_path / "more.txt", "--format", "json").json
    }
    assert {"the", "people"} <= plain
    assert not {"the", "people", "money"} & words


def test_a_transcript_without_a_coding_that_passes_the_filter_is_reported(run) -> None:
    assert "No coding passes the filter" in run("export", "transcript", "t.html", "--text", "zeppelin").err
    assert "passes the filter" not in run("export", "transcript", "u.html").err


def test_a_saved_query_is_named_in_the_lines_under_a_report(run) -> None:
    run("query", "save", "Doubts", "certainty tentative")
    assert "Codings of the saved query “Doubts” only." in run("report", "coverage", "--query", "Doubts").out
    assert (
        "Codings of the query “certainty tentative” only."
        in run("report", "coverage", "--where", "certainty tentative").out
    )
