"""Reports that can also be shown as a picture."""

from __future__ import annotations

from collections.abc import Callable

from sibtui.errors import InputError
from sibtui.model.arguments import AnyPath
from sibtui.model.frozen import dataclass, field
from sibtui.model.pictures.picture import Picture
from sibtui.model.table import Table


def _no_picture() -> Picture:
    raise InputError("This table has no picture.")


@dataclass(frozen=True, slots=True)
class PicturedTable(Table):
    """A report that can also be shown as a picture. `draw` returns the picture, made of the same figures as the table.

    >>> project.reports.saturation().picture().point
    6
    """

    draw: Callable[[], Picture] = field(default=_no_picture, compare=False, repr=False)

    def picture(self) -> Picture:
        """Return the picture of this table as a value. Raises InputError when there is nothing to draw, or too much for one picture.

        >>> project.reports.codebook().picture().title
        'Codebook'
        """
        return self.draw()

    def write_picture(self, file: AnyPath, *, force: bool = False) -> str:
        """Write the picture to a file, and return its format: "svg", "png" or "pdf", by the file extension.

        The same picture gives the same bytes. This needs `pip install 'sibtui[pictures]'`. Raises ConflictError when
        the file exists and `force` is not set, InputError for another file extension or without a picture.

        >>> project.reports.saturation().write_picture("saturation.svg")
        'svg'
        """
        from sibtui.project.exporting.pictures import write_picture

        return write_picture(file, self.draw, force=force)


def pictured(table: Table, draw: Callable[[], Picture]) -> PicturedTable:
    """Return a table with the function that draws it.

    >>> report = project.reports.saturation()
    >>> pictured(report, report.draw).picture().unit
    'codes'
    """
    return PicturedTable(table.columns, table.rows, table.title, table.below, table.objects, draw)
