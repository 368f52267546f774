"""The names of columns in tables with a transcript: those of Whisper (start, end and text) and of other programs."""

from __future__ import annotations

import re

_NAMES = {
    **dict.fromkeys(("start", "start time", "in", "begin"), "start"),
    **dict.fromkeys(("end", "end time", "out"), "end"),
    **dict.fromkeys(("text", "transcript", "content"), "text"),
    **dict.fromkeys(("speaker", "speaker name", "speaker label"), "speaker"),
    **dict.fromkeys(("id", "index", "#", "no"), "id"),
}
_WANTED = {"start", "end", "text"}


def transcript_column(header: str) -> str:
    """Return the usual name of a column, such as `start` for `Start Time`.

    If the column is not known, return its own name in small letters.
    """
    key = re.sub(r"[\s_]+", " ", header.strip(' "\ufeff\r').lower())
    return _NAMES.get(key, key)


def is_transcript_table(data: bytes) -> bool:
    """Return whether a table has the columns of a transcript and no other columns. `data` are the bytes of its file.

    A table with other columns may be a survey that also has columns `start` and `end`.
    """
    first = data[:1000].partition(b"\n")[0].decode("utf-8", "replace")
    columns = [transcript_column(cell) for cell in re.split("[\t,;]", first)]
    return set(columns) >= _WANTED and set(columns) <= set(_NAMES.values()) and len(set(columns)) == len(columns)
