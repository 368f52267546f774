"""Exchange with Taguette: we import its files, and it imports ours."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from sibtui.formats.other_programs.coding_table_reader import read_coding_table
from sibtui.formats.refi.codebook import read_qdc
from sibtui.formats.study_folder.codebook_files import read_codebook, write_codebook_csv
from sibtui.project import Project
from sibtui.project.importing.other_programs import read_foreign

from .taguette import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .taguette import Taguette

pytestmark = pytest.mark.slow

PAGE = """<html><head><meta charset="utf-8"></head><body><h1>Interview “one”</h1>
<p>Trust came slowly, naïve 漢字 😀 she said. &amp; so on.</p><ul><li>first item</li><li>second item</li></ul>
<p>Budgets grew <b>fast</b>, e\u0301.</p></body></html>"""
TAGS = {"Trust": 'What they say; "quoted", & more', "Outcomes.Budgets": "Money", "=1+1": "A formula"}
QUOTES = {
    "Trust came slowly, naïve 漢字 😀": ("Trust", "=1+1"),
    "second item": (),
    "Budgets grew": ("Outcomes.Budgets",),
}


@pytest.fixture(scope="module")
def taguette(taguette_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taguette]:
    """Return a project in Taguette with a document, tags and highlights."""
    with running(taguette_program, tmp_path_factory.mktemp("taguette")) as server:
        document = server.add_document("Interview 1", PAGE)
        tags = {path: server.add_tag(path, description) for path, description in TAGS.items()}
        for words, of in QUOTES.items():
            server.highlight(document, words, *(tags[tag] for tag in of))
        yield server


@pytest.fixture(scope="module")
def brought(taguette: Taguette, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return the project as a study."""
    folder = tmp_path_factory.mktemp("brought")
    file = folder / "project.sqlite3"
    file.write_bytes(taguette.export("project.sqlite3"))
    with Project.create(folder / "study.sibtui", draft=read_foreign(file).study) as study:
        yield study


def test_every_highlight_of_taguette_gets_its_segment(brought: Project) -> None:
    result = {(coding.quote, coding.code) for coding in brought.codings.list()}
    assert result == {(words, tag) for words, tags in QUOTES.items() for tag in tags or ("untagged",)}
    text = brought.sources.text("Interview 1")
    assert all(coding.segment.quote(text) == coding.quote for coding in brought.codings.list())
    assert [line for line in text.split("\n") if line][:2] == [
        "Interview “one”",
        "Trust came slowly, naïve 漢字 😀 she said. & so on.",
    ]


def test_database_of_taguette_is_read_like_its_export(taguette: Taguette, brought: Project) -> None:
    result = read_foreign(taguette.database).study.codings
    assert [coding.quote for coding in result] == [coding.quote for coding in brought.codings.list()]


def test_codebooks_of_taguette_are_imported(taguette: Taguette) -> None:
    codes = read_codebook("codebook.csv", taguette.export("codebook.csv"))
    assert {code.path: code.definition for code in codes}.items() >= TAGS.items()
    known = {code.path for code in read_qdc("codebook.qdc", taguette.export("codebook.qdc")).study.codes}
    assert known >= TAGS.keys()


def test_highlights_of_taguette_are_imported(taguette: Taguette) -> None:
    drafts = read_coding_table("highlights.csv", taguette.export("highlights/.csv")).drafts
    assert {(draft.quote, draft.code) for draft in drafts} == {
        (words, tag) for words in QUOTES for tag in QUOTES[words]
    }


def test_export_of_highlights_has_the_form_of_taguette(taguette: Taguette, brought: Project) -> None:
    theirs = list(csv.reader(io.StringIO(taguette.export("highlights/.csv").decode())))
    ours = list(csv.reader(io.StringIO("".join(brought.exports.taguette_csv()))))
    assert ours[0] == theirs[0]
    assert {tuple(row[1:]) for row in theirs[1:]} == {
        (document, tag.replace("'=", "="), words) for _, document, tag, words in ours[1:] if tag != "untagged"
    }


def test_taguette_imports_our_codebook(taguette: Taguette, sample: Project) -> None:
    codes = sample.codes.export()
    assert taguette.offered("codebook.csv", write_codebook_csv(codes)) == sorted(code.path for code in codes)
