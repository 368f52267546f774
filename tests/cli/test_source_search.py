"""`sibtui source search`: matches in all sources."""

from __future__ import annotations

from sibtui import Project


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
