"""`sibtui coding add --search`, `--speaker` and `--heading`."""

from __future__ import annotations

import pytest


def test_a_dry_run_shows_the_passages_and_codes_nothing(run, sample):
    result = run("coding", "add", "--search", "rate card", "--span", "sentence", "--code", "Rate card", "--dry-run")
    assert "a2 728:777: Straight from there to the rate card, unprompted." in result.err
    assert "would add 10 codings of SIB structure and partners/Rate card, 1 of them without a case." in result.err
    assert run("coding", "list", "--how", "search", "--format", "json").json == []


def test_passages_with_words_are_coded_and_listed_with_their_origin(run, sample):
    result = run(
        "coding", "add", "--search", "rate card", "--span", "sentence", "--code", "Rate card", "--source", "a2"
    )
    assert "added 1 coding of SIB structure and partners/Rate card" in result.err
    [found] = run("coding", "list", "--how", "search", "--format", "json").json
    assert (found["source"], found["how"]) == ("a2", "search")
    assert "by search" in run("coding", "list", "--how", "search").out
    assert run("coding", "show", str(found["number"]), "--format", "json").json["how"] == "search"
    again = run("coding", "add", "--search", "rate card", "--span", "sentence", "--code", "Rate card", "--source", "a2")
    assert "nothing was changed: 0 codings" in again.err


def test_only_the_sources_of_a_set_are_coded(run, sample):
    run("source", "set", "a2", "--set", "pilot")
    run("coding", "add", "--search", "rate card", "--code", "Rate card", "--set", "pilot")
    found = run("coding", "list", "--how", "search", "--format", "json").json
    assert {coding["source"] for coding in found} == {"a2"}


def test_the_text_below_a_heading_is_coded(run, sample):
    result = run("coding", "add", "--heading", "rate card", "--code", "Rate card", "--case", "SIB A")
    assert (result.status, "added 2 codings" in result.err) == (0, True)
    assert run("undo").status == 0


def test_the_search_of_sources_keeps_the_origin_too(run, sample):
    run("source", "search", "rate card", "--code", "Rate card")
    assert len(run("coding", "list", "--how", "search", "--format", "json").json) > 5


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("a1",), "Give the source and the code"),
        (("a1", "Rate card", "--span", "sentence"), "--span sentence needs --search"),
        (("a1", "Rate card", "--span", "1:5", "--dry-run"), "--dry-run needs --search"),
        (("a1", "Rate card", "--span", "1:5", "--source", "a1"), "--source needs --search"),
        (("a1", "Rate card", "--span", "1:5", "--set", "x"), "--set needs --search"),
        (("a1", "Rate card", "--span", "1:5", "--code", "x"), "--code needs --search"),
        (("--search", "x"), "need --code"),
        (("a1", "--search", "x", "--code", "Rate card"), "take --source in place of SOURCE"),
        (("--search", "x", "--heading", "y", "--code", "Rate card"), "Give only one of --search"),
        (("--search", "x", "--search", "y", "--code", "Rate card"), "Several --search need --within"),
        (("--search", "x", "--within", "3", "--code", "Rate card"), "--within needs several"),
        (("--heading", "x", "--within", "3", "--code", "Rate card"), "--within needs"),
        (("a1", "Rate card", "--span", "1:5", "--within", "0"), "--within needs --search"),
        (("--heading", "x", "--regex", "--code", "Rate card"), "--regex needs --search"),
        (("--heading", "x", "--speaker-pattern", "(?P<speaker>A):", "--code", "Rate card"), "--speaker-pattern needs"),
        (("--search", "x", "--span", "1:5", "--code", "Rate card"), "leave out offsets"),
        (("--search", "x", "--quote", "y", "--code", "Rate card"), "leave out offsets"),
    ],
)
def test_options_that_do_not_go_together_are_refused(run, sample, arguments, error):
    result = run("coding", "add", *arguments)
    assert result.status == 2
    assert error in result.err


def test_a_search_without_a_match_is_an_error(run, sample):
    result = run("coding", "add", "--search", "zebra", "--code", "Rate card")
    assert (result.status, "Nothing was found, so nothing was coded." in result.err) == (1, True)


def test_the_section_of_a_match_is_coded(run, sample):
    added = run("coding", "add", "--search", "rate card", "--span", "section", "--source", "a1", "--code", "Rate card")
    assert added.status == 0
    found = run("coding", "list", "--how", "search", "--source", "a1", "--format", "json").json
    text = run("source", "show", "a1", "--text").out
    for coding in found:
        section = text[coding["start"] : coding["end"]]
        assert section.startswith("#")
        assert "rate card" in section.casefold()
        assert "\n#" not in section
        assert section == section.strip()
    assert len({(coding["start"], coding["end"]) for coding in found}) == len(found) > 0


def test_several_words_near_each_other_are_coded(run, sample):
    search = ("--search", "coach", "--search", "trust", "--within", "paragraph")
    listed = run("source", "search", "coach", "trust", "--within", "paragraph", "--format", "json").json
    assert listed
    done = run("coding", "add", *search, "--code", "Trust before")
    assert f"added {len(listed)} codings" in done.err
    found = run("coding", "list", "--how", "search", "--format", "json").json
    assert [(row["source"], row["start"], row["end"]) for row in found] == [
        (row["source"], row["start"], row["end"]) for row in listed
    ]
