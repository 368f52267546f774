"""`sibtui export transcript`: coded texts to print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sibtui import Project


@pytest.mark.usefixtures("sample")
def test_the_page_of_one_source_has_a_number_for_each_coding(run) -> None:
    assert run("export", "transcript", "a1.html", "--source", "a1").status == 0
    page = Path("a1.html").read_text(encoding="utf-8")
    assert page.count("<li ") == 40
    assert "<h2>a1: SIB A, housing investor 1 (SIB A)</h2>" in page
    assert "<h2>a2" not in page


@pytest.mark.usefixtures("sample")
def test_two_themes_with_a_slash_in_their_names_have_two_colours(run) -> None:
    for code, span in ((r"Pay\/hours/Overtime", "0:4"), (r"Pay\/rates/Raise", "5:9")):
        run("code", "add", code)
        run("coding", "add", "a1", code, "--span", span)
    page = run("export", "transcript", "-", "--source", "a1", "--code", r"Pay\/hours", "--code", r"Pay\/rates").out
    assert len(set(re.findall('<li style="border-color:(#[0-9a-f]+)', page))) == 2


@pytest.mark.usefixtures("sample")
def test_the_case_chooses_the_sources_and_the_code_the_codings(run) -> None:
    page = run("export", "transcript", "-", "--case", "SIB A", "--code", "Rate card").out
    assert "<h2>a1" in page
    assert "<h2>b1" not in page
    assert page.count("<li ") > 0
    assert "Organisations and practice" not in page


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("options", [[], ["--with-coders", "--with-memos"]], ids=["without coders", "with coders"])
def test_the_comments_of_a_word_document_come_back_as_the_same_codings(run, sample: Path, options: list[str]) -> None:
    assert run("export", "transcript", "a1.docx", "--source", "a1", *options).status == 0
    added = run("source", "add", "a1.docx", "--name", "again", "--comments", "--case", "SIB A")
    assert added.status == 0, added.err
    with Project.open(sample) as study:
        first, again = (
            [
                (c.code, c.quote.split(), c.stance, c.certainty, c.memo if options else "")
                for c in study.codings.list(source=name)
            ]
            for name in ("a1", "again")
        )
    assert again == first


@pytest.mark.usefixtures("sample")
def test_an_existing_file_is_kept_without_force(run) -> None:
    Path("a1.html").write_text("mine", encoding="utf-8")
    refused = run("export", "transcript", "a1.html", "--source", "a1")
    assert (refused.status, Path("a1.html").read_text(encoding="utf-8")) == (1, "mine")
