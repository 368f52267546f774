"""Conversion of characters in symbol fonts (Symbol, Wingdings, Webdings) to Unicode: arrows, ticks, check boxes.

Word processors store such a character as a number in its font. pypdf 7.1 has a table of the font Symbol; a test
compares it with the table here. No library that was found in 2026 has tables of Wingdings. Thin and thick arrows become
the same arrow.
"""

from __future__ import annotations

import re
import sys

_FIRST = 0x20
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    + "\0" * 33
    + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑\0\0\0\0\0\0\0\0\0\0\0〉∫⌠\0⌡"
)
_WINGDINGS = (
    " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭📁📂📄🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍🖎✌👌👍👎☜☞☝☟🖐☺😐☹💣☠🏳🏱✈☼💧❄🕆✞🕈✠✡☪☯ॐ☸♈♉"
    "♊♋♌♍♎♏♐♑♒♓🙰🙵●🔾■□☐❑❒⬧⧫◆❖⬥☒⮹⌘🏵🏶“”\0"
    "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿🙢🙠🙡🙣🙞🙜🙝🙟·•▪○🞆🞈◉◎🔿▪☐🟂✦★✶✴✹✵⯐⌖⟡⌑⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘🕙🕚🕛"
    "⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘⮚⮙⮛⮈⮊⮉⮋←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬀⬁⬃⬂▭▫✗✓☒☑"
)
_WINGDINGS_2 = {
    **dict(zip(range(0x4F, 0x57), "✗✓☒☑☒☒☒⮽", strict=True)),
    **dict(zip(range(0x69, 0x7F), "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    **dict(zip(range(0x95, 0x9A), "·••●●", strict=True)),
    0xA0: "▪",
    0xA1: "■",
    0xA2: "■",
    0xA3: "☐",
    0xA4: "□",
    0xA9: "☐",
}
_WINGDINGS_3 = {
    **dict(zip(range(0x21, 0x29), "←→↑↓↖↗↙↘", strict=True)),
    0x2C: "↔",
    0x2D: "↕",
    0x44: "⇄",
    0x45: "⇅",
    0x50: "⇑",
    0x51: "⇓",
    **dict(zip(range(0x70, 0x7C), "▲▼△▽◀▶◁▷◣◢◤◥", strict=True)),
    0x7C: "◂",
    0x7D: "▸",
    0x7E: "▴",
    0x7F: "▾",
}
_WEBDINGS = {
    0x33: "◀",
    0x34: "▶",
    0x35: "▲",
    0x36: "▼",
    0x3C: "■",
    0x3D: "■",
    0x59: "♥",
    0x61: "✓",
    0x63: "□",
    0x67: "■",
    0x69: "ℹ",
    0x6E: "●",
    0x72: "✗",
    0x24: "👓",
    0xC8: "☎",
}


def _listed(characters: str) -> dict[int, str]:
    return {point: character for point, character in enumerate(characters, _FIRST) if character != "\0"}


_FONTS = {
    "symbol": _listed(_SYMBOL),
    "wingdings": _listed(_WINGDINGS),
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_CODE = re.compile("[0-9A-Fa-f]{1,6}")
_LAST = 0xFF
_IN_PRIVATE_AREA = re.compile("[\uf020-\uf0ff]")
_PRIVATE = 0xF000
"""Word adds this number to the code of a character in a symbol font. The result is in the private area of Unicode."""


def is_symbol_font(font: str) -> bool:
    """Return whether this module has a table for the font with this name."""
    return font.strip().lower() in _FONTS


def symbol(font: str, point: int) -> str | None:
    """Return the Unicode character for the character number `point` of a symbol font; None when it is unknown."""
    known = _FONTS.get(font.strip().lower())
    return None if known is None else known.get(point - _PRIVATE if point >= _PRIVATE else point)


def symbol_of_code(font: str, code: str) -> str | None:
    """Return the Unicode character for a hexadecimal code in a symbol font; None when it is unknown or damaged.

    If the code is too high for a symbol font, it is the code of a Unicode character.
    """
    if not _CODE.fullmatch(code):
        return None
    point = int(code, 16)
    found = symbol(font, point)
    if found is not None or point <= _LAST:
        return found
    character = chr(point) if point <= sys.maxunicode else ""
    return character if character.isprintable() and character else None


def private(text: str) -> bool:
    """Return whether the text has characters in the private area of Unicode, which only symbol fonts have."""
    return _IN_PRIVATE_AREA.search(text) is not None


def in_unicode(text: str, font: str) -> tuple[str, int]:
    """Return (text with the characters of a symbol font as Unicode characters, number of unknown characters).

    `font` is the name of the font. Unknown characters become U+FFFD. If this module has no table for the font, only
    characters in the private area of Unicode are unknown, and all other characters are kept.
    """
    known = is_symbol_font(font)
    if not known and not private(text):
        return text, 0
    parts: list[str] = []
    unknown = 0
    for character in text:
        if not known and not private(character):
            parts.append(character)
            continue
        found = character if character.isspace() or ord(character) > 0xF0FF else symbol(font, ord(character))
        unknown += found is None
        parts.append("\ufffd" if found is None else found)
    return "".join(parts), unknown
