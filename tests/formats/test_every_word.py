"""Every word that somebody sees in a document is in the text, and what is not in the text is counted: in every format."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_documents import WRITERS, documents

from sibtui.formats.registry import read_source

LATIN = ("x", "é", "a&b", "x<y", "{z}", "it's", "ß")
PASSAGES = ("hidden passage", "tracked deletion")
"""Kinds that count a passage once, which may have several neighbouring words."""


def check(form: str, data: st.DataObject) -> None:
    odd = {"odd": LATIN} if form == "pdf" else {}
    blocks = data.draw(documents(**odd))
    written = WRITERS[form]().document(blocks)
    drafts = read_source(written.name, written.data)
    text = "\n".join(draft.text for draft in drafts)
    for draft in drafts:
        text += "\n".join(map(str, draft.attributes.values()))
    assert sorted(word for word in written.seen if word not in text) == []
    assert sorted(word for word in written.unseen if word in text) == []
    counted = {loss.kind: loss.count for draft in drafts for loss in draft.left_out}
    assert counted.keys() == written.losses.keys()
    for kind, count in counted.items():
        assert (1 <= count <= written.losses[kind]) if kind in PASSAGES else count == written.losses[kind]


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_word_is_read_or_counted(form, data):
    check(form, data)


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_every_word_of_many_documents_is_read_or_counted(form, data):
    check(form, data)
