"""`sibtui source search`: matches in all sources."""

from __future__ import annotations

import pytest

from sibtui import KeywordInContext, Project, Segment, TextMatch
from sibtui.cli import streams
from sibtui.project.sources import Sources


def test_matches_are_listed_with_their_offsets(run, sample) -> None:
    matches = run("source", "search", "RATE  card", "--format", "json").json
    assert matches
    with Project.open(sample) as study:
        names = [source.name for source in study.sources.list()]
        for row in matches:
            assert study.sources.text(row["source"])[row["start"] : row["end"]].casefold().split() == ["rate", "card"]
            assert "rate card" in row["passage"].casefold()
    assert [row["source"] for row in matches] == sorted((row["source"] for row in matches), key=names.index)


def test_a_limit_lists_the_first_rows(run, sample) -> None:
    every = run("source", "search", "the", "--format", "json").json
    assert run("source", "search", "the", "--limit", 3, "--format", "json").json == every[:3]


def test_words_without_a_match_are_reported(run, sample) -> None:
    result = run("source", "search", "zeppelin")
    assert (result.status, "is in no note" in result.err) == (0, True)


def test_an_empty_search_is_refused(run, sample) -> None:
    assert run("source", "search", " ").status == 1


def test_the_listed_matches_are_coded_in_one_act(run, sample) -> None:
    result = run("source", "search", "rate card", "--limit", 2, "--code", "Trust before", "--sentences")
    assert result.status == 0
    assert "2 codings of Trust before assessment" in result.err
    with Project.open(sample) as study:
        new = [coding for coding in study.codings.list(code="Trust before") if "rate card" in coding.quote.casefold()]
        assert len(new) == 2
        assert all(len(coding.quote) > len("rate card") for coding in new)
    run("undo")
    with Project.open(sample) as study:
        assert study.codings.count(code="Trust before") == 18
    assert run("source", "search", "rate card", "--sentences").status == 2


def test_keywords_in_context_have_both_sides_codes_and_cases(run, sample) -> None:
    rows = run("source", "search", "star", "--words", "--kwic", "--width", 12, "--format", "json").json
    assert list(rows[0]) == ["source", "line", "start", "end", "left", "match", "right", "codes", "cases"]
    with Project.open(sample) as study:
        for row in rows:
            assert study.sources.text(row["source"])[row["start"] : row["end"]] == row["match"]
            covering = [
                c
                for c in study.codings.list(source=row["source"])
                if c.segment.start <= row["start"] and row["end"] <= c.segment.end
            ]
            assert set(row["codes"]) == {coding.code for coding in covering}
            assert row["cases"] == list(study.sources.get(row["source"]).cases)
    assert any(row["codes"] for row in rows)


def test_keywords_in_context_are_sorted_by_the_text_on_one_side(run, sample) -> None:
    right = [
        row["right"] for row in run("source", "search", "card", "--kwic", "--sort", "right", "--format", "json").json
    ]
    assert right == sorted(right, key=str.casefold)
    left = [
        row["left"][::-1]
        for row in run("source", "search", "card", "--kwic", "--sort", "left", "--format", "json").json
    ]
    assert left == sorted(left, key=str.casefold)
    assert len(run("source", "search", "card", "--kwic", "--limit", 2, "--format", "json").json) == 2


def test_two_words_are_found_within_a_stretch_of_text(run, sample) -> None:
    found = run("source", "search", "trust", "first", "--within", "4 words", "--format", "json").json
    assert [row["source"] for row in found] == ["doc-a-programme"]
    assert run("source", "search", "trust", "zeppelin", "--within", "sentence").err == (
        "sibtui: No such passage has “trust” and “zeppelin”.\n"
    )


def test_options_that_do_not_fit_together_are_usage_errors(run, sample) -> None:
    for words in (
        ["rate", "card"],
        ["rate", "--within", "3"],
        ["rate", "card", "--within", "line"],
        ["rate", "--sort", "left"],
        ["rate", "--kwic", "--code", "Rate card"],
    ):
        assert run("source", "search", *words).status == 2, words
    refused = run("source", "search", "(", "--regex")
    assert (refused.status, refused.err) == (
        1,
        "sibtui: This is not a regular expression: missing ), at character 2.\n",
    )


@pytest.mark.parametrize("options", [(), ("--kwic",)])
def test_csv_is_written_before_the_last_match_is_found(run, sample, monkeypatch, options) -> None:
    written: list[bool] = []

    def search(*_words, **_how):
        for at in range(3_000):
            written.append(streams.is_written())
            segment = Segment(at, at + 4)
            yield (
                KeywordInContext("a1", 1, segment, "left", "card", "right", ("Trust", "Rate card"), ("A",))
                if options
                else TextMatch("a1", segment, 1, "card", "rate ", " paid")
            )

    monkeypatch.setattr(Sources, "kwic" if options else "search", search)
    monkeypatch.setattr(streams, "_HELD", 0)
    result = run("source", "search", "card", "--format", "csv", *options)
    assert (len(result.out.splitlines()), written[0], written[-1]) == (3_001, False, True)
    assert ("Trust; Rate card" in result.out) is bool(options)
