"""`sibtui source search`: where words are, in the order of sources."""

from __future__ import annotations

from sibtui import Project


def test_the_places_are_listed_with_their_offsets(run, sample) -> None:
    found = run("source", "search", "RATE  card", "--format", "json").json
    assert found
    with Project.open(sample) as study:
        names = [source.name for source in study.sources.list()]
        for row in found:
            assert study.sources.text(row["source"])[row["start"] : row["end"]].casefold().split() == ["rate", "card"]
            assert "rate card" in row["passage"].casefold()
    assert [row["source"] for row in found] == sorted((row["source"] for row in found), key=names.index)


def test_a_limit_takes_the_first(run, sample) -> None:
    every = run("source", "search", "the", "--format", "json").json
    assert run("source", "search", "the", "--limit", 3, "--format", "json").json == every[:3]


def test_words_that_are_nowhere_are_told(run, sample) -> None:
    done = run("source", "search", "zeppelin")
    assert (done.status, "is in no note" in done.err) == (0, True)


def test_nothing_cannot_be_searched_for(run, sample) -> None:
    assert run("source", "search", " ").status == 1
