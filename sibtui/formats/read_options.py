"""What the researcher can say about how files are to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of all readers; each takes those that are its own.

    Subtitles: `times` and `speakers` say whether these are kept in the text. Survey tables: `text_columns` hold the
    answers (none named: the longest column), `name_column` names the sources, `attribute_columns` become attributes
    (None: all others), `sheet` is the sheet of a workbook (None: the first that holds anything).
    """

    times: bool = True
    speakers: bool = True
    text_columns: tuple[str, ...] = ()
    name_column: str | None = None
    attribute_columns: tuple[str, ...] | None = None
    sheet: str | None = None


DEFAULT = ReadOptions()
