"""`sibtui report words` on the sample study."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest


@pytest.mark.usefixtures("sample")
def test_the_most_frequent_word_is_printed_first(run) -> None:
    rows = run("report", "words", "--stop", "en", "--format", "json").json
    assert (rows[0]["word"], rows[0]["count"]) == ("one", 144)


@pytest.mark.usefixtures("sample")
def test_the_words_of_a_file_are_left_out(run) -> None:
    Path("stop.txt").write_text("one two\npeople\n", encoding="utf-8")
    found = {row["word"] for row in run("report", "words", "--stop", "stop.txt", "--format", "json").json}
    assert found.isdisjoint({"one", "two", "people"})
    assert "the" in found


@pytest.mark.usefixtures("sample")
def test_a_column_of_a_case_called_count_has_another_name_in_csv(run) -> None:
    run("case", "set", "SIB A", "--label", "count")
    rows = list(csv.DictReader(run("report", "words", "--by", "case", "--format", "csv").out.splitlines()))
    assert int(rows[0]["count"]) > int(rows[0]["count 2"]) > 0


@pytest.mark.usefixtures("sample")
def test_an_unknown_language_is_refused_with_one_sentence(run) -> None:
    refused = run("report", "words", "--stop", "xx")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err.startswith("sibtui: There is no list of stop words for “xx”: the languages are de, en,")
