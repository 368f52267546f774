"""Drawing changes on the screen. Only the visible rows of changed widgets are drawn.

For each change, Textual draws all rows of all widgets between the highest and the lowest changed row. A key on the
coding screen changes rows of the note and of the status bar. So Textual would draw all fifteen widgets.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual._compositor import LayoutUpdate
    from textual.widget import Widget

_Chops = dict[int, "Strip | None"]
"""A dict for a row of the screen: column → the piece that begins at this column."""


class FrugalCompositor(Compositor):
    """Textual's compositor, changed to draw only visible rows that have changed."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return the update that shows the changes on the terminal. None if nothing visible has changed."""
        screen = self.size.region
        changed = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(region for region in changed if region))
        if not spans:
            return None
        cuts = self.cuts
        rows = {y: cast("_Chops", dict.fromkeys(cuts[y][:-1])) for y, _, _ in spans}
        self._draw(rows, _pieces_of(spans, cuts))
        ends = {y: cuts[y][1:] for y in rows}
        return ChopsUpdate(cast("Sequence[Mapping[int, Strip | None]]", rows), spans, cast("list[list[int]]", ends))

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Return the update that draws the whole screen.

        This also draws the changes that widgets have requested, so these requests are removed.
        """
        for widget in self.visible_widgets:
            widget._exchange_repaint_regions()  # noqa: SLF001 - as Textual does before it draws a widget
            widget._repaint_required = False  # noqa: SLF001 - as above
        return super().render_full_update(simplify)

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """Return a dict for each row of the screen: column → piece of the row that begins at this column.

        Only the rows in `crop` for which `is_rendered_line` returns True are drawn. The pieces of other rows are
        blank.
        """
        cuts = self.cuts
        rows = {y: cast("_Chops", dict.fromkeys(row[:-1])) for y, row in enumerate(cuts)}
        spans = [(y, crop.x, crop.right) for y in crop.line_range if y in rows and is_rendered_line(y)]
        self._draw(rows, _pieces_of(spans, cuts))
        for y, row in rows.items():
            for cut, end in pairwise(cuts[y]):
                if row[cut] is None:
                    row[cut] = Strip.blank(end - cut)
        return cast("Sequence[Mapping[int, Strip]]", list(rows.values()))

    def _draw(self, rows: dict[int, _Chops], missing: dict[int, set[int]]) -> None:
        """Draw the missing pieces of the screen, and put them into `rows` (row → column → piece).

        `missing` is a dict: row → the columns at which its missing pieces begin. Widgets are drawn from front to
        back. A widget fills only pieces that no widget in front of it has drawn.
        """
        for widget, (region, clip) in self.visible_widgets.items():
            if not missing:
                return
            visible = region.intersection(clip)
            first, last = visible.column_span
            touched = [
                y for y in missing if visible.y <= y < visible.bottom and any(first <= cut < last for cut in missing[y])
            ]
            for y, strip in _strips(widget, region, visible, touched):
                if strip.cell_length < visible.width:
                    continue  # a new widget has no size yet: the widget behind it is drawn
                shown = [cut for cut in self.cuts[y] if first <= cut <= last]
                pieces = strip.divide([cut - visible.x for cut in shown[1:]])
                for cut, piece in zip(shown, pieces, strict=False):
                    if rows[y][cut] is None:
                        rows[y][cut] = piece
                missing[y].difference_update(shown[:-1])
                if not missing[y]:
                    del missing[y]


def _pieces_of(spans: Iterable[tuple[int, int, int]], cuts: Sequence[Sequence[int]]) -> dict[int, set[int]]:
    """Return the pieces of the screen that overlap a span, as a dict: row of the screen → columns at which they begin.

    `cuts` has, for each row, the columns at which its pieces begin, and the end of the row. A span is (row, first
    column, column after the last).
    """
    missing: dict[int, set[int]] = {}
    for y, first, last in spans:
        row = cuts[y]
        touched = (cut for cut, end in pairwise(row) if cut < last and end > first)
        missing.setdefault(y, set()).update(touched)
    return missing


def _strips(widget: Widget, region: Region, visible: Region, touched: Sequence[int]) -> Iterable[tuple[int, Strip]]:
    """Yield (row of the screen, its strip) for each row in `touched`.

    `region` is the area of the widget, and `visible` is the part of this area that is on the screen.
    """
    if not touched:
        return
    top, bottom = min(touched), max(touched)
    part = Region(visible.x - region.x, top - region.y, visible.width, bottom - top + 1)
    drawn = widget.render_lines(part)
    for y in touched:
        yield y, drawn[y - top]
