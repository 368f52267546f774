"""`sibtui export transcript`: coded texts to print."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.usefixtures("sample")
def test_the_page_of_one_source_has_a_number_for_each_coding(run) -> None:
    assert run("export", "transcript", "a1.html", "--source", "a1").status == 0
    page = Path("a1.html").read_text(encoding="utf-8")
    assert page.count("<li ") == 40
    assert "<h2>a1: SIB A, housing investor 1 (SIB A)</h2>" in page
    assert "<h2>a2" not in page


@pytest.mark.usefixtures("sample")
def test_the_case_chooses_the_sources_and_the_code_the_codings(run) -> None:
    page = run("export", "transcript", "-", "--case", "SIB A", "--code", "Rate card").out
    assert "<h2>a1" in page
    assert "<h2>b1" not in page
    assert page.count("<li ") > 0
    assert "Organisations and practice" not in page


@pytest.mark.usefixtures("sample")
def test_a_word_document_brings_its_codings_back_as_comments(run) -> None:
    assert run("export", "transcript", "a1.docx", "--source", "a1").status == 0
    added = run("source", "add", "a1.docx", "--name", "again", "--comments")
    assert added.status == 0, added.err
    assert "40" in added.err + added.out


@pytest.mark.usefixtures("sample")
def test_an_existing_file_is_kept_without_force(run) -> None:
    Path("a1.html").write_text("mine", encoding="utf-8")
    refused = run("export", "transcript", "a1.html", "--source", "a1")
    assert (refused.status, Path("a1.html").read_text(encoding="utf-8")) == (1, "mine")
