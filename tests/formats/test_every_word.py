"""Every word that somebody sees in a document is in the text, and what is not in the text is counted: in every format."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written_documents import PIECES, WRITERS, Block, documents

from sibtui.formats.registry import read_source
from sibtui.model.left_out import LeftOut
from tests.examples import examples

MANUAL = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
LATIN = ("x", "é", "a&b", "x<y", "{z}", "it's", "ß")
PASSAGES = ("hidden passage", "tracked deletion")
"""Kinds that count a passage once, which may have several neighbouring words."""


def drawn(form: str) -> st.SearchStrategy[list[Block]]:
    return documents(odd=LATIN) if form == "pdf" else documents()


def every_kind() -> list[Block]:
    """Return a document with each piece in each kind of block."""
    numbers = count()
    plain = [
        Block(kind, [(piece, f"x{next(numbers):03}w") for each in PIECES for piece in (each, "plain")])
        for kind in ("paragraph", "heading", "numbered", "bullet", "paragraph", "paragraph")
    ]
    return [*plain[:4], Block("table", rows=[[plain[4:5]]]), Block("nested", rows=[[plain[5:]]])]


def check(form: str, blocks: list[Block]) -> None:
    written = WRITERS[form]().document(blocks)
    drafts = read_source(written.name, written.data)
    text = "\n".join(draft.text for draft in drafts)
    for draft in drafts:
        text += "\n".join(map(str, draft.attributes.values()))
    assert sorted(word for word in written.seen if word not in text) == []
    assert sorted(word for word in written.unseen if word in text) == []
    counted = {loss.kind: loss.count for draft in drafts for loss in draft.left_out}
    assert counted.keys() == written.losses.keys()
    for kind, number in counted.items():
        assert (1 <= number <= written.losses[kind]) if kind in PASSAGES else number == written.losses[kind]


@pytest.mark.parametrize("form", WRITERS)
@examples(10)
@given(data=st.data())
def test_every_word_of_a_document_is_read_or_counted_as_left_out(form, data):
    check(form, data.draw(drawn(form)))


@pytest.mark.parametrize("form", WRITERS)
def test_words_in_every_kind_of_element_are_read_or_counted_as_left_out(form):
    check(form, every_kind())


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITERS)
@examples(500)
@given(data=st.data())
def test_every_word_of_many_documents_is_read_or_counted_as_left_out(form, data):
    check(form, data.draw(drawn(form)))


@pytest.mark.parametrize("form", [form for form in WRITERS if form != "epub"])  # its row refers to that of web pages
def test_the_manual_names_what_a_format_leaves_out(form):
    written = WRITERS[form]().document(every_kind())
    suffix = written.name.removeprefix("a")
    row = next(
        line
        for line in MANUAL.splitlines()
        if line.startswith("|") and suffix in re.findall(r"\.\w+", line.split("|")[1])
    )
    assert [kind for kind in written.losses if str(LeftOut(kind, 2)).removeprefix("2 ") not in row] == []
