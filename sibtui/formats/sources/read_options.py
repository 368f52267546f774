"""The options for reading source files, such as the columns of a survey table."""

from __future__ import annotations

from sibtui.model.arguments import Names, as_names
from sibtui.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The options for all readers of source files. A reader ignores the options that are not for its format.

    Subtitles: if `times` is set, the text contains the times. If `speakers` is set, it contains the names of the
    speakers.

    Survey tables: `text_columns` have the answers (empty: the column with the longest texts). `name_column` has the
    names of the sources. `attribute_columns` become attributes (None: all other columns). `sheet` is the name of a
    sheet in a workbook (None: the first that is not empty; hidden sheets come last). `header_row` is the number of the
    row with the column names (None: the first row, or the first row below a title). Columns that can identify people
    (IP address, e-mail, location) are left out. To keep such a column, name it in `personal_columns` or in another of
    these options.

    Documents: if `comments` is set, the comments of the document are imported with the source. Otherwise they are
    counted as left out.
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
