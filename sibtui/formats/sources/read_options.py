"""The researcher's options for reading source files."""

from __future__ import annotations

from dataclasses import dataclass

from sibtui.model.arguments import Names, as_names


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The options of all readers. Each reader uses its own and ignores the others.

    Subtitles: with `times` and `speakers`, the text contains these. Survey tables: `text_columns` hold the answers
    (empty: the longest column), `name_column` names the sources, `attribute_columns` become attributes (None: all
    others), `sheet` is the sheet of a workbook (None: the first that is not empty), `header_row` the row that names the
    columns (None: the first, or the first below a title). Columns that identify people (IP address, e-mail, location)
    are left out, unless another option or `personal_columns` names them. Documents: with `comments`, the drafts
    have the comments; without, these are counted as left out.
    """

    times: bool = True
    speakers: bool = True
    text_columns: Names = ()
    name_column: str | None = None
    attribute_columns: Names | None = None
    sheet: str | None = None
    comments: bool = False
    header_row: int | None = None
    personal_columns: Names = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text_columns", as_names(self.text_columns))
        object.__setattr__(self, "personal_columns", as_names(self.personal_columns))
        if self.attribute_columns is not None:
            object.__setattr__(self, "attribute_columns", as_names(self.attribute_columns))


DEFAULT = ReadOptions()
