from __future__ import annotations

import io
import re
from functools import partial

import docx
import pytest
from drawing import codebook_in
from hypothesis import given
from hypothesis import strategies as st
from sample_matrix import HOSTILE
from study_values import codes
from test_matrices import ELEMENTS, Page

from sibtui.formats.codec.office import plain
from sibtui.model.codebook import join_path
from sibtui.model.drafts import CodeDraft
from sibtui.model.records import Lineage
from sibtui.model.report_values import CodeFigures
from tests.examples import FEWER

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


def test_codebook_in_markdown_shows_tree_definitions_and_counts():
    written = codebook_in("md", CODES, FIGURES, title="Our codes")
    assert written.startswith(
        "# Our codes\n\n## Working\n\ndeductive, active\n\n*Definition:* How work is done.\n\n"
        "### Meetings / calls\n\nemergent, retired, 12 quotes, 3 sources, 1 case\n\n"
        "*Definition:* Talk at set times.\\\nIn rooms or not.\n\n*When to use:* Weekly ones\n\n*When not to use:* Chance\n\n"
        "*Example:* \\- We met\n\n*History:* renamed 2024-05-01: Working/Talk; merged 2024-06-01: Working/Chat\n\n"
    )
    assert written.endswith("\n###### G\n")


def test_codebook_page_is_well_formed_and_escaped():
    written = codebook_in("html", CODES, FIGURES, title=HOSTILE)
    page = Page()
    page.feed(written)
    page.close()
    assert page.open == []
    assert page.seen <= ELEMENTS | {"h1", "h2", "h3", "h4", "h6", "dl", "dt", "dd"}
    assert "<h3>Meetings / calls</h3>\n" in written
    assert "<dt>Definition</dt><dd>Talk at set times.<br>In rooms or not.</dd>" in written


def test_a_codebook_in_word_has_headings_that_word_can_navigate():
    result = word(codebook_in("docx", CODES, FIGURES))
    assert [(style, text) for style, text in result if style.startswith("Heading")] == [
        ("Heading 1", "Codebook"),
        ("Heading 2", "Working"),
        ("Heading 3", "Meetings / calls"),
        ("Heading 4", " ".join(plain(HOSTILE).split())),
        ("Heading 6", "G"),
    ]
    assert ("Normal", "Definition: Talk at set times.\nIn rooms or not.") in result
    assert ("Normal", "emergent, retired, 12 quotes, 3 sources, 1 case") in result


@pytest.mark.parametrize(
    "render",
    [partial(codebook_in, "md"), partial(codebook_in, "html"), lambda *args: str(word(codebook_in("docx", *args)))],
    ids=["md", "html", "docx"],
)
def test_coders_in_the_history_of_a_code_are_left_out(render):
    assert "Working/Chat" in render(CODES, FIGURES)
    assert "login-name" not in render(CODES, FIGURES)


@FEWER
@given(st.lists(codes, max_size=3))
def test_any_code_is_written_in_every_form(drafts):
    page = Page()
    page.feed(codebook_in("html", drafts))
    page.close()
    assert page.open == []
    for written in (codebook_in("html", drafts), codebook_in("md", drafts)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e]", written)
    for draft in drafts:
        definition = " ".join(plain(draft.definition).split()) if draft.definition.strip() else ""
        assert definition in " ".join(" ".join(text.split()) for _, text in word(codebook_in("docx", drafts)))
