"""Taguette's own files come in, and it takes ours."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from sibtui.formats.codebook_files import read_codebook, write_codebook_csv
from sibtui.formats.refi_codebook import read_qdc
from sibtui.formats.taguette_csv import read_foreign_codings
from sibtui.project import Project
from sibtui.project.foreign import read_foreign

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
    """A project in it, with a document, tags and highlights."""
    with running(taguette_program, tmp_path_factory.mktemp("taguette")) as there:
        document = there.add_document("Interview 1", PAGE)
        tags = {path: there.add_tag(path, told) for path, told in TAGS.items()}
        for words, of in QUOTES.items():
            there.highlight(document, words, *(tags[tag] for tag in of))
        yield there


@pytest.fixture(scope="module")
def brought(taguette: Taguette, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """That project as a study."""
    folder = tmp_path_factory.mktemp("brought")
    file = folder / "project.sqlite3"
    file.write_bytes(taguette.export("project.sqlite3"))
    with Project.create(folder / "study.sibtui", draft=read_foreign(file).study) as study:
        yield study


def test_every_highlight_lands_on_its_words(brought: Project) -> None:
    found = {(coding.quote, coding.code) for coding in brought.codings.list()}
    assert found == {(words, tag) for words, tags in QUOTES.items() for tag in tags or ("untagged",)}
    text = brought.sources.text("Interview 1")
    assert all(coding.segment.quote(text) == coding.quote for coding in brought.codings.list())
    assert [line for line in text.split("\n") if line][:2] == [
        "Interview “one”",
        "Trust came slowly, naïve 漢字 😀 she said. & so on.",
    ]


def test_its_database_itself_is_read_as_its_export_is(taguette: Taguette, brought: Project) -> None:
    found = read_foreign(taguette.database).study.codings
    assert [coding.quote for coding in found] == [coding.quote for coding in brought.codings.list()]


def test_its_codebooks_come_in(taguette: Taguette) -> None:
    codes = read_codebook("codebook.csv", taguette.export("codebook.csv"))
    assert {code.path: code.definition for code in codes}.items() >= TAGS.items()
    known = {code.path for code in read_qdc("codebook.qdc", taguette.export("codebook.qdc")).study.codes}
    assert known >= TAGS.keys()


def test_its_highlights_come_in(taguette: Taguette) -> None:
    drafts = read_foreign_codings("highlights.csv", taguette.export("highlights/.csv"))
    assert {(draft.quote, draft.code) for draft in drafts} == {
        (words, tag) for words in QUOTES for tag in QUOTES[words]
    }


def test_our_export_of_highlights_is_shaped_like_its_own(taguette: Taguette, brought: Project) -> None:
    theirs = list(csv.reader(io.StringIO(taguette.export("highlights/.csv").decode())))
    ours = list(csv.reader(io.StringIO("".join(brought.exports.taguette_csv()))))
    assert ours[0] == theirs[0]
    assert {tuple(row[1:]) for row in theirs[1:]} == {
        (document, tag.replace("'=", "="), words) for _, document, tag, words in ours[1:] if tag != "untagged"
    }


def test_it_takes_our_codebook(taguette: Taguette, sample: Project) -> None:
    codes = sample.codes.export()
    assert taguette.offered("codebook.csv", write_codebook_csv(codes)) == sorted(code.path for code in codes)
