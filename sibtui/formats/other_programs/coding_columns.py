"""The usual names of columns in tables of codings, and the usual content of cells, such as x or a list of codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "source": (
        *("document", "source", "file", "filename", "file name", "fid name", "document name", "document id", "doc id"),
        *("doc", "transcript", "interview", "participant", "participant id", "respondent", "media title"),
        *("source name", "interview id", "interview name", "transcript name", "case name", "interviewee"),
        *("pseudonym", "informant", "source title", "note title", "document title", "transcript title"),
    ),
    "code": (
        *("tag", "code", "codename", "code name", "codes", "tags", "codes applied combined", "node", "nodes"),
        *("theme", "themes", "category", "categories", "quirk", "label", "labels"),
    ),
    "quote": (
        *("content", "quote", "seltext", "coded text", "coded", "text", "selected text", "quotation content"),
        *("quotation", "segment", "excerpt", "text chunk", "passage", "coded segment", "excerpt copy"),
        *("reference text", "quotes", "coded passage", "verbatim", "extract", "data extract", "text segment"),
        *(
            "meaning unit",
            "snippet",
            "highlight",
            "highlighted text",
            "quote text",
            "illustrative quote",
            "example quote",
        ),
    ),
    "start": ("start", "pos0", "start position"),
    "end": ("end", "pos1", "end position"),
    "coder": ("coder", "owner", "coder name", "coded by", "excerpt creator", "created by", "author"),
    "nth": ("nth",),
    "memo": ("memo", "coded memo", "coding memo", "comment", "comments", "note", "notes", "remark", "remarks"),
}
"""A dict: role of a column (such as source or quote) → its usual names in tables of programs and people.

The names have the form that `column_key` returns.
"""
OWN_ROLES = ("stance", "certainty", "cases", "created", "id")
"""The roles that are recognised only in tables with the columns of sibtui. In other tables, these names may have another meaning."""
WRITTEN_ROLES = ("undecided", "round", "for_paper", "how")
"""The roles that are recognised only in tables that sibtui has written.

In tables that people make, `how` and similar words have other meanings.
"""
NUMBERED = re.compile(r"(?:code|tag) ?\d+")
_SUB = re.compile(r"(?:sub|child) ?(theme|code|category|node|tag|label)(?:s|ies)?( ?\d+)?")
"""The pattern of the name of a column with sub-themes.

Another column has the themes: `Sub-theme` belongs to `Theme`.
"""
YES = {"1", "1.0", "x", "yes", "y", "true", "ja", "j", "wahr", "✓", "✔", "☑", "☒"}
NO = {"", "0", "0.0", "no", "n", "false", "nein", "falsch", "none", "na", "n/a", "nan", "null", "-", "☐"}
COUNT = re.compile(r"[1-9]\d{0,3}(?:\.0)?", re.ASCII)
MOSTLY = 0.8
"""A column is read as a column of marks if at least this share of its filled cells are marks.

Its cells that are not marks are reported.
"""
NEVER_A_CODE = {
    *(
        "id",
        "no",
        "nr",
        "number",
        "index",
        "line",
        "row",
        "page",
        "pages",
        "paragraph",
        "turn",
        "weight",
        "count",
        "year",
    )
}
_TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_LIST = re.compile(rf"\s*[\[({{]\s*{_TEXT}(?:\s*,\s*{_TEXT})*\s*,?\s*[\])}}]\s*")
"""The pattern of a list in one cell: texts in quotation marks between brackets, as written by Python programs and in JSON."""


def below(keys: Sequence[str], codes: Sequence[int]) -> dict[int, int]:
    """Return a dict: index of a column of themes → index of the column with their sub-themes.

    For example, the column `Sub-theme` has the sub-themes of `Theme`, and `Subcode 2` those of `Code 2`. `keys` are the
    names of all columns, as `column_key` returns them. `codes` are the indexes of the columns that may have themes.
    """
    found: dict[int, int] = {}
    for at, key in enumerate(keys):
        if match := _SUB.fullmatch(key):
            noun, number = match[1].rstrip("y"), (match[2] or "").strip()
            places = (
                each
                for each in codes
                if keys[each].startswith(noun) and "".join(filter(str.isdigit, keys[each])) == number
            )
            if (place := next(places, None)) is not None:
                found.setdefault(place, at)
    return found


def paired(above: Sequence[str], under: Sequence[str]) -> list[tuple[str, str]] | None:
    """Return (theme, sub-theme) pairs. `above` has the themes in one cell, `under` the sub-themes in another cell.

    One theme is paired with each sub-theme: A with 1 and 2 gives (A, 1) and (A, 2). Several themes are paired with the
    sub-themes in order: A and B with 1 and 2 gives (A, 1) and (B, 2). A and B with only 1, or with 1, 2 and 3, gives
    None. If one of the cells is empty, the pairs have empty texts in its place.
    """
    if not under or not above:
        return [*((each, "") for each in above), *(("", each) for each in under)]
    if len(above) == 1:
        return [(above[0], each) for each in under]
    return list(zip(above, under, strict=True)) if len(above) == len(under) else None


def listed_codes(cell: str) -> tuple[str, ...] | None:
    """Return the texts of a Python list in one cell, such as `['Trust', 'Care']`; None if the cell has no list."""
    if cell.strip() == "[]":
        return ()
    if not _LIST.fullmatch(cell):
        return None
    texts = (each[1:-1] for each in re.findall(_TEXT, cell))
    return tuple(re.sub(r"\\(.)", r"\1", each) for each in texts)


def column_key(column: str) -> str:
    """Return a column name in a form for comparisons: in small letters, and with spaces in place of punctuation."""
    return " ".join(re.split(r"[\W_]+", fold(column))).strip()
