from __future__ import annotations

import io
import re

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_matrix import HOSTILE
from study_values import codes
from test_matrices import ELEMENTS, Page

from sibtui.formats import codebook_docx, codebook_html, codebook_md
from sibtui.formats.office import plain
from sibtui.model.codebook import join_path
from sibtui.model.drafts import CodeDraft
from sibtui.model.records import Lineage
from sibtui.model.report import CodeFigures

CODES = (
    CodeDraft("Working", "How work is done.", origin="deductive", status="active"),
    CodeDraft(
        "Working/Meetings \\/ calls",
        "Talk at set times.\nIn rooms or not.",
        include="Weekly ones",
        exclude="Chance",
        example="- We met",
        origin="emergent",
        status="retired",
        lineage=(
            Lineage("renamed", "2024-05-01T10:00:00Z", "login-name", "Working/Talk", "", ""),
            Lineage("merged", "2024-06-01T10:00:00Z", "login-name", "Working/Chat", "", ""),
        ),
    ),
    CodeDraft(join_path(("Working", "Meetings / calls", HOSTILE)), HOSTILE),
    CodeDraft("A/B/C/D/E/F/G"),
)
FIGURES = {"Working/Meetings \\/ calls": CodeFigures(12, 3, 1)}


def word(data: bytes) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_codebook_in_markdown_is_its_tree_with_meanings_and_counts():
    written = codebook_md.render(CODES, FIGURES, title="Our codes")
    assert written.startswith(
        "# Our codes\n\n## Working\n\ndeductive, active\n\n*Definition:* How work is done.\n\n"
        "### Meetings / calls\n\nemergent, retired, 12 quotes, 3 sources, 1 case\n\n"
        "*Definition:* Talk at set times.<br>In rooms or not.\n\n*When to use:* Weekly ones\n\n*When not to use:* Chance\n\n"
        "*Example:* - We met\n\n*History:* renamed 2024-05-01: Working/Talk; merged 2024-06-01: Working/Chat\n\n"
    )
    assert written.endswith("\n###### G\n")


def test_a_codebook_as_a_page_is_closed_and_escaped():
    written = codebook_html.render(CODES, FIGURES, title=HOSTILE)
    page = Page()
    page.feed(written)
    page.close()
    assert page.open == []
    assert page.seen <= ELEMENTS | {"h1", "h2", "h3", "h4", "h6", "dl", "dt", "dd"}
    assert "<h3>Meetings / calls</h3>\n" in written
    assert "<dt>Definition</dt><dd>Talk at set times.<br>In rooms or not.</dd>" in written


def test_a_codebook_in_word_has_headings_that_word_can_navigate():
    found = word(codebook_docx.render(CODES, FIGURES))
    assert [(style, text) for style, text in found if style.startswith("Heading")] == [
        ("Heading 1", "Codebook"),
        ("Heading 2", "Working"),
        ("Heading 3", "Meetings / calls"),
        ("Heading 4", " ".join(plain(HOSTILE).split())),
        ("Heading 6", "G"),
    ]
    assert ("Normal", "Definition: Talk at set times.\nIn rooms or not.") in found
    assert ("Normal", "emergent, retired, 12 quotes, 3 sources, 1 case") in found


@pytest.mark.parametrize(
    "render",
    [codebook_md.render, codebook_html.render, lambda *given: str(word(codebook_docx.render(*given)))],
    ids=["md", "html", "docx"],
)
def test_who_changed_a_code_is_not_told(render):
    assert "Working/Chat" in render(CODES, FIGURES)
    assert "login-name" not in render(CODES, FIGURES)


@settings(max_examples=30)
@given(st.lists(codes, max_size=3))
def test_any_code_is_written_in_every_form(drafts):
    page = Page()
    page.feed(codebook_html.render(drafts))
    page.close()
    assert page.open == []
    for written in (codebook_html.render(drafts), codebook_md.render(drafts)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e]", written)
    for draft in drafts:
        told = " ".join(plain(draft.definition).split()) if draft.definition.strip() else ""
        assert told in " ".join(" ".join(text.split()) for _, text in word(codebook_docx.render(drafts)))
