"""Tables about rich text: control words for characters, groups to skip because they hold no text of the document, and character sets."""

from __future__ import annotations

SKIPPED = frozenset(
    (
        *("colortbl", "stylesheet", "info", "filetbl", "template", "nextfile", "private", "comment"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
        *("pict", "objdata", "objclass", "objname", "sp", "shprslt", "nonesttables", "datafield"),
        *("atnicn", "atnparent", "bkmkstart", "bkmkend", "pn", "xe", "tc", "tcn", "rxe", "txe", "nonshppict"),
        *("mmathPict", "levelnumbers"),
    )
)
"""Groups without text of the document. Other groups that a reader may ignore (`\\*`) are skipped too, except those in `READ`."""
READ = frozenset(("nesttableprops", "shpinst", "shptxt", "do", "moMath", "moMathPara", "footnote", "ud"))
"""Groups with text of the document, though they are marked as groups that a reader may ignore.

LibreOffice marks its footnotes in this way, and Word 95 its text boxes.
"""
UNCOUNTED = frozenset(("nonshppict", "shprslt", "result", "listpicture", "background", "mmathPict"))
"""Groups whose pictures are copies of other pictures, or not a part of the document."""
HEADERS = frozenset(f"{place}{which}" for place in ("header", "footer") for which in ("", "l", "r", "f"))
CAPTURED = {
    **dict.fromkeys(HEADERS, "header"),
    **dict.fromkeys(("listtext", "pntext"), "label"),
    **{
        word: word
        for word in ("annotation", "atnauthor", "atnref", "atndate", "atrfstart", "atrfend", "formfield", "ffl")
    },
    **{word: word for word in ("listlevel", "leveltext")},
}
"""Groups whose text is kept separate from the text of the document. The value is the purpose of the group."""
CHARACTERS = {
    **dict.fromkeys(("par", "line", "sect", "lbr"), "\n"),
    **dict.fromkeys(("tab", "cell", "nestcell"), "\t"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
ENDS = frozenset(("par", "sect", "cell", "nestcell"))
"""Control words that end a paragraph."""
FORMULA = {"mden": "/", "msup": "^", "msub": "_", "mrad": "√"}
"""Control words that begin a part of a formula, and the sign that is written before the part."""
BACKSLASHED = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
WESTERN = "cp1252"
CHARSETS = {
    0: WESTERN,
    2: "latin-1",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
    77: "mac_roman",
    78: "cp932",
    79: "cp949",
    80: "gb18030",
    81: "big5",
    84: "mac_arabic",
    85: "mac_greek",
    86: "mac_turkish",
    87: "cp874",
    88: "mac_latin2",
    89: "mac_cyrillic",
}
"""A map from the character set of a font to its code page. 2 is a symbol font: its characters are numbers in the font.

Set 0 is the Western code page. For such a font, Word and LibreOffice ignore the code page that the document names.
"""
CODE_PAGES = {
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    65001: "utf-8",
}
"""A map from the number of a code page to its name in Python. Code pages with names such as cp1252 are not in the map."""
DOCUMENT_SETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""Control words for the code page of older documents, which do not give its number."""
FONT_SUFFIXES = {
    "ce": "cp1250",
    "cyr": "cp1251",
    "greek": "cp1253",
    "tur": "cp1254",
    "(hebrew)": "cp1255",
    "(arabic)": "cp1256",
    "baltic": "cp1257",
    "(vietnamese)": "cp1258",
}
"""A map from the last word in the name of an old font, as in `Arial Cyr`, to its code page."""
