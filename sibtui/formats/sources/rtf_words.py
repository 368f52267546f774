"""Tables of rich text: control words for characters, groups to skip because they have no text of the document, and character sets."""

from __future__ import annotations

SKIPPED = frozenset(
    (
        *("colortbl", "stylesheet", "info", "filetbl", "template", "nextfile", "private", "comment"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
        *("pict", "objdata", "objclass", "objname", "sp", "shprslt", "nonesttables", "datafield"),
        *(
            "atnicn",
            "atnparent",
            "bkmkstart",
            "bkmkend",
            "pn",
            "xe",
            "tc",
            "tcn",
            "rxe",
            "txe",
            "nonshppict",
            "mmathPict",
        ),
    )
)
"""Groups without text of the document. Other groups that a reader may ignore (`\\*`) are skipped too, except `READ`."""
READ = frozenset(("nesttableprops", "shpinst", "shptxt", "moMath", "moMathPara"))
UNCOUNTED = frozenset(("nonshppict", "shprslt", "result", "listpicture", "background", "mmathPict"))
"""Groups whose pictures are copies of others, or no part of the document."""
HEADERS = frozenset(f"{place}{which}" for place in ("header", "footer") for which in ("", "l", "r", "f"))
CAPTURED = {
    **dict.fromkeys(HEADERS, "header"),
    **dict.fromkeys(("listtext", "pntext"), "label"),
    **{
        word: word
        for word in ("annotation", "atnauthor", "atnref", "atndate", "atrfstart", "atrfend", "formfield", "ffl")
    },
}
"""Groups whose text is collected apart from that of the document, and the purpose."""
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
FORMULA = {"mden": "/", "msup": "^", "msub": "_", "mrad": "√"}
"""Words that begin a part of a formula, and the sign before it."""
BACKSLASHED = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
CHARSETS = dict(
    (
        *(
            (0, "cp1252"),
            (2, "latin-1"),  # a symbol font: its characters are numbers in the font
            (128, "cp932"),
            (129, "cp949"),
            (130, "johab"),
            (134, "gb18030"),
            (136, "big5"),
        ),
        *((161, "cp1253"), (162, "cp1254"), (163, "cp1258"), (177, "cp1255"), (178, "cp1256"), (186, "cp1257")),
        *((204, "cp1251"), (222, "cp874"), (238, "cp1250"), (254, "cp437"), (255, "cp850")),
        *((77, "mac_roman"), (78, "cp932"), (80, "cp949"), (83, "mac_greek"), (84, "mac_cyrillic"), (86, "mac_latin2")),
    )
)
LIST_WORDS = ("levelnfc", "listid", "ls", "ilvl")
"""Words about the lists of a document, in their tables and in the paragraphs."""
