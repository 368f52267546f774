from __future__ import annotations

import pytest
from pypdf._codecs.symbol import _symbol_encoding

from sibtui.formats.sources.symbols import in_unicode, symbol

LOOKALIKES = {"\u00b5": "\u03bc", "\u2206": "\u0394", "\u2126": "\u03a9", "\u2329": "\u3008", "\u232a": "\u3009"}


def test_the_font_symbol_is_as_in_pypdf():
    for point in (*range(0x20, 0x7F), *range(0xA0, 0xFE)):
        theirs = _symbol_encoding[point]
        ours = symbol("Symbol", point)
        # not a piece of a large bracket; 0xF0 is an apple on a Mac alone
        if not "\ue000" <= theirs <= "\uf8ff" and point != 0xF0:
            assert ours == LOOKALIKES.get(theirs, theirs), hex(point)


@pytest.mark.parametrize(
    ("font", "text", "expected"),
    [
        ("Wingdings", "\uf0fc\uf0fb\uf0a8\uf0fe\uf0fd", "✓✗☐☑☒"),
        ("Wingdings", "\uf0e0\uf0df\uf04a \uf04c", "→←☺ ☹"),
        ("wingdings 2 ", "P\uf052", "✓☑"),
        ("Wingdings 3", '"\uf070', "→▲"),
        ("Webdings", "a", "✓"),
        ("Symbol", "\uf0b7ab", "•αβ"),
        ("Arial", "plain é", "plain é"),
    ],
)
def test_characters_of_symbol_fonts_become_unicode(font, text, expected):
    assert in_unicode(text, font) == (expected, 0)


def test_unknown_symbols_are_counted():
    assert in_unicode("a\uf0fcb\uf041", "Arial") == ("a\ufffdb\ufffd", 2)
    assert in_unicode("\uf020\uf0ff", "Wingdings") == (" \ufffd", 1)
