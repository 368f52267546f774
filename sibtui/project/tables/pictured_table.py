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
    """A report that can also be shown as a picture.

    `draw` returns the picture, made from the same numbers as the table.

    >>> project.reports.saturation().picture().point
    6
    """

    draw: Callable[[], Picture] = field(default=_no_picture, compare=False, repr=False)

    def picture(self) -> Picture:
        """Return the picture of this table.

        Raises InputError when there is nothing to draw, or too much for one picture.

        >>> project.reports.codebook().picture().title
        'Codebook'
        """
        return self.draw()

    def picture_text(self, *, width: int | None = None, ascii: bool = False) -> str:  # noqa: A002 - the option's name
        """Return the picture as text, at most `width` terminal columns wide.

        The default width is 80; a width from 1 to 39 counts as 40. With `ascii`, all characters are ASCII, but
        labels stay unchanged. Raises OutOfRangeError for a width below 1, and the errors of `picture`.

        >>> print(project.reports.saturation().picture_text(width=60).splitlines()[3])
        m1         ███████████████████████████████████ 20         20
        """
        from sibtui.project.exporting.pictures import picture_text

        return picture_text(self.picture(), width=width, ascii=ascii)

    def write_picture(self, file: AnyPath, *, force: bool = False) -> str:
        """Write the picture to a file, and return its format: "svg", "png" or "pdf", by the file extension.

        The same picture gives the same bytes. The method needs `pip install 'sibtui[pictures]'`. Raises ConflictError
        when the file exists and `force` is not set, InputError for another file extension. Also raises the errors of
        `picture`.

        >>> project.reports.saturation().write_picture("saturation.svg")
        'svg'
        """
        from sibtui.project.exporting.pictures import write_picture

        return write_picture(file, self.draw, force=force)


def pictured(table: Table, draw: Callable[[], Picture]) -> PicturedTable:
    """Return a table together with the function that draws its picture.

    >>> report = project.reports.saturation()
    >>> pictured(report, report.draw).picture().unit
    'codes'
    """
    return PicturedTable(table.columns, table.rows, table.title, table.below, table.objects, draw)
