"""Look-up tables for rich text: control words for characters, groups that are not part of the text, and character sets.

A group is a part of the file between braces.
"""

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
r"""The groups that are skipped because they contain no text of the document.

A group marked with `\*` is skipped too, unless it is in `READ`.
"""
READ = frozenset(("nesttableprops", "shpinst", "shptxt", "do", "moMath", "moMathPara", "footnote", "ud"))
"""Groups that contain text of the document, although the file marks them as groups that a reader may ignore.

LibreOffice marks its footnotes in this way, and Word 95 its text boxes.
"""
UNCOUNTED = frozenset(("nonshppict", "shprslt", "result", "listpicture", "background", "mmathPict"))
"""The groups whose pictures are copies of other pictures or are no part of the document."""
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
"""A dict: group whose text does not belong to the document → the purpose of this text, such as a note."""
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
"""The control words that end a paragraph."""
FORMULA = {"mden": "/", "msup": "^", "msub": "_", "mrad": "√"}
"""A dict: control word that begins a part of a formula → the sign that is written before this part."""
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
"""A dict: character set of a font → its code page.

Set 2 is for symbol fonts: their characters are only numbers in the font.

Set 0 has the Western code page, because Word and LibreOffice ignore the document's code page for such a font.
"""
CODE_PAGES = {
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    65001: "utf-8",
}
"""A dict: number of a code page → its name in Python. Code pages with names such as cp1252 are not in the dict."""
DOCUMENT_SETS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
"""A dict: control word of older documents → the code page that it selects."""
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
"""A dict: last word in the name of an old font (such as `Arial Cyr`) → the code page of the font."""
