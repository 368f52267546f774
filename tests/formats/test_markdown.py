from __future__ import annotations

import pytest

from sibtui.formats.documents.renderers import markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", "a\\|b"),
        ("\\|", "\\\\\\|"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("*a* _b_ `c` ~d~", "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~"),
        ("[a](b)", "\\[a\\](b)"),
        ("https://a_b.org www.c_d.org", "https&#58;//a\\_b.org www&#46;c\\_d.org"),
        ("two\nlines\x1b", "two lines␛"),
    ],
)
def test_escaped_text_is_displayed_unchanged(text, escaped):
    assert markdown.escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [("- a", "\\- a"), ("+ a", "\\+ a"), ("12. a", "12\\. a"), ("1) a", "1\\) a"), ("===", "\\==="), ("12 a", "12 a")],
)
def test_paragraph_does_not_become_a_list_or_heading(text, escaped):
    assert markdown.paragraph(text) == escaped
